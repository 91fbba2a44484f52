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


LIBRARY, BOOK = ROOT / "lossutils", ROOT / "instructor" / "lossbook"


def edition(*more: Path) -> str:
    """Return a word that changes with the library, the code of the book, what they draw with, and more folders."""
    return word(LIBRARY, BOOK, *more)


@functools.cache
def word(*folders: Path, text: str = "") -> str:
    """Return a word that changes with folders, with a text, and with what is used to draw."""
    seen = hashlib.sha256(text.encode())
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                seen.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    seen.update(" ".join(metadata.version(name) for name in DRAWN_WITH).encode())
    return seen.hexdigest()[:16]


def once(name: str, make: Callable[[], Any], of: str = "") -> Any:
    """Return what was kept under a name in this edition, or in that of another word, or make it and keep it."""
    file = KEPT / (of or edition()) / f"{name}.pickle"
    if not file.exists():
        made = make()
        file.parent.mkdir(parents=True, exist_ok=True)
        written = file.with_suffix(".part")
        written.write_bytes(pickle.dumps(made))
        written.replace(file)
        forget_others(file)
    return pickle.loads(file.read_bytes())


def forget_others(file: Path) -> None:
    """Remove what was kept under the same name in other editions, and those in which nothing is left."""
    for other in KEPT.glob(f"*/{file.name}"):
        if other != file:
            other.unlink()
    for folder in KEPT.iterdir():
        if not any(folder.iterdir()):
            folder.rmdir()
