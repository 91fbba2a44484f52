"""Remembers what a learner has tried and reached: one small file in the user's own data folder, and nowhere else.

The file is LOSSUTILS_PROGRESS if that is set (~ is your home), else lossutils/progress.json in the place that the
system has for such data. Nothing is sent anywhere. A folder that cannot be written to, or a damaged file, never stops a
check.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path


def file() -> Path:
    """Return where the progress is kept."""
    if named := os.environ.get("LOSSUTILS_PROGRESS"):
        return Path(os.path.expanduser(named))  # a shell leaves the ~ of a quoted '~/progress.json' as it is
    return _data_folder() / "lossutils" / "progress.json"


def _data_folder() -> Path:
    if folder := os.environ.get("XDG_DATA_HOME"):
        return Path(folder)
    home = Path(os.path.expanduser("~"))
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    return home / "Library" / "Application Support" if sys.platform == "darwin" else home / ".local" / "share"


def load() -> dict[str, dict]:
    """Return {task: {"attempts": …, "points": …, "hints": …}}; empty when there is no readable file."""
    try:
        stored = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict):
        return {}
    return {name: entry for name, entry in stored.items() if isinstance(entry, dict)}


def number(entry: dict, what: str) -> float:
    """Return a number of an entry, 0 if it is missing or damaged."""
    value = entry.get(what, 0)
    return value if isinstance(value, int | float) else 0


def attempt(name: str, points: float, different: bool) -> None:
    """Count one attempt, whether it differs from those before, and keep the best points of the open checks."""
    entry = load().get(name, {})
    _store(
        name,
        {
            "attempts": number(entry, "attempts") + 1,
            "different": number(entry, "different") + different,
            "points": max(number(entry, "points"), points),
        },
    )


def hint(name: str, step: int) -> None:
    """Keep how far up the ladder of hints somebody went."""
    _store(name, {"hints": max(number(load().get(name, {}), "hints"), step)})


def _store(name, change):
    everything = load()
    everything[name] = everything.get(name, {}) | change
    with contextlib.suppress(OSError):  # a full disk or a read-only home is no reason to withhold an answer
        _write(file(), json.dumps(everything, indent=1))


def _write(path, text):
    """Write the whole file or nothing: two notebooks may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8") as part:
        part.write(text)
    try:
        os.replace(part.name, path)
    except OSError:
        os.unlink(part.name)
        raise


def forget() -> None:
    """Remove the file."""
    try:
        file().unlink(missing_ok=True)
    except OSError as error:
        print(f"The progress could not be removed: {error.strerror}.")
