"""Plants one fault at a time into the losses' own source and asks which law finds it.

    python -m tools.mutants            every mutant of every loss, and a table of who killed how many
    python -m tools.mutants Huber      those of one loss, one a line

A mutant that no law kills is either a hole in the laws or no fault at all; `HARMLESS` lists the latter, each with its
reason. The exit status says whether one survives that is not in the list. It takes about a minute.
"""

import ast
import copy
import dataclasses
import inspect
import re
import sys
import textwrap
import warnings
from collections import Counter

import numpy as np

from lossutils import CATALOGUE, checks, rng
from lossutils.refute import examples
from tests.instances import SPECIAL
from tests.readings import CURVATURES, DERIVATIVES, FORMULAS

OTHER_OPERATOR = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
OTHER_ORDER = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.NotEq}
OTHER_NAME = {
    "minimum": "maximum", "maximum": "minimum", "log1p": "log", "expm1": "exp", "exp": "expm1", "log": "log1p",
    "sigmoid": "softplus", "softplus": "sigmoid", "abs": "square", "sign": "abs", "tanh": "sinh", "sqrt": "square",
    "xlogy": "xlog1py", "xdivy": "xlogy", "sum": "max", "logsumexp": "log_softmax",
}  # fmt: skip
CLAIMS = ("convex", "smooth", "bounded_influence", "proper")
HARMLESS = {  # pattern of a mutant that survives: why it is no fault
    r".*second_derivative: the result is (doubled|divided by n)": "the curvature is 0",
    r"(BinaryCrossEntropy|Brier|CategoricalCrossEntropy|KullbackLeibler).predicts: predicts = 'mean'": "the same mean",
    r"Welsch._ratio: 100 becomes 101|PoissonNLL.*: 1000 becomes 1001": "a cap far beyond what can be represented",
    r"SoftmaxCrossEntropy.*: -1 loses its sign": "the last axis is axis 1",
    r"SoftmaxCrossEntropy.*FEW_CLASSES": "both ways give the same numbers; which is faster depends on the classes",
    r"SoftmaxFocal._ratio: .*": "the limit at p = 1 is multiplied by 1 - p, which is 0 there",
    r"SoftmaxFocal.constant: 1.0 becomes 2.0": "where the search by halving begins; it ends at the same place",
    r"SymmetricCrossEntropy.constant: (2 becomes 3|2 \* self.alpha .*)": "where the search by halving ends; as above",
    r"SoftmaxFocal.(constant|_steepness): the result is .*": "a factor of all steepnesses, or of all exponentials",
    r"SoftmaxFocal._steepness: 0.0 becomes 1.0": "its value at p = 1 is only compared with larger ones",
    r"(Focal|GeneralizedCrossEntropy).constant: the result is .*": "infinities, which stay what they are",
    r"Focal.constant: [01] becomes [12]": "without the short cut the search finds the same infinities",
    r"SymmetricCrossEntropy.constant: the result is with epsilon": "scores may all move by one number",
    r"SoftmaxFocal.second_derivative: 0 becomes 1": "reached only where 1 - p is 0, which multiplies it",
}
TEX = ("tex", "derivative_tex", "curvature_tex")


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A loss with one fault: where it is planted, what it is, and the class made from it."""

    loss: str
    method: str
    what: str
    source: str
    made: type

    def __str__(self):
        return f"{self.loss}.{self.method}: {self.what}"


def mutants(loss):
    """Yield every mutant of a loss's class."""
    cls = type(loss)
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    body = tree.body[0].body
    for i, statement in enumerate(body):
        name = getattr(statement, "name", "") or ast.unparse(getattr(statement, "targets", [ast.Constant("")])[0])
        if isinstance(statement, ast.AnnAssign):
            continue
        for what, changed in changes(statement, name):
            twin = copy.deepcopy(tree)
            twin.body[0].body[i] = changed
            made = build(cls, twin)
            if made is not None:
                yield Mutant(cls.__name__, name, what, ast.unparse(ast.fix_missing_locations(twin)), made)


def build(cls, tree):
    """Make the class from its changed source, with the names that its module knows."""
    space = dict(vars(sys.modules[cls.__module__]))
    try:
        exec(compile(ast.fix_missing_locations(tree), f"<mutant of {cls.__name__}>", "exec"), space)
    except NameError:
        return None
    return space[cls.__name__]


def changes(statement, name):
    """Yield (words, changed statement) for each fault that can be planted into a statement of the class."""
    if isinstance(statement, ast.Assign):
        value = statement.value
        if name in CLAIMS and isinstance(value, ast.Constant):
            yield f"{name} = {not value.value}", replaced(statement, value, ast.Constant(not value.value))
        elif name == "predicts":
            for word in ("mean", "median"):
                if value.value != word:
                    yield f"predicts = {word!r}", replaced(statement, value, ast.Constant(word))
        elif name in TEX:
            for old, new in (("-", "+"), ("2", "3"), (r"\hat", r"\tilde")):
                if old in value.value:
                    yield (
                        f"{old} becomes {new}",
                        replaced(statement, value, ast.Constant(value.value.replace(old, new, 1))),
                    )
        elif name in ("prediction", "target"):
            yield f"{name} = REAL", replaced(statement, value, ast.Name("REAL", ast.Load()))
    elif isinstance(statement, ast.FunctionDef):
        for node in list(ast.walk(statement)):
            yield from changes_of(statement, node)


def changes_of(function, node):
    """Yield the faults that can be planted at one node of a method."""
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER_OPERATOR:
        other = ast.BinOp(node.left, OTHER_OPERATOR[type(node.op)](), node.right)
        yield f"{ast.unparse(node)} becomes {ast.unparse(other)}", replaced(function, node, other)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER_ORDER:
        other = ast.Compare(node.left, [OTHER_ORDER[type(node.ops[0])]()], node.comparators)
        yield f"{ast.unparse(node)} becomes {ast.unparse(other)}", replaced(function, node, other)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield f"{ast.unparse(node)} loses its sign", replaced(function, node, node.operand)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value != np.inf:
        yield f"{node.value} becomes {node.value + 1}", replaced(function, node, ast.Constant(node.value + 1))
    elif isinstance(node, ast.Attribute) and node.attr in OTHER_NAME and ast.unparse(node.value) == "np":
        other = ast.Attribute(node.value, OTHER_NAME[node.attr], ast.Load())
        yield f"{node.attr} becomes {other.attr}", replaced(function, node, other)
    elif isinstance(node, ast.Name) and node.id in OTHER_NAME:
        yield (
            f"{node.id} becomes {OTHER_NAME[node.id]}",
            replaced(function, node, ast.Name(OTHER_NAME[node.id], ast.Load())),
        )
    elif isinstance(node, ast.Return) and function.decorator_list:
        return  # a claim that depends on a parameter: true or false, a word
    elif isinstance(node, ast.Return) and not isinstance(node.value, ast.Tuple):
        for words, wrap in (
            ("doubled", "2 * ({})"),
            ("divided by n", "({}) / len(y)"),
            ("with epsilon", "({}) + 1e-7"),
        ):
            other = ast.parse(wrap.format(ast.unparse(node.value)), mode="eval").body
            yield f"the result is {words}", replaced(function, node.value, other)
    elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
        for k in range(2):
            parts = list(node.value.elts)
            parts[k] = ast.parse(f"2 * ({ast.unparse(parts[k])})", mode="eval").body
            yield f"result {k} is doubled", replaced(function, node.value, ast.Tuple(parts, ast.Load()))


def replaced(statement, old, new):
    """Copy a statement with one node replaced."""

    class Swap(ast.NodeTransformer):
        def visit(self, node):
            return new if node is old else super().generic_visit(node)

    path = position(statement, old)
    twin = copy.deepcopy(statement)
    old = at(twin, path)
    return Swap().visit(twin)


def position(root, wanted):
    """Return the place of a node in a walk over the tree."""
    return next(i for i, node in enumerate(ast.walk(root)) if node is wanted)


def at(root, place):
    """Return the node at a place in a walk over the tree."""
    return next(node for i, node in enumerate(ast.walk(root)) if i == place)


def printed(loss, rng):
    """The printed formulas have second readings, and they are what the code computes."""
    p, y = examples(loss, rng, 60)
    with np.errstate(all="ignore"):
        pairs = [(FORMULAS, loss.tex, loss.formula(p, y)), (DERIVATIVES, loss.derivative_tex, loss.derivative(p, y))]
        if loss.curvature_tex:
            pairs.append((CURVATURES, loss.curvature_tex, loss.second_derivative(p, y)))
    if loss in SPECIAL:  # where a printed formula is a limit
        return
    near = np.abs(p).reshape(len(p), -1).max(axis=1) <= 15
    for readings, tex, got in pairs:
        if tex not in readings:
            raise checks.Refuted(f"{loss!r}: no second reading of {tex}")
        second = np.array([readings[tex](a, b, loss) for a, b in zip(p[near].tolist(), y[near].tolist(), strict=True)])
        size = 1e-3 * (1 + np.abs(p[near]).reshape(near.sum(), -1).max(axis=1))
        size = size.reshape(-1, *[1] * (second.ndim - 1))
        if not (np.abs(got[near] - second) <= 1e-9 * (np.abs(second) + size)).all():
            raise checks.Refuted(f"{loss!r}: the code computes something else than {tex}")


LAWS = (checks.card, checks.derivative, checks.curvature, printed, *checks.ALL[2:])


def killer(mutant):
    """Return the name of the first law that refutes a mutant with any of its parameters, or "" if it survives."""
    for loss in (loss for loss in CATALOGUE + SPECIAL if type(loss).__name__ == mutant.loss):
        twin = mutant.made(**{field.name: getattr(loss, field.name) for field in dataclasses.fields(loss)})
        for law in LAWS:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    law(twin, rng(1))
            except Exception:
                return law.__name__
    return ""


def harmless(mutant):
    """Return why a mutant that survives is no fault, or "" if it is one."""
    return next((why for pattern, why in HARMLESS.items() if re.fullmatch(pattern, str(mutant))), "")


def main(names):
    """Print a table of all mutants by loss and killer; one by one those of the named losses and those that survive."""
    totals, survivors = Counter(), 0
    for loss in CATALOGUE:
        if names and type(loss).__name__ not in names:
            continue
        found = Counter()
        for mutant in mutants(loss):
            law = killer(mutant) or (harmless(mutant) and "harmless")
            found[law or "SURVIVES"] += 1
            survivors += not law
            if names or not law:
                print(f"{mutant} | {law or 'SURVIVES'}")
        totals += found
        print(f"| {type(loss).__name__} | {found.total()} | {', '.join(f'{k} {v}' for k, v in found.most_common())} |")
    print(f"| all | {totals.total()} | {', '.join(f'{k} {v}' for k, v in totals.most_common())} |")
    return survivors > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
