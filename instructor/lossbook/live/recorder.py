"""Writes down as SVG what Matplotlib's artists draw, in whole tenths of a dot."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from lossutils.plot.paper import small

FINE = 10  # parts of a dot: whole numbers of them are short to write, and no eye sees the rest
ROOM = 30  # dots beyond the rim, at which lines are cut that lead far away
FEW, WIDTHS = 3, 7  # more widths than so many of one collection are rounded; where Matplotlib hands them over
CAPS = {"butt": "", "projecting": "stroke-linecap:square", "round": "stroke-linecap:round"}
JOINS = {"miter": "", "round": "stroke-linejoin:round", "bevel": "stroke-linejoin:bevel"}


class Line(NamedTuple):
    """What is not filled, as the attribute d, with the words for its beginning and for a beginning at its end."""

    written: str
    begin: str
    end: str
    solid: bool


class Recorder(RendererBase):
    """A renderer whose ink is SVG. Looks, clips and markers are named once, in `styles` and `definitions`.

    Names begin with `key`, since all twins of a page share its names. Letters are measured as the PNG has them.
    """

    def __init__(self, figure: Figure, key: str):
        super().__init__()
        self.dpi = figure.dpi
        self.width, self.height = (int(inches * figure.dpi) for inches in figure.get_size_inches())
        self.key, self.styles, self.definitions, self._elements = key, {}, {}, []
        self._measure = RendererAgg(self.width, self.height, self.dpi)
        self._maths = MathTextParser("path")
        self._flip = Affine2D().scale(1, -1).translate(0, self.height)

    def take(self) -> str:
        """Return what was drawn since the last time; neighbours of one look share its name, and lines one path."""
        drawn, self._elements = self._elements, []
        parts = []
        for look, own in itertools.groupby(drawn, key=lambda element: element[0]):
            inside = "".join(_drawn(run) for run in _runs([shape for _, shape in own]))
            parts.append(f'<g class="{look}">{inside}</g>' if look else inside)
        return "".join(parts)

    def _add(self, look: str, shape: str | Line) -> None:
        self._elements.append((look, shape))

    # What Matplotlib asks of a renderer ----------------------------------------------------------------------------

    def get_canvas_width_height(self):
        """Return the size in dots."""
        return self.width, self.height

    def points_to_pixels(self, points):
        """Return a length in dots."""
        return points * self.dpi / 72

    def get_text_width_height_descent(self, s, prop, ismath):
        """Measure a text."""
        return self._measure.get_text_width_height_descent(s, prop, ismath)

    def option_image_nocomposite(self):
        """Keep images apart."""
        return True

    def draw_path(self, gc, path, transform, rgbFace=None):
        """Write a line, a disc or an area; stripes lie over it as an area of their own."""
        flipped = transform + self._flip
        shape, stripes = self._disc(path, flipped) or self._shape(gc, path, flipped, rgbFace), gc.get_hatch()
        if shape:
            self._add(self._look(gc, rgbFace), shape)
        if shape and stripes:
            self._add(self._style(f"fill:url(#{self._stripes(gc)})", self._clip(gc)), shape)

    def draw_path_collection(self, gc, *rest, **more):
        """Write the parts of a collection; where each has a width of its own, whole dots are fine enough."""
        rest = list(rest)
        if len(set(rest[WIDTHS])) > FEW:
            rest[WIDTHS] = [round(self.points_to_pixels(width)) / self.points_to_pixels(1) for width in rest[WIDTHS]]
        super().draw_path_collection(gc, *rest, **more)

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        """Write a marker once, and where it stands."""
        upright = marker_trans + Affine2D().scale(1, -1)
        shape = self._disc(marker_path, upright) or f'<path d="{_written(marker_path.cleaned(upright, curves=True))}"/>'
        look, clip = self._look(gc, rgbFace, clipped=False), self._clip(gc)
        places = _points(path.cleaned(trans + self._flip, remove_nans=True))
        seen = (places > -ROOM).all(axis=1) & (places < [self.width + ROOM, self.height + ROOM]).all(axis=1)
        if seen.sum() > FEW:  # much shorter: a line that can't be seen, with the marker at each of its points
            kind = '<marker id="{}" markerUnits="userSpaceOnUse" overflow="visible">'
            name = self._defined("k", f'{kind}<g class="{look}">{shape}</g></marker>')
            line = _written(Path(places[seen]).cleaned())
            self._add(self._style("fill:none", f"marker:url(#{name})", clip), f'<path d="{line}"/>')
        elif seen.any():
            name = self._defined("m", f'<g id="{{}}" class="{look}">{shape}</g>')
            whole = np.round(FINE * places[seen]).astype(int).tolist()
            self._add(self._style(clip), "".join(f'<use href="#{name}" x="{x}" y="{y}"/>' for x, y in whole))

    def draw_image(self, gc, x, y, im, transform=None):
        """Write an image as PNG."""
        buffer = io.BytesIO()
        Image.fromarray(np.asarray(im)[::-1]).save(buffer, "png")
        data = base64.b64encode(small(buffer.getvalue())).decode("ascii")
        tall, wide = im.shape[:2]
        left, top, wide, tall = (round(FINE * v) for v in (x, self.height - y - tall, wide, tall))
        place = f'x="{left}" y="{top}" width="{wide}" height="{tall}"'
        self._add("", f'<image {place} href="data:image/png;base64,{data}"/>')

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
        """Write letters as letters."""
        size = self.points_to_pixels(prop.get_size_in_points())
        bold = "font-weight:bold" if prop.get_weight() in ("bold", 700) else ""
        look = self._style(f"font-size:{_tenths(size)}px", f"fill:{to_hex(gc.get_rgb())}", bold, *_alpha(gc, "fill"))
        x, y = round(FINE * x), round(FINE * y)
        turned = f' transform="rotate({-angle:g} {x} {y})"' if angle else ""
        if ismath:
            self._add(look, f"<text{turned}>{self._formula(x, y, s, prop)}</text>")
        else:
            self._add(look, f'<text x="{x}" y="{y}"{turned}>{escape(s, quote=False)}</text>')

    def _formula(self, x, y, s, prop) -> str:
        """Return the letters of a formula, each at its place; our formulas have no strokes of fractions."""
        _, _, _, glyphs, _ = self._maths.parse(s, 72, prop)
        scale = FINE * self.dpi / 72
        return "".join(
            f'<tspan x="{round(x + scale * dx)}" y="{round(y - scale * dy)}" '
            f'font-size="{_tenths(self.points_to_pixels(size))}">{escape(chr(letter), quote=False)}</tspan>'
            for _, size, letter, _, dx, dy in glyphs
        )

    def _shape(self, gc, path, flipped, face) -> str | Line:
        rim = None if face is not None else (-ROOM, -ROOM, self.width + ROOM, self.height + ROOM)
        clean = path.cleaned(
            flipped,
            remove_nans=True,
            clip=rim,
            simplify=face is None and path.codes is None,
            curves=True,
            snap=gc.get_snap(),
            stroke_width=self.points_to_pixels(gc.get_linewidth()),
        )
        written = _written(clean)
        if not written or face is not None:
            return written and f'<path d="{written}"/>'
        first, *_, last = np.round(FINE * _points(clean)).astype(int).tolist()
        return Line(written, "M" + _pair(*first), "M" + _pair(*last), not _alpha(gc, "stroke"))

    @staticmethod
    def _disc(path, flipped) -> str:
        """Return a circle, if the path has the shape of Matplotlib's round marker and keeps it."""
        circle = Path.unit_circle()
        if len(path.vertices) != len(circle.vertices) or not np.array_equal(path.codes, circle.codes):
            return ""
        size = path.vertices.max()
        (a, b, x), (c, d, y), _ = flipped.get_matrix()
        if not np.allclose(path.vertices, size * circle.vertices) or b or c or abs(a) != abs(d):
            return ""
        x, y, r = (round(FINE * v) for v in (x, y, abs(a) * size))
        return f'<circle cx="{x}" cy="{y}" r="{r}"/>'

    # Looks, each named once ----------------------------------------------------------------------------------------

    def _look(self, gc, face, clipped: bool = True) -> str:
        rules = ["fill:none"] if face is None else [f"fill:{to_hex(face[:3])}", *_alpha(gc, "fill", face)]
        width = self.points_to_pixels(gc.get_linewidth())
        if width and gc.get_rgb()[3]:
            rules += [f"stroke:{to_hex(gc.get_rgb()[:3])}", f"stroke-width:{_tenths(width)}", *_alpha(gc, "stroke")]
            rules += [CAPS[gc.get_capstyle()], JOINS[gc.get_joinstyle()]]
            offset, dashes = gc.get_dashes()
            if dashes is not None:
                rules.append("stroke-dasharray:" + " ".join(_tenths(self.points_to_pixels(dash)) for dash in dashes))
                rules.append(f"stroke-dashoffset:{_tenths(self.points_to_pixels(offset))}" if offset else "")
        return self._style(*rules, self._clip(gc) if clipped else "")

    def _style(self, *rules: str) -> str:
        written = ";".join(rule for rule in rules if rule)
        return self.styles.setdefault(written, f"{self.key}-{len(self.styles)}") if written else ""

    def _stripes(self, gc) -> str:
        """Return the name of a pattern: a tile of an inch, as Matplotlib has it."""
        tile = gc.get_hatch_path().cleaned(Affine2D().scale(self.dpi, -self.dpi).translate(0, self.dpi))
        colour, width = to_hex(gc.get_hatch_color()), _tenths(self.points_to_pixels(gc.get_hatch_linewidth()))
        ink = f"fill:{colour};stroke:{colour};stroke-width:{width};stroke-linecap:square"
        inch = round(FINE * self.dpi)
        lines = f'<path style="{ink}" d="{_written(tile)}"/>'
        pattern = f'<pattern id="{{}}" patternUnits="userSpaceOnUse" width="{inch}" height="{inch}">{lines}</pattern>'
        return self._defined("h", pattern)

    def _clip(self, gc) -> str:
        box = gc.get_clip_rectangle()
        if box is None:
            return ""
        x0, y0, x1, y1 = (round(FINE * v) for v in (box.x0, self.height - box.y1, box.x1, self.height - box.y0))
        shape = f'<rect x="{x0}" y="{y0}" width="{x1 - x0}" height="{y1 - y0}"/>'
        name = self._defined("c", f'<clipPath id="{{}}">{shape}</clipPath>')
        return f"clip-path:url(#{name})"

    def _defined(self, letter: str, written: str) -> str:
        name = f"{self.key}{letter}{len(self.definitions)}"
        return self.definitions.setdefault(written, name)


def _alpha(gc, kind: str, face=None) -> list[str]:
    forced = gc.get_forced_alpha()
    alpha = gc.get_alpha() if forced else (face[3] if face is not None and len(face) == 4 else gc.get_rgb()[3])
    return [f"{kind}-opacity:{alpha:.3g}"] if alpha < 1 else []


def _tenths(dots: float) -> str:
    return f"{FINE * dots:.4g}"


def _written(path: Path) -> str:
    """Return a path as the attribute d: from point to point, in whole steps."""
    parts, here, pending = [], (0, 0), []
    kinds = {Path.LINETO: (1, "l"), Path.CURVE3: (2, "q"), Path.CURVE4: (3, "c")}
    letter_before = ""
    points = np.round(FINE * path.vertices).astype(int).tolist()
    for code, point in zip(path.codes.tolist(), points, strict=True):
        if code == Path.STOP:
            break
        if code == Path.MOVETO:
            parts.append("M" + _pair(*point))
            here, letter_before = point, "M"
        elif code == Path.CLOSEPOLY:
            parts.append("z")
            letter_before = "z"
        else:
            count, letter = kinds[code]
            pending.append((point[0] - here[0], point[1] - here[1]))
            if len(pending) < count:
                continue
            if any(step != (0, 0) for step in pending):
                steps = _joined([_pair(*step) for step in pending])
                parts.append((letter if letter != letter_before else "" if steps[0] == "-" else " ") + steps)
                here, letter_before = point, letter
            pending = []
    return "".join(parts) if len(parts) > 1 else ""


def _points(path: Path) -> np.ndarray:
    """Return the points of a path without the stop that Matplotlib puts behind them."""
    return path.vertices if path.codes is None else path.vertices[path.codes != Path.STOP]


def _runs(shapes: list[str | Line]) -> Iterator[list]:
    """Gather lines that follow each other and can be one; other shapes stay alone.

    Where lines that can be seen through lie on each other, each must darken the other: they are one if one goes on
    where another ended.
    """
    run: list = []
    for shape in shapes:
        goes_on = run and isinstance(shape, Line) and (shape.solid or shape.begin == run[-1].end)
        if run and not goes_on:
            yield run
            run = []
        run.append(shape)
        if not isinstance(shape, Line):
            yield run
            run = []
    if run:
        yield run


def _drawn(run: list) -> str:
    """Write a shape, or lines as one path, in which one that begins where another ended goes on from there."""
    if not isinstance(run[0], Line):
        return run[0]
    ends = [None, *(line.end for line in run[:-1])]
    pairs = zip(run, ends, strict=True)
    written = (line.written.removeprefix(line.begin) if line.begin == end else line.written for line, end in pairs)
    return f'<path d="{"".join(written)}"/>'


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def _joined(pairs: list[str]) -> str:
    return "".join(pair if k == 0 or pair[0] == "-" else f" {pair}" for k, pair in enumerate(pairs))
