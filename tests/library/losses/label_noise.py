"""What the tests know of lossutils/losses/label_noise.py beyond its code; __init__.py says what each table is for."""

from math import log

from lossutils import GeneralizedCrossEntropy, SymmetricCrossEntropy
from tests.proof.readings import dot, with_softmax

L2 = log(2)


def floored(q, s):
    return [max(log(b), s.A) if b > 0 else s.A for b in q]


READINGS = {
    # GeneralizedCrossEntropy
    r"\sum_k y_k \frac{1 - p_k^q}{q}, \quad p = \mathrm{softmax}(z), \quad y_k \;\mathrm{a\;membership}, \quad q \;\mathrm{an\;exponent}": with_softmax(
        lambda p, y, s: sum(b * (1 - a**s.q) / s.q for a, b in zip(p, y, strict=True))
    ),
    r"p_k \sum_j y_j\,p_j^q - y_k\,p_k^q, \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, y, s: [a * dot(y, [c**s.q for c in p]) - b * a**s.q for a, b in zip(p, y, strict=True)]
    ),
    r"p_k\,(1 - p_k) \sum_j y_j\,p_j^q - q \left(y_k\,p_k^q\,(1 - 2 p_k) + p_k^2 \sum_j y_j\,p_j^q\right), \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, y, s: [
            a * (1 - a) * all_ - s.q * (b * a**s.q * (1 - 2 * a) + a**2 * all_)
            for all_ in [dot(y, [c**s.q for c in p])]
            for a, b in zip(p, y, strict=True)
        ]
    ),
    # SymmetricCrossEntropy
    r"-\sum_k \left(\alpha\,q_k \log p_k + \beta\,p_k \max(\log q_k, A)\right), \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, q, s: -sum(s.alpha * b * log(a) + s.beta * a * l for a, b, l in zip(p, q, floored(q, s), strict=True))
    ),
    r"\alpha\,(p_k - q_k) - \beta\,p_k \left(l_k - \sum_j p_j l_j\right), \quad l_k = \max(\log q_k, A), \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, q, s: [
            s.alpha * (a - b) - s.beta * a * (l - dot(p, floored(q, s)))
            for a, b, l in zip(p, q, floored(q, s), strict=True)
        ]
    ),
    r"\alpha\,p_k\,(1 - p_k) - \beta\,p_k\,(1 - 2 p_k) \left(l_k - \sum_j p_j l_j\right), \quad l_k = \max(\log q_k, A), \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, q, s: [
            s.alpha * a * (1 - a) - s.beta * a * (1 - 2 * a) * (l - dot(p, floored(q, s)))
            for a, l in zip(p, floored(q, s), strict=True)
        ]
    ),
}

CHANCES = {
    r"\frac{1 - K^{-q}}{q}": lambda s, K: (1 - K**-s.q) / s.q,
}

Z = [[L2, 0.0, 0.0]]
BY_HAND = [
    (GeneralizedCrossEntropy(q=0.5), Z, [1], [1], [[0.25, -0.375, 0.125]]),
    (SymmetricCrossEntropy(alpha=1, beta=2, A=-4), Z, [0], [L2 + 4], [[-0.5 - 2, 0.25 + 1, 0.25 + 1]]),
]

SPECIAL = [
    GeneralizedCrossEntropy(q=1.0),
    GeneralizedCrossEntropy(q=0.1),
    SymmetricCrossEntropy(),
    SymmetricCrossEntropy(alpha=2.0, beta=0.5, A=-1.0),  # convex
    SymmetricCrossEntropy(alpha=1.5, beta=0.5, A=-3.0),  # convex, and with less of alpha no longer
    SymmetricCrossEntropy(alpha=1.35, beta=0.5, A=-3.0),
]

HARMLESS = {
    r"GeneralizedCrossEntropy.constant: the result is .*": "infinities, which stay what they are",
    r"SymmetricCrossEntropy.constant: (2 becomes 3|2 \* self.alpha .*)": "where the search by halving ends",
    r"SymmetricCrossEntropy.constant: (the result is with epsilon|1 becomes 2)": "scores may all move by one number",
}
