"""A chapter's lecture, slide by slide: what its sections show, in the order and the minutes of its plan."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lossbook.deck import blocks, choice
from lossbook.deck.choice import Slide
from lossbook.deck.notes import notes
from lossbook.deck.quiz import asked
from lossbook.deck.schedule import steps_of
from lossbook.deck.sections import PREDICT, SUMMARY, Section, sections, text_of
from lossbook.deck.text import paragraphs

MOST = 20  # slides of a lecture of 50 minutes
AROUND = 3  # of them: the title, a question of the quiz, the summary
TO_DO = "**Now you:** [the exercise](../exercises/{name}.html) · [the quiz](../notebooks/{name}.html#on-your-next-test)"


class Lecture(NamedTuple):
    """A deck."""

    name: str
    title: str
    question: str
    minutes: int
    slides: list[Slide]


class Shown(NamedTuple):
    """A section as slides; `step`: when the plan shows it, `fit`: how much the plan says of it."""

    section: Section
    slides: list[Slide]
    step: int
    fit: float

    @property
    def weight(self) -> tuple:
        """Of one step, the section of the least weight is left out first: text alone, or what the plan hardly names."""
        shows = any(block.kind != "text" for slide in self.slides for block in slide.blocks)
        return shows, self.fit


def lecture(name: str, nb: dict, plan: dict) -> Lecture:
    """Return the lecture that a notebook's core path and a plan make together."""
    about = nb["metadata"]["course"]
    *found, summary = sections(nb)
    way, fits = steps_of(found, plan["plan"])
    every = [Shown(one, slides_of(one), step, fit) for one, step, fit in zip(found, way, fits, strict=True)]
    shown = fitted(every, [step["minutes"] for step in plan["plan"]])
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
    """Return the slides of a section; each prediction has one of its own."""
    if section.part != PREDICT:
        return choice.slides(section)
    items = re.split(r"^\d+\. ", section.of("list")[0].text, flags=re.MULTILINE)[1:]
    return [Slide(section.part, [blocks.text(item.strip(), kind="question")], []) for item in items]


def fitted(shown: list[Shown], minutes: list[int]) -> list[Shown]:
    """Leave sections out until the slides fit a lecture.

    Predictions stay, and as long as possible a section with a claim, and one of each step; of the others one goes from
    the step in which a slide has the fewest minutes.
    """
    shown = list(shown)
    while sum(len(one.slides) for one in shown) > MOST - AROUND:
        of_step = Counter(one.step for one in shown)
        slides = Counter(one.step for one in shown for _ in one.slides)
        by_order = sorted(
            (one for one in shown if one.section.part != PREDICT),
            key=lambda one: (of_step[one.step] == 1, one.section.is_claim, minutes[one.step] / slides[one.step], one.weight),
        )
        shown.remove(by_order[0])
    return shown


def first(about: dict, nb: dict) -> Slide:
    """Return the title: what the chapter asks, and what you will be able to do."""
    goals = next(text for kind, text in paragraphs(text_of(nb["cells"][0]["source"])) if kind == "list")
    able = [blocks.text(about["question"], kind="question"), blocks.text("**You will be able to**"), blocks.listed(goals)]
    return Slide(f"{about['chapter']} · {about['title']}", able, [])


def last(name: str, summary: Section) -> Slide:
    """Return the summary, and what to do next."""
    return Slide(SUMMARY, [blocks.listed(summary.of("list")[0].text), blocks.text(TO_DO.format(name=name))], [])
