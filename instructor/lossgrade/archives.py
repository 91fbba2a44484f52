"""Reads ZIP archives as if they were folders, and unpacks nothing.

No name in an archive is ever followed: it says whose a file is, and no more. Of a file only the bytes that the archive
promises are read, one file at a time, and no more than a notebook may have.
"""

from __future__ import annotations

import contextlib
import functools
import io
import itertools
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from lossgrade.notebook import LARGEST, Unreadable

ENTRIES = 100_000  # files in an archive
TOGETHER = 20_000_000_000  # bytes of all that may be read of an archive
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others whole, however much comes out
UTF8 = 0x800  # the flag that says in what a name is written
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")  # controls, what turns the writing round, bytes in no encoding, ends of lines
IGNORED = ("__MACOSX", "Thumbs.db", "desktop.ini")  # what systems put beside files; and whatever begins with a dot


class Item(NamedTuple):
    """A file in a folder or an archive; a folder is an item whose file has no name."""

    parts: tuple[str, ...]  # of its path; none where the path leads out of the archive
    name: str  # as it stands there
    read: Callable[[], bytes]  # Unreadable if it can't be read
    time: datetime | None = None
    made: datetime | None = None  # when its archive was made


def items(file: Path | io.BytesIO) -> Iterator[Item]:
    """Yield the files of an archive; Unreadable if it is none."""
    archive = _opened(file)
    entries = archive.infolist()
    made = max(filter(None, map(_time, entries)), default=None)
    for entry in entries:
        name = _name(entry)
        parts = tuple(itertools.takewhile(wanted, _parts(name)))
        if entry.is_dir() or parts != _parts(name):  # a folder, or something in it that nobody wants
            if not parts:
                continue
            parts += ("",)
        yield Item(parts, legible(name), functools.partial(_read, archive, entry), _time(entry), made)


def legible(name: str) -> str:
    """Return a name as it may be shown: composed, and without what would move a terminal's cursor."""
    composed = unicodedata.normalize("NFC", name)
    return "".join("\ufffd" if unicodedata.category(letter) in UNSEEN else letter for letter in composed)


def wanted(name: str) -> bool:
    """Say whether a file or folder is neither hidden nor a system's own."""
    return not name.startswith(".") and name not in IGNORED


def _opened(file):
    if not isinstance(file, Path) and file.getvalue().count(b"PK\1\2") > ENTRIES:  # what a student has packed
        raise Unreadable(f"it holds more than {ENTRIES} files")
    try:
        archive = zipfile.ZipFile(file)
    except Exception as error:  # zipfile, struct, codecs: whatever a damaged table of contents leads to
        raise Unreadable(f"it is no ZIP archive, or it is damaged ({error})") from None
    sizes = [entry.file_size for entry in archive.infolist()]
    if len(sizes) > ENTRIES:
        raise Unreadable(f"it holds {len(sizes)} files, more than {ENTRIES}")
    if sum(size for size in sizes if size <= LARGEST) > TOGETHER:
        raise Unreadable(f"it holds more than {TOGETHER / 1e9:.0f} GB")
    return archive


def _name(entry):
    """The name; macOS writes it in UTF-8 and doesn't say so."""
    if not entry.flag_bits & UTF8:
        with contextlib.suppress(UnicodeError):
            return entry.filename.encode("cp437").decode("utf-8")
    return entry.filename


def _parts(name):
    parts = tuple(re.split(r"[/\\]", legible(name)))
    if parts[0] == "" or ".." in parts or re.match("[A-Za-z]:$", parts[0]):
        return ()
    return tuple(part for part in parts if part not in ("", "."))


def _time(entry):
    """When a file was changed; an archive says it in the local time of where it was made."""
    with contextlib.suppress(ValueError, OverflowError, OSError):
        return datetime(*entry.date_time).astimezone(UTC)
    return None


def _read(archive, entry):
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Unreadable("the file is a link")
    if entry.file_size > LARGEST:
        raise Unreadable(f"the file would have {entry.file_size / 1e6:.0f} MB when it is unpacked")
    if entry.compress_type not in METHODS:
        raise Unreadable("the file is packed in a way that is not read here; pack it as ZIP usually does")
    try:
        with archive.open(entry) as file:  # zipfile stops at file_size, and compares the checksum
            return file.read(entry.file_size + 1)
    except Exception as error:  # zipfile, zlib, OSError: whatever damaged data leads to
        raise Unreadable(f"the file cannot be unpacked: {error}") from None
