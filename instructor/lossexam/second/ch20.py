"""Chapter 20, Choosing a loss."""

import math

from lossexam.second.numerically import crossing, least

_SIZES = (
    {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400, "weeks": 604_800}
    | {"months": 1, "years": 12}
    | {"millimetres": 0.001, "centimetres": 0.01, "metres": 1, "kilometres": 1000}
    | {"inches": 0.0254, "feet": 0.3048, "yards": 0.9144}
    | {"grams": 0.001, "kilograms": 1, "ounces": 0.028349523125, "pounds": 0.45359237}
)


def unit_of_a_second_task(units, was):
    """An error is measured again, in the other unit."""
    _, small, large = units
    error = math.sqrt(was) * _SIZES[large] / _SIZES[small]
    return error**2


def reach_of_an_output(m, rate, steps):
    """All neurons say 1, and every step moves weights and bias upwards by the rate."""
    weights, bias = [0.0] * m, 0.0
    for _ in range(steps):
        weights, bias = [weight + rate for weight in weights], bias + rate
    return sum(weights) + bias


def best_log_variance(r1, r2):
    """Each term where it is least in its own log variance."""

    def term(loss):
        def cost(s):
            return (math.exp(-s) * loss + s) / 2

        return cost(least(cost, low=-10, high=10))

    return term(r1) + term(r2)


def steps_of_a_log_variance(loss, rate):
    """When the loss times its weight has come down to 1."""
    return crossing(lambda steps: 1 - loss * math.exp(-rate * steps), low=0, high=1e5)


def back_from_standard_units(mean, sd, off):
    """The rent of a flat and its prediction, both back in francs."""
    rent, predicted = mean + sd, mean + sd * (1 + off)
    return predicted - rent
