"""Pictures that answer to the hand: sliders, a picture, and its state as a sentence.

    widgets.constant_game(data.chem()["copper"], "parts per million")

A chapter's own widget is an `Explorer`: named controls, a function that draws a PNG from their values, and a function
that says in a sentence what the picture shows. Everything works with the keyboard. An ipywidgets `Image` has no
alternative text, therefore the sentence, which screen readers announce.
"""

from lossutils.quiz import quiz
from lossutils.widgets.areas import squares
from lossutils.widgets.classes import two_classes
from lossutils.widgets.constants import constant_game
from lossutils.widgets.explorer import (
    Explorer,
    LossPicker,
    float_slider,
    loss_controls,
    round_number,
    typical_error,
)
from lossutils.widgets.imbalance import rare_class
from lossutils.widgets.likelihoods import likelihood
from lossutils.widgets.simplex import three_classes
from lossutils.widgets.surface import loss_surface

__all__ = [
    "constant_game", "two_classes", "likelihood", "loss_surface", "squares",
    "rare_class",
    "three_classes",
    "rare_class",
    "quiz",
    "Explorer", "LossPicker", "float_slider", "loss_controls", "round_number", "typical_error",
]  # fmt: skip
