"""Say in plain words whether this computer is ready for the course."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import re
import sys
from pathlib import Path

from lossutils.engine.saying import say

NEEDED = {"numpy": (2, 0), "matplotlib": (3, 9), "ipywidgets": (8, 1)}


def check_setup() -> None:
    """Print one line for each thing the course needs: in order, or what is wrong and what to do about it."""
    lines = [_python(sys.version_info), *(_package(name, least) for name, least in NEEDED.items()), _loss(), _folder()]
    say("\n".join(lines))
    wrong = sum(not line.startswith("in order") for line in lines)
    say("You can start." if wrong == 0 else f"{wrong} of {len(lines)} need your attention, see above.")


def _python(version: tuple) -> str:
    if version >= (3, 11):
        return "in order: Python is new enough"
    return f"too old: Python {version[0]}.{version[1]}; install 3.11 or newer and run `make learn` again"


def _package(name: str, least: tuple[int, int]) -> str:
    try:
        importlib.import_module(name)
        found = importlib.metadata.version(name)
    except ImportError:
        return f"missing: {name}; close Jupyter and run `make learn`"
    except Exception as error:  # a broken or mismatched installation may raise anything
        return f"broken: {name} ({type(error).__name__}); close Jupyter, delete the folder .venv and run `make learn`"
    if tuple(int(part) for part in re.findall(r"\d+", found)[:2]) < least:
        return f"too old: {name} {found}; {least[0]}.{least[1]} or newer is needed, run `make learn`"
    return f"in order: {name} is here and new enough"


def _loss() -> str:
    from lossutils import SquaredError, data

    value = SquaredError()(3, data.chem()["copper"][:2])
    if value > 0:
        return "in order: the course's data are here, and a loss can be computed"
    return "wrong: a loss of the course's data is not above 0"


def _folder() -> str:
    if os.access(Path.cwd(), os.W_OK):
        return "in order: your work can be saved in this folder"
    return "not writable: this folder; take a copy of your own, `make learn MY_COURSE=~/my_course`"
