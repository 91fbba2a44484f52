"""Which edition of tasks and grader a grade comes from: a name that changes with any line of them."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from lossgrade import checkout, private

KINDS = (".py", ".toml", ".md", ".csv", ".gz")


@functools.cache
def edition() -> str:
    """Return the name of this edition, twelve letters and digits."""
    found = hashlib.sha256()
    for root in filter(None, (checkout.ROOT / "lossutils", Path(__file__).parent, private.folder())):
        for file in sorted(root.rglob("*")):
            if file.suffix in KINDS and "__pycache__" not in file.parts:
                found.update(f"{file.relative_to(root).as_posix()}\0".encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:12]
