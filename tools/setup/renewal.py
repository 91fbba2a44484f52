"""A chapter's new edition comes into the learner's copy; what the learner has changed is kept beside it."""

import itertools
import os
import shutil

from tools.setup.environment import Problem
from tools.setup.my_course import digest_of, name_of, originals, read_record, write_record


def renew(root, course, names):
    """Bring the new edition of these chapters, or of "all"; return what was done, a sentence a line."""
    if not course.is_dir():
        raise Problem(
            f"There is no copy of the course in {course} yet: `make learn` makes it, with the newest edition."
        )
    paths = chosen(root, names)
    record = read_record(course)
    try:
        told = [_renew(root / path, course / path, path.as_posix(), record) for path in paths]
        write_record(course, record)
    except OSError as error:
        raise Problem(f"Your copy in {course} can't be renewed, and nothing of yours is lost:\n{error}") from None
    done = [line for line in told if line]
    return done or [f"Nothing to renew: {course} has the newest edition of {', '.join(names)}."]


def chosen(root, names):
    """The notebooks that are meant: by the number of a chapter, 4 or 04, by a whole name, or all."""
    known = originals(root)
    there = sorted({name_of(path) for path in known})
    wanted = set(there) if "all" in names else {name.zfill(2) if name.isdecimal() else name for name in names}
    if not names:
        raise Problem("Say which chapter: python tools/course.py renew 04, or several, or all.")
    if missing := sorted(wanted - set(there)):
        raise Problem(f"There is no chapter {', '.join(missing)}. There are: {', '.join(there)}.")
    return [path for path in known if name_of(path) in wanted]


def _renew(original, mine, name, record):
    """Renew one notebook; the sentence about it, or None where nothing is new."""
    new = digest_of(original)
    known, record[name] = record.get(name), new
    if not mine.exists():
        _bring(original, mine)
        return f"{name}: added."
    if digest_of(mine) == new:
        return None
    if known == new:
        return f"{name}: nothing new; yours, with your changes, stays."
    if digest_of(mine) == known:
        _bring(original, mine)
        return f"{name}: the new edition. You had not changed yours."
    kept = _free_name(mine)
    _bring(original, mine, keep=kept)
    return f"{name}: the new edition. Yours is beside it: {kept.name}"


def _free_name(mine):
    names = (mine.with_name(f"{mine.stem} (mine, {number}){mine.suffix}") for number in itertools.count(1))
    return next(path for path in names if not path.exists())


def _bring(original, mine, keep=None):
    """Put the original in its place; whatever fails on the way, the learner's file is there under one of its names."""
    mine.parent.mkdir(parents=True, exist_ok=True)
    part = mine.with_name(f".{mine.name}.part")
    shutil.copyfile(original, part)
    if keep:
        mine.rename(keep)
    os.replace(part, mine)
