"""Lays out what Sphinx reads: the notebooks in their folders, so that their links hold, and the pages that are made."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path

from lossbook import assets, notebooks, pages
from lossbook.live import pages as live
from lossbook.places import AUTHORED, ROOT

FOLDERS = ("notebooks", "exercises")


def lay_out(target: Path) -> None:
    """Write everything into a folder of its own; files that are as they were keep their time."""
    kept = set()

    def write(name, content):
        file = target / name
        kept.add(file)
        data = content if isinstance(content, bytes) else content.encode()
        if not file.is_file() or file.read_bytes() != data:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)

    for file in AUTHORED.rglob("*"):
        if file.is_file():
            write(file.relative_to(AUTHORED).as_posix(), file.read_bytes())
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).glob("*.ipynb")):
            nb = json.loads(file.read_text(encoding="utf-8"))
            made = notebooks.page(nb, functools.partial(live.of, file.name))
            write(f"{folder}/{file.name}", json.dumps(made, ensure_ascii=False))
    write("instructor/plans.md", plans())
    for name, content in (*pages.everything(), *assets.everything(), *live.files()):
        write(name, content)
    for file in target.rglob("*"):
        if file.is_file() and file not in kept:
            file.unlink()


def plans() -> str:
    """The lecturer's plans, without the links to solutions, which are no part of the book."""
    text = (ROOT / "instructor" / "plans.md").read_text(encoding="utf-8")
    return re.sub(r" · \[solution\]\([^)]*\)", "", text)
