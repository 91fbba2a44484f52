"""Folded, for the curious: digits that are lost, the most influential day of a plant, what households spend."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.plot.folded import curious, rows_of
from lossutils.plot.texts import number


def _fit(X, y) -> np.ndarray:
    return np.linalg.lstsq(X, y, rcond=None)[0]


def _total(values) -> float:
    """The sum in the order of the values, which is the same on every computer."""
    return np.cumsum(values)[-1]


def two_coefficients(x, y) -> tuple[float, float]:
    """The coefficient of a line by the normal equations, and by the same formula after the means are taken away."""
    x, y, n = np.asarray(x, float), np.asarray(y, float), len(x)
    normal = (_total(x * y) - _total(x) * _total(y) / n) / (_total(x * x) - _total(x) ** 2 / n)
    a, b = x - _total(x) / n, y - _total(y) / n
    return float(normal), float(_total(a * b) / _total(a * a))


def lost_digits(x, y) -> None:
    """Show what two formulas for the coefficient, equal on paper, give when the input is counted from far away."""
    shifts = {"as it is": 0.0, "plus a million": 1e6, "plus a hundred million": 1e8, "plus a thousand million": 1e9}
    rows = [
        (name, *(f"{c:.6f}".replace("-", "−") for c in two_coefficients(x + far, y))) for name, far in shifts.items()
    ]
    curious(
        "why a program does not solve the normal equations",
        "Solved for the coefficient of a line, the normal equations give the fraction on the left. Take the mean away "
        "from both columns first, and the same fraction becomes the one on the right:",
        r"$$\frac{\sum x_i y_i - n\,\bar{x}\,\bar{y}}{\sum x_i^2 - n\,\bar{x}^2} \qquad \text{and} \qquad "
        r"\frac{\sum (x_i - \bar{x})(y_i - \bar{y})}{\sum (x_i - \bar{x})^2}.$$",
        "On paper both are equal, and adding a constant to every input changes neither. A computer keeps 16 digits. "
        "Count horsepower from a far zero, as times are often counted in seconds since 1970:",
        rows_of(("horsepower", "normal equations", "means first"), rows),
        "The left fraction subtracts two huge numbers that are nearly equal, and loses the digits in which they "
        "differ. There is no warning. `np.linalg.lstsq` works on the columns themselves, not on sums of their products "
        "(programs call its ways QR and SVD). That is safer, but it has a limit too: a column that is nearly constant "
        "is taken for a copy of the column of ones. So take the mean away from inputs that lie far from 0.",
    )


def stack_loss() -> None:
    """Show what the program R prints for 21 days of a plant, and which day is the most influential, and on what."""
    plant = data.stackloss()
    names = ("air_flow", "water_temperature", "acid")
    X, lost = np.column_stack([np.ones(21), plant.matrix(*names)]), plant["loss"]
    w = _fit(X, lost)
    e = X @ w - lost
    leverage = np.sum(np.linalg.qr(X)[0] ** 2, axis=1)
    rest = [np.arange(21) != day for day in range(21)]
    change = np.array([_fit(X[rows], lost[rows]) for rows in rest]) - w
    spread = np.sqrt(np.sum(e**2) / 17)
    cook = e**2 * leverage / (1 - leverage) ** 2 / (4 * spread**2)
    quantities = {
        "the error": e,
        "the leverage": leverage,
        "the change of the coefficient of air flow without this day": change[:, 1],
        "the change of the coefficient of water temperature": change[:, 2],
        "the change of the coefficient of acid": change[:, 3],
        "how far all predictions move (Cook's distance)": cook,
    }
    tops = {name: int(np.argmax(np.abs(values))) for name, values in quantities.items()}
    rows = [(name, str(top + 1), number(quantities[name][top], 3)) for name, top in tops.items()]
    printed = ", ".join(f"{c:.4f}".replace("-", "−") for c in w)
    curious(
        "which of 21 days is the most influential?",
        "A plant makes nitric acid. For 21 days we know the air flow, the water temperature and the concentration of "
        "the acid, and how much ammonia was lost through the chimney. The program R prints the weights of the least "
        f"squares plane: **{printed}**. It prints $R^2$ = **{1 - np.mean(e**2) / lost.var():.4f}** and a residual "
        f"standard error of **{spread:.3f}**. This divides the sum of squares by 21 − 4, since four weights were "
        f"fitted; the RMSE, which divides by 21, is {np.sqrt(np.mean(e**2)):.3f}.",
        "Which day has the most influence? Ask first: influence on what? The *leverage* $h_i$ of a day says how far "
        "the plane moves at that day when its target moves by 1. It depends on the inputs only.",
        rows_of(("quantity", "largest on day", "value"), rows),
        "Day 21 has the largest error. Day 17 pulls the plane so close that its own error is "
        f"{number(abs(e[16]), 2)}, and yet it owns the coefficient of acid. So name the quantity before the day.",
        "And a shortcut: the error of day $i$ when it is left out is $e_i / (1 - h_i)$. You need no second fit to know "
        "it. As $h_i$ lies between 0 and 1, this error is never smaller in size than $e_i$.",
    )


def rich_households() -> None:
    """Show that a fan lets the rich decide where a line of food against income goes."""
    budget = data.engel()
    income, food = budget["income"], budget["food"]
    X = np.column_stack([np.ones(len(income)), income])
    w = _fit(X, food)
    e = X @ w - food
    richest = np.arange(len(income)) == np.argmax(income)
    quarters = np.array_split(np.argsort(income), 4)
    area = e**2 / np.sum(e**2)
    names = ("poorest quarter", "second", "third", "richest quarter")
    rows = [
        (name, f"{np.sqrt(np.mean(e[members] ** 2)):.0f}", f"{100 * area[members].sum():.0f} %")
        for name, members in zip(names, quarters, strict=True)
    ]
    without = _fit(X[~richest], food[~richest])[1]
    curious(
        "when the mean squared error is the wrong loss",
        "The 235 Belgian households of chapter 01 again: what they spend on food, against their income. The program R "
        f"prints the line of least squares: **{w[0]:.4f} + {w[1]:.7f} · income**.",
        rows_of(("households by income", "RMSE in francs", "share of the area"), rows),
        f"The richest household alone holds {100 * area[richest].sum():.0f} % of the area. Leave it out, and the "
        f"coefficient is {without:.3f}. If an error should count as a share of its target, take a relative loss, or "
        "predict the logarithm. If a few large errors should not rule, take the absolute error or Huber's loss. If the "
        "spread itself is of interest, let the model predict it as well (chapter 03).",
    )
