"""A chapter is a folder here, found by its name and registered nowhere.

    from lossutils.chapters import ch08
    ch08.label_fits(…)      a figure of chapter 08; ch08.widget(…) is what its reader moves

In a folder stand tasks.py with inputs.py and mistakes.py, the figures (a file an idea), sliders.py with the widget,
questions.toml and instructor.toml. A chapter imports no other chapter; what two of them need moves to lossutils.plot,
lossutils.widgets or lossutils.judge. Its `__init__` names what a lecture shows, and loads it when it is asked for: so
a task needs neither Matplotlib nor ipywidgets.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from importlib import resources
from types import ModuleType

FOLDER = resources.files(__name__)


def numbers(holding: str = "") -> tuple[str, ...]:
    """Return the numbers of the chapters, "01", "02", …: of all, or of those that hold a file of this name."""
    names = (folder.name for folder in FOLDER.iterdir() if folder.is_dir())
    found = (name[2:] for name in names if name.startswith("ch") and name[2:].isdigit())
    return tuple(sorted(number for number in found if (FOLDER / f"ch{number}" / holding).exists()))


def text(number: str, file: str) -> str:
    """Return the text of a chapter's file, such as questions.toml."""
    return (FOLDER / f"ch{number}" / file).read_text(encoding="utf-8")


def modules(name: str) -> Iterator[ModuleType]:
    """Import the module of this name of every chapter that has one, one after the other."""
    for number in numbers(f"{name}.py"):
        yield importlib.import_module(f"{__name__}.ch{number}.{name}")


def shown_from(chapter: str, **names: str) -> tuple[Callable, Callable]:
    """Return `__getattr__` and `__dir__` of a chapter: the names that each of its modules shows, loaded when needed."""
    homes = {name: module for module, several in names.items() for name in several.split()}
    if taken := set(names) & set(homes):  # once it is imported, the file would hide what it shows
        raise ValueError(f"{chapter} has a file and a name that are both called {', '.join(sorted(taken))}")

    def load(name: str):
        if name not in homes:
            raise AttributeError(f"{chapter} has no {name!r}; it shows {', '.join(sorted(homes))}")
        return getattr(importlib.import_module(f"{chapter}.{homes[name]}"), name)

    return load, lambda: sorted(homes)
