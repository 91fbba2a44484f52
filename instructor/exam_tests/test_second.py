"""Both ways to a key agree whatever is drawn, wrong answers are other numbers, and what is printed reads well."""

import dataclasses
import decimal
import functools
import re

import pytest

from lossexam import second
from lossutils import questions
from lossutils.engine.fields import FIELD, filled
from lossutils.questions import template
from lossutils.questions.question import half_of_the_last_digit
from tools.rules.questions import OF_NUMBERS

BANK = {f"{q.chapter}-{q.id}": q for chapter in questions.chapters() for q in questions.load(chapter)}
PROVED = [name for name, question in BANK.items() if question.id in second.functions(question.chapter)]
TEMPLATES = [name for name, question in BANK.items() if question.numbers]
SEEDS = [pytest.param(range(20), id="20"), pytest.param(range(20, 200), id="200", marks=pytest.mark.long)]
ENOUGH = 60  # different questions of a template, for a class of thirty

VERBS = "is|was|has|does|as|costs|lies|gives|holds|plus|minus|times|this"
UGLY = {
    "an unfilled field": r"[«»]",
    "more digits than anybody wrote": r"\d\.\d{7}|\d\.\d*(0{5}|9{5})\d|\d[eE][-−+]?\d|\b(nan|inf)\b",
    "a sign after a sign": r"[-+−]\s*[-+−](?=\s*[\d.$])",
    "a sign after a point of multiplication": r"\\cdot\s*[-−]",
    "a factor 1 before a letter": r"(?<![\d.,^_/{(])\b1\s?((\\[,;]\s?)?(?![a-z]{2})[b-z]\b|\\(log|exp|sqrt|sigma))",
    "one thing in the plural": rf"(?<![\d.,/−-])\b1 (?!({VERBS})\b)[a-z]+s\b",
}
parametrized = functools.partial(pytest.mark.parametrize, "name")


@functools.cache
def at(name, seed):
    return BANK[name].at(seed)


def variants(name, seeds):
    """The course's own question, then others; one without numbers is always the same."""
    return [BANK[name], *(at(name, seed) for seed in (seeds if BANK[name].numbers else ()))]


def digits(number):
    """How many significant digits a number has: 2 for 0.25 and for 2500."""
    return len(decimal.Decimal(str(number)).normalize().as_tuple().digits)


def numbers_in(value):
    """The numbers of a template, of lists and of lists of lists; no words."""
    if isinstance(value, (list, tuple, dict)):
        return [one for item in (value.values() if isinstance(value, dict) else value) for one in numbers_in(item)]
    return [] if isinstance(value, str) else [value]


def texts(entry):
    """The prose of a question, or of its template: no code, whose minus signs are Python's."""
    answers = [answer.get(key, "") for answer in entry.get("answers", ()) for key in ("answer", "feedback")]
    return [re.sub(r"`[^`]*`", "", text) for text in (entry["question"], entry["explanation"], *answers)]


def floats_without_a_format(question):
    """Fields that print a whole number as 6.0, or 0.3 with all its digits, because they don't say how."""
    space = {**template.names(), **question.numbers}
    fields = [field[0] for text in texts(question.template) for field in FIELD.finditer(text)]
    return [
        field
        for field in fields
        if re.search(r"\.0$|\.\d{7}", filled(field, space)) and not re.search(r":\.\df»", field)
    ]


@pytest.mark.parametrize("seeds", SEEDS)
@parametrized(PROVED)
def test_both_ways_lead_to_the_same_key(name, seeds):
    for variant in variants(name, seeds):
        (key,) = (answer.value for answer in variant.answers if answer.correct)
        found = second.answer(variant)
        allowed = min(variant.tolerance, half_of_the_last_digit(key, variant.precision) or 1e-9)
        assert abs(found - key) <= 1.001 * allowed, f"{found}, but {key} is stored, with {variant.numbers}"


@pytest.mark.parametrize("chapter", questions.chapters())
def test_every_question_that_asks_for_a_number_has_a_second_way_and_no_other_has(chapter):
    numeric = {question.id for question in questions.load(chapter) if question.type == "numeric"}
    assert set(second.functions(chapter)) == numeric


def test_a_question_without_a_second_way_has_no_second_answer():
    assert second.answer(next(question for question in BANK.values() if question.type == "multiple_choice")) is None
    assert second.functions("00") == {}


@pytest.mark.parametrize("seeds", SEEDS)
@parametrized(BANK)
def test_answers_are_different_and_keep_the_rules_of_the_bank(name, seeds):
    for variant in variants(name, seeds):
        shown = [variant.shown(a) if a.value is not None else a.answer or a.range or a.type for a in variant.answers]
        assert len(set(shown)) == len(shown), f"{shown} with {variant.numbers}"
        assert [fault for rule in OF_NUMBERS for fault in rule(variant)] == [], variant.numbers


@pytest.mark.parametrize("seeds", SEEDS)
@parametrized(TEMPLATES)
def test_what_is_printed_reads_well(name, seeds):
    for variant in variants(name, seeds):
        keys = [answer.value for answer in variant.answers if answer.correct and answer.value is not None]
        assert [number for number in [*keys, *numbers_in(variant.numbers)] if digits(number) > 6] == []
        assert floats_without_a_format(variant) == [], variant.numbers
        prose = texts(dataclasses.asdict(variant))
        found = [(what, text) for text in prose for what, ugly in UGLY.items() if re.search(ugly, text)]
        assert found == [], variant.numbers
        assert not re.search(UGLY["an unfilled field"], variant.code)


@parametrized(TEMPLATES)
def test_a_template_asks_enough_different_questions(name):
    asked = set()
    for seed in range(3000):
        variant = BANK[name].at(seed)
        asked.add((variant.question, variant.code, *(answer.answer for answer in variant.answers)))
        if len(asked) == ENOUGH:
            return
    pytest.fail(f"only {len(asked)} in 3000 draws")


@pytest.mark.parametrize("chapter", questions.chapters())
def test_a_chapter_has_five_templates(chapter):
    assert sum(name.startswith(chapter) for name in TEMPLATES) >= 5


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("an unfilled field", "the mean of «a» and 3"),
        ("more digits than anybody wrote", "the share 0.30000000000000004"),
        ("more digits than anybody wrote", "the share 1e-05"),
        ("a sign after a sign", "$2 - −3$"),
        ("a sign after a sign", "$1 + -3$"),
        ("a sign after a point of multiplication", r"$2 \cdot −3$"),
        ("a factor 1 before a letter", r"$1 x + 1 \, y$"),
        ("one thing in the plural", "after 1 minutes"),
    ],
)
def test_what_reads_badly_is_found(what, text):
    assert re.search(UGLY[what], text)


def test_a_float_without_a_format_is_found():
    question = next(question for question in BANK.values() if not question.numbers)
    entry = {**question.template, "explanation": "«n» of «n:g», about «n:.1f»"}
    assert floats_without_a_format(dataclasses.replace(question, numbers={"n": 6.0}, template=entry)) == ["«n»"]


def test_digits_are_counted_as_they_are_read():
    assert [digits(number) for number in (2500, 0.25, -6.0, 0.1 * 3, 123456, 1e-7)] == [2, 2, 1, 17, 6, 1]
