"""The pages that are made: each is Markdown, or a picture, by the path that it has in the book."""

from __future__ import annotations

from lossbook.pages import claims, data, front, library, losses, plans, questions, run_times, words
from lossbook.pages.markdown import Pages


def everything() -> Pages:
    """Yield all of them."""
    for room in (front, losses, questions, words, data, library, claims, run_times, plans):
        yield from room.pages()
