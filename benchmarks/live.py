"""From slider to picture in the book, in a Chromium: each twin beside the bare swap of one group of SVG.

    PYTHONPATH=.:instructor .venv-book/bin/python benchmarks/live.py [--moves 40]

A move is an input event of the first slider that moves the picture. Two times are printed, the median and the largest:
until the script and the layout are done, and until the second frame after that is asked for, when the picture is on the
screen. A frame is 17 ms at 60 a second, so the second time of a bare swap is what a browser takes for anything.
"""

from __future__ import annotations

import argparse
from statistics import median

from playwright.sync_api import Page, sync_playwright

from lossbook.live import letters, markup, pages
from lossbook.places import AUTHORED
from tools.setup.browser import chromium, launched

BARE = "bare swap"
SWAP = """<div class="live">
  <input type="range" min="0" max="9">
  <svg viewBox="0 0 9600 5000"><g id="slot"></g></svg>
</div>
<script>
  const circle = (place) => `<circle cx="${500 + 900 * place}" cy="2500" r="100"/>`;
  document.querySelector("input").addEventListener("input", ({ target }) => {
    document.getElementById("slot").innerHTML = circle(target.value);
  });
</script>"""
MOVE = """async (moves) => {
  const root = document.querySelector(".live");
  const slider = [...root.querySelectorAll("input[type=range]")].find((input) => !input.hidden && input.max > 1);
  const frame = () => new Promise(requestAnimationFrame);
  const found = [];
  for (let k = 0; k < moves; k += 1) {
    slider.value = (k * 7) % (Number(slider.max) + 1);
    await frame();
    const begun = performance.now();
    slider.dispatchEvent(new Event("input"));
    root.querySelector("svg").getBoundingClientRect();
    const done = performance.now();
    await frame();
    await frame();
    found.push([done - begun, performance.now() - begun]);
  }
  return found;
}"""


def shown(page: Page, chapter: str) -> None:
    """Show the twin of a chapter, or the bare swap."""
    if chapter == BARE:
        page.set_content(SWAP)
        return
    twin, static = pages.everything()[chapter], AUTHORED / "_static"
    styles = (static / "live.css").read_text(encoding="utf-8") + letters.style_sheet([twin.svg])
    page.set_content(f"<style>{styles}</style>{markup.html(twin, 'none')}")
    page.add_script_tag(content=markup.script(twin.key, twin.data))
    for name in markup.SCRIPTS:
        page.add_script_tag(path=static / f"{name}.js")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=40)
    moves = parser.parse_args().moves
    times = {}
    with sync_playwright() as playwright:
        browser = launched(playwright, chromium())
        for chapter in (BARE, *pages.everything()):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            shown(page, chapter)
            times[chapter] = list(zip(*page.evaluate(MOVE, moves), strict=True))
            page.close()
        browser.close()
    print("| twin | script and layout, ms | largest | to the picture, ms | largest | × a bare swap |")
    print("|:--|--:|--:|--:|--:|--:|")
    for chapter, (work, picture) in times.items():
        cells = [f"{value:.1f}" for value in (median(work), max(work), median(picture), max(picture))]
        print(f"| {chapter} | {' | '.join(cells)} | {median(picture) / median(times[BARE][1]):.2f} |")


if __name__ == "__main__":
    main()
