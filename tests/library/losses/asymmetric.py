"""What the tests know of lossutils/losses/asymmetric.py beyond its code; __init__.py says what each table is for."""

from lossutils import Expectile, Pinball

READINGS = {
    # Pinball
    r"\max\left(\tau\,(y - \hat{y}),\; (1 - \tau)\,(\hat{y} - y)\right)": lambda p, y, s: max(
        s.tau * (y - p), (1 - s.tau) * (p - y)
    ),
    r"-\tau \;\mathrm{if}\; \hat{y} \leq y, \;\mathrm{else}\; 1 - \tau": lambda p, y, s: (
        -s.tau if p <= y else 1 - s.tau
    ),
    r"0": lambda p, y, s: 0,
    # Expectile
    r"\vert\tau - [\hat{y} > y]\vert\,(\hat{y} - y)^2": lambda p, y, s: abs(s.tau - (p > y)) * (p - y) ** 2,
    r"2\,\vert\tau - [\hat{y} > y]\vert\,(\hat{y} - y)": lambda p, y, s: 2 * abs(s.tau - (p > y)) * (p - y),
    r"2\,\vert\tau - [\hat{y} > y]\vert": lambda p, y, s: 2 * abs(s.tau - (p > y)),
}

BY_HAND = [
    (Pinball(tau=0.8), [1, 3, 2], [3, 1, 2], [1.6, 0.4, 0], [-0.8, 0.2, -0.8]),
    (Expectile(tau=0.8), [1, 3, 2], [3, 1, 2], [3.2, 0.8, 0], [-3.2, 0.8, 0]),
]

SPECIAL = [Pinball(tau=0.1), Expectile(tau=0.9)]
