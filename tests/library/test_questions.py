"""The question bank is complete and right, every lecture shows it, and each rule finds the fault it is there for."""

import copy
import dataclasses
import re
import tomllib

import nbformat
import pytest
import synthetic as made

from lossutils import chapters, questions
from lossutils.questions.markup import block, html
from lossutils.questions.template import evaluated
from tools import notebooks
from tools.plumbing.pages import ROOT, paths, read
from tools.plumbing.question_bank import bank, disagreements, fill
from tools.rules.questions import RULES, faults

BANK = [question for chapter in questions.chapters() for question in questions.load(chapter)]


@pytest.mark.parametrize("question", BANK, ids=lambda question: f"{question.chapter}-{question.id}")
def test_a_question_keeps_every_rule(question):
    assert faults(question) == []


@pytest.mark.parametrize("path", paths("notebooks"), ids=lambda path: path.stem)
def test_a_lecture_shows_the_questions_of_the_bank(path):
    assert disagreements(path) == []


def test_ids_stand_once_in_the_whole_bank():
    ids = [question.id for question in BANK]
    assert sorted(set(ids)) == sorted(ids)


def test_every_sentence_of_the_source_page_is_examined():
    assert {question.sentence for question in BANK} == set(questions.source())


@pytest.mark.parametrize("chapter", questions.chapters())
def test_a_chapter_asks_enough_of_each_kind(chapter):
    asked = [question.type for question in questions.load(chapter)]
    assert len(asked) >= 8 and asked.count("numeric") >= 2 and "open" in asked
    assert asked.count("multiple_choice") + asked.count("many_choice") >= 3


@pytest.mark.parametrize("chapter", questions.chapters())
def test_the_right_option_has_no_favourite_place(chapter):
    letters = [question.right() for question in questions.load(chapter) if question.type == "multiple_choice"]
    assert len(set(letters)) > 1 and max(map(letters.count, letters)) <= 0.6 * len(letters) + 1


def test_the_bank_covers_the_chapters():
    assert questions.chapters() == chapters.numbers("tasks.py")


def test_a_chapter_without_questions_is_refused():
    with pytest.raises(ValueError, match="none for chapter '00'; there are for 01"):
        questions.load("00")


# Rules: a choice and a number without fault, then one fault at a time ---------------------------------------

CHOICE = """
[[questions]]
id = "which-mean"
type = "multiple_choice"
section = "The formula"
difficulty = 1
sentence = "quantifies"
question = 'What does $(c - y)^2$ ask for, if $a < b$?'
explanation = "The **mean**, as `np.mean` gives it."
proof = ["SquaredError().best_constant([1, 2, 6]) == 3"]
answers = [
    { answer = "the median", feedback = "Absolute error asks for it." },
    { answer = "the mean", correct = true },
    { answer = 'the $\\max$', feedback = "No mean loss asks for it." },
]
"""
NUMBER = """
[[questions]]
id = "how-much"
type = "numeric"
section = "From scratch"
difficulty = 2
sentence = "guides"
question = "What does this print?"
code = "np.mean([1, 2, 6]) < 4"
explanation = "Nine thirds."
unit = "ppm"
precision = 3
tolerance = 0.01
answers = [
    { value = 3, correct = true, computed = "np.mean([1, 2, 6])" },
    { value = 2, feedback = "The median.", computed = "np.median([1, 2, 6])" },
    { range = [-100, 0], feedback = "No target is negative." },
    { type = "default", feedback = "Add, then divide." },
]
"""
TEMPLATE = """
[[questions]]
id = "half-of-it"
type = "numeric"
section = "From scratch"
difficulty = 1
sentence = "guides"
question = "Which mean do 0 and «n» have?"
explanation = "Half of «n» is «n / 2:g», minus that is «-n / 2:g»."
precision = 3
tolerance = 0.05
answers = [
    { correct = true, computed = "n / 2" },
    { feedback = "«n» is the sum.", computed = "n" },
    { feedback = "Half of what is added.", computed = "n / 2 + more" },
]
proof = ["n > 0"]
keep = ["n > 3"]
[questions.numbers]
n = { here = 5, drawn = "int(rng.randint(1, 30))" }
more = { here = 1, drawn = "n - 1" }
"""
ARGUMENT = """
[[questions]]
id = "why-the-mean"
type = "open"
section = "The formula"
difficulty = 2
sentence = "quantifies"
question = 'Show that $\\frac{1}{n} \\sum_i (c - y_i)^2$ is least at the mean.'
explanation = 'The slope is twice ($c$ − mean), and it grows with $c$.'
rubric = [
    { points = 1.5, what = 'Says that the slope is 0 where $c$ is the mean.' },
    { points = 0.5, what = "Says that it grows." },
]
samples = [
    { points = 2, text = 'The slope is twice ($c$ − mean). It grows, and is 0 at the mean.', why = "Both are said." },
    { points = 1.5, text = "At the mean the slope is 0.", why = "That it grows is missing." },
    { points = 0, text = "The mean is in the middle.", why = "No slope." },
]
"""
MODELS = (CHOICE, NUMBER, TEMPLATE, ARGUMENT)
(choice,), (number,), (template,), (argument,) = (questions.read(text, "01") for text in MODELS)


def template_with(old, new):
    (other,) = questions.read(TEMPLATE.replace(old, new), "01")
    return other


def changed(question, at, **fields):
    answers = list(question.answers)
    answers[at] = dataclasses.replace(answers[at], **fields)
    return dataclasses.replace(question, answers=tuple(answers))


def argument_with(old, new):
    (other,) = questions.read(ARGUMENT.replace(old, new), "01")
    return other


def worth(*points):
    """The open question with a rubric of so many lines, each worth what is said."""
    return dataclasses.replace(argument, rubric=tuple({**argument.rubric[0], "points": one} for one in points))


def earning(*points):
    """The open question with samples that earn what is said."""
    samples = tuple({**one, "points": other} for one, other in zip(argument.samples, points, strict=False))
    return dataclasses.replace(argument, samples=samples)


def with_fields(model, /, **fields):
    return dataclasses.replace(model, **fields)


FAULTS = [
    ("has_its_fields", with_fields(choice, id="Which mean?")),
    ("has_its_fields", with_fields(choice, type="multi")),
    ("has_its_fields", with_fields(choice, section="The Formula")),
    ("has_its_fields", with_fields(choice, difficulty=4)),
    ("has_its_fields", with_fields(choice, sentence="beauty")),
    ("has_its_fields", with_fields(choice, explanation=" ")),
    ("has_its_fields", with_fields(choice, type="open")),
    ("offers_a_choice", changed(choice, 0, correct=True)),
    ("offers_a_choice", changed(choice, 1, correct=False)),
    ("offers_a_choice", with_fields(changed(choice, 1, correct=False), type="many_choice")),
    ("offers_a_choice", with_fields(choice, answers=choice.answers[:2])),
    ("offers_a_choice", changed(choice, 0, answer="the mean")),
    ("says_why_an_answer_is_wrong", changed(choice, 0, feedback="")),
    ("says_why_an_answer_is_wrong", changed(number, 2, feedback="")),
    ("asks_for_a_number", with_fields(number, tolerance=None)),
    ("asks_for_a_number", with_fields(number, precision=None)),
    ("asks_for_a_number", with_fields(number, tolerance=0.004)),
    ("asks_for_a_number", with_fields(number, tolerance=0.6)),
    ("asks_for_a_number", changed(number, 1, correct=True)),
    ("asks_for_a_number", changed(number, 0, value=3.01)),
    ("asks_for_a_number", changed(number, 1, value=2.02)),
    ("asks_for_a_number", changed(number, 0, computed="")),
    ("asks_for_a_number", changed(number, 0, value=None)),
    ("says_what_earns_its_points", with_fields(choice, rubric=argument.rubric)),
    ("says_what_earns_its_points", with_fields(choice, samples=argument.samples)),
    ("says_what_earns_its_points", worth()),
    ("says_what_earns_its_points", worth(1.5, 0.5, 0.5)),
    ("says_what_earns_its_points", worth(1.5, 0.25, 0.25)),
    ("says_what_earns_its_points", worth(1.5, 0.5, 0)),
    ("says_what_earns_its_points", earning(2, 0)),
    ("says_what_earns_its_points", earning(1.5, 0.5, 0)),
    ("says_what_earns_its_points", earning(2, 2, 0)),
    ("says_what_earns_its_points", earning(2, 1.5, 0.5)),
    ("says_what_earns_its_points", earning(2, 1, 0)),
    ("says_what_earns_its_points", argument_with("why =", "because =")),
    ("says_what_earns_its_points", argument_with("No slope.", "")),
    ("proves_its_numbers", with_fields(choice, proof=("SquaredError().best_constant([1, 2, 6]) == 2",))),
    ("keeps_its_texts_plain", with_fields(choice, question="What is $c$ for 3 $?")),
    ("keeps_its_texts_plain", with_fields(choice, explanation="See [here](x).")),
    ("keeps_its_texts_plain", with_fields(choice, explanation="- one\n- two")),
    ("keeps_its_texts_plain", changed(choice, 0, answer="<b>median</b>")),
    ("keeps_its_texts_plain", argument_with("it grows.", "<i>it grows</i>.")),
    ("keeps_its_texts_plain", argument_with("No slope.", "No $slope.")),
    ("keeps_its_texts_plain", argument_with("in the middle", "\\n\\nin the middle")),
    ("holds_with_other_numbers", template_with("rng.randint(1, 30)", "6")),
    ("holds_with_other_numbers", template_with("n > 3", "n > 30")),
    ("holds_with_other_numbers", template_with("randint(1, 30)", "randint(m, 30)")),
    ("holds_with_other_numbers", template_with('drawn = "n - 1"', 'drawn = "0.01"')),
    ("holds_with_other_numbers", template_with("n > 0", "n < 9")),
]


def test_the_models_have_no_fault():
    assert [faults(model) for model in (choice, number, template, argument)] == [[]] * 4


def test_a_template_shows_the_courses_numbers_and_by_seed_others():
    assert template.question == "Which mean do 0 and 5 have?"
    assert template.explanation == "Half of 5 is 2.5, minus that is −2.5."
    assert [(answer.value, answer.feedback) for answer in template.answers[:2]] == [(2.5, ""), (5, "5 is the sum.")]
    others = [template.at(seed) for seed in range(9)]
    assert all(other.numbers["n"] > 3 and other.answers[0].value == other.numbers["n"] / 2 for other in others)
    assert len({other.question for other in others}) > 4
    assert template.at(4) == template.at(4) == others[0].at(4)
    assert choice.at(4) == choice


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("0 and «n»", "0 and «m»", "the field «m» can't be computed"),
        ("precision = 3", "", "n / 2 is computed to a precision, which is missing"),
        (', drawn = "n - 1"', "", "the number 'more' has ['here'], not here (in the notebook) and drawn"),
    ],
    ids=["a field", "precision", "drawn"],
)
def test_what_a_template_lacks_is_said_with_the_name_of_the_question(old, new, words):
    with pytest.raises(ValueError, match=re.escape(f"question 'half-of-it' of chapter 01: {words}")):
        template_with(old, new)


@pytest.mark.parametrize(("name", "question"), FAULTS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FAULTS)])
def test_a_rule_finds_the_planted_fault(name, question):
    rule = next(rule for rule in RULES if rule.__name__ == name)
    assert list(rule(question)) != []


def test_every_rule_has_a_planted_fault():
    assert {name for name, _ in FAULTS} == {rule.__name__ for rule in RULES}


def test_a_misspelt_field_is_refused():
    with pytest.raises(TypeError, match="explenation"):
        questions.read(CHOICE.replace("explanation", "explenation"), "01")
    with pytest.raises(TypeError, match="reason"):
        questions.read(CHOICE.replace("feedback", "reason"), "01")


# Answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [3, 3.0, 2.99, 3.01])
def test_a_number_within_the_tolerance_is_right(given):
    assert number.to_number(given).correct


@pytest.mark.parametrize(
    ("given", "feedback"),
    [(2, "The median."), (2.02, "Add, then divide."), (-100, "No target is negative."), (0, "Add, then divide.")],
)
def test_a_wrong_number_gets_its_own_reason(given, feedback):
    answer = number.to_number(given)
    assert (answer.correct, answer.feedback) == (False, feedback)


@pytest.mark.parametrize("question", [one for one in BANK if one.type == "numeric"], ids=lambda one: one.id)
def test_a_mistake_is_known_however_many_digits_are_given(question):
    for answer in question.answers:
        if answer.computed:
            assert question.to_number(float(evaluated(answer.computed, question.numbers))) == answer


def test_without_a_default_an_unknown_number_is_wrong_without_words():
    bare = dataclasses.replace(number, answers=number.answers[:2])
    assert bare.to_number(7) == questions.Answer()


# In notebooks -----------------------------------------------------------------------------------------------

FOLDED_CHOICE = """**4.** What does $(c - y)^2$ ask for, if $a < b$?

- **A:** the median
- **B:** the mean
- **C:** the $\\max$

<details><summary>Answer</summary>

**B.** The **mean**, as `np.mean` gives it.

- A: Absolute error asks for it.
- C: No mean loss asks for it.

</details>"""
FOLDED_NUMBER = """**1.** What does this print?

```python
np.mean([1, 2, 6]) < 4
```

<details><summary>Answer</summary>

**3 ppm.** Nine thirds.

- 2: The median.
- −100 to 0: No target is negative.
- other numbers: Add, then divide.

</details>"""


def test_a_cell_folds_its_answer_with_empty_lines_around_the_markdown():
    assert choice.folded(4) == FOLDED_CHOICE
    assert number.folded(1) == FOLDED_NUMBER
    end = f"<details><summary>Answer</summary>\n\n{argument.explanation}\n\n</details>"
    assert argument.folded(2).endswith(end)


@pytest.fixture
def course(tmp_path):
    """The synthetic course with a bank of two questions for its chapter."""
    folder = tmp_path / "lossutils" / "chapters" / "ch01"
    folder.mkdir(parents=True)
    only_quiz = NUMBER.replace("how-much", "for-the-quiz").replace("precision", "in_notebook = false\nprecision")
    (folder / "questions.toml").write_text(CHOICE + only_quiz + NUMBER, encoding="utf-8")
    nb = made.chapter()
    at = [cell.id for cell in nb.cells].index("on-your-next-test") + 1
    nb.cells[at:at] = [made.code("quiz", 'widgets.quiz("01")'), made.text("hint", "Answer on paper.")]
    return made.write(tmp_path, "notebooks", "01_loss.ipynb", nb)


def ids(nb):
    return [cell.id for cell in nb.cells]


def test_missing_questions_are_inserted_after_the_heading_and_nothing_else_changes(course, tmp_path):
    nb = read(course)
    before = copy.deepcopy(nb)
    fill(nb, bank(course, tmp_path))
    at = ids(nb).index("on-your-next-test") + 1
    assert ids(nb)[at : at + 4] == ["quiz", "question-which-mean", "question-how-much", "hint"]
    first = nb.cells[at + 1]
    assert first.metadata == {"tags": ["question"]} and first.source.startswith("**1.** What does $(c")
    del nb.cells[at + 1 : at + 3]
    assert nb == before


def test_stale_questions_go_and_the_rest_stays_where_the_first_one_stands(course, tmp_path):
    nb = read(course)
    at = ids(nb).index("hint") + 1
    nb.cells[at:at] = [made.text("question-old", "?", "question"), made.text("question-how-much", "?", "question")]
    fill(nb, bank(course, tmp_path))
    assert ids(nb)[at - 3 : at + 3] == [
        "on-your-next-test",
        "quiz",
        "hint",
        "question-which-mean",
        "question-how-much",
        "summary",
    ]
    again = copy.deepcopy(nb)
    fill(again, bank(course, tmp_path))
    assert again == nb


def with_the_quiz_last(nb):
    """The folded questions, and behind them the quiz, as in the first edition."""
    cells = {cell.id: cell for cell in nb.cells}
    at = ids(nb).index("on-your-next-test") + 1
    moved = [cells[name] for name in ("question-which-mean", "question-how-much", "quiz")]
    nb.cells = nb.cells[:at] + moved + [cell for cell in nb.cells[at:] if cell not in moved]


def test_in_the_second_edition_the_quiz_comes_first_and_what_stands_between_stays(course, tmp_path):
    nb = read(course)
    fill(nb, bank(course, tmp_path))
    with_the_quiz_last(nb)
    path = made.write(tmp_path, "notebooks", course.name, nb)
    assert any("the folded answers stand before the quiz" in fault for fault in disagreements(path, tmp_path))
    fill(nb, bank(course, tmp_path))
    at = ids(nb).index("quiz")
    assert ids(nb)[at : at + 4] == ["quiz", "question-which-mean", "question-how-much", "hint"]
    nb.cells.insert(at + 1, nb.cells.pop(at + 3))  # a text between the quiz and the questions
    before = copy.deepcopy(nb)
    fill(nb, bank(course, tmp_path))
    assert nb == before and disagreements(made.write(tmp_path, "notebooks", course.name, nb), tmp_path) == []


def test_refresh_fills_the_questions_in_before_it_runs_the_notebook(course, tmp_path):
    nb = made.new_notebook(cells=[made.text("test", "## On your next test"), made.code("quiz", "1 + 1")])
    made.write(tmp_path, "notebooks", "01_loss.ipynb", nb)
    notebooks.refresh(["01"], root=tmp_path)
    assert ids(read(course)) == ["test", "question-which-mean", "question-how-much", "colab", "quiz"]


def test_a_lecture_that_disagrees_with_the_bank_is_reported(course, tmp_path):
    assert [fault.split(":")[1] for fault in disagreements(course, tmp_path)] == [
        " its questions are not those of the bank"
    ]
    nb = read(course)
    fill(nb, bank(course, tmp_path))
    made.write(tmp_path, "notebooks", course.name, nb)
    assert disagreements(course, tmp_path) == []
    for plant, word in [
        (lambda cells: cells["question-how-much"].update(source="**2.** What?"), "bank"),
        (lambda cells: cells["quiz"].update(source='widgets.quiz("02")'), "widgets.quiz"),
        (lambda cells: cells["from-scratch"].update(source="## By hand"), "no part teaches 'From scratch'"),
    ]:
        broken = copy.deepcopy(nb)
        plant({cell.id: cell for cell in broken.cells})
        path = made.write(tmp_path, "notebooks", course.name, broken)
        assert [word in fault for fault in disagreements(path, tmp_path)] == [True]


def test_a_question_in_a_lecture_without_a_bank_is_reported(tmp_path):
    nb = made.start()
    nb.cells.append(made.text("question-old", "?", "question"))
    path = made.write(tmp_path, "notebooks", "00_start_here.ipynb", nb)
    assert disagreements(path, tmp_path) == ["00_start_here.ipynb: cell 'question-old' is no question of the bank"]


def test_markup_leaves_tex_alone_and_escapes_the_rest():
    assert html("a **b** *c* `<d>` & $x_1 * y * z < 2$\n\nnext") == (
        "<p>a <strong>b</strong> <em>c</em> <code>&lt;d&gt;</code> &amp; $x_1 * y * z &lt; 2$</p><p>next</p>"
    )
    assert block("a < b\n") == "<pre><code>a &lt; b</code></pre>"


def test_the_files_ship_with_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    data = [p for p in (ROOT / "lossutils").rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")]
    assert data and all(any(path.match(pattern) for pattern in patterns) for path in data)


def test_a_cell_of_the_bank_survives_the_normal_form():
    nb = nbformat.v4.new_notebook(cells=[made.text(question.cell, question.folded(1)) for question in BANK[:3]])
    again = nbformat.reads(made.written(made.cleaned(nb)), as_version=4)
    assert [cell.source for cell in again.cells] == [question.folded(1) for question in BANK[:3]]
    assert ids(again) == [question.cell for question in BANK[:3]]
