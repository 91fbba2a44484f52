"""What a card says of a loss: its name in front; formula, slope, what a constant learns and a picture behind."""

from __future__ import annotations

import functools
import html as entities

import numpy as np

from lossexam.exports import texts
from lossutils import Loss
from lossutils.engine import card
from lossutils.plot.labels import axes_for_labels, label_ends, look
from lossutils.plot.paper import GREY, blank, name_axes, own_style, png
from lossutils.plot.texts import label

TOLD = {  # on this card, and on the loss's own
    "Loss": "loss",
    "Slope": "slope",
    "A constant learns": "a constant learns",
    "At chance level": "at chance level",
    "Traits": "traits",
    "Source": "source",
}
FACTS = (*TOLD, *card.LIBRARIES.values())
FIELDS = ("Name", "Sentence", *FACTS, "Picture")
REACH = 4.0  # of the picture, to both sides
POINTS = 400  # an even number leaves out the error 0, where slopes may jump


def fields(loss: Loss, *, pictured: bool) -> list[str]:
    """Return what stands in the fields of a loss's note. Where libraries differ is left to the loss's own card."""
    lines, codes = dict(card.lines(loss)), loss.elsewhere
    facts = [texts.inline(lines.get(line, "")) for line in TOLD.values()]
    facts += [texts.inline(f"`{codes[library]}`") if library in codes else "" for library in card.LIBRARIES]
    sentence = type(loss).__doc__.splitlines()[0]
    return [loss.name, entities.escape(sentence), *facts, f'<img src="{file_name(loss)}">' if pictured else ""]


def file_name(loss: Loss) -> str:
    """Return the name of a loss's picture."""
    return f"lossutils_{type(loss).__name__}.png"


@functools.cache
def picture(loss: Loss) -> bytes:
    """Return loss and slope against the prediction as a PNG; nothing for a loss of whole rows."""
    if loss.row_wise:
        return b""
    target = 0.0 if loss.target.contains(0.0) and not loss.target.bounded and loss.prediction.low < 0 else 1.0
    middle = 0.0 if loss.prediction.low == -np.inf else target
    low, high = max(middle - REACH, loss.prediction.low), min(middle + REACH, loss.prediction.high)
    room = 1e-3 * (high - low)  # the ends themselves may cost infinitely much
    pred = np.linspace(low + room, high - room, POINTS)
    with own_style():
        values = loss.each(pred, np.full(POINTS, target))
        slope = POINTS * loss.grad(pred, np.full(POINTS, target))
        figure = blank(3.0, 5.0)
        ax = axes_for_labels(figure, ["slope"])
        drawn = ax.plot(pred, values, label="loss", markevery=[], **look(0))
        drawn += ax.plot(pred, _with_gaps(slope), label="slope", markevery=[], **look(1))
        reach = min(1.05 * np.abs([values, slope]).max(), 4 * np.median(np.abs([values, slope])) + 1)
        ax.set(xlim=(low, high), ylim=(max(-reach, 1.1 * slope.min()) if slope.min() < 0 else 0, reach))
        ax.axhline(0, color=GREY, lw=1, zorder=1)
        name_axes(ax, f"prediction, for the target {target:g}", "", label(loss))
        label_ends(ax, drawn)
        return png(figure)


def _with_gaps(slope):
    """The slopes without the step over a jump, where there is none."""
    steps = np.abs(np.diff(slope))
    return np.where(np.append(False, steps > 0.05 * np.abs(slope).max()), np.nan, slope)
