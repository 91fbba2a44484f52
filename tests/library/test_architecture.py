"""How the parts hang together: who may import whom, how long a file may be, where randomness comes from."""

import ast
import functools
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import lossutils
from lossutils import CATALOGUE, Domain, Loss
from lossutils.chapters import shown_from

PACKAGE = Path(lossutils.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {  # room of lossutils: which other rooms
    "engine": set(),
    "numerics": set(),
    "data": {"engine"},
    "loss": {"engine"},
    "losses": {"engine", "loss", "numerics"},
    "checks": {"engine", "loss", "numerics"},
    "models": {"engine", "numerics"},  # neither they nor the training know a loss by name
    "joint": {"engine"},
    "training": {"engine"},
    "evaluation": {"engine", "numerics"},  # judges predictions, whatever model made them
    "glossary": set(),
    "health": {"data", "engine", "losses"},
    "judge": {"engine", "numerics"},
    "practice": {"chapters", "engine", "judge"},  # of the chapters only the finder: see below
    "proof": {"engine"},
    "questions": {"chapters", "data", "engine", "loss", "losses", "numerics"},
    "plot": {"engine", "loss", "numerics", "training"},
    "widgets": {"engine", "loss", "plot", "questions"},
    "chapters": {
        "checks",
        "chooser",
        "clinic",
        "data",
        "engine",
        "evaluation",
        "joint",
        "judge",
        "loss",
        "losses",
        "models",
        "numerics",
        "plot",
        "training",
        "widgets",
    },  # and none imports another
    "chooser": {"engine", "joint", "loss", "losses"},
    "clinic": {"engine", "losses", "numerics"},
    "__init__": {"chooser", "engine", "loss", "losses", "numerics"},
}
ONLY_IMPORTERS = {  # of what: who; a chapter's figures and sliders count as plot and widgets
    "matplotlib": {"plot"},
    "PIL": {"plot"},  # comes with Matplotlib
    "ipywidgets": {"widgets"},
    "traitlets": {"widgets"},
    "IPython": {"judge", "plot", "widgets"},
}
TASK_FILES = ("__init__", "tasks", "references", "inputs", "mistakes")  # of a chapter; others draw


@functools.cache
def tree(file):
    """The syntax tree of a file, which many rules read."""
    return ast.parse(file.read_text(encoding="utf-8"))


def part_of(file):
    inside = file.relative_to(PACKAGE).parts
    return inside[0] if len(inside) > 1 else file.stem


def counts_as(file):
    """The room whose libraries a file may use."""
    room = part_of(file)
    if room != "chapters" or file.stem.endswith(TASK_FILES):
        return room
    return "widgets" if file.stem == "sliders" else "plot"


def imports(file):
    """Full names of what a file imports, wherever in it."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def home_of(name):
    """The part of lossutils that a full name belongs to: names of the contents page count as what they stand for."""
    inside = name.split(".")[1]
    if (PACKAGE / f"{inside}.py").exists() or (PACKAGE / inside).is_dir():
        return inside
    thing = getattr(lossutils, inside)
    return getattr(thing, "__module__", type(thing).__module__).split(".")[1]


def test_every_room_has_its_line_in_the_table():
    assert {part_of(file) for file in FILES} == set(MAY_IMPORT)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_follow_the_table(file):
    room = part_of(file)
    for name in imports(file):
        top = name.split(".")[0]
        users = ONLY_IMPORTERS.get(top, {counts_as(file)})
        assert counts_as(file) in users, f"only {', '.join(sorted(users))} may import {top}"
        assert top in {"lossutils", "numpy", *ONLY_IMPORTERS} or top in sys.stdlib_module_names, f"{room} imports {top}"
        if top == "lossutils":
            allowed = MAY_IMPORT[room] | {room}
            assert home_of(name) in allowed, f"{room} imports {name}, but may import only {sorted(allowed)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_chapter_is_imported_by_nobody_but_itself(file):
    inside = file.relative_to(PACKAGE).parts
    own = inside[1] if inside[0] == "chapters" and len(inside) > 2 else None
    for name in imports(file):
        found = re.match(r"lossutils\.chapters\.(ch\d+)", name)
        assert not found or found[1] == own, f"imports {name}; what two chapters need moves to the kit"


def test_a_chapter_shows_nothing_that_is_called_as_its_file_is():
    """Once the file is imported, its name in the chapter means the file."""
    with pytest.raises(ValueError, match="a file and a name that are both called game"):
        shown_from("lossutils.chapters.ch99", game="Game game", sliders="widget")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_is_read_in_one_sitting_and_says_what_it_is_for(file):
    lists = part_of(file) == "chapters" and file.stem.endswith(("inputs", "mistakes"))  # entries beside one another
    assert lists or len(file.read_text(encoding="utf-8").splitlines()) <= 250, (
        "more than 250 lines: split it by idea (a chapter's tasks: more_tasks.py beside tasks.py)"
    )
    assert ast.get_docstring(tree(file)), "a module without a docstring"


def test_importing_lossutils_loads_neither_pictures_nor_widgets_nor_answers():
    code = (
        "import sys, lossutils\n"
        "heavy = ['matplotlib', 'ipywidgets', 'IPython', 'scipy', 'pandas', 'lossutils.practice', 'lossutils.plot',"
        " 'lossutils.checks']\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600)
    assert found.stdout.strip() == "[]"


def test_models_and_training_know_no_loss_by_name():
    names = {type(loss).__name__ for loss in CATALOGUE} | {"CATALOGUE"}
    for file in (file for file in FILES if part_of(file) in ("models", "training")):
        used = {node.id for node in ast.walk(tree(file)) if isinstance(node, ast.Name)}
        assert not used & names


def test_randomness_comes_from_an_argument_never_from_a_global_state():
    fixed = {"numerics.py"}  # `rng` itself
    for file in set(FILES) - {PACKAGE / "judge" / "surroundings.py"}:  # which puts the global state back
        for node in ast.walk(tree(file)):
            random = isinstance(node, ast.Attribute) and ast.unparse(node.value) == "np.random"
            if random and node.attr not in ("Generator", "BitGenerator"):
                assert node.attr == "RandomState", f"{file.name}: np.random.{node.attr} draws from a global state"
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.random.RandomState":
                where = file.relative_to(PACKAGE).as_posix()
                assert where in fixed, f"{where} makes its own random numbers; take an rng as an argument"
        assert not {"random", "secrets"} & set(imports(file))


def public_definitions(file):
    for node in tree(file).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_public_name_has_a_docstring(file):
    answers = file.stem.endswith(TASK_FILES) and part_of(file) == "chapters" or file.stem == "wrong"  # names say it all
    assert answers or not [node.name for node in public_definitions(file) if not ast.get_docstring(node)]


def test_methods_that_everybody_calls_have_docstrings():
    for name, method in vars(Loss).items():
        if callable(method) and not name.startswith("_"):
            assert method.__doc__, name


def test_the_contents_page_names_the_losses_the_domains_and_how_to_make_ones_own():
    assert lossutils.__doc__ and len(set(lossutils.__all__)) == len(lossutils.__all__)
    things = {name: getattr(lossutils, name) for name in lossutils.__all__}
    losses = {name for name, thing in things.items() if isinstance(thing, type) and issubclass(thing, Loss)}
    assert losses == {"Loss", *(type(loss).__name__ for loss in CATALOGUE)}
    domains = {name for name, thing in things.items() if isinstance(thing, Domain)}
    assert set(things) - losses - domains == {"param", "rng", "choose", "CATALOGUE", "Domain"}


def test_a_loss_stands_in_a_file_of_its_family_and_states_only_what_a_person_must_know():
    for loss in CATALOGUE:
        assert type(loss).__module__.startswith("lossutils.losses.")
        stated = {name for name in vars(type(loss)) if not name.startswith("_")}
        core = {"each", "grad", "value_and_grad", "curvature", "best_constant", "name", "states"}
        assert not stated & core, f"{type(loss).__name__} replaces {stated & core} of the core"


def test_no_loss_clips_probabilities_or_adds_an_epsilon():
    for file in (PACKAGE / "losses").glob("*.py"):
        for node in ast.walk(tree(file)):
            small = isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < abs(node.value) < 1e-2
            assert not small, f"{file.name} line {node.lineno}: {node.value} looks like an epsilon; losses are exact"


def clocks_read_by(file):
    """What a file asks about the time: `time.sleep` asks nothing."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"time", "timeit"}:
            yield from {node.attr} - {"sleep"}
        elif isinstance(node, ast.ImportFrom) and node.module in {"time", "timeit"}:
            yield from (alias.name for alias in node.names if alias.name != "sleep")


def test_no_test_reads_a_clock():
    """A time fails on somebody's busy machine. Tests count calls and pictures; times stand in benchmarks/."""
    found = {file.name: set(clocks_read_by(file)) for file in (PACKAGE.parent / "tests").rglob("*.py")}
    computes = {"test_practice_limits.py": {"thread_time"}}  # by it a learner's function computes for a while
    assert {name: clocks for name, clocks in found.items() if clocks} == computes


ELEMENTWISE = [loss for loss in CATALOGUE if not loss.row_wise]


@pytest.mark.parametrize("loss", ELEMENTWISE, ids=repr)
def test_the_way_of_a_legal_prediction_to_its_loss_never_turns_back(loss):
    """Each file is entered once, in this order: pair, batch, blocks, what must be legal, evaluate, the formula."""
    p, y = np.full(32, 0.5), np.full(32, 1.0)
    loss(p, y)  # what is found out once, as the loss's name
    files = []

    def note(frame, event, _):
        file = Path(frame.f_code.co_filename)
        if event == "call" and PACKAGE in file.parents:
            files.append(file.relative_to(PACKAGE).as_posix())

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        loss(p, y)
    finally:
        sys.setprofile(before)
    own = files.index(next(file for file in files if file.startswith("losses/")))  # what a formula calls is its own
    entered = [file for file, last in zip(files[:own], ["", *files], strict=False) if file != last]
    way = [
        "loss.py",
        "engine/inputs.py",
        "engine/batch.py",
        "engine/legal.py",
        "engine/domain.py",
        "engine/machinery.py",
    ]
    assert entered == [file for file in way if file in entered] and way[0] in entered
    assert all(file.startswith(("losses/", "numerics")) for file in files[own:])
