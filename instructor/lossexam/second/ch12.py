"""Chapter 12, Custom losses and imbalance."""

import math
import statistics

from lossexam.second.numerically import crossing


def threshold_of_costs(a, m, r):
    """Where silence begins to cost more than an alarm."""
    return crossing(lambda p: m * p - (a * (1 - p) + r * p), low=0, high=1)


def undo_the_weight(w, said):
    """The true probability for which the best model with this weight says what was said."""
    return crossing(lambda true: w * true / (w * true + 1 - true) - said, low=0, high=1)


def which_mean(w, each):
    """A weight is so many copies."""
    return statistics.mean([each[0]] * w + each[1:])


def kept_negatives(w, said):
    """The score without the weight."""
    score = math.log(said / (1 - said)) - math.log(w)
    return 1 / (1 + math.exp(-score))


def quieter_under_focal(right, gamma):
    r = right / 100
    focal = -math.log(r)
    for _ in range(gamma):
        focal *= 1 - r
    return -math.log(r) / focal


def cost_of_an_alarm_list(positives, found, alarms, miss):
    """Sample by sample: the positives that were found, those that were not, the negatives that were called."""
    samples = [(1, 1)] * found + [(1, 0)] * (positives - found) + [(0, 1)] * (alarms - found)
    return sum(miss if label > call else call - label for label, call in samples)
