"""A loss that counts for how many numbers it was asked."""

import numpy as np

from lossutils import Loss


class Counting(Loss):
    """Squared error that counts for how many numbers it was asked."""

    asked = 0

    def formula(self, p, y):
        Counting.asked += p.size
        return (p - y) ** 2

    def derivative(self, p, y):
        Counting.asked += p.size
        return 2 * (p - y)

    def second_derivative(self, p, y):
        return np.full_like(p, 2.0)
