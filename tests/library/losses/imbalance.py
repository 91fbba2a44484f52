"""What the tests know of lossutils/losses/imbalance.py beyond its code; __init__.py says what each table is for."""

from math import log

from lossutils import Focal, SoftmaxFocal
from tests.proof.readings import sigma, softmax, with_sigma, with_softmax

L2 = log(2)
L3 = log(3)


def prices(s):
    return (1, 1) if s.alpha is None else (s.alpha, 1 - s.alpha)


def focal_slope(p, s):
    return (1 - p) ** s.gamma * (s.gamma * p * log(p) - 1 + p)


def focal_bend(p, s):
    return (1 - p) ** s.gamma * p * ((1 - p) * (1 + 2 * s.gamma + s.gamma * log(p)) - s.gamma**2 * p * log(p))


def softmax_focal_r(p, q, s):
    return [
        b * (s.gamma * a * (1 - a) ** (s.gamma - 1) * log(a) - (1 - a) ** s.gamma) for a, b in zip(p, q, strict=True)
    ]


def softmax_focal_h(p, q, s):
    g = s.gamma
    return [
        g * b * a * (1 - a) ** (g - 2) * ((1 - a) * (2 + log(a)) - (g - 1) * a * log(a))
        for a, b in zip(p, q, strict=True)
    ]


READINGS = {
    # Focal
    r"-\alpha_1\,y\,(1 - p)^\gamma \log p - \alpha_0\,(1 - y)\,p^\gamma \log(1 - p), \quad p = \sigma(z), \quad \alpha_1 = \alpha,\; \alpha_0 = 1 - \alpha, \quad \mathrm{both\;1\;without}\; \alpha": with_sigma(
        lambda p, y, s: (
            -prices(s)[0] * y * (1 - p) ** s.gamma * log(p) - prices(s)[1] * (1 - y) * p**s.gamma * log(1 - p)
        )
    ),
    r"\alpha_1\,y\,g(p) - \alpha_0\,(1 - y)\,g(1 - p), \quad g(p) = (1 - p)^\gamma \left(\gamma\,p \log p - 1 + p\right), \quad p = \sigma(z)": with_sigma(
        lambda p, y, s: prices(s)[0] * y * focal_slope(p, s) - prices(s)[1] * (1 - y) * focal_slope(1 - p, s)
    ),
    r"\alpha_1\,y\,f(p) + \alpha_0\,(1 - y)\,f(1 - p), \quad f(p) = (1 - p)^\gamma\,p \left((1 - p)\,(1 + 2 \gamma + \gamma \log p) - \gamma^2 p \log p\right), \quad p = \sigma(z)": with_sigma(
        lambda p, y, s: prices(s)[0] * y * focal_bend(p, s) + prices(s)[1] * (1 - y) * focal_bend(1 - p, s)
    ),
    # SoftmaxFocal
    r"-\sum_k q_k\,(1 - p_k)^\gamma \log p_k, \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, q, s: -sum(b * (1 - a) ** s.gamma * log(a) for a, b in zip(p, q, strict=True))
    ),
    r"r_k - p_k \sum_j r_j, \quad r_k = q_k \left(\gamma\,p_k\,(1 - p_k)^{\gamma - 1} \log p_k - (1 - p_k)^\gamma\right), \quad p = \mathrm{softmax}(z)": with_softmax(
        lambda p, q, s: [
            r - a * sum(softmax_focal_r(p, q, s)) for a, r in zip(p, softmax_focal_r(p, q, s), strict=True)
        ]
    ),
    r"h_k\,(1 - 2 p_k) - p_k\,(1 - p_k) \sum_j r_j + p_k^2 \sum_j h_j, \quad h_k = \gamma\,q_k\,p_k\,(1 - p_k)^{\gamma - 2} \left((1 - p_k)\,(2 + \log p_k) - (\gamma - 1)\,p_k \log p_k\right), \quad r \;\mathrm{as\;in\;the\;slope}": with_softmax(
        lambda p, q, s: [
            h * (1 - 2 * a) - a * (1 - a) * sum(softmax_focal_r(p, q, s)) + a**2 * sum(softmax_focal_h(p, q, s))
            for a, h in zip(p, softmax_focal_h(p, q, s), strict=True)
        ]
    ),
}

LINKS = {
    r"p = \sigma(z)": sigma,
    r"p = \mathrm{softmax}(z)": softmax,
}

CHANCES = {
    r"\left(1 - \frac{1}{K}\right)^\gamma \log K": lambda s, K: (1 - 1 / K) ** s.gamma * log(K),
    r"2^{-\gamma} \log 2": lambda s, K: 2**-s.gamma * log(2),
}

Z = [[L2, 0.0, 0.0]]
BY_HAND = [
    (
        Focal(gamma=2),
        [L3, L3],
        [1, 0],
        [log(4 / 3) / 16, log(4) * 9 / 16],
        [-1 / 64 - 3 / 32 * log(4 / 3), 9 / 16 * (0.75 + 0.5 * log(4))],
    ),
    (SoftmaxFocal(gamma=1), Z, [1], [1.5 * L2], [[0.375 + L2 / 4, -9 / 16 - L2 * 3 / 8, 3 / 16 + L2 / 8]]),
]

SPECIAL = [
    Focal(gamma=2),
    Focal(gamma=0),
    Focal(gamma=0, alpha=0.5),  # half the logistic loss, and as proper
    Focal(gamma=0, alpha=0.3),
    Focal(gamma=0.5, alpha=0.8),
    SoftmaxFocal(gamma=0),
    SoftmaxFocal(gamma=0.5),
]

HARMLESS = {
    r"SoftmaxFocal._ratio: .*": "the limit at p = 1 is multiplied by 1 - p, which is 0 there",
    r"SoftmaxFocal.constant: 1.0 becomes 2.0": "where the search by halving begins; it ends at the same place",
    r"SoftmaxFocal.(constant|_steepness): the result is .*": "a factor of all steepnesses, or of all exponentials",
    r"SoftmaxFocal._steepness: 0.0 becomes 1.0": "its value at p = 1 is only compared with larger ones",
    r"SoftmaxFocal.constant: (-1 loses its sign|1 becomes 2)": "any class with a share will do as the measure",
    r"SoftmaxFocal.second_derivative: 0 becomes 1": "reached only where 1 - p is 0, which multiplies it",
    r"Focal.constant: the result is .*": "infinities, which stay what they are",
    r"Focal.constant: [01] becomes [12]": "without the short cut the search finds the same infinities",
}
