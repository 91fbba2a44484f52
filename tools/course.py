"""The course's commands: python tools/course.py COMMAND; `help` lists them.

This file is written so that even an old Python can read it and say what is wrong; the commands are in commands.py.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
KNOWN = ["python3.%d" % minor for minor in range(14, OLDEST[1] - 1, -1)]


def too_old(version):
    """The sentence for a Python that is too old, or None."""
    if tuple(version[:2]) >= OLDEST:
        return None
    found = [name for name in KNOWN if hasattr(shutil, "which") and shutil.which(name)]
    advice = (
        "This computer has a newer one: make learn PYTHON=%s" % found[0]
        if found
        else "Install a newer one from https://www.python.org/downloads/ and say which: make learn PYTHON=python3.13"
    )
    return "Python %d.%d is too old: the course needs %d.%d or newer.\n%s" % (tuple(version[:2]) + OLDEST + (advice,))


def main():
    complaint = too_old(sys.version_info)
    if complaint:
        sys.exit(complaint)
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from tools import commands

    return commands.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
