"""A figure whose moving parts a page draws itself: what stays, and what the page must know of looks and places."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from lossbook.live.frames import Frames, leaves
from lossbook.live.markup import picture
from lossbook.live.recorder import FINE
from lossbook.live.states import Seen
from lossutils.widgets import Explorer

CLASS = re.compile(r'class="([^"]+)"')


class Parts:
    """The picture of an explorer, artist by artist, in any state that it is put into."""

    def __init__(self, explorer: Explorer, key: str):
        self._seen = Seen(explorer, key)
        self.frames: Frames = self._seen.frames
        self.pieces: dict[Artist, str] = {}

    def put(self, **values) -> None:
        """Put the widget into a state, and take down what each artist draws."""
        state = self._seen.state(self._seen.explorer.values | values)
        self.sentence = self._seen.sentences.things[state.sentence]
        self.figure = self._seen.figure
        artists = [artist for artist, _ in leaves(self.figure)]
        self.pieces = {a: self._seen.pieces.things[k] for a, k in zip(artists, state.pieces, strict=True)}

    def looks(self, artist: Artist) -> list[str]:
        """Return the names of the looks of what an artist draws, in their order."""
        return CLASS.findall(self.pieces[artist])

    def elements(self, artist: Artist) -> list[ElementTree.Element]:
        """Return the elements that an artist draws."""
        return list(ElementTree.fromstring(f"<g>{self.pieces[artist]}</g>").iter())

    def right(self, artist: Artist) -> int:
        """Return where a text ends."""
        return round(FINE * artist.get_window_extent(self.frames.recorder).x1)

    def scale(self, ax: Axes) -> dict[str, list[float]]:
        """Return for x and y the place of 0 and the length of 1, which hold for an axis with a linear scale."""
        (x0, y0), (x1, y1) = ax.transData.transform([(0, 0), (1, 1)])
        tall = self.frames.recorder.height
        return {"x": [FINE * x0, FINE * (x1 - x0)], "y": [FINE * (tall - y0), FINE * (y0 - y1)]}

    def svg(self, moving: Mapping[str, Sequence[Artist]]) -> tuple[str, list[str]]:
        """Return the picture as it stands, and the names of its slots in the order in which they cover each other.

        Each name stands for artists that follow each other.
        """
        parts, names = [], []
        names_of = {artist: name for name, artists in moving.items() for artist in artists}
        for artist, piece in self.pieces.items():
            name = names_of.get(artist)
            if name is None:
                parts.append(piece)
            elif name not in names:
                names.append(name)
                inside = "".join(self.pieces[one] for one in moving[name])
                parts.append(f"<g data-slot>{inside}</g>")
        return picture(self.frames.recorder, parts), names
