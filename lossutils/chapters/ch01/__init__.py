"""What is a loss?

One number for how wrong a prediction is: which guess does each loss prefer, and why?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    guesses="histogram_with_constants risk_curves",
    game="Game constant_game reach",
    metric="metric_at_guess",
    thirteen="thirteen_guesses",
    sliders="widget",
)
