"""What is printed: everything is on it, in letters that can be read, and a machine reads whose it is."""

import dataclasses
import io
import re
import xml.etree.ElementTree as ET

import pypdf
import pytest
import typst
import zxingcpp
from asking import asked
from PIL import Image

from lossexam import bank, cli, kept, making
from lossexam.exam import Exam
from lossexam.making import exam_of
from lossexam.paper import as_html, as_typst, codes, pages, web
from lossexam.refusals import Refusal
from lossutils import CATALOGUE, questions

EVERY = [question for chapter in questions.chapters() for question in questions.load(chapter)]
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def texts(question):
    yield from (question.question, question.explanation)
    yield from (text for answer in question.answers for text in (answer.answer, answer.feedback))
    yield from (one["what"] for one in question.rubric)
    yield from (text for one in question.samples for text in (one["text"], one["why"]))


def words(pdf):
    """The text of each page, its spaces and its hyphens at the ends of lines left out."""
    return [re.sub(r"\s|-|‐", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def plain(text):
    """The longest stretch of a text that holds no formula and no code, without its spaces."""
    return max(re.split(r"\$[^$]*\$|`[^`]*`|\*", re.sub(r"[-‐'\"’“”]", "§", text)), key=len)


@pytest.mark.parametrize("question", EVERY, ids=lambda one: one.id)
def test_formulas_become_mathml_and_typst(question):
    for text in filter(None, texts(question)):
        found = ET.fromstring(f"<div>{as_html.text(text)}</div>")
        assert len(found.findall(f".//{MATHML}math")) == len(re.findall(r"\$\$?[^$]+\$\$?", text))
        assert "\\" not in "".join(found.itertext()).replace(r"\\", "") or "`" in text
        typst.compile(as_typst.text(text).encode(), ignore_system_fonts=True)


@pytest.mark.parametrize("loss", CATALOGUE, ids=repr)
def test_the_formula_of_every_loss_can_be_printed(loss):
    typst.compile(as_typst.line(f"${loss.tex}$").encode(), ignore_system_fonts=True)
    assert as_html.line(f"${loss.tex}$").startswith("<math")


def test_nothing_in_a_text_is_a_command_of_typst():
    text = '#panic[a] @b <c> = d - e * f _ g ~ h \\ i / j ] [ `#k "l"` 1. m // n'
    (page,) = words(typst.compile(as_typst.line(text).encode(), ignore_system_fonts=True))
    assert page == re.sub(r"\s|-|`", "", text)


def test_each_test_has_its_pages_and_all_that_is_asked(exam):
    printed = words(pages.tests(exam, 2))
    assert len(printed) == 2 * len(exam.variants)
    for place, variant in enumerate(exam.variants):
        both = "".join(printed[2 * place : 2 * place + 2])
        assert f"Test{variant.name}" in both and re.sub(r"\s", "", exam.how_long) in both
        for question in variant.questions:
            shown = [question.question, *(answer.answer for _, answer in question.options)]
            for text in shown:
                for part in re.split("§", plain(text)):
                    assert re.sub(r"\s", "", part) in both, text


def test_a_key_has_every_answer_and_no_test_has_one(exam):
    keys, printed = "".join(words(pages.key(exam))), "".join(words(pages.tests(exam, 2)))
    for variant in exam.variants:
        for question in variant.questions:
            for part in re.split("§", plain(question.explanation)):
                assert re.sub(r"\s", "", part) in keys, question.explanation
    reasons = [a.feedback for one in exam.questions for a in one.answers if len(a.feedback) > 40]
    assert [text for text in reasons if re.sub(r"\s", "", max(plain(text).split("§"), key=len)) in printed] == []


def test_letters_get_smaller_until_a_test_fits_and_then_it_is_refused():
    long = exam_of(asked("--seed", 7, "--questions", 40))
    assert len(words(pages.tests(long, None))) > len(words(pages.tests(long, 2))) == 2
    with pytest.raises(Refusal, match="the longest test has 2 pages even in the smallest letters"):
        pages.tests(long, 1)


def test_the_same_test_is_the_same_file(exam):
    assert pages.tests(exam, 2) == pages.tests(exam, 2)
    assert web.page(exam, "test") == web.page(exam, "test")


def test_a_machine_reads_whose_test_it_is(made):
    exam = kept.read((made.folder / "key.json").read_text(encoding="utf-8"))
    source = pages._paper(exam, 10, [pages._sheet(exam, variant) for variant in exam.variants])
    images = typst.compile(source.encode(), format="png", ppi=150, ignore_system_fonts=True)
    read = {code.text for image in images for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(image)))}
    assert read == {exam.mark(variant) for variant in exam.variants}
    assert "lossexam:7:2:102" in read


def test_a_code_is_a_picture_of_its_own():
    assert ET.fromstring(codes.svg("lossexam:7:A:")).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize("kind", ["test", "key"])
def test_the_page_needs_nothing_beside_it(exam, kind):
    page = web.page(exam, kind)
    assert re.findall(r"(?:src|href)=|@import|url\(|<script", page) == []
    assert page.count("<article") == len(exam.variants)
    assert ("explanation" in page) is False and ET.fromstring(
        page.partition("<body>")[2].partition("</body>")[0].strip()
    )


def test_a_name_is_a_name_whatever_it_holds(exam):
    rude = exam.variants[0]._replace(student="<b>#panic[]</b> & $x$", number="1*2_3")
    alone: Exam = dataclasses.replace(exam, variants=[rude])
    assert "<b>#panic" not in web.page(alone, "test")
    assert "<b>#panic[]</b>&$x$" in words(pages.tests(alone, 2))[0]


def test_open_questions_have_room_and_their_key_a_rubric():
    exam = exam_of(asked("--seed", 7, "--questions", 3, "--open", 3))
    assert {one.type for one in exam.questions} == {"open"}
    keys = "".join(words(pages.key(exam)))
    for question in exam.questions:
        for one in question.rubric:
            assert re.sub(r"\s", "", max(plain(one["what"]).split("§"), key=len)) in keys
    assert web.page(exam, "test").count('class="line"') == pages.LINES * 3


def test_the_mock_exam_can_be_sat_on_paper_with_other_numbers(tmp_path):
    words = ["make", "--seed", "3", "--mock", "--into", str(tmp_path / "mock")]
    assert cli.main(words) == 0
    made = kept.read((tmp_path / "mock" / "key.json").read_text(encoding="utf-8"))
    mock = questions.exam.all_questions()
    assert [one.id for one in made.questions] == [one.id for one in mock]
    drawn = [(one.question, other.question) for one, other in zip(made.questions, mock, strict=True) if other.numbers]
    assert sum(one != other for one, other in drawn) >= len(drawn) - 2


# The command -----------------------------------------------------------------------------------------------------


def test_the_command_makes_everything_for_everybody(made):
    names = {"tests.pdf", "tests.html", "key.pdf", "key.html", "key.json", "answers.csv", "sheets.pdf"}
    assert {file.name for file in made.folder.iterdir()} >= names
    tests = (made.folder / "tests.html").read_text(encoding="utf-8")
    assert tests.count('aria-label="Test ') == 6 and "Kurt Gödel" in tests and "Formulas" in tests


def test_a_folder_with_another_test_is_left_alone(made, capsys):
    before = (made.folder / "key.json").read_bytes()
    words = ["make", "--seed", "8", "--students", str(made.students), "--into", str(made.folder)]
    assert cli.main(words) == 2
    assert "asked for in other words" in capsys.readouterr().err
    assert (made.folder / "key.json").read_bytes() == before


def test_answers_that_were_typed_in_are_never_overwritten(made):
    file = made.folder / "answers.csv"
    before = file.read_text(encoding="utf-8")
    try:
        file.write_text(before + "# mine", encoding="utf-8")
        again = ["make", "--seed", "7", "--students", str(made.students), "--into", str(made.folder)]
        assert cli.main([*again, "--sheet", "--formulas", "--open", "1"]) == 0
        assert file.read_text(encoding="utf-8").endswith("# mine")
    finally:
        file.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--variants", "A", "A"], "stands twice"),
        (["--questions", "0"], "are no test"),
        (["--open", "21"], "are no test"),
        (["--chapters", "77"], "no chapter of 77"),
        (["--students", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_makes_no_test_is_refused(words, message, tmp_path, capsys):
    assert cli.main(["make", "--seed", "7", "--into", str(tmp_path / "x"), *words]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_folder_whose_key_is_damaged_is_left_alone(tmp_path, capsys):
    key = tmp_path / "key.json"
    for damaged in ("{", "[]", "{}"):
        key.write_text(damaged, encoding="utf-8")
        assert cli.main(["make", "--seed", "8", "--questions", "2", "--into", str(tmp_path)]) == 2
        assert "key.json is not what lossexam wrote" in capsys.readouterr().err
        assert key.read_text(encoding="utf-8") == damaged and list(tmp_path.iterdir()) == [key]


def test_a_mock_exam_with_a_key_that_has_one_proof_is_not_printed(tmp_path, capsys, monkeypatch):
    (choice, *_) = [one for one in questions.exam.all_questions() if one.options and not one.numbers]
    really = bank.unproved
    monkeypatch.setattr(making, "unproved", lambda one: "nobody has read it" if one.id == choice.id else really(one))
    assert cli.main(["make", "--seed", "3", "--mock", "--into", str(tmp_path)]) == 2
    assert f"{choice.id}: nobody has read it" in capsys.readouterr().err and not list(tmp_path.iterdir())
