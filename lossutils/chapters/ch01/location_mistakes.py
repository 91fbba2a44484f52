"""What learners write instead of Huber's location. Where two mistakes return the same, the first one is named."""

from __future__ import annotations

import numpy as np

from lossutils.judge.task import Mistake

ENOUGH = 2_000  # steps; the longest way that the inputs ask for has some four hundred


def location(start=np.median, factor=1.4826, spread=None, pull=np.clip, steps=ENOUGH, ends=None):
    """`huber_location` with another part."""

    def wrong_location(y, k=1.5):
        mu = start(y)
        scale = factor * np.median(np.abs(y - np.median(y))) if spread is None else spread(y)
        for _ in range(steps):
            step = np.mean(pull(y - mu, -k * scale, k * scale))
            mu = mu + step
            if (ends or small)(step, mu, scale):
                break
        return mu

    return wrong_location


def small(step, mu, scale):
    """The right end."""
    return abs(step) <= 1e-9 * scale


def at(least):
    """Ends at a step below a number without a unit."""
    return lambda step, mu, scale: abs(step) < least


def cut_off(error, low, high):
    return np.where((error < low) | (error > high), 0.0, error)


def dropped(y, k=1.5):
    """The mean of the values that are not far."""
    residual = y - np.median(y)
    return np.mean(y[np.abs(residual) <= k * 1.4826 * np.median(np.abs(residual))])


def rescaled(y, k=1.5):
    mu = np.median(y)
    for _ in range(200):
        edge = k * 1.4826 * np.median(np.abs(y - mu))
        mu = mu + np.mean(np.clip(y - mu, -edge, edge))
    return mu


def last_step(y, k=1.5):
    return location(steps=1)(y, k) - np.median(y)


def divided(y, k=1.5):
    """Divides by the scale, which may be 0."""
    mu = np.median(y)
    scale = 1.4826 * np.median(np.abs(y - mu))
    return location()(y, k) if scale else mu + np.mean((y - mu) / scale)


def mean_without_scale(y, k=1.5):
    return location()(y, k) if np.median(np.abs(y - np.median(y))) else np.mean(y)


STOPS = (
    "the iteration stops too early, or at a step that is small in one unit and large in another; compare the "
    "step with 1e-9 of the scale"
)
CLOSE = (
    "np.isclose stops too early, as it calls equal what differs by a hundred-thousandth; compare the step with "
    "1e-9 of the scale"
)
TOO_FEW = "so many steps do for a large k only; the smaller k, the more: go on until one is below 1e-9 of the scale"
NO_SCALE = "the scale is 0, as more than half of the values are equal; return the median then"
HUBER_LOCATION = (
    Mistake("this is the mean; nothing is clipped", lambda y, k=1.5: np.mean(y)),
    Mistake("this is the median, where the iteration starts", lambda y, k=1.5: np.median(y)),
    Mistake("this is one step only; repeat it until mu no longer moves", location(steps=1)),
    Mistake("this is the step; add it to mu", last_step),
    Mistake("these are two steps only; repeat them until mu no longer moves", location(steps=2)),
    Mistake("the scale is the bare MAD; the factor 1.4826 is missing", location(factor=1.0)),
    Mistake("the scale is divided by 1.4826 instead of multiplied", location(factor=1 / 1.4826)),
    Mistake("the scale is the standard deviation, which far values blow up; use the MAD", location(spread=np.std)),
    Mistake(
        "the scale is the standard deviation, which far values blow up; use the MAD",
        location(spread=lambda y: np.std(y, ddof=1)),
    ),
    Mistake(
        "the MAD is measured from the mean; measure it from the median",
        location(spread=lambda y: 1.4826 * np.median(np.abs(y - np.mean(y)))),
    ),
    Mistake(
        "the scale is the mean distance from the median; MAD is the median distance",
        location(spread=lambda y: 1.4826 * np.mean(np.abs(y - np.median(y)))),
    ),
    Mistake("the scale is missing: clip at k times the scale, not at k", location(spread=lambda y: 1.0)),
    Mistake("k is missing: clip at k times the scale", lambda y, k=1.5: location()(y, 1.0)),
    Mistake("k is fixed at 1.5; use the argument", lambda y, k=1.5: location()(y, 1.5)),
    Mistake("far values are thrown away; clip their residuals instead, so that they still pull", dropped),
    Mistake(
        "far values are thrown away; clip their residuals instead, so that they still pull", location(pull=cut_off)
    ),
    Mistake("the scale changes from step to step; compute it once, from the median", rescaled),
    *(Mistake(STOPS, location(ends=at(least))) for least in (1e-3, 1e-4, 1e-6, 1e-8, 1e-9)),
    Mistake(CLOSE, location(ends=lambda step, mu, scale: np.isclose(mu + step, mu))),
    Mistake(
        "the step is compared with mu, which says nothing about how far there is to go; compare it with 1e-9 of "
        "the scale",
        location(ends=lambda step, mu, scale: abs(step) < 1e-6 * abs(mu)),
    ),
    Mistake(
        "a step of a millionth of the scale is too large to stop at when k is small; go on to 1e-9 of the scale",
        location(ends=lambda step, mu, scale: abs(step) < 1e-6 * scale),
    ),
    *(Mistake(TOO_FEW, location(steps=steps)) for steps in (5, 10, 20, 30, 50, 100, 200)),
    Mistake(NO_SCALE, divided),
    Mistake(NO_SCALE, mean_without_scale),
)
