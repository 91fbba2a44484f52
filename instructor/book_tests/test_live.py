"""The twins of the widgets: what a page shows and says is what the widget shows and says, and it can be found there."""

import functools
import io
import itertools
import json
import math
import random
import re
from collections import Counter

import numpy as np
import pytest
from lossbook.live import cells, chooser, letters, markup, pages, quiz
from lossbook.live.chapters import CHOSEN
from lossbook.live.controls import branches
from lossbook.live.frames import Frames
from lossbook.live.states import Seen
from lossbook.places import AUTHORED
from lossutils import questions
from lossutils.chapters import ch20
from lossutils.plot import paper
from lossutils.plot.texts import number
from lossutils.widgets.quiz import EXAM, judged
from lossutils.widgets.quiz import quiz as quiz_widget
from lossutils.widgets.typed import typed_number
from PIL import Image
from tests.figures import texts

TABLES = [chapter for chapter in CHOSEN if chapter not in pages.COMPUTED]
SHORT = ("05", "08")  # one of each kind
DRAWN = 12  # states a chapter
BLOCK = 12  # dots: letters are hinted in the PNG and not in the SVG, so single dots say nothing


def chapters(names=CHOSEN):
    """The chapters as parameters; the short part of the tests takes SHORT."""
    return pytest.mark.parametrize(
        "chapter", [name if name in SHORT else pytest.param(name, marks=pytest.mark.long) for name in names]
    )


# What is looked at -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def widgets():
    """The widget of each chapter, as its notebook makes it, and its controls at the start."""

    @functools.cache
    def widget(chapter):
        made = cells.run(cells.needed(pages.notebook(chapter), CHOSEN[chapter].cell))
        return made, branches(made, CHOSEN[chapter].few)

    return widget


@pytest.fixture
def bare(page):
    """A page with nothing but one twin, its picture as large as the widget's PNG; a function of its chapter."""

    def shows(chapter):
        twin = pages.everything()[chapter]
        static = AUTHORED / "_static"
        page.set_content(
            f"<style>{(static / 'live.css').read_text()}{letters.style_sheet(pieces(twin))}"
            ".live-picture { position: absolute; top: 0; left: 0; margin: 0 } .live-picture svg { width: 960px }</style>"
            f"{markup.html(twin, 'none')}"
        )
        for script in (markup.script(twin.key, twin.data), *map(read, scripts(static))):
            page.add_script_tag(content=script)
        page.evaluate("document.fonts.ready")
        return Board(page)

    return shows


def scripts(static):
    return [static / f"{name}.js" for name in markup.SCRIPTS]


def read(file):
    return file.read_text(encoding="utf-8")


def pieces(twin):
    return [twin.svg, *twin.data.get("pieces", [])]


class Board:
    """A twin in a page."""

    def __init__(self, page, inside=".live"):
        self.page, self.root = page, page.locator(inside)

    def put(self, line, values):
        """Put the controls where they hold these values, one for each control of the menu's line."""
        self.root.evaluate(
            """({ twin }, [line, values]) => {
              twin.menu?.put(line);
              const used = twin.source.branch?.controls ?? twin.controls.map((_, k) => k);
              used.forEach((k, at) => {
                const control = twin.controls[k];
                if (control.values && control.kind === "range") control.set(values[at]);
                else control.put(values[at]);
              });
              twin.source.moved();
              twin.show();
            }""",
            [line, values],
        )

    @property
    def sentence(self):
        return self.root.locator(".live-sentence").text_content()

    @property
    def texts(self):
        return self.root.evaluate("root => [...root.querySelectorAll('svg text')].map(text => text.textContent)")

    @property
    def picture(self):
        shot = self.root.locator("svg").screenshot()
        return Image.open(io.BytesIO(shot)).convert("RGB")

    def press(self, text):
        self.root.get_by_role("button", name=text, exact=True).click()

    def choose(self, name, text):
        """Choose a line of a menu, tick a box, or move a slider to the place with this text, as a hand does."""
        control = self.root.get_by_label(name, exact=True).first
        kind = control.evaluate("control => control.type")
        if kind == "select-one":
            control.select_option(label=text)
        elif kind == "checkbox":
            control.set_checked(text == "on")
        else:
            place = control.evaluate(
                "(input, text) => input.closest('.live').twin.controls.find((c) => c.input === input).texts.indexOf(text)",
                text,
            )
            assert place >= 0, f"{name} stops at no {text}"
            control.evaluate("(input, k) => { input.value = k; input.dispatchEvent(new Event('input')) }", place)
        return self

    def places(self, name):
        control = self.root.get_by_label(name, exact=True).first
        return control.evaluate("input => input.closest('.live').twin.controls.find((c) => c.input === input).texts")

    def number(self, before):
        """Return the number that the sentence has behind these words."""
        found = re.search(re.escape(before) + r" ?(−?[\d.,]+\d|−?\d)", self.sentence)
        assert found, (before, self.sentence)
        return float(found[1].replace("−", "-").replace(",", ""))


def states(lines, chapter, count=DRAWN):
    """Draw states of a widget: line of the menu, what a page puts there, and the widget's values."""
    draw = random.Random(chapter)
    for turn in range(count):
        branch = lines[turn % len(lines)]
        places = [draw.randrange(wide) for wide in branch.shape]
        values = branch.values(places)
        yield branch.line, _put(branch, places, chapter), values


def _put(branch, places, chapter):
    if chapter not in pages.COMPUTED:
        return places
    return [one.values[k] if one.kind == "range" else k for one, k in zip(branch.controls, places, strict=True)]


@pytest.fixture
def figures(monkeypatch):
    """The figures of which pictures were made, the last one last."""
    made, png = [], paper.png
    monkeypatch.setattr(paper, "png", lambda figure: (made.append(figure), png(figure))[1])
    return made


def words_of(figure):
    """The texts of a figure, line by line, without formulas."""
    texts.cache_clear()
    lines = (line for text, _ in texts(figure) for line in text.get_text().split("\n"))
    return Counter(line.strip() for line in lines if "$" not in line)


def blocks(image):
    """The mean colours of blocks of dots."""
    dots = np.asarray(image, float)
    tall, wide = (size // BLOCK * BLOCK for size in dots.shape[:2])
    return dots[:tall, :wide].reshape(tall // BLOCK, BLOCK, wide // BLOCK, BLOCK, 3).mean(axis=(1, 3))


def on_white(png):
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    ground.alpha_composite(picture)
    return ground.convert("RGB")


# The same as the widget --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chapter", CHOSEN)
def test_the_widget_is_the_one_that_the_notebook_shows(widgets, chapter):
    cell = next(cell for cell in pages.notebook(chapter)["cells"] if cell["id"] == CHOSEN[chapter].cell)
    (stored,) = ("".join(o["data"]["text/plain"]) for o in cell["outputs"] if len(o["data"]) == 2 and "model_id" in str(o))
    assert repr(widgets(chapter)[0]).startswith(stored.removesuffix("…"))


@chapters()
def test_a_page_says_what_the_widget_says_and_shows_its_numbers(widgets, bare, figures, chapter):
    (widget, lines), board = widgets(chapter), bare(chapter)
    for line, put, values in states(lines, chapter):
        widget.set(**values)
        board.put(line, put)
        assert board.sentence == widget.sentence
        if not widget.sentence.startswith("Nothing to draw"):
            shown = Counter(board.texts)
            assert not words_of(figures[-1]) - shown, values


@chapters()
def test_a_page_shows_the_widgets_picture(widgets, bare, chapter):
    (widget, lines), board = widgets(chapter), bare(chapter)
    for line, put, values in states(lines, chapter, count=6):
        widget.set(**values)
        board.put(line, put)
        if widget.sentence.startswith("Nothing to draw"):
            continue
        ours, theirs = board.picture, on_white(widget.picture)
        assert ours.size == theirs.size
        apart = np.abs(blocks(ours) - blocks(theirs)).max(axis=2)
        both = Image.new("RGB", (960, 2 * ours.height)); both.paste(ours, (0, 0)); both.paste(theirs, (0, ours.height)); both.save(f"/tmp/both{chapter}.png")
        print(chapter, put, apart.max().round(), (apart > 25).sum())
        assert apart.max() < 60 and (apart > 25).sum() <= 40, (values, apart.max(), (apart > 25).sum())


@chapters()
def test_the_buttons_lead_where_the_widgets_lead(widgets, bare, chapter):
    (widget, lines), board = widgets(chapter), bare(chapter)
    for text, (line, put, values) in itertools.product(widget.actions, states(lines, chapter)):
        widget.set(**values)
        before = widget.values
        next(button for button in widget.buttons if button.description == text).click()
        board.put(line, put)
        button = board.root.get_by_role("button", name=text, exact=True)
        assert (button.get_attribute("aria-disabled") == "true") == (widget.values == before)
        button.dispatch_event("click")
        assert board.sentence == widget.sentence


@chapters(TABLES)
def test_artists_that_are_not_drawn_anew_have_not_changed(widgets, chapter):
    widget, lines = widgets(chapter)
    seen = Seen(widget, "t")
    for _, _, values in states(lines, chapter):
        state = seen.state(values)
        if state.pieces is None:
            continue
        fresh = Frames("t")
        fresh.recorder = seen.frames.recorder
        assert [seen.pieces.things[k] for k in state.pieces] == list(fresh.of(seen.figure)), values
