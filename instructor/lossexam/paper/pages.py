"""Puts tests and keys together in Typst's markup, and has them set."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING

import typst

from lossexam.paper import codes
from lossexam.paper.as_typst import line, plain, program, text
from lossexam.refusals import Refusal

if TYPE_CHECKING:
    from lossexam.drawing import Variant
    from lossexam.exam import Exam
    from lossutils.questions import Question

SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)  # of the letters, in points
KEY_SIZE = 8.5
LINES = 12  # to write on, for an open question


def tests(exam: Exam, on_pages: int | None) -> bytes:
    """Return the PDF of all tests, in the largest letters with which each has at most so many pages."""
    for size in SIZES:
        source = _paper(exam, size, [_test(exam, variant) for variant in exam.variants])
        if on_pages is None or (longest := max(_pages(source))) <= on_pages:
            return _pdf(source)
    raise Refusal(f"the longest test has {longest} pages even in the smallest letters: ask fewer questions, or --pages")


def key(exam: Exam) -> bytes:
    """Return the PDF of the keys: each answer with its reasons."""
    return _pdf(_paper(exam, KEY_SIZE, [_worked(exam, variant) for variant in exam.variants]))


def sheets(exam: Exam) -> bytes:
    """Return the PDF of the answer sheets."""
    return _pdf(_paper(exam, SIZES[0], [_sheet(exam, variant) for variant in exam.variants]))


def formulas(exam: Exam) -> bytes:
    """Return the PDF of the formula sheet, the same for everybody."""
    rows = [f"([{plain(name)}], [{line(f'${tex}$')}])" for name, tex in exam.formulas]
    heading = f"#text(1.3em)[*{plain(exam.title)}*] #h(0.6em) Formulas"
    return _pdf(_paper(exam, SIZES[0], [f"{heading}\n#formulas({', '.join(rows)},)"]))


def _paper(exam, size, parts):
    """A document: how it looks, and a part for each variant."""
    look = (resources.files(__package__) / "paper.typ").read_text(encoding="utf-8")
    return f"{look}\n#show: paper.with({_string(exam.title)}, {size}pt)\n\n" + "\n".join(parts)


def _test(exam: Exam, variant: Variant):
    asked = [
        f"#question({number}, {_string(exam.worth(question))})[{_asked(question)}]"
        for number, question in enumerate(variant.questions, 1)
    ]
    return _part(exam, variant, "test", [*exam.advice, exam.how_long], asked)


def _part(exam, variant, kind, said, body):
    whose = f"*{plain(variant.student)}* {plain(variant.number)}" if variant.student else "Name: #blank(7cm)"
    about = " ".join(plain(sentence) for sentence in said)
    heading = f"#text(1.3em)[*{plain(exam.title)}*] #h(0.6em) {plain(exam.label(variant, kind))}"
    head = f"#head({_string(codes.svg(exam.mark(variant)))})[{heading} #v(0.1em) {whose} #v(0.1em) #fine[{about}]]"
    foot = f"{plain(exam.title)} · {plain(exam.label(variant, kind))}"
    last = "true" if variant is exam.variants[-1] else "false"
    return f"#pages([{foot}], {last})[\n{head}\n" + "\n".join(body) + "\n]"


def _asked(question: Question):
    parts = [text(question.question)]
    if question.code:
        parts.append(program(question.code))
    if question.type == "many_choice":
        parts.append("_More than one answer may be right._")
    parts += [f"#option({_string(letter)})[{line(answer.answer)}]" for letter, answer in question.options]
    if question.type == "numeric":
        parts.append(f"#number-box[{plain(question.unit)}]")
    if question.type == "open":
        parts.append(f"#lines({LINES})")
    return "\n\n".join(parts)


def _worked(exam, variant):
    body = []
    for number, question in enumerate(variant.questions, 1):
        reasons = [f"#wrong[{plain(what)}][{line(why)}]" for what, why in question.reasons() if why]
        told = "\n\n".join([line_of(question), *reasons, *_open_key(question)])
        answer = plain(question.right()) if question.answers else "rubric"
        body.append(f"#worked({number}, [{answer}], {_string(exam.worth(question))})[{told}]")
    return _part(exam, variant, "key", [exam.how_proved], body)


def line_of(question: Question) -> str:
    """Return a question's explanation, and where it is taught."""
    return f"{text(question.explanation)} #fine[Chapter {question.chapter}, {plain(question.section)}.]"


def _open_key(question):
    """How the points of an open question are given, and three answers that got all, some and none of them."""
    yield from (f"#wrong[{one['points']}][{line(one['what'])}]" for one in question.rubric)
    for one in question.samples:
        yield f"#wrong[Worth {one['points']}][“{line(one['text'])}” {line(one['why'])}]"


def _sheet(exam, variant):
    rows = []
    for number, question in enumerate(variant.questions, 1):
        if question.options:
            rows.append(f"letters({number}, ({', '.join(_string(letter) for letter, _ in question.options)},))")
        elif question.type == "numeric":
            rows.append(f"frame({number}, [{plain(question.unit)}])")
    said = ["Tick the letters, write numbers into their frames. Only this sheet is marked."]
    return _part(exam, variant, "answers", said, [f"#sheet({', '.join(rows)},)"])


def _string(value) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def _pages(source):
    """How many pages each test has."""
    found = json.loads(typst.query(source.encode(), "<pages>", field="value", ignore_system_fonts=True))
    return [int(one) for one in found]


def _pdf(source):
    return typst.compile(source.encode(), ignore_system_fonts=True)
