"""The twenty ends of the chooser as a table, which works where nothing can be pressed."""

from __future__ import annotations

from lossutils.chooser import Choice, every_choice
from lossutils.loss import Loss
from lossutils.plot.folded import table


def every_end() -> None:
    """Show every end of the chooser: the answers that lead to it, its losses, and what judges it."""
    rows = [(choice.number, " → ".join(choice.path), _losses(choice), choice.judge) for choice in every_choice()]
    table(("", "your answers", "loss", "judge it by"), rows)


def _losses(choice: Choice) -> str:
    """The losses of an end in short: of a sum its parts."""
    named = [
        type(loss).__name__ if isinstance(loss, Loss) else _parts(loss)
        for loss in choice.losses
    ]
    return " or ".join(f"`{name}`" for name in named)


def _parts(loss) -> str:
    parts = getattr(loss, "parts", None)
    return " + ".join(type(part.loss).__name__ for part in parts) if parts else type(loss).__name__
