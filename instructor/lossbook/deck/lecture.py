"""A chapter's lecture, slide by slide: what its sections show, in the order and the minutes of its plan."""

from __future__ import annotations

import re
from typing import NamedTuple

from lossbook.deck import pages
from lossbook.deck.blocks import Block
from lossbook.deck.fitting import Shown, fitted
from lossbook.deck.notes import notes
from lossbook.deck.pages import Slide
from lossbook.deck.quiz import asked
from lossbook.deck.schedule import steps_of
from lossbook.deck.sections import PREDICT, SUMMARY, Section, sections
from lossbook.deck.text import one_line, paragraphs

MOST = 20  # slides of a lecture of 50 minutes
AROUND = 3  # of them: the title, a question of the quiz, the summary
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
    about = nb["metadata"]["course"]
    *found, summary = sections(nb)
    way, fits = steps_of(found, plan["plan"])
    stay = [place < 2 or one.answers for place, one in enumerate(found)]  # the predictions, and where the story begins
    every = [Shown(one, slides_of(one), *rest) for one, *rest in zip(found, way, fits, stay, strict=True)]
    shown = fitted(every, [step["minutes"] for step in plan["plan"]], MOST - AROUND)
    room = MOST - AROUND + 1 - sum(len(one.slides) for one in shown)
    ending = [*asked(about["chapter"], room), last(name, summary)]
    minutes = sum(step["minutes"] for step in plan["plan"])
    slides, places = [first(about, nb)], {}
    for one in shown:
        places[one.section.id] = len(slides)
        slides += one.slides
    told = notes(plan, found, way, places, len(slides))
    slides = [one._replace(said=[*told[place], *one.said]) for place, one in enumerate([*slides, *ending])]
    return Lecture(name, slides[0].heading, about["question"], minutes, slides)


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
