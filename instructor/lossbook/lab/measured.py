"""The data that the lab offers: a column each, its unit as an axis names it, and the losses that take it."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from lossutils import CATALOGUE, data
from lossutils.engine.domain import CLASSES
from lossutils.loss import Loss
from lossutils.widgets.explorer import typical_error


class Column(NamedTuple):
    """One column of a data set, by its name in the address, in the order of the menu."""

    dataset: str
    column: str
    title: str  # in the menu
    things: str  # what was counted or measured, after a number of them
    unit: str  # short, for an axis


COLUMNS = {
    "copper": Column("chem", "copper", "copper in flour", "measurements of copper", "ppm"),
    "food": Column("engel", "food", "food of Belgian households", "households", "francs a year"),
    "mpg": Column("auto_mpg", "mpg", "miles per gallon of cars", "cars", "mpg"),
    "calls": Column("phones", "calls", "calls from Belgium", "years of telephone calls", "million calls"),
    "deaths": Column("horse_kicks", "deaths", "deaths by horse kicks", "corps-years", "deaths a year"),
    "disasters": Column("coal_mines", "disasters", "disasters in coal mines", "years", "disasters a year"),
    "damage": Column("challenger", "damage", "O-rings of the Challenger", "launches", ""),
    "malignant": Column("breast_cancer", "malignant", "malignant tumours", "tumours", ""),
    "me2": Column("yeast", "me2", "a rare protein of yeast", "proteins", ""),
    "species": Column("penguins", "species", "species of penguins", "penguins", ""),
}


def everything() -> dict[str, dict]:
    """Return each column: its different values, how often each occurs, its size, and the losses that take it."""
    return {name: about(column) for name, column in COLUMNS.items()}


def about(column: Column) -> dict:
    """Return what the page knows of one column."""
    table = getattr(data, column.dataset)()
    measured = table[column.column]
    values, counts = np.unique(measured, return_counts=True)
    labels = table.labels.get(column.column, {})
    return {
        "title": column.title,
        "things": column.things,
        "unit": column.unit,
        "values": values.tolist(),
        "counts": counts.tolist(),
        "middle": float(np.median(measured)),
        "scale": scale(measured),
        "labels": [labels[k] for k in sorted(labels)],
        "source": table.title,
        "suits": [type(loss).__name__ for loss in CATALOGUE if suits(loss, column)],
    }


def scale(values: np.ndarray) -> float:
    """Return the power of ten nearest to the typical error: ranges in the target's unit are multiples of it."""
    return float(f"1e{round(math.log10(typical_error(values)))}")


def suits(loss: Loss, column: Column) -> bool:
    """Say whether a loss takes every value of a column as a target; numbers of classes are for losses of classes."""
    values = getattr(data, column.dataset)()[column.column]
    if loss.target is CLASSES or column.column == "species":
        return loss.target is CLASSES and column.column == "species"
    return not loss.row_wise and bool(loss.target.contains(values).all())
