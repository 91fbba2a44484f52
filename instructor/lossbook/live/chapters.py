"""Which widget of each chapter has a twin, and at how many places its sliders stop there.

A slider that is not named here keeps all its places; one name can mean sliders of several lines of a menu, which are
told apart by the line's number. What a chapter's text asks a reader to find must be found with
the places that are kept.
"""

from __future__ import annotations

from typing import NamedTuple

from lossbook.live.controls import Few


class Chosen(NamedTuple):
    """The cell of a notebook that shows a widget, and what is kept of its sliders."""

    cell: str
    few: dict[str | tuple[int, str], Few]


CHOSEN = {
    "01": Chosen("explore-copper", {"constant c": Few(42), "δ": Few(7), "τ": Few(7, (0.1, 0.5, 0.9))}),
    "02": Chosen(
        "explore-surface",
        {
            "rate": Few(20, (0.05, 0.09, 0.1, 0.5, 1.0, 2.0)),
            "steps": Few(1, (1, 2, 5, 10, 20, 50, 100, 200)),
            "δ": Few(0),
            "c": Few(0),
        },
    ),
    "03": Chosen(
        "explore-likelihood",
        {
            (0, "mean μ"): Few(20, (0.6,)),
            (1, "mean μ"): Few(5),
            "shape": Few(4),
            "prediction ŷ": Few(5),
            "spread σ": Few(4, (5.0,)),
            "scale b": Few(4),
            "probability p": Few(11),
            "score of class 0": Few(3),
            "score of class 1": Few(3),
        },
    ),
    "04": Chosen("explore-squares", {"point, 1 to 20": Few(7), "moved by": Few(7, (30.0,))}),
    "05": Chosen("explore-widget", {"c": Few(50), "δ": Few(50)}),
    "08": Chosen("explore-launches", {}),
    "09": Chosen("explore-scores", {}),
    "10": Chosen("widget", {"rate": Few(24, (0.15, 2.2))}),
    "12": Chosen(
        "explore-rare",
        {"threshold": Few(8, (1 / 2, 1 / 11, 1 / 29, 1 / 101)), "cost of a miss": Few(1, (1, 10, 28, 100))},
    ),
    "14": Chosen("explore-promises", {}),
    "19": Chosen("explore-widget", {"rows that slip": Few(7), "width, times": Few(5), "δ": Few(2), "c": Few(2)}),
    "20": Chosen("explore-unit", {}),
}
