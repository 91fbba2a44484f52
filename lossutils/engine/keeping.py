"""Keeps what a learner has reached, in small files of the user's own data folder: nothing that stands there is lost.

The progress in the exercises is LOSSUTILS_PROGRESS if that is set (~ is your home), else lossutils/progress.json in the
place that the system has for such data; other files stand beside it. Nothing is sent anywhere. Two notebooks may write
at once: each waits for the other. A damaged file is set aside under another name, and a new one begun.
"""

from __future__ import annotations

import glob
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

PAUSE, PAUSES = 0.02, 500  # seconds; who has not written after so many pauses was stopped in the middle


def place(what: str = "") -> Path:
    """Return where the progress is kept, or what else there is, as in `place("boxes")`: progress_boxes.json."""
    progress = _progress()
    return progress.with_stem(f"{progress.stem}_{what}") if what else progress


def _progress():
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


def read(path: Path) -> tuple[dict, str]:
    """Return what a file holds, nothing if there is none, and what is to be said of it; "" if nothing.

    Raises OSError where it may not be read, or is damaged and can't be set aside.
    """
    try:
        return _content(path), ""
    except ValueError:
        words = change(path, lambda _: None)
        return _content(path), words


def change(path: Path, how: Callable[[dict], None]) -> str:
    """Let `how` change what a file holds while nobody else does, and return what is to be said of it; "" if nothing.

    The whole file is written or nothing. Raises OSError where nothing can be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with _begun(part) as file:
        try:
            content, words = _mended(path)
            how(content)
            json.dump(content, file, indent=1)
            file.close()
            os.replace(part, path)
        except BaseException:
            file.close()  # Windows removes no file that is open
            part.unlink(missing_ok=True)
            raise
    return words


def remove(path: Path) -> None:
    """Remove a file, and what was set aside of it. Raises OSError where that can't be done."""
    for one in [path, *path.parent.glob(f"{glob.escape(path.stem)}_damaged_*{glob.escape(path.suffix)}")]:
        one.unlink(missing_ok=True)


def _begun(part):
    """Begin the file that is to replace another. While it is there, it is the turn of the one who began it."""
    for _ in range(PAUSES):
        try:
            return part.open("x", encoding="utf-8")
        except FileExistsError:
            time.sleep(PAUSE)
    part.unlink(missing_ok=True)
    return part.open("x", encoding="utf-8")


def _content(path):
    """What a file holds; ValueError if it is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except RecursionError as error:
        raise ValueError(f"{path} is nested too deeply") from error
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds no object, but {type(content).__name__}")
    return content


def _mended(path):
    """What a file holds, and what is to be said of it; called by the one whose turn it is."""
    try:
        return _content(path), ""
    except ValueError:
        names = (path.with_stem(f"{path.stem}_damaged_{number}") for number in itertools.count(1))
        aside = next(name for name in names if not name.exists())
        path.rename(aside)
        return {}, f"{path} was damaged. It is now {aside.name}, in the same folder, and a new file is begun."
