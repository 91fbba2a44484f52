"""In JupyterLab: a quiz is answered with the keyboard alone, its reasons are read out, its formulas are typeset.

Fresh numbers are had, and what went wrong is asked again and forgotten, with the keyboard alone too.
"""

import pytest
from nbformat import v4, write

pytestmark = pytest.mark.browser
CHAPTER = "08"  # its first question is numeric; a later one is a choice with formulas


@pytest.fixture
def quiz(page, lab, course):
    """A quiz on show, in a notebook of its own."""
    codes = {"quiz": f'from lossutils import widgets\n\nwidgets.quiz("{CHAPTER}")', "again": "widgets.quiz_again()"}
    cells = [v4.new_code_cell(code, id=name) for name, code in codes.items()]
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    write(v4.new_notebook(cells=cells, metadata=kernel), course / "notebooks" / "quiz.ipynb")
    page.goto(f"{lab}/lab/tree/notebooks/quiz.ipynb?reset")
    page.get_by_text("| Idle").wait_for()
    return run(page, "Right at the first try", 0)


def run(page, words, place):
    """Run a cell, and return what it shows."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(place)
    cell.locator(".cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    shown = cell.locator(".jp-OutputArea-output .widget-vbox", has_text=words).first
    shown.wait_for()
    return shown


def focused(page):
    """What has the focus: a button's text, an option's text, or else the kind of the element."""
    return page.evaluate(
        """() => {
          const { activeElement: at } = document;
          return at.type === "checkbox" ? at.closest("label").innerText : at.innerText || at.type;
        }"""
    )


def press(page, key, until):
    """Press a key until a control has the focus, as somebody without a mouse does."""
    for _ in range(8):
        if focused(page).startswith(until):
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never reaches {until!r}; the focus is on {focused(page)!r}")


def test_a_quiz_is_answered_with_the_keyboard_alone(page, quiz):
    quiz.locator("input[type=text]").focus()
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    quiz.locator("[role=alert]", has_text="Not 0.5. This is the probability").wait_for()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("0,7")
    press(page, "Tab", "Check my answer")
    page.keyboard.press("Space")
    quiz.locator("[role=alert]", has_text="too few digits").wait_for()
    press(page, "Shift+Tab", "text")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("ln 2")
    page.keyboard.press("Enter")
    quiz.locator("[role=alert]", has_text="Right: 0.6931 nats.").wait_for()
    for number in (2, 3, 4):
        press(page, "Tab", "Next question")
        page.keyboard.press("Space")
        quiz.get_by_text(f"Question {number} of").wait_for()
    quiz.locator(".MathJax, mjx-container").first.wait_for()
    assert "$" not in quiz.inner_text()
    quiz.locator("label", has_text="D:").wait_for()  # the options come one by one, after the question
    for letter in ("D:", "C:"):
        press(page, "Shift+Tab", letter)
        page.keyboard.press("Space")
    press(page, "Tab", "Check my answer")
    page.keyboard.press("Space")
    quiz.locator("[role=alert]", has_text="Not C:").wait_for()
    assert "Right at the first try: 0 of 2 answered" in quiz.inner_text()


def test_fresh_numbers_are_had_and_what_went_wrong_is_asked_again_and_forgotten_with_the_keyboard_alone(page, quiz):
    quiz.locator("input[type=text]").focus()
    page.keyboard.type("0.5")
    page.keyboard.press("Enter")
    quiz.get_by_text("comes back").wait_for()
    for seed in (1, 2):
        press(page, "Tab", "Fresh numbers")
        page.keyboard.press("Space")
        quiz.locator("[role=alert]", has_text=f"numbers of seed {seed}").wait_for()
        assert focused(page) == "Fresh numbers"
    assert "Right at the first try: 0 of 0 answered" in quiz.inner_text()
    again = run(page, "from box 1", 1)
    again.locator("input[type=text]").focus()
    page.keyboard.type("ln 2")
    page.keyboard.press("Enter")
    again.get_by_text("1 in box 2").wait_for()
    press(page, "Tab", "Forget all boxes")
    page.keyboard.press("Space")
    again.get_by_text("Press again to forget all boxes").wait_for()
    page.keyboard.press("Space")
    again.locator("[role=alert]", has_text="Their file is removed.").wait_for()
