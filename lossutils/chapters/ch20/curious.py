"""Folded, for the curious: longer training, the other form of learnt weights, and what one unit costs elsewhere."""

from __future__ import annotations

from lossutils.chapters.ch20.units import least_to_largest
from lossutils.plot.folded import curious, rows_of


def longer_training(runs) -> None:
    """Show what ten times as many epochs do in grams, and the mass centred but still in grams."""
    names = {
        "grams, 60 epochs": "unit 1 g",
        "grams, 600 epochs": "grams, 600 epochs",
        "grams, 6,000 epochs": "grams, 6000 epochs",
        "grams, the mean taken away": "centred grams",
        "the same, weight 0.000001": "centred grams, weight 1e-6",
    }
    curious(
        "ten or a hundred times as long, and half of a repair",
        "Does the network only need more time? With 600 epochs in the place of 60 its output comes farther, but has "
        "not arrived, and the neurons are still at their ends. With 6,000 both tasks come back: a hundred times the "
        "work, for less than standardising gives. The last two rows take only the mean of the mass away, and keep the "
        "gram: the distance is shorter, 804 g on average, but still long. You have to divide, too: by the standard "
        "deviation, or by a number of its size.",
        _both_tasks({label: runs[key] for label, key in names.items()}),
    )


def other_uses(runs) -> None:
    """Show learnt weights in other units, and fixed weights on standardised masses."""
    names = {
        "kilograms": "unit 1000 g",
        "kilograms, learnt weights": "kilograms, learnt from 0",
        "standardised": "standardised",
        "standardised, mass times 0.1": "standardised, weight 0.1",
        "standardised, mass times 10": "standardised, weight 10",
    }
    curious(
        "weights in good units",
        "Do weights help where the unit is good already? In kilograms learnt weights gain one penguin or two, and the "
        "ranges of the mass overlap. On standardised masses, weights from 0.1 to 10 make hardly a difference: the two "
        "tasks do not disagree here.",
        _both_tasks({label: runs[key] for label, key in names.items()}),
    )


def published_form() -> None:
    """Say how Kendall, Gal and Cipolla write the sum for classes."""
    curious(
        "the form in the paper",
        "Kendall, Gal and Cipolla (2018) start from likelihoods. A squared error with the variance $e^s$ costs "
        r"$\frac{1}{2} e^{-s} R + \frac{1}{2} s$, as here. For classes they divide the scores by a temperature, and "
        r"come, after an approximation, to $e^{-s} R + \frac{1}{2} s$, without the first half. Then the best $s$ is "
        r"$\ln 2R$. Both forms are in use: say which one is yours.",
    )


def _both_tasks(runs) -> str:
    """The rows of a table: what each kind of training reaches, least to largest."""
    rows = [(name, *least_to_largest(found)) for name, found in runs.items()]
    return rows_of(("", "species right", "mass off by (g)"), rows)
