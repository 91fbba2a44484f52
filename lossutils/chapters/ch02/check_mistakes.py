"""What learners write instead of a gradient check. Where two mistakes return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake


def central(f, w, h):
    return np.array([(f(w + step) - f(w - step)) / (2 * h) for step in h * np.eye(len(w))])


def forward(f, w, h):
    return np.array([(f(w + step) - f(w)) / h for step in h * np.eye(len(w))])


def all_at_once(f, w, h):
    return np.full(len(w), (f(w + h) - f(w - h)) / (2 * h))


def without_conversion(f, w, h):
    """Adds h in place, which changes nothing in an array of integers."""
    numeric = np.zeros(len(w))
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += np.asarray(h).astype(w.dtype)
        down[j] -= np.asarray(h).astype(w.dtype)
        numeric[j] = (f(up) - f(down)) / (2 * h)
    return numeric


def largest(a):
    return np.max(np.abs(a))


def relative(claimed, numeric):
    size = max(largest(claimed), largest(numeric))
    return largest(claimed - numeric) / size if size else 0.0


def checks(difference=central, compare=relative, step=None):
    """`gradient_check` with another difference, another comparison, or a step of its own."""

    def wrong_check(f, gradient, w, h=1e-5):
        return float(compare(gradient(w), difference(f, w, step or h)))

    return wrong_check


GRADIENT_CHECK = (
    Mistake("this is the one-sided difference, whose error is of order h; take f(w + h) − f(w − h)", checks(forward)),
    Mistake("the two points are 2h apart; divide by 2h, not by h", checks(lambda f, w, h: 2 * central(f, w, h))),
    Mistake(
        "all weights are moved at once; move one at a time, and leave the others where they are", checks(all_at_once)
    ),
    Mistake("only the first weight is checked", checks(compare=lambda a, b: relative(a[:1], b[:1]))),
    Mistake("h is ignored; use the argument", checks(step=1e-5)),
    Mistake(
        "this is the absolute error; divide by the size of the larger gradient",
        checks(compare=lambda a, b: largest(a - b)),
    ),
    Mistake(
        "the difference is divided by the claimed gradient; divide by the larger of the two",
        checks(compare=lambda a, b: largest(a - b) / largest(a)),
    ),
    Mistake(
        "where both gradients are 0, this is 0/0; return 0 there",
        checks(compare=lambda a, b: largest(a - b) / np.float64(max(largest(a), largest(b)))),
    ),
    Mistake(
        "the difference is divided by the central difference; divide by the larger of the two",
        checks(compare=lambda a, b: largest(a - b) / largest(b)),
    ),
    Mistake(
        "a negative slope counts by its size; take absolute values below the fraction line too",
        checks(compare=lambda a, b: largest(a - b) / max(np.max(a), np.max(b))),
    ),
    Mistake(
        "sizes below 1 count as 1 here, which hides the errors of small gradients",
        checks(compare=lambda a, b: largest(a - b) / max(largest(a), largest(b), 1)),
    ),
    Mistake(
        "the difference is divided by the sum of both sizes; divide by the larger one",
        checks(compare=lambda a, b: largest(a - b) / (largest(a) + largest(b))),
    ),
    Mistake(
        "without absolute values, a claim that is too small looks like no error",
        checks(compare=lambda a, b: np.max(a - b) / max(largest(a), largest(b))),
    ),
    Mistake(
        "the mean of the differences hides one wrong sign among many; take the largest",
        checks(compare=lambda a, b: np.mean(np.abs(a - b)) / max(largest(a), largest(b))),
    ),
    Mistake(
        "each difference is divided by its own slope; compare the largest difference with the largest slope",
        checks(compare=lambda a, b: np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))),
    ),
    Mistake(
        "w may hold integers, to which h can't be added in place; convert w to float first", checks(without_conversion)
    ),
)
