"""The twenty ends of the chooser as a table, which works where nothing can be pressed."""

from __future__ import annotations

from IPython.display import display

from lossutils.chooser import Choice, every_choice, paths
from lossutils.loss import Loss

HEAD = ("| | your answers | loss, and what judges it |", "|--:|:--|:--|")  # three columns are too wide for a phone


def every_end() -> None:
    """Show every end of the chooser: the answers that lead to it, its losses, and what judges it."""
    rows = [f"| {choice.number} | {_ways(choice)} | {_losses(choice)}<br>{choice.judge} |" for choice in every_choice()]
    text = "\n".join([*HEAD, *rows])
    display({"text/markdown": text, "text/plain": text}, raw=True)


def _ways(choice: Choice) -> str:
    """All the answers that lead to an end."""
    return "<br>or: ".join(" → ".join(path) for path in paths()[choice.name])


def _losses(choice: Choice) -> str:
    """The losses of an end in short: of a sum its parts."""
    return " or ".join(f"`{_name(loss)}`" for loss in choice.losses)


def _name(loss) -> str:
    parts = [] if isinstance(loss, Loss) else getattr(loss, "parts", [])
    return " + ".join(type(part.loss).__name__ for part in parts) or type(loss).__name__
