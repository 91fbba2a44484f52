"""The chooser of chapter 20 as a page has it: every question and every end of the tree, as the widget shows them."""

from __future__ import annotations

import re

from lossbook.course import lecture
from lossbook.live.markup import board
from lossutils.chapters import ch20
from lossutils.chooser import Question

LIVE = re.compile(r'^<div role="status" aria-live="polite"[^>]*>|</div>$')  # the page has a status of its own
TAUGHT = re.compile(r"(Taught in</strong> )(chapter (\d\d))")
LESS = "This is the whole chooser."


def data() -> dict:
    """Return the places of the tree by their path: what is shown there, and the answers."""
    chooser, places, open_paths = ch20.chooser(), {}, [()]
    while open_paths:
        path = open_paths.pop()
        chooser.go(path)
        answers = list(chooser.place.answers) if isinstance(chooser.place, Question) else []
        places[" → ".join(path)] = {"page": _with_links(LIVE.sub("", chooser.page)), "answers": answers}
        open_paths += [(*path, answer) for answer in answers]
    return {"kind": "chooser", "places": places, "back": chooser.back.description, "again": chooser.again.description}


def _with_links(page: str) -> str:
    """Return what is shown at a place, its chapter a link from the page of another."""
    return TAUGHT.sub(lambda found: f'{found[1]}<a href="{lecture(found[3]).stem}.html">{found[2]}</a>', page)


def html(made: dict) -> str:
    """Return what stands in the page in the widget's place."""
    first = made["places"][""]
    answers = "".join(f"<li>{answer}</li>" for answer in first["answers"])
    inside = f'<div class="live-status" role="status" aria-live="polite">{first["page"]}</div><ul>{answers}</ul>'
    return board("chooser20", inside, LESS, ("live/chooser20", "live-chooser", "live"))
