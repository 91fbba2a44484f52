"""How the parts hang together: who may import whom, how long a file may be, where randomness comes from."""

import ast
import functools
import subprocess
import sys
from pathlib import Path

import pytest

import lossutils
from lossutils import CATALOGUE, Domain, Loss

PACKAGE = Path(lossutils.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
CORE = {"batch", "complaints", "domain", "inputs", "naming", "parameter", "wide"}

MAY_IMPORT = {  # part of lossutils: which other parts
    "domain": set(),
    "numerics": set(),
    "naming": set(),
    "batch": set(),
    "card": set(),
    "meanings": set(),
    "saying": set(),  # prints on every window
    "files": set(),  # reads what lies in datasets/
    "dataset": set(),
    "data": {"dataset", "files"},
    "parameter": {"domain"},
    "complaints": {"domain"},
    "search": {"complaints", "domain"},
    "differences": set(),
    "rows": {"complaints", "domain"},
    "inputs": {"batch", "complaints", "domain", "rows"},
    "wide": {"batch", "complaints"},
    "machinery": CORE | {"search"},
    "loss": CORE | {"card", "differences", "machinery", "search"},
    "losses": {"domain", "loss", "numerics", "parameter", "search"},
    "refute": {"domain"},
    "claims": {"domain", "meanings", "numerics", "refute"},
    "behaviour": {"batch", "domain", "refute"},
    "edges": {"domain", "refute", "wide"},
    "checks": {"behaviour", "claims", "edges", "loss", "refute"},
    "arguments": set(),
    "models": {"arguments", "inputs", "numerics"},  # neither they nor the training know a loss by name
    "optimisers": {"arguments"},
    "training": {"arguments", "complaints", "domain", "inputs", "optimisers"},
    "evaluation": {"arguments", "complaints", "domain", "inputs"},  # judges predictions, whatever model made them
    "questions": set(),
    "quiz": {"questions"},
    "plot": {"domain", "evaluation", "loss", "numerics", "training"},
    "widgets": {"data", "domain", "loss", "losses", "models", "plot", "quiz", "training"},
    "practice": {"checks", "data", "domain", "loss", "losses", "numerics", "plot", "saying"},
    "health": {"data", "losses", "saying"},
    "__init__": {"data", "domain", "loss", "losses", "parameter"},
}
ONLY_IMPORTERS = {  # of what: who
    "matplotlib": {"plot"},
    "ipywidgets": {"widgets", "quiz"},
    "traitlets": {"widgets"},
    "IPython": {"plot", "practice", "quiz", "widgets"},
}


@functools.cache
def tree(file):
    """The syntax tree of a file, which many rules read."""
    return ast.parse(file.read_text(encoding="utf-8"))


def part_of(file):
    inside = file.relative_to(PACKAGE).parts
    return inside[0] if len(inside) > 1 else file.stem


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


def test_every_part_has_its_line_in_the_table():
    parts = {part_of(file) for file in FILES} - {"datasets"}
    assert parts == set(MAY_IMPORT)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_follow_the_table(file):
    part = part_of(file)
    for name in imports(file):
        top = name.split(".")[0]
        assert part in ONLY_IMPORTERS.get(top, {part}), f"only {ONLY_IMPORTERS[top]} may import {top}"
        assert top in {"lossutils", "numpy", *ONLY_IMPORTERS} or top in sys.stdlib_module_names, f"{part} imports {top}"
        if top == "lossutils":
            allowed = MAY_IMPORT[part] | {part}
            assert home_of(name) in allowed, f"{part} imports {name}, but may import only {sorted(allowed)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_is_read_in_one_sitting_and_says_what_it_is_for(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 250
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
    for part in ("models", "optimisers", "training"):
        used = {node.id for node in ast.walk(tree(PACKAGE / f"{part}.py")) if isinstance(node, ast.Name)}
        assert not used & names


def test_randomness_comes_from_an_argument_never_from_a_global_state():
    fixed = {"data.py", "search.py", "plot/words.py"}  # `rng` itself, and trials with fixed numbers
    for file in set(FILES) - {PACKAGE / "practice" / "surroundings.py"}:  # which puts the global state back
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
    answers = file.parent.name == "practice" and file.stem.startswith(("ch", "wrong"))  # whose names say it all
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
    assert set(things) - losses - domains == {"param", "rng", "CATALOGUE", "Domain"}


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
