"""What the tasks of chapter 05 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data
from lossutils.chapters.ch05.references import tukey_line

LOSSES = ("fair", "welsch", "log cosh", "sine")

# Weights of other losses -----------------------------------------------------------------------------------------


def weights_of(*losses):
    """Draw errors of both signs for each loss, first in the unit of the edge, then with another edge."""

    def draw(rng):
        for loss in losses:
            yield {"loss": loss, "e": rng.permutation([-2.0, -1.0, 0.5, 3.0])}
            yield {"loss": loss, "e": np.round(rng.normal(0, 2, 6), 2) + 0.01, "c": float(rng.choice([2.0, 3.0, 0.5]))}
            yield {"loss": loss, "e": rng.normal(0, 30, 20), "c": float(rng.randint(9, 16))}

    return draw


def rows_that_are_met(rng):
    """Errors of which one or all are exactly 0, and tiny ones."""
    for loss in rng.permutation(LOSSES):
        yield {"loss": str(loss), "e": np.array([0.0, float(rng.randint(1, 4))]), "c": 2.0}
        yield {"loss": str(loss), "e": np.zeros(3), "c": 0.5}
        yield {"loss": str(loss), "e": np.array([1e-9, -1e-12, 0.0, 1e-200]), "c": 1.5}


def far_rows_only(rng):
    """Errors that all lie far out, where a weight is small."""
    for times in (3.15, 3.3, 5.0, 7.5, 30.0, 1e4):
        for loss in LOSSES:
            c = float(rng.choice([0.2, 1.0, 6.0]))
            yield {"loss": loss, "e": times * c * rng.choice([-1.0, 1.0], 3) * np.array([1.0, 1.1, 1.2]), "c": c}


def close_to_flat(rng):
    """Errors just below the place where the sine loss gets flat, and just beyond: small steps see no slope there."""
    for gap in (1e-6, 1e-5, 1e-4):
        c = float(rng.choice([0.5, 1.0, 4.0]))
        for u in (np.pi - gap * np.array([1.0, 2.0, 3.0]), np.pi + gap * np.array([0.1, 0.5, 1.0])):
            yield {"loss": "sine", "e": c * u * rng.choice([-1.0, 1.0], 3), "c": c}


def other_sizes(rng):
    """Errors and edges in a millionth of the unit and a million times as large; whole numbers, and one row."""
    for loss in LOSSES:
        for size in (1e-6, 1e6):
            yield {"loss": loss, "e": size * rng.normal(0, 2, 5), "c": size * float(rng.choice([0.5, 2.0]))}
        yield {"loss": loss, "e": rng.randint(-9, 10, 6), "c": 3}
        yield {"loss": loss, "e": np.array([float(rng.randint(1, 5))])}


# The largest pull ------------------------------------------------------------------------------------------------


def pulls(*losses):
    def draw(rng):
        for loss in losses:
            yield {"loss": loss}
            yield from ({"loss": loss, "c": c} for c in (2.0, 0.25, float(rng.randint(3, 60)) / 4))

    return draw


def pulls_of_other_edges(rng):
    """Tiny and huge edges."""
    for loss in LOSSES:
        yield from ({"loss": loss, "c": c} for c in (1e-5, 1e5, float(rng.randint(1, 99)) / 7))


# Where the constant lands ----------------------------------------------------------------------------------------


def slips(*losses, shares=((4, 1), (7, 2), (10, 3), (24, 6), (25, 12))):
    """Few values have slipped, far away; last without an edge."""

    def draw(rng):
        for loss in losses:
            for n, m in shares:
                yield {
                    "loss": loss,
                    "n": n,
                    "m": m,
                    "t": float(rng.randint(20, 400)),
                    "edge": float(rng.randint(2, 6)) / 2,
                }
            yield {"loss": loss, "n": 10, "m": 3, "t": float(rng.randint(20, 400))}  # the edge of the signature

    return draw


def near_slips(rng):
    """Slips within the edge, just beyond it, and just where Huber's pull begins to be limited."""
    for n, m in ((4, 1), (10, 3), (9, 4), (24, 6)):
        edge = float(rng.randint(2, 9))
        limit = edge * n / (n - m)
        for t in (0.5 * edge, edge, 0.5 * (edge + limit), limit, 1.1 * limit, 3 * limit):
            yield {"loss": "huber", "n": n, "m": m, "t": t, "edge": edge}


def majorities(rng):
    """More than half of the values have slipped."""
    for loss in ("squared", "absolute", "huber", "tukey"):
        for n, m in ((3, 2), (10, 7), (9, 5), (24, 23)):
            yield {"loss": loss, "n": n, "m": m, "t": float(rng.randint(40, 90)), "edge": float(rng.randint(2, 9))}
    for n, m in ((4, 3), (10, 6)):
        for t in (1.0, 4.5, 7.0):
            yield {"loss": "huber", "n": n, "m": m, "t": t, "edge": 4.0}


def halves(rng):
    """Exactly half of the values have slipped."""
    for loss in ("squared", "absolute", "huber"):
        for n in (2, 4, 10):
            for t in (float(rng.randint(1, 4)), float(rng.randint(30, 90))):
                yield {"loss": loss, "n": n, "m": n // 2, "t": t, "edge": 2.5}


def none_or_all(rng):
    """No value has slipped, or all have."""
    for loss in ("squared", "absolute", "huber", "tukey"):
        for n in (1, 5, 6):
            yield from ({"loss": loss, "n": n, "m": m, "t": float(rng.randint(20, 60)), "edge": 3.0} for m in (0, n))


def one_edge(rng):
    """The edge counts for two of the losses only; left out, it is what the signature says."""
    for loss in ("squared", "absolute", "huber", "tukey"):
        for n, m in ((5, 2), (12, 1)):
            t = float(rng.randint(60, 90))
            yield {"loss": loss, "n": n, "m": m, "t": t}
            yield from ({"loss": loss, "n": n, "m": m, "t": t, "edge": edge} for edge in (0.1, 25.0))


# Faults ----------------------------------------------------------------------------------------------------------

EDGE, FACTOR = 1.345, 0.6745


def faulty(words, formula):
    """A function of all errors that is called what it computes, as a person would write it."""

    def f(errors):
        return formula(np.asarray(errors, dtype=float))

    f.__name__ = words
    return f


def median_scale(e):
    return np.median(np.abs(e)) / FACTOR


def huber(e, scale):
    with np.errstate(all="ignore"):
        return np.where(np.abs(e) <= EDGE * scale, 1.0, EDGE * scale / np.abs(e))


def fixed(k):
    return faulty(f"weights at the scale {k:g}, whatever the errors are", lambda e: huber(e, k))


def one_side(sign):
    side = "too high" if sign > 0 else "too low"
    return faulty(
        f"weights of predictions that are {side}, 1 for the others",
        lambda e: np.where(sign * e > 0, huber(e, median_scale(e)), 1.0),
    )


MADE = {
    "right": lambda rng: faulty("weights at the scale median |e| / 0.6745", lambda e: huber(e, median_scale(e))),
    "no factor": lambda rng: faulty("weights at the scale median |e|", lambda e: huber(e, np.median(np.abs(e)))),
    "deviation": lambda rng: faulty("weights at the standard deviation of e", lambda e: huber(e, np.std(e))),
    "about the median": lambda rng: faulty(
        "weights at the scale median |e − median e| / 0.6745",
        lambda e: huber(e, np.median(np.abs(e - np.median(e))) / FACTOR),
    ),
    "fixed scale": lambda rng: fixed(float(rng.choice([1.0, 3.0, 20.0]))),
    "slope": lambda rng: faulty("e / scale, clipped at the edge", lambda e: np.clip(e / median_scale(e), -EDGE, EDGE)),
    "root": lambda rng: faulty("roots of the weights", lambda e: np.sqrt(huber(e, median_scale(e)))),
    "dropped": lambda rng: faulty(
        "1 up to the edge, 0 beyond", lambda e: np.where(np.abs(e) <= EDGE * median_scale(e), 1.0, 0.0)
    ),
    "one side": lambda rng: one_side(rng.choice([-1, 1])),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def fixed_scales(rng):
    """Fixed scales of all sizes, among them those that errors of small whole numbers have."""
    for k in (1e-3, 0.5, 1.4826, *(np.arange(1, 41) / FACTOR / 2), *np.arange(2.0, 30.0), 100.0, 1e4, 1e6):
        yield {"f": fixed(float(k))}
    yield {"f": fixed(float(rng.randint(31, 99)))}
    yield from functions("right", "deviation")(rng)


def sides(rng):
    """Both one-sided ones, and what errors of one sign cannot tell from them."""
    yield from ({"f": one_side(sign)} for sign in (-1, 1))
    yield from functions("right", "slope", "about the median")(rng)


def look_alikes(rng):
    """Those that agree where no error is far, or where the median of the errors is 0."""
    yield from functions("right", "root", "dropped", "no factor", "about the median", "deviation")(rng)


# Best lines ------------------------------------------------------------------------------------------------------


def scattered(rng, n):
    """Whole numbers that no line meets."""
    x = rng.choice(np.arange(-9.0, 20), n, replace=False)
    return x, np.round(rng.choice([-3.0, -1.0, 2.0]) * x + rng.normal(5, 6, n))


def few_points(rng):
    for n in (3, 4, 5, 7, 9):
        x, y = scattered(rng, n)
        yield {"x": x, "y": y}


def with_slips(rng):
    """Points near a line, of which some are far off."""
    for n in (8, 15, 24):
        x, y = scattered(rng, n)
        y[: n // 4] += rng.randint(60, 300)
        order = rng.permutation(n)
        yield {"x": x[order], "y": y[order]}


def tied(rng):
    """Points with many best lines: the corners of a box, or of a slanted one, and points in pairs."""
    for low, high, wide in ((0.0, 2.0, 1.0), (3.0, 10.0, 4.0)):
        start, slant = float(rng.randint(-5, 6)), float(rng.randint(-3, 4))
        x = start + np.array([0.0, 0.0, wide, wide])
        order = rng.permutation(4)
        yield {"x": x[order], "y": (slant * x + np.array([low, high, low, high]))[order]}
    x = np.array([0.0, 1.0, 2.0, 3.0])
    yield {"x": x, "y": float(rng.randint(2, 9)) * np.array([0.0, 1.0, 1.0, 0.0])}
    phones = data.phones()
    order = rng.permutation(24)
    yield {"x": phones["year"][order].astype(float), "y": phones["calls"][order]}
    yield {"x": phones["year"][order] - 1900, "y": 0.1 * phones["calls"][order]}


def nearly_tied(rng):
    """One best line, and others far from it whose totals are larger by one and two millionths."""
    for shift in (4e-6, -4e-6, 4e-6, -4e-6):
        slant, wide, high = float(rng.randint(-3, 4)), float(rng.randint(1, 5)), float(rng.randint(2, 9))
        x = np.array([0.0, 1.0, 2.0, 3.0 + shift])  # with 3 itself all these lines have the same total
        order = rng.permutation(4)
        yield {"x": wide * x[order], "y": (slant * wide * x + high * np.array([0.0, 1.0, 1.0, 0.0]))[order]}


def same_inputs(rng):
    """Several targets at one input."""
    for n in (4, 6, 9):
        x = rng.choice([1.0, 2.0, 5.0], n)
        x[:2] = 1.0, 5.0
        yield {"x": rng.permutation(x), "y": rng.choice(np.arange(-9.0, 30), n, replace=False)}


def on_a_line(rng):
    """Points on one line, two points, and targets that are all the same."""
    for n in (2, 3, 6):
        x = rng.choice(np.arange(10.0), n, replace=False)
        yield {"x": x, "y": 3 + float(rng.randint(2, 6)) * x / 10}
        yield {"x": x, "y": np.full(n, float(rng.randint(2, 9)))}


def lines_in_other_units(rng):
    """The same points in a millionth of the unit and a million times as large; whole numbers, from far away."""
    for size in (1e-6, 1e6):
        x, y = scattered(rng, 6)
        yield {"x": x, "y": size * y}
        yield {"x": size * x, "y": y}
    x, y = scattered(rng, 7)
    yield {"x": (2000 + x).astype(int), "y": y.astype(int)}
    yield {"x": x, "y": y - 1e5}


def ties_in_other_units(rng):
    """Points with many best lines and with one, in a billionth of the unit and a billion times as large."""
    for size in (1e-9, 1e9):
        for case in tied(rng):
            yield {"x": case["x"], "y": size * case["y"]}
        x, y = scattered(rng, 5)
        yield {"x": x, "y": size * y}


# Tukey's line ----------------------------------------------------------------------------------------------------


def spoilt(rng, n, far):
    """Points near a line, of which some are `far` scales off, all on one side."""
    x = np.sort(rng.choice(np.arange(40.0), n, replace=False))
    true = np.array([float(rng.randint(4, 30)), float(rng.choice([-2.0, 0.5, 3.0]))])
    y = true[0] + true[1] * x + np.round(rng.normal(0, 1, n), 2)
    y[rng.choice(n, n // 5, replace=False)] += far
    return x, y, true


def settles(x, y, line, edge) -> bool:
    """Whether a search does not hang on the last digit: another start beside it ends at the same line."""
    with np.errstate(all="ignore"):
        ends = [tukey_line(x, y, line, edge), tukey_line(x, y, np.asarray(line) * (1 + 1e-9), edge)]
    X = np.column_stack([np.ones(len(x)), x])
    scale = np.median(np.abs(X @ np.asarray(line) - y)) / FACTOR
    heard = np.abs(X @ np.array(ends[0]) - y) < edge * scale
    return (
        bool(np.allclose(ends[0], ends[1], rtol=1e-7))
        and heard.sum() >= max(4, len(x) // 2)
        and np.abs(ends[0]).min() > 0.1
    )


def searches(begin, edges=(None,), far=30.0):
    """Draw points, and where the search begins: a function of (x, y, the true line, rng)."""

    def draw(rng):
        for n in (6, 8, 12, 20):
            for edge in edges:
                for _ in range(1000):
                    x, y, true = spoilt(rng, n, far)
                    line = begin(x, y, true, rng)
                    if settles(x, y, line, edge or 4.685):
                        break
                yield {"x": x, "y": y, "line": line} | ({} if edge is None else {"edge": edge})

    return draw


def least_squares(x, y, true, rng):
    return np.linalg.lstsq(np.column_stack([np.ones(len(x)), x]), y, rcond=None)[0]


def beside_the_truth(x, y, true, rng):
    return true + np.array([rng.choice([-2.0, 2.0]), 0.0])


def tilted(x, y, true, rng):
    return true + np.array([-1.0, rng.choice([-0.2, 0.2])])


def two_starts(rng):
    """The telephone calls, from two lines that lead to two others."""
    phones = data.phones()
    order = rng.permutation(24)
    x, y = phones["year"][order] - 1950.0, phones["calls"][order]
    six = (x >= 14) & (x <= 19)
    good = np.array([4.0, 1.0])
    steep = np.linalg.lstsq(np.column_stack([np.ones(6), x[six]]), y[six], rcond=None)[0]
    for line, edge in ((good, 4.685), (steep, 0.25), (steep, 4.685), (good, 2.0)):
        yield {"x": x, "y": y, "line": line, "edge": edge}


def in_other_units(rng):
    """The same search with the targets in a thousandth of the unit, or a thousand times as large, as plain lists."""
    for case in searches(beside_the_truth)(rng):
        for size in (1e-3, 1e3):
            yield {"x": case["x"], "y": size * case["y"], "line": size * case["line"]}
    yield {"x": case["x"].astype(int), "y": case["y"], "line": case["line"].tolist()}
