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
from lossbook.deck import blocks, handout, pages, pictures
from lossbook.deck.contents import contents
from lossbook.deck.excerpts import ending, what_follows
from lossbook.deck.likeness import Likeness
from lossbook.deck.sections import Piece, Section
from lossbook.deck.text import paragraphs, sentences, unlinked
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
    assert heads.count("What do you think?") == sum(step.get("quiz", 0) for step in plan)
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
    text = unlinked("\n".join(found))
    text = re.sub(r" \((?:folded above|see [\w* ]+ below)\)", "", text)
    return re.sub(r"\\(?=[$*_`])", "", re.sub(r"\s+", " ", text))


def shown_by(slide):
    """The pieces of a slide, each as it must stand in the notebook."""
    for block in slide.blocks:
        if block.kind in ("text", "question", "formula"):
            for part in block.parts:
                yield from [part] if part.startswith("$$") else sentences(part)
        elif caption := block.text.removeprefix(pages.UPPER).removeprefix(pages.LOWER).strip():
            yield from caption.splitlines()


@pytest.mark.parametrize("number", PLANNED)
def test_all_that_a_slide_says_stands_in_the_notebook(number):
    [made], said = slides.lectures([number]), notebook(number)
    *told, summary = [one for one in made.slides if one.heading != "What do you think?"]
    pieces = [piece for one in told for piece in shown_by(one)] + summary.blocks[0].text.splitlines()
    assert len(pieces) > 40
    assert [piece for piece in pieces if re.sub(r"\s+", " ", piece) not in said] == []
    assert [one.heading for one in told[1:] if one.heading not in said] == []


NEEDS = {  # what a sentence speaks of, and what must then be on the slide
    r"\b(the|this|last|next|small|first|of the) table\b": {"table", "printed"},
    r"\b(last|first|second|two|three) (rows|columns|lines)\b(?! \w+ the)|\b(last|first) (row|column|line)\b": {
        "table",
        "printed",
    },
    r"\b(this|last|next|lower|upper|first) (picture|figure)\b": {"figure"},
    r"\b([Ss]ee|shown|folded|picture|figure|table) (below|above)\b": set(),
    r"\b([Rr]un|[Cc]hange) (the|this) cell\b|\bslider": set(),
}


def unkept(one):
    """The sentences of a slide that speak of something it doesn't show."""
    kinds = {block.kind for block in one.blocks}
    said = [piece for block in one.blocks if block.kind in ("text", "formula") for piece in sentences(block.text)]
    return [
        piece for piece in said for words, needed in NEEDS.items() if re.search(words, piece) and not needed & kinds
    ]


@pytest.mark.parametrize("number", PLANNED)
def test_a_slide_speaks_only_of_what_it_shows(number):
    [made] = slides.lectures([number])
    assert [(one.heading, unkept(one)) for one in made.slides if unkept(one)] == []


def test_a_sentence_about_something_that_a_slide_does_not_show_is_noticed():
    table = blocks.Block("table", "| a |\n|--|\n| 1 |")
    for words in (
        "Compare the last two rows.",
        "Look down the last column of the table.",
        "Look at the lower picture.",
    ):
        assert unkept(pages.Slide("", [blocks.Block("text", words)], [])) != []
    assert unkept(pages.Slide("", [blocks.Block("text", "Compare the last two rows."), table], [])) == []
    assert unkept(pages.Slide("", [blocks.Block("text", "Run this cell, and see below."), table], [])) != []


@pytest.mark.parametrize("number", PLANNED)
def test_a_figure_has_its_caption_or_what_it_shows_in_words_and_says_which_half_it_is(number):
    [made] = slides.lectures([number])
    for place, one in enumerate(made.slides):
        words = [block.text for block in one.blocks]
        if any(block.kind == "figure" for block in one.blocks):
            told = [block for block in one.blocks if block.kind in ("caption", "text")]
            before = [block.text for block in made.slides[place - 1].blocks if block.kind == "caption"]
            assert told or (before and len(before[-1]) > len(pages.UPPER)), one.heading
        if any(word.startswith(pages.UPPER) for word in words):
            assert "figure" in {block.kind for block in made.slides[place + 1].blocks}
        if any(word.startswith(pages.LOWER) for word in words):
            assert any(block.text.startswith(pages.UPPER) for block in made.slides[place - 1].blocks)


@pytest.mark.parametrize("number", PLANNED)
def test_each_step_of_the_plan_is_told_beside_the_first_slide_that_it_shows(number):
    [made], plan = slides.lectures([number]), plans.notes_of(ROOT, number)["plan"]
    headings = {one["id"]: heading for one, heading in headed(number)}
    for step in plan:
        told = [one for one in made.slides if any(step["do"] in words for words in one.said)]
        assert len(told) == 1, step["do"]
        if step.get("show"):
            assert told[0].heading == headings[step["show"][0]]
        asked = re.search(r"\b(One|Two) questions? of the quiz", step["do"])
        assert step.get("quiz", 0) == (["One", "Two"].index(asked[1]) + 1 if asked else 0), step["do"]


def headed(number):
    """The cells of a notebook that begin a section, and its heading."""
    [file] = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    for cell in json.loads(file.read_text("utf-8"))["cells"]:
        if found := re.findall(r"^###? (.+)$", "".join(cell["source"]), re.MULTILINE):
            yield cell, found[-1]


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
    assert ending(f"and square. {prose}", 20) == prose  # what belongs to the formula before


def test_a_question_is_asked_beside_the_section_that_it_speaks_of():
    parts = [("Predict first", "Apples?"), ("Idea", "Apples fall"), ("Idea", "Pears rot")]
    likeness = Likeness([Section(f"s{k}", *part, [Piece("prose", part[1])]) for k, part in enumerate(parts)])
    assert [likeness.best(words) for words in ("Why do apples fall?", "Do pears?")] == [1, 2]


def section(*pieces, part="The formula"):
    return Section("s", part, "heading", [Piece(*piece) for piece in pieces])


def test_what_follows_from_a_formula_ends_where_a_program_or_another_place_is_spoken_of():
    prose = ("prose", "where $n$ counts. So it bends. In PyTorch: `f`. More.")
    assert what_follows(section(("formula", "$$x$$"), prose)) == ["So it bends."]
    assert what_follows(section(("formula", "$$x$$"), prose, ("figure", "caption"))) == []
    assert what_follows(section(("formula", "$$x$$"), ("prose", "This is it."), ("table", "| a |"))) == []


def test_what_a_program_prints_stands_on_no_slide_without_its_functions_or_its_list():
    long = "def f(x):\n" + "    x += 1\n" * 20 + "    return x\n"
    for before, shown in ((("program", "f(1)"), True), (("program", long), False), (("list", "- a\n- b"), False)):
        made = contents(section(("prose", "By hand."), before, ("printed", "1"), part="From scratch"), 700, 30)
        assert ("printed" in [one.kind for one in made]) == shown, before


def test_a_tall_figure_is_cut_where_nothing_is_drawn():
    [file] = (ROOT / "notebooks").glob("14_*.ipynb")
    outputs = [o for cell in json.loads(Path(file).read_text("utf-8"))["cells"] for o in cell.get("outputs", [])]
    tall = max((o["data"]["image/png"] for o in outputs if "image/png" in o.get("data", {})), key=len)
    whole = pictures.trimmed("".join(tall))
    upper, lower = pictures.halves(whole)
    assert upper.height + lower.height <= whole.height + 2 * pictures.MARGIN + 1
    assert min(upper.height, lower.height) > whole.height / 3
