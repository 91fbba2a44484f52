"""QTI for Canvas: read by qti2latex, held beside what text2qti writes, and held against schema and importer.

IMS publishes QTI 1.2.1 as a DTD, which is not ours to hand on; `SCHEMA` says what it asks of the elements used here.
The importer's rules are those of Canvas: gems/plugins/qti_exporter and app/models/importers.
"""

import html
import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import qti2latex
from exporting import exported, items, made, tries
from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz

from lossexam.exports import canvas, texts
from lossexam.exports.asked import Asked, Item, title

SPACE = f"{{{canvas.QTI}}}"
SCHEMA = {  # of each element, its children in the order in which they may stand
    "questestinterop": "assessment",
    "assessment": "qtimetadata* section+",
    "section": "selection_ordering? (item|section)*",
    "selection_ordering": "selection*",
    "selection": "selection_number? selection_extension?",
    "selection_extension": "points_per_item",  # Canvas' own
    "item": "itemmetadata? presentation? resprocessing* itemfeedback*",
    "itemmetadata": "qtimetadata*",
    "qtimetadata": "qtimetadatafield+",
    "qtimetadatafield": "fieldlabel fieldentry",
    "presentation": "(material|response_lid|response_str)+",
    "material": "mattext+",
    "response_lid": "render_choice",
    "response_str": "render_fib",
    "render_choice": "response_label*",
    "render_fib": "response_label*",
    "response_label": "material*",
    "resprocessing": "outcomes respcondition+",
    "outcomes": "decvar+",
    "respcondition": "conditionvar setvar* displayfeedback*",
    "conditionvar": "(not|and|or|other|varequal|varlte|vargte)+",
    "and": "(not|and|or|other|varequal|varlte|vargte)+",
    "or": "(not|and|or|other|varequal|varlte|vargte)+",
    "not": "(and|or|not|other|varequal|varlte|vargte)",
    "itemfeedback": "(flow_mat|material)+",
    "flow_mat": "(flow_mat|material)+",
}
NEEDED = {  # the attributes that an element must have
    "assessment": {"ident", "title"},
    "section": {"ident"},
    "item": {"ident"},
    "response_lid": {"ident"},
    "response_str": {"ident"},
    "response_label": {"ident"},
    "varequal": {"respident"},
    "varlte": {"respident"},
    "vargte": {"respident"},
    "itemfeedback": {"ident"},
    "displayfeedback": {"linkrefid"},
}
LONGEST_QUESTION = 16 * 1024  # bytes; Canvas imports no longer one


@pytest.fixture(scope="module")
def packages():
    return {
        chapter: zipfile.ZipFile(io.BytesIO(canvas.package(chapter, asked))) for chapter, asked in exported().items()
    }


@pytest.fixture(scope="module")
def trees(packages):
    return {
        chapter: ElementTree.fromstring(package.read(f"lossutils-{chapter}/lossutils-{chapter}.xml"))
        for chapter, package in packages.items()
    }


@pytest.fixture(scope="module")
def read(trees):
    """Each item by its name, without the namespace in the tags."""
    for tree in trees.values():
        for element in tree.iter():
            element.tag = element.tag.removeprefix(SPACE)
    return {element.get("title"): element for tree in trees.values() for element in tree.iter("item")}


def test_another_reader_finds_the_questions_as_the_bank_has_them(read):
    for _, (name, question) in items():
        item = read[name]
        about = qti2latex.get_qti_metadata(item)
        assert qti2latex.guess_type(about, item) == canvas.TYPES[question.type]
        assert float(about["points_possible"]) == question.difficulty
        assert qti2latex.get_item_stem(item) == f"<div>{texts.shown(question, canvas.formula)}</div>"
        options = dict(qti2latex.get_choices(item))
        assert list(options.values()) == [
            canvas.inline(answer.answer) for answer in question.answers if question.options
        ]
        if question.options:
            right = qti2latex.get_correct_idents(item) - set(feedback_alone(item))
            assert [ident in right for ident in options] == [answer.correct for answer in question.answers]


def feedback_alone(item):
    """Options that a condition names only to say why they are wrong, which this reader takes for right ones."""
    for condition in item.iter("respcondition"):
        if condition.find("setvar") is None:
            yield from (equal.text for equal in condition.iter("varequal"))


def test_another_reader_finds_a_group_for_each_template_of_which_one_is_drawn(read, trees):
    for chapter, asked in exported().items():
        groups = {section.get("title"): section for section in trees[chapter].iter("section") if section.get("title")}
        assert list(groups) == [one.question.id for one in asked if one.drawn]
        for one in (one for one in asked if one.drawn):
            number, points, inside = qti2latex.get_group(groups[one.question.id])
            assert (number, points) == (1, one.question.difficulty)
            assert [item.get("title") for item in inside] == [item.id for item in one.items]


def test_the_schema_of_ims_holds(read, trees):
    for tree in trees.values():
        for element in tree.iter():
            children = "".join(f"{child.tag} " for child in element)
            model = SCHEMA.get(element.tag, "")
            pattern = re.sub(r"\w+", r"(?:\g<0> )", model.replace(" ", ","))  # each name ends in a blank
            assert re.fullmatch(pattern.replace(",", ""), children), f"{element.tag} holds {children}, not {model}"
            assert NEEDED.get(element.tag, set()) <= set(element.attrib), element.tag


def test_a_number_has_one_answer_with_the_tolerance_of_the_bank(read):
    """Canvas keeps the exact value, and the upper end minus it as the margin; another one would be right as well."""
    for _, (name, question) in items():
        if question.type == "numeric":
            [scored] = [one for one in read[name].iter("respcondition") if one.find("setvar") is not None]
            exact = Decimal(scored.findtext("conditionvar/or/varequal"))
            upper = Decimal(scored.findtext("conditionvar/or/and/varlte"))
            lower = Decimal(scored.findtext("conditionvar/or/and/vargte"))
            assert upper - exact == exact - lower == Decimal(texts.plain(question.tolerance))
            for number in tries(question):
                near = abs(number - float(exact)) <= float(upper - exact) + 1e-9
                assert near == question.to_number(number).correct, f"{name}: {number}"


def test_feedback_says_the_explanation_and_why_an_answer_is_wrong(read):
    for _, (name, question) in items():
        said = {one.get("ident"): one.findtext("flow_mat/material/mattext") for one in read[name].iter("itemfeedback")}
        linked = {one.get("linkrefid") for one in read[name].iter("displayfeedback")}
        assert linked == set(said), "a feedback that nobody sees, or one that isn't there"
        assert canvas.html(question.explanation) in said["general_fb"]
        if question.options:
            idents = dict(qti2latex.get_choices(read[name]))
            why = [said.get(f"{ident}_fb", "") for ident in idents]
            assert why == [canvas.html(one.feedback) if one.feedback else "" for one in question.answers]
        elif question.type == "numeric":
            for answer in question.answers:
                shown = texts.plain(answer.value).replace("-", "−")
                line = f"<li>If you have {shown}: {canvas.inline(answer.feedback)}</li>"
                assert answer.correct or line in said["general_incorrect_fb"], f"{name}: {shown}"


def test_a_range_and_all_other_numbers_have_their_reason():
    answers = [
        {"value": 1.5, "correct": True},
        {"range": [-4.0, -2.0], "feedback": "Too low."},
        {"type": "default", "feedback": "Think of *one*."},
    ]
    question = made(answers=answers, tolerance=0.1, precision=2)
    said = dict(canvas._feedback(question))["general_incorrect_fb"]
    assert said == "<ul><li>If you have −4 to −2: Too low.</li><li>Otherwise: Think of <em>one</em>.</li></ul>"


def test_names_are_unique_and_what_qti_allows(read, trees):
    names = [
        element.get("ident") for tree in trees.values() for element in tree.iter() if element.tag in ("item", "section")
    ]
    names = [name for name in names if name != "root_section"]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][\w.-]*", name) for name in names)


def test_no_question_is_longer_than_canvas_imports(read):
    for name, item in read.items():
        assert len(qti2latex.get_item_stem(item).encode()) < LONGEST_QUESTION, name


def test_a_formula_is_an_image_of_canvas_with_its_tex():
    shown = canvas.inline(r"is $\frac{a}{b} < 1 + c$ so?")
    found = re.fullmatch(r'is <img class="equation_image" (.*)> so\?', shown)
    assert found, shown
    for name in ("title", "data-equation-content"):
        assert html.unescape(re.search(f'{name}="([^"]*)"', shown)[1]) == r"\frac{a}{b} < 1 + c"
    assert 'src="/equation_images/%255Cfrac%257Ba%257D%257Bb%257D%2520%253C%25201%2520%252B%2520c"' in shown
    assert canvas.formula("x", display=True).startswith("<br><img")


def test_the_manifest_names_every_file_of_the_package(packages):
    for chapter, package in packages.items():
        manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
        space = {"": canvas.PACKAGE}
        named = {file.get("href") for file in manifest.iterfind(".//file", space)}
        assert named | {"imsmanifest.xml"} == set(package.namelist())
        types = {one.get("type"): one for one in manifest.iterfind(".//resource", space)}
        assert types["imsqti_xmlv1p2"].get("identifier") == f"lossutils-{chapter}"
        needs = types["imsqti_xmlv1p2"].find("dependency", space).get("identifierref")
        assert types[canvas.LOADED_WITH].get("identifier") == needs


def test_a_quiz_is_for_practice_and_its_points_are_those_of_one_variant_each(packages):
    for chapter, package in packages.items():
        meta = ElementTree.fromstring(package.read(f"lossutils-{chapter}/assessment_meta.xml"))
        told = {element.tag.rpartition("}")[2]: element.text for element in meta}
        assert told["title"] == f"Loss functions: {title(chapter)}"
        assert (told["quiz_type"], told["available"]) == ("practice_quiz", "false")
        assert int(told["points_possible"]) == sum(one.question.difficulty for one in exported()[chapter])


# text2qti writes what Canvas imports, by other code: the elements and attributes of a question must be the same

OPTIONS = [
    {"answer": "one", "feedback": "Not one."},
    {"answer": "two", "correct": True},
    {"answer": "three", "feedback": "Not three."},
]
MISTAKE = {"value": 3.0, "feedback": "Too much."}
SAME = {
    "multiple_choice": ({"answers": OPTIONS}, "a) one\n... Not one.\n*b) two\nc) three\n... Not three."),
    "many_choice": ({"answers": OPTIONS}, "[ ] one\n... Not one.\n[*] two\n[ ] three\n... Not three."),
    "numeric": (
        {"answers": [{"value": 2.5, "correct": True}, MISTAKE], "tolerance": 0.25, "precision": 2},
        "-   Too much.\n=   2.5 +- 0.25",
    ),
    "open": ({}, "____"),
}


@pytest.mark.parametrize("kind", SAME)
def test_text2qti_writes_the_same_elements(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))  # where it keeps its settings
    fields, text = SAME[kind]
    question = made(type=kind, **fields)
    ours = root_of(canvas._assessment("x", "01", [Asked(question, (Item("made", question),))]))
    config = Config()
    config.load()
    quiz = Quiz(f"Quiz title: x\n\nTitle: made\nPoints: 2\n1. How much?\n... So much.\n{text}\n", config=config)
    theirs = ElementTree.fromstring(QTI(quiz).assessment)
    for part in ("presentation", "resprocessing", "itemfeedback"):
        assert [shape(one) for one in parts(ours, part)] == [shape(one) for one in parts(theirs, part)], part


def test_text2qti_writes_the_same_group(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    config = Config()
    config.load()
    both = "1. How much?\n____\n\n2. How many?\n____"
    text = f"Quiz title: x\n\nGROUP\npick: 1\npoints per question: 2\n\n{both}\n\nEND_GROUP\n"
    theirs = ElementTree.fromstring(QTI(Quiz(text, config=config)).assessment)
    one, other = made(type="open"), made(type="open", question="How many?")
    ours = root_of(canvas._assessment("x", "01", [Asked(one, (Item("made-7", one), Item("made-8", other)))]))
    assert shape(parts(ours, "selection_ordering")[0]) == shape(parts(theirs, "selection_ordering")[0])
    assert [len(parts(tree, "item")) for tree in (ours, theirs)] == [2, 2]


def root_of(element):
    return ElementTree.fromstring(ElementTree.tostring(element))


def parts(tree, tag):
    return list(tree.iter(SPACE + tag))


def shape(element):
    """The element without its texts and names: what they call an option is their business."""
    names = sorted(name for name in element.attrib)
    kept = [element.get(name) for name in names if name not in ("ident", "linkrefid")]
    inside = [shape(child) for child in element]
    # of an answer in words text2qti first scores nothing, and ends, and then says something; Canvas the other way round
    return element.tag, names, kept, sorted(inside, key=repr) if element.tag.endswith("resprocessing") else inside
