"""Which step of the lecture's plan belongs to which section, and what to ask there: told by the words they share."""

from __future__ import annotations

import math
import re
from collections import Counter

from lossbook.deck.sections import PREDICT, WHOLE, Section

WORD = re.compile(r"[a-zé]{3,}|\d[\d.,]*")
STEM = 6  # letters: "derive" and "derived" are one word, "fade" and "fading" two
OTHER_PART = -10.0  # a step that names its part belongs to no other
IN_THE_HEADING = 2  # times as much as in the text
LONGER = 0.2  # the power of its length that a section's likeness is divided by


class Likeness:
    """How much a sentence and a section have in common: rare words count more, those of a heading twice."""

    def __init__(self, sections: list[Section]):
        self.sections = sections
        self.texts = [stems(" ".join([one.heading, *(piece.text for piece in one.pieces)])) for one in sections]
        self.headings = [stems(one.heading) for one in sections]
        self.in_sections = Counter(stem for text in self.texts for stem in text)

    def of(self, sentence: str, place: int) -> float:
        """Return the likeness of a sentence and the section at a place."""
        said = stems(sentence)
        shared = said & (self.texts[place] | self.headings[place])
        rare = {stem: math.log((len(self.sections) + 1) / max(self.in_sections[stem], 1)) for stem in shared}
        twice = sum(rare[stem] for stem in shared & self.headings[place])
        return (sum(rare.values()) + (IN_THE_HEADING - 1) * twice) / math.sqrt(max(len(said), 1))

    def best(self, sentence: str) -> int:
        """Return the place of the section that teaches what a sentence speaks of; a long one shares many words."""
        taught = [place for place, section in enumerate(self.sections) if section.part != PREDICT]
        return max(taught, key=lambda place: self.of(sentence, place) / len(self.texts[place]) ** LONGER)


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's words."""
    return {word[:STEM] for word in WORD.findall(text.lower())}


def steps_of(sections: list[Section], plan: list[dict]) -> tuple[list[int], list[float]]:
    """Return for each section the step of the plan in which it is shown, and how well the two fit.

    Steps and sections keep their order; of all such ways this is the one with the largest sum of likenesses.
    """
    likeness = Likeness(sections)
    parts = {section.part for section in sections} - set(WHOLE)
    named = [next((part for part in parts if step["do"].startswith(part)), None) for step in plan]
    fits = [
        [
            likeness.of(step["do"], place) + (OTHER_PART if part and section.part in parts - {part} else 0)
            for step, part in zip(plan, named, strict=True)
        ]
        for place, section in enumerate(sections)
    ]
    total = [fits[0][0]] + [-math.inf] * (len(plan) - 1)  # the best way that ends in each step
    before = []
    for fit in fits[1:]:
        sources = [max(range(step + 1), key=total.__getitem__) for step in range(len(plan))]
        total = [total[source] + fit[step] for step, source in enumerate(sources)]
        before.append(sources)
    way = [max(range(len(plan)), key=total.__getitem__)]
    for sources in reversed(before):
        way.append(sources[way[-1]])
    way.reverse()
    return way, [fits[place][step] for place, step in enumerate(way)]
