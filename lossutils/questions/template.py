"""A question with numbers of its own for everybody: fields in its texts, and how the numbers are drawn."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping

import numpy as np

from lossutils import Loss, data, numerics, rng
from lossutils.engine.fields import filled
from lossutils.losses.catalogue import CATALOGUE

TRIES = 1000  # of a draw, until what must hold holds


@functools.cache
def names() -> Mapping[str, object]:
    """Return what the expressions of the bank may use: the losses, `data`, `numerics`, `np` and `math`."""
    losses = {type(loss).__name__: type(loss) for loss in CATALOGUE} | {"Loss": Loss}
    return {**losses, "data": data, "numerics": numerics, "rng": rng, "np": np, "math": math}


def evaluated(expression: str, numbers: Mapping[str, object]):
    """Return what an expression of the bank gives for these numbers."""
    return eval(expression, {**names(), **numbers})


def course_numbers(entry: dict) -> dict[str, object]:
    """Return the numbers with which the course itself asks."""
    numbers = entry.get("numbers", {})
    for name, number in numbers.items():
        if set(number) != {"here", "drawn"}:
            raise ValueError(f"the number {name!r} has {sorted(number)}, not here (in the notebook) and drawn")
    return {name: number["here"] for name, number in numbers.items()}


def drawn_numbers(entry: dict, seed: int) -> dict[str, object]:
    """Return other numbers, by seed; one of `numbers` may use those before it, and `rng` is a source that draws.

    Raises ValueError where in a thousand draws `keep` never held.
    """
    source = rng(seed)
    for _ in range(TRIES):
        numbers: dict[str, object] = {}
        for name, number in entry.get("numbers", {}).items():
            numbers[name] = evaluated(number["drawn"], {**numbers, "rng": source})
        if all(evaluated(condition, numbers) for condition in entry.get("keep", ())):
            return numbers
    raise ValueError(f"in {TRIES} draws {' and '.join(entry['keep'])} never held")


def with_numbers(entry: dict, numbers: Mapping[str, object]) -> dict:
    """Return the entry with its fields filled and the values of its answers computed."""
    space = {**names(), **numbers}
    done = {key: filled(text, space) for key, text in entry.items() if isinstance(text, str)}
    answers = [_answer(answer, entry.get("precision"), space) for answer in entry.get("answers", ())]
    return {**entry, **done, "answers": answers}


def significant(number: float, digits: int) -> float:
    """Round to so many significant digits."""
    return float(f"{float(number):.{digits}g}")


def _answer(answer: dict, digits: int | None, space: Mapping[str, object]) -> dict:
    done = {key: filled(answer[key], space) for key in ("answer", "feedback") if key in answer}
    if "computed" in answer and "value" not in answer:
        if digits is None:
            raise ValueError(f"{answer['computed']} is computed to a precision, which is missing")
        done["value"] = significant(eval(answer["computed"], dict(space)), digits)
    return {**answer, **done}
