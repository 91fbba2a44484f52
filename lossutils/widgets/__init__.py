"""The kit of the widgets: pictures that answer to the hand. A chapter's own widget stands in its folder.

    ch01.widget(data.chem()["copper"], "parts per million")

A chapter's own widget is an `Explorer`: named controls, a function that draws a PNG from their values, and a function
that says in a sentence what the picture shows. Everything works with the keyboard. An ipywidgets `Image` has no
alternative text, therefore the sentence, which screen readers announce.
"""

from lossutils.engine.moved import moved
from lossutils.widgets.explorer import Explorer, LossPicker, float_slider, loss_controls, round_number, typical_error
from lossutils.widgets.quiz import quiz

__all__ = ["Explorer", "LossPicker", "float_slider", "loss_controls", "quiz", "round_number", "typical_error"]

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
