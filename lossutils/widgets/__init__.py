"""The kit of the widgets: pictures that answer to the hand. A chapter's own widget stands in its folder.

    ch01.widget(data.chem()["copper"], "parts per million")
    widgets.quiz("01")      the quiz of a chapter
    widgets.quiz_again()    what went wrong in a quiz, until it is learnt

A chapter's own widget is an `Explorer`: named controls, a function that draws a PNG from their values, and a function
that says in a sentence what the picture shows. Everything works with the keyboard. The sentence stands above the
picture, and screen readers announce it.
"""

from lossutils.engine.moved import moved
from lossutils.widgets.explorer import Explorer, LossPicker, loss_controls, round_number, typical_error
from lossutils.widgets.quiz import quiz
from lossutils.widgets.quiz_again import forget_boxes, quiz_again
from lossutils.widgets.slider import Slider, float_slider, ratio_slider

__all__ = [
    "Explorer",
    "LossPicker",
    "Slider",
    "float_slider",
    "forget_boxes",
    "loss_controls",
    "quiz",
    "quiz_again",
    "ratio_slider",
    "round_number",
    "typical_error",
]

FIRST_EDITION = {
    "constant_game": "ch01.widget",
    "loss_surface": "ch02.widget",
    "likelihood": "ch03.widget",
    "squares": "ch04.widget",
    "two_classes": "ch08.widget",
    "three_classes": "ch09.widget",
    "rare_class": "ch12.widget",
}
__getattr__ = moved("widgets", FIRST_EDITION)
