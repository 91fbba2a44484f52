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
    before = _read(course / RECORD)
    record, copied, changed = dict(before), [], []
    for path in originals(root):
        digest = hashlib.sha256((root / path).read_bytes()).hexdigest()
        name = path.as_posix()
        if not (course / path).exists():
            (course / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / path, course / path)
            record[name] = digest
            copied.append(name)
        elif record.setdefault(name, digest) != digest:
            changed.append(name)
    if record != before:
        (course / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return copied, changed


def report(course, copied, changed):
    """The two lists in plain words."""
    lines = []
    if copied:
        lines.append(f"Copied {len(copied)} file{'s' if len(copied) > 1 else ''} into {course}.")
    if changed:
        lines.append(f"Changed in the course since you got your copy, {course} (yours is untouched):")
        lines += [f"  {name}" for name in changed]
        lines.append("To get the new version, rename or delete your file and run this command again.")
    return "\n".join(lines)


def _read(path):
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return record if isinstance(record, dict) else {}
    except (OSError, ValueError):
        return {}
