"""The environments of those who grade, make the book or print tests: what instructor/ names, apart from what learners
get."""

import tomllib

from tools.setup.environment import Environment, Problem, say

FOLDER = "instructor"


class Lecturers(Environment):
    """Holds what instructor/ names. The course's library is taken from the checkout, not installed."""

    def __init__(self, folder, purpose):
        super().__init__(folder=folder)
        self.purpose = purpose

    def fingerprint(self, version):
        """Changes with what instructor/ asks for, too."""
        project = (self.root / FOLDER / "pyproject.toml").read_text(encoding="utf-8")
        pinned = (self.root / FOLDER / "constraints.txt").read_text(encoding="utf-8")
        asked = tomllib.loads(project)["project"]
        return " ".join([super().fingerprint(version), str(asked), pinned])

    def versions(self):
        """What pip is told about versions: those that were tested."""
        return [*super().versions(), "--constraint", f"{FOLDER}/constraints.txt"]

    def _install(self, extras):
        say(f"Installing what {self.purpose} needs into {self.folder.name} (once; a minute or two) ...")
        pip = ["-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.versions()]
        if self.run(*pip, "--editable", f"./{FOLDER}[{','.join(extras)}]"):
            raise Problem(f"pip could not install what {self.purpose} needs; its own words stand above.")


def grading():
    """Return the environment of those who grade."""
    return Lecturers(".venv-grading", "grading")


def book():
    """Return the environment of those who make the book and the slides."""
    return Lecturers(".venv-book", "the book")


def exams():
    """Return the environment of those who print tests."""
    return Lecturers(".venv-exam", "printing tests")
