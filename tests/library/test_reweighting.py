"""Reweighted least squares print what R software prints, settle where the loss has no slope, and refuse in words."""

import numpy as np
import pytest

from lossutils import (
    AbsoluteError,
    Cauchy,
    Expectile,
    Huber,
    LogCosh,
    LogisticLoss,
    Loss,
    Pinball,
    SoftmaxCrossEntropy,
    SquaredError,
    Tukey,
    data,
    rng,
)
from lossutils.training import irls, median_scale

PHONES, STACKS = data.phones(), data.stackloss()
YEARS = np.column_stack([np.ones(24), PHONES["year"] - 1900])
PLANT = np.column_stack([np.ones(21), STACKS.matrix("air_flow", "water_temperature", "acid")])
R = {"scale": median_scale, "tolerance": 1e-4}  # the stopping rule of `rlm` in R's package MASS


def test_the_published_line_through_the_phone_calls_comes_out():
    """Venables and Ripley 2002, page 158: rlm(calls ~ year, maxit = 50)."""
    fit = irls(Huber(delta=1.345), YEARS, PHONES["calls"], **R)
    assert [f"{v:.4f}" for v in fit.coefficients] == ["-102.6222", "2.0414"] and f"{fit.scale:.3f}" == "9.032"
    assert fit.settled and fit.steps == 33


def test_the_published_planes_of_the_plant_come_out():
    """Huber: statsmodels' and R's −41.0265, .8294, .9261, −.1278, scale 2.441. Bisquare: R's seven digits."""
    huber = irls(Huber(delta=1.345), PLANT, STACKS["loss"] * 1.0, **R)
    assert [f"{v:.4f}" for v in huber.coefficients] == ["-41.0265", "0.8294", "0.9261", "-0.1278"]
    assert f"{huber.scale:.3f}" == "2.441"
    bisquare = irls(Tukey(c=4.685), PLANT, STACKS["loss"], **R)
    assert [f"{v:.7f}" for v in bisquare.coefficients] == ["-42.2852537", "0.9275471", "0.6507322", "-0.1123310"]


def test_squared_error_is_least_squares_in_one_step():
    fit = irls(SquaredError(), YEARS, PHONES["calls"])
    assert fit.steps == 1 and fit.settled and (fit.weights == fit.weights[0]).all()
    assert fit.coefficients == pytest.approx([-260.059246, 5.041478], rel=1e-6)


@pytest.mark.parametrize("loss", [Huber(delta=3.0), LogCosh(), Cauchy(c=5.0), Expectile(tau=0.8)], ids=repr)
@pytest.mark.parametrize("seed", range(5))
def test_a_settled_fit_has_no_slope_left_and_its_weights_are_slope_by_error(loss, seed):
    draw = rng(seed)
    X = np.column_stack([np.ones(40), draw.normal(size=(40, 2))])
    y = X @ [1.0, -2.0, 0.5] + draw.standard_t(2, size=40)
    fit = irls(loss, X, y, scale=0.7, steps=2000)
    slope = loss.grad(X @ fit.coefficients / 0.7, y / 0.7)
    assert fit.settled and np.abs(X.T @ slope).max() < 1e-8
    assert fit.weights * (X @ fit.coefficients - y) / 0.7 / 40 == pytest.approx(slope, abs=1e-8)


def test_a_row_that_is_met_exactly_has_the_weight_of_a_tiny_error():
    X, y = np.ones((3, 1)), np.array([0.0, 0.0, 0.0])
    fit = irls(Cauchy(c=2.0), X, y)
    assert fit.coefficients == pytest.approx([0]) and fit.weights == pytest.approx([1, 1, 1])


def test_where_the_search_starts_decides_under_a_loss_that_is_not_convex_only():
    six = (PHONES["year"] >= 1964) & (PHONES["year"] <= 1969)
    at_six = np.linalg.lstsq(YEARS[six], PHONES["calls"][six])[0]
    assert at_six[1] == pytest.approx(18.743, abs=5e-4)
    for loss, apart in ((Tukey(c=20.0), True), (Huber(delta=5.0), False)):
        lines = [
            irls(loss, YEARS, PHONES["calls"], start=start, steps=3000).coefficients[1] for start in (None, at_six)
        ]
        assert (abs(lines[0] - lines[1]) > 5) == apart


def test_a_fit_that_swings_for_ever_stops_and_says_so():
    through = [1, 6, 9, 17]  # one of 38 planes through four days from which the bisquare swings between two planes
    start = np.linalg.solve(PLANT[through], STACKS["loss"][through])
    fits = [irls(Tukey(c=4.685), PLANT, STACKS["loss"], median_scale, start, steps) for steps in (400, 401, 402)]
    flow = [fit.coefficients[1] for fit in fits]
    assert not any(fit.settled for fit in fits) and [fit.steps for fit in fits] == [400, 401, 402]
    assert flow[0] == pytest.approx(flow[2], abs=1e-6) and abs(flow[0] - flow[1]) > 0.005


def test_the_scale_is_asked_anew_before_each_step():
    asked = []

    def scale(errors):
        asked.append(errors.copy())
        return median_scale(errors)

    fit = irls(Huber(delta=1.345), YEARS, PHONES["calls"], scale, steps=3)
    assert len(asked) == 3 and not fit.settled and np.abs(asked[0] - asked[2]).max() > 1
    assert fit.scale == median_scale(asked[-1])


def test_median_scale_does_not_hear_the_larger_half():
    errors = np.array([1.0, -2.0, 3.0, -4.0, 5.0])
    assert median_scale(errors) == median_scale(np.array([1, -2, 3, 1e9, -1e9])) == 3 / 0.6745


class Away(Loss):
    """Rises up to 1 from the target, and falls beyond."""

    smooth = True

    def formula(self, p, y):
        return np.sin(p - y) ** 2

    def derivative(self, p, y):
        return np.sin(2 * (p - y))


FOUR = np.array([1.0, 2.0, 3.0, 10.0])


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"loss": AbsoluteError()}, TypeError, "jumps"),
        ({"loss": Pinball()}, TypeError, "not least where the error|jumps"),
        ({"loss": LogisticLoss()}, TypeError, "not least where the error"),
        ({"loss": SoftmaxCrossEntropy()}, TypeError, "not least where the error"),
        ({"loss": Huber}, TypeError, "make one of it"),
        ({"loss": Away()}, ValueError, "pulls away from 0"),
        ({"X": np.ones(4)}, ValueError, r"shape \(4,\).*NumPy would broadcast"),
        ({"y": FOUR[:, np.newaxis]}, ValueError, "NumPy would"),
        ({"y": np.array([1, 2, np.nan, 4])}, ValueError, "nan"),
        ({"X": np.ones((4, 2))}, ValueError, "only 1 of 2 coefficients.*smallest fit"),
        ({"loss": Tukey(c=1e-3)}, ValueError, "hears only 0 of 4"),
        ({"scale": 0.0}, ValueError, "scale is 0.0"),
        ({"scale": median_scale, "y": np.ones(4)}, ValueError, "half of the rows are met"),
        ({"scale": "mad"}, ValueError, "scale is 'mad'"),
        ({"start": [1.0, 2.0]}, ValueError, "start has shape"),
        ({"start": [np.inf]}, ValueError, "start"),
        ({"steps": 0}, ValueError, "steps is 0"),
        ({"tolerance": -1}, ValueError, "tolerance is -1"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_a_sentence(arguments, kind, sentence):
    with pytest.raises(kind, match=sentence):
        irls(**{"loss": Huber(delta=1.0), "X": np.ones((4, 1)), "y": FOUR, **arguments})
