"""What the tests know of each loss beyond its own code: one file a family, found here by the name of the family's file.

    READINGS  each printed formula, slope and curvature, keyed by its exact TeX, read a second time in plain Python:
              p is the prediction, y the target, s the loss with its parameters. Row-wise, p and y are lists with one
              number for each class, and so are slope and curvature. Limits are read too. No code of losses is used.
    LINKS     how a score tells a probability, keyed by the exact TeX, likewise: of a score, or of a list with one a class
    CHANCES   what a prediction that knows nothing costs, on average over K equally frequent classes, likewise
    BY_HAND   (loss, predictions, targets, value of each, slope of each), worked out on paper
    SPECIAL   losses with parameters at their ends, where a printed formula may be a limit, and the default ones
    HARMLESS  planted faults that no law finds (a pattern for tests/proof/mutants.py): why they are none

Whoever misses something here says which file it belongs to, and what to write.
"""

import dataclasses
import importlib
import math
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILIES = {path.stem: importlib.import_module(f"{__name__}.{path.stem}") for path in sorted(FOLDER.glob("[a-z]*.py"))}
BY_HAND = [case for family in FAMILIES.values() for case in getattr(family, "BY_HAND", ())]
SPECIAL = tuple(loss for family in FAMILIES.values() for loss in getattr(family, "SPECIAL", ()))
HARMLESS = {what: why for family in FAMILIES.values() for what, why in getattr(family, "HARMLESS", {}).items()}


def place(loss):
    """Return the file that holds what is known of a loss."""
    return f"tests/library/losses/{type(loss).__module__.rsplit('.', 1)[-1]}.py"


def table(loss, name):
    """Return a table of a loss's family, or complain that the family has no file."""
    family = FAMILIES.get(Path(place(loss)).stem)
    assert family, (
        f"{loss!r}: there is no {place(loss)}; write one, with tests/library/losses/regression.py as its pattern"
    )
    return getattr(family, name, {})


def reading(loss, tex):
    """Return the second reading of a printed formula, slope or curvature, or say where to write one."""
    readings = table(loss, "READINGS")
    *most, last = ["p", "y", *(f"s.{field.name}" for field in dataclasses.fields(loss))]
    assert tex in readings, (
        f"{loss!r}: a printed formula has no second reading; write into READINGS of {place(loss)} what it says, "
        f'in plain Python, from {", ".join(most)} and {last}:\n    r"{tex}": lambda p, y, s: …,'
    )
    return readings[tex]


def chance(loss):
    """Return the second reading of a loss at chance level, or say where to write one."""
    readings = table(loss, "CHANCES")
    assert loss.chance in readings, (
        f"{loss!r}: its printed chance level has no second reading; write into CHANCES of {place(loss)} what it says, "
        f'for K classes:\n    r"{loss.chance}": lambda s, K: …,'
    )
    return readings[loss.chance]


def link(loss):
    """Return the second reading of the link of a proper loss of scores, or say where to write one."""
    readings = table(loss, "LINKS")
    assert loss.link in readings, (
        f"{loss!r}: it is proper, and takes scores: which probability a score tells is said by `link`, TeX, and has its "
        f'second reading in LINKS of {place(loss)}:\n    r"{loss.link}": lambda z: …,'
    )
    return readings[loss.link]


def ends(field):
    """Return the ends of a parameter: infinities that are legal, and numbers that its slider reaches."""
    domain, slider = field.metadata["domain"], field.metadata["slider"] or (math.nan, math.nan)
    reached = [end for end in (domain.low, domain.high) if domain.contains(end) and slider[0] <= end <= slider[1]]
    return [*domain.infinities, *reached]
