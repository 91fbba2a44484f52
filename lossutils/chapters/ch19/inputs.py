"""What the tasks of chapter 19 are tried on: the smallest input first."""

from __future__ import annotations

import numpy as np

from lossutils import data

SHAPES = ("gaussian", "hill", "cosh")

# The slope in a centre -------------------------------------------------------------------------------------------


def rules(rng, K: int, n: int, size: float = 1.0) -> dict:
    """K rules of different widths whose lines differ, and n rows among their centres; `size` is a unit of x."""
    centres = np.sort(rng.choice(np.arange(1.0, 12), K, replace=False))
    widths = rng.choice(np.arange(3, 9), K, replace=False) / 2
    lines = np.column_stack([rng.choice([-2.0, -1.0, 0.5, 1.5, 3.0], K, replace=False), rng.randint(1, 20, K)])
    x = np.round(rng.uniform(0, 12, n), 1)
    y = np.round(x + rng.normal(8, 6, n))
    lines[:, 0] /= size
    return {"x": size * x, "y": y, "centres": size * centres, "widths": size * widths, "lines": lines}


def slopes_of(*shapes, K=2):
    """Draw rules and rows for each shape; the shape "gaussian" is once left out."""

    def draw(rng):
        for shape in shapes:
            for n in (1, 2, 3, 8):
                yield rules(rng, K, n) | {"shape": shape}
        if "gaussian" in shapes:
            yield rules(rng, K, 5)

    return draw


def several_rules(rng):
    """Three to five rules."""
    for K in (3, 4, 5):
        for shape in SHAPES:
            yield rules(rng, K, 30) | {"shape": shape}


def far_rows(rng):
    """Rows so far from two close centres that every strength is 0 in a float, and the shares are not."""
    for shape in SHAPES:
        for far in (45.0, -60.0, 800.0):
            case = rules(rng, 2, 4) | {"shape": shape}
            gap = 4 / abs(far) if shape == "gaussian" else 0.5
            x = far + np.array([0.0, 1.0, 2.0, 5.0])
            y = x * case["lines"][0, 0] + case["lines"][0, 1] + np.array([3.0, -7.0, 9.0, 20.0])
            yield case | {"centres": np.array([0.0, gap]), "widths": np.array([1.0, 1.0]), "x": x, "y": y}
    for shape in SHAPES:  # logarithms of strengths that lie thousands apart
        case = rules(rng, 3, 4) | {"shape": shape}
        x = np.array([4.0, 99.0, 1001.0, 1999.0])
        centres = rng.permutation([0.0, 1000.0, 2000.0])
        yield case | {"centres": centres, "widths": np.full(3, 9.0), "x": x, "y": np.array([5.0, 1.0, 30.0, 2.0])}


def agreeing_rules(rng):
    """Rows on which both rules say the same, with targets a million off: their slope is 0, and hides from steps."""
    for shape in SHAPES:
        case = rules(rng, 2, 6) | {"shape": shape}
        at, height = float(rng.randint(3, 9)), float(rng.randint(15, 30))
        slants = np.array([2.0, -1.0])
        case["lines"] = np.column_stack([slants, height - slants * at])
        yield case | {"x": np.append(case["x"], at), "y": np.append(case["y"], -1e6)}


def on_a_centre(rng):
    """Rows on a centre, whole numbers, and plain lists."""
    for shape in SHAPES:
        case = rules(rng, 2, 3) | {"shape": shape}
        yield case | {"x": case["centres"].copy(), "y": np.array([3.0, 40.0])}
        yield case | {"x": case["x"].astype(int), "y": case["y"].astype(int), "widths": np.array([2, 3])}
        yield case | {"x": case["x"].tolist(), "y": case["y"].tolist()}


def slopes_in_other_units(rng):
    """The same rules with x, or y, in a thousandth of the unit, and a thousand or a million times as large."""
    for shape in SHAPES:
        for size in (1e-3, 1e3, 1e-6):
            yield rules(rng, 3, 12, size) | {"shape": shape}
        for size in (1e-3, 1e6):
            case = rules(rng, 2, 6) | {"shape": shape}
            yield case | {"y": size * case["y"], "lines": size * case["lines"]}


# The least loss --------------------------------------------------------------------------------------------------


def shares(rng, n: int, K: int) -> np.ndarray:
    """Rows of tenths that sum to 1."""
    drawn = np.array([rng.multinomial(10 - K, np.ones(K) / K) for _ in range(n)]) + 1
    return drawn / 10


def memberships(rng, n: int, K: int) -> np.ndarray:
    """Tenths from 0.1 to 0.9 that need not sum to 1."""
    return rng.randint(1, 10, (n, K)) / 10


def rows_for_the_softmax(rng):
    for n, K in ((1, 2), (2, 2), (3, 3), (5, 4)):
        yield {"q": shares(rng, n, K), "link": "softmax"}


def constants_for_the_softmax(rng):
    for n, K in ((2, 2), (3, 3), (6, 4)):
        yield {"q": shares(rng, n, K), "link": "softmax", "constant": True}
        yield {"q": np.eye(K)[rng.randint(0, K, n + 3)], "link": "softmax", "constant": True}


def questions(rng):
    """A logistic loss for each class; the memberships need not sum to 1."""
    for n, K in ((1, 2), (1, 1), (2, 3), (5, 4)):
        yield {"q": memberships(rng, n, K), "link": "sigmoid"}
        yield {"q": memberships(rng, n + 1, K), "link": "sigmoid", "constant": True}


def certain_rows(rng):
    """Memberships of 0 and 1, alone and among others."""
    for K in (2, 3):
        hard = np.eye(K)[rng.randint(0, K, 4)]
        for link in ("softmax", "sigmoid"):
            yield {"q": hard, "link": link}
            yield {"q": np.vstack([hard, shares(rng, 2, K)]), "link": link}
    yield {"q": np.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.4]]), "link": "sigmoid"}
    yield {"q": np.array([[0.0, 1.0], [0.0, 1.0]]), "link": "sigmoid", "constant": True}
    yield {"q": np.array([[0, 1, 0], [1, 0, 0], [0, 1, 0]]), "link": "softmax", "constant": True}


def nearly_certain(rng):
    """Memberships so near 0 that a number added to them would be seen."""
    for tiny in (1e-9, 1e-7):
        q = np.array([[1 - tiny, tiny], [3 * tiny, 1 - 3 * tiny]])
        yield {"q": q, "link": "softmax"}
        yield {"q": q[:, ::-1], "link": "sigmoid"}


def sums_that_are_wrong(rng):
    """Rows that do not sum to 1: the softmax refuses them unless they are near enough, the sigmoid does not."""
    good = shares(rng, 3, 2)
    for factor in (0.9, 1.3, 1 - 1e-5, 1 - 3e-7, 1 - 3e-8):
        bad = good.copy()
        bad[int(rng.randint(3))] *= factor
        yield {"q": bad, "link": "softmax"}
        yield {"q": bad, "link": "softmax", "constant": True}
        yield {"q": np.minimum(bad, 1.0), "link": "sigmoid"}
    balanced = np.array([[0.7, 0.5], [0.3, 0.5]])  # each column sums to 1, as does the mean row
    yield {"q": balanced, "link": "softmax"}
    yield {"q": balanced, "link": "softmax", "constant": True}
    yield {"q": good, "link": "softmax", "constant": True}
    yield {"q": good * (1 + 1e-9), "link": "softmax"}  # near enough


def many_rows(rng):
    """Hundreds of rows, of many classes."""
    q = rng.dirichlet(np.ones(7), 300)
    for link in ("softmax", "sigmoid"):
        for constant in (False, True):
            yield {"q": q, "link": link, "constant": constant}


# Faults ----------------------------------------------------------------------------------------------------------


def faulty(words, share, divided=True):
    """A function that blends by these shares, called what it does, as a person would write it."""

    def f(q1, q2, says):
        q1, q2, says = (np.asarray(part, dtype=float) for part in (q1, q2, says))
        found = np.asarray(share(q1, q2), dtype=float)
        total = found.sum() if divided else 1.0
        return float(says @ found / total) if total > 0 else 0.0

    f.__name__ = words
    return f


def strengths(q1, q2):
    return np.outer(q1, q2).ravel()


def dropped(cut):
    return faulty(
        f"rules with a strength below {cut:g} are left out", lambda a, b: strengths(a, b) * (strengths(a, b) >= cut)
    )


def one_input(first):
    which = "second" if first else "first"
    return faulty(f"the {which} input is ignored", lambda a, b: np.repeat(a, 2) if first else np.tile(b, 2))


MADE = {
    "right": lambda rng: faulty("strengths divided by their sum", strengths),
    "not divided": lambda rng: faulty("strengths as they are", strengths, divided=False),
    "plain mean": lambda rng: faulty("the mean of what the rules say", lambda a, b: np.ones(4)),
    "winner": lambda rng: faulty("the strongest rule alone", lambda a, b: strengths(a, b) == strengths(a, b).max()),
    "minimum": lambda rng: faulty("the smaller membership as strength", lambda a, b: np.minimum.outer(a, b).ravel()),
    "sum": lambda rng: faulty("the sum of the memberships as strength", lambda a, b: np.add.outer(a, b).ravel()),
    "squared": lambda rng: faulty("shares of the squared strengths", lambda a, b: strengths(a, b) ** 2),
    "softmax": lambda rng: faulty("the softmax of the strengths", lambda a, b: np.exp(strengths(a, b))),
    "order": lambda rng: faulty("the second and third rule are swapped", lambda a, b: strengths(b, a)),
    "one input": lambda rng: one_input(bool(rng.randint(2))),
    "dropped": lambda rng: dropped(float(rng.choice([0.001, 0.01, 0.05, 0.1]))),
}


def functions(*kinds):
    """Draw a function of each of these kinds, in any order."""

    def draw(rng):
        yield from ({"f": MADE[kinds[k]](rng)} for k in rng.permutation(len(kinds)))

    return draw


def every_cut(rng):
    """Rules left out below cuts of all sizes, among functions that are right."""
    for cut in (1e-4, 1e-3, 0.02, 0.1, 0.15, 0.2, 0.25, 0.3, 0.33, 0.4, 0.5, 0.7, 0.9):
        yield {"f": dropped(cut)}
    yield {"f": dropped(float(rng.randint(1, 30)) / 1000)}
    yield from functions("right", "not divided")(rng)


def either_input(rng):
    """Both functions that ignore an input, and those that look like them on some memberships."""
    yield from ({"f": one_input(first)} for first in (True, False))
    yield from functions("plain mean", "right", "order")(rng)


def look_alikes(rng):
    """Those that agree where memberships are equal, sum to 1, or are all small or large."""
    yield from functions("right", "minimum", "sum", "squared", "softmax", "winner", "not divided")(rng)


# A group for rows that belong to none ----------------------------------------------------------------------------


def on_a_line(rng, n: int = 5):
    """A few whole numbers around two centres, and one far off."""
    x = np.concatenate(
        [rng.choice(np.arange(0.0, 6), n - 3, replace=False), [11.0, 14.0], [float(rng.randint(50, 90))]]
    )
    return x[:, np.newaxis]


def no_round(rng):
    """The memberships for the centres that are given."""
    for reach in (3.0, 5.0):
        yield {"X": on_a_line(rng), "centres": np.array([[2.5], [12.5]]), "reach": reach, "m": 2.0, "rounds": 0}
    yield {"X": on_a_line(rng), "centres": np.array([[2.5], [12.5]]), "reach": 4.0, "m": 3.0, "rounds": 0}


def one_round(rng):
    """A single round, and two: in other exponents, too."""
    for m in (2.0, 1.5, 3.0):
        for rounds in (1, 2):
            case = {"X": on_a_line(rng, 7), "centres": np.array([[1.5], [13.25]]), "reach": 4.0}
            yield case | {"m": m, "rounds": rounds}


def clouds(rng):
    """Rows in two or three columns around several centres, with the exponent and the rounds left out."""
    for K, d in ((2, 2), (3, 2), (3, 3)):
        true = rng.choice(np.arange(-20.0, 21), (K, d), replace=False)
        X = np.vstack([true[k] + rng.normal(0, 2, (12, d)) for k in range(K)] + [rng.uniform(-80, 80, (4, d))])
        yield {"X": X, "centres": true + rng.normal(0, 1, (K, d)), "reach": 6.0}


def irises(rng):
    """The iris flowers, with a giant among them."""
    iris = data.iris().matrix("sepal_length", "sepal_width", "petal_length", "petal_width")
    X = np.vstack([iris[rng.permutation(150)[:60]], np.full(4, 60.0)])
    start = np.array([[5.0, 3.4, 1.5, 0.3], [5.9, 2.8, 4.4, 1.4], [6.8, 3.1, 5.6, 2.1]])
    for reach, m in ((1.5, 2.0), (1.0, 1.6), (2.5, 2.4)):
        yield {"X": X, "centres": start, "reach": reach, "m": m, "rounds": 15}


def on_centres(rng):
    """Rows that lie on a centre, or on two at once."""
    X = np.array([[1.0, 2.0], [4.0, 4.0], [float(rng.randint(6, 9)), 0.0]])
    for m in (2.0, 1.5, 3.0):
        yield {"X": X, "centres": X[:2].copy(), "reach": 2.0, "m": m, "rounds": 0}
        yield {"X": X, "centres": X[[1, 1]], "reach": 2.0, "m": m, "rounds": 0}


def tiny_and_huge(rng):
    """Distances whose inverse powers are no floats, exponents near 1, and large ones."""
    for size in (1e-9, 1.0, 1e9):
        for m in (1.04, 1.2, 5.0):
            X, centres = size * on_a_line(rng, 6), size * np.array([[2.0], [12.0]])
            yield {"X": X, "centres": centres, "reach": 2.2 * size, "m": m, "rounds": 3}


def other_reaches(rng):
    """A reach so short that nearly all is noise, and one so long that nothing is; a single group; whole numbers."""
    for reach in (0.3, 1e6):
        yield {"X": on_a_line(rng, 8), "centres": np.array([[2.0], [12.0]]), "reach": reach, "m": 2.0, "rounds": 4}
    yield {"X": on_a_line(rng, 6), "centres": np.array([[3.0]]), "reach": 5.0, "m": 2.0, "rounds": 5}
    yield {"X": on_a_line(rng, 6).astype(int), "centres": np.array([[3], [12]]), "reach": 5, "m": 2, "rounds": 2}
    yield {"X": on_a_line(rng, 6).tolist(), "centres": [[3.0], [12.0]], "reach": 5.0, "m": 1.7, "rounds": 30}
