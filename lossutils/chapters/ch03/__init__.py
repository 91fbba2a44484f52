"""Where losses come from.

Choose a distribution, get a loss: which assumption does each loss hide, and why do we add logarithms?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    likelihoods="Likelihood likelihood likelihood_to_loss observed_and_expected",
    sliders="widget",
)
