"""Finds the notebooks in what an instructor has downloaded: folders, and the archives of Moodle and Canvas.

Only the first part of a path says whose a file is: the platform or the instructor has written it, and the students may
have written what follows. Nobody is left out in silence: of each person either a notebook is found or a line says why.
"""

from __future__ import annotations

import dataclasses
import io
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from lossgrade import archives
from lossgrade.archives import Item
from lossgrade.course import Chapter
from lossgrade.notebook import LARGEST, Handed, Unreadable
from lossgrade.refusals import NothingFound
from lossgrade.workspace import distinct, safe_name

# A folder or the beginning of a file's name, by Moodle's mod/assign/classes/downloader.php:
# "Ada Lovelace_123456_assignsubmission_file"; the number is missing for Moodle's default group. What Canvas calls a
# file is left to CANVAS, whatever the student has called it.
MOODLE = re.compile(
    r"^(?!(?:LATE_)?anon_)(?P<name>(?:(?!_\d+_\d+_).)+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+(?:_(?P<file>.*))?$"
)
# By Canvas' lib/content_zipper.rb: "lovelaceada_LATE_4711_815_01_what_is_a_loss-1.ipynb", "anon_aB3dE_815_…", and
# "lovelaceada_4711_text.html" for what was typed in
CANVAS = re.compile(
    r"^(?:(?P<anonymous_late>LATE_)?(?P<anonymous>anon_[A-Za-z0-9]+)|(?P<name>.*?)_(?P<late>LATE_)?(?P<id>\d+))"
    r"_(?:\d+_(?P<file>.+)|(?P<typed>(?:text|link)\.html))$"
)
# By nbgrader's exchange/default/submit.py: "ada+01_what_is_a_loss+2026-12-01 15:58:23.948203 UTC+…"; a name may hold +
EXCHANGE = re.compile(
    r"^(?P<id>.+)\+[^+]+\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*(?: (?:[+-]\d+|\w+))?)(?:\+|$)"
)
NOTEBOOK = re.compile(r"\.ipynb(\.txt|\.json)?$", re.IGNORECASE)  # some browsers add an ending of their own
# What browsers, Jupyter, Colab, Windows, macOS and Canvas make of the name of a copy
COPY = re.compile(r"([ _-]*\(\d+\)|-Copy\d*|-\d+|( -)?[ _](copy|Kopie|copie|copia)( \d+)?)+$", re.IGNORECASE)
COPY_OF = re.compile(r"^(copy of|kopie von|copie de|copia de)[ _]+", re.IGNORECASE)
NUMBER = re.compile(r"(\d+)\)?$")
TIMESTAMP = "timestamp.txt"  # nbgrader's
EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Submission:
    """A file that somebody has handed in."""

    student: str
    file: str  # as it was called; "" for a folder, and for nbgrader's timestamp.txt
    read: Callable[[], bytes] = field(compare=False)
    handed: datetime | None = None  # where it is known; the archives of Moodle and Canvas don't say it
    dated: datetime | None = None  # when it was handed in, or else downloaded: the later one counts
    full_name: str = ""
    notes: tuple[str, ...] = ()


class Owner(NamedTuple):
    """Whose a file is, by its path."""

    student: str
    file: str
    full_name: str = ""
    downloaded: bool = False  # from a platform: its time is that of the download
    handed: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass
class Collected:
    """What was found."""

    chosen: list[Submission]
    students: dict[str, str]  # everybody who has handed in anything, with their full names
    notes: list[str]


def collected(place: Path, chapter: Chapter) -> Collected:
    """Return each student's newest notebook of the chapter, and what a lecturer should know about the others."""
    found, strays = _submissions(place, chapter)
    if not found:
        raise NothingFound(
            f"{place} holds nobody's work. It may be a folder of STUDENT/{chapter.name}.ipynb, Moodle's or Canvas' ZIP "
            f"as it was downloaded, or nbgrader's exchange." + "".join(f"\n{line}" for line in strays[:3])
        )
    chosen, notes = [], strays
    people = {one.student: one.full_name for one in found}
    files: dict[str, list[Submission]] = {student: [] for student in sorted(people)}
    for one in found:
        files[one.student].append(one)
    for student, handed_in in files.items():
        best, says = _chosen(handed_in, chapter)
        notes += [f"{student}: {line}" for line in says]
        chosen += [best] if best else []
    if timeless := sum(one.handed is None for one in chosen):
        notes.append(f"Nothing says when these were handed in, and they count as in time: {timeless} notebooks.")
    return Collected(chosen, people, notes)


def _submissions(place, chapter):
    """What everybody has handed in, and lines about what is nobody's."""
    everything = list(_items(place))
    _refuse_a_folder_too_high(place, everything, chapter)
    stamps = {item.parts[:-1]: item for item in everything if item.parts[1:] == (chapter.name, TIMESTAMP)}
    found, strays, names = [], [], set()
    for item in everything:
        owner = _owner(item.parts)
        if owner is None:
            strays.append(f"{item.name} is left out: it is in nobody's folder, and its name doesn't say whose it is.")
        else:
            names.add(owner.student)
            found.append(_submission(item, owner, stamps.get(item.parts[:-1])))
    distinct(names)
    return found, strays


def _submission(item, owner, stamp):
    handed = owner.handed
    if handed is None and not owner.downloaded:
        handed = (_stamped(stamp) if stamp else None) or item.time
    dated = item.made if owner.downloaded else handed
    student, file = safe_name(owner.student), "" if owner.file == TIMESTAMP else owner.file
    return Submission(student, file, item.read, handed, dated, owner.full_name, owner.notes)


def _stamped(item):
    try:
        return moment(item.read()[:100].decode("utf-8", "replace"))
    except Unreadable:
        return None


def _items(place) -> Iterator[Item]:
    if not place.exists():
        raise NothingFound(f"there is no {place}")
    place = place.resolve()
    if not place.is_dir():
        yield from _unpacked(place)
        return
    for inside in ("inbound", "submitted"):  # nbgrader's exchange of a course, and its folder of a course
        place = place / inside if (place / inside).is_dir() else place
    for path in _files(place):
        parts = tuple(map(archives.legible, path.relative_to(place).parts))
        name = "/".join(parts)
        if path.is_dir() and not path.is_symlink():
            yield Item((*parts, ""), name, partial(_read, path))
        elif len(parts) == 1 and path.suffix.lower() == ".zip" and _owner(parts) is None:
            yield from _unpacked(path)
        else:
            yield Item(parts, name, partial(_read, path), _changed(path))


def _files(folder) -> Iterator[Path]:
    """The files in a folder, links among them, and the folders with nothing in them."""
    waiting = _inside(folder)
    while waiting:
        path = waiting.pop()
        within = _inside(path) if path.is_dir() and not path.is_symlink() else []
        waiting += within
        if not within:
            yield path


def _inside(folder):
    return sorted((path for path in folder.iterdir() if archives.wanted(path.name)), reverse=True)


def _unpacked(file):
    if file.is_symlink() or not file.is_file():
        raise NothingFound(f"{file} is neither a folder nor a ZIP archive")
    try:
        yield from archives.items(file)
    except Unreadable as error:
        raise NothingFound(f"{file} cannot be opened: {error}") from None


def _changed(path):
    return datetime.fromtimestamp(path.lstat().st_mtime, UTC)


def _read(path):
    """The bytes of a file that is nothing but a file: no link is followed, no pipe waited for."""
    if path.is_symlink():
        raise Unreadable("the file is a link")
    try:
        with open(path, "rb", opener=_at_once) as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise Unreadable("the file is a pipe or a device")
            if about.st_size > LARGEST:
                raise Unreadable(f"the file has {about.st_size / 1e6:.0f} MB; clear its outputs and hand it in again")
            return file.read(about.st_size)
    except OSError as error:
        raise Unreadable(f"the file cannot be read: {error.strerror}") from None


def _at_once(path, flags):
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _refuse_a_folder_too_high(place, everything, chapter):
    """Refuse what lies in one folder that seems to hold several people's work: its name is no student's."""
    tops = {item.parts[0] for item in everything if item.parts}
    if len(tops) != 1 or any(len(item.parts) == 1 for item in everything):
        return
    (top,) = tops
    within = [item.parts[1:] for item in everything]
    people = {parts[0] for parts in within if len(parts) > 1 and _stem(parts[-1]) == chapter.name.lower()}
    if not _downloaded((top, "")) and (len(people) > 1 or any(map(_downloaded, within))):
        raise NothingFound(
            f"in {place} all lies in the folder {top}, which seems to hold several people's work: give that folder"
        )


def _downloaded(parts):
    """Whether a path is one that a platform or nbgrader's exchange has made."""
    owner = _owner(parts)
    return owner is not None and (owner.downloaded or owner.handed is not None)


def _owner(parts) -> Owner | None:
    """Whose a file is; None where its path doesn't say."""
    if not parts:
        return None
    first, last = parts[0], parts[-1]
    alone = len(parts) == 1
    if moodle := MOODLE.match(first):
        file = (moodle["file"] or "") if alone else last
        return Owner(moodle["id"] or moodle["name"], file, moodle["name"], downloaded=True)
    if alone:
        return _in_canvas(CANVAS.match(first))
    if exchange := EXCHANGE.match(first):
        return Owner(exchange["id"], last, handed=moment(exchange["time"]))
    return Owner(first, last)


def _in_canvas(name):
    if name is None:
        return None
    late = name["late"] or name["anonymous_late"]
    notes = ("Canvas says that it was handed in late.",) if late else ()
    student, file = name["id"] or name["anonymous"], name["file"] or name["typed"]
    return Owner(student, file, name["name"] or "", downloaded=True, notes=notes)


def moment(text: str) -> datetime | None:
    """Return the time in a text, as nbgrader (2026-12-01 15:58:23.948203 UTC) or ISO 8601 have it, else None."""
    text = re.sub(r" ?(UTC|GMT)$", "", text.strip())
    try:
        found = datetime.fromisoformat(re.sub(r" (?=[+-]\d+$)", "", text))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _chosen(files, chapter):
    """The newest of a student's notebooks of this chapter, by name or else by what is in it."""
    notebooks = [one for one in files if NOTEBOOK.search(one.file)]
    named = [one for one in notebooks if _stem(one.file) == chapter.name.lower()]
    says = [line for one in files[:1] for line in one.notes]
    if named:
        more = [one.file for one in notebooks if one not in named and _may_be(one, chapter) and belongs(one, chapter)]
        says += [f"{file} holds cells of the chapter too, but {named[0].file} has its name." for file in more]
    else:
        named, lines = _renamed(files, notebooks, chapter)
        says += lines
    if not named:
        others = sorted({one.file for one in files} - {""})[:3] or ["an empty folder"]
        return None, [*says, f"nothing of {chapter.name}; handed in: {', '.join(others)}."]
    best = max(named, key=_order)
    if len(named) > 1:
        rest = ", ".join(one.file for one in named if one is not best)
        says.append(f"handed in {len(named)} notebooks; {best.file} is the newest, and counts ({rest} does not).")
    return dataclasses.replace(best, notes=tuple(says)), says


def _renamed(files, notebooks, chapter):
    """The notebooks that are the chapter's by their cells, or else the one in an archive."""
    found = [one for one in notebooks if belongs(one, chapter)]
    says = [f"{one.file} is taken for {chapter.name}, by its cells." for one in found]
    for one in files if not found else []:
        if one.file.lower().endswith(".zip"):
            try:
                found.append(_packed(one, chapter))
                says.append(f"{found[-1].file} is taken out of {one.file}.")
            except Unreadable as error:
                says.append(f"nothing is taken out of {one.file}: {error}.")
    return found, says


def _packed(one, chapter):
    """The notebook of the chapter in the archive that a student has handed in."""
    name = _only(one, chapter).parts[-1]
    inner = dataclasses.replace(one, file=name, read=lambda: _only(one, chapter).read())  # which holds no archive open
    if _stem(name) != chapter.name.lower() and not belongs(inner, chapter):
        raise Unreadable(f"{name} is not of {chapter.name}")
    return inner


def _only(one, chapter):
    found = [item for item in archives.items(io.BytesIO(one.read())) if item.parts and NOTEBOOK.search(item.parts[-1])]
    named = [item for item in found if _stem(item.parts[-1]) == chapter.name.lower()]
    if len(named or found) != 1:
        raise Unreadable(f"it holds {len(found)} notebooks, {len(named)} of them called {chapter.name}")
    return (named or found)[0]


def _stem(file):
    """The name without what says that it is a copy, and without its ending."""
    return COPY.sub("", COPY_OF.sub("", NOTEBOOK.sub("", file).strip())).strip().lower()


def _may_be(one, chapter):
    """Whether a notebook has no other chapter's number."""
    number = re.match(r"\d\d(?=_)", _stem(one.file))
    return number is None or number[0] == chapter.number


def _order(one):
    """By time; at the same time by the number that a browser or Canvas gives to the later one."""
    copy = COPY.search(NOTEBOOK.sub("", one.file))
    number = NUMBER.search(copy[0].strip()) if copy else None
    return one.dated or EARLIEST, int(number[1]) if number else 0, one.file


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
