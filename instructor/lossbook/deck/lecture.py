"""A chapter's lecture, slide by slide: its plan says which sections are shown, in which order, in how many minutes."""

from __future__ import annotations

import re
from typing import NamedTuple

from lossbook.deck import pages
from lossbook.deck.blocks import Block
from lossbook.deck.notes import notes
from lossbook.deck.pages import Slide
from lossbook.deck.quiz import asked
from lossbook.deck.sections import PREDICT, SUMMARY, Section, sections
from lossbook.deck.text import one_line, paragraphs

TO_DO = (
    "**Now you:** [the exercise](../exercises/{name}.html) · [the quiz](../notebooks/{name}.html#on-your-next-test)"
    " · [the whole chapter](../notebooks/{name}.html)"
)


class Lecture(NamedTuple):
    """A deck."""

    name: str
    title: str
    question: str
    minutes: int
    slides: list[Slide]


def lecture(name: str, nb: dict, plan: dict) -> Lecture:
    """Return the lecture that a notebook's core path and a plan make together."""
    about, steps = nb["metadata"]["course"], plan["plan"]
    *found, summary = sections(nb)
    named = {one.id: one for one in found}
    slides, places, begins = [first(about, nb)], {}, {}
    for number, step in enumerate(steps):
        for id in step.get("show", []):
            begins.setdefault(number, len(slides))
            places[id] = len(slides)
            slides += [one for one in slides_of(named[id]) if step.get("more") or not one.is_more]
        if "quiz" in step:
            begins.setdefault(number, len(slides))
    quiz = asked(about["chapter"], sum(step.get("quiz", 0) for step in steps))
    ending = [*quiz, last(name, summary)]
    told = notes(plan, found, begins, places, len(slides))
    slides = [one._replace(said=[*told[place], *one.said]) for place, one in enumerate([*slides, *ending])]
    return Lecture(name, slides[0].heading, about["question"], sum(step["minutes"] for step in steps), slides)


def slides_of(section: Section) -> list[Slide]:
    """Return the slides of a section; of the predictions, the second appears when the first is written down."""
    if section.part != PREDICT:
        return pages.slides(section)
    items = re.split(r"^\d+\. ", section.of("list")[0].text, flags=re.MULTILINE)[1:]
    return [Slide(section.part, [Block("text", one_line(item), later=True) for item in items], [])]


def first(about: dict, nb: dict) -> Slide:
    """Return the title: what the chapter asks, and what you will be able to do."""
    goals = next(text for kind, text in paragraphs(nb["cells"][0]["source"]) if kind == "list")
    able = [Block("question", about["question"]), Block("text", "**You will be able to**"), Block("list", goals)]
    return Slide(f"{about['chapter']} · {about['title']}", able, [])


def last(name: str, summary: Section) -> Slide:
    """Return the summary, and what to do next."""
    return Slide(SUMMARY, [Block("list", summary.of("list")[0].text), Block("text", TO_DO.format(name=name))], [])
