"""Value and gradient of the mean loss, validation on: lossutils beside PyTorch, jitted optax and scikit-learn.

First the value alone beside the loss's own formula and NumPy's mean: what checking the input costs.

    python benchmarks/kernels.py [--rounds 7] [--only squared,softmax]

One process, interleaved rounds, the least time of each. A column says how many times our time the other needs: above
1 we are ahead; between 0.8 and 1.25 read a tie. Libraries that are not installed are left out. If an environment
variable restricts OpenBLAS or the number of threads, unset it first.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable

import numpy as np
from clock import head, least_times, row

from lossutils import (
    AbsoluteError,
    Focal,
    Huber,
    LogCosh,
    LogisticLoss,
    Pinball,
    PoissonNLL,
    SoftmaxCrossEntropy,
    SquaredError,
    rng,
)

OURS = "lossutils"
SIZES = (32, 1024, 10**4, 10**6)
TABLES = ((256, 10), (10**5, 10), (10**4, 1000))
LOSSES = {
    "squared": SquaredError(),
    "absolute": AbsoluteError(),
    "huber": Huber(delta=1.0),
    "log-cosh": LogCosh(c=1.0),
    "pinball": Pinball(tau=0.7),
    "poisson": PoissonNLL(),
    "logistic": LogisticLoss(),
    "focal": Focal(gamma=2.0),
    "softmax": SoftmaxCrossEntropy(),
}


def inputs(name: str, shape: tuple[int, ...], dtype) -> tuple[np.ndarray, np.ndarray]:
    """Draw predictions and legal targets."""
    random = rng(0)
    pred = random.normal(size=shape).astype(dtype)
    if name == "softmax":
        return pred, random.randint(0, shape[1], shape[0])
    if name == "poisson":
        return pred, random.poisson(2.0, shape).astype(dtype)
    if name in ("logistic", "focal"):
        return pred, random.randint(0, 2, shape).astype(dtype)
    return pred, random.normal(size=shape).astype(dtype)


def torch_way(name: str, pred: np.ndarray, target: np.ndarray, threads: int) -> Callable[[], object]:
    """Return PyTorch's eager value and gradient with a number of threads."""
    import torch
    import torch.nn.functional as F

    def focal(p, y):
        ce = F.binary_cross_entropy_with_logits(p, y, reduction="none")
        right = torch.sigmoid(p) * y + (1 - torch.sigmoid(p)) * (1 - y)
        return (ce * (1 - right) ** 2).mean()

    functions = {
        "squared": F.mse_loss,
        "absolute": F.l1_loss,
        "huber": F.huber_loss,
        "log-cosh": lambda p, y: ((p - y) + F.softplus(-2 * (p - y)) - np.log(2)).mean(),
        "pinball": lambda p, y: torch.maximum(0.7 * (y - p), 0.3 * (p - y)).mean(),
        "poisson": F.poisson_nll_loss,
        "logistic": F.binary_cross_entropy_with_logits,
        "focal": focal,
        "softmax": F.cross_entropy,
    }
    function = functions[name]
    p, y = torch.tensor(pred, requires_grad=True), torch.tensor(target)

    def way():
        torch.set_num_threads(threads)
        value = function(p, y)
        return value.item(), torch.autograd.grad(value, p)[0]

    return way


def optax_way(name: str, pred: np.ndarray, target: np.ndarray) -> Callable[[], object]:
    """Return optax's value and gradient, compiled by JAX, with the value read."""
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import optax

    functions = {
        "squared": lambda p, y: optax.squared_error(p, y).mean(),
        "absolute": lambda p, y: jnp.abs(p - y).mean(),
        "huber": lambda p, y: optax.huber_loss(p, y, delta=1.0).mean(),
        "log-cosh": lambda p, y: optax.log_cosh(p, y).mean(),
        "pinball": lambda p, y: jnp.maximum(0.7 * (y - p), 0.3 * (p - y)).mean(),
        "poisson": lambda p, y: (jnp.exp(p) - y * p).mean(),
        "logistic": lambda p, y: optax.sigmoid_binary_cross_entropy(p, y).mean(),
        "focal": lambda p, y: optax.sigmoid_focal_loss(p, y, gamma=2.0).mean(),
        "softmax": lambda p, y: optax.softmax_cross_entropy_with_integer_labels(p, y).mean(),
    }
    both = jax.jit(jax.value_and_grad(functions[name]))
    p, y = jnp.asarray(pred), jnp.asarray(target)

    def way():
        value, gradient = both(p, y)
        return float(value), gradient.block_until_ready()

    return way


def sklearn_way(name: str, pred: np.ndarray, target: np.ndarray, threads: int) -> Callable[[], object] | None:
    """Return scikit-learn's compiled loss and gradient, averaged."""
    from sklearn._loss import loss as compiled

    makers = {
        "squared": compiled.HalfSquaredError,
        "absolute": compiled.AbsoluteError,
        "huber": lambda: compiled.HuberLoss(delta=1.0),
        "pinball": lambda: compiled.PinballLoss(quantile=0.7),
        "poisson": compiled.HalfPoissonLoss,
        "logistic": compiled.HalfBinomialLoss,
        "softmax": lambda: compiled.HalfMultinomialLoss(n_classes=pred.shape[-1]),
    }
    if name not in makers:
        return None
    judge = makers[name]()
    y = target.astype(pred.dtype)
    values, slopes = np.empty(len(pred), pred.dtype), np.empty_like(pred)

    def way():
        judge.loss_gradient(y, pred, loss_out=values, gradient_out=slopes, n_threads=threads)
        return values.mean(), np.multiply(slopes, 1 / len(pred), out=slopes)

    return way


def ways(name: str, shape: tuple[int, ...], dtype) -> dict[str, Callable[[], object]]:
    """Return everybody's way to the same value and gradient."""
    pred, target = inputs(name, shape, dtype)
    loss = LOSSES[name]
    found = {OURS: lambda: loss.value_and_grad(pred, target)}
    if importlib.util.find_spec("torch"):
        found["torch 1"] = torch_way(name, pred, target, 1)
        found["torch 2"] = torch_way(name, pred, target, 2)
    if importlib.util.find_spec("optax"):
        found["optax"] = optax_way(name, pred, target)
    if importlib.util.find_spec("sklearn") and sklearn_way(name, pred, target, 1):
        found["sklearn 1"] = sklearn_way(name, pred, target, 1)
        found["sklearn 2"] = sklearn_way(name, pred, target, 2)
    return found


def value_alone(names: list[str], rounds: int) -> None:
    """Print how many times its formula's own time a call `loss(pred, target)` takes."""
    print("\nvalue alone, float64\n\n| | mean of the formula, µs | loss(pred, target), × that |\n|:--|--:|--:|")
    for name in names:
        loss = LOSSES[name]
        for shape in TABLES if name == "softmax" else [(size,) for size in SIZES]:
            pred, target = inputs(name, shape, np.float64)
            ways = {
                "formula": lambda loss=loss, p=pred, y=target: float(np.mean(loss.formula(p, y))),
                OURS: lambda loss=loss, p=pred, y=target: loss(p, y),
            }
            label = f"{name} {' × '.join(f'{size:,}' for size in shape)}"
            print(row(label, least_times(ways, rounds), [OURS], "formula"), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default=",".join(LOSSES), help="names of losses, with commas")
    arguments = parser.parse_args()
    value_alone(arguments.only.split(","), arguments.rounds)
    columns = ["torch 1", "torch 2", "optax", "sklearn 1", "sklearn 2"]
    for dtype in (np.float64, np.float32):
        print(f"\n{np.dtype(dtype).name}\n\n{head(columns)}")
        for name in arguments.only.split(","):
            for shape in TABLES if name == "softmax" else [(size,) for size in SIZES]:
                times = least_times(ways(name, shape, dtype), arguments.rounds)
                label = f"{name} {' × '.join(f'{size:,}' for size in shape)}"
                print(row(label, times, columns, OURS), flush=True)


if __name__ == "__main__":
    main()
