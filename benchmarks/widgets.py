"""From slider to picture: each widget beside a bare Matplotlib drawing of the same size.

    python benchmarks/widgets.py [--rounds 7]

One process, interleaved rounds, the least time of each. The bare drawing is one curve in one pair of axes, drawn anew
and written as PNG. How many pictures a move may draw is a matter of the tests, not of time.
"""

from __future__ import annotations

import argparse
import io
import itertools
import struct
from collections.abc import Callable

import numpy as np
from clock import least_times
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lossutils import data, widgets
from lossutils.chapters import ch01, ch02, ch03, ch04, ch05, ch08, ch09, ch12
from lossutils.plot.paper import DPI

BARE = "bare"


def made() -> dict[str, tuple[widgets.Explorer, str, tuple[float, float]]]:
    """Return each widget with one of its controls, and two values between which a hand moves it."""
    cars, launches, phones = data.auto_mpg(), data.challenger(), data.phones()
    weight, mpg, year, calls = cars["weight"] / 1000, cars["mpg"], phones["year"], phones["calls"]
    return {
        "constant_game": (ch01.widget(data.chem()["copper"], "ppm"), "c", (3.0, 5.0)),
        "two_classes": (ch08.widget(launches["temperature"], launches["damage"], 70), "w", (-0.3, -0.1)),
        "likelihood": (ch03.widget(), "fit", ((0, 0.5), (0, 0.9))),
        "loss_surface": (ch02.widget(weight, mpg), "rate", (0.02, 0.08)),
        "squares": (ch04.widget(weight[::20], mpg[::20]), "shift", (5.0, 30.0)),
        "line_search": (ch05.widget(year, calls, {"all": year > 0, "six": calls > 100}), "start", ("all", "six")),
        "rare_class": (ch12.widget(), "threshold", (0.1, 0.5)),
        "three_classes": (ch09.widget(), "second", (-1.0, 3.0)),
    }


def move(widget: widgets.Explorer, control: str, places: tuple) -> Callable[[], None]:
    """Return what moves the control to and fro; each call is one move and one picture."""
    turns = itertools.cycle(places)

    def way():
        widget.controls[control].value = next(turns)

    return way


def bare_drawing(png: bytes) -> Callable[[], None]:
    """Return what draws one curve on a sheet as large as this picture."""
    width, height = struct.unpack(">II", png[16:24])
    x = np.linspace(0, 1, 200)

    def way():
        figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI)
        FigureCanvasAgg(figure)
        figure.add_subplot().plot(x, x**2)
        figure.savefig(io.BytesIO(), format="png")

    return way


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    print("| widget | slider to picture, ms | × a bare drawing |\n|:--|--:|--:|")
    for name, (widget, control, places) in made().items():
        ways = {name: move(widget, control, places), BARE: bare_drawing(widget.picture)}
        times = least_times(ways, rounds)
        print(f"| {name} | {times[name] / 1000:.0f} | {times[name] / times[BARE]:.2f} |", flush=True)


if __name__ == "__main__":
    main()
