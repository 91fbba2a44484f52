"""Reads the questions and the answers, and the numbers that they quote. Imported when the first question is asked."""

from __future__ import annotations

import csv
import functools
import tomllib
from importlib import resources


class Number(float):
    """A number that prints with a minus sign, not with a hyphen."""

    def __format__(self, how: str) -> str:
        return super().__format__(how).replace("-", "−")


class Range:
    """The least and the largest of some seeds; prints "0.42 to 0.44", or one number where both look alike."""

    def __init__(self, low: Number, high: Number) -> None:
        self.low, self.high = low, high

    def __format__(self, how: str) -> str:
        ends = format(self.low, how), format(self.high, how)
        return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def questions() -> dict:
    """The questions of the tree, by name."""
    return _tree()["questions"]


def leaves() -> dict:
    """The ends of the tree, by name, as they stand in tree.toml."""
    return _tree()["leaves"]


@functools.cache
def numbers() -> dict[str, Number | Range]:
    """The numbers of the counter-examples, by name; "x" is the range from "x_low" to "x_high"."""
    text = resources.files(__package__).joinpath("numbers.csv").read_text(encoding="utf-8")
    found = {row["name"]: Number(row["value"]) for row in csv.DictReader(text.splitlines())}
    ranges = [name.removesuffix("_low") for name in found if name.endswith("_low")]
    return found | {name: Range(found[f"{name}_low"], found[f"{name}_high"]) for name in ranges}


@functools.cache
def _tree() -> dict:
    return tomllib.loads(resources.files(__package__).joinpath("tree.toml").read_text(encoding="utf-8"))
