"""The kit of the figures: what several chapters draw with. A chapter's own figures stand in its folder.

A function draws one figure from arrays, shows it, and says in a line what is seen. Nothing here touches pyplot or your
own Matplotlib settings, and two runs give the same picture to the byte.
"""

from lossutils.engine.moved import moved
from lossutils.plot.folded import table
from lossutils.plot.general import lines, training_curves
from lossutils.plot.loop import loop
from lossutils.plot.losses import loss_curves, slopes
from lossutils.plot.paper import png, show

__all__ = ["lines", "loop", "loss_curves", "png", "show", "slopes", "table", "training_curves"]

FIRST_EDITION = {
    "ch01": "histogram_with_constants risk_curves constant_game reach Game",
    "ch02": "walks loss_surface Surface",
    "ch03": "likelihood_to_loss observed_and_expected likelihood Likelihood",
    "ch04": "squares residuals error_parts where_training_ends Squares",
    "ch08": "label_fits two_classes TwoClasses",
    "ch09": "guesses gallery three_classes ThreeClasses",
    "ch12": "ranges rare_class RareClass",
}
PLACES = {n: f"{chapter}.{n}" for chapter, names in FIRST_EDITION.items() for n in names.split()}
__getattr__ = moved("plot", PLACES | {"ranking_and_calibration": "ch12.operating_points"})
