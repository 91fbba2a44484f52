"""How well two colours can be told apart, by the Web Content Accessibility Guidelines."""

import numpy as np
from matplotlib.colors import to_rgb


def luminance(colour):
    """How bright a colour is, from 0 to 1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
    return np.dot([0.2126, 0.7152, 0.0722], linear)


def contrast(ink, ground):
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted([luminance(ink), luminance(ground)])
    return (high + 0.05) / (low + 0.05)
