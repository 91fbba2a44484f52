"""One network, two answers: the species of a penguin and its mass, in any unit and with any weight; stored runs."""

from __future__ import annotations

import csv
import functools
import math
from importlib import resources

import numpy as np

from lossutils import SoftmaxCrossEntropy, SquaredError, data, rng
from lossutils.chapters.ch20.learnt import LearntWeights
from lossutils.evaluation import stratified_folds
from lossutils.joint import Joint, Part
from lossutils.models import Network
from lossutils.training import Adam, train

STANDARD = "standardised"


def train_both(seed: int, unit=1.0, weight=1.0, learnt: str = "", centred=False, epochs=60) -> tuple[float, float]:
    """Return the share of species that are right, and the root mean squared error of the mass in grams, out of fold.

    `unit` is how many grams one unit of the target has, or "standardised". `learnt` lets the weights of both losses
    learn: "from 0", or "from ln R", where the mass's loss starts. `centred` takes the mean of the mass away first.
    """
    birds = data.penguins()
    species, mass = birds["species"], birds["mass"].astype(float)
    X = birds.matrix("bill_length", "bill_depth", "flipper_length")
    folds = stratified_folds(species, 5, rng(0))
    named, weighed = np.empty(len(mass), int), np.empty(len(mass))
    for fold in range(5):
        learn, test = folds != fold, folds == fold
        Z = (X - X[learn].mean(axis=0)) / X[learn].std(axis=0)
        middle = mass[learn].mean() if centred or unit == STANDARD else 0.0
        size = mass[learn].std() if unit == STANDARD else unit
        targets = np.column_stack([species, (mass - middle) / size])
        loss = Joint(
            Part(SoftmaxCrossEntropy(), slice(0, 3), target=0), Part(SquaredError(), 3, target=1, weight=weight)
        )
        if learnt:
            at = math.log(np.mean(targets[learn, 1] ** 2)) if learnt == "from ln R" else 0.0
            loss = LearntWeights(loss, [0.0, at])
        random = rng(10 * seed + fold)
        model = Network([3, 16, 4], random)
        train(model, loss, Z[learn], targets[learn], Adam(0.01), epochs, 32, random)
        outputs = model.forward(Z[test])
        named[test], weighed[test] = outputs[:, :3].argmax(axis=1), outputs[:, 3] * size + middle
    return float(np.mean(named == species)), float(np.sqrt(np.mean((weighed - mass) ** 2)))


UNITS = (4000, 2000, 1000, 500, 300, 200, 150, 100, 70, 50, 30, 10, 1)  # grams
SETTINGS = {  # name: how it is trained
    **{f"unit {grams} g": {"unit": float(grams)} for grams in UNITS},
    STANDARD: {"unit": STANDARD},
    **{f"grams, weight 1e-{k}": {"weight": 10.0**-k} for k in range(2, 9)},
    "grams, learnt from 0": {"learnt": "from 0"},
    "grams, learnt from ln R": {"learnt": "from ln R"},
    "grams, 600 epochs": {"epochs": 600},
    "grams, 6000 epochs": {"epochs": 6000},
    "kilograms, learnt from 0": {"unit": 1000.0, "learnt": "from 0"},
    "standardised, learnt from 0": {"unit": STANDARD, "learnt": "from 0"},
    **{f"standardised, weight {w:g}": {"unit": STANDARD, "weight": w} for w in (0.1, 0.3, 3.0, 10.0)},
    "centred grams": {"centred": True},
    "centred grams, weight 1e-6": {"centred": True, "weight": 1e-6},
    "centred grams, learnt from ln R": {"centred": True, "learnt": "from ln R"},
}
SEEDS = 5


@functools.cache
def runs() -> dict[str, np.ndarray]:
    """Return the stored runs: for each setting (seeds, 2), the share of species right and the error in grams.

    `python -m tools.chooser.make_unit_runs` makes them.
    """
    text = resources.files(__package__).joinpath("unit_runs.csv").read_text(encoding="utf-8")
    found: dict[str, list] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["setting"], []).append((float(row["species"]), float(row["mass"])))
    return {name: np.array(rows) for name, rows in found.items()}
