r"""A second reading of every printed formula: what the TeX on a card says, in plain Python, one line each.

Keyed by the exact TeX, so that a changed print needs a new reading. `p` is the prediction, `y` the target and `s` the
loss with its parameters; row-wise, `p` and `y` are lists with one number for each class, and a slope or a curvature is
a list. Only the math module is used; the code of the losses is not.
"""

from math import cosh, exp, log, pi, tanh


def sign(x):
    return (x > 0) - (x < 0)


def sigma(z):
    return 1 / (1 + exp(-z))


def xlog(x, p):
    return x * log(p) if x != 0 else 0.0


def over(a, b):
    return a / b if a != 0 else 0.0


def softmax(z):
    return [exp(a) / sum(exp(b) for b in z) for a in z]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def with_softmax(f):
    """Turn a reading that uses p = softmax(z) into one of z."""
    return lambda z, y, s: f(softmax(z), y, s)


def with_sigma(f, scale=1):
    """Turn a reading that uses p = sigma(scale z) into one of z."""
    return lambda z, y, s: f(sigma(scale * z), y, s)


def with_u(f):
    """Turn a reading that uses e = p - y and u = e / c into one of p and y."""
    return lambda p, y, s: f(p - y, (p - y) / s.c, s)


def with_capped_u(f):
    """Turn a reading that uses e = p - y and u = min(|e| / c, 1) into one of p and y."""
    return lambda p, y, s: f(p - y, min(abs(p - y) / s.c, 1), s)


def prices(s):
    return (1, 1) if s.alpha is None else (s.alpha, 1 - s.alpha)


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


def floored(q, s):
    return [max(log(b), s.A) if b > 0 else s.A for b in q]


def union(p, y):
    return sum(a + b - a * b for a, b in zip(p, y, strict=True))


def tversky_denominator(p, y, s):
    false_positives = sum(a * (1 - b) for a, b in zip(p, y, strict=True))
    false_negatives = sum((1 - a) * b for a, b in zip(p, y, strict=True))
    return dot(p, y) + s.alpha * false_positives + s.beta * false_negatives


FORMULAS = {
    r"(\hat{y} - y)^2": lambda p, y, s: (p - y) ** 2,
    r"\vert\hat{y} - y\vert": lambda p, y, s: abs(p - y),
    r"\frac{1}{2} m^2 + \delta\,(\vert\hat{y} - y\vert - m), \quad m = \min(\vert\hat{y} - y\vert, \delta)": lambda p, y, s: (
        min(abs(p - y), s.delta) ** 2 / 2 + s.delta * (abs(p - y) - min(abs(p - y), s.delta))
    ),
    r"c^2 \log \cosh\left(\frac{\hat{y} - y}{c}\right)": lambda p, y, s: s.c**2 * log(cosh((p - y) / s.c)),
    r"\max\left(\tau\,(y - \hat{y}),\; (1 - \tau)\,(\hat{y} - y)\right)": lambda p, y, s: max(
        s.tau * (y - p), (1 - s.tau) * (p - y)
    ),
    r"\vert\tau - [\hat{y} > y]\vert\,(\hat{y} - y)^2": lambda p, y, s: abs(s.tau - (p > y)) * (p - y) ** 2,
    r"\max(\vert\hat{y} - y\vert - \varepsilon,\; 0)": lambda p, y, s: max(abs(p - y) - s.epsilon, 0),
    r"\frac{\vert\hat{y} - y\vert}{\vert y\vert}": lambda p, y, s: abs(p - y) / abs(y),
    r"\left(\log(1 + \hat{y}) - \log(1 + y)\right)^2": lambda p, y, s: (log(1 + p) - log(1 + y)) ** 2,
    r"\frac{c^2}{2} \log\left(1 + \left(\frac{\hat{y} - y}{c}\right)^2\right)": with_u(
        lambda e, u, s: s.c**2 / 2 * log(1 + u**2)
    ),
    r"\frac{(\hat{y} - y)^2}{2\,(1 + u^2)}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: e**2 / (2 * (1 + u**2))
    ),
    r"c^2 \left(1 - e^{-u^2 / 2}\right), \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: s.c**2 * (1 - exp(-(u**2) / 2))
    ),
    r"\frac{c^2}{6} \left(1 - (1 - u^2)^3\right), \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)": with_capped_u(
        lambda e, u, s: s.c**2 / 6 * (1 - (1 - u**2) ** 3)
    ),
    r"\frac{\vert\alpha - 2\vert}{\alpha} \left(\left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2} - 1\right), \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: abs(s.alpha - 2) / s.alpha * ((1 + u**2 / abs(s.alpha - 2)) ** (s.alpha / 2) - 1)
    ),
    r"y \log(1 + e^{-\hat{z}}) + (1 - y) \log(1 + e^{\hat{z}})": lambda z, y, s: (
        y * log(1 + exp(-z)) + (1 - y) * log(1 + exp(z))
    ),
    r"-y \log \hat{p} - (1 - y) \log(1 - \hat{p})": lambda p, y, s: -xlog(y, p) - xlog(1 - y, 1 - p),
    r"(\hat{p} - y)^2": lambda p, y, s: (p - y) ** 2,
    r"-\alpha_1\,y\,(1 - p)^\gamma \log p - \alpha_0\,(1 - y)\,p^\gamma \log(1 - p), \quad p = \sigma(\hat{z})": with_sigma(
        lambda p, y, s: (
            -prices(s)[0] * y * (1 - p) ** s.gamma * log(p) - prices(s)[1] * (1 - y) * p**s.gamma * log(1 - p)
        )
    ),
    r"y \max(1 - \hat{z}, 0) + (1 - y) \max(1 + \hat{z}, 0)": lambda z, y, s: (
        y * max(1 - z, 0) + (1 - y) * max(1 + z, 0)
    ),
    r"y \max(1 - \hat{z}, 0)^2 + (1 - y) \max(1 + \hat{z}, 0)^2": lambda z, y, s: (
        y * max(1 - z, 0) ** 2 + (1 - y) * max(1 + z, 0) ** 2
    ),
    r"y\,e^{-\hat{z}} + (1 - y)\,e^{\hat{z}}": lambda z, y, s: y * exp(-z) + (1 - y) * exp(z),
    r"y\,(1 - p)^2 + (1 - y)\,p^2, \quad p = \sigma(2 \hat{z})": with_sigma(
        lambda p, y, s: y * (1 - p) ** 2 + (1 - y) * p**2, 2
    ),
    r"\log \sum_k e^{\hat{z}_k} - \sum_k q_k \hat{z}_k": lambda z, q, s: log(sum(exp(a) for a in z)) - dot(q, z),
    r"-\sum_k q_k\,(1 - p_k)^\gamma \log p_k, \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, q, s: -sum(b * (1 - a) ** s.gamma * log(a) for a, b in zip(p, q, strict=True))
    ),
    r"\sum_k y_k \frac{1 - p_k^q}{q}, \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, y, s: sum(b * (1 - a**s.q) / s.q for a, b in zip(p, y, strict=True))
    ),
    r"\frac{1}{2} \log(2 \pi \sigma^2) + \frac{(\hat{y} - y)^2}{2 \sigma^2}": lambda p, y, s: (
        log(2 * pi * s.variance) / 2 + (p - y) ** 2 / (2 * s.variance)
    ),
    r"\log(2 b) + \frac{\vert\hat{y} - y\vert}{b}": lambda p, y, s: log(2 * s.scale) + abs(p - y) / s.scale,
    r"e^{\hat{z}} - y\,\hat{z}": lambda n, y, s: exp(n) - y * n,
    r"y\,e^{-\hat{z}} + \hat{z}": lambda n, y, s: y * exp(-n) + n,
    r"\frac{y\,e^{(1 - p) \hat{z}}}{p - 1} + \frac{e^{(2 - p) \hat{z}}}{2 - p}, \quad p \;\mathrm{the\;power}": lambda n, y, s: (
        y * exp((1 - s.power) * n) / (s.power - 1) + exp((2 - s.power) * n) / (2 - s.power)
    ),
    r"-\sum_k q_k \log \hat{p}_k": lambda p, q, s: -sum(xlog(b, a) for a, b in zip(p, q, strict=True)),
    r"\sum_k q_k \log \frac{q_k}{\hat{p}_k}": lambda p, q, s: sum(
        b * log(b / a) for a, b in zip(p, q, strict=True) if b
    ),
    r"-\sum_k \left(\alpha\,q_k \log p_k + \beta\,p_k \max(\log q_k, A)\right), \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, q, s: -sum(s.alpha * b * log(a) + s.beta * a * l for a, b, l in zip(p, q, floored(q, s), strict=True))
    ),
    r"1 - \frac{2 \sum_k \hat{p}_k y_k}{\sum_k \hat{p}_k + \sum_k y_k}": lambda p, y, s: (
        1 - 2 * dot(p, y) / (sum(p) + sum(y))
    ),
    r"1 - \frac{\sum_k \hat{p}_k y_k}{\sum_k \left(\hat{p}_k + y_k - \hat{p}_k y_k\right)}": lambda p, y, s: (
        1 - dot(p, y) / union(p, y)
    ),
    r"1 - \frac{I}{I + \alpha \sum_k \hat{p}_k (1 - y_k) + \beta \sum_k (1 - \hat{p}_k)\,y_k}, \quad I = \sum_k \hat{p}_k y_k": lambda p, y, s: (
        1 - dot(p, y) / tversky_denominator(p, y, s)
    ),
}

DERIVATIVES = {
    r"\frac{\hat{y} - y}{\sigma^2}": lambda p, y, s: (p - y) / s.variance,
    r"\frac{\mathrm{sign}(\hat{y} - y)}{b}": lambda p, y, s: sign(p - y) / s.scale,
    r"e^{\hat{z}} - y": lambda n, y, s: exp(n) - y,
    r"1 - y\,e^{-\hat{z}}": lambda n, y, s: 1 - y * exp(-n),
    r"e^{(2 - p) \hat{z}} - y\,e^{(1 - p) \hat{z}}": lambda n, y, s: (
        exp((2 - s.power) * n) - y * exp((1 - s.power) * n)
    ),
    r"-\frac{q_k}{\hat{p}_k}": lambda p, q, s: [-over(b, a) for a, b in zip(p, q, strict=True)],
    r"\alpha\,(p_k - q_k) - \beta\,p_k \left(l_k - \sum_j p_j l_j\right), \quad l_k = \max(\log q_k, A), \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, q, s: [
            s.alpha * (a - b) - s.beta * a * (l - dot(p, floored(q, s)))
            for a, b, l in zip(p, q, floored(q, s), strict=True)
        ]
    ),
    r"\frac{2 I - 2\,y_k S}{S^2}, \quad I = \sum_j \hat{p}_j y_j, \quad S = \sum_j (\hat{p}_j + y_j)": lambda p, y, s: [
        (2 * dot(p, y) - 2 * b * (sum(p) + sum(y))) / (sum(p) + sum(y)) ** 2 for b in y
    ],
    r"\frac{I\,(1 - y_k) - y_k U}{U^2}, \quad I = \sum_j \hat{p}_j y_j, \quad U = \sum_j (\hat{p}_j + y_j - \hat{p}_j y_j)": lambda p, y, s: [
        (dot(p, y) * (1 - b) - b * union(p, y)) / union(p, y) ** 2 for b in y
    ],
    r"\frac{\alpha\,(1 - y_k)\,I - y_k \left(D - (1 - \beta)\,I\right)}{D^2}, \quad I = \sum_j \hat{p}_j y_j, \quad D \;\mathrm{the\;denominator\;above}": lambda p, y, s: [
        (s.alpha * (1 - b) * dot(p, y) - b * (d - (1 - s.beta) * dot(p, y))) / d**2
        for d in [tversky_denominator(p, y, s)]
        for b in y
    ],
    r"2\,(\hat{y} - y)": lambda p, y, s: 2 * (p - y),
    r"\mathrm{sign}(\hat{y} - y)": lambda p, y, s: sign(p - y),
    r"\mathrm{clip}(\hat{y} - y, -\delta, \delta)": lambda p, y, s: max(-s.delta, min(p - y, s.delta)),
    r"c \tanh\left(\frac{\hat{y} - y}{c}\right)": lambda p, y, s: s.c * tanh((p - y) / s.c),
    r"-\tau \;\mathrm{if}\; \hat{y} \leq y, \;\mathrm{else}\; 1 - \tau": lambda p, y, s: (
        -s.tau if p <= y else 1 - s.tau
    ),
    r"2\,\vert\tau - [\hat{y} > y]\vert\,(\hat{y} - y)": lambda p, y, s: 2 * abs(s.tau - (p > y)) * (p - y),
    r"\mathrm{sign}(e) \;\mathrm{if}\; \vert e\vert > \varepsilon, \;\mathrm{else}\; 0, \quad e = \hat{y} - y": lambda p, y, s: (
        sign(p - y) if abs(p - y) > s.epsilon else 0
    ),
    r"\frac{\mathrm{sign}(\hat{y} - y)}{\vert y\vert}": lambda p, y, s: sign(p - y) / abs(y),
    r"\frac{2\,(\log(1 + \hat{y}) - \log(1 + y))}{1 + \hat{y}}": lambda p, y, s: (
        2 * (log(1 + p) - log(1 + y)) / (1 + p)
    ),
    r"\frac{\hat{y} - y}{1 + \left(\frac{\hat{y} - y}{c}\right)^2}": with_u(lambda e, u, s: e / (1 + u**2)),
    r"\frac{\hat{y} - y}{(1 + u^2)^2}, \quad u = \frac{\hat{y} - y}{c}": with_u(lambda e, u, s: e / (1 + u**2) ** 2),
    r"(\hat{y} - y)\,e^{-u^2 / 2}, \quad u = \frac{\hat{y} - y}{c}": with_u(lambda e, u, s: e * exp(-(u**2) / 2)),
    r"(\hat{y} - y)\,(1 - u^2)^2, \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)": with_capped_u(
        lambda e, u, s: e * (1 - u**2) ** 2
    ),
    r"\frac{u}{c} \left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2 - 1}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: u / s.c * (1 + u**2 / abs(s.alpha - 2)) ** (s.alpha / 2 - 1)
    ),
    r"\sigma(\hat{z}) - y": lambda z, y, s: sigma(z) - y,
    r"\frac{1 - y}{1 - \hat{p}} - \frac{y}{\hat{p}}": lambda p, y, s: over(1 - y, 1 - p) - over(y, p),
    r"2\,(\hat{p} - y)": lambda p, y, s: 2 * (p - y),
    r"\alpha_1\,y\,(1 - p)^\gamma \left(\gamma\,p \log p - 1 + p\right) - \alpha_0\,(1 - y)\,p^\gamma \left(\gamma\,(1 - p) \log(1 - p) - p\right), \quad p = \sigma(\hat{z})": with_sigma(
        lambda p, y, s: (
            prices(s)[0] * y * (1 - p) ** s.gamma * (s.gamma * p * log(p) - 1 + p)
            - prices(s)[1] * (1 - y) * p**s.gamma * (s.gamma * (1 - p) * log(1 - p) - p)
        )
    ),
    r"(1 - y)\,[\hat{z} > -1] - y\,[\hat{z} < 1]": lambda z, y, s: (1 - y) * (z > -1) - y * (z < 1),
    r"2\,(1 - y) \max(1 + \hat{z}, 0) - 2\,y \max(1 - \hat{z}, 0)": lambda z, y, s: (
        2 * (1 - y) * max(1 + z, 0) - 2 * y * max(1 - z, 0)
    ),
    r"(1 - y)\,e^{\hat{z}} - y\,e^{-\hat{z}}": lambda z, y, s: (1 - y) * exp(z) - y * exp(-z),
    r"4\,p\,(1 - p)\left((1 - y)\,p - y\,(1 - p)\right), \quad p = \sigma(2 \hat{z})": with_sigma(
        lambda p, y, s: 4 * p * (1 - p) * ((1 - y) * p - y * (1 - p)), 2
    ),
    r"\mathrm{softmax}(\hat{z})_k - q_k": with_softmax(lambda p, q, s: [a - b for a, b in zip(p, q, strict=True)]),
    r"r_k - p_k \sum_j r_j, \quad r_k = q_k \left(\gamma\,p_k\,(1 - p_k)^{\gamma - 1} \log p_k - (1 - p_k)^\gamma\right), \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, q, s: [
            r - a * sum(softmax_focal_r(p, q, s)) for a, r in zip(p, softmax_focal_r(p, q, s), strict=True)
        ]
    ),
    r"p_k \sum_j y_j\,p_j^q - y_k\,p_k^q, \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, y, s: [a * dot(y, [c**s.q for c in p]) - b * a**s.q for a, b in zip(p, y, strict=True)]
    ),
}

CURVATURES = {
    r"0": lambda p, y, s: 0,
    r"2": lambda p, y, s: 2,
    r"1 \;\mathrm{if}\; \vert\hat{y} - y\vert \leq \delta, \;\mathrm{else}\; 0": lambda p, y, s: int(
        abs(p - y) <= s.delta
    ),
    r"1 - \tanh^2\left(\frac{\hat{y} - y}{c}\right)": lambda p, y, s: 1 - tanh((p - y) / s.c) ** 2,
    r"2\,\vert\tau - [\hat{y} > y]\vert": lambda p, y, s: 2 * abs(s.tau - (p > y)),
    r"\frac{2\,(1 - \log(1 + \hat{y}) + \log(1 + y))}{(1 + \hat{y})^2}": lambda p, y, s: (
        2 * (1 - log(1 + p) + log(1 + y)) / (1 + p) ** 2
    ),
    r"\frac{1 - u^2}{(1 + u^2)^2}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: (1 - u**2) / (1 + u**2) ** 2
    ),
    r"\frac{1 - 3 u^2}{(1 + u^2)^3}, \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: (1 - 3 * u**2) / (1 + u**2) ** 3
    ),
    r"(1 - u^2)\,e^{-u^2 / 2}, \quad u = \frac{\hat{y} - y}{c}": with_u(lambda e, u, s: (1 - u**2) * exp(-(u**2) / 2)),
    r"(1 - u^2)\,(1 - 5 u^2), \quad u = \min\left(\frac{\vert\hat{y} - y\vert}{c}, 1\right)": with_capped_u(
        lambda e, u, s: (1 - u**2) * (1 - 5 * u**2)
    ),
    r"\frac{1}{c^2} \left(1 + \frac{u^2}{\vert\alpha - 2\vert}\right)^{\alpha / 2 - 2} \left(1 + \frac{(\alpha - 1)\,u^2}{\vert\alpha - 2\vert}\right), \quad u = \frac{\hat{y} - y}{c}": with_u(
        lambda e, u, s: (
            (1 + u**2 / abs(s.alpha - 2)) ** (s.alpha / 2 - 2) * (1 + (s.alpha - 1) * u**2 / abs(s.alpha - 2)) / s.c**2
        )
    ),
    r"\sigma(\hat{z})\,(1 - \sigma(\hat{z}))": lambda z, y, s: sigma(z) * (1 - sigma(z)),
    r"\frac{y}{\hat{p}^2} + \frac{1 - y}{(1 - \hat{p})^2}": lambda p, y, s: over(y, p**2) + over(1 - y, (1 - p) ** 2),
    r"\alpha_1\,y\,f(p) + \alpha_0\,(1 - y)\,f(1 - p), \quad f(p) = (1 - p)^\gamma\,p \left((1 - p)\,(1 + 2 \gamma + \gamma \log p) - \gamma^2 p \log p\right), \quad p = \sigma(\hat{z})": with_sigma(
        lambda p, y, s: prices(s)[0] * y * focal_bend(p, s) + prices(s)[1] * (1 - y) * focal_bend(1 - p, s)
    ),
    r"2\,(1 - y)\,[\hat{z} > -1] + 2\,y\,[\hat{z} < 1]": lambda z, y, s: 2 * (1 - y) * (z > -1) + 2 * y * (z < 1),
    r"y\,e^{-\hat{z}} + (1 - y)\,e^{\hat{z}}": lambda z, y, s: y * exp(-z) + (1 - y) * exp(z),
    r"8\,p\,(1 - p)\left(y\,(1 - p)\,(3 p - 1) + (1 - y)\,p\,(2 - 3 p)\right), \quad p = \sigma(2 \hat{z})": with_sigma(
        lambda p, y, s: 8 * p * (1 - p) * (y * (1 - p) * (3 * p - 1) + (1 - y) * p * (2 - 3 * p)), 2
    ),
    r"\mathrm{softmax}(\hat{z})_k\,(1 - \mathrm{softmax}(\hat{z})_k)": with_softmax(
        lambda p, q, s: [a * (1 - a) for a in p]
    ),
    r"h_k\,(1 - 2 p_k) - p_k\,(1 - p_k) \sum_j r_j + p_k^2 \sum_j h_j, \quad h_k = \gamma\,q_k\,p_k\,(1 - p_k)^{\gamma - 2} \left((1 - p_k)\,(2 + \log p_k) - (\gamma - 1)\,p_k \log p_k\right), \quad r \;\mathrm{as\;in\;the\;slope}": with_softmax(
        lambda p, q, s: [
            h * (1 - 2 * a) - a * (1 - a) * sum(softmax_focal_r(p, q, s)) + a**2 * sum(softmax_focal_h(p, q, s))
            for a, h in zip(p, softmax_focal_h(p, q, s), strict=True)
        ]
    ),
    r"\frac{1}{\sigma^2}": lambda p, y, s: 1 / s.variance,
    r"e^{\hat{z}}": lambda n, y, s: exp(n),
    r"y\,e^{-\hat{z}}": lambda n, y, s: y * exp(-n),
    r"(2 - p)\,e^{(2 - p) \hat{z}} + (p - 1)\,y\,e^{(1 - p) \hat{z}}": lambda n, y, s: (
        (2 - s.power) * exp((2 - s.power) * n) + (s.power - 1) * y * exp((1 - s.power) * n)
    ),
    r"\frac{q_k}{\hat{p}_k^2}": lambda p, q, s: [over(b, a**2) for a, b in zip(p, q, strict=True)],
    r"p_k\,(1 - p_k) \sum_j y_j\,p_j^q - q \left(y_k\,p_k^q\,(1 - 2 p_k) + p_k^2 \sum_j y_j\,p_j^q\right), \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, y, s: [
            a * (1 - a) * all_ - s.q * (b * a**s.q * (1 - 2 * a) + a**2 * all_)
            for all_ in [dot(y, [c**s.q for c in p])]
            for a, b in zip(p, y, strict=True)
        ]
    ),
    r"\alpha\,p_k\,(1 - p_k) - \beta\,p_k\,(1 - 2 p_k) \left(l_k - \sum_j p_j l_j\right), \quad l_k = \max(\log q_k, A), \quad p = \mathrm{softmax}(\hat{z})": with_softmax(
        lambda p, q, s: [
            s.alpha * a * (1 - a) - s.beta * a * (1 - 2 * a) * (l - dot(p, floored(q, s)))
            for a, l in zip(p, floored(q, s), strict=True)
        ]
    ),
    r"\frac{4\,(y_k S - I)}{S^3}, \quad I = \sum_j \hat{p}_j y_j, \quad S = \sum_j (\hat{p}_j + y_j)": lambda p, y, s: [
        4 * (b * (sum(p) + sum(y)) - dot(p, y)) / (sum(p) + sum(y)) ** 3 for b in y
    ],
    r"\frac{2\,(1 - y_k) \left(y_k U - I\,(1 - y_k)\right)}{U^3}, \quad I = \sum_j \hat{p}_j y_j, \quad U = \sum_j (\hat{p}_j + y_j - \hat{p}_j y_j)": lambda p, y, s: [
        2 * (1 - b) * (b * union(p, y) - dot(p, y) * (1 - b)) / union(p, y) ** 3 for b in y
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

# What a prediction that knows nothing costs, on average over equally frequent classes (K of them)
CHANCES = {
    r"\log 2 \approx 0.6931": lambda s, K: log(2),
    r"\log K": lambda s, K: log(K),
    r"\frac{1}{4}": lambda s, K: 1 / 4,
    r"1": lambda s, K: 1,
    r"2^{-\gamma} \log 2": lambda s, K: 2**-s.gamma * log(2),
    r"\left(1 - \frac{1}{K}\right)^\gamma \log K": lambda s, K: (1 - 1 / K) ** s.gamma * log(K),
    r"\frac{1 - K^{-q}}{q}": lambda s, K: (1 - K**-s.q) / s.q,
}
