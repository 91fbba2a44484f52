"""Faults to plant into a loss's own source: one changed operator, sign, number, name, claim or result at a time."""

import ast
import copy
import dataclasses
import functools
import inspect
import sys
import textwrap

import numpy as np

OTHER_OPERATOR = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
OTHER_ORDER = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.NotEq}
OTHER_NAME = {
    "minimum": "maximum",
    "maximum": "minimum",
    "log1p": "log",
    "expm1": "exp",
    "exp": "expm1",
    "log": "log1p",
    "sigmoid": "softplus",
    "softplus": "sigmoid",
    "abs": "square",
    "sign": "abs",
    "tanh": "sinh",
    "sqrt": "square",
    "xlogy": "xlog1py",
    "xdivy": "xlogy",
    "sum": "max",
    "logsumexp": "log_softmax",
}
CLAIMS = ("convex", "smooth", "bounded_influence", "proper")
TEX = ("tex", "derivative_tex", "curvature_tex")


@dataclasses.dataclass(frozen=True)
class Mutant:
    """A loss with one fault: where it is planted, and what it is. Its class is made when somebody asks for it."""

    cls: type
    method: str
    what: str
    place: int  # of the changed statement in the class
    changed: ast.stmt

    def __str__(self):
        return f"{self.loss}.{self.method}: {self.what}"

    @property
    def loss(self):
        """The name of the class."""
        return self.cls.__name__

    @functools.cached_property
    def made(self):
        """The class made from its changed source, with the names that its module knows."""
        tree = parsed(self.cls)
        tree.body[0].body[self.place] = self.changed
        space = dict(module_of(self.cls))
        exec(compile(ast.fix_missing_locations(tree), f"<mutant of {self.loss}>", "exec"), space)
        return space[self.loss]


def mutants(loss):
    """Yield every mutant of a loss's class."""
    cls = type(loss)
    for place, statement in enumerate(parsed(cls).body[0].body):
        name = getattr(statement, "name", "") or ast.unparse(getattr(statement, "targets", [ast.Constant("")])[0])
        for what, changed in changes(statement, name, module_of(cls)):
            yield Mutant(cls, name, what, place, changed)


def parsed(cls):
    """Return the syntax tree of a class, anew for each who changes it."""
    return ast.parse(source_of(cls))


@functools.cache
def source_of(cls):
    """Return the text of a class."""
    return textwrap.dedent(inspect.getsource(cls))


def module_of(cls):
    """Return the names that the module of a class knows."""
    return vars(sys.modules[cls.__module__])


def changes(statement, name, known):
    """Yield (words, changed statement) for each fault to plant into a statement of the class, with `known` names."""
    if isinstance(statement, ast.Assign):
        value = statement.value
        if name in CLAIMS and isinstance(value, ast.Constant):
            yield f"{name} = {not value.value}", replaced(statement, value, ast.Constant(not value.value))
        elif name == "predicts":
            for word in ("mean", "median"):
                if getattr(value, "value", "a name") != word:
                    yield f"predicts = {word!r}", replaced(statement, value, ast.Constant(word))
        elif name in TEX:
            for old, new in (("-", "+"), ("2", "3"), (r"\hat", r"\tilde")):
                if old in value.value:
                    yield (
                        f"{old} becomes {new}",
                        replaced(statement, value, ast.Constant(value.value.replace(old, new, 1))),
                    )
        elif name in ("prediction", "target") and "REAL" in known:
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
