"""Categorical cross-entropy.

Several classes: how do scores become probabilities, what does each answer cost, and what does that cost tell?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    images="gallery guesses",
    stages="from_scores",
    ranking="ranked_losses",
    epochs="losses_in_training",
    simplex="ThreeClasses three_classes",
    curious="newton two_directions voters_newton",
    sliders="widget",
)
