"""Where losses come from.

Choose a distribution, get a loss: which assumption does each loss hide, and why do we add logarithms?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    standing="distributions_on_curve",
    flips="likelihood_to_loss",
    links="six_distributions",
    counts="observed_and_expected",
    products="running_product",
    likelihoods="Likelihood likelihood",
    sliders="widget",
)
