"""Mean squared error, properly.

What does a mean of squares tell, what does it hide, and what do units do to it?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    areas="Squares squares",
    errors="error_parts residuals where_training_ends",
    sliders="widget",
)
