"""Takes a figure apart into what its artists draw, and draws only those anew that have changed."""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from lossbook.live.recorder import Recorder
from lossutils.plot.paper import own_style


class Frames:
    """A figure as a list of pieces of SVG, one for each artist, in the order in which they cover each other."""

    def __init__(self, key: str):
        self.key = key
        self.recorder: Recorder | None = None
        self._known: WeakKeyDictionary[Artist, tuple] = WeakKeyDictionary()

    def of(self, figure: Figure) -> tuple[str, ...]:
        """Return the pieces of a figure as it stands now."""
        if self.recorder is None:
            self.recorder = Recorder(figure, self.key)
        with own_style():
            return tuple(self._piece(*leaf) for leaf in leaves(figure))

    def _piece(self, artist: Artist, ax: Axes | None) -> str:
        """Return what an artist draws: what is known of it, unless it says that it has changed, or its axes have."""
        seen = ax and (ax.viewLim.bounds, ax.xaxis.get_label_text(), ax.yaxis.get_label_text())
        known = self._known.get(artist)
        # An annotation doesn't say so when the point is moved that it points to
        if known and known[0] == seen and not artist.stale and not isinstance(artist, Annotation):
            return known[1]
        artist.draw(self.recorder)
        drawn = self.recorder.take()
        artist.stale = False  # also if it drew nothing
        self._known[artist] = seen, drawn
        return drawn


def leaves(figure: Figure) -> Iterator[tuple[Artist, Axes | None]]:
    """Yield the artists of a figure that have no others inside, each with its axes, from the lowest to the highest."""
    yield figure.patch, None
    inside = [*figure.artists, *figure.lines, *figure.patches, *figure.texts, *figure.legends, *figure.axes]
    for thing in sorted(inside, key=Artist.get_zorder):
        if not isinstance(thing, Axes):
            yield thing, None
        elif thing.get_visible():
            thing.get_xlim(), thing.get_ylim()  # Matplotlib sets the limits only when they are asked for
            yield thing.patch, thing
            parts = [part for part in thing.get_children() if part is not thing.patch]
            yield from ((part, thing) for part in sorted(parts, key=Artist.get_zorder))
