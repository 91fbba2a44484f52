"""What a widget says where no kernel runs: on a web page, and in a notebook that nobody has run yet."""

from __future__ import annotations

import ipywidgets
from IPython.display import display

# Where nothing draws widgets, such as GitHub's page of a notebook, the output would be empty. Where one is drawn, this
# hides itself.
NOTE = "A widget stands here when the notebook runs: open it in JupyterLab and run this cell."
HIDING = ", ".join(
    f"{area}:has(.widget-vbox) .without-widget" for area in (".jp-OutputArea", ".cell_output", ".output")
)
PAGE = f'<p class="without-widget"><em>{NOTE}</em></p><style>{HIDING} {{ display: none }}</style>'
# Shared by all that need no other: a lecture stores each layout
PLAIN, TIGHT = ipywidgets.Layout(), ipywidgets.Layout(width="max-content")
HINT = "Nothing happens? Run this cell first: click into it and press Shift + Enter."


class Live(ipywidgets.VBox):
    """A widget of the course. Until its kernel has answered once, it says what to do if none does."""

    def __init__(self, children):
        self._hint = ipywidgets.HTML(f'<div style="line-height: 1.4"><em>{HINT}</em></div>', layout=PLAIN)
        super().__init__(children)

    def answered(self) -> None:
        """Take the hint away: a kernel is there."""
        self._hint.value = ""

    def _ipython_display_(self) -> None:
        display({"text/html": PAGE, "text/plain": NOTE}, raw=True)
        display(self._repr_mimebundle_(), raw=True)
