"""Where predictions and targets may live: what is legal, how to say so, and how to draw examples from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Domain:
    """A set of legal numbers: an interval, possibly open, possibly without 0, possibly with infinities.

    `words` says what a legal value is, `otherwise` what NumPy would do silently with an illegal one, and `spread`
    is the range from which examples are drawn.
    """

    words: str
    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    nonzero: bool = False
    infinities: tuple[float, ...] = ()
    spread: tuple[float, float] = (-3.0, 3.0)
    share_at_ends: float = 0.125
    otherwise: str = "NumPy would compute a number that means nothing"

    def contains(self, x: np.ndarray) -> np.ndarray:
        """Say for each number whether it is legal: a boolean array of the shape of `x`; nan never is."""
        x = np.asarray(x)
        legal = np.isfinite(x)
        legal &= (x > self.low) if self.open_low else (x >= self.low)
        legal &= (x < self.high) if self.open_high else (x <= self.high)
        if self.nonzero:
            legal &= x != 0
        for infinity in self.infinities:
            legal |= x == infinity
        return legal

    @cached_property
    def bounded(self) -> bool:
        """Whether some finite number is illegal, so that finite values alone prove nothing."""
        return self.nonzero or self.low > -math.inf or self.high < math.inf

    @cached_property
    def example(self) -> float:
        """A legal number, whole if 1 is one."""
        return 1.0 if self.contains(1.0) else sum(self._range()) / 2

    def holds(self, x: np.ndarray) -> bool:
        """Say whether every number of a finite, non-empty array is legal, in two passes without a temporary."""
        if self.nonzero and not x.all():
            return False
        if self.low > -math.inf:
            least = np.minimum.reduce(x, axis=None)
            if not (least > self.low if self.open_low else least >= self.low):
                return False
        if self.high < math.inf:
            most = np.maximum.reduce(x, axis=None)
            return bool(most < self.high if self.open_high else most <= self.high)
        return True

    def _range(self) -> tuple[float, float]:
        low, high = max(self.low, self.spread[0]), min(self.high, self.spread[1])
        if low >= high:  # the domain lies elsewhere
            return (self.low, min(self.low + 1, self.high)) if low == self.low else (self.high - 1, self.high)
        return low, high

    def draw(self, rng: np.random.RandomState, shape: tuple[int, ...]) -> np.ndarray:
        """Draw legal examples, uniformly over `spread`, some of them exactly at a closed end: float64 of `shape`."""
        x = rng.uniform(*self._range(), shape)
        ends = [end for end, is_open in ((self.low, self.open_low), (self.high, self.open_high)) if not is_open]
        ends = [end for end in ends if math.isfinite(end)]
        if ends:
            x = np.where(rng.uniform(size=shape) < self.share_at_ends, rng.choice(ends, size=shape), x)
        return x


INF_OTHERWISE = "NumPy would return nan or inf for the whole mean"

REAL = Domain("a finite number", otherwise=INF_OTHERWISE)
POSITIVE = Domain(
    "a number above 0",
    low=0.0,
    open_low=True,
    spread=(0.2, 5.0),
    otherwise="NumPy would take a logarithm of it or divide by it, and return nan or inf",
)
NONNEGATIVE = Domain(
    "a number from 0 upwards",
    low=0.0,
    spread=(0.0, 5.0),
    otherwise="NumPy would return a number, though no such count or amount can be observed",
)
NONZERO = Domain(
    "a number other than 0",
    nonzero=True,
    spread=(0.2, 5.0),
    otherwise="NumPy would divide by zero and return inf or nan",
)
ABOVE_MINUS_ONE = Domain(
    "a number above -1",
    low=-1.0,
    open_low=True,
    spread=(-0.7, 5.0),
    otherwise="NumPy would take the logarithm of 0 or less, and return -inf or nan",
)
PROBABILITY = Domain(
    "a probability from 0 to 1",
    low=0.0,
    high=1.0,
    spread=(0.02, 0.98),
    otherwise="NumPy would take a logarithm of it and return nan, or a loss below 0; a score needs a loss of scores",
)
LABEL = Domain(
    "a label 0 or 1, or a membership between",
    low=0.0,
    high=1.0,
    spread=(0.0, 1.0),
    share_at_ends=0.7,
    otherwise="NumPy would return a number, even one below 0; labels -1 and 1 become 0 and 1 by (labels + 1) / 2",
)
UNIT_OPEN = Domain("a number between 0 and 1", low=0.0, high=1.0, open_low=True, open_high=True, spread=(0.05, 0.95))
SCALE = Domain("a number from 1e-100 to 1e100", low=1e-100, high=1e100, spread=(0.2, 5.0))  # its square is finite too
POSITIVE_OR_INFINITE = Domain(
    "a number above 0, or infinity", low=0.0, open_low=True, infinities=(math.inf,), spread=(0.2, 5.0)
)
SCORE = Domain(
    "a score: a finite number, or -inf for a class that is ruled out",
    infinities=(-math.inf,),
    otherwise=INF_OTHERWISE,
)
CLASSES = Domain(
    "a class number 0, 1, …, or a row of memberships that sum to 1",
    low=0.0,
    high=1.0,
    spread=(0.0, 1.0),
    otherwise="NumPy would count a negative class number from the end: -1 becomes the last class",
)
