"""The made parts of README.md: how to get the course, other ways in, and the map, which 00 shows too."""

import json
import re

from tools.setup.address import kept
from tools.setup.environment import Problem

FOLDERS = ("notebooks", "solutions", "exercises")
FIRST = "notebooks/00_start_here.ipynb"
IN_THE_MAP = {"title", "chapter", "question", "minutes"}
ANCHOR = '<a id="map"></a>'


def chapters(root):
    """What each lecture says of itself, in the order of the course."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        about = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("course")
        if about and about.get("track") != "reference":  # the cheat sheet is no lecture
            if missing := sorted(IN_THE_MAP - set(about)):
                raise Problem(f"{path.name}: its metadata 'course' lacks {', '.join(missing)}, which the map shows.")
            yield path, about


def course_map(root):
    """The map of README.md. It has three columns, which fit a phone: all links of a chapter stand in the first."""
    address = kept(root)
    lines = ["| Lecture | What it teaches | Minutes to read and run |", "|:--|:--|--:|"]
    for path, about in chapters(root):
        practice = [
            f"[{word}]({folder}/{path.name})"
            for word, folder in (("exercise", "exercises"), ("solution", "solutions"))
            if (root / folder / path.name).exists()
        ]
        opens = _open(address, f"notebooks/{path.name}") if address else []
        links = [f"{about['chapter']} · [{about['title']}](notebooks/{path.name})", " · ".join(practice)]
        links.append(" · ".join(f"[{name}]({link})" for name, link in opens))
        teaches = [about["question"], f"Data: {about['data']}" if about.get("data") else ""]
        cells = ["<br>".join(filter(None, links)), "<br>".join(filter(None, teaches)), str(about["minutes"])]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _open(address, file):
    """Pairs of a service that runs notebooks and the link that opens this one there."""
    links = {"Binder": address.binder(file), "Colab": address.colab(file)}
    return [(name, link) for name, link in links.items() if link]


def first_map(root):
    """The map that 00 shows a learner: what each chapter asks, and where it is."""
    lines = [f"## The map\n{ANCHOR}\n", "| chapter | what it teaches | minutes to read and run |", "|:--|:--|--:|"]
    for path, about in chapters(root):
        if about["track"] != "start":
            link = f"{about['chapter']} · [{about['title']}]({path.name})"
            lines.append(f"| {link} | {about['question']} | {about['minutes']} |")
    return "\n".join(lines)


def is_map(cell):
    """The map of 00 is known by its anchor, whatever an editor did to its id."""
    return cell["cell_type"] == "markdown" and ANCHOR in "".join(cell["source"])


def draw_first_map(nb, root):
    """Put the map into its cell in 00."""
    cells = [cell for cell in nb.cells if is_map(cell)]
    if len(cells) != 1:
        raise Problem(f"{FIRST} has {len(cells)} text cells with the anchor {ANCHOR}; one of them has to hold the map.")
    cells[0].id, cells[0].source = "map", first_map(root)


def links(root):
    address = kept(root)
    if address is None:
        return (
            "- **Binder, Colab**: this copy of the course does not know its own address on the web.\n"
            "  `python tools/course.py address https://github.com/YOU/YOURS` writes it, and the links, into\n"
            "  this page and all notebooks."
        )
    more = {"Colab": "; the first cell of each notebook fetches the package"}
    lines = [
        f"- **{name}**, nothing to install: [open the course]({link}){more.get(name, '')}"
        for name, link in _open(address, FIRST)
    ]
    return "\n".join(lines)


def clone(root):
    address = kept(root)
    if address is None:
        return "Unpack the course, or clone it with git, and open a terminal in its folder."
    return f"```\ngit clone {address.url}\ncd {address.name}\n```"


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
    """Write the made parts of README.md, and the map in 00, whose outputs have nothing to do with it."""
    texts = {root / "README.md": filled(root)}
    if (root / FIRST).exists():
        nb = json.loads((root / FIRST).read_text(encoding="utf-8"))
        for cell in filter(is_map, nb["cells"]):
            cell["source"] = first_map(root).splitlines(keepends=True)
        texts[root / FIRST] = json.dumps(nb, ensure_ascii=False, indent=1) + "\n"
    for path, text in texts.items():
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
