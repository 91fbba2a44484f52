"""What the tasks of chapter 14 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils.chapters.ch14 import curve_inputs

# The truth behind a statement ------------------------------------------------------------------------------------


def statements(rng, n):
    return np.round(rng.uniform(0.06, 0.94, n), 2)


def told_by(loss, settings):
    """Draw stated probabilities, first a few with two digits, for several settings of a loss."""

    def draw(rng):
        for a in settings:
            for n in (1, 2, 4):
                p = statements(rng, n)
                if loss == "smoothed":
                    p = np.round(np.clip(p, a / 2 + 0.01, 1 - a / 2 - 0.01), 2)
                yield {"loss": loss, "p": p, "a": a}

    return draw


def other_settings(rng):
    """Settings that are not whole, and just above those where the formula has another form."""
    for a in (1.02, float(rng.uniform(1.1, 1.9)), float(rng.uniform(3.1, 6))):
        yield {"loss": "power", "p": rng.uniform(0.02, 0.98, 5), "a": a}
    for a in (0.0, 0.02, float(rng.uniform(0.3, 0.7))):
        yield {"loss": "smoothed", "p": rng.uniform(a / 2 + 0.01, 0.99 - a / 2, 5), "a": a}
        yield {"loss": "focal", "p": rng.uniform(0.02, 0.98, 5), "a": a}
    yield {"loss": "focal", "p": rng.uniform(0.02, 0.98, 5), "a": float(rng.uniform(3, 6))}
    yield {"loss": "sphere", "p": rng.uniform(0.02, 0.98, 5), "a": float(rng.uniform(0.2, 3))}
    yield {"loss": "sphere", "p": rng.uniform(0.02, 0.98, 5)}


def near_the_ends(rng):
    """Statements near 0 alone, then near 1 alone, and a half."""
    for loss, a in (("power", 1.5), ("power", 3.0), ("focal", 1.0), ("focal", 2.0), ("focal", 0.5), ("sphere", 1.0)):
        for size in (1e-3, 1e-6, 1e-9):
            yield {"loss": loss, "p": size * rng.uniform(1, 9, 3), "a": a}
        yield {"loss": loss, "p": 1 - 1e-3 * rng.uniform(1, 9, 3), "a": a}
        yield {"loss": loss, "p": np.array([0.5]), "a": a}


# The predicted report --------------------------------------------------------------------------------------------


def honest_rows(*factors):
    def draw(rng):
        for n in (2, 3, 6):
            yield from ({"q": statements(rng, n), "k": k} for k in factors)

    return draw


def on_one_side(rng):
    """True probabilities all above one half, all below, all the same."""
    for low, high in ((0.55, 0.97), (0.03, 0.45)):
        for k in (2.0, 0.5):
            yield {"q": np.round(rng.uniform(low, high, 4), 2), "k": k}
    yield {"q": np.full(3, 0.8), "k": 3.0}
    yield {"q": np.array([0.9]), "k": 1.0}
    yield {"q": [0.2, 0.9], "k": 2}


def extremes(rng):
    """Huge and tiny factors, and true probabilities near the ends."""
    yield {"q": statements(rng, 5), "k": 900.0}
    yield {"q": statements(rng, 5), "k": 1e-4}
    yield {"q": np.array([1e-12, 1e-9, 0.3]), "k": 50.0}
    yield {"q": np.array([1e-9, 2e-8]), "k": 2.0}
    yield {"q": rng.uniform(0.01, 0.99, 400), "k": 1.7}


# Curves ----------------------------------------------------------------------------------------------------------


def curves_of(seeds, cases=curve_inputs.CASES, classes=(10, 5), unit=1.0):
    """Draw stored curves of these cases, in any order; `unit` is how many nats the unit has."""

    def draw(rng):
        for k in rng.permutation(len(cases)):
            for number in classes:
                curves = curve_inputs.stored(cases[k], number)[int(rng.choice(seeds))]
                yield {
                    "train": curves.train / unit,
                    "validation": curves.validation / unit,
                    "chance": float(np.log(number) / unit),
                    "usual": curve_inputs.USUAL[number] / unit,
                }

    return draw


def all_seeds(*cases):
    """Every stored curve of these cases, for ten digits and for five."""

    def draw(rng):
        for seed in rng.permutation(10):
            yield from curves_of([seed], cases)(rng)

    return draw


def easier_data(rng):
    """Curves as of data that are easier beside chance: the usual is a smaller part of it, and so are all low losses."""
    for given in curves_of(range(10), ("healthy", "overfit", "leak"))(rng):
        chance = given["chance"]
        easier = {name: chance * (given[name] / chance) ** 1.3 for name in ("train", "validation", "usual")}
        yield given | easier | {"usual": float(easier["usual"])}


def stopped_at_the_least(rng):
    """Healthy trainings that were stopped before their validation loss turned."""
    for given in all_seeds("healthy")(rng):
        end = int(np.argmin(given["validation"])) + 1
        yield given | {"train": given["train"][:end], "validation": given["validation"][:end]}


# The rise --------------------------------------------------------------------------------------------------------


def scored(rng, n, classes, sure, skill=1.2):
    """Scores (n, classes) of n rows whose label is often the largest; `sure` multiplies them."""
    y = rng.randint(0, classes, n)
    z = rng.normal(0, 1, (n, classes))
    z[np.arange(n), y] += skill
    return sure * z, y


def mask(rng, n, share=0.4):
    chosen = np.zeros(n, dtype=bool)
    chosen[rng.permutation(n)[: round(share * n)]] = True
    return chosen


def rises(classes, sures, sizes=(30, 60)):
    """Two sets of scores of the same rows, the later one surer, and a little different."""

    def draw(rng):
        for n in sizes:
            for first, second in sures:
                z, y = scored(rng, n, classes, 1.0)
                later = second * (z + rng.normal(0, 0.3, z.shape))
                yield {"before": np.round(first * z, 2), "after": np.round(later, 2), "y": y, "chosen": mask(rng, n)}

    return draw


def shifted(rng):
    """Scores of rows with a constant of their own, which changes nothing, and huge ones."""
    z, y = scored(rng, 40, 4, 1.0)
    chosen = mask(rng, 40)
    yield {"before": z + 300 * rng.normal(0, 1, (40, 1)), "after": 3 * z - 2000.0, "y": y, "chosen": chosen}
    yield {"before": 2 * z, "after": 60 * z, "y": y, "chosen": chosen}
    yield {"before": z, "after": 800 * z, "y": y, "chosen": chosen}
    yield {"before": 0.05 * z, "after": 0.4 * z, "y": y, "chosen": chosen}


def few_choose(rng):
    """Few rows choose, or few judge, and the two sets ask for different temperatures."""
    for share in (0.2, 0.8):
        z, y = scored(rng, 50, 5, 2.0)
        chosen = mask(rng, 50, share)
        z[chosen] *= 0.3
        later = 2.5 * z + rng.normal(0, 0.3, z.shape)
        yield {"before": z, "after": later, "y": y, "chosen": chosen}


def at_the_ends(rng):
    """Right in every row that chooses: the loss falls as T does. No better than chance: it falls as T grows."""
    z, y = scored(rng, 40, 3, 1.0)
    chosen = mask(rng, 40)
    clear = z.copy()
    clear[chosen] = rng.normal(0, 1, (chosen.sum(), 3))
    clear[np.arange(40), y] = np.where(chosen, clear.max(axis=1) + 2.0, clear[np.arange(40), y])
    yield {"before": z, "after": clear, "y": y, "chosen": chosen}
    sure = clear.copy()
    sure[np.arange(40), y] += np.where(chosen, 12.0, 0.0)  # the slope rounds to exactly 0 long before the end
    yield {"before": sure, "after": z, "y": y, "chosen": chosen}
    wrong = np.where(chosen[:, np.newaxis], -z, z)
    yield {"before": wrong, "after": 2 * z, "y": y, "chosen": chosen}


# Parts by group --------------------------------------------------------------------------------------------------

HOSPITALS = np.array(["north", "south", "east", "west", "sea", "hill"])


def grouped(rng, n, k, soft=False):
    group = np.concatenate([HOSPITALS[:k], rng.choice(HOSPITALS[:k], n - k)])
    p = np.round(rng.uniform(0.02, 0.98, n), 2)
    y = np.round(rng.uniform(0, 1, n), 1) if soft else rng.randint(0, 2, n).astype(float)
    if not soft:
        y[:2] = 0.0, 1.0
    order = rng.permutation(n)
    return {"p": p[order], "y": y[order], "group": group[order]}


def labels_by_group(rng):
    yield {"p": np.array([0.2, 0.4, 0.9]), "y": np.array([0.0, 1.0, 1.0]), "group": np.array(["a", "a", "b"])}
    for n, k in ((5, 2), (9, 3), (20, 4)):
        yield grouped(rng, n, k)


def shares_by_group(rng):
    for n, k in ((4, 2), (8, 3), (20, 5)):
        yield grouped(rng, n, k, soft=True)


def weighted_groups(rng):
    """Weights that are not whole, some of them 0, with labels and with shares."""
    for soft in (False, True):
        for n, k in ((4, 2), (9, 3), (20, 4)):
            w = rng.randint(1, 9, n) / 4
            if n > 4:
                w[rng.randint(n)] = 0.0
            yield grouped(rng, n, k, soft) | {"weight": w}


def odd_groups(rng):
    """One group, a row a group, whole numbers as names, a list, and a group whose rows all have the weight 0."""
    case = grouped(rng, 7, 3, soft=True)
    yield case | {"group": np.full(7, "all")}
    yield case | {"group": np.arange(7) * 10}
    yield case | {"group": list(case["group"])}
    yield case | {"weight": np.where(case["group"] == "north", 0.0, 2.0)}
    yield {"p": np.array([0.3]), "y": np.array([1.0]), "group": np.array(["only"])}
    yield grouped(rng, 12, 5, soft=True)  # some names begin with the same letter
    case = grouped(rng, 8, 2)
    yield case | {"y": case["y"].astype(int), "group": (case["group"] == "north").astype(int) - 1}
