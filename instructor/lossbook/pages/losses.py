"""A page for each loss: formula, claims and words elsewhere, its curve and slope, its chapters, its bugs."""

from __future__ import annotations

from functools import cache, partial

import numpy as np

from lossbook import course, kept
from lossbook.headings import anchors
from lossbook.lab import about_losses
from lossbook.pages.markdown import Pages, alt, first_line, page, table, toctree, with_dois
from lossbook.pictures import drawn
from lossbook.places import ROOT
from lossutils import CATALOGUE, clinic, plot
from lossutils.loss import Loss
from lossutils.losses import catalogue
from lossutils.plot.losses import PULLS, reach
from lossutils.plot.texts import number

CURVE, SLOPE = "loss", "slope"
CLINIC = "notebooks/bug_clinic.ipynb"
SHEET = "[cheat sheet](../notebooks/cheat_sheet.ipynb)"


def pages() -> Pages:
    """Yield the list of all losses, and a page with pictures for each."""
    chapters, bugs = course.chapters_by_loss(), bugs_by_loss()
    parts = ["# The losses", f"Each loss of the course on a page of its own. The {SHEET} has them all on one."]
    for family, members in catalogue.FAMILIES.items():
        rows = [(f"[{loss.name}]({name_of(loss)}.md)", f"`{loss!r}`", first_line(type(loss))) for loss in members]
        parts += [f"## {catalogue.TITLES[family]}", table(("loss", "in code", "what it is"), rows)]
    yield "losses/index.md", page(*parts, toctree(map(name_of, CATALOGUE)))
    for loss in CATALOGUE:
        yield from card(loss, chapters.get(name_of(loss), []), bugs.get(name_of(loss), []))


def name_of(loss: Loss) -> str:
    """Return the name of a loss in code, which its page has, too."""
    return type(loss).__name__


def card(loss: Loss, chapters: list[tuple[str, str]], bugs: list[str]) -> Pages:
    """Yield one loss's page, and its two pictures."""
    name = name_of(loss)
    parts = [f"# {loss.name[0].upper()}{loss.name[1:]}", with_dois(loss._repr_markdown_())]
    for what, show in pictures(loss).items():
        picture = kept.once(f"{name}_{what}", partial(drawn, show))
        yield f"losses/{name}_{what}.png", picture.png
        parts.append(f"![{alt(picture.words)}]({name}_{what}.png)")
    parts.append(f'<a href="../loss_lab.html#loss={name}">Move it in the loss lab</a>, alone or beside another loss.')
    if chapters:
        parts += ["## Chapters that use it", "\n".join(f"- [{title}](../notebooks/{file})" for file, title in chapters)]
    if bugs:
        parts.append("## Bugs that meet it")
        parts += [f"{bug_in_the_clinic(bug)} {case(bug, name)}" for bug in bugs]
    yield f"losses/{name}.md", page(*parts)


# Pictures ---------------------------------------------------------------------------------------------------------


def pictures(loss: Loss) -> dict:
    """Return what draws the curve of a loss, and its slope."""
    if not loss.row_wise:
        return {CURVE: lambda: plot.loss_curves([loss]), SLOPE: lambda: plot.slopes([loss])}
    x, rows, target, moved, xlabel = a_row(loss)
    targets = np.tile(target, (len(rows), 1))
    slopes = loss.grad(rows, targets)[:, moved] * len(rows)
    seen = np.abs(slopes) <= reach(slopes, PULLS)  # near 0 a logarithm is so steep that nothing else would be seen
    ylabel = "slope in that number" + ("" if seen.all() else f", from p = {number(x[seen][0], 2)} on")
    return {
        CURVE: lambda: plot.lines(x, {loss.name: loss.each(rows, targets)}, xlabel, "loss of the row"),
        SLOPE: lambda: plot.lines(x[seen], {loss.name: slopes[seen]}, xlabel, ylabel),
    }


def a_row(loss: Loss, points: int = 201) -> tuple[np.ndarray, np.ndarray, np.ndarray, int, str]:
    """Return a way through rows in which one number is moved: its values, the rows, the target, its place, its name.

    For classes, it belongs to the right one of three; what the others have is shared equally. For masks, it is a pixel
    of the mask, beside one that is hit and one outside that is half believed.
    """
    x = np.linspace(0.005, 0.995, points)
    kind = about_losses.kind(loss)
    if kind == "mask":
        rows = np.column_stack([x, np.full(points, 0.9), np.full(points, 0.5), np.zeros(points)])
        return x, rows, np.array([1.0, 1, 0, 0]), 0, "p of one of the two pixels in the mask"
    if kind == "scores":
        x = np.linspace(-6, 6, points)
        rows = np.column_stack([x, np.zeros(points), np.zeros(points)])
        return x, rows, np.eye(3)[0], 0, "score of the right class; the two others have 0"
    rows = np.column_stack([x, (1 - x) / 2, (1 - x) / 2])
    return x, rows, np.eye(3)[0], 0, "p of the right class; the two others share the rest"


# Where a loss is met ----------------------------------------------------------------------------------------------


@cache
def clinic_places() -> dict[str, tuple[str, str]]:
    """Return for each cell of the bug clinic its heading, and how a link points to that."""
    return anchors(course.notebook(ROOT / CLINIC))


def bug_in_the_clinic(bug: str) -> str:
    """Return a link to a bug, by the heading that it has in the clinic."""
    cell = next(name for name in clinic_places() if name.startswith(f"{bug}-"))
    heading, anchor = clinic_places()[cell]
    return f"**[{heading}](../{CLINIC}#{anchor})**"


def case(bug: str, name: str) -> str:
    """Return the smallest case of a bug in a loss; where it is a case of another loss, only a sentence that says so."""
    with_loss = case_of(bug)
    if with_loss == name:
        return clinic.elsewhere(bug)._repr_markdown_()
    other = next(loss for loss in CATALOGUE if name_of(loss) == with_loss)
    return f"The clinic shows it with [{other.name}]({with_loss}.md); here it is the same mistake."


def case_of(bug: str) -> str:
    """Return the loss, by its name in code, that the smallest case of a bug is computed with."""
    return clinic.bug(bug)["ours"].partition("(")[0]


def bugs_by_loss() -> dict[str, list[str]]:
    """Return for each loss the bugs of the clinic that concern it."""
    found: dict[str, list[str]] = {}
    for bug in clinic.names():
        about = clinic.bug(bug)
        for name in about["losses"] if about["elsewhere"] else ():
            found.setdefault(name, []).append(bug)
    return found
