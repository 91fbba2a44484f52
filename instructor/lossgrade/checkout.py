"""Where the course lies that is graded: exercises, solutions, tasks, and the library.

Installing `lossgrade` from a checkout of the course leaves a note of where that was; LOSSGRADE_COURSE overrules it.
The course's library is always taken from there, so that tasks and notebooks are of one edition.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import metadata
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

NAMED = "LOSSGRADE_COURSE"


def find() -> Path:
    """Return the folder of the course; exit with a sentence where there is none."""
    tried = (
        [Path(os.environ[NAMED])]
        if os.environ.get(NAMED)
        else [Path(__file__).resolve().parents[2], *_installed_from()]
    )
    for folder in tried:
        if (folder / "lossutils").is_dir() and (folder / "exercises").is_dir():
            return folder.resolve()
    looked = ", ".join(map(str, tried))
    sys.exit(f"lossgrade: there is no course in {looked}. Say where it lies: {NAMED}=/folder/of/the/course")


def _installed_from():
    """The folder above the one that pip installed."""
    try:
        note = metadata.distribution("lossgrade").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return []
    url = json.loads(note or "{}").get("url", "")
    return [Path(url2pathname(unquote(urlsplit(url).path))).parent] if url.startswith("file:") else []


ROOT = find()
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
