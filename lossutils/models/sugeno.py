"""A Takagi-Sugeno system: fuzzy rules whose conclusions are linear, blended by how well each rule's conditions hold.

Takagi and Sugeno 1985; trained by gradients it is Jang's ANFIS (1993).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from lossutils.engine.arguments import check_whole, shown
from lossutils.engine.domain import REAL
from lossutils.engine.inputs import as_floats
from lossutils.engine.legal import check_columns, check_domain
from lossutils.numerics import softmax

ROUND = np.sqrt(2 * np.log(2))  # a normal curve is one half at this many standard deviations
FARTHEST = 1e150  # widths: the square of it is still a float
MOST_RULES = 100_000
STEEP = 4  # twice the bell's exponent b = 2: how fast its tail falls


class Sugeno:
    """Rules "if x is near these centres, then y is this linear function of x", blended by their shares.

    `centres` and `widths` have shape (d, m): m membership functions for each of d inputs. The rules are all
    combinations, m ** d of them, the last input's membership changing first; a rule's strength is the product of its
    memberships, its share the strength over the sum of all strengths. With the shape "gaussian" a width is a standard
    deviation: exp(−u²/2), u = (x − centre) / width. With "bell" it is the distance at which the membership is one half:
    1 / (1 + u⁴). Shares are computed from logarithms, so that they stay numbers far away, out to 1e150 widths: there
    every strength would be 0, and NumPy's 0 / 0 nan.

    `theta` holds all parameters, `gradient` the last gradient, both of shape (2dm + rules · (d + 1),). `centres`,
    `log_widths` and `consequents` (rules, d + 1), the coefficients and then the intercept of each rule, look at
    `theta`; consequents begin at 0.
    """

    def __init__(self, centres, widths, shape: str = "gaussian") -> None:
        if not isinstance(shape, str) or shape not in SHAPES:
            raise ValueError(f"Sugeno: shape is {shown(shape)}, but must be one of {', '.join(SHAPES)}")
        centres, widths = (_table(role, x) for role, x in (("centres", centres), ("widths", widths)))
        if centres.shape != widths.shape:
            raise ValueError(
                f"Sugeno: centres have shape {centres.shape} and widths {widths.shape}, but each membership function "
                f"needs one of both; NumPy would broadcast them"
            )
        if not (widths > 0).all():
            raise ValueError("Sugeno: a width is not above 0, and no membership function is as narrow as that")
        rules = centres.shape[1] ** len(centres)
        if rules > MOST_RULES:
            raise ValueError(
                f"Sugeno: {centres.shape[1]} memberships for each of {len(centres)} inputs make {rules:.3g} rules, one "
                f"for each combination; {MOST_RULES} are the most"
            )
        size = 2 * centres.size + rules * (len(centres) + 1)
        parameters, gradient = np.zeros(size), np.zeros(size)
        self.__setstate__({"of": centres.shape, "shape": shape, "theta": parameters, "gradient": gradient})
        self.centres[...], self.log_widths[...] = centres, np.log(widths)

    @classmethod
    def over(cls, X: np.ndarray, memberships: int = 2, shape: str = "gaussian") -> Sugeno:
        """Return a system whose centres lie evenly from the least to the largest value of each input of X (n, d).

        Neighbours cross at one half, as ANFIS begins.
        """
        X = np.array(as_floats("Sugeno", "X", X), dtype=float)
        check_domain("Sugeno", "X", REAL, X)
        check_whole("Sugeno", "memberships", memberships, 2)
        if X.ndim != 2 or X.size == 0:
            column = "; x[:, np.newaxis] makes a column of x" if X.ndim == 1 else ""
            raise ValueError(f"Sugeno: X has shape {X.shape}, but must have (n, d), with at least one row{column}")
        low, high = X.min(axis=0), X.max(axis=0)
        if (low == high).any():
            raise ValueError(f"Sugeno: input {int(np.argmax(low == high))} of X has one value only: nothing lies near")
        half = (high - low) / (2 * (memberships - 1))
        widths = half / ROUND if shape == "gaussian" else half
        centres = np.linspace(low, high, memberships, axis=1)
        return cls(centres, np.repeat(widths[:, np.newaxis], memberships, axis=1), shape)

    def __getstate__(self) -> dict:
        return {name: getattr(self, name) for name in ("of", "shape", "theta", "gradient")}

    def __setstate__(self, state: dict) -> None:
        """Look anew at the parameters: in a copy they must be views of the copy's own vectors."""
        self.__dict__.update(state)
        inputs, memberships = self.of
        centres, log_widths, consequents = self._views(self.theta)
        self.__dict__.update(
            picks=np.array(list(itertools.product(range(memberships), repeat=inputs))),  # (rules, d)
            centres=centres,
            log_widths=log_widths,
            consequents=consequents,
            _gradients=self._views(self.gradient),
            _last=None,
        )

    def __setattr__(self, name: str, value) -> None:
        """Copy what is given into the vector that all parts look at; an array of its own would teach nothing."""
        if name not in self.__dict__ or name == "_last":
            super().__setattr__(name, value)
        elif name not in ("theta", "gradient", "centres", "log_widths", "consequents"):
            raise AttributeError(f"Sugeno: {name} stays as it was made; make another system")
        elif np.shape(value) != self.__dict__[name].shape:
            raise ValueError(
                f"Sugeno: {name} has shape {self.__dict__[name].shape}, what is given {np.shape(value)}; NumPy would "
                f"copy it into all rows, or fail"
            )
        else:
            self.__dict__[name][...] = value

    def _views(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return centres, log widths and consequents as views into one vector."""
        inputs, memberships = self.of
        count = inputs * memberships
        return (
            vector[:count].reshape(self.of),
            vector[count : 2 * count].reshape(self.of),
            vector[2 * count :].reshape(-1, inputs + 1),
        )

    @property
    def widths(self) -> np.ndarray:
        """The widths (d, m) as numbers above 0."""
        return np.exp(self.log_widths)

    @np.errstate(all="ignore")
    def memberships(self, X: np.ndarray) -> np.ndarray:
        """Return how far each input belongs to each of its membership functions, 0 to 1: (n, d, m)."""
        return np.exp(SHAPES[self.shape][0](self._units(self._checked(X))))

    @np.errstate(all="ignore")
    def shares(self, X: np.ndarray) -> np.ndarray:
        """Return the share of each rule for inputs (n, d): (n, rules), positive numbers that add to 1 in a row."""
        return self._shares(self._units(self._checked(X)))

    @np.errstate(all="ignore")
    def design(self, X: np.ndarray) -> np.ndarray:
        """Return the matrix whose product with `consequents.ravel()` is the prediction: (n, rules · (d + 1)).

        The consequents enter linearly: with centres and widths held, least squares finds the best ones at once.
        """
        X = self._checked(X)
        products = self._shares(self._units(X))[:, :, np.newaxis] * _with_ones(X)[:, np.newaxis, :]
        return products.reshape(len(X), -1)

    @np.errstate(all="ignore")
    def forward(self, X: np.ndarray) -> np.ndarray:
        """Return predictions (n,) for inputs (n, d)."""
        X = self._checked(X)
        u = self._units(X)
        shares, rules = self._shares(u), _with_ones(X) @ self.consequents.T
        predictions = np.sum(shares * rules, axis=1)
        self._last = X, u, shares, rules, predictions.copy()
        return predictions

    @np.errstate(all="ignore")
    def backward(self, slope: np.ndarray) -> np.ndarray:
        """Return the gradient in `theta`, given the loss's gradient at the predictions of the last `forward`."""
        slope = as_floats("Sugeno", "slope", slope)
        if self._last is None or slope.shape != self._last[4].shape:
            raise ValueError(f"Sugeno: a slope of shape {slope.shape} belongs to no prediction of the last forward")
        X, u, shares, rules, predictions = self._last
        centres, log_widths, consequents = self._gradients
        blended = slope[:, np.newaxis] * shares
        consequents[...] = blended.T @ _with_ones(X)
        strengths = blended * (rules - predictions[:, np.newaxis])  # slope in the log strength of each rule
        by_membership = np.zeros(u.shape)
        for rule, picks in enumerate(self.picks):
            by_membership[:, range(len(picks)), picks] += strengths[:, rule, np.newaxis]
        in_centre, in_log_width = SHAPES[self.shape][1](u)
        centres[...] = np.sum(by_membership * in_centre, axis=0) / self.widths
        log_widths[...] = np.sum(by_membership * in_log_width, axis=0)
        return self.gradient

    def _checked(self, X: np.ndarray) -> np.ndarray:
        """Return the inputs as floats of our own: what is changed outside must not change the gradient."""
        X = np.array(as_floats("Sugeno", "X", X), dtype=float)
        check_domain("Sugeno", "X", REAL, X)
        check_columns("Sugeno", X, self.of[0])
        return X

    def _units(self, X: np.ndarray) -> np.ndarray:
        """Return how many widths each input lies from each centre: (n, d, m)."""
        u = (X[:, :, np.newaxis] - self.centres) / self.widths
        if np.isfinite(self.theta).all() and not (np.abs(u) <= FARTHEST).all():  # else `train` says that it diverged
            raise ValueError(
                f"Sugeno: an input lies more than {FARTHEST:g} widths from a centre; NumPy would return nan"
            )
        return u

    def _shares(self, u: np.ndarray) -> np.ndarray:
        """Return the shares (n, rules): the softmax of the log strengths."""
        logs = SHAPES[self.shape][0](u)
        return softmax(sum(logs[:, k, self.picks[:, k]] for k in range(self.of[0])))

    def __repr__(self) -> str:
        inputs, memberships = self.of
        return f"Sugeno({inputs} inputs, {memberships} memberships each, {len(self.picks)} rules, {self.shape})"


def _table(role: str, values) -> np.ndarray:
    """Return values as an own (d, m) array of finite floats."""
    array = as_floats("Sugeno", role, values)
    check_domain("Sugeno", role, REAL, array)
    if array.ndim != 2 or array.size == 0:
        raise ValueError(
            f"Sugeno: {role} is {shown(values)}, but must have shape (d, m): a row of m numbers for each of d inputs"
        )
    return np.array(array, dtype=float)


def _with_ones(X: np.ndarray) -> np.ndarray:
    return np.column_stack([X, np.ones(len(X))])


def _log_gaussian(u: np.ndarray) -> np.ndarray:
    return -u * u / 2


def _gaussian_slopes(u: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return u, u * u


def _log_bell(u: np.ndarray) -> np.ndarray:
    """Return −log(1 + u⁴), beyond one width by log |u|: u⁴ may be too large for a float."""
    size = np.abs(u)
    far = np.maximum(size, 1.0)
    return -np.log1p(np.minimum(size, 1.0 / far) ** STEEP) - STEEP * np.log(far)


def _bell_slopes(u: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    size = np.abs(u)
    small = np.minimum(size, 1.0 / np.maximum(size, 1.0)) ** STEEP
    full = STEEP * np.where(size > 1, 1.0, small) / (1.0 + small)  # 4 u⁴ / (1 + u⁴)
    return np.divide(full, u, out=np.zeros_like(u), where=u != 0), full


# shape: (log of the membership, its slopes in centre / width and in the log of the width), of u
SHAPES: dict[str, tuple[Callable, Callable]] = {
    "gaussian": (_log_gaussian, _gaussian_slopes),
    "bell": (_log_bell, _bell_slopes),
}
