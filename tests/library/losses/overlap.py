"""What the tests know of lossutils/losses/overlap.py beyond its code; __init__.py says what each table is for."""

from lossutils import Dice, Jaccard, Tversky
from tests.proof.readings import dot


def union(p, y):
    return sum(a + b - a * b for a, b in zip(p, y, strict=True))


def tversky_denominator(p, y, s):
    false_positives = sum(a * (1 - b) for a, b in zip(p, y, strict=True))
    false_negatives = sum((1 - a) * b for a, b in zip(p, y, strict=True))
    return dot(p, y) + s.alpha * false_positives + s.beta * false_negatives


READINGS = {
    # Dice
    r"1 - \frac{2 \sum_k p_k y_k}{\sum_k p_k + \sum_k y_k}": lambda p, y, s: 1 - 2 * dot(p, y) / (sum(p) + sum(y)),
    r"\frac{2 I - 2\,y_k S}{S^2}, \quad I = \sum_j p_j y_j, \quad S = \sum_j (p_j + y_j)": lambda p, y, s: [
        (2 * dot(p, y) - 2 * b * (sum(p) + sum(y))) / (sum(p) + sum(y)) ** 2 for b in y
    ],
    r"\frac{4\,(y_k S - I)}{S^3}, \quad I = \sum_j p_j y_j, \quad S = \sum_j (p_j + y_j)": lambda p, y, s: [
        4 * (b * (sum(p) + sum(y)) - dot(p, y)) / (sum(p) + sum(y)) ** 3 for b in y
    ],
    # Jaccard
    r"1 - \frac{\sum_k p_k y_k}{\sum_k \left(p_k + y_k - p_k y_k\right)}": lambda p, y, s: 1 - dot(p, y) / union(p, y),
    r"\frac{I\,(1 - y_k) - y_k U}{U^2}, \quad I = \sum_j p_j y_j, \quad U = \sum_j (p_j + y_j - p_j y_j)": lambda p, y, s: [
        (dot(p, y) * (1 - b) - b * union(p, y)) / union(p, y) ** 2 for b in y
    ],
    r"\frac{2\,(1 - y_k) \left(y_k U - I\,(1 - y_k)\right)}{U^3}, \quad I = \sum_j p_j y_j, \quad U = \sum_j (p_j + y_j - p_j y_j)": lambda p, y, s: [
        2 * (1 - b) * (b * union(p, y) - dot(p, y) * (1 - b)) / union(p, y) ** 3 for b in y
    ],
    # Tversky
    r"1 - \frac{I}{I + \alpha \sum_k p_k (1 - y_k) + \beta \sum_k (1 - p_k)\,y_k}, \quad I = \sum_k p_k y_k": lambda p, y, s: (
        1 - dot(p, y) / tversky_denominator(p, y, s)
    ),
    r"\frac{\alpha\,(1 - y_k)\,I - y_k \left(D - (1 - \beta)\,I\right)}{D^2}, \quad I = \sum_j p_j y_j, \quad D \;\mathrm{the\;denominator\;above}": lambda p, y, s: [
        (s.alpha * (1 - b) * dot(p, y) - b * (d - (1 - s.beta) * dot(p, y))) / d**2
        for d in [tversky_denominator(p, y, s)]
        for b in y
    ],
    r"\frac{2 \left(y_k + \alpha\,(1 - y_k) - \beta\,y_k\right) \left(y_k \left(D - (1 - \beta)\,I\right) - \alpha\,(1 - y_k)\,I\right)}{D^3}, \quad I \;\mathrm{and}\; D \;\mathrm{as\;above}": lambda p, y, s: [
        2
        * (b + s.alpha * (1 - b) - s.beta * b)
        * (b * (d - (1 - s.beta) * dot(p, y)) - s.alpha * (1 - b) * dot(p, y))
        / d**3
        for d in [tversky_denominator(p, y, s)]
        for b in y
    ],
}

BY_HAND = [
    (Dice(), [[0.5, 1, 0]], [[1, 1, 0]], [1 - 3 / 3.5], [[(3 - 7) / 12.25, (3 - 7) / 12.25, 3 / 12.25]]),
    (Jaccard(), [[0.5, 1, 0]], [[1, 1, 0]], [0.25], [[-0.5, -0.5, 0.375]]),
    (Tversky(alpha=0.25, beta=0.5), [[0.5, 0, 1]], [[1, 0, 0]], [0.5], [[-0.75, 0.125, 0.125]]),
]

SPECIAL = [Tversky(), Tversky(alpha=1.0, beta=1.0)]
