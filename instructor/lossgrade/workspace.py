"""The lecturer's folder: nbgrader's tree and database, and what is made from them."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from lossgrade.refusals import NoMatch

NBGRADER_CONFIG = '''"""nbgrader's settings for this folder, in which its formgrader and its other commands work."""

c = get_config()  # noqa: F821  nbgrader hands it in
c.CourseDirectory.db_url = {url!r}
c.ClearSolutions.code_stub = {{"python": "# YOUR CODE HERE"}}
c.ClearSolutions.text_stub = "YOUR ANSWER HERE"
'''


class Workspace:
    """A folder with gradebook.db, source/, release/, submitted/, autograded/, feedback/, grades.csv and report.html."""

    def __init__(self, folder: Path, gradebook: str = ""):
        self.folder = Path(folder).absolute()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.url = gradebook or f"sqlite:///{self.folder / 'gradebook.db'}"
        config = self.folder / "nbgrader_config.py"
        if not config.exists():
            write(config, NBGRADER_CONFIG.format(url=self.url))

    def notebook(self, step: str, student: str, assignment: str) -> Path:
        """Return where nbgrader looks for a notebook: step/student/assignment/assignment.ipynb."""
        return self.folder / step / student / assignment / f"{assignment}.ipynb"

    def submitted(self, assignment: str) -> Iterator[tuple[str, Path]]:
        """Yield the students that have handed in an assignment, in order, and their notebooks."""
        for student in self.handed_in():
            file = self.notebook("submitted", student, assignment)
            if file.is_file():
                yield student, file

    def handed_in(self) -> list[str]:
        """Return the students that have handed in anything, in order."""
        folder = self.folder / "submitted"
        inside = folder.iterdir() if folder.is_dir() else ()
        return sorted(path.name for path in inside if path.is_dir() and not path.name.startswith("."))

    def kept(self, sha256: str) -> Path:
        """Return where every version of a notebook that was ever handed in is kept."""
        return self.folder / "submitted" / ".versions" / f"{sha256}.ipynb"

    @property
    def grades(self) -> Path:
        return self.folder / "grades.csv"

    @property
    def report(self) -> Path:
        return self.folder / "report.html"

    def feedback(self, student: str) -> Path:
        """Return a student's page of feedback."""
        return self.folder / "feedback" / f"{student}.html"


def write(file: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, whenever this program is stopped."""
    file.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    with contextlib.suppress(OSError):
        if file.read_bytes() == data:
            return
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".part", delete=False) as part:
        part.write(data)
    os.chmod(part.name, 0o644)
    os.replace(part.name, file)


def safe_name(text: str) -> str:
    """Return a name that is one part of a path on every system: a student's number, or the name of a folder."""
    name = re.sub(r"[^\w.@+ -]", "_", unicodedata.normalize("NFC", text).strip()).strip(". ")[:100]
    return name or "unnamed"


def distinct(names: Iterable[str]) -> None:
    """Refuse students that would share a folder: a/b and a_b, and Ada and ada where case makes no difference."""
    seen: dict[str, str] = {}
    for name in sorted(set(names)):
        other = seen.setdefault(safe_name(name).lower(), name)
        if other != name:
            raise NoMatch(f"the students {other!r} and {name!r} would share a folder; rename one of them")
