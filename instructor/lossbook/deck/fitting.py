"""Which sections a lecture leaves out: its slides are shared out by the minutes that the plan has for them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from lossbook.deck.pages import Slide
from lossbook.deck.sections import Section

CLAIM = 1.5  # a section with a claim counts as if its step had so many times its minutes


class Shown(NamedTuple):
    """A section as slides: when the plan shows it, how much the plan says of it, and whether it stays in any case."""

    section: Section
    slides: list[Slide]
    step: int
    fit: float
    stays: bool

    @property
    def has_more(self) -> bool:
        """Whether it has a slide that can be left out alone."""
        return self.slides[-1].is_more

    @property
    def shows(self) -> bool:
        """Whether there is more to it than text."""
        return any(block.kind != "text" for slide in self.slides for block in slide.blocks)

    def less(self) -> list[Shown]:
        """Return what stays of it when a place is needed."""
        return [self._replace(slides=self.slides[:-1])] if self.has_more else []


def fitted(every: list[Shown], minutes: list[int], most: int) -> list[Shown]:
    """Leave sections out, one after the other, until there are no more than so many slides.

    The next comes from the step of the plan whose slides have the fewest minutes each. Of its sections, what is text
    alone goes first, then what the plan says least of. A step keeps one section as long as another has two.
    """
    shown = list(every)
    while sum(len(one.slides) for one in shown) > most:
        of_step = Counter(one.step for one in shown)
        slides = Counter(one.step for one in shown for _ in one.slides)

        def order(place, shown=shown, of_step=of_step, slides=slides):
            one = shown[place]
            each = minutes[one.step] / slides[one.step]
            if one.has_more:
                return False, False, each, one.shows, one.fit
            return one.stays, of_step[one.step] == 1, each * (CLAIM if one.section.is_claim else 1), one.shows, one.fit

        place = min(range(len(shown)), key=order)
        shown[place : place + 1] = shown[place].less()
    return shown
