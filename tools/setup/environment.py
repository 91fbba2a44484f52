"""The virtual environment .venv: made once, filled once, left alone while nothing it depends on changes."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.setup import lab

ROOT = Path(__file__).resolve().parents[2]
# Each of these can put other packages, kernels or backends in front of those in .venv; PYTHONSAFEPATH hides tools/.
MISLEADING = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "MPLBACKEND",
    "__PYVENV_LAUNCHER__",
)


class Problem(Exception):
    """Something the person at the keyboard can mend; the message says what and how."""


def say(text):
    print(text, flush=True)


class Environment:
    """One .venv in one checkout of the course; large libraries that few need have another folder."""

    def __init__(self, root=ROOT, folder=".venv"):
        self.root = Path(root)
        self.folder = self.root / folder
        self.bin = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.bin / ("python.exe" if os.name == "nt" else "python")
        self.stamp = self.folder / "course.json"

    def prepare(self, *extras):
        """Make sure that .venv holds the course with these extras. Costs nothing when it does."""
        version = self.version()
        if version is None or self._other_python_wanted(version):
            self._create()
            version = self.version()
        before = self._read_stamp()
        fingerprint = self.fingerprint(version)
        if before["fingerprint"] != fingerprint or not set(extras) <= set(before["extras"]):
            wanted = sorted({*extras, *before["extras"]})
            self._install(wanted)
            self.stamp.write_text(json.dumps({"fingerprint": fingerprint, "extras": wanted}), encoding="utf-8")
        lab.settle(self.folder)

    def version(self):
        """The version of the Python in .venv, or None when there is none that runs."""
        try:
            asked = [self.python, "-c", "import sys; print(*sys.version_info[:3], sep='.')"]
            return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return None

    def fingerprint(self, version):
        """Changes when what is to be installed, the Python or the place of the checkout changes."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))
        project["project"].pop("urls", None)  # where the course lives changes nothing that is installed
        parts = [project["build-system"], project["project"], project["tool"]["setuptools"], version, str(self.root)]
        parts.append((self.root / "constraints.txt").read_text(encoding="utf-8"))
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def variables(self):
        """The environment variables for a program that is to see .venv and nothing else."""
        kept = {name: value for name, value in os.environ.items() if name.upper() not in MISLEADING}
        path = os.pathsep.join([str(self.bin), kept.get("PATH", "")])
        chosen = {"VIRTUAL_ENV": str(self.folder), "PATH": path, "PYTHONNOUSERSITE": "1", "PIP_USER": "0"}
        # Otherwise a kernel "python3" in the user's home could run the notebooks instead of this one.
        return {**kept, **chosen, "JUPYTER_PREFER_ENV_PATH": "1"}

    def run(self, *arguments, **more):
        """Run .venv's Python in the checkout; the exit code."""
        cwd = more.pop("cwd", self.root)
        with subprocess.Popen([self.python, *arguments], cwd=cwd, env={**self.variables(), **more}) as program:
            while True:
                try:
                    return program.wait()
                except KeyboardInterrupt:  # the program got it too and is tidying up (JupyterLab: its kernels)
                    continue

    def versions(self):
        """What pip is told about versions: those that were tested."""
        return ["--constraint", "constraints.txt"]

    def _read_stamp(self):
        try:
            return json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {"fingerprint": None, "extras": []}

    def _other_python_wanted(self, version):
        chosen = "PYTHON" in os.environ  # make hands it on only when somebody typed it
        return chosen and version.split(".")[:2] != [str(number) for number in sys.version_info[:2]]

    def _create(self):
        missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
        if missing:
            raise Problem(no_venv_module())
        if self.folder.exists() and not self.stamp.exists() and any(self.folder.iterdir()):
            raise Problem(f"{self.folder} is not usable and was not made by this command. Remove it and try again.")
        say(f"Making {self.folder.name} with Python {sys.version.split()[0]} ...")
        made = subprocess.run([sys.executable, "-P", "-m", "venv", "--clear", self.folder], env=_without_misleading())
        if made.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Problem(f"Python's venv module could not make {self.folder.name}; its own words stand above.")
        self.stamp.write_text(json.dumps({"fingerprint": None, "extras": []}), encoding="utf-8")

    def _install(self, extras):
        say(f"Installing what the course needs into {self.folder.name} (once; a minute or two) ...")
        if not os.access(self.folder, os.W_OK):
            raise Problem(f"{self.folder} can't be written to, but does not hold what this command needs.")
        pip = ["-P", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.versions()]
        if self.run(*pip, "--editable", f".[{','.join(extras)}]"):
            raise Problem(
                "pip could not install what the course needs; its own words stand above.\n"
                "The first set-up needs the internet, later runs don't. Then type the same command again."
            )


class Oldest(Environment):
    """The lowest version that pyproject.toml allows of everything it names; pip chooses what these need."""

    def versions(self):
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project["optional-dependencies"]
        named = [*project["dependencies"], *extras["learn"], *extras["test"]]
        file = self.folder / "oldest.txt"
        file.write_text("".join(f"{line.replace('>=', '==')}\n" for line in named), encoding="utf-8")
        return ["--constraint", str(file)]


class Newest(Environment):
    """The newest of everything that this Python can have, looked up anew each time."""

    def versions(self):
        return ["--upgrade", "--upgrade-strategy", "eager"]

    def _read_stamp(self):
        return {"fingerprint": None, "extras": []}


def no_venv_module():
    major, minor = sys.version_info[:2]
    return (
        f"This Python ({sys.executable}) comes without its venv module.\n"
        f"On Debian and Ubuntu: sudo apt install python{major}.{minor}-venv. Then type the same command again."
    )


def _without_misleading():
    return {name: value for name, value in os.environ.items() if name.upper() not in MISLEADING}
