"""One training step of a 64-32-10 relu network on 32 digits: lossutils' own classes beside PyTorch and jitted JAX.

    python benchmarks/training.py [--rounds 15]

Each step computes predictions, softmax cross-entropy, all gradients and a plain gradient step, and reads the loss.
Read a ratio between 0.8 and 1.25 as a tie.
"""

from __future__ import annotations

import argparse
import importlib.util

import numpy as np
from clock import head, least_times, row

from lossutils import SoftmaxCrossEntropy, data, rng
from lossutils.models import Network
from lossutils.training import GradientDescent

OURS, RATE, SIZES = "lossutils", 0.05, [64, 32, 10]


def our_step(X, y):
    """Return the step through Network, SoftmaxCrossEntropy and GradientDescent."""
    net, loss, optimiser = Network(SIZES, rng(0), "relu", X.dtype), SoftmaxCrossEntropy(), GradientDescent(RATE)

    def step():
        value, slope = loss.value_and_grad(net.forward(X), y)
        optimiser.step(net.theta, net.backward(slope))
        return value

    return step


def torch_step(X, y, threads):
    """Return the usual PyTorch step: modules, CrossEntropyLoss, SGD."""
    import torch

    kind = torch.float32 if X.dtype == np.float32 else torch.float64
    net = torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10)).to(kind)
    loss, optimiser = torch.nn.CrossEntropyLoss(), torch.optim.SGD(net.parameters(), lr=RATE)
    inputs, target = torch.tensor(X), torch.tensor(y)

    def step():
        torch.set_num_threads(threads)
        optimiser.zero_grad()
        value = loss(net(inputs), target)
        value.backward()
        optimiser.step()
        return value.item()

    return step


def jax_step(X, y):
    """Return a compiled JAX step with donated parameters; the loss is read each time."""
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax

    parameters = [(jnp.asarray(w), jnp.asarray(b)) for w, b in Network(SIZES, rng(0), "relu", X.dtype).layers]
    inputs, target = jnp.asarray(X), jnp.asarray(y)

    def risk(layers):
        hidden = jax.nn.relu(inputs @ layers[0][0] + layers[0][1])
        scores = hidden @ layers[1][0] + layers[1][1]
        return optax.softmax_cross_entropy_with_integer_labels(scores, target).mean()

    @jax.jit
    def move(layers):
        value, slopes = jax.value_and_grad(risk)(layers)
        return value, jax.tree.map(lambda p, g: p - RATE * g, layers, slopes)

    state = [parameters]

    def step():
        value, state[0] = move(state[0])
        return float(value)

    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    digits = data.digits()
    columns = ["torch 1", "torch 2", "jax"]
    print(head(columns))
    for dtype in (np.float64, np.float32):
        X, y = (digits["pixels"][:32] / 16).astype(dtype), digits["digit"][:32]
        steps = {OURS: our_step(X, y)}
        if importlib.util.find_spec("torch"):
            steps |= {"torch 1": torch_step(X, y, 1), "torch 2": torch_step(X, y, 2)}
        if importlib.util.find_spec("jax") and importlib.util.find_spec("optax"):
            steps["jax"] = jax_step(X, y)
        print(row(np.dtype(dtype).name, least_times(steps, rounds), columns, OURS), flush=True)


if __name__ == "__main__":
    main()
