"""What the tasks of chapter 02 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import AbsoluteError, Huber, LogCosh, SquaredError, data
from lossutils.judge import draws

# Slopes and curvatures -------------------------------------------------------------------------------------------

NAMES = ("fourth power", "pseudo-Huber", "Cauchy")


def bends_of(loss, scales=(1.0, 2.0, 3.0)):
    """Draw whole errors of both signs for one loss, none of them as large as another; last without a scale."""

    def draw(rng):
        yield {"loss": loss, "e": np.array([float(rng.randint(2, 9))]), "c": scales[1]}
        for n, c in zip((2, 3, 5), scales, strict=True):
            yield {"loss": loss, "e": draws.errors(rng, n), "c": c}
        yield {"loss": loss, "e": rng.normal(0, 4, 30), "c": float(np.round(rng.uniform(1.5, 5), 2))}
        yield {"loss": loss, "e": draws.errors(rng, 3)}  # c is what the signature says

    return draw


def other_sizes(rng):
    """Errors and scales in other units, e and c together; and no scale given."""
    for loss in NAMES:
        for times in (1e-4, 1e4, 1e-7):
            yield {"loss": loss, "e": times * draws.errors(rng, 3), "c": times * 2.0}
        yield {"loss": loss, "e": draws.errors(rng, 3)}  # c is what the signature says


def at_zero(rng):
    """The error 0, alone and among others, and a table of errors."""
    for loss in NAMES:
        yield {"loss": loss, "e": np.zeros(1), "c": 2.0}
        yield {"loss": loss, "e": np.append(draws.errors(rng, 2), 0.0), "c": 3.0}
        yield {"loss": loss, "e": draws.errors(rng, 6).reshape(2, 3), "c": 2.0}


def at_the_scale(rng):
    """Errors as large as the scale, where the Cauchy loss stops bending upwards, a little beyond, and far beyond."""
    for loss in NAMES[1:]:
        c = float(rng.randint(2, 7))
        yield {"loss": loss, "e": np.array([-c, c]), "c": c}
        yield {"loss": loss, "e": c * np.array([0.9, -1.1, 50.0]), "c": c}


# Rates -----------------------------------------------------------------------------------------------------------


def tables(rng, shapes, shift=0.0):
    """Matrices of inputs: whole numbers, a few columns that go together."""
    for n, k in shapes:
        X = rng.randint(-4, 5, (n, k)) + shift
        X[:, -1] += X[:, 0]
        X[0] += 3.0
        yield X.astype(float)


def inputs_alone(rng):
    yield from ({"X": X} for X in tables(rng, ((2, 1), (3, 2), (4, 2))))


def other_bends(rng):
    yield from ({"X": X, "bend": c} for X in tables(rng, ((3, 2), (5, 3))) for c in (2.0, 0.5, 5.0))


def weighted_tables(rng):
    """Whole weights, of which one is 0; then weights that are not whole and sum to 1."""
    for X in tables(rng, ((3, 1), (4, 2), (6, 3))):
        w = draws.weights(rng, len(X))
        yield {"X": X, "bend": 1.0, "weight": w}
        yield {"X": X, "bend": 2.0, "weight": w / np.sum(w)}


def far_from_zero(rng):
    """Inputs far from 0, where a column of ones or a shift would show; and more columns than rows."""
    yield from ({"X": X, "bend": 1.0} for X in tables(rng, ((4, 2), (9, 3), (3, 5)), shift=5.0))
    for n, k in ((60, 3), (200, 5)):
        yield {"X": rng.normal(rng.uniform(-3, 3, k), 10.0 ** rng.uniform(-1, 1, k), (n, k)), "bend": 1.0}
    opposite = rng.randint(1, 9, 4).astype(float)
    yield {"X": np.column_stack([opposite, -opposite]), "bend": 1.0}  # across the direction (1, 1)


def light_weights(rng):
    """A row whose weight is tiny but whose inputs are huge; and weights in other units."""
    for X in tables(rng, ((3, 2), (5, 2))):
        w = np.ones(len(X))
        w[0], heavy = 1e-6, X.copy()
        heavy[0] *= 3000.0
        yield {"X": heavy, "bend": 1.0, "weight": w}
        yield from ({"X": X, "bend": 1.0, "weight": times * draws.weights(rng, len(X))} for times in (1e3, 1e-3))


# Steps -----------------------------------------------------------------------------------------------------------


def one_direction(rng):
    """One curvature: a factor below 1 of either sign."""
    for curvature, rate in ((0.5, 1.0), (2.0, 0.1), (4.0, 0.4), (1.0, 1.9)):
        yield {"curvatures": np.array([curvature]), "rate": rate, "times": float(rng.randint(3, 400)) + 0.5}


def several_directions(rng):
    """The flattest direction is the slowest; then the steepest is, which swings from side to side."""
    for rate in (0.2, 0.38, 0.3):
        curvatures = rng.permutation([0.5, 2.0, 5.0])
        yield {"curvatures": curvatures, "rate": rate, "times": float(rng.randint(3, 400)) + 0.5}
    for n in (3, 6):
        curvatures = np.round(10.0 ** rng.uniform(-2, 0.6, n), 3)
        for share in (0.4, 0.97):
            rate = float(share * 2 / curvatures.max())
            yield {"curvatures": curvatures, "rate": rate, "times": float(rng.randint(30, 9000)) + 0.5}


def never(rng):
    """A direction at the limit, beyond it, or without any curvature; then very flat ones."""
    for curvatures, rate in (([1.0, 5.0], 0.4), ([0.3, 4.0], 0.7), ([0.0, 1.0], 0.5), ([2.0], 1.5)):
        yield {"curvatures": rng.permutation(curvatures), "rate": rate, "times": float(rng.randint(3, 400))}
    yield {"curvatures": np.array([1.0, 2.0]), "rate": 0.5, "times": 10.5}
    for flat in (1e-3, 1e-4, 1e-5):  # it does arrive, after many steps
        steps = rng.randint(3, 5) / flat + 0.4
        yield {"curvatures": rng.permutation([flat, 1.0]), "rate": 1.0, "times": float((1 - flat) ** -steps)}


def at_once(rng):
    """Directions that arrive in one step, alone and beside slower ones; and the slowest amid others."""
    yield {"curvatures": np.array([4.0]), "rate": 0.25, "times": 1000.0}
    yield {"curvatures": np.array([2.0, 2.0]), "rate": 0.5, "times": float(rng.randint(3, 400))}
    yield {"curvatures": np.array([4.0, 1.0]), "rate": 0.25, "times": float(rng.randint(3, 400)) + 0.5}
    for curvatures, rate in (([2.0, 0.5, 5.0, 1.0], 0.3), ([2.0, 1.0, 5.0, 3.0], 0.39)):  # the slowest in the middle
        yield {"curvatures": np.array(curvatures), "rate": rate, "times": float(rng.randint(30, 900)) + 0.5}


def whole_powers(rng):
    """The number of times is met exactly, or missed by a little; as floats, its logarithm is a little too large."""
    pairs = [(round(share, 2), power) for share in np.arange(0.05, 0.96, 0.05) for power in range(2, 30)]
    tight = [(q, n) for q, n in pairs if np.ceil(np.log(float(f"{q**-n:.12g}")) / -np.log(abs(1 - (1 - q)))) > n]
    for k in rng.choice(len(tight), 8, replace=False):
        q, n = tight[k]
        yield {"curvatures": np.array([1 - q]), "rate": 1.0, "times": float(f"{q**-n:.12g}")}
        yield {"curvatures": np.array([1 - q]), "rate": 1.0, "times": 1.0001 * q**-n}
    yield {"curvatures": np.array([0.5]), "rate": 1.0, "times": 8.0}
    yield {"curvatures": np.array([0.5]), "rate": 1.0, "times": 1.5}


# Faults in a gradient --------------------------------------------------------------------------------------------


def squares(w):
    j = np.arange(1, len(w) + 1)
    return np.sum(j * w**2) + w[0] * w[1]


def slopes_of_squares(w):
    slopes = 2.0 * np.arange(1, len(w) + 1) * w
    slopes[:2] += w[1::-1]
    return slopes


def fourths(w):
    return np.sum(np.arange(1, len(w) + 1) * ((w - 1) ** 2 + (w - 1) ** 4))


def slopes_of_fourths(w):
    return np.arange(1, len(w) + 1) * (2 * (w - 1) + 4 * (w - 1) ** 3)


def valley(w):
    return np.sum(np.arange(1, len(w) + 1) * (w - 0.1) ** 2)


def slopes_of_valley(w):
    return 2.0 * np.arange(1, len(w) + 1) * (w - 0.1)


def waves(w):
    return np.sum(np.cosh(w) * np.arange(2, len(w) + 2)) + np.sum(w)


def slopes_of_waves(w):
    return np.sinh(w) * np.arange(2, len(w) + 2) + 1


OF = {
    "Σ j·wⱼ² + w₁·w₂": (squares, slopes_of_squares),
    "Σ j·((wⱼ − 1)² + (wⱼ − 1)⁴)": (fourths, slopes_of_fourths),
    "Σ ((j + 1)·cosh wⱼ + wⱼ)": (waves, slopes_of_waves),
    "Σ j·(wⱼ − 0.1)²": (valley, slopes_of_valley),
}


def named(words, function):
    def f(w):
        return function(np.array(w, dtype=float))

    f.__name__ = words
    return f


def faulty(rng, words, fault, k, size=None):
    """The function of these words and a gradient with this fault: the arguments of one call."""
    value, slopes = OF[words]
    i, j = rng.choice(k, 2, replace=False)
    signs, exchanged, kept = np.ones(k), np.arange(k), np.ones(k)
    signs[i], kept[i] = -1, 0
    exchanged[[i, j]] = j, i
    size = size or {"factor": float(rng.choice([0.5, 2.0, 10.0])), "penalty": 0.5}.get(fault)
    told = {
        "right": ("its slopes", slopes),
        "sign": ("its slopes, all with the other sign", lambda w: -slopes(w)),
        "one sign": (f"its slopes, number {i + 1} with the other sign", lambda w: signs * slopes(w)),
        "one missing": (f"its slopes, but 0 for number {i + 1}", lambda w: kept * slopes(w)),
        "swapped": (f"its slopes, numbers {i + 1} and {j + 1} exchanged", lambda w: slopes(w)[exchanged]),
        "factor": (f"{size} times its slopes", lambda w: size * slopes(w)),
        "penalty": ("its slopes without those of the penalty", slopes),
    }
    if fault == "penalty":
        return {
            "f": named(f"{words} + {size}/2 · Σ wⱼ²", lambda w: value(w) + size / 2 * np.sum(w**2)),
            "gradient": named(*told[fault]),
            "k": k,
        }
    return {"f": named(words, value), "gradient": named(*told[fault]), "k": k}


def faults(*kinds):
    """Draw a gradient with each of these faults, in any order."""

    def draw(rng):
        for n in rng.permutation(len(kinds)):
            for words in rng.permutation(list(OF))[:2]:
                yield faulty(rng, str(words), kinds[n], int(rng.randint(3, 6)))

    return draw


def two_weights(rng):
    """Only two weights: one sign of two, two that are exchanged."""
    for kind in ("one sign", "swapped", "one missing", "sign", "right", "factor", "penalty"):
        yield faulty(rng, "Σ ((j + 1)·cosh wⱼ + wⱼ)", kind, 2)


def small_faults(rng):
    """Factors near 1 and near −1, large ones, and penalties that are small or large."""
    for size in (0.999, 1.001, 1.0003, 100.0, -2.0, -0.999, 1e-3):
        yield faulty(rng, list(OF)[rng.randint(len(OF))], "factor", 4, size)
    for size in (0.01, 30.0):
        yield faulty(rng, list(OF)[rng.randint(len(OF))], "penalty", 4, size)
    yield from faults("right", "sign")(rng)


def many_weights(rng):
    for words in OF:
        for kind in ("one sign", "swapped", "one missing", "right", "penalty", "factor"):
            yield faulty(rng, words, kind, 12)


# Walks that mend their rate --------------------------------------------------------------------------------------


def limit(X):
    """The limit of half the squared error."""
    return 2 / np.max(np.linalg.eigvalsh(X.T @ X / len(X)))


def small_lines(rng):
    """Few samples with few inputs, and targets that a line doesn't hit."""
    for n, k in ((2, 1), (3, 2), (5, 2)):
        X = rng.randint(1, 4, (n, k)).astype(float)
        X[0, -1] += 2
        yield X, rng.permutation(np.arange(3.0, 3.0 + 2 * n, 2)) * 1.0


def walks_at(loss, share, counts):
    """Draw regressions and walk at a share of the limit of half the squared error."""

    def draw(rng):
        for X, y in small_lines(rng):
            rate = float(f"{share * limit(X):.2g}")
            yield from clear({"X": X, "y": y, "loss": loss, "rate": rate, "steps": steps} for steps in counts)

    return draw


def clear(cases):
    """Only walks on which rounding decides nothing: each step changes the risk by more than 1e-10 of it."""
    for case in cases:
        X, y, loss, rate = case["X"], case["y"], case["loss"], case["rate"]
        w, changes = np.zeros(X.shape[1]), []
        for _ in range(case["steps"]):
            there = w - rate * X.T @ loss.grad(X @ w, y)
            risk, its_risk = loss(X @ w, y), loss(X @ there, y)
            changes.append(abs(its_risk / risk - 1))
            w, rate = (there, rate) if its_risk <= risk else (w, rate / 2)
        if min(changes, default=1) > 1e-10:
            yield case


def bouncing(rng):
    """The absolute error at a rate that is too large for the end. No error is ever 0, where rounding would decide."""
    for n, k in ((3, 1), (4, 2), (8, 3)):
        X, y = rng.normal(1, 1, (n, k)), rng.normal(20, 5, n)
        for loss, steps in ((AbsoluteError(), 12), (AbsoluteError(), 40), (Huber(delta=1.5), 20)):
            yield from clear([{"X": X, "y": y, "loss": loss, "rate": 3.0 * limit(X), "steps": steps}])


def standardised(a):
    return (a - a.mean(axis=0)) / a.std(axis=0)


def patients(rng):
    """The lecture's patients, at rates far above the limit."""
    table = data.diabetes()
    X = np.column_stack([np.ones(len(table)), standardised(table.matrix(*table.columns[:10]))])
    y = standardised(table["progression"])
    for loss, rate in ((SquaredError(), round(rng.uniform(2, 9), 1)), (LogCosh(), 4.0)):
        yield from clear([{"X": X, "y": y, "loss": loss, "rate": rate, "steps": 100}])
    yield {"X": X, "y": y, "loss": SquaredError(), "rate": 0.002, "steps": 400}
    yield {"X": X, "y": y, "loss": SquaredError(), "rate": 3000.0, "steps": 30}


def no_steps(rng):
    """No step, and one that is not made."""
    for X, y in small_lines(rng):
        yield {"X": X, "y": y, "loss": SquaredError(), "rate": 2.0 * limit(X), "steps": 0}
        yield {"X": X, "y": y, "loss": SquaredError(), "rate": 2.0 * limit(X), "steps": 1}


def last_step(rng):
    """The last step is the first that is not made, or the first that is: its rate counts."""
    for X, y in small_lines(rng):
        for halvings in (1, 2, 3):
            rate = float(f"{2**halvings * 0.7 * limit(X):.3g}")
            yield from (
                {"X": X, "y": y, "loss": SquaredError(), "rate": rate, "steps": halvings + n} for n in (0, 1, 2)
            )


def at_rest(rng):
    """The best line is y = 0, where the slope is 0 and no step changes anything: the rate stays."""
    for X, _ in small_lines(rng):
        yield {"X": X, "y": np.zeros(len(X)), "loss": SquaredError(), "rate": 5.0, "steps": 4}
