"""One network on one set of images, trained well, and in six ways that go wrong: the losses of every epoch.

The curves of many seeds are stored in curves.csv.gz; `python tools/course.py learning-curves` trains them again.
"""

from __future__ import annotations

import csv
import gzip
import io
from importlib import resources
from typing import NamedTuple

import numpy as np

from lossutils import SoftmaxCrossEntropy, data, rng
from lossutils.models import Network
from lossutils.training import Adam, GradientDescent, train

CASES = ("healthy", "rate too big", "underfit", "overfit", "label noise", "leak", "dead start")
EPOCHS, HIDDEN = 60, 32
USUAL = {10: 0.12, 5: 0.09}  # nats: what the healthy networks reach on new images, about
MANY = ("healthy", "rate too big", "underfit", "dead start")  # these learn from all rows that are no validation rows
FEW = 200  # rows of the others
FEWEST = {10: 200, 5: 30}  # rows of the overfit ones: five digits are learnt from fewer images
NOISE = 0.3  # share of the labels that are drawn anew


class Curves(NamedTuple):
    """The mean loss of each epoch, (epochs,): on the rows that are learned, and on the validation rows."""

    train: np.ndarray
    validation: np.ndarray


def lettered() -> tuple[str, ...]:
    """Return the seven cases in the order of the lecture's picture, A to G."""
    return tuple(CASES[k] for k in (4, 0, 6, 5, 1, 3, 2))


def images(classes: int = 10):
    """Return pixels from 0 to 1, digits, and in a fixed random order which rows are learned and which validate."""
    digits = data.digits()
    keep = digits["digit"] < classes
    order = rng(0).permutation(int(keep.sum()))
    validation = slice(500, 997) if classes == 10 else slice(400, 650)
    learned = np.concatenate([order[:FEW], order[validation.stop :]])
    return digits["pixels"][keep] / 16, digits["digit"][keep], learned, order[validation]


def trained(case: str, seed: int = 0, classes: int = 10) -> Curves:
    """Train the network as this case asks, on the digits below `classes`, and return both curves."""
    if case not in CASES:
        raise ValueError(f"trained: case is {case!r}, but must be one of {', '.join(CASES)}")
    X, y, learned, held_back = images(classes)
    batch = 50
    if case in MANY:
        learned = learned[: len(learned) // batch * batch]
    elif case == "overfit":
        learned, batch = learned[: FEWEST[classes]], min(50, FEWEST[classes] // 3)
    else:
        learned = learned[:FEW]
    inputs, labels = [X[learned], X[held_back]], [y[learned].copy(), y[held_back].copy()]
    if case == "label noise":
        source = rng(1000 + seed)
        for part in labels:
            hit = source.uniform(size=len(part)) < NOISE
            part[hit] = source.randint(0, classes, len(part))[hit]
    if case == "leak":  # the answer stands among the inputs
        inputs = [np.hstack([part, np.eye(classes)[label]]) for part, label in zip(inputs, labels, strict=True)]
    network = Network([inputs[0].shape[1], HIDDEN, classes], rng(seed), "relu")
    if case == "dead start":
        network.theta = np.zeros_like(network.theta)
    optimiser = {"rate too big": GradientDescent(3.0), "underfit": GradientDescent(0.003)}.get(case, Adam(0.01))
    loss = SoftmaxCrossEntropy()
    history = train(
        network, loss, inputs[0], labels[0], optimiser, EPOCHS, batch, rng(seed),
        watch=lambda: {"validation": loss(network.forward(inputs[1]), labels[1])},
    )  # fmt: skip
    return Curves(np.array(history.loss), np.array(history.watched["validation"]))


def stored(case: str, classes: int = 10) -> list[Curves]:
    """Return the stored curves of a case, one pair a seed, with four digits."""
    found = {}
    packed = (resources.files(__package__) / "curves.csv.gz").read_bytes()
    for row in csv.DictReader(io.StringIO(gzip.decompress(packed).decode("ascii"))):
        if row["case"] == case and int(row["classes"]) == classes:
            losses = np.array([float(row[str(epoch)]) for epoch in range(1, EPOCHS + 1)])
            found.setdefault(int(row["seed"]), {})[row["curve"]] = losses
    return [Curves(**found[seed]) for seed in sorted(found)]
