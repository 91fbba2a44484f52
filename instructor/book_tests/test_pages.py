"""Every page of the book, from its files: links, pictures, nothing from outside."""

import html
import re

import pytest
from reading import broken, from_outside, pages, read

from lossbook import notebooks
from lossutils import CATALOGUE
from tools.plumbing.pages import paths
from tools.plumbing.pages import read as lecture

LIVE = r'<div class="live" .*?(?=<p class="live-less">)'
FIGURES = 150  # and more: as long as a page has its figures, they are looked at


def test_every_link_leads_somewhere_in_raw_html_too(site):
    assert {str(path.relative_to(site)): found for path in pages(site) if (found := broken(path))} == {}


def test_no_page_needs_the_network(site):
    assert {str(path.relative_to(site)): found for path in pages(site) if (found := from_outside(path))} == {}


def test_every_picture_is_said_in_words_that_are_its_own(site):
    pictures = [(path, *one) for path in pages(site) for one in read(path).pictures]
    assert len(pictures) > FIGURES
    silent = [(path.name, source) for path, source, words in pictures if len((words or "").split()) < 4]
    assert silent == []
    drawn = {}
    for _, source, words in pictures:
        drawn.setdefault(source.rpartition("/")[2], set()).add(words)
    assert [source for source, words in drawn.items() if len(words) > 1] == []


def test_no_page_shows_an_address_in_a_computer_s_memory(site):
    assert [path.name for path in pages(site) if " at 0x" in path.read_text(encoding="utf-8")] == []


def test_every_loss_has_its_page_with_two_pictures(site):
    for loss in CATALOGUE:
        page = read(site / "losses" / f"{type(loss).__name__}.html")
        assert len([words for _, words in page.pictures if words]) >= 2, loss


def test_what_a_lecture_shows_its_page_shows_in_words(site):
    for path in paths("notebooks"):
        page = read(site / "notebooks" / f"{path.stem}.html")
        drawn = {words for _, words in page.pictures}
        assert [cell for cell, words in notebooks.figures(lecture(path)) if words not in drawn] == [], path.name


def article(path):
    """Return the HTML of what a page says, without its scripts."""
    text = path.read_text(encoding="utf-8")
    found = re.search(r"<article.*?</article>", text, re.DOTALL)
    return re.sub(r"<(script|style)\b.*?</\1>", "", found[0], flags=re.DOTALL) if found else ""


def prose(path):
    """Return the words of a page outside code, pictures and what moves, as a reader sees them."""
    text = re.sub(LIVE, "", article(path), flags=re.DOTALL)
    text = re.sub(r"<(pre|code|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def test_a_page_whose_picture_takes_no_typed_numbers_does_not_say_that_it_does(site):
    lectures = [site / "notebooks" / f"{path.stem}.html" for path in paths("notebooks")]
    silent = [
        path for path in lectures if "numbers can’t be typed" in prose(path) or "numbers can't be typed" in prose(path)
    ]
    assert len(silent) > 5
    said = {
        path.name: re.findall(r"[^.;]*\btype[d]?\b[^.;]*numbers?[^.;]*|[^.;]*numbers? can be typed[^.;]*", prose(path))
        for path in silent
    }
    wrong = {
        name: [one for one in found if "Jupyter" not in one and "notebook" not in one and "can't" not in one]
        for name, found in said.items()
    }
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_bug_on_the_page_of_a_loss_is_computed_with_that_loss(site):
    for loss in CATALOGUE:
        name = type(loss).__name__
        lines = re.findall(
            r"lossutils</p></td>.*?<code.*?</code>", article(site / "losses" / f"{name}.html"), re.DOTALL
        )
        assert all(f">{name}" in line for line in lines), name


def test_no_heading_promises_what_is_not_under_it(site):
    empty = re.compile(r"<section[^>]*>\s*(?:<span[^>]*></span>\s*)*<h\d>[^\n]*?</h\d>\s*</section>")
    assert {path.name: found for path in pages(site) if (found := empty.findall(article(path)))} == {}
    rubrics = [path.name for path in pages(site) if "and the rubric" in article(path)]
    assert rubrics and "09.html" not in rubrics
    for path in (site / "lecturer").glob("[0-9]*.html"):
        assert ("and the rubric" in article(path)) == ("An answer on this level" in article(path)), path.name


def test_titles_are_said_once_and_end_in_one_mark(site):
    titles = {path: re.search(r"<title>(.*?)</title>", path.read_text(encoding="utf-8"))[1] for path in pages(site)}
    assert titles[site / "index.html"] == "Loss functions"
    assert [
        title for title in titles.values() if "?:" in title or re.search(r"ross entropy|^(.+) &#8212; \1$", title)
    ] == []
    assert len(set(titles.values())) == len(titles)
    assert [path.name for path in titles if "By The" in path.read_text(encoding="utf-8")] == []


def test_markup_of_a_text_is_not_printed_as_letters(site):
    rooms = [*(site / "library").glob("*.html"), site / "reference" / "data.html"]
    shown = {path.name: re.sub(r"<[^>]+>", "", article(path)) for path in rooms}
    assert {name: found for name, text in shown.items() if (found := re.findall(r".*\\[#[\]_*$].*", text))} == {}


def test_sources_and_chapters_are_links(site):
    assert 'href="https://doi.org/10.1214/aoms/1177703732"' in article(site / "losses" / "Huber.html")
    bare = {
        path.name: re.findall(r"(?<!>)doi:10\.\S+", article(path)) for path in pages(site) if "slides" not in path.parts
    }
    assert {name: found for name, found in bare.items() if found} == {}
    for path in (site / "notebooks").glob("*.html"):
        assert re.findall(r"Taught in</strong> chapter", article(path)) == [], path.name
    assert "Taught in</strong> chapter" not in (site / "_static" / "live" / "chooser20.js").read_text(encoding="utf-8")
    assert "cheat_sheet.html" in article(site / "losses" / "index.html")


def test_no_line_can_end_before_a_per_cent_sign_or_a_mark_behind_a_formula(site):
    for path in pages(site):
        if "slides" not in path.parts:
            assert re.findall(r".{20}\d %", prose(path)) == [], path.name
            loose = re.findall(r'<span class="math notranslate nohighlight">[^<]*</span>[.,;:]', article(path))
            assert [one for one in loose if f'class="whole">{one[:-1]}' not in article(path)] == [], path.name


def test_an_unsolved_sheet_says_that_it_is_one(site):
    for path in (site / "exercises").glob("*.html"):
        assert prose(path).index("nobody has solved it") < prose(path).index("How it works"), path.name


def test_no_code_begins_with_a_line_for_colab(site):
    assert [path.name for path in pages(site) if "# @title" in path.read_text(encoding="utf-8")] == []


CUT_OFF = """[...document.querySelectorAll('.bd-article :is(pre, table, img)')]
  .filter((e) => e.getClientRects().length && !e.closest('details:not([open])'))
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && e.tagName === 'PRE' || e.getBoundingClientRect().right > 703)
  .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 60)}`)"""


@pytest.mark.parametrize("name", ["notebooks/08_binary_cross_entropy", "notebooks/cheat_sheet", "losses/Huber"])
def test_on_paper_no_program_is_cut_off_and_nothing_scrolls(page, site, name):
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 without its margins
    page.emulate_media(media="print")
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate(CUT_OFF) == []
    scrolling = "[...document.querySelectorAll('.bd-article *:has(> table)')].map((e) => getComputedStyle(e).overflowX)"
    assert set(page.evaluate(scrolling)) <= {"visible"}
