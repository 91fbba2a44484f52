"""The files that belong to the course: those that git knows or, without git, all that no command has made."""

import os
import subprocess
from fnmatch import fnmatch
from pathlib import Path


def git(root, *arguments):
    """What git answers about the repository at `root`; None without git, and where `root` is not its top folder."""
    try:
        top = _answer(root, "rev-parse", "--show-toplevel")
        return _answer(root, *arguments) if top and Path(top.strip()).samefile(root) else None
    except OSError:
        return None


def _answer(root, *arguments):
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8")
    return done.stdout if done.returncode == 0 else None


def project_files(root):
    """Every file of the course, as a path relative to `root`."""
    root = Path(root)
    names = git(root, "ls-files", "-z")
    found = [Path(name) for name in names.split("\0") if name] if names else list(_walk(root))
    return sorted(path for path in found if (root / path).is_file())


def _walk(root):
    """What an unpacked archive holds, without what .gitignore names."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines() if (root / ".gitignore").exists() else []
    made = [".git", *(line.rstrip("/") for line in lines if line and not line.startswith("#"))]

    def kept(names):
        return [name for name in names if not any(fnmatch(name, pattern) for pattern in made)]

    for folder, folders, files in os.walk(root):
        folders[:] = kept(folders)
        yield from (Path(folder, name).relative_to(root) for name in kept(files))
