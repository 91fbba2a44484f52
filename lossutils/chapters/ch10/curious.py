"""Folded, for the curious: the exact times behind two counts of steps, and a published animation step by step."""

from __future__ import annotations

import math

from lossutils.chapters.ch10.neuron import steps_to_half
from lossutils.plot.folded import curious, rows_of


def exact_time(name: str, start: float, rate: float) -> float:
    """The time that a smooth walk needs from a score to 0: the integral of 1 / (2 · rate · slope)."""
    z = start
    if name == "cross-entropy":
        distance = z + 1 - math.exp(-z)
    else:
        distance = 3 * z + math.exp(z) - 1 + 3 * (1 - math.exp(-z)) + (1 - math.exp(-2 * z)) / 2
    return distance / (2 * rate)


def exact_times(rate: float = 0.15) -> None:
    """Show the smooth walk's time beside the counted steps."""
    rows = []
    for start in (1, 2, 4, 6, 8):
        cells = []
        for name in ("cross-entropy", "squared error"):
            cells += [f"{exact_time(name, start, rate):,.1f}", f"{steps_to_half(name, start, rate):,}"]
        rows.append((str(start), *cells))
    curious(
        "the times without rounding",
        "Take tiny steps. While the score falls by $dz$, the time $dz / (2\\eta \\cdot \\text{slope})$ goes by. For "
        "cross-entropy the slope is $p$, and $1/p = 1 + e^{-z}$. Its integral from 0 to $z$ is $z + 1 - e^{-z}$.",
        "For half the squared error the slope is $p^2 (1 - p)$, and "
        "$1/(p^2 (1 - p)) = e^z + 3 + 3 e^{-z} + e^{-2z}$. Its integral is "
        "$e^z - 1 + 3z + 3\\,(1 - e^{-z}) + \\frac{1}{2}(1 - e^{-2z})$.",
        rows_of(
            ("z", "cross-entropy, time", "steps", "squared error, time", "steps"),
            rows,
        ),
        "Times and steps agree within a few steps. The short formulas of the chapter keep the largest term of each.",
    )


def animated(start: float, rate: float = 0.005, steps: int = 300, chain: bool = False) -> float:
    """The output after so many steps by 1 / (1 − p), the slope in p; or, with the chain rule, by p."""
    z = start
    for _ in range(steps):
        p = 1 / (1 + math.exp(-z))
        z -= 2 * rate * (p if chain else 1 / (1 - p))
    return 1 / (1 + math.exp(-z))


def animation() -> None:
    """Show what the page's own program does for cross-entropy, and what the printed formula would do."""
    start = 4.0
    curious(
        "the animation of cross-entropy leaves a factor out",
        "The book shows cross-entropy in a second animation, with the rate 0.005, and says that the rate is not the "
        "point: look at the shape of the curve. In its program (saturation3.js and saturation4.js) a step is the rate "
        "times $1/(1 - p)$. That is the slope in the *output* $p$. The chain rule multiplies it by $p\\,(1 - p)$, and "
        "gives $p$, as the book's own formula (61) says.",
        rows_of(
            ("cross-entropy from 0.98, 300 steps", "output"),
            [
                ("as the program steps, rate 0.005", f"{animated(start):.3f}"),
                ("as the formula says, rate 0.005", f"{animated(start, chain=True):.3f}"),
                ("as the formula says, rate 0.15", f"{animated(start, rate=0.15, chain=True):.3f}"),
            ],
        ),
        "So the point of the page holds, and more clearly than its animation shows: at the rate of the first animation "
        "cross-entropy is finished after a few dozen steps. The small rate was needed because the slope in $p$ is so "
        "large where $p$ is near 1. It is an easy slip, and you can find it because the author published his program.",
    )
