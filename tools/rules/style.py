"""Matters of style: lengths, counts, minutes. Each says its figure and the aim; none of them stops anything.

Where one of these makes a page worse, the page is right.
"""

import re
from statistics import median

from tools.plumbing.claims import pairs
from tools.plumbing.pages import text_cells
from tools.rules.chapters import instructor_notes, own_cells
from tools.rules.notebooks import at, captions
from tools.setup.readme import is_map

CELLS = 50
WORDS, LONG_TEXT = 40, 80  # of the text in the middle, and what no text needs
LINES, LONG_CODE = 8, 20
MINUTES = (30, 60)
CLAIMS = (3, 6)
LECTURE = 50  # minutes
CAPTION = 25  # words


def has_few_cells(page):
    if (count := len(own_cells(page))) > CELLS:
        yield f"{count} cells; the aim is {CELLS}"


def count_of_words(text):
    """A formula counts as one word, the target of a link and HTML as none."""
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$", " formula ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>\n]*>|\]\([^)\s]*\)", " ", text)
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def has_short_texts(page):
    """The map in 00 grows with the course."""
    texts = [cell for cell in text_cells(page.nb) if not is_map(cell)]
    yield from _lengths([(cell, count_of_words(cell.source)) for cell in texts], "text", "words", WORDS, LONG_TEXT)


def has_short_code(page):
    code = [cell for cell in own_cells(page) if cell.cell_type == "code"]
    yield from _lengths(
        [(cell, len(cell.source.splitlines())) for cell in code], "code cell", "lines", LINES, LONG_CODE
    )


def _lengths(counted, kind, unit, aim, long):
    """What is long by itself, and the length in the middle."""
    yield from (
        at(cell, f"{count} {unit}; a {kind} of more than {long} is long") for cell, count in counted if count > long
    )
    if counted and (middle := median(count for _, count in counted)) > aim:
        yield f"the {kind} of middle length has {middle:g} {unit}; the aim is {aim}"


def has_short_captions(page):
    for cell, caption in captions(page):
        if (count := count_of_words(caption)) > CAPTION:
            yield at(cell, f"a caption of {count} words; the aim is one sentence of {CAPTION} at most")


def has_text_between_code(page):
    cells = own_cells(page)
    kinds = [cell.cell_type for cell in cells]
    for position, cell in enumerate(cells):
        if kinds[max(position - 2, 0) : position + 1] == ["code"] * 3:
            yield at(cell, "the third code cell in a row; a text between them says what was seen")


def takes_half_an_hour_or_more(page):
    minutes = page.nb.metadata.get("course", {}).get("minutes", 0)
    if not MINUTES[0] <= minutes <= MINUTES[1]:
        yield f"{minutes} minutes; the aim is {MINUTES[0]} to {MINUTES[1]}"


def is_built_on_a_few_claims(page):
    count = len(list(pairs(page.nb)))
    if not CLAIMS[0] <= count <= CLAIMS[1]:
        yield f"{count} claims; the aim is {CLAIMS[0]} to {CLAIMS[1]}"


def plans_one_lecture(page):
    minutes = sum(step.get("minutes", 0) for step in instructor_notes(page).get("plan", []))
    if minutes != LECTURE:
        yield f"the instructor's plan takes {minutes} minutes; the aim is {LECTURE}"


EVERYWHERE = (has_short_code,)
LECTURES = (has_few_cells, has_short_texts, has_short_captions, has_text_between_code)
CHAPTERS = (takes_half_an_hour_or_more, is_built_on_a_few_claims, plans_one_lecture)
