"""Thirteen losses look at one column of numbers: what each asks for, and its best guess."""

from __future__ import annotations

import numpy as np
from IPython.display import Markdown, display

from lossutils import (
    AbsoluteError,
    AbsolutePercentageError,
    Cauchy,
    Expectile,
    Huber,
    LogCosh,
    Loss,
    Pinball,
    SquaredError,
    SquaredLogarithmicError,
    Welsch,
    param,
)


class SquaredPercentageError(Loss):
    """The squared error as a share of the squared target."""

    def formula(self, p, y):
        """Return one loss per sample."""
        return ((p - y) / y) ** 2


class Linex(Loss):
    """Exponential on one side, nearly linear on the other: too high is far worse than too low."""

    a: float = param(0.01)

    def formula(self, p, y):
        """Return one loss per sample."""
        return np.exp(self.a * (p - y)) - self.a * (p - y) - 1


LOSSES = (  # what a loss asks for, and the loss
    ("−100 times the logarithm of the mean of exp(−y/100)", Linex(a=0.01)),
    ("a weighted mean: with which weights?", SquaredPercentageError()),
    ("the median with the weights 1/y", AbsolutePercentageError()),
    ("the crowd: far values count for almost nothing", Welsch(c=100)),
    ("the crowd: far values count little", Cauchy(c=100)),
    ("the mean of log(1 + y), turned back into francs", SquaredLogarithmicError()),
    ("near values as a mean, far ones as a median", Huber(delta=100)),
    ("as Huber, without an edge", LogCosh(c=100)),
    ("the median", AbsoluteError()),
    ("the mean", SquaredError()),
    ("a mean in which too little counts nine times", Expectile(tau=0.9)),
    ("the 0.9-quantile", Pinball(tau=0.9)),
)


def thirteen_guesses(values) -> None:
    """Show, folded, what twelve losses and the maximum error ask for, and their best constants for (n,) values."""
    values = np.asarray(values, float)
    rows = [(repr(loss), asks, loss.best_constant(values)) for asks, loss in LOSSES]
    rows.append(("maximum error", "the midrange", (values.min() + values.max()) / 2))
    lines = [f"| `{name}` | {asks} | {best:,.4f} |" for name, asks, best in sorted(rows, key=lambda row: row[2])]
    table = "\n".join(["| loss | asks for | best guess |", "|:--|:--|--:|", *lines])
    summary = "For the curious: twelve losses and the maximum error, thirteen best guesses"
    display(Markdown(f"<details><summary>{summary}</summary>\n\n{table}\n\n</details>"))
