"""Move the unit of the mass, or standardise it: see what becomes of both answers."""

from __future__ import annotations

import ipywidgets

from lossutils.chapters.ch20.units import Units, stored
from lossutils.widgets.explorer import Explorer
from lossutils.widgets.slider import Slider


def widget(runs, most: float) -> Explorer:
    """Return the picture of stored runs, with the unit of the mass to move and a switch that standardises.

    `runs` is what `ch20.runs()` returns, `most` the share of the commonest species.
    """
    units, found, standard = stored(runs)
    picture = Units(units, found, standard, most)
    return Explorer(
        "the unit of one task",
        {
            "unit": Slider("grams in one unit", sorted(int(unit) for unit in units), 1000),
            "standardised": ipywidgets.Checkbox(description="standardise the mass first", indent=False),
        },
        draw=lambda unit, standardised: picture.at(unit, standardised).png(),
        describe=lambda unit, standardised: picture.at(unit, standardised).state(),
    )
