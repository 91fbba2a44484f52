"""Binary cross-entropy.

Yes or no: how do odds become scores, a score a loss, and a loss code that does not break?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    fits="label_fits",
    band="band_of_curves",
    computed="programs from_score bce_loss literal_log squared_error",
    pulls="fates",
    classes="TwoClasses two_classes",
    sliders="widget",
)
