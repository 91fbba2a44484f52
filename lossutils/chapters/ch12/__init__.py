"""Custom losses and imbalance.

One class is rare and costly to miss: weigh it, focus on it, or move the threshold, and what happens to the
probabilities?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    meeting="stated weights_and_thresholds",
    ranking="operating_points",
    calibration="bins stated_and_true",
    judging="cheapest_threshold chosen_cost",
    imbalance="RareClass ranges rare_class",
    simple="regression",
    curious="class_balanced focal_slope other_bins twins",
    sliders="widget",
)
