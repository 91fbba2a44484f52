"""Finds the notebooks in what an instructor has downloaded: folders, and the archives of Moodle and Canvas.

Nothing of an archive is unpacked by its own names, and no link is followed: only the bytes of notebooks are read.
"""

from __future__ import annotations

import dataclasses
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from lossgrade.course import Chapter
from lossgrade.notebook import LARGEST, Handed, Unreadable
from lossgrade.refusals import NothingFound
from lossgrade.workspace import safe_name

# "Ada Lovelace_123456_assignsubmission_file_" (a folder, or the beginning of a file's name)
MOODLE = re.compile(r"^(?P<name>.+)_(?P<id>\d+)_assignsubmission_(file|onlinetext)_?(?P<file>.*)$")
# "lovelaceada_LATE_4711_815_01_what_is_a_loss-1.ipynb"
CANVAS = re.compile(r"^(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<id>\d+)_\d+_(?P<file>.+)$")
# "ada+01_what_is_a_loss+2026-12-01 15:58:23.948203 UTC+…" of nbgrader's exchange
EXCHANGE = re.compile(
    r"^(?P<id>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*) (?P<zone>\w+)"
)
COPY = re.compile(r"( ?\(\d+\)|-Copy\d+|-\d+| - Kopie| copy|_copy| Kopie)+$", re.IGNORECASE)
NUMBER = re.compile(r"(\d+)\)?$")
TOGETHER = 4_000_000_000  # bytes of all notebooks of an archive
TIMESTAMP = "timestamp.txt"  # nbgrader's


@dataclass(frozen=True)
class Submission:
    """A notebook that somebody has handed in."""

    student: str
    file: str  # as it was called
    read: Callable[[], bytes] = field(compare=False)
    handed: datetime | None = None
    full_name: str = ""
    notes: tuple[str, ...] = ()


def submissions(place: Path, chapter: Chapter) -> tuple[list[Submission], list[str]]:
    """Return each student's newest notebook of the chapter, and what a lecturer should know about the others."""
    found = list(_found(place, chapter))
    if not found:
        raise NothingFound(
            f"{place} holds no notebook. It may be a folder of STUDENT/{chapter.name}.ipynb, Moodle's or Canvas' ZIP "
            f"as it was downloaded, or nbgrader's exchange."
        )
    chosen, notes = [], []
    for student in sorted({one.student for one in found}):
        best, says = _newest([one for one in found if one.student == student], chapter)
        notes += [f"{student}: {line}" for line in says]
        chosen += [best] if best else []
    return chosen, notes


def _found(place, chapter):
    if not place.exists():
        raise NothingFound(f"there is no {place}")
    if place.is_file():
        yield from _in_archive(place)
        return
    archives = sorted(place.glob("*.zip"))
    for path in _files(place):
        parts = path.relative_to(place).parts
        if path.suffix == ".ipynb":
            yield from _in_folder(path, parts, chapter)
    for archive in archives:
        yield from _in_archive(archive)


def _files(folder) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


def _in_folder(path, parts, chapter):
    """A notebook in a folder: STUDENT/…, STUDENT/ASSIGNMENT/…, Moodle's folders, nbgrader's exchange, Canvas' files."""

    def read():
        if path.is_symlink() or not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("the file is a link, or a device")
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"the file has {path.stat().st_size / 1e6:.0f} MB; clear its outputs and hand it in again")
        return path.read_bytes()

    handed = None if path.is_symlink() else datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if exchange := next(filter(None, map(EXCHANGE.match, parts[:-1])), None):
        if exchange["assignment"] == chapter.name:
            yield Submission(
                safe_name(exchange["id"]), parts[-1], read, moment(exchange["time"] + " " + exchange["zone"])
            )
        return
    who = _who(parts)
    if who is None:
        return
    student, full_name, file = who
    stamped = path.parent / TIMESTAMP
    if stamped.is_file() and not stamped.is_symlink():
        handed = moment(stamped.read_text(encoding="utf-8", errors="replace")[:100]) or handed
    yield Submission(student, file, read, handed, full_name)


def _who(parts):
    """The student's id, their name, and the name of the file, from the parts of its path; None where there is none."""
    for place, part in enumerate(parts):
        if moodle := MOODLE.match(part):
            file = parts[-1] if place < len(parts) - 1 else moodle["file"]
            return moodle["id"], moodle["name"], file
    if len(parts) == 1 and (canvas := CANVAS.match(parts[-1])):
        return canvas["id"], canvas["name"], canvas["file"]
    return (safe_name(parts[0]), "", parts[-1]) if len(parts) > 1 else None


def moment(text: str) -> datetime | None:
    """Return the time in a text, as nbgrader (2026-12-01 15:58:23.948203 UTC) or ISO 8601 have it, else None."""
    text = text.strip().removesuffix("UTC").strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _in_archive(archive):
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError) as error:
        raise NothingFound(f"{archive} is no ZIP archive: {error}") from None
    left = TOGETHER
    for entry in entries:
        parts = tuple(part for part in re.split(r"[/\\]", entry.filename) if part not in ("", ".", ".."))
        if not parts or not parts[-1].lower().endswith(".ipynb") or "__MACOSX" in parts:
            continue
        left -= entry.file_size
        who = _who(parts) or _who(("unnamed", parts[-1]))
        yield Submission(who[0], who[2], _reader(archive, entry, left), _zip_time(entry), who[1])


def _reader(archive, entry, left):
    def read():
        if entry.file_size > LARGEST or left < 0:
            raise Unreadable(f"the file would have {entry.file_size / 1e6:.0f} MB when it is unpacked")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Unreadable("the file is a link")
        try:
            with zipfile.ZipFile(archive) as opened, opened.open(entry) as file:
                data = file.read(LARGEST + 1)  # an archive may say less than it holds
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError) as error:
            raise Unreadable(f"it cannot be unpacked: {error}") from None
        if len(data) > LARGEST:
            raise Unreadable(f"the file has more than {LARGEST / 1e6:.0f} MB when it is unpacked")
        return data

    return read


def _zip_time(entry):
    try:
        return datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None


def _newest(found, chapter):
    """The newest of a student's notebooks of this chapter, by name or else by what is in it."""
    named = [one for one in found if _stem(one.file) == chapter.name.lower()]
    says = []
    if not named:
        named = [one for one in found if belongs(one, chapter)]
        says = [f"{one.file} is taken for {chapter.name}, by its cells." for one in named[:1]]
    if not named:
        others = ", ".join(sorted({one.file for one in found})[:3])
        return None, [f"nothing of {chapter.name}; handed in: {others}."]
    best = max(named, key=_order)
    if len(named) > 1:
        rest = ", ".join(one.file for one in named if one is not best)
        says.append(f"handed in {len(named)} notebooks; {best.file} is the newest, and counts ({rest} does not).")
    return dataclasses.replace(best, notes=tuple(says)), says


def _stem(file):
    return COPY.sub("", file.removesuffix(".ipynb").removesuffix(".IPYNB")).strip().lower()


def _order(one):
    """By time; at the same time by the number that a browser or Canvas gives to the later one."""
    copy = COPY.search(one.file.removesuffix(".ipynb"))
    number = NUMBER.search(copy[0].strip()) if copy else None
    earliest = datetime.min.replace(tzinfo=UTC)
    return one.handed or earliest, int(number[1]) if number else 0, one.file


def belongs(one: Submission, chapter: Chapter) -> bool:
    """Say whether a notebook of another name holds cells of the chapter."""
    marks = {cell["metadata"].get("nbgrader", {}).get("grade_id") for cell in chapter.release["cells"]} - {
        None,
        "setup",
    }
    try:
        cells = Handed.read(one.read()).cells
    except Unreadable:
        return False
    names = [f"def {task.name}(" for task in chapter.tasks]
    return any(cell.grade_id in marks for cell in cells) or any(name in cell.source for cell in cells for name in names)


def timestamp(moment: datetime) -> str:
    """Return a time as nbgrader writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
