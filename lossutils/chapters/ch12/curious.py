"""Folded, for the curious: other recipes for a weight, the slope of focal loss, other bins, twins."""

from __future__ import annotations

import numpy as np

from lossutils import evaluation
from lossutils.plot.folded import curious, rows_of
from lossutils.plot.texts import number


def class_balanced(y) -> None:
    """Show which weights two recipes give that ask for no cost: inverse frequency, and effective numbers."""
    rare, rest = int(np.sum(y == 1)), int(np.sum(y == 0))
    rows = [
        (f"{beta:g}", number((1 - beta**rest) / (1 - beta**rare), 3)) for beta in (0.9, 0.99, 0.999, 0.9999, 0.99999)
    ]
    curious(
        "two recipes for a weight that know no cost",
        f"**Inverse frequency** takes the ratio of the classes: {rest}/{rare} is {number(rest / rare, 3)}. Both "
        "classes then have the same total weight. That this is near 28 here is a coincidence of our costs.",
        r"**Class-balanced loss** (Cui and others, 2019) says that many samples repeat one another, so that $n$ "
        r"samples count as $(1 - \beta^n)/(1 - \beta)$ different ones, with a number $\beta$ below 1 that you choose. "
        "The weight is the ratio of these counts. It is a dial: from hardly any weight to inverse frequency.",
        rows_of((r"$\beta$", "weight of a positive"), rows),
    )


def focal_slope() -> None:
    """Show the slope of focal loss, by the product rule."""
    curious(
        "the slope of focal loss",
        r"Let $s$ be 1 for a positive and $-1$ for a negative, and $r = \sigma(s z)$ the probability of the right "
        r"class. By the chain rule $\mathrm{d}r/\mathrm{d}z = s\,r\,(1 - r)$. Both factors of $(1 - r)^\gamma \log r$ "
        "depend on $r$, so the product rule gives two terms:",
        r"$$\frac{\mathrm{d}}{\mathrm{d}r}\left[-(1 - r)^\gamma \log r\right] = \gamma\,(1 - r)^{\gamma - 1} \log r - "
        r"\frac{(1 - r)^\gamma}{r}.$$",
        "Multiply by $s\\,r\\,(1 - r)$:",
        r"$$\frac{\partial \ell}{\partial z} = -s\,(1 - r)^\gamma \left((1 - r) - \gamma\,r \log r\right).$$",
        r"With $\gamma = 0$ it is $-s\,(1 - r)$, the slope of the logistic loss.",
    )


def other_bins(p, y) -> None:
    """Show that the expected calibration error of one network depends on the bins."""
    edges = {
        "10 of equal width": evaluation.equal_widths(10),
        "100 of equal width": evaluation.equal_widths(100),
        "10 of equal counts": evaluation.equal_counts(p, 10),
    }
    rows = [(name, number(evaluation.ece(p, y, edge), 2)) for name, edge in edges.items()]
    first = int(evaluation.reliability(p, y, edges["10 of equal width"])[2][0])
    curious(
        "one number for calibration, and why you must name the bins",
        "The **expected calibration error**, ECE, takes in each bin the distance between the mean stated probability "
        "and the share of positives. It averages these distances, and each bin counts by its number of samples. Here "
        "is the ECE of the same plain network:",
        rows_of(("bins", "ECE"), rows),
        f"With ten bins of equal width, {first:,} of the {len(y):,} proteins lie in the first one. So compare two ECEs "
        "only if they have the same bins.",
    )


def twins(X, y, folds) -> None:
    """Say how many rows of the file repeat another, and how many have a twin in another fold."""
    _, group = np.unique(np.column_stack([X, y]), axis=0, return_inverse=True)
    group = group.ravel()
    homes = {g: set(folds[group == g]) for g in group}
    split = np.array([len(homes[g]) > 1 for g in group])
    which = "all of them negative" if not y[split].any() else f"{int(y[split].sum())} of them positive"
    curious(
        "is out of fold really unseen?",
        f"{len(y) - len(homes)} rows of this file repeat an earlier row. So {split.sum()} proteins, {which}, have a "
        "twin in another fold: a network has seen them after all. It leaks a little, for all ways alike.",
    )
