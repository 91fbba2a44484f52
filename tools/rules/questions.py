"""Rules for the question bank. Each rule is a function: a question in, sentences about its faults out."""

import math
import re

from lossutils import questions
from lossutils.questions.question import CHOICES, TYPES, half_of_the_last_digit
from lossutils.questions.template import evaluated, significant
from tools.plumbing.normal_form import is_made_of_words
from tools.rules.chapters import PARTS

RICH = {
    "HTML": r"</?[a-zA-Z]",
    "a link": r"\]\(",
    "a list": r"(?m)^\s*([-+*]|\d+\.)\s",
    "a table": r"(?m)^\|",
    "a heading": r"(?m)^#",
}

MARKING = {"rubric": {"points", "what"}, "samples": {"points", "text", "why"}}
SEEDS = 20  # of a template


def has_its_fields(question):
    if not is_made_of_words(question.cell):
        yield f"the id {question.id!r} is not made of words"
    if question.type not in TYPES:
        yield f"the type {question.type!r} is none of {', '.join(TYPES)}"
    if question.section not in PARTS:
        yield f"the section {question.section!r} is no part of a chapter"
    if question.difficulty not in (1, 2, 3):
        yield f"the difficulty is {question.difficulty}, not 1, 2 or 3"
    if question.sentence not in questions.source():
        yield f"the sentence {question.sentence!r} is not in source.toml"
    yield from (f"has no {name}" for name in ("question", "explanation") if not getattr(question, name).strip())
    if question.type == "open" and question.answers:
        yield "is open, but has answers"


def offers_a_choice(question):
    if question.type not in CHOICES:
        return
    right = [answer for answer in question.answers if answer.correct]
    if question.type == "multiple_choice" and len(right) != 1 or not right:
        yield f"has {len(right)} right answers"
    if not 3 <= len(question.answers) <= 5:
        yield f"offers {len(question.answers)} answers, not three to five"
    texts = [answer.answer for answer in question.answers]
    if not all(texts) or len(set(texts)) != len(texts):
        yield "an answer is empty or stands twice"


def says_why_an_answer_is_wrong(question):
    for answer in question.answers:
        if not answer.correct and not answer.feedback:
            yield f"no reason why {answer.answer or answer.value} is wrong"


def asks_for_a_number(question):
    if question.type != "numeric":
        return
    values = [answer for answer in question.answers if answer.type != "default"]
    if question.precision is None or question.tolerance is None or question.tolerance <= 0:
        yield "lacks its precision or its tolerance"
        return
    if sum(answer.correct for answer in values) != 1:
        yield "has not one right value"
    if any((answer.value is None) == (answer.range is None) for answer in values):
        yield "an answer needs a value or a range"
        return
    for answer in values:
        if answer.value is not None:
            yield from _faults_of_value(question, answer, values)


def _faults_of_value(question, answer, values):
    if not answer.computed:
        yield f"{answer.value} is not computed"
        return
    found = significant(evaluated(answer.computed, question.numbers), question.precision)
    if not math.isclose(found, answer.value):
        yield f"{answer.value} is stored, but {answer.computed} gives {found}"
    if answer.correct and question.tolerance < half_of_the_last_digit(answer.value, question.precision):
        yield f"the tolerance refuses {answer.value} rounded to {question.precision} digits"
    edges = [end for other in values if other is not answer for end in _edges(other, question.tolerance)]
    low, high = _edges(answer, question.tolerance)
    if any(low <= edge <= high for edge in edges):
        yield f"{answer.value} is within the tolerance of another answer"


def _edges(answer, tolerance):
    return answer.range or (answer.value - tolerance, answer.value + tolerance)


def says_what_earns_its_points(question):
    """The rubric of an open question adds up to its difficulty; its samples earn that, less, and nothing."""
    if question.type != "open":
        yield from (f"is not open, but has {name}" for name in MARKING if getattr(question, name))
        return
    for name, fields in MARKING.items():
        for line in getattr(question, name):
            if set(line) != fields or "" in line.values():
                yield f"{name}: {line} has not {', '.join(sorted(fields))}, or one of them is empty"
                return
    worth, earned = ([line["points"] for line in getattr(question, name)] for name in MARKING)
    if sum(worth) != question.difficulty or any(points <= 0 or points % 0.5 for points in worth):
        yield f"the rubric has the points {worth}: not whole or half ones that add up to {question.difficulty}"
    falling = len(earned) == 3 and earned[0] > earned[1] > earned[2]
    if not falling or earned[0] != question.difficulty or earned[2] != 0:
        yield f"the samples earn {earned}: not {question.difficulty}, then less, then 0"
    yield from (f"no lines of the rubric make {points} points" for points in earned if points not in _sums(worth))


def _sums(points):
    sums = {0}
    for one in points:
        sums |= {one + other for other in sums}
    return sums


def proves_its_numbers(question):
    yield from (f"{line} is not true" for line in question.proof if not evaluated(line, question.numbers))


def keeps_its_texts_plain(question):
    texts = [question.question, question.explanation, *(t for a in question.answers for t in (a.answer, a.feedback))]
    marking = [text for one in (*question.rubric, *question.samples) for text in one.values() if isinstance(text, str)]
    yield from (f"more than one paragraph in {text!r}" for text in marking if "\n" in text)
    for text in texts + marking:
        prose = re.sub(r"`[^`]*`|\$[^$]*\$", "", text)
        if text.count("$") % 2 or text.count("`") % 2:
            yield f"an odd number of $ or ` in {text!r}"
        yield from (f"{what} in {text!r}" for what, pattern in RICH.items() if re.search(pattern, prose))


def holds_with_other_numbers(question):
    """A template keeps the rules whatever is drawn, and really draws."""
    if not question.numbers:
        return
    try:
        others = [question.at(seed) for seed in range(SEEDS)]
    except (ValueError, NameError, TypeError) as trouble:
        yield f"can't be drawn: {trouble}"
        return
    if len({other.question for other in others}) < SEEDS // 4:
        yield f"{SEEDS} draws ask only {len({other.question for other in others})} different questions"
    for seed, other in enumerate(others):
        yield from (f"with seed {seed}: {fault}" for rule in OF_NUMBERS for fault in rule(other))


OF_NUMBERS = (offers_a_choice, asks_for_a_number, proves_its_numbers, keeps_its_texts_plain)
RULES = (
    has_its_fields,
    offers_a_choice,
    says_why_an_answer_is_wrong,
    asks_for_a_number,
    says_what_earns_its_points,
    proves_its_numbers,
    keeps_its_texts_plain,
    holds_with_other_numbers,
)


def faults(question):
    """All faults of one question, a line each."""
    return [f"{question.chapter} {question.id}: {fault}" for rule in RULES for fault in rule(question)]
