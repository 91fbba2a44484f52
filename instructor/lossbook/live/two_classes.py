"""The twin of chapter 08: the weights of a curve and the program of its loss, from which the page computes."""

from __future__ import annotations

import re

import numpy as np
from matplotlib.axes import Axes

from lossbook.live.controls import branches
from lossbook.live.markup import Twin
from lossbook.live.parts import Parts
from lossbook.live.recorder import FINE
from lossutils.widgets import Explorer

LESS = "Here the page itself computes what Python computes in the notebook."
LITERAL, SQUARED = 2, 3  # among the programs: the one whose losses can be infinite, and the one of another loss
SURE = 25.0  # a score at which labels 0 cost infinitely much; no score of the sliders does that to labels 1
LINE = re.compile(r"M(\d+) \d+l(\d+) 0")


def two_classes(explorer: Explorer, key: str) -> Twin:
    """Return the twin of the widget of chapter 08."""
    parts, (branch,) = Parts(explorer, key), branches(explorer, {})
    programs = branch.controls[branch.names.index("program")].values
    begin = branch.values(branch.start)
    parts.put(**begin)
    above, below = parts.figure.axes
    errors, curve, bars = above.collections[-1], above.lines[-1], list(below.patches)
    x, y = np.array([segment[0] for segment in errors.get_segments()]).T
    order = np.lexsort((y, x))  # as the bars stand
    labels = {"entropy": below.get_ylabel()}
    parts.put(program=programs[SQUARED])
    labels["squared"] = below.get_ylabel()
    parts.put(b=SURE, program=programs[LITERAL])
    labels["endless"] = below.get_ylabel()
    stripes = parts.looks(bars[int(np.argmax(y[order] == 0))])[-1]
    parts.put(**begin)
    svg, slots = parts.svg({"curve": [curve], "errors": [errors], "bars": bars, "axis": [below.yaxis]})
    place, unit = parts.scale(below)["x"]
    data = {
        "computes": "twoClasses",
        "controls": [one.with_values() for one in branch.controls],
        "buttons": list(explorer.actions),
        "slots": slots,
        "centre": float(branch.controls[1].name.rpartition(" ")[2]),
        "unit": branch.controls[0].name.removeprefix("w, per "),
        "names": [above.get_yticklabels()[place].get_text().rpartition("  ")[0] for place in (0, -1)],
        "x": x.tolist(),
        "y": y.astype(int).tolist(),
        "order": order.tolist(),
        "shown": above.get_xlim(),
        "above": parts.scale(above),
        "below": {"zero": round(parts.scale(below)["y"][0]), "tall": round(FINE * below.bbox.height)},
        "looks": {
            "curve": parts.looks(curve)[0],
            "errors": parts.looks(errors)[0],
            "bars": [parts.looks(bars[int(np.argmax(y[order] == label))])[0] for label in (0, 1)],
            "stripes": stripes,
        },
        "bars": [[round(place + unit * bar.get_x()), round(unit * bar.get_width())] for bar in bars],
        "axis": _axis(parts, below) | {"labels": labels},
    }
    return Twin(key, svg, parts.sentence, data, LESS)


def _axis(parts: Parts, ax: Axes) -> dict:
    """Return what a page must know to draw the vertical axis: looks and places of a line, a mark and a number."""
    drawn = parts.elements(ax.yaxis)
    grid, mark, number = (next(one for one in drawn if one.tag == tag) for tag in ("path", "use", "text"))
    start, length = map(int, LINE.match(grid.get("d")).groups())
    looks = parts.looks(ax.yaxis)
    return {
        "grid": looks[0],
        "from": start,
        "to": start + length,
        "mark": mark.get("href"),
        "x": int(mark.get("x")),
        "look": looks[1],
        "right": parts.right(ax.yaxis.get_major_ticks()[0].label1),
        "down": int(number.get("y")) - int(mark.get("y")),
        "label": [int(drawn[-1].get(way)) for way in ("x", "y")],
    }
