"""Writes constraints.txt: the exact versions of everything that the course and its tests install."""

import subprocess
import sys
import tempfile
from pathlib import Path

EXTRAS = "learn,test,browser,lint"
# soupsieve 3 needs Python 3.11.5, and Debian 12 has 3.11.2; PyTorch comes with a sympy that needs mpmath before 1.4.
# jsonschema 4.25 brings a package that takes a second to import, in every process that reads a notebook.
OLDER = ["soupsieve<3", "mpmath<1.4", "jsonschema<4.25"]
HEADER = """\
# The versions that the course was tested with: names and versions, nothing else. Written by
#   python tools/course.py pin
"""


def write(root):
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", f".[{EXTRAS}]", *OLDER], cwd=root, check=True)
        frozen = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    (root / "constraints.txt").write_text(HEADER + "\n".join(pinned(frozen)) + "\n", encoding="utf-8")


def write_for_lecturers(root):
    """Write instructor/constraints.txt: what grading and the book install beside what the course does."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        asked = ["-c", "constraints.txt", "./instructor[book,cluster,exam,exam-test,postgresql,test]"]
        subprocess.run([python, "-m", "pip", "install", "-q", *asked], cwd=root, check=True)
        frozen = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True, check=True).stdout
    known = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in pinned(frozen) if line not in known and not line.startswith("lossgrade")]
    (root / "instructor" / "constraints.txt").write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def pinned(frozen):
    """`name==version` lines only: no files, no addresses, not the course itself, no local version labels."""
    plain = (line.strip() for line in frozen.splitlines() if "==" in line and not {"@", "#"} & set(line))
    kept = (line.split("+")[0] for line in plain if not line.lower().startswith("lossutils=="))
    return sorted(kept, key=str.lower)
