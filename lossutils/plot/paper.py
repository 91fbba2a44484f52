"""The paper that figures are drawn on: its size, its type, its colours, and how it is shown."""

from __future__ import annotations

import base64
import inspect
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

DPI = 128
WIDTH = 7.5  # inches: 960 dots, the width of JupyterLab's column, where a point here is 1.3 points of its text
BODY, SIZE, TITLE = 13, 13, 14.5  # points; SIZE is the smallest: 22 dots there, and 8.7 on a column of 360

# A card of its own, soft on a light page and on a dark one. Ink on the page itself can't be right on both: it needs a
# contrast of 4.5 with white and with JupyterLab's dark #111111, and those two have only 18.9 < 4.5² between them.
PAPER = "#F4F2EC"
INK, GREY, FAINT = "#222222", "#5F5F5F", "#D6D3CA"
ROUND = 0.12  # inches: the corners of the card
ON_TOP = {
    "zorder": 6,
    "bbox": {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8, "alpha": 0.85},
}  # lines pass behind

# Okabe and Ito's colours without yellow, which vanishes on a light ground; each has its own line and its own marker.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9")
BLUE, RED, GREEN, PURPLE = COLOURS[:4]
SKY = COLOURS[6]
DASHES = (
    "-",
    (0, (5, 2)),
    (0, (6, 2, 1.2, 2)),
    (0, (1.2, 1.6)),
    (0, (10, 2)),
    (0, (3, 1.2, 1, 1.2, 1, 1.2)),
    (0, (2, 3)),
)
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

# The caption, and under it the numbers; without the empty lines Markdown inside HTML would stay as it is typed.
FOLDED = "*{}*\n\n<details><summary>{}</summary>\n\n{}\n\n</details>"

# Matplotlib's own defaults first: what a reader has set must not change the course's pictures.
STYLE = {
    **{k: v for k, v in matplotlib.rcParamsDefault.items() if k not in ("backend", "backend_fallback", "interactive")},
    "font.family": ["DejaVu Sans"],
    "font.size": BODY,
    "axes.titlesize": TITLE,
    "axes.titlelocation": "left",
    "axes.labelsize": BODY,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "xtick.major.pad": 6,
    "ytick.major.pad": 5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.2,
    "lines.markersize": 7,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "axes.facecolor": PAPER,
}


def on_paper(draw: Callable) -> Callable:
    """Let a function draw in the course's style, whatever the reader's own settings are."""

    @wraps(draw)
    def drawn(*args, **kwargs):
        with own_style():
            return draw(*args, **kwargs)

    return drawn


@contextmanager
def own_style() -> Iterator[None]:
    """Give the course's style as a context, for code that is no function of its own.

    The reader's `np.seterr` doesn't count inside: a product of densities that rounds to 0 is a picture, not an error.
    """
    with matplotlib.rc_context(STYLE), np.errstate(all="ignore"):
        yield


def quiet(cls: type) -> type:
    """Let all methods of a class compute whatever the reader's `np.seterr` says; that setting stays as it was."""
    calm = np.errstate(all="ignore")
    for name, thing in list(vars(cls).items()):
        if inspect.isfunction(thing):
            setattr(cls, name, calm(thing))
        elif isinstance(thing, property):
            setattr(cls, name, property(calm(thing.fget), doc=thing.__doc__))
    return cls


class Drawn:
    """A picture that is drawn once, into `figure`, and in which some marks are moved afterwards."""

    figure: Figure

    def png(self) -> bytes:
        """Return the picture as it stands."""
        return png(self.figure)


def blank(height: float = 4.0, width: float = WIDTH) -> Figure:
    """Return an empty card of so many inches, with round corners and a canvas that can measure text."""
    fig = Figure(figsize=(width, height), dpi=DPI)
    FigureCanvasAgg(fig)
    card = FancyBboxPatch((0, 0), width, height, boxstyle=f"round,pad=0,rounding_size={ROUND}", fc=PAPER, ec="none")
    card.set(transform=fig.dpi_scale_trans, figure=fig)
    fig.patch = card
    return fig


def axes(fig: Figure, left: float, bottom: float, right: float, top: float, sharex: Axes | None = None) -> Axes:
    """Add axes between the given margins, in inches from the four edges of the sheet."""
    width, height = fig.get_size_inches()
    place = (left / width, bottom / height, (width - left - right) / width, (height - bottom - top) / height)
    ax = fig.add_axes(place, sharex=sharex)
    ax.locator_params(nbins=6, steps=[1, 2, 5, 10])  # few ticks, so that their numbers can be large
    return ax


def name_axes(ax: Axes, x: str = "", y: str = "", title: str | None = None) -> None:
    """Label both axes; the vertical one's label lies on top of it, so that it is read without turning the head."""
    ax.set_xlabel(x)
    ax.set_ylabel(y, rotation=0, ha="left", va="bottom")
    ax.yaxis.set_label_coords(0, 1.015)
    if title:
        ax.set_title(title, pad=24 if y else 8, fontweight="bold")


def head(fig: Figure, title: str) -> None:
    """Write the title of a figure with several panels, at the upper left."""
    fig.text(0.02, 1 - 0.12 / fig.get_figheight(), title, fontsize=TITLE, fontweight="bold", va="top")


def text_width(fig: Figure, text: str, size: float) -> float:
    """Return the width of a text in inches."""
    artist = fig.text(0, 0, text, fontsize=size)
    width = artist.get_window_extent(fig.canvas.get_renderer()).width / fig.dpi
    artist.remove()
    return width


def png(fig: Figure) -> bytes:
    """Return the figure as PNG, without a date or a version, so that the same figure gives the same bytes."""
    buffer = io.BytesIO()
    with own_style():
        fig.savefig(buffer, format="png", dpi=fig.dpi, metadata={"Software": None})
    return buffer.getvalue()


def small(picture: bytes) -> bytes:
    """Return a PNG in 256 colours, a third of its size: for pictures that notebooks store.

    The commonest colours stay exact. The others, at the rims of letters and lines, become the most similar of those
    that are kept; the last ones to be kept are always the least similar to all before.
    """
    from PIL import Image  # comes with Matplotlib

    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGBA"))
    found, place, count = np.unique(pixels.reshape(-1, 4).view("<u4"), return_inverse=True, return_counts=True)
    colours = found[:, np.newaxis].view(np.uint8).astype(int)
    kept = list(np.argsort(-count, kind="stable")[:128])
    nearest = np.argmin(apart := np.abs(colours[:, np.newaxis] - colours[kept]).max(axis=2), axis=1)
    apart = apart.min(axis=1)
    while len(kept) < 256 and apart.any():
        kept.append(int(np.argmax(apart)))
        new = np.abs(colours - colours[kept[-1]]).max(axis=1)
        nearest, apart = np.where(new < apart, len(kept) - 1, nearest), np.minimum(apart, new)
    image = Image.fromarray(nearest.astype(np.uint8)[place.ravel()].reshape(pixels.shape[:2]), "P")
    image.putpalette(colours[kept].astype(np.uint8).tobytes(), "RGBA")
    buffer = io.BytesIO()
    image.save(buffer, "png", optimize=True)
    return buffer.getvalue()


def show(fig: Figure, words: str, caption: str = "") -> None:
    """Display the figure, and under it what it says: its caption, with the numbers folded, or the numbers alone.

    `words` are the picture's numbers as a sentence or two; a screen reader says them. `caption` is the one sentence
    that says what to see.
    """
    from IPython.display import display

    sentence = f"Figure: {words}"
    picture = base64.b64encode(small(png(fig))).decode("ascii")
    alt = {"image/png": {"alt": sentence}}
    display({"image/png": picture, "text/plain": sentence}, metadata=alt, raw=True)
    line = FOLDED.format(_plain(caption), _title(words), _plain(words)) if caption else f"*{_plain(sentence)}*"
    display({"text/markdown": line, "text/plain": caption or sentence}, raw=True)


def _title(words: str) -> str:
    """What is folded under a figure: its numbers, or, of a schematic, what it shows."""
    return "Numbers in this figure" if any(letter.isdigit() for letter in words) else "This figure in words"


def _plain(sentence: str) -> str:
    """Escape what Markdown would read as emphasis, formula, code or HTML."""
    return "".join("\\" + letter if letter in "\\*_`$<" else letter for letter in sentence)
