"""What stands twice in the repository agrees, and nothing in it belongs to one computer."""

import doctest
import json
import re
import shutil
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import quote

import pytest
import synthetic as made
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools import commands, course
from tools.setup import address, moving, plans, readme
from tools.setup.environment import Problem
from tools.setup.project_files import git, project_files

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def requirements(*extras):
    """Name and version range of what the package and these extras ask for."""
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    return {canonicalize_name(found.name): found.specifier for found in map(Requirement, lines)}


def constraints():
    lines = [line for line in text("constraints.txt").splitlines() if not line.startswith("#")]
    return {canonicalize_name(name): Version(version) for name, version in (line.split("==") for line in lines)}


def texts():
    for path in project_files(ROOT):
        data = (ROOT / path).read_bytes()
        if b"\0" not in data:
            yield path.as_posix(), data.decode("utf-8")


# pyproject.toml, constraints.txt, environment.yml


def test_constraints_are_names_and_exact_versions_and_nothing_else():
    for line in text("constraints.txt").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line), line


def test_everything_that_the_two_commands_install_is_pinned_inside_its_range():
    pinned = constraints()
    for name, allowed in requirements("learn", "test", "browser", "lint").items():
        assert name in pinned, f"constraints.txt lacks {name}"
        assert pinned[name] in allowed, f"{name}: {pinned[name]} is pinned, but pyproject.toml wants {allowed}"


def test_the_course_itself_needs_numpy_matplotlib_and_ipywidgets_only():
    assert set(requirements()) == {"numpy", "matplotlib", "ipywidgets"}


def test_no_framework_comes_in_with_the_set_up():
    heavy = {
        "torch",
        "jax",
        "jaxlib",
        "keras",
        "tensorflow",
        "optax",
        "scipy",
        "scikit-learn",
        "statsmodels",
        "lightgbm",
    }
    assert not heavy & set(constraints())
    assert not heavy & set(requirements("learn", "test", "browser", "lint"))


def test_conda_installs_what_pip_installs_in_the_same_ranges():
    conda = yaml.safe_load(text("environment.yml"))["dependencies"]
    plain = [Requirement(re.sub(r"(?<![=<>])=(?!=)", "==", line)) for line in conda if isinstance(line, str)]
    found = {canonicalize_name(one.name): one.specifier for one in plain}
    extra = {name: found.pop(name) for name in ("python", "pip", "jupyter")}
    assert found == requirements("learn")
    assert {"pip": ["-e ."]} in conda
    assert next(iter(extra["python"])).version in map(str, supported())


def supported():
    return [Version(name.removeprefix("python")) for name in reversed(course.KNOWN)]


def test_every_place_names_the_same_oldest_python():
    oldest = ".".join(map(str, course.OLDEST))
    assert PROJECT["requires-python"] == f">={oldest}"
    assert f"Python {oldest} or newer" in text("README.md")
    assert f'target-version = "py{oldest.replace(".", "")}"' in text("pyproject.toml")


def test_the_workflow_runs_every_supported_python_on_every_system():
    matrix = yaml.safe_load(text(".github/workflows/test.yml"))["jobs"]["test"]["strategy"]["matrix"]
    assert [Version(version) for version in matrix["python"]] == supported()
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}


def test_versions_agree():
    assert yaml.safe_load(text("CITATION.cff"))["version"] == PROJECT["version"]
    assert f"## {PROJECT['version']}" in text("CHANGELOG.md")


# commands


GIVEN = {  # what a target hands on
    "grade": '$(CHAPTER) --submitted "$(SUBMITTED)"',
    "book": "$(if $(LITE),--lite)",
    "exam": '$(if $(SEED),--seed $(SEED)) $(if $(STUDENTS),--students "$(STUDENTS)") $(FLAGS)',
    "score": '"$(ANSWERS)"',
    "export": "--to $(TO) $(FLAGS)",
}


def test_each_make_target_is_one_call_of_the_course_tool():
    recipes = re.findall(r"^([a-z-]+):.*\n((?:\t.*\n)+)", text("Makefile") + "\n", re.MULTILINE)
    assert {"learn", "test", "test-browser", "test-oracles", "lint", "refresh"} <= {target for target, _ in recipes}
    for target, recipe in recipes:
        call = f"\t@$(PYTHON) tools/course.py {target}"
        assert recipe in (f"{call}\n", f"{call} $(NB)\n", f"{call} {GIVEN.get(target)}\n")
        assert target in commands.COMMANDS


def test_the_ci_runs_the_linter_then_the_tests_then_the_browsers_beside_oracles_and_exams_then_the_grader():
    wanted = ["lint", "test", "test-browser", "test-book", "test-oracles", "test-exam", "test-grading"]
    calls = re.findall(
        r"^(?:step )?(?:make|\"\${PYTHON:-python3}\" tools/course.py) (\S+)", text(".ci/run"), re.MULTILINE
    )
    assert [call for call in calls if call in wanted] == wanted
    fetched = re.search(r"for later in (.+); do", text(".ci/run"))[1].split()
    assert set(fetched) < set(wanted)  # misspelt, it would fetch nothing and nobody would notice


# README.md


def test_the_generated_parts_of_the_readme_are_up_to_date():
    assert text("README.md") == readme.filled(ROOT), "python tools/course.py map"


def test_the_first_notebook_shows_the_same_chapters():
    (first,) = (ROOT / "notebooks").glob("00_*.ipynb")
    (cell,) = filter(readme.is_map, json.loads(first.read_text(encoding="utf-8"))["cells"])
    assert "".join(cell["source"]) == readme.first_map(ROOT), "python tools/course.py map"


def test_a_new_chapter_comes_onto_both_maps_and_nothing_else_changes(tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    for name in ("README.md", "pyproject.toml"):
        shutil.copyfile(ROOT / name, tmp_path / name)
    first = tmp_path / readme.FIRST
    before = json.loads(first.read_text(encoding="utf-8"))
    about = {"title": "New", "chapter": "98", "question": "why?", "minutes": 45, "track": "core"}
    new = json.dumps({"cells": [], "metadata": {"course": about}})
    (tmp_path / "notebooks" / "98_new.ipynb").write_text(new, encoding="utf-8")
    readme.write(tmp_path)
    row = "| 98 · [New]("
    assert row in (tmp_path / "README.md").read_text(encoding="utf-8")
    after = json.loads(first.read_text(encoding="utf-8"))
    (changed,) = [cell for cell, old in zip(after["cells"], before["cells"], strict=True) if cell != old]
    assert readme.is_map(changed) and row in "".join(changed["source"])
    (tmp_path / "notebooks" / "98_new.ipynb").unlink()
    readme.write(tmp_path)
    assert first.read_bytes() == (ROOT / readme.FIRST).read_bytes()


def test_a_lecture_that_does_not_say_what_the_map_shows_is_named(tmp_path):
    (tmp_path / "notebooks").mkdir()
    lacking = json.dumps({"cells": [], "metadata": {"course": {"title": "New", "minutes": 45}}})
    (tmp_path / "notebooks" / "98_new.ipynb").write_text(lacking, encoding="utf-8")
    with pytest.raises(Problem, match="98_new.ipynb: its metadata 'course' lacks chapter, question"):
        readme.first_map(tmp_path)


def test_the_map_names_every_lecture_with_its_exercise_and_solution():
    rows = readme.course_map(ROOT).splitlines()[2:]
    lectures = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    assert len(rows) == len(lectures)
    for row, lecture in zip(rows, lectures, strict=True):
        for folder in ("notebooks", "exercises", "solutions"):
            assert (f"({folder}/{lecture.name})" in row) == (ROOT / folder / lecture.name).exists()


def test_the_map_escapes_nothing_and_breaks_no_row(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text(text("pyproject.toml"), encoding="utf-8")
    about = '{"metadata": {"course": {"title": "T", "chapter": "07", "question": "q", "data": "d", "minutes": 5}}}'
    (tmp_path / "notebooks" / "07_t.ipynb").write_text(about, encoding="utf-8")
    (tmp_path / "notebooks" / "cheat_sheet.ipynb").write_text('{"metadata": {}}', encoding="utf-8")
    (row,) = readme.course_map(tmp_path).splitlines()[2:]
    links, *others = row.split(" | ")
    assert links.startswith("| 07 · [T](notebooks/07_t.ipynb)") and others == ["q<br>Data: d", "5 |"]


def test_the_examples_in_the_readme_give_what_it_says():
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted >= 5
    assert result.failed == 0


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", plans.PAGE])
def test_relative_links_and_named_files_exist(name):
    plain = re.sub(r"```.*?```", "", text(name), flags=re.DOTALL)
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", plain) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / name).parent / link).exists()] == []


# The lecturer's page


def test_the_lecture_plans_are_up_to_date_and_linked():
    assert text(plans.PAGE) == plans.page(ROOT), "python tools/course.py map"
    assert f"]({plans.PAGE})" in text("README.md")


def test_every_lecture_with_notes_has_its_plan_in_the_order_of_the_course():
    headings = re.findall(r"^## (\d\d) · ", text(plans.PAGE), re.MULTILINE)
    folders = sorted((ROOT / "lossutils" / "chapters").glob("ch*/instructor.toml"))
    assert headings == [file.parent.name.removeprefix("ch") for file in folders] != []


def test_a_plan_says_its_minutes_and_what_helps_and_links_to_what_is_there(tmp_path):
    made.write_notes(tmp_path, made.INSTRUCTOR.replace('answer = "9"', 'answer = "|e| = 9"'))
    (tmp_path / "notebooks").mkdir()
    about = {"title": "What is it?", "chapter": "01", "question": "why?", "minutes": 45}
    new = json.dumps({"cells": [], "metadata": {"course": about}})
    for name in ("01_it.ipynb", "02_no_plan.ipynb"):
        (tmp_path / "notebooks" / name).write_text(new.replace('"01"', f'"{name[:2]}"'), encoding="utf-8")
    plans.write(tmp_path)
    page = (tmp_path / plans.PAGE).read_text(encoding="utf-8")
    for words in (
        "- [01 · What is it?](#01--what-is-it)",
        "## 01 · What is it?\n\nwhy?\n\n[lecture](../notebooks/01_it.ipynb)\n",
    ):
        assert words in page
    for line in ("| 20 | ask |", "| 30 | show |", "| **50** | |", "- Why?", "| \\|e\\| = 9 | a sum |"):
        assert line in page.splitlines()
    assert "**Short of time?** the widget" in page and "no_plan" not in page


# nothing belongs to one computer


def test_what_is_made_from_the_public_address_agrees_with_it():
    stale = [name for name, made in moving.made(ROOT).items() if text(name) != made]
    assert stale == [], "python tools/course.py address ADDRESS"


def test_the_public_address_is_the_same_everywhere_and_without_one_there_are_no_links():
    ours = address.kept(ROOT)
    places = "colab.research.google.com/github", "mybinder.org/v2", "git clone", "repository-code", "install lossutils"
    for name, content in texts():
        if name.startswith(("tests/", "tools/")):
            continue
        mentions = [line for line in content.splitlines() if any(place in line for place in places)]
        wanted = [*filter(None, [ours and ours.path, ours and quote(ours.path, safe="")])]
        assert [line for line in mentions if not any(path in line for path in wanted)] == [], name


def test_no_file_names_a_folder_or_a_host_of_one_computer():
    folders = "|".join(f"/{name}/" for name in ("root", "home", "Users", "work", "tmp", "opt")) + "|file:" + "//"
    registry = "|".join(("index" + "-url", "find" + "-links", "--trusted" + "-host"))
    host = r"\b(?!127\.0\.0\.1|0\.0\.0\.0)(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}\b"
    here = [re.escape(str(place)) for place in (ROOT, Path.home()) if len(place.parts) > 2]
    anywhere = re.compile("|".join([registry, host, *here]))
    outside_tests = re.compile(rf"(?<![\w.])(?:{folders})")  # tests plant such folders
    found = [(name, hit[0]) for name, content in texts() for hit in [anywhere.search(content)] if hit]
    shown = [(name, content) for name, content in texts() if not name.startswith(("tests/", "instructor/tests/"))]
    found += [(name, hit[0]) for name, content in shown for hit in [outside_tests.search(content)] if hit]
    assert found == []


def test_no_file_is_big():
    sizes = {path.as_posix(): (ROOT / path).stat().st_size for path in project_files(ROOT)}
    big = {name for name, size in sizes.items() if size > 500_000 and not name.endswith(".ipynb")}
    assert big == set()  # notebooks, which hold pictures, have a limit of their own: the rule is_light
    assert sum(size for name, size in sizes.items() if name.startswith("lossutils/data/datasets/")) <= 400_000
    assert sum(size for name, size in sizes.items() if name.startswith("docs/")) <= 200_000


def test_what_the_commands_make_is_ignored_by_git():
    made = [".venv/x", "my_course/notebooks/x.ipynb", "lossutils.egg-info/x", "tools/__pycache__/x.pyc", "build/x"]
    ignored = git(ROOT, "check-ignore", *made)
    if ignored is None:
        pytest.skip("git's own answer is asked for; this is no checkout, or git is missing")
    assert ignored.split() == made


def test_the_licences_are_the_ones_that_are_named():
    assert PROJECT["license"] == "BSD-3-Clause" == yaml.safe_load(text("CITATION.cff"))["license"]
    assert text("LICENSE").startswith("BSD 3-Clause License")
    assert "Attribution 4.0 International" in text("LICENSE-TEXT")
    assert "Section 8 -- Interpretation" in text("LICENSE-TEXT")


def test_the_files_that_contributing_walks_through_exist():
    spans = re.findall(r"`([\w./-]+)`", text("CONTRIBUTING.md"))
    places = [span for span in spans if "/" in span.rstrip("/") and "NN" not in span]
    assert len(places) > 20
    assert [place for place in places if not (ROOT / place).exists()] == []


def named_in_contributing():
    """Each folder of the table, with the names beside it: a file without its ending, a pattern, or a folder."""
    for line in text("CONTRIBUTING.md").splitlines():
        if found := re.match(r"\| ((?:`[^`]+/` ?)+)\| (.*) \|$", line):
            yield from ((folder, re.findall(r"`([^`]+)`", found[2])) for folder in re.findall(r"`([^`]+)`", found[1]))


def is_named(file, names):
    return any(fnmatch(file.name, name) or name in (file.stem, f"{file.name}/") for name in names)


CODE = ("lossutils", "tools", "tests", "benchmarks", "instructor")


def test_contributing_names_every_file_of_the_code_in_the_row_of_its_folder():
    rows, unnamed = dict(named_in_contributing()), []
    for path in project_files(ROOT):
        folder = f"{path.parent.as_posix()}/"
        code = (
            path.parts[0] in ("lossutils", "tools", "tests", "benchmarks", "instructor") and path.name != "__init__.py"
        )
        chapter = re.fullmatch(r"lossutils/chapters/ch\d\d/", folder)  # all have the same row
        inner = is_named(path.parent, rows.get(f"{path.parent.parent.as_posix()}/", []))
        if code and not chapter and not inner and not is_named(path, rows.get(folder, [])):
            unnamed.append(path.as_posix())
    assert unnamed == [], "say in the table of CONTRIBUTING.md what these are for"


def test_contributing_names_no_file_that_is_gone():
    for folder, names in named_in_contributing():
        if "NN" not in folder:
            here = list((ROOT / folder).iterdir())
            assert [name for name in names if not any(is_named(file, [name]) for file in here)] == [], folder
