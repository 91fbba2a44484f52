"""Beside which section a question or an answer belongs: told by the words they share."""

from __future__ import annotations

import math
import re
from collections import Counter

from lossbook.deck.sections import PREDICT, Section

WORD = re.compile(r"[a-zé]{3,}|\d[\d.,]*")
STEM = 6  # letters: "derive" and "derived" are one word, "fade" and "fading" two
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
