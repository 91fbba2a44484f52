"""Dense layers, of any number and width."""

from __future__ import annotations

import itertools

import numpy as np

from lossutils.engine.arguments import check_rng, shown
from lossutils.engine.inputs import as_floats
from lossutils.engine.legal import check_columns


class Network:
    """Dense layers: matrix product, bias, activation; the last layer has no activation.

    `sizes` are the numbers of units, inputs first: [64, 32, 10]; [10, 1] is a linear model. Weights are drawn with
    variance 2 / inputs (He 2015, for relu) or 2 / (inputs + outputs) (Glorot 2010, for tanh); biases are 0.
    `theta` holds all parameters, `gradient` the last gradient, both of shape (number of parameters,).
    """

    @np.errstate(all="ignore")
    def __init__(self, sizes, rng: np.random.RandomState, activation: str = "tanh", dtype=np.float64) -> None:
        check_rng("Network", rng)
        if np.ndim(sizes) != 1 or len(sizes) < 2 or any(not isinstance(k, int | np.integer) or k < 1 for k in sizes):
            raise ValueError(f"Network: sizes is {sizes!r}, but must be two or more whole numbers above 0")
        if activation not in ACTIVATIONS:
            raise ValueError(f"Network: activation is {activation!r}, but must be one of {', '.join(ACTIVATIONS)}")
        if np.dtype(dtype).kind != "f":
            raise TypeError(f"Network: dtype is {shown(dtype)}, but weights are floats; NumPy would cut their digits")
        sizes = tuple(sizes)
        count = sum(n_in * n_out + n_out for n_in, n_out in itertools.pairwise(sizes))
        theta, gradient = np.zeros(count, dtype), np.zeros(count, dtype)
        self.__setstate__({"sizes": sizes, "activation": activation, "theta": theta, "gradient": gradient})
        spread = ACTIVATIONS[activation][2]
        for weights, _ in self.layers:
            weights[...] = rng.normal(0.0, np.sqrt(spread(*weights.shape)), weights.shape)

    def __getstate__(self) -> dict:
        return {name: getattr(self, name) for name in ("sizes", "activation", "theta", "gradient")}

    def __setstate__(self, state: dict) -> None:
        """Look anew at the parameters of each layer: in a copy they must be views of the copy's own vectors."""
        self.__dict__.update(state)
        self._act, self._slope, _ = ACTIVATIONS[self.activation]
        self.layers, self._gradients = self._views(self.theta), self._views(self.gradient)
        self._inputs = []

    def __setattr__(self, name: str, value) -> None:
        """Copy what is given to `theta` into the vector that the layers look at; another vector would teach nothing."""
        if name == "theta":
            self.theta[...] = value
        else:
            super().__setattr__(name, value)

    def _views(self, vector: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Return (weights, biases) of each layer as views into one vector, so that one update serves all."""
        views, start = [], 0
        for n_in, n_out in itertools.pairwise(self.sizes):
            middle, end = start + n_in * n_out, start + n_in * n_out + n_out
            views.append((vector[start:middle].reshape(n_in, n_out), vector[middle:end]))
            start = end
        return views

    @np.errstate(all="ignore")
    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return predictions for inputs (n, sizes[0]): (n, sizes[-1]), or (n,) for a single output."""
        h = as_floats("Network", "X", X)
        check_columns("Network", h, self.sizes[0])
        self._inputs = []
        last = len(self.layers) - 1
        for i, (weights, bias) in enumerate(self.layers):
            self._inputs.append(h)
            h = h @ weights
            h += bias
            if i < last:
                h = self._act(h)
        return h[:, 0] if self.sizes[-1] == 1 else h

    @np.errstate(all="ignore")
    def backward(self, slope: np.ndarray) -> np.ndarray:
        """Return the gradient in `theta`, given the loss's gradient at the predictions of the last `forward`."""
        slope = np.asarray(slope)
        delta = slope[:, np.newaxis] if slope.ndim == 1 else slope
        if not self._inputs or delta.shape != (len(self._inputs[0]), self.sizes[-1]):
            raise ValueError(f"Network: a slope of shape {slope.shape} belongs to no prediction of the last forward")
        for i in range(len(self.layers) - 1, -1, -1):
            weights, bias = self._gradients[i]
            h = self._inputs[i]
            np.matmul(h.T, delta, out=weights)
            np.add.reduce(delta, axis=0, out=bias)
            if i > 0:
                delta = delta @ self.layers[i][0].T
                delta *= self._slope(h)
        return self.gradient

    def __repr__(self) -> str:
        return f"Network({list(self.sizes)}, activation={self.activation!r})"


def _relu(a: np.ndarray) -> np.ndarray:
    return np.maximum(a, 0, out=a)


def _tanh(a: np.ndarray) -> np.ndarray:
    return np.tanh(a, out=a)


# name: (activation, its slope from its output, variance of the weights)
ACTIVATIONS = {
    "tanh": (_tanh, lambda h: 1 - h * h, lambda n_in, n_out: 2.0 / (n_in + n_out)),
    "relu": (_relu, lambda h: h > 0, lambda n_in, n_out: 2.0 / n_in),
}
