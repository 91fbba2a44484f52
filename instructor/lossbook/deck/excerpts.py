"""Which sentences of a section stand on its slides: few, and such as need no others before them."""

from __future__ import annotations

import itertools
import re

from lossbook.deck.sections import ANSWERS, Section
from lossbook.deck.text import bold_words, sentences, words

READ, READ_ALONE = 45, 65  # words: more are not read from the back row, beside other things and alone
A_SENTENCE = 6  # fewer bold words name a thing
ELSEWHERE = re.compile(r"\b(PyTorch|optax|below)\b")  # what is no part of the thought, or of the slide
PRONOUNS = ("It ", "Its ", "This ", "These ", "That ", "They ")
REFERS = (*PRONOUNS, "So ", "But ", "Then ", "Here ", "Both ")  # to the sentence before


def to_remember(section: Section) -> list[str]:
    """Return the answer to a prediction, or else the bold sentences of a claim, or else the first bold sentence."""
    prose = section.of("prose")
    if answers := [beginning(piece.text, READ) for piece in prose if piece.text.startswith(ANSWERS)]:
        return answers
    claims = [piece.text for piece in prose if "claim" in piece.tags]
    bold = (_bold(text, 1 if claims else A_SENTENCE) for text in claims or [piece.text for piece in prose])
    return [found for found in bold if found][:1]


def what_follows(section: Section) -> list[str]:
    """Return what is concluded from the last formula where no sentence is to be remembered and no figure shows it."""
    kinds = [piece.kind for piece in section.pieces]
    if to_remember(section) or "figure" in kinds or "formula" not in kinds:
        return []
    for piece in section.pieces[len(kinds) - kinds[::-1].index("formula") :]:
        every = [one for one in sentences(piece.text) if piece.kind == "prose" and not one[0].islower()]
        told = list(itertools.takewhile(lambda one: not ELSEWHERE.search(one), every))
        if told and not (told[0].startswith(PRONOUNS) and {"table", "printed"} & set(kinds)):
            return [beginning(" ".join(told), READ)]
    return []


def _bold(prose, least):
    """The sentences with so many bold words; the one before where such a sentence begins with a pronoun."""
    every = sentences(prose)
    bold = {place for place, one in enumerate(every) if bold_words(one) >= least}
    bold |= {place - 1 for place in bold if place and every[place].startswith(PRONOUNS)}
    return " ".join(every[place] for place in sorted(bold))


def beginning(prose: str, many: int) -> str:
    """Return the first sentences, up to so many words; two at least, since the first may be no more than a name."""
    chosen: list[str] = []
    for sentence in sentences(prose):
        if len(chosen) >= 2 and words(" ".join([*chosen, sentence])) > many:
            break
        chosen.append(sentence)
    return " ".join(chosen)


def ending(prose: str, many: int) -> str:
    """Return the last sentence, and those before it up to so many words; the first of them needs none before it."""
    *before, last = sentences(prose)
    if before and before[0][0].islower():  # the end of the formula before
        before.pop(0)
    chosen = [last]
    while before and (words(" ".join([before[-1], *chosen])) <= many or words(" ".join(chosen)) < A_SENTENCE):
        chosen.insert(0, before.pop())
    while len(chosen) > 1 and chosen[0].startswith(REFERS):
        chosen.pop(0)
    if chosen[0].startswith(REFERS) and before:
        chosen.insert(0, before.pop())
    return " ".join(chosen)
