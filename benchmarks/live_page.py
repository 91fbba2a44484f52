"""From slider to picture in the loss lab: each move beside one changed path of an empty picture, in a Chromium.

    PYTHONPATH=.:instructor .venv-book/bin/python benchmarks/live_page.py [--moves 40] [--slow 1]

The book must have been made (make book). A move sets the slider and sends its event; the picture is there when the
browser has shown two frames since. The scripts' share is what runs before the first of them. Medians and the slowest of
the moves; --slow 4 lets Chromium compute at a quarter of its speed, as a phone would.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.setup.browser import chromium, launched

PAGE = Path(__file__).resolve().parents[1] / "site" / "loss_lab.html"
STATES = {
    "squared beside Huber, 24 values": "loss=Huber&beside=SquaredError&data=copper",
    "pinball, 235 values": "loss=Pinball&tau=0.9&data=food",
    "log-cosh beside Huber, 235 values": "loss=LogCosh&beside=Huber&data=food",
    "Barron beside Cauchy, 235 values": "loss=Barron&beside=Cauchy&data=food",
    "Tweedie beside Poisson, 235 values": "loss=TweedieNLL&beside=PoissonNLL&data=food",
    "focal beside logistic, labels": "loss=Focal&beside=LogisticLoss&data=me2",
    "softmax focal beside cross-entropy, classes": "loss=SoftmaxFocal&beside=SoftmaxCrossEntropy",
    "Tversky beside Dice, a mask": "loss=Tversky&beside=Dice",
}
MOVE = """async ([moves, bare]) => {
    const frame = () => new Promise(requestAnimationFrame);
    const handle = document.querySelector('#loss-lab input[type=range]');
    const empty = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const path = empty.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    document.body.append(empty);
    const times = [];
    for (let k = 0; k < moves; k += 1) {
        await frame();
        await new Promise((done) => setTimeout(done, 30 + 7 * (k % 5)));
        const begun = performance.now();
        if (bare) path.setAttribute('d', `M0 0L${k} 50`);
        else {
            handle.value = String(10 + ((k * 37) % 80));
            handle.dispatchEvent(new Event('input', { bubbles: true }));
        }
        const scripts = performance.now() - begun;
        await frame();
        await frame();
        times.push([scripts, performance.now() - begun]);
    }
    empty.remove();
    return times;
}"""


def main() -> None:
    """Print a table: the median of the scripts, from slider to picture, and that as a multiple of the bare path."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=40)
    parser.add_argument("--slow", type=float, default=1, help="how many times slower Chromium computes")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launched(playwright, chromium())
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": asked.slow})
        print("| state | scripts, ms | slider to picture, ms | slowest | × a bare path |\n|:--|--:|--:|--:|--:|")
        for title, state in STATES.items():
            page.goto("about:blank")
            page.goto(f"{PAGE.as_uri()}#{state}")
            page.wait_for_selector("#loss-lab mjx-container")
            bare = [whole for _, whole in page.evaluate(MOVE, [asked.moves, True])]
            scripts, whole = zip(*page.evaluate(MOVE, [asked.moves, False]), strict=True)
            ratio = statistics.median(whole) / statistics.median(bare)
            cells = [title, f"{statistics.median(scripts):.1f}", f"{statistics.median(whole):.0f}", f"{max(whole):.0f}"]
            print("| " + " | ".join([*cells, f"{ratio:.2f}"]) + " |", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
