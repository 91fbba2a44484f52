"""The environment of those who grade: lossgrade and what it needs, apart from what learners get."""

import tomllib

from tools.setup.environment import Environment, Problem, say

FOLDER = "instructor"


class Grading(Environment):
    """Holds what instructor/ names. The course's library is taken from the checkout, not installed."""

    def __init__(self):
        super().__init__(folder=".venv-grading")

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
        say(f"Installing what grading needs into {self.folder.name} (once; a minute or two) ...")
        pip = ["-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.versions()]
        if self.run(*pip, "--editable", f"./{FOLDER}[{','.join(extras)}]"):
            raise Problem("pip could not install what grading needs; its own words stand above.")
