"""The slides, as a lecturer has them: from disk, without a network, on a screen of 1200 × 800."""

import json
import math
import re
from contextlib import nullcontext
from pathlib import Path

import pytest
from axe import serious
from playwright.sync_api import expect

from lossbook import slides
from lossbook.deck import blocks, handout, pages, pictures, schedule
from lossbook.deck.excerpts import ending
from lossbook.deck.sections import Piece, Section
from lossbook.deck.text import paragraphs, sentences
from lossbook.places import ROOT
from lossutils import chapters
from tools.setup import plans
from tools.setup.environment import Problem

PLANNED = chapters.numbers("instructor.toml")
ONE = "08"
FEWEST, MOST = 12, 20

FAULTS = (Path(__file__).parent / "slide_faults.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """All decks, beside which nothing else is."""
    made = tmp_path_factory.mktemp("site") / "slides"
    slides.write(made, PLANNED)
    return made


@pytest.fixture
def opened(page, folder):
    """A function that opens a chapter's deck; whatever it asks of another computer fails the test."""
    page.set_viewport_size({"width": 1200, "height": 800})
    asked = []
    page.context.set_offline(True)
    page.on("request", lambda request: asked.append(request.url))

    def open_deck(number):
        [file] = folder.glob(f"{number}_*.html")
        page.goto(file.as_uri())
        page.wait_for_function("window.Reveal && Reveal.isReady() && window.MathJax?.startup?.promise")
        page.evaluate("MathJax.startup.promise")
        return page

    yield open_deck
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def each_slide(page):
    """Show one slide after the other, with all that appears later; yield its number."""
    for place in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"Reveal.slide({place}, 0, 99)")
        yield place + 1


def faults(page):
    """What is wrong with the slide that is shown."""
    return page.evaluate(FAULTS, blocks.IN_FIGURES)


# Every deck


def check_a_deck(page, number):
    plan = plans.notes_of(ROOT, number)["plan"]
    heads = page.evaluate("[...document.querySelectorAll('.slides h1, .slides h2')].map((e) => e.textContent.trim())")
    assert FEWEST <= len(heads) == page.evaluate("Reveal.getTotalSlides()") <= MOST
    assert heads[0].startswith(f"{number} · ") and "Predict first" in heads[1] and heads[-1] == "Summary"
    assert heads[-2] == "What do you think?"
    notes = page.evaluate("[...document.querySelectorAll('aside.notes')].map((e) => e.textContent).join(' ')")
    minutes = [int(found) for found in re.findall(r"\b(\d+) minutes(?:, to slide \d+)?\.", notes)]
    assert minutes == [step["minutes"] for step in plan] and sum(minutes) == 50
    assert page.evaluate("document.querySelectorAll('mjx-container svg').length") > 0
    assert page.evaluate("document.querySelectorAll('mjx-merror, [data-mml-node=merror]').length") == 0
    assert "$" not in page.evaluate("[...document.querySelectorAll('section .block')].map((e) => e.innerText).join()")
    assert page.evaluate("[...document.images].every((image) => image.alt.startsWith('Figure: '))")
    assert page.evaluate("document.querySelectorAll('.slides details, .slides .anchor-link').length") == 0
    assert [f"slide {at}: {fault}" for at in each_slide(page) for fault in faults(page)] == []
    for link in page.evaluate("[...document.querySelectorAll('.slides a')].map((e) => e.getAttribute('href'))"):
        _, kind, name = link.partition("#")[0].split("/")
        assert (ROOT / kind / name.replace(".html", ".ipynb")).exists(), link


def test_a_deck_has_what_a_lecture_needs_and_all_of_it_can_be_read(opened):
    check_a_deck(opened(ONE), ONE)


@pytest.mark.long
@pytest.mark.parametrize("number", [number for number in PLANNED if number != ONE])
def test_every_deck_has_what_a_lecture_needs_and_all_of_it_can_be_read(opened, number):
    check_a_deck(opened(number), number)


@pytest.mark.long
@pytest.mark.parametrize("number", PLANNED)
def test_axe_finds_no_serious_fault_on_any_slide(opened, number):
    page = opened(number)
    assert [(at, fault) for at in each_slide(page) for fault in serious(page)] == []


def test_axe_finds_no_serious_fault_on_four_kinds_of_slides(opened):
    page = opened(ONE)
    for place in (0, 1, 3, page.evaluate("Reveal.getTotalSlides()") - 1):
        page.evaluate(f"Reveal.slide({place}, 0, 99)")
        assert serious(page) == []


SPOILT = {
    "cut off": "slide.style.fontSize = '60px'",
    "letters of 20": "slide.querySelector('.question p').style.fontSize = '20px'",
    "hangs out": "slide.querySelector('.list ul').style.paddingLeft = 0",
    "lies on block": "slide.querySelector('.list').style.marginTop = '-60px'",
    "runs into": "slide.querySelector('h1').textContent += ' on and on'.repeat(6); "
    "slide.querySelector('h1').style.cssText = 'padding: 0; white-space: nowrap'",
    "wider than its place": "slide.querySelector('.question').innerHTML = "
    "`<pre style='width: 300px'>${'x'.repeat(90)}</pre>`",
}


@pytest.mark.parametrize("words", SPOILT)
def test_a_slide_that_cannot_be_read_is_noticed(opened, words):
    page = opened(ONE)
    page.evaluate("Reveal.slide(0, 0, 99)")
    assert faults(page) == []
    page.evaluate(f"() => {{ const slide = Reveal.getCurrentSlide(); {SPOILT[words]} }}")
    assert any(words in fault for fault in faults(page)), faults(page)


def test_a_small_figure_is_noticed(opened):
    page = opened(ONE)
    page.evaluate("Reveal.slide(3, 0, 99)")
    page.evaluate("Reveal.getCurrentSlide().querySelector('img').width = 700")
    assert any("letters of the figure" in fault for fault in faults(page))


# What a lecturer does


def test_arrow_keys_turn_the_slides_and_an_answer_waits_for_one(opened):
    page = opened(ONE)
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getIndices().h") == 1
    page.evaluate("Reveal.slide(Reveal.getTotalSlides() - 2, 0, -1)")
    answer = page.locator("section.present .fragment", has_text="Answer:")
    expect(answer).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(answer).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(answer).to_be_hidden()


def test_the_speakers_window_shows_the_notes_of_the_slide(opened):
    page = opened(ONE)
    page.evaluate("Reveal.slide(1)")
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    window = popup.value
    notes = window.locator(".speaker-controls-notes .value", has_text="minutes")
    notes.wait_for()
    assert notes.inner_text().startswith("5 minutes, to slide 4. Predict first, by show of hands")


def test_the_page_says_its_language_its_title_and_the_number_of_the_slide(opened):
    page = opened(ONE)
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    assert page.title() == "08 · Binary cross-entropy · slides"
    assert page.locator(".slide-number").inner_text().split() == [
        "1",
        "/",
        str(page.evaluate("Reveal.getTotalSlides()")),
    ]


# The command


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The folder of the slides, for a while."""
    monkeypatch.setattr(slides, "SLIDES", tmp_path)
    return tmp_path


def test_the_command_writes_decks_handouts_and_the_list_of_both(elsewhere, browser, monkeypatch, capsys):
    monkeypatch.setattr(handout, "started", lambda program: nullcontext(browser))
    assert slides.slides([ONE]) == 0
    [deck], [printed] = elsewhere.glob("*_*.html"), elsewhere.glob("*.pdf")
    pages = len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes()))
    assert pages == math.ceil(deck.read_text("utf-8").count("<h2") / 2 + 0.5)
    listed = (elsewhere / "index.html").read_text("utf-8")
    assert re.findall(r'href="(\w+\.(?:html|pdf))"', listed) == [deck.name, printed.name]
    first, second = capsys.readouterr().out.splitlines()
    assert "1 deck, " in first and "1 handout, " in second


def test_without_a_chromium_there_are_decks_and_a_sentence(elsewhere, monkeypatch, capsys):
    def none():
        raise Problem("no browser")

    monkeypatch.setattr(slides, "chromium", none)
    assert slides.slides([ONE]) == 0
    assert "No handouts" in capsys.readouterr().out
    assert list(elsewhere.glob("*_*.html")) and not list(elsewhere.glob("*.pdf"))


def test_a_chapter_without_a_plan_is_refused_in_a_sentence(elsewhere, capsys):
    assert slides.slides(["77"]) == 1
    assert "No chapter 77 has a plan" in capsys.readouterr().out


def test_the_list_of_the_decks_has_no_serious_fault(page, folder, monkeypatch):
    monkeypatch.setattr(slides, "SLIDES", folder)
    (folder / "index.html").write_text(slides.index(list(slides.lectures(PLANNED))), encoding="utf-8")
    page.goto((folder / "index.html").as_uri())
    assert page.locator("tbody tr").count() == len(PLANNED)
    assert serious(page) == []


def test_two_runs_write_the_same_decks(tmp_path):
    for name in ("a", "b"):
        slides.write(tmp_path / name, [ONE])
    first, second = (file.read_bytes() for file in sorted(tmp_path.glob("*/*.html")))
    assert first == second


# One source


def notebook(number):
    """All that the chapter's notebook says: its cells, and what stands under them; links are words."""
    [file] = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    nb = json.loads(file.read_text("utf-8"))
    found = [nb["metadata"]["course"]["question"]]
    for cell in nb["cells"]:
        found.append("".join(cell["source"]))
        for output in cell.get("outputs", []):
            found.append("".join(output.get("text", "")))
            found += ["".join(lines) for kind, lines in output.get("data", {}).items() if kind.startswith("text/")]
    text = re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", "\n".join(found))
    text = re.sub(r" \((?:folded above|see [\w* ]+ below)\)", "", text)
    return re.sub(r"\\(?=[$*_`])", "", re.sub(r"\s+", " ", text))


def shown_by(slide):
    """The pieces of a slide, each as it must stand in the notebook."""
    for block in slide.blocks:
        if block.kind in ("text", "question", "formula"):
            for part in block.parts:
                yield from [part] if part.startswith("$$") else sentences(part)
        elif block.text != pages.UPPER:
            yield from block.text.removeprefix(f"{pages.LOWER} ").splitlines()


@pytest.mark.parametrize("number", PLANNED)
def test_all_that_a_slide_says_stands_in_the_notebook(number):
    [made], said = slides.lectures([number]), notebook(number)
    *told, quiz, summary = [one for one in made.slides if one.heading != "What do you think?" or one is made.slides[-2]]
    pieces = [piece for one in told for piece in shown_by(one)] + summary.blocks[0].text.splitlines()
    assert len(pieces) > 40 and quiz.heading == "What do you think?"
    assert [piece for piece in pieces if re.sub(r"\s+", " ", piece) not in said] == []
    assert [one.heading for one in told[1:] if one.heading not in said] == []


@pytest.mark.parametrize("number", PLANNED)
def test_a_slide_speaks_of_no_table_that_it_does_not_show_and_says_which_half_of_a_figure_it_shows(number):
    [made] = slides.lectures([number])
    for one in made.slides:
        kinds = {block.kind for block in one.blocks}
        said = " ".join(block.text for block in one.blocks if block.kind == "text")
        assert "table" in kinds or "the table" not in said.lower(), one.heading
    uppers = {place for place, one in enumerate(made.slides) if any(block.text == pages.UPPER for block in one.blocks)}
    lowers = {place for place, one in enumerate(made.slides) if any(b.text.startswith(pages.LOWER) for b in one.blocks)}
    assert {place - 1 for place in lowers} <= uppers
    assert all("figure" in {block.kind for block in made.slides[place + 1].blocks} for place in uppers)


# How a notebook is read


def test_sentences_end_at_full_stops_but_not_in_formulas_code_or_quotations():
    text = '**One. Two.** It costs $a. B$ or `x. Y`, he says: "So. Be it." (An aside. More.) Is 1.5 much? Yes.'
    assert sentences(text) == [
        "**One. Two.**",
        'It costs $a. B$ or `x. Y`, he says: "So. Be it."',
        "Is 1.5 much?",
        "Yes.",
    ]


def test_what_is_folded_is_no_paragraph_and_links_are_words():
    text = "A [link](b.ipynb) (folded above).\n\n<details><summary>More</summary>\n\nhidden\n\n</details>\n\n$$x$$"
    assert paragraphs(text) == [("prose", "A link."), ("formula", "$$x$$")]


def test_what_leads_to_a_formula_does_not_begin_in_the_middle_of_a_thought():
    prose = "Draw a line. So it bends. Add both terms:"
    assert ending(prose, 0) == "Add both terms:"
    assert ending(prose, 8) == "Add both terms:"
    assert ending(prose, 20) == prose


def test_a_step_of_the_plan_goes_with_the_section_that_it_speaks_of_and_never_backwards():
    parts = [("Idea", "Apples fall"), ("Idea", "Pears rot"), ("Proof", "Apples again")]
    found = [Section(f"s{k}", part, head, [Piece("prose", head)]) for k, (part, head) in enumerate(parts)]
    plan = [{"do": "Show apples that fall."}, {"do": "Then pears."}, {"do": "Proof: for apples."}]
    assert schedule.steps_of(found, plan)[0] == [0, 1, 2]


def test_a_tall_figure_is_cut_where_nothing_is_drawn():
    [file] = (ROOT / "notebooks").glob("14_*.ipynb")
    outputs = [o for cell in json.loads(Path(file).read_text("utf-8"))["cells"] for o in cell.get("outputs", [])]
    tall = max((o["data"]["image/png"] for o in outputs if "image/png" in o.get("data", {})), key=len)
    whole = pictures.trimmed("".join(tall))
    upper, lower = pictures.halves(whole)
    assert upper.height + lower.height <= whole.height + 2 * pictures.MARGIN + 1
    assert min(upper.height, lower.height) > whole.height / 3
