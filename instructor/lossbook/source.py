"""Lays out what Sphinx reads: the notebooks in their folders, so that their links hold, and the pages that are made."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from lossbook import assets, course, notebooks, pages
from lossbook.lab import files as lab
from lossbook.lite import address as in_lite
from lossbook.live import pages as live
from lossbook.places import AUTHORED, ROOT
from tools.setup.address import Address
from tools.setup.address import kept as kept_address


def lay_out(target: Path, lite: bool = False) -> None:
    """Write everything into a folder of its own; files that are as they were keep their time."""
    address = kept_address(ROOT)
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
    for file in course.files():
        twin = functools.partial(live.of, file.name)
        made = notebooks.page(course.notebook(file), ways_to_run(file, address, lite), twin)
        write(file.relative_to(ROOT).as_posix(), json.dumps(made, ensure_ascii=False))
    for name, content in (*pages.everything(), *lab.everything(), *assets.everything(), *live.files()):
        write(name, content)
    for file in target.rglob("*"):
        if file.is_file() and file not in kept:
            file.unlink()


def ways_to_run(file: Path, address: Address | None, lite: bool) -> str:
    """Return the links that open a notebook where it runs; nothing where nobody knows such a place."""
    name = f"{file.parent.name}/{file.name}"
    links = {"Binder": address and address.binder(name), "Colab": address and address.colab(name)}
    if lite:
        links["JupyterLite"] = f"../{in_lite(file)}"
    found = " · ".join(f'<a href="{link}">{place}</a>' for place, link in links.items() if link)
    return f"Run it: {found}" if found else ""
