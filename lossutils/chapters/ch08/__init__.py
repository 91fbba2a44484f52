"""Binary cross-entropy.

Yes or no: how do odds become scores, a score a loss, and a loss code that does not break?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    classes="TwoClasses label_fits two_classes",
    sliders="widget",
)
