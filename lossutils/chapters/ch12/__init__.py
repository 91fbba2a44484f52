"""Custom losses and imbalance.

One class is rare and costly to miss: weigh it, focus on it, or move the threshold, and what happens to the
probabilities?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    imbalance="RareClass ranges ranking_and_calibration rare_class",
    sliders="widget",
)
