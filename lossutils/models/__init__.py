"""Models that any loss can teach: they turn inputs into predictions, and a slope at the predictions into gradients.

A model knows no loss by name. `model.forward(X)` gives predictions, `loss.grad(pred, target)` the slope there, and
`model.backward(slope)` the gradient in all parameters, which lie in one vector `model.theta`.
"""

from lossutils.models.network import ACTIVATIONS, Network
from lossutils.models.sugeno import Sugeno

__all__ = ["ACTIVATIONS", "Network", "Sugeno"]
