"""Every figure of the course. A function draws one figure from arrays, shows it, and says in a line what is seen.

Nothing here touches pyplot or your own Matplotlib settings, and two runs give the same picture to the byte.
"""

from lossutils.plot.areas import Squares, squares
from lossutils.plot.classes import TwoClasses, label_fits, two_classes
from lossutils.plot.constants import histogram_with_constants, risk_curves
from lossutils.plot.descent import Surface, loss_surface, walks
from lossutils.plot.errors import error_parts, residuals, where_training_ends
from lossutils.plot.game import Game, constant_game, reach
from lossutils.plot.general import bars, lines, scatter_fit, training_curves
from lossutils.plot.images import gallery, guesses
from lossutils.plot.imbalance import RareClass, ranges, ranking_and_calibration, rare_class
from lossutils.plot.likelihoods import Likelihood, likelihood, likelihood_to_loss, observed_and_expected
from lossutils.plot.losses import loss_curves, slopes
from lossutils.plot.paper import png, show
from lossutils.plot.simplex import ThreeClasses, three_classes

__all__ = [
    "histogram_with_constants", "loss_curves", "slopes", "risk_curves", "constant_game",
    "walks", "loss_surface",
    "label_fits", "two_classes",
    "likelihood_to_loss", "observed_and_expected", "likelihood",
    "squares", "residuals", "error_parts", "where_training_ends",
    "ranges", "ranking_and_calibration", "rare_class",
    "guesses", "gallery", "three_classes",
    "ranges", "ranking_and_calibration", "rare_class",
    "lines", "scatter_fit", "training_curves", "bars",
    "RareClass", "Game", "Likelihood", "Squares", "Surface", "ThreeClasses", "TwoClasses", "reach", "png", "show",
]  # fmt: skip
