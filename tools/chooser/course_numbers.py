"""Numbers of the chooser's counter-examples that the course's own data give; a range is that over seeds."""

import numpy as np

from lossutils import (
    Cauchy,
    Expectile,
    GeneralizedCrossEntropy,
    Huber,
    LogisticLoss,
    Pinball,
    Savage,
    SoftmaxCrossEntropy,
    data,
    rng,
)
from lossutils.chapters.ch19.means import fuzzy_c_means
from lossutils.chapters.ch20.both import STANDARD, train_both
from lossutils.evaluation import stratified_folds
from lossutils.joint import Joint, Part
from lossutils.models import Network, Sugeno
from lossutils.numerics import sigmoid
from lossutils.training import Adam, irls, median_scale, train

EARLY = 10  # epochs
RIVALS = {"logistic": LogisticLoss(), "savage": Savage(), "bounded": GeneralizedCrossEntropy(q=0.7)}


def copper():
    """How far one odd value of 24 moves the mean and the median."""
    flour = data.chem()["copper"]
    rest = np.delete(flour, flour.argmax())
    return {
        "copper_odd": flour.max(),
        "copper_mean_moves": flour.mean() - rest.mean(),
        "copper_median_moves": np.median(flour) - np.median(rest),
    }


def standardised(X, rows):
    """X with mean 0 and standard deviation 1 on these rows."""
    return (X - X[rows].mean(axis=0)) / X[rows].std(axis=0)


def slips(seeds=20, share=0.3):
    """Mean absolute error in mpg of fuzzy rules whose training targets have slipped by a factor of ten."""
    cars = data.auto_mpg()
    X = standardised(cars.matrix("weight", "year"), slice(0, None, 2))
    design = Sugeno.over(X[::2], shape="bell").design
    off = {"huber": [], "cauchy": []}
    for seed in range(seeds):
        y = cars["mpg"][::2].copy()
        y[rng(seed).permutation(len(y))[: round(share * len(y))]] *= 10
        rows = design(X[::2])
        absolute = least_absolute(rows, y)
        scale = median_scale(rows @ absolute - y)
        fits = {
            "huber": irls(Huber(delta=1.345 * scale), rows, y, steps=2000).coefficients,
            "cauchy": irls(Cauchy(c=2.385 * scale), rows, y, start=absolute, steps=2000).coefficients,
        }
        for name, fit in fits.items():
            off[name].append(np.mean(np.abs(design(X[1::2]) @ fit - cars["mpg"][1::2])))
    return ranges("slips", off)


def least_absolute(X, y, steps=300, floor=1e-4):
    """Coefficients of least absolute error, by least squares with the weight 1 / |error|."""
    theta = np.linalg.lstsq(X, y, rcond=None)[0]
    for _ in range(steps):
        root = 1 / np.sqrt(np.maximum(np.abs(X @ theta - y), floor))
        theta = np.linalg.lstsq(X * root[:, np.newaxis], y * root, rcond=None)[0]
    return theta


def crowd():
    """Slopes of the phones under Cauchy's loss, from least squares and from the six years that hold minutes."""
    phones = data.phones()
    x, calls = phones["year"] - 1900, phones["calls"]
    rows, minutes = np.column_stack([x, np.ones(len(x))]), (x >= 64) & (x <= 69)
    wrong = np.linalg.lstsq(rows[minutes], calls[minutes], rcond=None)[0]
    return {
        "crowd_right": irls(Cauchy(c=1.0), rows, calls, steps=5000).coefficients[0],
        "crowd_wrong": irls(Cauchy(c=1.0), rows, calls, start=wrong, steps=5000).coefficients[0],
    }


def engel():
    """The 0.9-quantile of food, and the 0.9-expectile, in francs a year."""
    food = data.engel()["food"]
    return {
        "engel_quantile": Pinball(tau=0.9).best_constant(food),
        "engel_expectile": Expectile(tau=0.9).best_constant(food),
    }


def interval(seeds=20, epochs=300):
    """Share of patients inside a network's interval from 0.05 to 0.95, learnt and unseen."""
    patients = data.diabetes()
    table = np.column_stack([patients.matrix(*patients.columns[:10]), patients["progression"]])
    inside = {"train": [], "test": [], "early_test": []}
    for seed in range(seeds):
        random = rng(seed)
        order = random.permutation(len(table))
        learn, test = order[221:], order[:147]
        scaled = standardised(table, learn)
        network = Network([10, 32, 2], random)
        both = Joint(Part(Pinball(tau=0.05), 0), Part(Pinball(tau=0.95), 1))
        optimiser = Adam(0.02)
        for more, looks in (
            (EARLY, (("early_test", test),)),
            (epochs - EARLY, (("train", learn), ("test", test))),
        ):
            train(network, both, scaled[learn, :10], scaled[learn, 10], optimiser, more, 32, random)
            for name, rows in looks:
                low, high = network.forward(scaled[rows, :10]).T
                inside[name].append(np.mean((low <= scaled[rows, 10]) & (scaled[rows, 10] <= high)))
    return ranges("interval", inside)


def rare():
    """Mean probability of the rare class, plain and with weight 28, and its share of the proteins."""
    runs = data.yeast_runs()
    chosen = {loss: (runs["loss"] == loss) & (runs["hidden"] == 16) for loss in ("plain", "weight 28")}
    means = {loss: runs["mean_p"][rows] for loss, rows in chosen.items()}
    return {
        "rare_share": data.yeast()["me2"].mean(),
        **ranges("rare", {"plain": means["plain"], "weighted": means["weight 28"]}),
    }


def wrong_labels(seeds=4, epochs=100):
    """Accuracy on the test digits where 40 % of the training labels are wrong, drawn at random or the next digit."""
    digits = data.digits()
    X, y = digits["pixels"] / 16, digits["digit"]
    learn, test = np.arange(len(y)) % 4 % 2 == 0, np.arange(len(y)) % 4 == 3
    right = {}
    for kind in ("random", "next"):
        for name, loss in (("cross", SoftmaxCrossEntropy()), ("bounded", GeneralizedCrossEntropy(q=0.7))):
            right[f"{kind}_{name}"] = []
            for seed in range(seeds):
                random = rng(seed)
                dirty = spoiled(y[learn], kind, random)
                network = Network([64, 256, 10], random, "relu")
                train(network, loss, X[learn], dirty, Adam(0.003), epochs, 64, random)
                right[f"{kind}_{name}"].append(np.mean(network.forward(X[test]).argmax(axis=1) == y[test]))
    return ranges("wrong_labels", right)


def spoiled(y, kind, random, share=0.4):
    """Labels with a share of them wrong."""
    y = y.copy()
    chosen = random.choice(len(y), round(share * len(y)), replace=False)
    y[chosen] = (y[chosen] + (random.randint(1, 10, len(chosen)) if kind == "random" else 1)) % 10
    return y


def outliers(seeds=5, epochs=60):
    """Accuracy out of fold on tumours: 5 % of the training rows ten times as large with the other label, or 30 % of
    the labels swapped."""
    tumours = data.breast_cancer()
    X, y = tumours.matrix(*tumours.columns[:30]), tumours["malignant"]
    folds = stratified_folds(y, 5, rng(0))
    right = {}
    for kind in ("far", "flips"):
        for name, loss in RIVALS.items():
            right[f"{kind}_{name}"] = []
            for seed in range(seeds):
                hits = 0
                for fold in range(5):
                    learn, test = folds != fold, folds == fold
                    scaled = standardised(X, learn)
                    inputs, labels = scaled[learn], y[learn].astype(float)
                    share = 0.05 if kind == "far" else 0.3
                    chosen = rng(100 + seed).permutation(len(labels))[: round(share * len(labels))]
                    labels[chosen] = 1 - labels[chosen]
                    if kind == "far":
                        inputs[chosen] *= 10
                    network = Network([30, 2 if loss.row_wise else 1], rng(seed))
                    train(network, loss, inputs, labels, Adam(0.01), epochs, 64, rng(seed))
                    scores = network.forward(scaled[test])
                    said = scores.argmax(axis=1) if loss.row_wise else scores > 0
                    hits += np.sum(said == y[test])
                right[f"{kind}_{name}"].append(hits / len(y))
    return ranges("outliers", right)


def exclusive(seeds=5):
    """The least and the largest sum of three yes/no probabilities of one flower, which is one of three species."""
    flowers = data.iris()
    X = standardised(flowers.matrix(*flowers.columns[:4]), slice(None))
    sums = []
    for seed in range(seeds):
        network = Network([4, 3], rng(seed))
        train(network, LogisticLoss(), X, np.eye(3)[flowers["species"]], Adam(0.02), 150, 30, rng(seed))
        sums += list(sigmoid(network.forward(X)).sum(axis=1))
    return ranges("exclusive", {"sum": sums})


def memberships(K=3):
    """The mean entropy of the memberships that fuzzy c-means gives the irises: no cross-entropy gets below it."""
    X = data.iris().matrix("sepal_length", "sepal_width", "petal_length", "petal_width")
    start = rng(0).uniform(size=(len(X), K))
    U = fuzzy_c_means(X, start / start.sum(axis=1, keepdims=True), tolerance=0.0).memberships
    return {"memberships_floor": float(-np.sum(U * np.log(U), axis=1).mean())}


def units(seeds=5, epochs=60):
    """Species and mass of penguins from one network: accuracy and g, the mass in grams, in kilograms, standardised."""
    right, off = {}, {}
    for name, unit in (("grams", 1.0), ("kilograms", 1000.0), ("standardised", STANDARD)):
        reached = [train_both(seed, unit, epochs=epochs) for seed in range(seeds)]
        right[name], off[name] = zip(*reached, strict=True)
    return {**ranges("units_species", right), **ranges("units_mass", off)}


def rules():
    """What 448 parameters make of 196 cars: root mean squared error in mpg on the cars learnt and on the others."""
    cars = data.auto_mpg()
    names = ("cylinders", "displacement", "horsepower", "weight", "acceleration", "year")
    X, mpg = standardised(cars.matrix(*names), slice(0, None, 2)), cars["mpg"]
    system = Sugeno.over(X[::2], shape="bell")
    rows = system.design(X)
    best = np.linalg.lstsq(rows[::2], mpg[::2], rcond=None)[0]
    squared = (rows @ best - mpg) ** 2
    return {
        "rules_parameters": rows.shape[1],
        "rules_cars": len(mpg[::2]),
        "rules_train": np.sqrt(np.mean(squared[::2])),
        "rules_validate": np.sqrt(np.mean(squared[1::2])),
    }


def ranges(what, found):
    """Least and largest of each list, by name."""
    numbers = {}
    for name, values in found.items():
        numbers[f"{what}_{name}_low"], numbers[f"{what}_{name}_high"] = min(values), max(values)
    return numbers


QUICK = (copper, crowd, engel, rare, exclusive, memberships, rules)
SLOW = (slips, interval, wrong_labels, outliers, units)
