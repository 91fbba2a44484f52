"""Mean squared error, properly.

What does a mean of squares tell, what does it hide, and what do units do to it?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    areas="Squares squares",
    triangle="right_triangle",
    parts="small_world many_fits error_parts over_seeds",
    errors="residuals",
    ends="where_training_ends",
    learners="walk line network",
    curious="lost_digits stack_loss rich_households",
    sliders="widget",
)
