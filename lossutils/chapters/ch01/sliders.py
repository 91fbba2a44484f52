"""The game of the best constant: move one guess for all values, and see what each loss makes of it."""

from __future__ import annotations

import functools

import ipywidgets
import numpy as np

from lossutils import AbsoluteError, AbsolutePercentageError, Huber, Loss, Pinball, SquaredError
from lossutils.chapters.ch01.game import Game, reach
from lossutils.plot.texts import number
from lossutils.widgets.explorer import Explorer, LossPicker, round_number, typical_error
from lossutils.widgets.slider import NAMED, WIDE, float_slider


@np.errstate(all="ignore")
def widget(values, unit: str = "", losses=None) -> Explorer:
    """Return the game of the best constant: move the guess c, change the loss, leave out the largest value.

    `values` is (n,), measured in `unit`. Without `losses`: squared, absolute, Huber, pinball and, where no value is 0,
    percentage error.
    """
    values = np.asarray(values, float)
    scale, largest = typical_error(values), float(values.max())
    losses = _usual_losses(values, scale) if losses is None else list(losses)
    picker = LossPicker(losses, scale)
    seen = reach(values, _best_constants(picker, values, values[values < largest]))
    guess = float_slider("constant c", *seen, value=seen[0] + 0.75 * (seen[1] - seen[0]))
    guess.value = round_number(guess.value)
    step = max(np.diff(guess.places))

    @functools.cache
    def pictures(without):
        return Game(values, picker.value, unit, largest if without else None, seen, step)

    def game(loss, without):
        drawn = pictures(without)
        return drawn if drawn.loss == loss else drawn.under(loss)

    return Explorer(
        "game of the best constant",
        {
            "loss": picker,
            "c": guess,
            "without": ipywidgets.Checkbox(description=f"leave out {number(largest)}", layout=WIDE, style=NAMED),
        },
        draw=lambda loss, c, without: game(loss, without).at(c).png(),
        describe=lambda loss, c, without: game(loss, without).at(c).state(),
        actions={"roll to the minimum": lambda loss, c, without: {"c": game(loss, without).best}},
    )


def _usual_losses(values: np.ndarray, scale: float) -> list[Loss]:
    losses = [
        SquaredError(),
        AbsoluteError(),
        Huber(round_number(1.5 * scale)),
        Pinball(0.9),
        AbsolutePercentageError(),
    ]
    return [loss for loss in losses if loss.target.contains(values).all()]


def _best_constants(picker: LossPicker, *samples: np.ndarray) -> list[float]:
    """Return the minima of all losses at both ends of their sliders: the guesses that the picture must hold."""
    return [loss.best_constant(sample) for loss in picker.extremes() for sample in samples if len(sample)]
