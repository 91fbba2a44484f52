"""The checks themselves: each finds the fault that it is for."""

import pytest
import test_reading
from reading import broken, from_outside, read

from lossbook import build

PLANTED = "# Planted\n\n[there](gone.md)\n"
HEAD = "<!doctype html><html lang=en data-theme=light><title>planted</title><main class='bd-main bd-article'><h1>A</h1>"


def test_a_book_with_a_warning_is_not_made_and_a_second_try_does_not_hide_it(tmp_path, monkeypatch):
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "conf.py").write_text("extensions = ['myst_nb']", encoding="utf-8")
    (tmp_path / "source" / "index.md").write_text(PLANTED, encoding="utf-8")
    for name in ("SOURCE", "DOCTREES", "PAGES", "SITE"):
        monkeypatch.setattr(build, name, tmp_path / name.lower())
    monkeypatch.setattr(build.source, "lay_out", lambda *_: None)
    monkeypatch.setattr(build.slides, "bring_up_to_date", lambda: None)
    assert build.book() and build.book()
    (tmp_path / "source" / "index.md").write_text("# Planted\n", encoding="utf-8")
    assert build.book() == 0 and (tmp_path / "site" / "index.html").exists()


@pytest.fixture
def planted(tmp_path):
    """Writes a page beside another one that has a heading to point to."""
    (tmp_path / "other.html").write_text(f"{HEAD}<h2 id=here>Here</h2>", encoding="utf-8")

    def write(body):
        path = tmp_path / "page.html"
        path.write_text(HEAD + body, encoding="utf-8")
        read.cache_clear()
        return path

    return write


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<a href='other.html'>there</a> <a href='other.html#here'>there</a> <a href='#x=1'>state</a>", []),
        ("<a href='https://example.org'>out</a>", []),
        ("<a href='gone.html'>there</a>", ["gone.html"]),
        ("<a href='other.html#gone'>there</a>", ["other.html#gone"]),
        ("<a href='#gone'>here</a>", ["#gone"]),
        ("<img src='gone.png' alt='a picture that is gone'>", ["gone.png"]),
        ("<script src='gone.js'></script>", ["gone.js"]),
    ],
)
def test_a_link_that_leads_nowhere_is_found(planted, body, found):
    assert broken(planted(body)) == found


def test_what_comes_from_the_network_is_found(planted):
    assert from_outside(planted("<script src='https://example.org/x.js'></script>")) == ["https://example.org/x.js"]
    assert from_outside(planted("<a href='https://example.org/'>a way out</a>")) == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<p style='color: #bbb; background: #fff'>grey on white</p>", "axe: color-contrast"),
        ("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", "axe: image-alt"),
        ("<p style='width: 900px'>as wide as a desk</p>", "wider than a phone"),
        ("<p><span style='display: inline-block; overflow: auto'>it scrolls</span></p>", ""),
    ],
)
def test_a_page_that_somebody_cannot_read_is_found(planted, browser, body, kind):
    context = browser.new_context()

    def opened(path, size):
        page = context.new_page()
        page.set_viewport_size(size)
        page.goto(path.as_uri())
        return page

    _, wrong = test_reading.faults_of(opened, planted(body))
    context.close()
    assert bool(wrong) == bool(kind) and all(line.startswith(kind) for line in wrong), wrong
