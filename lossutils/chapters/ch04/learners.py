"""Two models that learn by plain gradient descent: a linear one, and a small network of ReLU or tanh units."""

from __future__ import annotations

import numpy as np

from lossutils.losses import SquaredError
from lossutils.models import Network
from lossutils.numerics import rng
from lossutils.training import descend


def walk(model: Network, x, y, rate: float, steps: int) -> np.ndarray:
    """Walk downhill on the mean squared error; return its root at the start and after each step, (steps + 1,).

    After a step to numbers that are not finite the walk ends; what is left is nan.
    """
    loss = SquaredError()

    def risk(theta):
        model.theta = theta
        pred = model.forward(x)
        if not np.isfinite(pred).all():
            return np.nan, theta
        value, slope = loss.value_and_grad(pred, y)
        return value, model.backward(slope).copy()

    with np.errstate(all="ignore"):
        path, values = descend(risk, model.theta, rate, steps)
        model.theta = path[-1]
        return np.sqrt(values)


def line(x, y, rate: float = 0.02, steps: int = 150) -> np.ndarray:
    """The root mean squared error of a linear model on its way; it starts at weights of 0."""
    model = Network([x.shape[1], 1], rng(0))
    model.theta = np.zeros_like(model.theta)
    return walk(model, x, y, rate, steps)


def network(x, y, rate: float = 0.02, steps: int = 150, hidden: int = 16, seed: int = 4, activation: str = "relu"):
    """The root mean squared error of a network with one hidden layer on its way."""
    return walk(Network([x.shape[1], hidden, 1], rng(seed), activation), x, y, rate, steps)
