"""Where the course lives: what is accepted, what is made from it, and that a notebook starts alone on Colab."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.commands import COMMANDS
from tools.plumbing import colab
from tools.plumbing.pages import code_cells, read
from tools.rules import complaints
from tools.setup import address, moving, readme
from tools.setup.environment import Problem
from tools.setup.project_files import project_files

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = [f"{folder}/01_what_is_a_loss.ipynb" for folder in readme.FOLDERS]
GITHUB, GITLAB = "https://github.com/me/mine", "https://gitlab.com/a-group/sub/mine"
with_git = pytest.mark.skipif(shutil.which("git") is None, reason="git itself is the subject, and it is missing")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The course as somebody unpacked it, without git, in a folder with a space in its name; tests move it."""
    root = tmp_path_factory.mktemp("un packed") / "loss functions"
    for path in project_files(ROOT):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, root / path)
    return root


def text(root, name):
    return (root / name).read_text(encoding="utf-8")


def stale(root):
    return [name for name, made in moving.made(root).items() if text(root, name) != made]


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (GITHUB, GITHUB),
        (f"{GITHUB}.git", GITHUB),
        (f" {GITHUB}/\n", GITHUB),
        (f"{GITHUB}.git/", GITHUB),
        ("https://WWW.GitHub.com/me/mine", GITHUB),
        ("git@github.com:me/mine.git", GITHUB),
        ("ssh://git@github.com:22/me/mine.git", GITHUB),
        ("https://somebody:a-password@github.com/me/mine.git", GITHUB),
        (f"{GITLAB}.git", GITLAB),
        ("git@gitlab.com:a-group/sub/mine.git", GITLAB),
        ("https://git.sr.ht/~me/mine", "https://git.sr.ht/~me/mine"),
        ("https://git.example.org:8443/me/mine.js.git", "https://git.example.org:8443/me/mine.js"),
    ],
)
def test_what_a_host_and_git_call_the_address_is_accepted(given, url):
    assert address.parsed(given).url == url


@pytest.mark.parametrize(
    "given",
    [
        "",
        "me/mine",
        "github.com/me/mine",
        "http://github.com/me/mine",
        "https://github.com/me",
        "https://github.com",
        "https://github.com/me/mine/tree/main",
        "https://gitlab.com/me/mine/-/tree/main",
        f"{GITHUB}?tab=readme",
        f"{GITHUB}#readme",
        "https://github.com/me/my course",
        "https://github.com/../mine",
        "https://localhost/me/mine",
        "/srv/course",
        "../course",
        "file:///srv/course",
        "C:/course",
        r"C:\course",
        "work:me/mine",
    ],
)
def test_what_is_no_address_on_the_web_is_none(given):
    assert address.parsed(given) is None


def test_each_host_gets_the_links_that_binder_and_colab_know():
    binder, file = "https://mybinder.org/v2", "HEAD?urlpath=lab/tree/notebooks/x.ipynb"
    links = [
        address.parsed(url).binder("notebooks/x.ipynb") for url in (GITHUB, GITLAB, "https://codeberg.org/me/mine")
    ]
    assert links == [
        f"{binder}/gh/me/mine/{file}",
        f"{binder}/gl/a-group%2Fsub%2Fmine/{file}",
        f"{binder}/git/https%3A%2F%2Fcodeberg.org%2Fme%2Fmine/{file}",
    ]
    assert address.parsed(GITHUB).colab("x") == "https://colab.research.google.com/github/me/mine/blob/main/x"
    assert address.parsed(GITLAB).colab("x") is None


def test_after_a_move_everything_agrees_and_a_second_one_changes_nothing(unpacked):
    new, changed = moving.move(unpacked, f"{GITLAB}.git/")
    assert new.url == GITLAB
    assert {"pyproject.toml", "README.md", "CITATION.cff", *NOTEBOOKS} <= set(changed)
    assert stale(unpacked) == []
    assert moving.move(unpacked, GITLAB) == (new, [])
    page = text(unpacked, "README.md")
    assert f"git clone {GITLAB}\ncd mine\n" in page
    assert page.count("v2/gl/a-group%2Fsub%2Fmine/HEAD") == 1 + len(list(readme.chapters(unpacked)))
    assert "colab.research.google.com" not in page and "address https" not in page
    assert f'repository-code: "{GITLAB}"' in text(unpacked, "CITATION.cff")
    for name in NOTEBOOKS:
        assert f'%pip install --quiet "lossutils @ git+{GITLAB}"' in code_cells(read(unpacked / name))[0].source
        assert complaints(unpacked / name, unpacked) == []


def test_the_command_works_in_an_unpacked_archive_and_the_repository_passes_its_tests_there(unpacked):
    tool = [sys.executable, "tools/course.py", "address", f"{GITHUB}.git"]
    said = subprocess.run(tool, cwd=unpacked, capture_output=True, text=True, check=True).stdout
    assert said.startswith(f"The course lives at {GITHUB}\n")
    link = "[Colab](https://colab.research.google.com/github/me/mine/blob/main/notebooks/01_what_is_a_loss.ipynb)"
    assert link in text(unpacked, "README.md")
    tests = [sys.executable, "-m", "pytest", "tests/tools/test_repository.py", "-q", "--numprocesses=0"]
    done = subprocess.run(tests, cwd=unpacked, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_without_an_address_the_page_has_no_links_and_names_the_command(unpacked):
    project = unpacked / "pyproject.toml"
    project.write_text(re.sub(r"^Repository = .*\n", "", text(unpacked, "pyproject.toml"), flags=re.MULTILINE))
    page = readme.filled(unpacked)
    assert not re.search(r"git clone|mybinder\.org|colab\.research|Open in", page)
    assert "`python tools/course.py address https://github.com/YOU/YOURS`" in page
    assert "repository-code" not in moving.made(unpacked)["CITATION.cff"]
    assert "%pip install /content/" in colab.source(unpacked) and "git+" not in colab.source(unpacked)


@with_git
def test_gits_origin_is_taken_where_it_is_an_address(unpacked, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(unpacked, root)
    with pytest.raises(Problem, match="git calls origin is missing"):
        moving.move(root)
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    subprocess.run(["git", "remote", "add", "origin", str(ROOT)], cwd=root, check=True)
    with pytest.raises(Problem, match="is not the address"):
        moving.move(root)
    subprocess.run(["git", "remote", "set-url", "origin", "git@github.com:me/mine.git"], cwd=root, check=True)
    assert moving.move(root)[0].url == address.kept(root).url == GITHUB
    assert stale(root) == []


@with_git
def test_an_archive_inside_another_repository_has_not_that_ones_address(tmp_path):
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "remote", "add", "origin", GITHUB], cwd=tmp_path, check=True)
    (tmp_path / "course").mkdir()
    assert address.of_the_remote(tmp_path).url == GITHUB
    assert address.of_the_remote(tmp_path / "course") is None


@pytest.mark.parametrize("given", [["me/mine"], [GITHUB, GITLAB]])
def test_what_is_no_address_is_refused_by_a_sentence(given):
    with pytest.raises(Problem, match="https://github.com/YOU/YOURS"):
        COMMANDS["address"](given)


# Colab

ON_COLAB = """
import importlib.abc, sys, types
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell
from tools.plumbing.pages import code_cells, read


class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "lossutils":
            raise ModuleNotFoundError(name)


def pip(line):
    print("pip", line)
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, Missing)]


sys.modules.update(dict.fromkeys(["google", "google.colab"], types.ModuleType("colab")))
shell = InteractiveShell.instance()
shell.register_magic_function(pip, "line", "pip")
for where in sys.argv[1:]:
    sys.meta_path.insert(0, Missing())
    for name in [name for name in sys.modules if name.split(".")[0] == "lossutils"]:
        del sys.modules[name]
    for cell in code_cells(read(Path(where)))[:2]:
        shell.run_cell(cell.source).raise_error()
"""


def test_alone_on_colab_a_notebook_first_installs_the_package(unpacked):
    """Elsewhere the cell prints nothing, as the stored outputs show."""
    moving.move(unpacked, GITHUB)
    command = [sys.executable, "-c", ON_COLAB, *NOTEBOOKS]
    done = subprocess.run(command, cwd=unpacked, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [f'pip install --quiet "lossutils @ git+{GITHUB}"'] * len(NOTEBOOKS)


def test_on_colab_without_an_address_a_sentence_says_what_to_run(tmp_path, monkeypatch, capsys):
    exec(colab.source(tmp_path))
    assert capsys.readouterr().out == ""
    monkeypatch.setitem(sys.modules, "google.colab", sys)
    exec(colab.source(tmp_path))
    assert capsys.readouterr().out.startswith("Upload the course as a ZIP file (Files, on the left). Then run: %pip ")
