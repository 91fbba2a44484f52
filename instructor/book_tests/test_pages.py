"""Every page of the book, from its files: links, pictures, nothing from outside."""

import pytest
from reading import broken, from_outside, pages, read

from lossbook import notebooks
from lossutils import CATALOGUE
from tools.plumbing.pages import paths
from tools.plumbing.pages import read as lecture

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
