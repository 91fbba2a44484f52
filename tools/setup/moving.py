"""Gives the course another address: in pyproject.toml, and in everything that is made from it."""

import json
import re

from tools.plumbing import colab
from tools.setup import address, readme
from tools.setup.environment import Problem

LINES = {  # of the two files that hold it as a line: before which line, and the line
    "pyproject.toml": (r"^(# The one place .*\n)(?:Repository = .*\n)?", 'Repository = "{url}"\n'),
    "CITATION.cff": (r"^(license: .*\n)(?:repository-code: .*\n)?", 'repository-code: "{url}"\n'),
}


def move(root, text=None):
    """Take the address in `text`, or that of git's origin; the new address and the names of the files that changed."""
    new = address.parsed(text) if text else address.of_the_remote(root)
    if new is None:
        what = f"{text} is not" if text else "What git calls origin is missing here, or is not"
        raise Problem(f"{what} the address of a repository, such as https://github.com/YOU/YOURS")
    changed = _write(root, {"pyproject.toml": _with_line(root, "pyproject.toml", new)})
    return new, sorted(changed + _write(root, made(root)))


def made(root):
    """What is made from the address: the text that each file should have."""
    texts = {"README.md": readme.filled(root), "CITATION.cff": _with_line(root, "CITATION.cff", address.kept(root))}
    for path in sorted(path for folder in readme.FOLDERS for path in (root / folder).glob("*.ipynb")):
        texts[path.relative_to(root).as_posix()] = _notebook(path, colab.source(root))
    return texts


def _with_line(root, name, new):
    pattern, line = LINES[name]
    text = (root / name).read_text(encoding="utf-8")
    if not re.search(pattern, text, re.MULTILINE):
        raise Problem(f"{name} has lost the line after which the address stands.")
    wanted = line.format(url=new.url) if new else ""
    return re.sub(pattern, lambda found: found[1] + wanted, text, count=1, flags=re.MULTILINE)


def _notebook(path, source):
    """The notebook with its cell for Colab as it should be; nothing else in it changes, so no cell need run again."""
    nb = json.loads(path.read_text(encoding="utf-8"))
    for cell in filter(colab.is_for_colab, nb["cells"]):
        cell["source"] = source.splitlines(keepends=True)
    return json.dumps(nb, ensure_ascii=False, indent=1) + "\n"


def _write(root, texts):
    changed = [name for name, text in texts.items() if (root / name).read_text(encoding="utf-8") != text]
    for name in changed:
        (root / name).write_text(texts[name], encoding="utf-8", newline="\n")
    return changed
