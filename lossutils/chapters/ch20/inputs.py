"""What the tasks of chapter 20 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

# Learnt weights --------------------------------------------------------------------------------------------------

KINDS = ("variance", "deviation", "absolute", "classes")


def terms(*kinds):
    """One term at a time, then two of a kind; losses and s of all sizes."""

    def draw(rng):
        for kind in kinds:
            yield {"kinds": [kind], "losses": np.array([float(rng.choice([4.0, 3.0, 6.0]))]), "s": np.array([0.5])}
            yield {
                "kinds": [kind],
                "losses": np.round(rng.uniform(0.1, 9, 1), 2),
                "s": np.round(rng.normal(0, 1, 1), 2),
            }
            yield {
                "kinds": [kind, kind],
                "losses": np.round(rng.uniform(0.2, 5, 2), 2),
                "s": np.round(rng.normal(0, 1, 2), 2),
            }

    return draw


def mixed_terms(rng):
    """Several kinds in one sum, in any order."""
    for n in (2, 3, 4, 6):
        yield {
            "kinds": [str(kind) for kind in rng.choice(KINDS, n)],
            "losses": np.round(rng.uniform(0.1, 9, n), 2),
            "s": np.round(rng.normal(0, 1, n), 2),
        }
    yield {"kinds": [str(kind) for kind in rng.permutation(KINDS)], "losses": rng.uniform(1, 2, 4), "s": np.zeros(4)}


def far_terms(rng):
    """Losses of a millionth and of ten million, far from their best s."""
    for kind in rng.permutation(KINDS):
        for size in (1e-6, 1.0, 1e7):
            yield {"kinds": [str(kind)], "losses": np.array([size * rng.uniform(1, 2)]), "s": rng.normal(0, 4, 1)}
        yield {"kinds": [str(kind)], "losses": rng.uniform(1, 2, 1), "s": np.array([float(rng.randint(30, 60))])}


def plain_lists(rng):
    """Whole numbers in lists."""
    for kind in rng.permutation(KINDS):
        yield {
            "kinds": [str(kind), "variance"],
            "losses": [int(rng.randint(2, 9)), 1],
            "s": [int(rng.randint(-3, 4)), 1],
        }


# Epochs ----------------------------------------------------------------------------------------------------------


WAYS = {"rate": 0.01, "scale": "raw", "weight": 1.0}  # given by their place: one of them needs those before it
LATER = {"rate": {"scale", "weight"}, "scale": {"weight"}, "weight": set()}


def one_way(rng, **more):
    """A task whose answer does not hang on the last digit of a quotient."""
    while True:
        case = {
            "mean": float(rng.randint(20, 9000)),
            "sd": float(rng.randint(3, 900)),
            "rows": int(rng.randint(30, 900)),
            "batch": int(rng.choice([16, 20, 32, 50])),
            "neurons": int(rng.randint(3, 65)),
        } | {name: more.get(name, usual) for name, usual in WAYS.items() if name in more or set(more) & LATER[name]}
        case |= {name: value for name, value in more.items() if name not in WAYS}
        rate, scale = case.get("rate", 0.01), case.get("scale", "raw")
        way = (case["neurons"] + 1) * rate * -(-case["rows"] // case["batch"])
        start, unit = abs(case["mean"]) * (scale == "raw"), 1.0 if scale == "standardised" else case["sd"]
        if all(0.01 < (start + far * unit) / way % 1 < 0.99 for far in (2, 3)):
            return case


def raw_targets(rng):
    yield {"mean": 41.0, "sd": 6.0, "rows": 100, "batch": 25, "neurons": 9}
    for _ in range(6):
        yield one_way(rng)


def smaller_last_batch(rng):
    """Rows that the batch does not divide: few steps an epoch, so that one more counts."""
    for rows, batch in ((33, 32), (65, 32), (50, 20), (20, 32), (101, 50), (7, 16)):
        yield one_way(rng, rows=rows, batch=batch)


def scaled(rng):
    for scale in ("centred", "standardised", "raw", "centred", "standardised"):
        yield one_way(rng, scale=scale)
        yield one_way(rng, scale=scale, rate=0.001, rows=40, neurons=6)


def weighted(rng):
    """A weight before the loss, above and below 1."""
    for weight in (1e-6, 0.01, 0.5, 3.0, 1000.0):
        yield one_way(rng, weight=weight)
        yield one_way(rng, rate=0.001, scale="standardised", weight=weight)


def other_rates(rng):
    for rate in (0.1, 0.05, 0.003, 1e-4):
        yield one_way(rng, rate=rate)
        yield one_way(rng, rate=rate, mean=float(rng.randint(1, 9)), sd=float(rng.randint(1, 4)))


def means_below_zero(rng):
    for _ in range(4):
        yield one_way(rng, mean=-float(rng.randint(20, 900)))
        yield one_way(rng, mean=-float(rng.randint(20, 900)), scale="centred")
    yield one_way(rng, mean=0.0)


def one_epoch_or_thousands(rng):
    """What is reached in the first epoch already, and tiny units."""
    yield one_way(rng, mean=3.0, sd=1.0, rows=900, batch=20, neurons=60, rate=0.01)
    yield one_way(rng, mean=0.3, sd=0.1, rows=640, batch=16, neurons=30)
    yield one_way(rng, mean=4e6, sd=8e5)
    yield one_way(rng, mean=4.2e-3, sd=1e-3, rate=1e-6)


def ways_that_fit(rng):
    """The way of some epochs is exactly as long as needed; all numbers are exact in floats."""
    for epochs in (1, 2, int(rng.randint(3, 9))):
        yield {"mean": 10.0 * epochs - 1.0, "sd": 0.5, "rows": 100, "batch": 25, "neurons": 9, "rate": 0.25}
        yield {"mean": -10.0 * epochs + 1.0, "sd": 0.5, "rows": 76, "batch": 25, "neurons": 9, "rate": 0.25}
        yield {"mean": 10.0 * epochs - 1.5, "sd": 0.5, "rows": 100, "batch": 25, "neurons": 9, "rate": 0.25}


# Errors in units -------------------------------------------------------------------------------------------------


def tables(*columns, n=(6, 9, 20), other=0.3):
    """Draw targets with these means and deviations, outputs near their standard values, and the rows learnt from."""

    def draw(rng):
        for rows in n:
            centre, size = np.array(columns, dtype=float).T
            targets = np.round(centre + size * rng.normal(size=(rows, len(columns))), 2)
            learn = np.zeros(rows, bool)
            learn[rng.choice(rows, rows // 2, replace=False)] = True
            targets[~learn] += 0.5 * size
            standard = (targets - targets[learn].mean(axis=0)) / targets[learn].std(axis=0)
            outputs = np.round(standard + rng.normal(0, other, standard.shape), 2)
            yield {"outputs": outputs, "targets": targets, "learn": learn}

    return draw


def whole_targets(rng):
    """Whole numbers; few rows are learnt from, or few are left."""
    for learnt in (2, 3, 8):
        targets = rng.choice(np.arange(-40, 90), (10, 2), replace=False)
        learn = np.arange(10) < learnt
        order = rng.permutation(10)
        yield {"outputs": np.round(rng.normal(size=(10, 2)), 1), "targets": targets, "learn": learn[order]}


# Faults ----------------------------------------------------------------------------------------------------------


def called(words, formula):
    """A function of scores, classes and mask that is called what it computes."""

    def f(z, y, mask):
        with np.errstate(all="ignore"):
            return float(formula(np.asarray(z, dtype=float), np.asarray(y, int), np.asarray(mask, dtype=float)))

    f.__name__ = words
    return f


def each_row(z, y):
    top = z.max(axis=1)
    return top + np.log(np.exp(z - top[:, np.newaxis]).sum(axis=1)) - z[np.arange(len(y)), y]


def shares(z):
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def mean_of_batches(z, y, mask):
    """The mean of the means of four rows at a time; a batch of padding alone is left out."""
    rows, means = each_row(z, y), []
    for k in range(0, len(y), 4):
        part = slice(k, k + 4)
        if mask[part].sum() > 0:
            means.append((rows * mask)[part].sum() / mask[part].sum())
    return np.mean(means)


def in_float32(z, y, mask):
    p = shares(z.astype(np.float32))[np.arange(len(y)), y]
    return np.sum(np.where(mask > 0, -np.log(p), 0.0)) / mask.sum()


MADE = {
    "right": called("the mean cross-entropy", lambda z, y, mask: np.sum(each_row(z, y) * mask) / mask.sum()),
    "softmax twice": called(
        "the cross-entropy of the probabilities",
        lambda z, y, mask: np.sum(each_row(shares(z), y) * mask) / mask.sum(),
    ),
    "float32": called("the logarithm of a softmax in float32", in_float32),
    "all pairs": called(
        "a mean over all pairs of a row and a mask",
        lambda z, y, mask: np.sum(each_row(z, y)[:, np.newaxis] * mask) / mask.sum(),
    ),
    "classes": called(
        "a mean over rows and classes", lambda z, y, mask: np.sum(each_row(z, y) * mask) / mask.sum() / z.shape[1]
    ),
    "batch means": called("the mean of the means of four rows each", mean_of_batches),
    "padding": called("a mean over all rows, padding too", lambda z, y, mask: np.sum(each_row(z, y) * mask) / len(y)),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]]} for k in rng.permutation(len(kinds)))

    return draw


# Forecasts -------------------------------------------------------------------------------------------------------


def days(rng, n, m, far=6):
    """Whole demands, and forecasts that miss them by whole numbers, each with a leaning of its own."""
    y = rng.randint(10, 60, n)
    leaning = rng.randint(-far, far + 1, m)
    return y, y[:, np.newaxis] + leaning + rng.randint(-4, 5, (n, m))


def decided(rng, n, m, low, high, off, passing, far=6):
    """A case in which so many forecasts pass, and the cheapest one of all, and of those that pass, leads clearly."""
    while True:
        y, columns = days(rng, n, m, far)
        errors = columns - y[:, np.newaxis]
        costs = np.where(errors < 0, -low * errors, high * errors).sum(axis=0)
        missed = np.abs(errors.sum(axis=0))
        allowed = missed <= off * y.sum()
        ranked = [np.sort(costs), np.sort(missed), np.sort(costs[allowed])]
        clear = all(len(values) < 2 or values[1] > values[0] + 0.01 for values in ranked)
        if clear and passing(allowed, costs):
            return {"y": y, "columns": columns, "low": low, "high": high, "off": off}


def all_pass(rng):
    """Every total is right enough, so that the cost alone decides; the prices are uneven, either way."""
    prices = ((3.0, 1.0), (1.0, 4.0), (9.0, 2.0), (0.5, 0.25), (0.25, 0.75), (1.0, 6.0), (7.0, 1.0), (2.5, 0.5))
    for low, high in prices:
        yield decided(rng, int(rng.randint(4, 9)), 5, low, high, 2.0, lambda allowed, costs: allowed.all())
    for one in (12, 14):  # a single miss, or many small ones of 13 in all
        for sign in (1, -1):
            y = rng.randint(30, 60, 5)
            misses = rng.permutation(np.array([[one, 0, 0, 0, 0], [3, 3, 3, 3, 1]]))
            yield {"y": y, "columns": (y + sign * misses).T, "low": 2.0, "high": 3.0, "off": 2.0}


def cheapest_fails(rng):
    """The cheapest forecast misses the total."""
    for low, high in ((5.0, 1.0), (1.0, 5.0), (8.0, 1.0), (1.0, 9.0), (3.0, 1.0), (1.0, 4.0)):
        yield decided(
            rng, 8, 5, low, high, 0.05, lambda allowed, costs: allowed.sum() >= 2 and not allowed[np.argmin(costs)]
        )


def none_passes(rng):
    """No total is right enough; the nearest one is not the cheapest, and stands at each place once."""
    for nearest, (low, high) in enumerate(((4.0, 1.0), (1.0, 6.0), (2.0, 1.0), (1.0, 3.0))):
        while True:
            case = decided(rng, 6, 4, low, high, 0.01, lambda allowed, costs: not allowed.any(), far=12)
            errors = case["columns"] - case["y"][:, np.newaxis]
            costs = np.where(errors < 0, -low * errors, high * errors).sum(axis=0)
            if np.argmin(np.abs(errors.sum(axis=0))) == nearest != np.argmin(costs):
                yield case
                break


def at_the_limit(rng):
    """Totals that are off by exactly as much as is allowed, too low and too high, and by one more."""
    for sign in (1, -1):
        for more, first in ((0, 1), (1, 0)):
            y = 16 * rng.randint(4, 12, int(rng.randint(4, 7)))
            limit = int(y.sum()) // 16
            cheap, dear = y.copy(), y.copy()
            cheap[0] += sign * (limit + more)
            dear[:2] += np.array([limit, -limit])
            columns = [dear, cheap] if first else [cheap, dear]
            yield {"y": y, "columns": np.column_stack(columns), "low": 2.0, "high": 3.0, "off": 0.0625}


def equal_costs(rng):
    """Two forecasts cost the same; the first one is taken, or the one that passes."""
    for _ in range(3):
        y = rng.randint(20, 60, 5)
        one, other = y.copy(), y.copy()
        one[0] += 2
        other[3] += 2
        far = y + 9
        yield {"y": y, "columns": np.column_stack([far, one, other]), "low": 3.0, "high": 1.0, "off": 0.5}
        low, lower = y.copy(), y.copy()
        low[1] -= 3
        lower[2] -= 3
        yield {"y": y, "columns": np.column_stack([far, low, lower, far]), "low": 1.0, "high": 2.0, "off": 0.5}


def whole_and_lists(rng):
    """Plain lists, whole prices, one forecast alone, and many."""
    for n, m in ((3, 1), (4, 3), (12, 9)):
        case = decided(rng, n, m, 5, 2, 0.5, lambda allowed, costs: allowed.any())
        yield case | {"y": case["y"].tolist(), "columns": case["columns"].tolist()}
