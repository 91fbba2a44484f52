"""The learner's own copy of the notebooks: my_course/. What is missing is copied; what is there is never touched."""

import hashlib
import json
import shutil
from pathlib import Path

FOLDERS = ("notebooks", "exercises", "solutions")
RECORD = ".originals.json"  # which original each copy was made from


def originals(root):
    """Every file of the three folders, as a path relative to the root."""
    files = (path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if path.is_file())
    relative = (path.relative_to(root) for path in files)
    return [path for path in relative if not any(part.startswith((".", "__")) for part in path.parts)]


def update(root):
    """Copy the missing files; return what was copied, and which originals changed since their copy was made."""
    root = Path(root)
    course = root / "my_course"
    course.mkdir(exist_ok=True)
    record = _read(course / RECORD)
    copied, changed = [], []
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
    (course / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
    return copied, changed


def report(copied, changed):
    """The two lists in plain words."""
    lines = []
    if copied:
        lines.append(f"Copied {len(copied)} file{'s' if len(copied) > 1 else ''} into my_course/.")
    if changed:
        lines.append("Changed in the course since you got your copy (yours is untouched):")
        lines += [f"  my_course/{name}" for name in changed]
        lines.append("To get the new version, rename or delete your file and run this command again.")
    return "\n".join(lines)


def _read(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
