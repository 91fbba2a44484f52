"""The data sets: what was measured, by whom, in which units, under which licence, and which chapters use it."""

from __future__ import annotations

import inspect

from lossbook import course
from lossbook.pages.markdown import Pages, page, table
from lossutils import data


def pages() -> Pages:
    """Yield one page with all of them."""
    used = used_in()
    made = {name: getattr(data, name)() for name in names()}
    rows = [(f"[{one.title}](#{name})", f"`data.{name}()`", str(len(one))) for name, one in made.items()]
    parts = ["# The data", "They come with the package: nothing is downloaded when a notebook runs."]
    parts.append(table(("data set", "in code", "rows"), rows))
    for name, one in made.items():
        in_chapters = ", ".join(f"[{title}](../notebooks/{file})" for file, title in used.get(name, ()))
        parts += [
            f"(data-{name})=\n## {name}",
            one._repr_markdown_(),
            f"*Chapters:* {in_chapters}." * bool(in_chapters),
        ]
    yield "reference/data.md", page(*parts)


def names() -> list[str]:
    """Return the names of the data sets, in the order of the library."""
    functions = [
        thing for thing in vars(data).values() if inspect.isfunction(thing) and thing.__module__ == data.__name__
    ]
    return [function.__name__ for function in functions if not function.__name__.startswith("_")]


def used_in() -> dict[str, list[tuple[str, str]]]:
    """Return for each data set the chapters that name it: file and title."""
    found: dict[str, list] = {}
    for path, about in course.chapters():
        for name in filter(None, about.get("data", "").split(", ")):
            found.setdefault(name, []).append((path.name, f"{about['chapter']} · {about['title']}"))
    return found
