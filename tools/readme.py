"""The generated parts of README.md (the map, the links to Binder and Colab), and the one address they use."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

from tools.environment import Problem

GITHUB = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+)")


def repository(root):
    """The public address of the course, from its one place in pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["urls"]["Repository"]


def slug(root):
    return "/".join(GITHUB.fullmatch(repository(root)).groups())


def chapters(root):
    """What each lecture says of itself, in the order of the course."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("course")
        if about and about.get("track") != "reference":  # the cheat sheet is no lecture
            yield path, about


def course_map(root):
    lines = ["| | Lecture | What it teaches | Data | Minutes | Practice | Open in |", "|--|--|--|--|--:|--|--|"]
    for path, about in chapters(root):
        practice = [
            f"[{word}]({folder}/{path.name})"
            for word, folder in (("exercise", "exercises"), ("solution", "solutions"))
            if (root / folder / path.name).exists()
        ]
        title = f"[{about['title']}](notebooks/{path.name})"
        cells = [about["chapter"], title, about["question"], about.get("data") or "", str(about["minutes"])]
        cells += [" · ".join(practice), f"[Binder]({binder(root, path.name)})"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def first_map(root):
    """The map that 00 shows a learner: what each chapter asks, and where it is."""
    lines = ['## The map\n<a id="map"></a>\n', "| | chapter | what it teaches | minutes |", "|:--|:--|:--|--:|"]
    for path, about in chapters(root):
        if about["track"] != "start":
            cells = [about["chapter"], f"[{about['title']}]({path.name})", about["question"], str(about["minutes"])]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def draw_first_map(nb, root):
    """Put the map into its cell, the one with the id "map", of a notebook that has one."""
    for cell in nb.cells:
        if cell.id == "map":
            cell.source = first_map(root)


def colab(root, name):
    return f"https://colab.research.google.com/github/{slug(root)}/blob/main/notebooks/{name}"


def binder(root, name):
    return f"https://mybinder.org/v2/gh/{slug(root)}/HEAD?urlpath=lab/tree/notebooks/{name}"


def links(root):
    first = "00_start_here.ipynb"
    return (
        f"- **Binder**, nothing to install: [open the course]({binder(root, first)})\n"
        f"- **Colab**, nothing to install: [open the course]({colab(root, first)}); its first cell fetches the "
        "package, and says what to do in the other chapters"
    )


def clone(root):
    return f"```\ngit clone {repository(root)}\ncd {repository(root).rsplit('/', 1)[1]}\n```"


PARTS = {"clone": clone, "links": links, "map": course_map}


def filled(root):
    """README.md with its generated parts as they should be."""
    text = (root / "README.md").read_text(encoding="utf-8")
    for name, part in PARTS.items():
        between = re.compile(rf"(<!-- {name}: generated -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
        if not between.search(text):
            raise Problem(f"README.md has lost its markers for the part '{name}'.")
        text = between.sub(lambda found, part=part: f"{found[1]}{part(root)}\n{found[2]}", text)
    return text


def write(root):
    (root / "README.md").write_text(filled(root), encoding="utf-8", newline="\n")


def move(root, new):
    """Give the course another address, everywhere; the files that changed."""
    if not GITHUB.fullmatch(new):
        raise Problem(f"{new} is not an address like https://github.com/YOU/YOURS")
    old, changed = slug(root), []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = Path(root) / name
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError):
            continue
        if old in text:
            path.write_text(text.replace(old, "/".join(GITHUB.fullmatch(new).groups())), encoding="utf-8", newline="\n")
            changed.append(name)
    return changed
