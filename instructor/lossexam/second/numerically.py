"""Slopes, zeros and minima of a function, found without knowing its formula."""


def slope(function, at, step=1e-5):
    """Return the central difference."""
    return (function(at + step) - function(at - step)) / (2 * step)


def crossing(function, low, high):
    """Return where a function that is below 0 at `low` and above at `high` passes 0, by halving."""
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return high


def least(function, low, high):
    """Return where a function with one valley is least, by thirds."""
    for _ in range(100):
        third = (high - low) / 3
        low, high = (low, high - third) if function(low + third) < function(high - third) else (low + third, high)
    return (low + high) / 2
