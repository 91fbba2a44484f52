"""The twin of chapter 09: three scores, a temperature and a target, from which the page computes."""

from __future__ import annotations

import base64
import io
import math
import re

import numpy as np
from matplotlib.image import AxesImage
from PIL import Image

from lossbook.live.controls import Few, branches
from lossbook.live.markup import Twin
from lossbook.live.parts import Parts
from lossbook.live.recorder import FINE
from lossutils.widgets import Explorer

EPSILON = "ε, if smoothed"
FEW = {EPSILON: Few(46)}  # the greys are stored for each of its places
LESS = "Here the page itself computes; the greys in the triangle stand for every second ε."
EVEN = {"first": math.log(8), "second": 0.0, "third": 0.0, "epsilon": 0.3}  # where p = q: all slopes are 0.000
LEFTWARDS = {"first": -10.0, "second": -10.0, "third": 10.0}  # from the third corner to the first
SLOPE = "0.000"


def three_classes(explorer: Explorer, key: str) -> Twin:
    """Return the twin of the widget of chapter 09."""
    parts, (branch,) = Parts(explorer, key), branches(explorer, FEW)
    kinds = branch.controls[branch.names.index("kind")].values
    epsilons = branch.controls[branch.names.index("epsilon")].values
    begin = branch.values(branch.start)
    parts.put(**begin | EVEN | {"kind": kinds[1]})
    left, right = parts.figure.axes
    (bands,), (goal, said) = right.images, (left.patches[:3], left.patches[3:])
    to, since = right.lines[:2]
    (arrow,) = (text for text in right.texts if getattr(text, "arrow_patch", None))
    slopes = [one for one in parts.elements(left.xaxis) if one.text == SLOPE]
    rest = re.sub(f"<text [^>]*>{SLOPE}</text>", "", parts.pieces[left.xaxis])
    data = {
        "computes": "threeClasses",
        "controls": [one.with_values() for one in branch.controls],
        "buttons": list(explorer.actions),
        "share": parts.scale(left)["y"],
        "bars": [_bars(parts, bars) for bars in (goal, said)],
        "axis": {
            "rest": rest,
            "look": parts.looks(left.xaxis)[0],
            "y": int(slopes[0].get("y")),
            "x": [round(FINE * left.transData.transform((k, 0))[0]) for k in range(3)],
        },
        "triangle": parts.scale(right),
        "bands": [
            [_bands(parts, bands, begin | {"kind": kinds[0]})],
            [_bands(parts, bands, begin | {"kind": kinds[1], "epsilon": epsilon}) for epsilon in epsilons],
            [_bands(parts, bands, begin | {"kind": kinds[2], "readers": count}) for count in range(7)],
        ],
    }
    parts.put(**begin | LEFTWARDS)
    data["arrow"] = _arrow(parts, arrow, right)
    data["marks"] = [parts.elements(mark)[1].get("href") for mark in (to, since)]
    parts.put(**begin)
    moving = {"axis": [left.xaxis], "goal": goal, "said": said, "bands": [bands], "arrow": [arrow]}
    svg, data["slots"] = parts.svg(moving | {"to": [to], "from": [since]})
    return Twin(key, svg, parts.sentence, data, LESS)


def _bars(parts: Parts, bars) -> dict:
    """Return look, left ends and width of bars."""
    place, unit = parts.scale(bars[0].axes)["x"]
    return {
        "look": parts.looks(bars[0])[0],
        "x": [round(place + unit * bar.get_x()) for bar in bars],
        "width": round(unit * bars[0].get_width()),
    }


def _bands(parts: Parts, bands: AxesImage, values) -> str:
    """Return the greys over the triangle: a dot for each of the array's numbers, which the browser enlarges."""
    parts.put(**values)
    (left, width), (bottom, height) = parts.scale(bands.axes).values()
    low, high = bands.get_extent()[2:]
    dots = np.flipud(bands.to_rgba(bands.get_array(), bytes=True))
    colours, numbers = np.unique(dots.reshape(-1, 4), axis=0, return_inverse=True)
    image, buffer = Image.fromarray(numbers.astype(np.uint8).reshape(dots.shape[:2]), "P"), io.BytesIO()
    image.putpalette(colours.tobytes(), "RGBA")
    image.save(buffer, "png", optimize=True)
    data = base64.b64encode(buffer.getvalue()).decode("ascii")
    place = f'x="{left:.0f}" y="{bottom + height * high:.0f}" width="{width:.0f}" height="{height * (low - high):.0f}"'
    return f'<image {place} preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'


def _arrow(parts: Parts, arrow, ax) -> dict:
    """Return the looks of the shaft and of the head, the head as seen from its tip, and what both ends leave free."""
    path = arrow.arrow_patch.get_path()
    begin = int(np.flatnonzero(path.codes == path.MOVETO)[1])
    start, end = ax.transData.transform([arrow.xyann, arrow.xy])
    along = (end - start) / np.hypot(*(end - start))
    shaft, head = FINE * (path.vertices[:begin] - end), FINE * (path.vertices[begin:] - end)
    points = np.column_stack([head @ along, head @ [along[1], -along[0]]]).round().astype(int)[:3]
    looks = parts.looks(arrow)
    return {
        "looks": looks,
        "head": "M" + "L".join(f"{x} {y}" for x, y in points.tolist()) + "z",
        "from": round(float(FINE * np.hypot(*(end - start)) + shaft[0] @ along)),
        "to": round(float(-shaft[-1] @ along)),
    }
