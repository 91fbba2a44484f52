"""The pages that are made from the library: each is Markdown, by the path that it has in the book."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterator
from importlib import resources

from lossbook import kept
from lossbook.pictures import drawn
from lossutils import CATALOGUE, clinic, data, glossary, plot, questions
from lossutils.loss import Loss
from tools.plumbing.claims import assertions, claims
from tools.plumbing.pages import paths, read

FOLDED = "<details><summary>{}</summary>\n\n{}\n\n</details>"
Pages = Iterator[tuple[str, str | bytes]]


def everything() -> Pages:
    """Yield all of them."""
    yield from loss_cards()
    yield from question_pages()
    yield "reference/glossary.md", glossary_page()
    yield "reference/claims.md", claims_page()
    yield "reference/data.md", data_page()


# Losses -----------------------------------------------------------------------------------------------------------


def loss_cards() -> Pages:
    """A page for each loss of the catalogue, with its curve and its slope, its chapters and its bugs."""
    chapters, bugs = chapters_by_loss(), bugs_by_loss()
    lines = ["# The losses", "", "| loss | in code | what it is |", "|:--|:--|:--|"]
    for loss in CATALOGUE:
        name = type(loss).__name__
        lines.append(f"| [{loss.name}]({name}.md) | `{loss!r}` | {first_line(type(loss))} |")
        yield from loss_card(loss, chapters.get(name, []), bugs.get(name, []))
    listed = "\n".join(type(loss).__name__ for loss in CATALOGUE)
    yield "losses/index.md", "\n".join(lines) + f"\n\n```{{toctree}}\n:hidden:\n\n{listed}\n```\n"


def first_line(thing: object) -> str:
    """Return the first sentence of what is said of a class or a function."""
    return " ".join(inspect.getdoc(thing).partition("\n\n")[0].split())


def loss_card(loss: Loss, chapters: list[str], bugs: list[str]) -> Pages:
    """One loss."""
    name = type(loss).__name__
    parts = [f"# {loss.name[0].upper()}{loss.name[1:]}", loss._repr_markdown_()]
    if not loss.row_wise:
        for what, draw in (("loss", plot.loss_curves), ("slope", plot.slopes)):
            picture = kept.once(f"{name}_{what}", lambda draw=draw: drawn(lambda: draw([loss])))
            yield f"losses/{name}_{what}.png", picture.png
            parts.append(f"![{escaped(picture.words)}]({name}_{what}.png)")
    if chapters:
        parts += ["## Chapters that use it", "\n".join(f"- [{title}](../notebooks/{file})" for file, title in chapters)]
    if bugs:
        parts += ["## Bugs that meet it", *(clinic.elsewhere(bug)._repr_markdown_() for bug in bugs)]
    yield f"losses/{name}.md", "\n\n".join(parts) + "\n"


def chapters_by_loss() -> dict[str, list[tuple[str, str]]]:
    """Return for each loss the notebooks whose code uses it: file and title."""
    found: dict[str, list] = {}
    for path in paths("notebooks"):
        nb = read(path)
        code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
        title = nb.cells[0].source.splitlines()[0].removeprefix("# ")
        for loss in CATALOGUE:
            name = type(loss).__name__
            if re.search(rf"\b{name}\(", code):
                found.setdefault(name, []).append((path.name, title))
    return found


def bugs_by_loss() -> dict[str, list[str]]:
    """Return for each loss the bugs of the clinic that concern it."""
    text = resources.files("lossutils.clinic").joinpath("bugs.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for bug in tomllib.loads(text)["bugs"]:
        for name in bug["losses"] if bug.get("elsewhere") else ():
            found.setdefault(name, []).append(bug["id"])
    return found


# Questions --------------------------------------------------------------------------------------------------------


def question_pages() -> Pages:
    """A page for each chapter's questions, the answers folded."""
    for number in questions.chapters():
        folded = [one.folded(place) for place, one in enumerate(questions.load(number), start=1)]
        yield f"questions/{number}.md", f"# Questions of chapter {number}\n\n" + "\n\n".join(folded) + "\n"


# Reference --------------------------------------------------------------------------------------------------------


def glossary_page() -> str:
    """The symbols and the words of the course."""
    parts = ["# Symbols and words", "## Symbols", glossary.symbols()._repr_markdown_()]
    return "\n\n".join([*parts, "## Words", glossary.words()._repr_markdown_()]) + "\n"


def claims_page() -> str:
    """Every sentence that a chapter is built on, and what proves it, folded."""
    parts = ["# The ledger of claims", "Each sentence was checked when its notebook ran; the proof is folded under it."]
    for chapter, claim, check in claims():
        text = re.sub(r"^#+ (.*)$", r"**\1**", claim, flags=re.MULTILINE)
        text = re.sub(r"\]\((?=\w+\.ipynb)", "](../notebooks/", text)
        proof = "\n".join(assertions(check))
        parts += [f"**{chapter}** {text}", FOLDED.format("Proof", f"```python\n{proof}\n```")]
    return "\n\n".join(parts) + "\n"


def data_page() -> str:
    """The data sets: what was measured, by whom, in which units, under which licence."""
    names = [name for name, thing in vars(data).items() if inspect.isfunction(thing) and not name.startswith("_")]
    made = ((name, getattr(data, name)) for name in names if getattr(data, name).__module__ == data.__name__)
    cards = (f"## {name}\n\n{function()._repr_markdown_()}" for name, function in made)
    return "\n\n".join(["# The data", *cards]) + "\n"


def escaped(text: str) -> str:
    """Return a text as it stands in the alt text of a picture."""
    return text.replace("[", "\\[").replace("]", "\\]")
