"""How a loss teaches.

Value, slope, curvature: how does one number move a model, how fast, and when does training explode?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    one_weight="walks",
    minima="lowest newton",
    descent="Surface loss_surface",
    sliders="widget",
)
