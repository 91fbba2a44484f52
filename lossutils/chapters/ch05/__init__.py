"""Robust losses.

What does a loss make of rows that are wrong, and who decides which rows these are?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    rows="weighted_lines",
    voices="slopes_and_weights",
    edges="along_the_edge",
    ties="pair_lines best_pair_lines equal_lines",
    valleys="risk_valleys",
    slips="over_slips",
    search="Search line_search",
    curious="efficient_edges stack_loss_robust one_dial",
    sliders="widget",
)
