"""What the tasks of chapter 03 are tried on: the smallest input first."""

from __future__ import annotations

import math

import numpy as np

# Best parameters -------------------------------------------------------------------------------------------------


def whole(rng, low, high, n):
    """Whole numbers of which no two are equal, in any order, the largest neither first nor last."""
    values = np.sort(rng.choice(np.arange(low, high), n, replace=False)).astype(float)
    values[:-1] = rng.permutation(values[:-1])
    place = int(rng.randint(1, n - 1)) if n > 2 else 0
    values[[place, -1]] = values[[-1, place]]
    return values


def waits_in_rounds(rng):
    """Counts, 0 among them; then none of them is 0."""
    for n in (3, 4, 5):
        yield {"distribution": "geometric", "y": rng.permutation(np.append(whole(rng, 1, 9, n - 1), 0.0))}
    yield {"distribution": "geometric", "y": whole(rng, 3, 30, 6)}
    y = rng.poisson(2.0, 37).astype(float)
    y[0] += np.sum(y) % 37 == 0  # so that the mean has many decimals
    yield {"distribution": "geometric", "y": y}


def distances(rng):
    for n in (3, 4, 5):
        yield {"distribution": "rayleigh", "y": whole(rng, 1, 12, n)}
    yield {"distribution": "rayleigh", "y": np.round(rng.gamma(2.0, 3.0, 40) + 0.1, 2)}


def sizes(rng):
    """Values above 1; then many that are hardly above it."""
    for n in (3, 4, 5):
        yield {"distribution": "pareto", "y": whole(rng, 2, 20, n)}
    yield {"distribution": "pareto", "y": np.round(1.01 + rng.gamma(1.0, 0.5, 40), 2)}


def many_sizes(rng):
    """So many values that their product is too large for a float."""
    yield {"distribution": "pareto", "y": np.round(rng.uniform(20, 900, 500), 1)}


def stretches(rng):
    for n in (3, 4, 5):
        yield {"distribution": "uniform", "y": whole(rng, 1, 30, n)}
    yield {"distribution": "uniform", "y": np.round(rng.uniform(0, 9, 40), 2)}


def other_values(rng):
    """Values in a millionth of the unit and a million times as large, copies, one far from the rest, or at an end."""
    for times in (1e-6, 1e3, 1e6):
        y = whole(rng, 2, 30, 5)
        yield from ({"distribution": name, "y": times * y} for name in ("rayleigh", "uniform"))
        yield {"distribution": "pareto", "y": 1 + times * y}
        yield {"distribution": "geometric", "y": np.ceil(times * y)}
    for name in ("geometric", "rayleigh", "pareto", "uniform"):
        yield {"distribution": name, "y": rng.permutation([2.0, 2.0, 2.0, 4.0, 7.0])}
        yield {"distribution": name, "y": rng.permutation([2.0, 3.0, 4.0, 5.0, 900.0 + rng.randint(9)])}
    for y in ([9.0, 2.0, 5.0], [2.0, 5.0, 9.0]):
        yield {"distribution": "uniform", "y": np.array(y) + rng.randint(5)}


def equal_values(rng):
    for n in (1, 4):
        value = float(rng.randint(2, 30))
        for name in ("geometric", "rayleigh", "pareto", "uniform"):
            yield {"distribution": name, "y": np.full(n, value)}


# Totals ----------------------------------------------------------------------------------------------------------


def total(rng, low=-90, high=400):
    """A total of some nats, with decimals; of densities it may be below 0."""
    return float(rng.randint(low, high)) + float(rng.choice([0.25, 0.5, 0.75]))


def changes(change, *noise):
    """Draw changes of one kind: k is first a whole number, then also below 1."""

    def draw(rng):
        for n, k in ((4, 2), (10, 3), (7, 5), (150, 10)):
            k = float(k) if change == "copies" or n in (4, 7) else 1 / k
            case = {"change": change, "total": total(rng, -90, -9) if n == 10 else total(rng, 9), "n": n, "k": k}
            yield case | ({"noise": noise[0]} if noise else {})

    return draw


def noises_that_do_not_count(rng):
    """Laplace noise where only the spread would ask for it; then both noises for the same spread."""
    for change, k in (("copies", 3.0), ("unit", 4.0), ("unit", 0.1), ("chance", 1.5), ("chance", 0.5)):
        yield {"change": change, "total": total(rng), "n": int(rng.randint(2, 50)), "k": k, "noise": "laplace"}
    n, t = int(rng.randint(5, 50)), total(rng)
    yield {"change": "spread", "total": t, "n": n, "k": 2.5}  # the noise is what the signature says
    yield from ({"change": "spread", "total": t, "n": n, "k": 1.5, "noise": noise} for noise in ("gaussian", "laplace"))


def factors(rng):
    for k in (1.01, 0.99, 1.0, 1000.0, 1e-3):
        for change, noise in (
            ("unit", "gaussian"),
            ("chance", "gaussian"),
            ("spread", "gaussian"),
            ("spread", "laplace"),
        ):
            yield {"change": change, "total": total(rng), "n": int(rng.randint(2, 90)), "k": k, "noise": noise}
    for change in ("unit", "chance"):  # so much that no likelihood is left
        yield {"change": change, "total": 5000.5 + rng.randint(90), "n": 5000, "k": 2.0, "noise": "gaussian"}
    yield from ({"change": "copies", "total": total(rng), "n": 1, "k": k} for k in (1.0, 1000.0))


# Faults ----------------------------------------------------------------------------------------------------------


def faulty(words, formula):
    """A function of predictions, targets and spread that is called what it computes, as a person would write it."""

    def f(pred, target, sigma):
        e = np.asarray(pred, dtype=float) - np.asarray(target, dtype=float)
        with np.errstate(all="ignore"):
            return float(formula(e, float(sigma)))

    f.__name__ = words
    return f


CONSTANT = math.log(2 * math.pi) / 2


def each(e, s):
    return e**2 / (2 * s**2) + math.log(s) + CONSTANT


def density(e, s):
    return np.exp(-(e**2) / (2 * s**2)) / (math.sqrt(2 * math.pi) * s)


def a_clip(low):
    words = f"mean of −log of the density, or of {low:g} where it is smaller"
    return faulty(words, lambda e, s: np.mean(-np.log(np.maximum(density(e, s), low))))


MADE = {
    "right": lambda rng: faulty("mean of e²/2σ² + log σ + ½ log 2π", lambda e, s: np.mean(each(e, s))),
    "sum": lambda rng: faulty("sum of e²/2σ² + log σ + ½ log 2π", lambda e, s: np.sum(each(e, s))),
    "no constant": lambda rng: faulty("mean of e²/2σ² + log σ", lambda e, s: np.mean(each(e, s)) - CONSTANT),
    "no log sigma": lambda rng: faulty("mean of e²/2σ² + ½ log 2π", lambda e, s: np.mean(each(e, s)) - math.log(s)),
    "sign": lambda rng: faulty("mean of e²/2σ² − log σ + ½ log 2π", lambda e, s: np.mean(each(e, s)) - 2 * math.log(s)),
    "variance": lambda rng: faulty("mean of e²/2σ + ½ log σ + ½ log 2π", lambda e, s: np.mean(each(e, math.sqrt(s)))),
    "base 10": lambda rng: faulty("mean of −log10 of the density", lambda e, s: np.mean(each(e, s)) / math.log(10)),
    "log in code": lambda rng: faulty("mean of −log of the density", lambda e, s: np.mean(-np.log(density(e, s)))),
    "clipped": lambda rng: a_clip(10.0 ** -rng.randint(7, 30)),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def clips(rng):
    """Clips from a few nats to hundreds; beside them what is infinite far away, and what is right."""
    for power in (5, 12, 15, float(rng.randint(40, 90)), 300):
        yield {"f": a_clip(10.0**-power)}
    yield from functions("log in code", "right", "base 10")(rng)


def nearly_right(rng):
    yield from functions("right", "no constant", "variance", "sum", "no log sigma", "sign", "log in code")(rng)


# Scales of their own ---------------------------------------------------------------------------------------------


def targets_of(rng, n):
    """Whole targets, errors of both signs, and log scales of both signs, none of them 0."""
    target = rng.randint(-9, 10, n).astype(float)
    e = rng.choice(np.arange(2.0, 8.0), n) * np.resize([1.0, -1.0], n)
    u = np.round(rng.uniform(0.3, 1.5, n), 1) * np.resize([1.0, 1.0, -1.0], n)
    return {"centre": target + e, "log_scale": u, "target": target}


def few_with_scales(rng):
    yield from (targets_of(rng, n) for n in (2, 3, 4))


def no_error(rng):
    for n in (2, 3):
        case = targets_of(rng, n)
        case["centre"][-1] = case["target"][-1]
        yield case


def many_with_scales(rng):
    for n in (5, 9):
        target = np.round(rng.normal(3, 5, n), 2)
        centre = np.round(target + rng.normal(0.5, 2, n), 2)
        yield {"centre": centre, "log_scale": np.round(rng.normal(0.5, 1, n), 2), "target": target}


def one_with_a_scale(rng):
    """Then a near hit at a small scale, whose loss is below 0."""
    yield from (targets_of(rng, 1) for _ in "ab")
    target = np.array([float(rng.randint(2, 9))])
    yield {"centre": target - 0.01, "log_scale": np.array([-float(rng.randint(3, 6))]), "target": target}


def wide_and_narrow(rng):
    """Scales from e^−24 to e^9."""
    for n in (3, 6):
        case = targets_of(rng, n)
        u = np.resize([9.0, -24.0, 7.5], n) + rng.randint(0, 3, n) / 4
        e = np.round(rng.uniform(0.5, 2, n), 2) * np.resize([1.0, -1.0], n)
        yield case | {"log_scale": u, "centre": case["target"] + e}


def two_hundred_with_scales(rng):
    target = rng.normal(0.0, 30.0, 200)
    yield {"centre": target + rng.normal(3.0, 25.0, 200), "log_scale": rng.normal(3.0, 0.7, 200), "target": target}


def whole_with_scales(rng):
    """Centres and targets that are integers: their slopes are not."""
    for n in (3, 4):
        case = targets_of(rng, n)
        whole = {name: np.round(case[name]).astype(int) for name in ("centre", "target")}
        yield case | whole


def far_with_scales(rng):
    """Errors of a thousand scales, whose density is 0 for a computer, beside near ones."""
    for n in (1, 3):
        case = targets_of(rng, n)
        case["centre"][0] = case["target"][0] + rng.choice([-1.0, 1.0]) * rng.randint(3000, 9000)
        yield case


# Waiting ---------------------------------------------------------------------------------------------------------


def people(rng, n, come):
    """Whole minutes, and for each person whether the wait is over; `come` of them have come."""
    arrived = rng.permutation(np.arange(n) < come).astype(int)
    return {"minutes": rng.choice(np.arange(1.0, 40.0), n, replace=False), "arrived": arrived}


def waits(rng):
    for n, come in ((2, 1), (3, 2), (4, 1), (5, 3), (20, 12)):
        yield {"z": float(rng.choice([0.5, 1.5, 2.0, -0.5]))} | people(rng, n, come)


def waits_of_one_kind(rng):
    for n, come in ((1, 1), (1, 0), (4, 4), (4, 0)):
        yield {"z": float(rng.choice([0.5, 1.5, -1.0]))} | people(rng, n, come)


def waits_with_scores(rng):
    for n, come in ((3, 1), (4, 3), (30, 12)):
        z = np.round(rng.uniform(0.3, 3.0, n), 1) * np.resize([1.0, 1.0, -1.0], n)
        yield {"z": z} | people(rng, n, come)


def long_and_short_waits(rng):
    """Waits of a thousand means, whose probability no float holds; and waits so short that the loss is below 0."""
    for come in (0, 1, 2):
        minutes = float(rng.randint(30, 60))
        arrived = (np.arange(2) < come).astype(int)
        yield {"z": -6.0, "minutes": np.array([minutes, minutes + 3]), "arrived": arrived}
    yield {"z": -3.0, "minutes": np.array([0.01, 0.02]), "arrived": np.array([1, 1])}
    yield {"z": np.array([-3.0, 1.0]), "minutes": np.array([0.01, 6.0]), "arrived": np.array([1, 0])}
    yield {"z": 7.0, "minutes": np.array([900.0, 40.0]), "arrived": np.array([1, 0])}
