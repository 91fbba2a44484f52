"""Try to refute a loss. Tests, exercises and learners call the same functions.

    checks.check(Huber(delta=2), rng(0))          # all of them, as a table
    checks.derivative(Huber(delta=2), rng(0))     # one of them; raises Refuted with a counterexample

A check that finds nothing proves nothing; it has tried a few hundred examples, kinks and edges among them.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lossutils.checks.edges import absent, extremes, mixed_types, outliers, shift
from lossutils.checks.manners import (
    blocks,
    class_numbers,
    dtype,
    inputs_unchanged,
    permutation,
    shapes,
    together,
    weights,
)
from lossutils.checks.mathematics import best_constant, curvature, derivative
from lossutils.checks.refute import Refuted
from lossutils.checks.shortcuts import bad_input, finite_slope
from lossutils.checks.traits import bounded_influence, convexity, proper, smooth
from lossutils.checks.units import units
from lossutils.loss import Loss

__all__ = [
    "ALL",
    "Refuted",
    "Report",
    "absent",
    "bad_input",
    "best_constant",
    "blocks",
    "bounded_influence",
    "card",
    "check",
    "class_numbers",
    "convexity",
    "curvature",
    "derivative",
    "dtype",
    "extremes",
    "finite_slope",
    "inputs_unchanged",
    "mixed_types",
    "outliers",
    "permutation",
    "proper",
    "shapes",
    "shift",
    "smooth",
    "together",
    "units",
    "weights",
]

UNSAFE_TEX = (r"\lvert", r"\rvert", r"\begin", r"\tfrac", r"\dfrac", r"\text{", r"\operatorname", r"\le ", r"\ge ")


def card(loss, rng) -> str:
    """The card is a Markdown table, and its TeX uses only what MathJax and Matplotlib both understand."""
    text = loss._repr_markdown_()
    table = [line for line in text.splitlines() if line.startswith("|")]
    for line in table:
        if len(re.findall(r"(?<!\\)\|", line)) != 3:
            raise Refuted(f"{loss!r}: a bare | breaks the line {line!r} of its card; write \\vert in TeX")
    for tex in re.findall(r"\$([^$]*)\$", text):
        if tex.count("{") != tex.count("}"):
            raise Refuted(f"{loss!r}: the braces of {tex!r} don't match")
        for unsafe in UNSAFE_TEX:
            if unsafe in tex:
                raise Refuted(f"{loss!r}: {unsafe} in {tex!r} isn't understood everywhere")
        if re.search(r"\\frac\s*\d", tex):
            raise Refuted(f"{loss!r}: write \\frac{{1}}{{2}} for \\frac12 in {tex!r}")
    return "" if loss.tex else "no TeX"


ALL: tuple[Callable, ...] = (
    derivative,
    curvature,
    convexity,
    best_constant,
    smooth,
    bounded_influence,
    proper,
    weights,
    absent,
    permutation,
    inputs_unchanged,
    dtype,
    mixed_types,
    extremes,
    shift,
    outliers,
    bad_input,
    finite_slope,
    units,
    together,
    class_numbers,
    blocks,
    shapes,
    card,
)


@dataclass(frozen=True, repr=False)
class Report:
    """What came out of each check: "" where nothing was found, a remark, or the sentence that refutes the loss."""

    loss: str
    remarks: dict[str, str]  # check: what to remark
    refuted: dict[str, str]  # check: the sentence

    @property
    def passed(self) -> bool:
        """Whether no check has refuted the loss."""
        return not self.refuted

    def __str__(self) -> str:
        if self.passed:
            return f"{self.loss}: not refuted by {len(self.remarks)} checks"
        return f"{self.loss}: refuted by {', '.join(self.refuted)}\n" + "\n".join(self.refuted.values())

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        lines = ["| check | what must hold | found |", "|:--|:--|:--|"]
        for check in ALL:
            name = check.__name__
            found = "**refuted**" if name in self.refuted else self.remarks[name] or "holds"
            lines.append(f"| {name.replace('_', ' ')} | {question(check)} | {found} |")
        first = next(iter(self.refuted.values()), "")
        return "\n".join(lines) + (f"\n\n{first}\n" if first else "\n")


def question(check: Callable) -> str:
    """Return what a check asks: the first line of its docstring, or its name where Python keeps none (-OO)."""
    return (inspect.getdoc(check) or check.__name__.replace("_", " ")).splitlines()[0]


def check(loss, rng: np.random.RandomState) -> Report:
    """Run every check on a loss, with examples drawn by `rng`, and report; print the report or show it as a table."""
    if not isinstance(loss, Loss):
        raise TypeError(f"check: {loss!r} is not a loss; give an instance, such as Huber(), not the class")
    remarks, refuted = {}, {}
    for one in ALL:
        try:
            remarks[one.__name__] = one(loss, rng)
        except Refuted as found:
            refuted[one.__name__] = str(found)
        except Exception as trouble:  # a learner's formula may fail in any way; the report says how
            refuted[one.__name__] = f"{loss!r}: {type(trouble).__name__}: {trouble}"
    return Report(repr(loss), remarks, refuted)
