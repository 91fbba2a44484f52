"""Choosing a loss.

Which loss do you take? What you predict, how the targets err, and what a mistake costs, and whom.
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    both="train_both runs",
    learnt="LearntWeights",
    birds="two_answers neurons",
    units="Units by_unit",
    ends="every_end",
    curious="published_form longer_training other_uses",
    sliders="widget Chooser chooser",
)
