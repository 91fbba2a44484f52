"""Folded, for the curious: what an edge costs on clean data, the plant of chapter 04 again, a dial for many losses."""

from __future__ import annotations

import math

import numpy as np

from lossutils import Barron, Cauchy, Huber, Tukey, data
from lossutils.plot.folded import curious, rows_of
from lossutils.plot.texts import number
from lossutils.training import irls, median_scale


def efficiency(loss) -> float:
    """The precision of a constant under this loss, where errors are normal with standard deviation 1: the mean has 1.

    (mean slope′)² / mean slope², each under the normal curve. Huber 1964; a grid with its nodes beside the edges.
    """
    e = np.linspace(-12, 12, 2_000_001)[:-1] + 6e-6
    bell = np.exp(-e * e / 2) / math.sqrt(2 * math.pi) * (e[1] - e[0])
    zero = np.zeros_like(e)
    return float(np.sum(loss.second_derivative(e, zero) * bell) ** 2 / np.sum(loss.derivative(e, zero) ** 2 * bell))


def efficient_edges() -> None:
    """Show which share of the mean's precision each edge keeps on clean data."""
    losses = [Huber(delta=edge) for edge in (1.0, 1.345, 1.5, 2.0)] + [Cauchy(c=2.385), Tukey(c=4.685)]
    edges = [getattr(loss, "delta", None) or loss.c for loss in losses]
    rows = [(loss.name, number(edge), f"{efficiency(loss):.3f}") for loss, edge in zip(losses, edges, strict=True)]
    curious(
        "where 1.345 and 4.685 come from",
        "Suppose that nothing is wrong: the errors follow a bell-shaped curve. Then least squares is the most precise "
        "of all these fits. A robust loss listens less to honest far rows, and so it needs more rows for the same "
        "precision. The *efficiency* says how few rows least squares would have needed: 95 of 100 at an efficiency of "
        "0.95.",
        rows_of(("loss", "edge, in scales", "efficiency"), rows),
        "So 1.345 and 4.685 are no laws of nature. Somebody asked for 95 %, and computed the edge. Huber's loss with a "
        "very small edge is the absolute error, which keeps 64 %.",
    )


def stack_loss_robust() -> None:
    """Show what the most influential day of the plant does to a plane under three losses."""
    plant = data.stackloss()
    X = np.column_stack([np.ones(21), plant.matrix("air_flow", "water_temperature", "acid")])
    lost = plant["loss"].astype(float)
    others = np.arange(21) != 20
    rows = []
    for name, fit in (
        ("least squares", lambda X, y: np.linalg.lstsq(X, y, rcond=None)[0]),
        ("Huber, δ = 1.345", lambda X, y: irls(Huber(delta=1.345), X, y, median_scale, steps=1000).coefficients),
        ("Tukey, c = 4.685", lambda X, y: irls(Tukey(c=4.685), X, y, median_scale, steps=1000).coefficients),
    ):
        before, after = fit(X, lost)[1], fit(X[others], lost[others])[1]
        rows.append((name, f"{before:.3f}", f"{after:.3f}", f"{after - before:+.3f}".replace("-", "−")))
    days = irls(Tukey(c=4.685), X, lost, median_scale, steps=1000).weights
    quiet = [f"day {i + 1}: {days[i]:.2f}" for i in np.argsort(days)[:4]]
    curious(
        "the plant of chapter 04 once more",
        "There, day 21 had the most influence on the plane. Without it, the coefficient of the air flow is larger by a "
        "quarter. Here the day is left out under three losses:",
        rows_of(("loss", "all 21 days", "without day 21", "moves by"), rows),
        f"Tukey's loss hears four days least: {', '.join(quiet)}. Nobody told it which.",
        "R software prints −42.2852537, 0.9275471, 0.6507322 and −0.1123310 for Tukey's plane (it says *bisquare*), "
        "and `irls` with the tolerance 1e-4 gives the same digits.",
    )


def one_dial(x, y) -> None:
    """Show Barron's family: one number turns squared error into Huber's kind, Cauchy's, and one that is nearly flat."""
    X = np.column_stack([np.ones(len(x)), x - np.mean(x)])
    rows = []
    for shape, kind in ((2.0, "squared error"), (1.0, "nearly Huber's"), (0.0, "Cauchy's"), (-2.0, "redescends fast")):
        loss = Barron(alpha=shape, c=5.0)
        found = irls(loss, X, y, steps=3000).coefficients[1]
        weight = 25 * loss.derivative(np.array([50.0]), np.zeros(1))[0] / 50
        rows.append((f"{number(shape)}: {kind}", f"{weight:.3f}", f"{found:.2f}"))
    curious(
        "one dial for many losses",
        "Barron (2019) wrote one formula with two numbers: an edge $c$, and a shape $a$. With $u = e/c$ the weight of "
        r"a row is $\left(1 + u^2 / \vert a - 2 \vert\right)^{a/2 - 1}$. For $a = 2$ it is 1. The edge is 5 million "
        "calls here, and the search starts at least squares. A row 50 million calls off gets the weight in the middle:",
        rows_of(("shape", "weight at 50", "coefficient"), rows),
        "For shapes of 1 or more the loss is convex, and the start does not matter. Below 1 it does.",
    )
