"""Trains the networks of chapter 12 whose results are stored: minutes of computing.

    python tools/course.py yeast-runs           write yeast_runs.csv and yeast_scores.csv.gz
    python tools/course.py yeast-runs --check   train again, compare with the shipped files

Everything is frozen: five stratified folds, inputs standardised on the training folds, the seeds below. A table row is
one setting, judged on predictions that no network made for a sample it had seen. Numbers have four digits.
"""

import csv
import gzip
import io
import sys

import numpy as np

from lossutils import Focal, LogisticLoss, data, evaluation, rng
from lossutils.chapters.ch12 import judging
from lossutils.models import Network
from lossutils.numerics import sigmoid
from lossutils.training import Adam, train
from tools.datasets import make_datasets as datasets

BATCH, WEIGHT = 64, 28
WEIGHTED = Focal(gamma=0, alpha=WEIGHT / (WEIGHT + 1))  # 28 to 1, divided by the number of samples
LOSSES = {  # name: loss, weight of the positives that is divided by the sum of the weights in each batch
    "plain": (LogisticLoss(), 1),
    "weight 28": (WEIGHTED, 1),
    "weight 28 over its sum": (LogisticLoss(), WEIGHT),
    "focal": (Focal(gamma=2), 1),
    "focal, alpha 0.25": (Focal(gamma=2, alpha=0.25), 1),
    "focal, alpha 0.75": (Focal(gamma=2, alpha=0.75), 1),
}
SMALL = {"hidden": 16, "activation": "tanh", "rate": 0.002}
LARGE = {"hidden": 256, "activation": "relu", "rate": 0.003}
AGES = (10, 30, 100, 300, 1000)  # epochs after which the large network is judged
GAMMAS, RATIOS = (0, 2, 5), (1 / 3, 1, 3, 9, 28, 84)  # of the stored scores; a ratio is alpha / (1 - alpha)


def yeast():
    """Inputs, labels, folds by seed."""
    proteins = data.yeast()
    y = proteins["me2"].astype(float)
    return proteins.matrix(*proteins.columns[:8]), y, lambda seed: evaluation.stratified_folds(y, 5, rng(seed))


def scores(loss, weight, X, y, folds, seed, epochs, hidden, activation, rate):
    """Scores out of fold after each number of epochs, (ages, n): one network a fold, trained on and on."""
    found = np.empty((len(epochs), len(y)))
    for fold in range(5):
        unseen = folds == fold
        mean, spread = X[~unseen].mean(axis=0), X[~unseen].std(axis=0)
        inputs, labels = (X[~unseen] - mean) / spread, y[~unseen]
        weights = None if weight == 1 else np.where(labels == 1, weight, 1.0)
        network, optimiser, source = Network([8, hidden, 1], rng(seed), activation), Adam(rate), rng(seed)
        for i, (start, end) in enumerate(zip((0, *epochs), epochs, strict=False)):
            train(network, loss, inputs, labels, optimiser, end - start, BATCH, source, weights)
            found[i, unseen] = network.forward((X[unseen] - mean) / spread)
    return found


def judged(z, y, folds):
    """What is reported of one setting, in the order of the columns."""
    p = sigmoid(z)
    intercept, coefficient = evaluation.recalibration(z, y)
    return [
        evaluation.recall(p, y),
        evaluation.precision(p, y),
        evaluation.auc(z, y),
        p.mean(),
        evaluation.ece(p, y, evaluation.equal_widths(10)),
        evaluation.recall(p, y, 1 / 29),
        evaluation.precision(p, y, 1 / 29),
        evaluation.average_precision(z, y),
        judging.chosen_cost(z, y, folds, WEIGHT),
        intercept,
        coefficient,
    ]


def run(name, fold_seed, seed, epochs, how):
    """The rows of one setting."""
    X, y, folds = yeast()
    found = scores(*LOSSES[name], X, y, folds(fold_seed), seed, epochs, **how)
    return [
        [name, how["hidden"], age, fold_seed, seed, *(f"{value:.4f}" for value in judged(z, y, folds(fold_seed)))]
        for age, z in zip(epochs, found, strict=True)
    ]


def yeast_runs():
    rows = [row for name in LOSSES for seed in range(5) for row in run(name, 0, seed, (60,), SMALL)]
    for name in ("plain", "weight 28", "focal"):
        rows += [row for fold_seed in range(1, 5) for row in run(name, fold_seed, 0, (60,), SMALL)]
    for name in ("plain", "weight 28"):
        rows += [row for seed in range(5) for row in run(name, 0, seed, AGES, LARGE)]
    return rows


def yeast_scores():
    X, y, folds = yeast()
    columns = [
        scores(Focal(gamma=gamma, alpha=ratio / (1 + ratio)), 1, X, y, folds(0), 0, (60,), **SMALL)[0]
        for gamma in GAMMAS
        for ratio in RATIOS
    ]
    return [[f"{z:.3f}" for z in row] for row in np.transpose(columns)]


def text(rows, about):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([datasets.header(about), *rows])
    return out.getvalue()


def main(check):
    for build in (yeast_runs, yeast_scores):
        about = datasets.read_about()[build.__name__]
        file, made = about["file"], text(build(), about)
        if check:
            print(f"{file}: {'as it was' if made == datasets.shipped(file) else 'DIFFERS'}")
            continue
        raw = made.encode("utf-8")
        packed = gzip.compress(raw, 9, mtime=0) if file.endswith(".gz") else raw
        (datasets.DATASETS / file).write_bytes(packed)
        datasets.record_hash(file, datasets.sha256(made))
    (datasets.DATASETS / "ATTRIBUTION.md").write_text(datasets.attribution(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
