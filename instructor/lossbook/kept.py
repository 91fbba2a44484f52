"""Keeps what takes long to draw, as long as nothing that it was drawn from has changed."""

from __future__ import annotations

import functools
import hashlib
import pickle
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

from lossbook.places import KEPT, ROOT

DRAWN_WITH = ("matplotlib", "numpy")


@functools.cache
def edition(*more: Path) -> str:
    """Return a word that changes with the library, the code of the book, what they draw with, and more folders."""
    seen = hashlib.sha256()
    for folder in (ROOT / "lossutils", ROOT / "instructor" / "lossbook", *more):
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                seen.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    seen.update(" ".join(metadata.version(name) for name in DRAWN_WITH).encode())
    return seen.hexdigest()[:16]


def once(name: str, make: Callable[[], Any]) -> Any:
    """Return what was kept under a name in this edition, or make it and keep it."""
    file = KEPT / edition() / f"{name}.pickle"
    if not file.exists():
        made = make()
        file.parent.mkdir(parents=True, exist_ok=True)
        written = file.with_suffix(".part")
        written.write_bytes(pickle.dumps(made))
        written.replace(file)
        forget_others()
    return pickle.loads(file.read_bytes())


def forget_others() -> None:
    """Remove what was kept for other editions."""
    import shutil

    for folder in KEPT.iterdir():
        if folder != KEPT / edition():
            shutil.rmtree(Path(folder))
