"""The learner's own copy of the notebooks: my_course/. What is missing is copied; what is there is never touched."""

import hashlib
import json
import os
import shutil
from pathlib import Path

from tools.setup.environment import Problem

FOLDERS = ("notebooks", "exercises", "solutions")
RECORD = ".originals.json"  # which original each copy was made from
PLACE = "MY_COURSE"


def place(root):
    """Where the copy is: beside the originals, or where the variable MY_COURSE says."""
    chosen = os.environ.get(PLACE, "").strip()
    return Path(chosen).expanduser().absolute() if chosen else Path(root) / "my_course"


def originals(root):
    """Every file of the three folders, as a path relative to the root."""
    files = (path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if path.is_file())
    relative = (path.relative_to(root) for path in files)
    return [path for path in relative if not any(part.startswith((".", "__")) for part in path.parts)]


def update(root, course):
    """Copy the missing files; return what was copied, and which originals changed since their copy was made."""
    if course.exists() and not course.is_dir():
        raise Problem(f"{course} is a file, but your copy of the course is to be a folder of this name. {_elsewhere()}")
    try:
        return _update(Path(root), course)
    except OSError as error:
        raise Problem(f"Your copy of the course can't be made in {course}:\n{error}\n{_elsewhere()}") from None


def _elsewhere():
    return f"Say another place for it: make learn {PLACE}=~/my_course (README.md says how without make)."


def _update(root, course):
    course.mkdir(parents=True, exist_ok=True)
    before = read_record(course)
    record, copied, changed = dict(before), [], []
    for path in originals(root):
        digest = digest_of(root / path)
        name = path.as_posix()
        if not (course / path).exists():
            (course / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, course / path)
            record[name] = digest
            copied.append(name)
        elif record.setdefault(name, digest) != digest:
            changed.append(name)
    if record != before:
        write_record(course, record)
    return copied, changed


def report(course, copied, changed):
    """The two lists in plain words."""
    lines = []
    if copied:
        lines.append(f"Copied {len(copied)} file{'s' if len(copied) > 1 else ''} into {course}.")
    if changed:
        lines.append(f"Changed in the course since you got your copy, {course} (yours is untouched):")
        lines += [f"  {name}" for name in changed]
        names = sorted({name_of(Path(name)) for name in changed})
        lines.append("To get the new edition, with what you have changed kept beside it:")
        lines.append(f"  python tools/course.py renew {' '.join(names)}")
    return "\n".join(lines)


def name_of(path):
    """What a notebook is called by: the number of its chapter, or its whole name."""
    number = path.name.partition("_")[0]
    return number if number.isdecimal() else path.stem


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_record(course):
    """Which original each copy was made from, as a digest; a damaged record costs no work."""
    try:
        record = json.loads((course / RECORD).read_text(encoding="utf-8"))
        return record if isinstance(record, dict) else {}
    except (OSError, ValueError):
        return {}


def write_record(course, record):
    (course / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
