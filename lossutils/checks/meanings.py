"""What `predicts = "…"` means: for each word, the constant it promises, worked out from its definition.

`MEANINGS` give the constant itself and use no loss: they are the second opinion on `best_constant`. Where words promise
less than a number, `PROPERTIES` try to refute them, and return "" or the half that failed, with what was found.
"""

from __future__ import annotations

import dataclasses

import numpy as np


def quantile(y: np.ndarray, w: np.ndarray, tau: float) -> float:
    """Midpoint of all c with at most the share tau of the weight below c and at most 1 - tau above."""
    total, tiny = w.sum(), 1e-12 * w.sum()
    right = [t for t in y[w > 0] if w[y < t].sum() <= tau * total + tiny and w[y > t].sum() <= (1 - tau) * total + tiny]
    return (min(right) + max(right)) / 2


def expectile(y: np.ndarray, w: np.ndarray, tau: float) -> float:
    """Return c where tau times the weighted excess above c equals 1 - tau times the lack below, by halving."""
    low, high = y.min(), y.max()
    for _ in range(200):
        c = (low + high) / 2
        excess = tau * np.sum(w * np.maximum(y - c, 0)) - (1 - tau) * np.sum(w * np.maximum(c - y, 0))
        low, high = (c, high) if excess > 0 else (low, c)
    return (low + high) / 2


def mean(y: np.ndarray, w: np.ndarray):
    """Return the weighted mean; of rows, the mean row."""
    return np.sum((w * y.T).T, axis=0) / w.sum()


def log_odds(share: float) -> float:
    """log(share / (1 - share))."""
    with np.errstate(divide="ignore"):
        return float(np.log(share) - np.log1p(-share))


def log_mean(y: np.ndarray, w: np.ndarray):
    """Return the logarithm of the mean."""
    with np.errstate(divide="ignore"):
        return np.log(mean(y, w))


def most_frequent(y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return 0 for the most frequent classes, and minus infinity for all others."""
    share = mean(y, w)
    return np.where(share == share.max(), 0.0, -np.inf)


MEANINGS = {
    "mean": lambda loss, y, w: mean(y, w),
    "mean label": lambda loss, y, w: mean(y, w),
    "mean memberships": lambda loss, y, w: mean(y, w),
    "median": lambda loss, y, w: quantile(y, w, 0.5),
    "τ-quantile": lambda loss, y, w: quantile(y, w, loss.tau),
    "τ-expectile": lambda loss, y, w: expectile(y, w, loss.tau),
    r"median with the weights $1 / \vert y\vert$": lambda loss, y, w: quantile(y, w / np.abs(y), 0.5),
    "the median of all y − ε and y + ε": lambda loss, y, w: quantile(
        np.append(y - loss.epsilon, y + loss.epsilon), np.append(w, w), 0.5
    ),
    "geometric mean of $1 + y$, minus 1": lambda loss, y, w: np.prod((1 + y) ** (w / w.sum())) - 1,
    "log of the mean": lambda loss, y, w: log_mean(y, w),
    "log of the mean memberships, divided by $1 - q$; for $q = 1$ the most frequent class alone": lambda loss, y, w: (
        log_mean(y, w) / (1 - loss.q) if loss.q < 1 else most_frequent(y, w)
    ),
    "log of the mean memberships": lambda loss, y, w: log_mean(y, w),
    "log-odds of the mean label": lambda loss, y, w: log_odds(mean(y, w)),
    "half the log-odds of the mean label": lambda loss, y, w: log_odds(mean(y, w)) / 2,
    "twice the mean label, minus 1": lambda loss, y, w: 2 * mean(y, w) - 1,
    "1 if label 1 is more frequent, $-1$ if label 0 is": lambda loss, y, w: np.sign(2 * mean(y, w) - 1),
}


def _with(loss, parameter: str, value: float):
    return dataclasses.replace(loss, **{parameter: value})


def from_median_to_mean(loss, y: np.ndarray, w: np.ndarray, parameter: str) -> str:
    """Refute that the constant tends to the median as the parameter shrinks, and to the mean as it grows."""
    w = w * np.linspace(1, 1.5, len(y)) ** 2  # one median: of several, a strictly convex loss may tend to any
    small = _is_near(loss, y, w, parameter, "small", 1e-7, "median", quantile(y, w, 0.5))
    return small or the_mean_for_large(loss, y, w, parameter)


def the_mean_for_large(loss, y: np.ndarray, w: np.ndarray, parameter: str) -> str:
    """Refute that the constant tends to the mean as the parameter grows."""
    return _is_near(loss, y, w, parameter, "large", 1e5, "mean", mean(y, w))


def _is_near(loss, y, w, parameter: str, size: str, factor: float, what: str, wanted: float) -> str:
    spread = np.ptp(y) + 1e-3
    constant = _with(loss, parameter, spread * factor).best_constant(y, w)
    if abs(constant - wanted) <= 1e-4 * spread:
        return ""
    found = f"at {spread * factor:.3g} it is {constant:.7g}, the {what} {wanted:.7g} (with these weights: {w})"
    return f"the {what} for {size} {parameter}: {found}"


def where_many_lie(loss, y: np.ndarray) -> str:
    """Refute that for small c the constant stays with five targets that lie within c, though seven have strayed."""
    spread = np.ptp(y) + 1
    c = 1e-3 * spread
    crowd = y[0] + c * np.linspace(-0.2, 0.2, 5)
    strays = y[0] + spread * np.arange(1, 8)
    constant = _with(loss, "c", c).best_constant(np.append(crowd, strays))
    if abs(constant - y[0]) <= c:
        return ""
    return (
        f"a place where many targets lie for small c: of twelve targets five lie near {y[0]:.7g}, the others are "
        f"{spread:.3g} to {7 * spread:.3g} above, and for c = {c:.3g} it is {constant:.7g}"
    )


def is_hardly_moved(loss, y: np.ndarray, w: np.ndarray) -> str:
    """Refute that a target moved from far away to ten times as far leaves the constant of a crowd where it is."""
    spread = np.ptp(y) + loss.c
    uneven = np.linspace(1, 1.5, 3 * len(y))  # or two valleys may be equally deep
    crowd, weights = np.append(np.tile(y, 3), 0.0), np.append(uneven * np.tile(w, 3), w.mean())
    constants, places = [], [y.mean() + far * spread for far in (1e5, 1e6)]
    for place in places:
        crowd[-1] = place
        constants.append(loss.best_constant(crowd, weights))
    if abs(constants[0] - constants[1]) <= 1e-3 * spread:
        return ""
    return (
        f"hardly moved by a far target: one that moves from {places[0]:.3g} to {places[1]:.3g} "
        f"takes it from {constants[0]:.7g} to {constants[1]:.7g}"
    )


def from_the_many_to_the_mean(loss, y: np.ndarray, w: np.ndarray) -> str:
    """Refute a place where many targets lie for small c, the mean for large c, and that a far target hardly matters."""
    return where_many_lie(loss, y) or the_mean_for_large(loss, y, w, "c") or is_hardly_moved(loss, y, w)


def from_the_mean_to_the_many(loss, y: np.ndarray, w: np.ndarray) -> str:
    """Refute the mean for alpha = 2 and for large c, and a place where many targets lie for small alpha and c."""
    constant, wanted = _with(loss, "alpha", 2).best_constant(y, w), mean(y, w)
    if not np.isclose(constant, wanted, rtol=1e-7, atol=1e-7):
        return f"the mean at alpha = 2: it is {constant:.10g}, the mean {wanted:.10g}"
    if failed := the_mean_for_large(loss, y, w, "c"):
        return failed
    for alpha in (0, -np.inf):
        if failed := where_many_lie(_with(loss, "alpha", alpha), y):
            return f"for alpha = {alpha} {failed}"
    return ""


def between_0_and_the_log_odds(loss, y: np.ndarray, w: np.ndarray) -> str:
    """Refute that the constant has the sign of the (weighted) labels' log-odds, but not more than its size."""
    one, zero = (1.0, 1.0) if loss.alpha is None else (loss.alpha, 1 - loss.alpha)
    share = mean(y, w)
    full = log_odds(one * share / (one * share + zero * (1 - share)))
    constant = loss.best_constant(y, w)
    if constant * full < 0 and abs(constant) > 1e-9:
        return f"on the side of the log-odds: it is {constant:.7g}, the log-odds {full:.7g}"
    if abs(constant) > abs(full) + 1e-9:
        return f"closer to 0: it is {constant:.7g}, the log-odds {full:.7g}"
    return ""


PROPERTIES = {
    "the median for small δ, the mean for large δ, but it need not lie between the two": (
        lambda loss, y, w: from_median_to_mean(loss, y, w, "delta")
    ),
    "the median for small c, the mean for large c, but it need not lie between the two": (
        lambda loss, y, w: from_median_to_mean(loss, y, w, "c")
    ),
    "a place where many targets lie for small c, the mean for large c; a far target hardly moves it": (
        from_the_many_to_the_mean
    ),
    "the mean for α = 2 or large c; a place where many targets lie for α ≤ 0 and small c": from_the_mean_to_the_many,
    "between 0 and the log-odds of the mean label, weighted by α₁ and α₀": between_0_and_the_log_odds,
}
