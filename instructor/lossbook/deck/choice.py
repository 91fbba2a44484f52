"""What of a section stands on its slides, and what is only said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from lossbook.deck import blocks
from lossbook.deck.blocks import GAP, HEIGHT, LARGER, Block
from lossbook.deck.pictures import Picture, halves, trimmed
from lossbook.deck.sections import ANSWERS, Piece, Section, text_of
from lossbook.deck.text import bold_words, sentences, words

READ, READ_ALONE = 45, 65  # words: more are not read from the back row
BEFORE_A_FORMULA = (30, 0)  # words: more sentences than the last, or that one
A_SENTENCE = 6  # fewer bold words name a thing
PRONOUNS = ("It ", "Its ", "This ", "These ", "That ", "They ")
REFERS = (*PRONOUNS, "So ", "But ", "Then ", "Here ", "Both ")  # to the sentence before
CODE = "From scratch"  # the part in which the program is what is taught
MANY_LINES = 12
Page = list[Block]


class Slide(NamedTuple):
    """A heading, what stands under it, and what the lecturer says besides.

    What is more than its section needs goes first: a table behind a figure.
    """

    heading: str
    blocks: Page
    said: list[str]
    is_more: bool = False

    @property
    def larger(self) -> float:
        """How much larger its letters may be; where a figure is, that takes the room."""
        if any(block.kind == "figure" for block in self.blocks):
            return 1.0
        room = room_under(self.heading)
        fits = (k for k in LARGER if height(self.blocks, k) <= room and all(one.fits_across(k) for one in self.blocks))
        return next(fits, 1.0)


def slides(section: Section) -> list[Slide]:
    """Return the slides of a section, with as many words before its formulas as cost no slide more."""
    return min((_slides(section, many) for many in BEFORE_A_FORMULA), key=len)


def _slides(section, many):
    room = room_under(section.heading)
    contents = _announced(list(_contents(section, room, many)))
    begins = " ".join(block.text for block in contents if isinstance(block, Block))
    remember = [Block("text", key, later=True) for key in key_sentences(section) if key not in begins]
    *_, last = [None, *section.of("figure")]
    pages, above, said = [], [], []
    for one in contents:
        if isinstance(one, Piece):
            more, unsaid = _with_figure(one, above, remember if one is last else [], room)
            pages, said, above = [*pages, *more], [*said, *unsaid], []
        elif height([*above, one]) <= room:
            above = [*above, one]
        else:
            pages, above = [*pages, above], [one]
    if last:
        more = [Slide(section.heading, above, [], is_more=True)] if above else []
    else:
        together = height([*above, *remember]) <= room
        pages, more = [*pages, *([[*above, *remember]] if together else [above, remember])], []
    return [*(Slide(section.heading, page, said if page is pages[-1] else []) for page in pages), *more]


def room_under(heading: str) -> int:
    """Return how much room is under a heading."""
    return HEIGHT - blocks.heading_height(heading) - GAP


def height(page: Page, larger: float = 1.0) -> int:
    """Return how high the blocks of a page are together."""
    return sum(block.height(larger) for block in page) + GAP * max(len(page) - 1, 0)


def _contents(section, room, many) -> Iterator[Block | Piece]:
    """What may be shown, in the order of the notebook; a figure is still a piece of it."""
    figures, opens = section.of("figure"), not section.of("figure", "formula")
    code = prints = False
    for before, piece, after in zip([None, *section.pieces], section.pieces, [*section.pieces[1:], None], strict=False):
        made = None
        if piece.kind == "prose" and opens:
            made, opens = Block("text", _beginning(piece.text, READ if section.of("printed", "table") else READ_ALONE)), False
        elif piece.kind == "formula":
            made = _step(before, piece, after, many)
        elif piece.kind == "table":
            made = Block("table", piece.text)
        elif piece.kind == "list" and not figures and before and before.text.endswith(":"):
            made = Block("list", piece.text)
        elif piece.kind == "program" and section.part == CODE and not figures and not code:
            source = _definitions(piece.text)
            made = Block("program", source) if 0 < len(source.splitlines()) <= MANY_LINES else None
        elif piece.kind == "printed" and not figures and not prints:
            made = Block("printed", piece.text)
        elif piece.kind == "figure":
            yield piece
        if made and made.fits_across() and made.height() <= room:
            code, prints = code or made.kind == "program", prints or made.kind == "printed"
            yield made


def _announced(contents):
    """The contents, without a last sentence that announces what isn't there."""
    if contents and isinstance(contents[-1], Block) and contents[-1].kind == "text" and contents[-1].text.endswith(":"):
        kept = " ".join(sentences(contents[-1].text)[:-1])
        contents[-1:] = [Block("text", kept)] if kept else []
    return contents


def _step(before, formula, after, many):
    """A step of a derivation: the sentences that lead to it, the formula, and what its letters mean."""
    parts = [formula.text]
    if before and before.kind == "prose":
        parts.insert(0, _end(before.text, many))
    if after and after.kind == "prose" and after.text[0].islower():
        parts.append(sentences(after.text)[0])
    return Block("formula", "\n\n".join(parts), later=True)


def _with_figure(piece, above, remember, room):
    """The pages that show a figure, with as much as leaves it large enough to be read; and what is said instead."""
    image = piece.output["metadata"]["image/png"]
    picture = trimmed(text_of(piece.output["data"]["image/png"]))
    return _shown(picture, image["alt"], above, [Block("caption", piece.text)], remember, room)


def _shown(picture: Picture, alt, above, caption, remember, room):
    for before, after in (
        (above, [*caption, *remember]),
        (above, remember or caption),
        ([], [*caption, *remember]),
        ([], remember or caption),
        ([], caption),
        ([], []),
    ):
        around = [*before, *after]
        if figure := blocks.figure(picture, alt, room - height(around) - GAP * bool(around)):
            pages = [[*before, figure, *after]] if before or not above else [above, [figure, *after]]
            unsaid = [block for block in (*caption, *remember) if block not in after]
            pages += [[block] for block in unsaid if block.text.startswith(ANSWERS)]
            return pages, [block.text for block in unsaid if not block.text.startswith(ANSWERS)]
    upper, lower = halves(picture)
    first, _ = _shown(upper, alt, above, [], [], room)
    second, unsaid = _shown(lower, alt, [], caption, remember, room)
    return [*first, *second], unsaid


def key_sentences(section: Section) -> list[str]:
    """Return what to remember: the answer to a prediction, or a claim's sentences with bold words, or a bold one."""
    prose = section.of("prose")
    answers = [_beginning(piece.text, READ) for piece in prose if piece.text.startswith(ANSWERS)]
    claims = [piece.text for piece in prose if "claim" in piece.tags]
    bold = (_bold(text, 1 if claims else A_SENTENCE) for text in claims or [piece.text for piece in prose])
    return answers or [found for found in bold if found][:1]


def _bold(prose, least):
    """The sentences with so many bold words; the one before where such a sentence begins with a pronoun."""
    every = sentences(prose)
    bold = {place for place, one in enumerate(every) if bold_words(one) >= least}
    bold |= {place - 1 for place in bold if place and every[place].startswith(PRONOUNS)}
    return " ".join(every[place] for place in sorted(bold))


def _beginning(prose, many):
    """The first sentences, up to so many words; two at least, since the first may be no more than a name."""
    chosen = []
    for sentence in sentences(prose):
        if len(chosen) >= 2 and words(" ".join([*chosen, sentence])) > many:
            break
        chosen.append(sentence)
    return " ".join(chosen)


def _end(prose, many):
    """The last sentence, and those before it up to so many words; the first of them speaks of none before."""
    *before, last = sentences(prose)
    chosen = [last]
    while before and (words(" ".join([before[-1], *chosen])) <= many or words(last) < A_SENTENCE):
        chosen.insert(0, before.pop())
        last = " ".join(chosen)
    while len(chosen) > 1 and chosen[0].startswith(REFERS):
        chosen.pop(0)
    if chosen[0].startswith(REFERS) and before:
        chosen.insert(0, before.pop())
    return " ".join(chosen)


def _definitions(code):
    """The functions and classes of a program."""
    tree = ast.parse(code)
    kept = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return "\n\n".join(ast.get_source_segment(code, node) for node in kept)
