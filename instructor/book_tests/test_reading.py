"""The pages of the book in a browser: from disk, without a network, light and dark, on a desk and on a phone."""

import pytest
from axe import serious
from reading import pages

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
OF_EACH_KIND = (
    "index.html",
    "notebooks/08_binary_cross_entropy.html",
    "notebooks/cheat_sheet.html",
    "exercises/08_binary_cross_entropy.html",
    "losses/Huber.html",
    "losses/SoftmaxFocal.html",
    "questions/08.html",
    "reference/glossary.html",
    "reference/data.html",
    "reference/claims.html",
    "library/training.html",
    "lecturer/08.html",
    "lecturer/courses.html",
)
FOR_A_SEARCH = "search.html"  # Sphinx writes it for a person who searches, not to be read
# What is wider than the screen and is not inside something that scrolls by itself
TOO_WIDE = """() => {
  const scrolls = (e) => {
    for (let p = e.parentElement; p && !p.matches('.bd-main, body'); p = p.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(p).overflowX)) return true;
    return false;
  };
  return [...document.querySelectorAll('.bd-article *')]
    .filter((e) => !e.ownerSVGElement) // a picture cuts off what lies outside it
    .filter((e) => e.getBoundingClientRect().width && e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e))
    .map((e) => `${e.tagName} ${(e.textContent || '').trim().slice(0, 40)}`)
    .slice(0, 3);
}"""
# Code in a cell that stands in strips of a few letters, and cards whose sentences go on beyond the frame
TORN = """() => {
  const found = [...document.querySelectorAll('.bd-article td code')].filter((code) => {
    const range = document.createRange();
    range.selectNodeContents(code);
    const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
    return lines > 1 + code.textContent.length / 8;
  });
  const cut = [...document.querySelectorAll('.bd-article table.card')].filter(
    (table) => table.parentElement.scrollWidth > table.parentElement.clientWidth + 1);
  return [...found, ...cut].map((e) => e.textContent.trim().slice(0, 60)).slice(0, 3);
}"""


@pytest.fixture(scope="session", params=["light", "dark"])
def theme(request):
    """How the reader's computer is set."""
    return request.param


@pytest.fixture
def offline(browser, theme):
    """Opens a page from disk in a window of a size; what asks for the network fails the test."""
    contexts, asked = [], []

    def opened(path, size):
        context = browser.new_context(viewport=size, color_scheme=theme, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(path.as_uri())
        page.wait_for_function("!window.MathJax || (MathJax.startup && MathJax.startup.promise)")
        page.evaluate("window.MathJax ? MathJax.startup.promise.then(() => null) : null")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert asked == []


def faults_of(opened, path):
    """Return all that is wrong with a page: for a screen reader, on a phone, in its formulas."""
    page = opened(path, DESK)
    shown = page.locator("html").get_attribute("data-theme")
    wrong = [f"axe: {fault}" for fault in serious(page)]
    wrong += [f"formula: {text}" for text in page.locator("mjx-merror").all_inner_texts()]
    wrong += [f"torn: {line}" for line in page.evaluate(TORN)]
    page.set_viewport_size(PHONE)
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    wrong += [f"wider than a phone: {line}" for line in page.evaluate(TOO_WIDE)]
    wrong += [f"torn on a phone: {line}" for line in page.evaluate(TORN)]
    return shown, wrong


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_page_of_each_kind_can_be_read(site, offline, theme, name):
    shown, wrong = faults_of(offline, site / name)
    assert shown == theme and wrong == []


@pytest.mark.long
def test_every_page_can_be_read(site, offline, theme):
    found = {}
    for path in pages(site):
        name = path.relative_to(site).as_posix()
        if name != FOR_A_SEARCH and not name.startswith("slides/"):
            _, wrong = faults_of(offline, path)
            if wrong:
                found[name] = wrong
    assert found == {}


def test_the_search_finds_a_word_without_a_server(site, page):
    page.goto((site / "search.html").as_uri() + "?q=pinball")
    page.wait_for_selector("#search-results li a")
    assert "What is a loss" in page.locator("#search-results").inner_text()


def test_the_search_shows_the_text_of_a_page_and_not_its_menus(site, page):
    page.goto((site / "search.html").as_uri())
    huber = (site / "losses" / "Huber.html").read_text(encoding="utf-8")
    assert "System Settings" in huber
    shown = page.evaluate("(html) => Search.htmlToText(html)", huber).strip()
    assert shown.startswith("Huber · Huber(delta=1.5)") and "System Settings" not in shown and "\\" not in shown
    chapters = page.evaluate("(html) => Search.htmlToText(html, '#chapters-that-use-it')", huber)
    assert chapters.strip().startswith("Chapters that use it 01 · What is a loss?")


def test_formulas_are_drawn_and_read_aloud(site, page):
    page.goto((site / "notebooks/08_binary_cross_entropy.html").as_uri())
    page.wait_for_selector("mjx-container svg")
    assert page.locator("mjx-container").count() > 100
    assert page.locator("mjx-container mjx-assistive-mml math").count() > 100


def test_proofs_are_folded_and_open_by_a_click(site, page):
    page.goto((site / "notebooks/08_binary_cross_entropy.html").as_uri())
    folded = page.locator("details:has(div.highlight):has-text('with holds')")
    assert folded.count() > 5 and not folded.first.locator("div.highlight").first.is_visible()
    folded.first.locator("summary").first.click()
    assert folded.first.locator("div.highlight").first.is_visible()
