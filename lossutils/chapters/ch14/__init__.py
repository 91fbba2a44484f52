"""What the loss tells you.

What can you read off a loss that goes down, stays, or rises, before you believe it?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    curve_inputs="lettered trained stored",
    tumours="tumour_probabilities",
    squares="SoftmaxBrier",
    epochs="over_epochs",
    panels="seven_curves",
    honest="expected_losses",
    promises="Promises promised promised_and_kept promise_bins",
    curious="no_bins wrong_labels three_p_values",
    sliders="widget",
)
