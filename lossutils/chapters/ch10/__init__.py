"""Squared error or cross-entropy for classification?

Everybody says that cross-entropy learns faster: is that a property of the loss, or of the comparison?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    ways="five_ways own_loss_of",
    neuron="Neuron neuron_walk steps_to_half output_after",
    dose="unlearning_curve",
    curious="exact_times animation",
    sliders="widget",
)
