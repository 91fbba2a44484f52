"""In JupyterLab: a lecture runs from top to bottom, and its widget answers to the keyboard in picture and text."""

import re

import pytest

from lossutils.chapters import numbers
from tools.plumbing.normal_form import VIEW
from tools.plumbing.pages import outputs, paths, read

pytestmark = pytest.mark.browser


def has_widget(path):
    return any(VIEW in output.get("data", {}) for _, output in outputs(read(path)))


WITH_WIDGETS = [path for path in paths("notebooks") if path.stem[:2] in numbers() and has_widget(path)]
NUMBER = re.compile(r"\[\d+\]")
DIGEST = """async image => {
    const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
    return bytes.length + ":" + bytes.reduce((sum, byte) => (sum * 31 + byte) % 4294967296, 7);
}"""


def test_the_first_chapter_has_a_widget():
    assert "01" in {path.stem[:2] for path in WITH_WIDGETS}


def open_and_run(page, lab, path):
    """Open the notebook, forget the stored outputs, run all cells from the menu, wait until the last one is done."""
    page.goto(f"{lab}/lab/tree/notebooks/{path.name}?reset")  # else tabs of an earlier test may open too
    prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt")  # of cells that are not hidden
    numbered = prompts.filter(has_text=NUMBER)
    ran = prompts.last.filter(has_text=NUMBER)
    ran.wait_for()  # the stored number
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()
    choose(page, "Edit", "Clear Outputs of All Cells", lambda: numbered.count() == 0)
    page.wait_for_function("() => !document.querySelector('.jp-Notebook .jp-OutputArea-output')")
    choose(page, "Run", "Run All Cells", lambda: numbered.count() or prompts.filter(has_text="[*]").count())
    ran.wait_for()  # any number: a kernel of an earlier test counts on
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()


def choose(page, menu, entry, done):
    """Choose an entry of a menu, again where a busy page loses a click, until it is done."""
    for _ in range(10):
        page.locator(".lm-MenuBar-item", has_text=menu).first.click()
        page.locator(".lm-Menu-item", has_text=entry).first.click()
        for _ in range(50):
            if done():
                return
            page.wait_for_timeout(100)
    pytest.fail(f"{menu}, {entry}: chosen ten times, and nothing happened")


def state(widget):
    """What the widget shows: its picture, and the sentence about it."""
    return widget.locator("img").first.evaluate(DIGEST), widget.get_by_role("status").first.inner_text()


@pytest.mark.parametrize("path", WITH_WIDGETS, ids=lambda path: path.stem)
def test_a_widget_answers_to_the_keyboard(page, lab, path):
    """One run for both, as it takes longest."""
    open_and_run(page, lab, path)
    a_slider_moved_with_the_keyboard_changes_picture_and_text(page)
    every_slider_has_a_name_and_says_its_number_and_a_typed_one_is_kept(page)


def a_slider_moved_with_the_keyboard_changes_picture_and_text(page):
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts() == []
    widget = page.locator(".jp-OutputArea-output .widget-vbox:has(img):has([role=slider])").first
    widget.scroll_into_view_if_needed()
    picture, words = state(widget)
    source = widget.locator("img").first.get_attribute("src")
    slider = widget.locator("[role=slider]").first
    slider.focus()
    at_its_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    page.keyboard.press("ArrowLeft" if at_its_end else "ArrowRight")
    widget.locator(f"img:not([src='{source}'])").first.wait_for()
    told = "([widget, old]) => widget.querySelector('[role=status]').innerText !== old"
    page.wait_for_function(told, arg=[widget.element_handle(), words])
    assert state(widget)[0] != picture
    assert state(widget)[1] != words
    assert widget.get_by_text("Nothing happens?").count() == 0  # a kernel has answered
    assert not page.locator(".without-widget").first.is_visible()


def every_slider_has_a_name_and_says_its_number_and_a_typed_one_is_kept(page):
    widget = page.locator(".jp-OutputArea-output .loss-explorer").first
    widget.scroll_into_view_if_needed()
    widget.locator("[role=slider][aria-label]").first.wait_for()
    found = {slider.get_attribute("aria-label"): slider for slider in widget.locator("[role=slider]").all()}
    assert all(found) and len(found) == widget.get_by_role("textbox").count()
    for name, slider in found.items():
        box = widget.get_by_role("textbox", name=name, exact=True)
        assert slider.get_attribute("aria-valuetext") == box.input_value()
        shown = float(box.input_value())
        between = str(shown - 0.0123).replace(".", ",")
        if not takes(page, box, between):
            assert shown.is_integer()
        else:
            page.wait_for_function(
                "([slider, box]) => slider.ariaValueText === box.value",
                arg=[slider.element_handle(), box.element_handle()],
            )
            assert float(box.input_value().replace("−", "-")) == pytest.approx(float(between.replace(",", ".")))
            break
    box.fill("99999")
    box.press("Enter")
    widget.locator("[role=alert]", has_text="99999 is not from").wait_for()
    assert box.input_value() == "99999"


def takes(page, box, fraction):
    """Whether the slider takes this number; one of whole numbers says that it doesn't, and leaves it in the box."""
    box.fill(fraction)
    box.press("Enter")
    row = box.locator("xpath=ancestor::*[contains(@class, 'widget-hbox')][1]")
    refused = row.locator("[role=alert]", has_text="is no whole number. It stays at")
    told = "([box, row, text]) => box.value !== text || row.querySelector('[role=alert]')"
    page.wait_for_function(told, arg=[box.element_handle(), row.element_handle(), fraction])
    assert (refused.count() == 1) == (box.input_value() == fraction)
    return not refused.count()
