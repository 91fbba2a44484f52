"""A chapter's lecture, slide by slide: what its sections show, in the order and the minutes of its plan."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from lossbook.deck import choice
from lossbook.deck.blocks import Block
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
    """A section as slides; `step`: when the plan shows it, `fit`: how much the plan says of it, `stays`: whatever it costs."""

    section: Section
    slides: list[Slide]
    step: int
    fit: float
    stays: bool

    @property
    def weight(self) -> tuple:
        """The least is left out first: what is no claim, then what is text alone, then what the plan hardly names."""
        shows = any(block.kind != "text" for slide in self.slides for block in slide.blocks)
        return self.section.is_claim and not self.has_more, shows, self.fit

    @property
    def has_more(self) -> bool:
        """Whether a slide can be left out without the section."""
        return self.slides[-1].is_more

    def less(self) -> list[Shown]:
        """Return what stays of it when a place is needed."""
        return [self._replace(slides=self.slides[:-1])] if self.has_more else []


def lecture(name: str, nb: dict, plan: dict) -> Lecture:
    """Return the lecture that a notebook's core path and a plan make together."""
    about = nb["metadata"]["course"]
    *found, summary = sections(nb)
    way, fits = steps_of(found, plan["plan"])
    stay = [place < 2 or one.answers for place, one in enumerate(found)]  # the predictions, and where the story begins
    every = [Shown(one, slides_of(one), *rest) for one, *rest in zip(found, way, fits, stay, strict=True)]
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
    """Return the slides of a section; of the predictions, the second appears when the first is written down."""
    if section.part != PREDICT:
        return choice.slides(section)
    items = re.split(r"^\d+\. ", section.of("list")[0].text, flags=re.MULTILINE)[1:]
    return [Slide(section.part, [Block("text", " ".join(item.split()), later=True) for item in items], [])]


def fitted(shown: list[Shown], minutes: list[int]) -> list[Shown]:
    """Leave sections out until the slides fit a lecture: one after the other from the step that has the least time.

    Of a step's sections, those with a claim stay longest, and one of each step as long as another has two.
    """
    shown = list(shown)
    while sum(len(one.slides) for one in shown) > MOST - AROUND:
        alone = {step for step, count in Counter(one.step for one in shown).items() if count == 1}
        slides = Counter(one.step for one in shown for _ in one.slides)

        def order(place, shown=shown, alone=alone, slides=slides):
            one = shown[place]
            last = (one.stays, one.step in alone) if not one.has_more else (False, False)
            return *last, minutes[one.step] / slides[one.step], one.weight

        place = min(range(len(shown)), key=order)
        shown[place : place + 1] = shown[place].less()
    return shown


def first(about: dict, nb: dict) -> Slide:
    """Return the title: what the chapter asks, and what you will be able to do."""
    goals = next(text for kind, text in paragraphs(text_of(nb["cells"][0]["source"])) if kind == "list")
    able = [Block("question", about["question"]), Block("text", "**You will be able to**"), Block("list", goals)]
    return Slide(f"{about['chapter']} · {about['title']}", able, [])


def last(name: str, summary: Section) -> Slide:
    """Return the summary, and what to do next."""
    return Slide(SUMMARY, [Block("list", summary.of("list")[0].text), Block("text", TO_DO.format(name=name))], [])
