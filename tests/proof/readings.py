"""Words that second readings share (tests/library/losses): each in plain Python, from the math module alone."""

from math import exp, log


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
