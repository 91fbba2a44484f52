"""Every notebook keeps the rules of the course, and every rule finds the fault that it is there for."""

import copy
import json
import re

import pytest
import synthetic as made

from tools.plumbing.claims import Claim, claims, ledger
from tools.plumbing.normal_form import STATE, VIEW, cleaned, is_made_of_words, written
from tools.plumbing.pages import FOLDERS, ROOT, Page, code_cells, paths, read
from tools.plumbing.proofs import TITLE
from tools.rules import advice, complaints, complaints_of_bank, is_chapter, lonely, rules_for, style, wishes_for
from tools.rules.chapters import CHAPTERS, LECTURES
from tools.rules.notebooks import EVERYWHERE, captions_every_figure

NOTEBOOKS = [path for folder in FOLDERS for path in paths(folder)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_notebook_keeps_every_rule(path):
    assert complaints(path, ROOT) == []


def test_the_first_notebooks_are_found_and_none_is_without_its_exercise():
    numbers = [path.stem[:2] for path in paths("notebooks")]
    assert not NOTEBOOKS or {"00", "01"} <= set(numbers)
    assert len(set(numbers)) == len(numbers)
    assert lonely(ROOT) == []


def test_the_ledger_holds_the_claims_of_every_chapter():
    chapters = [path.stem[:2] for path in paths("notebooks") if is_chapter(Page.read(path))]
    assert {claim.chapter for claim in claims()} == set(chapters)
    assert ledger().count("\n") == 1 + len(claims())


def cell(nb, name):
    return next(cell for cell in nb.cells if cell.id == name)


def source(name, text):
    return lambda nb: cell(nb, name).update(source=text)


def output(name, *outputs):
    return lambda nb: cell(nb, name).update(outputs=list(outputs))


def tagged(name, *tags):
    return lambda nb: cell(nb, name).metadata.update(tags=list(tags))


def about(**changes):
    return lambda nb: nb.metadata["course"].update(changes)


def printed(text):
    return output("picture", made.new_output("stream", text=text))


def without(name):
    return lambda nb: nb.cells.remove(cell(nb, name))


def swap_two_parts(nb):
    first, second = (nb.cells.index(cell(nb, name)) for name in ("the-idea", "summary"))
    nb.cells[first], nb.cells[second] = nb.cells[second], nb.cells[first]


def add_cells(*cells):
    return lambda nb: nb.cells.extend(copy.deepcopy(cells))


CODE = [made.code(f"more-{number}", "1") for number in (1, 2, 3)]
HEAVY = made.png(1, 1) + "AAAA" * 60_000
FAULTS = [
    ("is_in_normal_form", lambda nb: nb.metadata.update(toc={})),
    ("is_in_normal_form", lambda nb: cell(nb, "picture").metadata.update(execution={"iopub.status.busy": "now"})),
    ("ids_are_words", lambda nb: cell(nb, "picture").update(id="3fa9c1b2")),
    ("ids_are_words", lambda nb: cell(nb, "picture").update(id="summary")),
    ("was_run_from_top_to_bottom", lambda nb: cell(nb, "picture").update(execution_count=None)),
    ("was_run_from_top_to_bottom", lambda nb: cell(nb, "picture").update(execution_count=9)),
    ("has_no_empty_cell", source("picture", " \n")),
    ("compares_every_output", tagged("picture", "nbval-ignore-output")),
    ("compares_every_output", tagged("picture", "raises-exception")),
    ("compares_every_output", source("picture", "plot(1)  \n# NBVAL_SKIP")),
    ("stores_no_error", output("picture", made.new_output("error", ename="E", evalue="", traceback=["T"]))),
    ("stores_no_error", output("picture", made.new_output("stream", name="stderr", text="Warning"))),
    ("prints_nothing_unstable", printed("<Figure at 0x7f31a2b4>")),
    ("prints_nothing_unstable", printed("read from /home/ada/x.csv")),
    ("prints_nothing_unstable", printed("took 12.5 ms")),
    ("prints_nothing_unstable", printed("at 12:30:59")),
    ("prints_nothing_unstable", printed("NumPy 2.4.6")),
    ("prints_nothing_unstable", output("picture", made.shown(text__markdown="on 2024-05-01"))),
    ("shows_known_kinds_of_output", output("picture", made.shown(image__svg="<svg/>"))),
    ("describes_every_figure", output("picture", *made.figure()[:1])),
    ("describes_every_figure", output("picture", *reversed(made.figure()))),
    ("describes_every_figure", output("picture", *made.captioned("See it.")[:1])),
    ("describes_every_figure", output("picture", made.figure()[0], made.shown(text__markdown="*See it.*"))),
    ("captions_every_figure", output("picture", *made.figure())),
    ("is_light", output("picture", made.shown(image__png=HEAVY), made.figure()[1])),
    ("is_light", source("summary", "## Summary\n" + "é" * 600_000)),
    ("has_no_magics", source("picture", "%matplotlib inline")),
    ("has_no_magics", source("picture", "!ls")),
    ("starts_on_colab", without("colab")),
    ("starts_on_colab", source("colab", '# "google.colab" needs nothing')),
    ("starts_on_colab", tagged("colab")),
    ("has_links_that_lead_somewhere", source("summary", "## Summary\n[on](02_next.ipynb)")),
    ("has_links_that_lead_somewhere", source("summary", "## Summary\n[on](#No-such-part)")),
    ("has_links_that_lead_somewhere", source("summary", "## Summary\n[on](00_start_here.ipynb#Other)")),
    ("has_links_that_lead_somewhere", source("summary", "## Summary\n[out](../README.md)")),
    ("has_links_that_lead_somewhere", source("summary", '## Summary\n<a href="http://example.org">x</a>')),
    ("has_links_that_lead_somewhere", output("picture", made.shown(text__markdown="[x](missing.ipynb)"))),
    ("has_its_title", source("title", "# 1. Loss\nYou will be able to")),
    ("has_its_title", about(title="Other")),
    ("says_what_it_is_about", lambda nb: nb.metadata["course"].pop("question")),
    ("says_what_it_is_about", about(minutes="45")),
    ("says_what_it_is_about", about(chapter="02")),
    ("says_what_it_is_about", about(track="main")),
    ("says_what_it_is_about", about(needs=["07"])),
    ("has_all_parts_in_order", without("from-scratch")),
    ("has_all_parts_in_order", swap_two_parts),
    ("tags_its_parts", tagged("predict-first")),
    ("tags_its_parts", tagged("title")),
    ("imports_in_one_cell", tagged("imports")),
    ("imports_in_one_cell", source("imports", "import numpy\nx = 1")),
    ("imports_in_one_cell", source("picture", "import numpy")),
    ("proves_its_claims", without("claim-1")),
    ("proves_its_claims", tagged("check-2")),
    ("proves_its_claims", source("check-2", "print(1)")),
    ("proves_its_claims", source("claim-2", "The mean moves.")),
    ("has_a_picture_beside_each_widget", output("twin")),
    ("has_a_picture_beside_each_widget", output("widget")),
]
LONG = [made.text(f"text-{number}", "word " * 41) for number in range(60)]
WISHES = [
    ("has_few_cells", add_cells(*LONG[:30])),
    ("has_short_texts", source("summary", "## Summary\n" + "word " * 81)),
    ("has_short_texts", add_cells(*LONG)),
    ("has_short_code", source("picture", "a = 1\n" * 21)),
    ("has_short_code", add_cells(*(made.code(f"more-{number}", "1\n" * 9) for number in range(20)))),
    ("has_short_captions", output("picture", *made.captioned("word " * 25 + "end."))),
    ("has_text_between_code", add_cells(*CODE)),
    ("takes_half_an_hour_or_more", about(minutes=90)),
    ("is_built_on_a_few_claims", without("claim-1")),
]
RULES = {rule.__name__: rule for rule in (*EVERYWHERE, *LECTURES, *CHAPTERS, captions_every_figure)}
STYLE = {rule.__name__: rule for rule in style.EVERYWHERE + style.LECTURES + style.CHAPTERS}


@pytest.fixture
def course(tmp_path):
    """A function that writes the synthetic course, with a fault planted in its chapter, and returns that page."""

    def write(plant=lambda nb: None):
        made.write(tmp_path, "notebooks", "00_start_here.ipynb", made.start())
        path = made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter())
        made.write_notes(tmp_path)
        page = Page.read(path, tmp_path)
        plant(page.nb)
        path.write_text(made.nbformat.writes(page.nb) + "\n", encoding="utf-8")
        return page

    return write


def test_the_synthetic_chapter_keeps_every_rule(course):
    assert [fault for rule in [*RULES.values(), *STYLE.values()] for fault in rule(course())] == []


@pytest.mark.filterwarnings("ignore::nbformat.warnings.DuplicateCellId")
@pytest.mark.parametrize(("name", "plant"), FAULTS, ids=[f"{name}-{n}" for n, (name, _) in enumerate(FAULTS)])
def test_a_rule_finds_the_planted_fault(course, name, plant):
    assert list(RULES[name](course(plant))) != []


def test_every_rule_has_a_planted_fault():
    assert {name for name, _ in FAULTS} == set(RULES) - {"helps_the_instructor", "shows_its_own_sections"}


@pytest.mark.parametrize(("name", "plant"), WISHES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(WISHES)])
def test_what_is_unusual_in_style_is_said_with_its_figure_and_the_aim(course, name, plant):
    page = course(plant)
    (line,) = STYLE[name](page)
    assert re.search(r"\d", line) or "third" in line
    assert STYLE[name] in wishes_for(page) and STYLE[name] not in rules_for(page)


def test_every_wish_has_its_example():
    assert {name for name, _ in WISHES} == set(STYLE) - {"plans_one_lecture"}


def test_a_chapter_of_62_cells_with_a_text_of_85_words_keeps_every_rule_and_is_told_so(course, tmp_path):
    def grow(nb):
        add_cells(
            *(made.text(f"text-{number}", "Again.") for number in range(62 - len(style.own_cells(Page(None, nb)))))
        )(nb)
        cell(nb, "look-for").source = "word " * 84 + "end."
        nb.cells[:] = cleaned(nb).cells

    path = course(grow).path
    assert complaints(path, tmp_path) == []
    assert advice(path, tmp_path) == [
        "notebooks/01_loss.ipynb: style: 62 cells; the aim is 50",
        "notebooks/01_loss.ipynb: style: cell 'look-for': 85 words; a text of more than 80 is long",
    ]


@pytest.mark.parametrize("wrong", [("ask =", "asks ="), ('["Why?"]', "[]")])
def test_a_plan_that_is_not_whole_is_reported(course, tmp_path, wrong):
    page = course()
    made.write_notes(tmp_path, made.INSTRUCTOR.replace(*wrong))
    assert len(list(RULES["helps_the_instructor"](page))) == 1


def test_a_plan_of_another_length_than_a_lecture_is_a_matter_of_style(course, tmp_path):
    page = course()
    made.write_notes(tmp_path, made.INSTRUCTOR.replace("minutes = 30", "minutes = 25"))
    assert list(RULES["helps_the_instructor"](page)) == []
    assert list(STYLE["plans_one_lecture"](page)) == ["the instructor's plan takes 45 minutes; the aim is 50"]


def test_a_plan_shows_sections_of_the_core_path_each_once_and_in_their_order(course, tmp_path):
    def faults(*shown):
        made.write_notes(tmp_path, made.INSTRUCTOR.replace('do = "show"', f'do = "show", show = {list(shown)}'))
        return list(RULES["shows_its_own_sections"](page))

    def mark(nb):
        for each in nb.cells:
            if each.id != "explore":
                each.metadata.setdefault("tags", []).append("core")

    page = course(mark)
    assert faults("predict-first", "the-formula") == []
    assert (
        len(faults("explore")) == len(faults("the-formula", "predict-first")) == len(faults("summary", "summary")) == 1
    )
    assert len(faults("imports")) == len(faults("no-such-cell")) == 1


def test_a_faulty_question_and_a_lecture_that_does_not_show_it_are_reported(course, tmp_path):
    page = course()
    asked = (
        '[[questions]]\nid = "Which mean?"\ntype = "open"\nsection = "Summary"\ndifficulty = 1\nsentence = "guides"\n'
    )
    bank = page.root / "lossutils" / "chapters" / "ch01" / "questions.toml"
    bank.write_text(asked + 'question = "Why?"\nexplanation = "So."\n' + made.MARKED, encoding="utf-8")
    faults = complaints_of_bank(page.path, tmp_path)
    assert [fault.split(":")[0] for fault in faults] == ["01 Which mean?", *["notebooks/01_loss.ipynb"] * 2]


def test_links_that_lead_somewhere_are_no_fault(course):
    good = "[a](00_start_here.ipynb) [b](#Predict-first) [c](https://doi.org/10.1/x(1)) `[d](e)` $[a](b)$"
    assert list(RULES["has_links_that_lead_somewhere"](course(source("look-for", good)))) == []


def test_a_missing_partner_is_reported(tmp_path):
    made.write(tmp_path, "notebooks", "00_start_here.ipynb", made.start())
    made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter())
    assert lonely(tmp_path) == ["notebooks/01_loss.ipynb has no solution"]
    made.write(tmp_path, "solutions", "01_los.ipynb", made.solution())
    assert len(lonely(tmp_path)) == 3


def test_the_ledger_pairs_each_claim_with_its_check(tmp_path):
    made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter())
    assert claims(tmp_path)[1] == Claim("01", "The mean is **2**.", f"{TITLE}\n{made.PROOF.format(2)}")
    assert ledger(tmp_path).splitlines()[2] == "| 01 | The mean is **1**. | `assert 1` |"


def test_the_normal_form_is_the_same_however_the_notebook_was_saved():
    saved = made.chapter()
    saved.nbformat_minor = 4
    cell(saved, "colab").metadata["jupyter"]["outputs_hidden"] = True
    cell(saved, "imports").metadata["jupyter"] = {"outputs_hidden": True}
    saved.metadata.update(kernelspec={"name": "mine", "display_name": "Mine"}, vscode={"a": 1})
    saved.metadata["widgets"][STATE]["state"]["0" * 32] = {"model_name": "Orphan", "state": {}}
    cell(saved, "summary").metadata.update(editable=True, slideshow={"slide_type": ""})
    cell(saved, "imports").update(execution_count=41)
    saved.cells.append(made.text("empty", " "))
    before = copy.deepcopy(saved)
    assert written(cleaned(saved)) == written(cleaned(made.chapter()))
    assert saved == before


@pytest.mark.parametrize("minor", [4, 5])
def test_a_notebook_saved_without_ids_is_read_with_ids_of_words(tmp_path, minor):
    path = made.write(tmp_path, "notebooks", "01_loss.ipynb", made.chapter())
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["nbformat_minor"] = minor
    for each in saved["cells"]:
        del each["id"]
    path.write_text(json.dumps(saved), encoding="utf-8")
    names = [each.id for each in read(path).cells]
    assert len(set(names)) == len(names) and all(map(is_made_of_words, names))
    assert "notebooks/01_loss.ipynb: is not in normal form: run `make refresh`" in complaints(path, tmp_path)
    assert len(claims(tmp_path)) == 3


def test_widgets_are_numbered_and_random_ids_become_words():
    nb = made.chapter()
    cell(nb, "picture").update(id="a1b2c3d4")
    clean = cleaned(nb)
    assert made.MODEL not in written(clean)
    assert cell(clean, "plot").source == "plot(1)"
    shown = [
        out.data[VIEW]["model_id"] for each in code_cells(clean) for out in each.outputs if VIEW in out.get("data", {})
    ]
    assert shown == [f"{1:032x}"]
    assert clean.metadata["widgets"][STATE]["state"].keys() == {f"{1:032x}"}


def test_streams_are_merged_and_heavy_pictures_of_widgets_dropped():
    nb = made.chapter()
    pieces = [made.new_output("stream", text=piece) for piece in ("a\n", "b\n")]
    cell(nb, "picture").update(outputs=pieces)
    buffers = [{"data": "A" * length, "encoding": "base64", "path": ["value"]} for length in (40, 400_000)]
    nb.metadata["widgets"][STATE]["state"][made.MODEL]["buffers"] = buffers
    again = cleaned(nb)
    assert [out.text for out in cell(again, "picture").outputs] == ["a\nb\n"]
    assert [b["data"] for b in again.metadata["widgets"][STATE]["state"][f"{1:032x}"]["buffers"]] == ["A" * 40]
