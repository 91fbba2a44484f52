"""What the tests know of lossutils/losses/multiclass.py beyond its code; __init__.py says what each table is for."""

from math import exp, log

from lossutils import CategoricalCrossEntropy, KullbackLeibler, SoftmaxCrossEntropy
from tests.proof.readings import dot, over, softmax, with_softmax, xlog

L2 = log(2)
L3 = log(3)

READINGS = {
    # CategoricalCrossEntropy
    r"-\sum_k q_k \log p_k": lambda p, q, s: -sum(xlog(b, a) for a, b in zip(p, q, strict=True)),
    r"-\frac{q_k}{p_k}": lambda p, q, s: [-over(b, a) for a, b in zip(p, q, strict=True)],
    r"\frac{q_k}{p_k^2}": lambda p, q, s: [over(b, a**2) for a, b in zip(p, q, strict=True)],
    # KullbackLeibler
    r"\sum_k q_k \log \frac{q_k}{p_k}": lambda p, q, s: sum(b * log(b / a) for a, b in zip(p, q, strict=True) if b),
    # SoftmaxCrossEntropy
    r"\log \sum_k e^{z_k} - \sum_k q_k z_k": lambda z, q, s: log(sum(exp(a) for a in z)) - dot(q, z),
    r"\mathrm{softmax}(z)_k - q_k": with_softmax(lambda p, q, s: [a - b for a, b in zip(p, q, strict=True)]),
    r"\mathrm{softmax}(z)_k\,(1 - \mathrm{softmax}(z)_k)": with_softmax(lambda p, q, s: [a * (1 - a) for a in p]),
}

LINKS = {
    r"p = \mathrm{softmax}(z)": softmax,
}

CHANCES = {
    r"\log K": lambda s, K: log(K),
}

Z = [[L2, 0.0, 0.0]]
P = [[0.5, 0.25, 0.25]]
BY_HAND = [
    (SoftmaxCrossEntropy(), Z, [0], [L2], [[-0.5, 0.25, 0.25]]),
    (SoftmaxCrossEntropy(), Z, [[0.5, 0.5, 0]], [1.5 * L2], [[0, -0.25, 0.25]]),
    (CategoricalCrossEntropy(), P, [1], [2 * L2], [[0, -4, 0]]),
    (KullbackLeibler(), P, [[0.25, 0.75, 0]], [-0.25 * L2 + 0.75 * L3], [[-0.5, -3, 0]]),
]


HARMLESS = {
    r"(CategoricalCrossEntropy|KullbackLeibler).predicts: predicts = 'mean'": "the same mean",
    r"SoftmaxCrossEntropy.*FEW_CLASSES": "both ways give the same numbers; which is faster depends on the classes",
}
