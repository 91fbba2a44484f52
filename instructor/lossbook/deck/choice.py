"""What of a section stands on its slides, and what is only said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from lossbook.deck import blocks
from lossbook.deck.blocks import GAP, HEIGHT, Block
from lossbook.deck.pictures import Picture, halves, trimmed
from lossbook.deck.sections import Section, text_of
from lossbook.deck.text import bold_words, sentences, words

MANY_WORDS = 45  # more are not read from the back row
A_SENTENCE = 4  # fewer bold words name a thing
CODE = "From scratch"  # the part in which the program is what is taught
MANY_LINES = 12
ANSWERS = ("**Your first prediction", "**Your second prediction")
Page = list[Block]


class Slide(NamedTuple):
    """A heading, what stands under it, and what the lecturer says besides."""

    heading: str
    blocks: Page
    said: list[str]


def slides(section: Section) -> list[Slide]:
    """Return the slides of a section: what it derives, then what it shows, then the sentence to remember."""
    room = HEIGHT - blocks.heading_height(section.heading) - GAP
    remember = [blocks.text(key, later=True) for key in key_sentences(section)]
    *pages, above = pages_of([*_opening(section), *_derived(section, room)], room) or [[]]
    said: list[str] = []
    figures = section.of("figure")
    for piece in figures:
        picture, alt = trimmed(text_of(piece.output["data"]["image/png"])), piece.output["metadata"]["image/png"]["alt"]
        below = [blocks.caption(piece.text)], remember if piece is figures[-1] else []
        more, unsaid = _shown(picture, alt, above, *below, room)
        pages, said, above = [*pages, *more], [*said, *unsaid], []
    if not figures:
        pages += pages_of([*above, *_printed(section), *remember], room)
    return [Slide(section.heading, page, said if page is pages[-1] else []) for page in pages]


def pages_of(content: list[Block], room: int) -> list[Page]:
    """Return the blocks on as many pages as they need."""
    pages: list[Page] = []
    for block in content:
        if pages and height([*pages[-1], block]) <= room:
            pages[-1].append(block)
        else:
            pages.append([block])
    return pages


def height(page: Page) -> int:
    """Return how high the blocks of a page are together."""
    return sum(block.height for block in page) + GAP * max(len(page) - 1, 0)


def _shown(picture: Picture, alt, above, caption, remember, room):
    """The pages that show a figure, with as much as leaves it large enough to be read; and what is said instead."""
    for before, after in (
        (above, [*caption, *remember]),
        (above, remember or caption),
        ([], [*caption, *remember]),
        ([], remember or caption),
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
    answers = [_beginning(piece.text) for piece in prose if piece.text.startswith(ANSWERS)]
    claims = [piece for piece in prose if "claim" in piece.tags]
    found = ([one for one in sentences(piece.text) if bold_words(one) >= (1 if claims else A_SENTENCE)] for piece in claims or prose)
    return answers or [" ".join(bold) for bold in found if bold][:1]


def _beginning(prose):
    """The first sentences, as many as can be read; two at least, since the first may be no more than a name."""
    chosen = []
    for sentence in sentences(prose):
        if len(chosen) >= 2 and words(" ".join([*chosen, sentence])) > MANY_WORDS:
            break
        chosen.append(sentence)
    return " ".join(chosen)


def _opening(section):
    """The first sentences, where no figure and no formula speaks."""
    if section.of("figure", "formula") or not section.of("prose"):
        return []
    return [blocks.text(_beginning(section.of("prose")[0].text))]


def _derived(section, room) -> Iterator[Block]:
    """Each formula with the sentence that leads to it, and the tables that are small enough."""
    for before, piece, after in zip([None, *section.pieces], section.pieces, [*section.pieces[1:], None], strict=False):
        if piece.kind == "formula":
            leads = sentences(before.text)[-1] if before and before.kind == "prose" else ""
            symbols = sentences(after.text)[0] if after and after.kind == "prose" and after.text[0].islower() else ""
            yield blocks.step(leads, piece.text, symbols)
        elif piece.kind == "table" and (table := blocks.table(piece.text, room)):
            yield table


def _printed(section) -> Iterator[Block]:
    """The program, where it is what is taught, and the first table that a program prints."""
    programs = (_definitions(piece.text) for piece in section.of("program") if section.part == CODE)
    short = (code for code in programs if code and len(code.splitlines()) <= MANY_LINES)
    yield from [block for code in short if (block := blocks.printed(code, "program"))][:1]
    yield from [block for piece in section.of("printed") if (block := blocks.printed(piece.text))][:1]


def _definitions(code):
    """The functions and classes of a program."""
    tree = ast.parse(code)
    kept = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return "\n\n".join(ast.get_source_segment(code, node) for node in kept)
