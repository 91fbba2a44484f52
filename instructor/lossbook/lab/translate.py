"""The library's formulas as JavaScript: what runs in a page is what runs in a notebook, with its stable forms.

A function of a loss is read as Python and written as JavaScript for one sample: for element-wise losses in plain
numbers, for row-wise ones in rows, by the functions of `_static/loss_lab_numbers.js`. What the two languages call
differently stands in tables.py; what stands in no table is refused, so that nothing is left out silently.
"""

from __future__ import annotations

import ast
import inspect
import math
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType

from lossbook.lab.tables import BINDS, BY_HAND, COMPARISONS, IN_ROWS, ONE, ONE_WORDS, OPERATORS, ROW, ROW_WORDS
from lossutils.loss import Loss

METHODS = {"formula": "value", "derivative": "slope", "second_derivative": "bend", "constant": "constant"}


class Untranslatable(ValueError):
    """A formula uses something that no table here knows."""


def library(losses: tuple[Loss, ...]) -> str:
    """Return JavaScript that puts the functions of each loss into `lossLab.formulas`, by the name of its class."""
    parts = []
    for row_wise in (False, True):
        rules = Rules(row_wise)
        for loss in losses:
            if loss.row_wise == row_wise:
                rules.add_loss(loss)
        parts.append(rules.text())
    return "\n".join(parts)


class Rules:
    """Losses of one kind, and the functions that they share, each written once."""

    def __init__(self, row_wise: bool):
        self.row_wise = row_wise
        self.losses: list[str] = []
        self.shared: dict[str, str] = {}

    def text(self) -> str:
        """Return all of it, in a scope of its own."""
        taken = ", ".join(ROW_WORDS if self.row_wise else ONE_WORDS)
        body = "\n\n".join([*self.shared.values(), *self.losses])
        source = "rows" if self.row_wise else "numbers"
        return (
            f'(() => {{\n  "use strict";\n  const {{ {taken} }} = lossLab.{source};\n\n'
            f"{textwrap.indent(body, '  ')}\n}})();\n"
        )

    def add_loss(self, loss: Loss) -> None:
        """Write the functions that a loss states, and the helpers that they call."""
        written: dict[str, str] = {}
        wanted = [name for name in METHODS if loss.states(name) and (name != "constant" or loss.row_wise)]
        while wanted:
            name = wanted.pop(0)
            if name not in written:
                one = Function(getattr(type(loss), name), self, type(loss).__name__)
                written[name] = one.text(METHODS.get(name, name), method=True)
                wanted += one.helpers
        methods = textwrap.indent(",\n".join(written.values()), "  ")
        self.losses.append(f"lossLab.formulas.{type(loss).__name__} = {{\n{methods},\n}};")

    def share(self, function: FunctionType) -> str:
        """Write a function of a module, if it isn't yet, and return its name."""
        name = f"{function.__module__.rpartition('.')[2]}_{function.__name__}"
        if name not in self.shared:
            self.shared[name] = ""  # its place: those that it calls come first
            self.shared[name] = Function(function, self, "").text(name)
            self.shared[name] = self.shared.pop(name)
        return name


class Function:
    """One function of the library, read as Python."""

    def __init__(self, function: Callable, rules: Rules, owner: str):
        self.rules, self.owner = rules, owner
        self.globals = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
        self.tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        self.declared: set[str] = set()  # names that are no constants
        self.helpers: list[str] = []  # methods of the same loss that it calls
        self.of_class_numbers = [one.arg for one in self.tree.args.args][-2:] == ["y", "w"]  # for the best constant

    def text(self, name: str, method: bool = False) -> str:
        """Return it as a method of the loss, or as a function."""
        head = (
            f"{name}({self._arguments(self.tree.args)})"
            if method
            else f"function {name}({self._arguments(self.tree.args)})"
        )
        return f"{head} {self._function_block(self.tree.args, self.tree.body)}"

    def _arguments(self, arguments) -> str:
        return ", ".join(one.arg for one in arguments.args)

    # Statements ----------------------------------------------------------------------------------------------------

    def _function_block(self, arguments: ast.arguments, body: list[ast.stmt]) -> str:
        """Return the body of a function; what is given another value later is declared at its head."""
        known = {one.arg for one in arguments.args}
        changing = _given_twice(body, known)
        outside, self.declared = self.declared, self.declared | known | changing
        head = [f"let {', '.join(sorted(changing))};"] if changing else []
        block = self._block(body, head)
        self.declared = outside
        return block

    def _block(self, body: list[ast.stmt], head: list[str] | None = None) -> str:
        lines = [*(head or []), *(line for statement in body for line in self._statement(statement))]
        return "{\n" + textwrap.indent("\n".join(lines), "  ") + "\n}"

    def _statement(self, node: ast.stmt) -> Iterator[str]:
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                return  # what is said of it
            case ast.Return(value=value):
                yield f"return {self.word(value)};"
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)) if len(names) == len(values):
                for name, value in zip(names, values, strict=True):
                    if not _numbers_of_rows(value):
                        yield self._assign(name, value)
            case ast.Assign(targets=[target], value=value):
                yield self._assign(target, value)
            case ast.AugAssign(target=target, op=op, value=value):
                yield f"{self.word(target)} = {self.word(ast.BinOp(left=target, op=op, right=value))};"
            case ast.If(test=test, body=body, orelse=[]):
                yield f"if ({self.word(test)}) {self._block(body)}"
            case ast.With(body=body):
                for statement in body:
                    yield from self._statement(statement)
            case ast.FunctionDef(name=name, args=arguments, body=body):
                yield f"const {name} = ({self._arguments(arguments)}) => {self._function_block(arguments, body)};"
            case _:
                raise self._refused(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> str:
        match target:
            case ast.Subscript():
                return f"{self.word(target)} = {self.word(value)};"
            case ast.Tuple(elts=parts):
                names = ["" if one.id == "_" else one.id for one in parts]
                while not names[-1]:
                    names.pop()
                text = f"[{', '.join(names)}]"
            case _:
                names, text = [target.id], target.id
        kind = "" if self.declared & set(names) else "const "
        return f"{kind}{text} = {self.word(value)};"

    # Expressions ---------------------------------------------------------------------------------------------------

    def word(self, node: ast.expr) -> str:
        """Return an expression in JavaScript."""
        return self._bound(node)[0]

    def _tight(self, node: ast.expr, at_least: int) -> str:
        text, binds = self._bound(node)
        return text if binds >= at_least else f"({text})"

    def _bound(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.Constant(value=value):
                return _literal(value), 5
            case ast.Name(id=name):
                return self._name(name), 5
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(left, OPERATORS[type(op)], right)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
                return f"-{_literal(value)}", 3
            case ast.UnaryOp(op=ast.USub(), operand=one):
                return (f"negative({self.word(one)})", 5) if self.rules.row_wise else (f"-{self._tight(one, 4)}", 3)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compare(left, COMPARISONS[type(op)], right)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                known = self._known(test)
                if known is not None:
                    return self._bound(body if known else orelse)
                return f"{self._tight(test, 0)} ? {self._tight(body, 0)} : {self._tight(orelse, 0)}", -1
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return f"[{', '.join(self.word(part) for part in parts)}]", 5
            case ast.Starred(value=value):
                return f"...{self.word(value)}", 5
            case ast.ListComp(elt=made, generators=[ast.comprehension(target=ast.Name(id=name), iter=many, ifs=[])]):
                return f"{self._tight(many, 5)}.map(({name}) => {self.word(made)})", 5
            case ast.Lambda(args=arguments, body=body):
                return f"({self._arguments(arguments)}) => {self.word(body)}", -1
            case ast.Attribute():
                return self._attribute(node), 5
            case ast.Subscript(value=value, slice=place):
                return self._item(value, place), 5
            case ast.Call():
                return self._call(node), 5
        raise self._refused(node)

    def _name(self, name: str) -> str:
        value = self.globals.get(name)
        return _literal(value) if isinstance(value, int | float) else name

    def _binary(self, left, sign, right):
        if self.rules.row_wise or sign == "@":
            return f"{IN_ROWS[sign]}({self.word(left)}, {self.word(right)})", 5
        binds = BINDS[sign]
        if sign == "**":
            return f"{self._tight(left, 5)} ** {self._tight(right, 3)}", binds
        return f"{self._tight(left, binds)} {sign} {self._tight(right, binds + 1)}", binds

    def _compare(self, left, sign, right):
        if self.rules.row_wise:
            return f"{IN_ROWS[sign]}({self.word(left)}, {self.word(right)})", 5
        return f"{self._tight(left, 1)} {sign} {self._tight(right, 1)}", 0

    def _known(self, test) -> bool | None:
        """Whether targets are class numbers is known: in `constant` they are, elsewhere they are memberships."""
        if isinstance(test, ast.Compare) and isinstance(test.left, ast.Attribute) and test.left.attr == "ndim":
            return (test.comparators[0].value == 1) == self.of_class_numbers
        return None

    def _attribute(self, node: ast.Attribute) -> str:
        match node:
            case ast.Attribute(value=ast.Name(id="np" | "math"), attr=("inf" | "pi") as name):
                return {"inf": "Infinity", "pi": "Math.PI"}[name]
            case ast.Attribute(value=ast.Call(func=ast.Attribute(attr="finfo")), attr="tiny"):
                return "2.2250738585072014e-308"
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                return f"self.{name}"
            case ast.Attribute(value=value, attr="T"):
                return self.word(value)
        raise self._refused(node)

    def _item(self, value: ast.expr, place: ast.expr) -> str:
        """Return a part of a row; an index of rows, of which there is one, is none, and a new axis changes nothing."""
        if isinstance(value, ast.Attribute) and value.attr == "shape":
            return f"{self.word(value.value)}.length"
        row = self._tight(value, 5)
        places = [one for one in (place.elts if isinstance(place, ast.Tuple) else [place]) if not _all_rows(one)]
        match places:
            case []:
                return row
            case [ast.Constant(value=0)] if isinstance(place, ast.Tuple):
                return f"first({row})"
            case [ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=back))]:
                return f"{row}.at(-{back})"
            case [ast.Compare() as mask]:
                return f"chosen({row}, {self.word(mask)})"
            case [ast.Name(id="which") as many]:
                return f"{self.word(many)}.map((k) => {row}[k])"
            case [one]:
                return f"{row}[{self.word(one)}]"
        raise self._refused(place)

    def _call(self, node: ast.Call) -> str:
        match node.func:
            case ast.Name(id="float" | "abs" as name):
                return f"Math.abs({self.word(node.args[0])})" if name == "abs" else self.word(node.args[0])
            case ast.Name(id=name) if isinstance(self.globals.get(name), FunctionType):
                function = self.globals[name]
                return self._called(BY_HAND[function] if function in BY_HAND else self.rules.share(function), node.args)
            case ast.Name(id=name):
                return self._called(name, node.args)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._call(ast.Call(func=body if self._known(test) else orelse, args=node.args, keywords=[]))
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                self.helpers.append(name)
                called = METHODS.get(name, name)
                return self._called(f"lossLab.formulas.{self.owner}.{called}", [ast.Name(id="self"), *node.args])
            case ast.Attribute(value=ast.Name(id="np"), attr=name):
                return self._of_numpy(name, node)
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id="np"), attr=first), attr=second):
                return self._of_numpy(f"{first}.{second}", node)
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name in ("log", "sqrt"):
                return self._called(f"Math.{name}", node.args)
            case ast.Attribute(value=value, attr=name):
                return self._method(value, name, node.args)
        raise self._refused(node)

    def _called(self, name: str, arguments: list[ast.expr]) -> str:
        if not name:
            return self._tight(arguments[0], 5)
        return f"{name}({', '.join(self.word(one) for one in arguments)})"

    def _of_numpy(self, name: str, node: ast.Call) -> str:
        if name == "subtract":
            return f"({self.word(ast.BinOp(left=node.args[0], op=ast.Sub(), right=node.args[1]))})"
        if name in ("full_like", "zeros_like"):
            return self.word(node.args[1]) if name == "full_like" else "0"
        if name == "where" and not self.rules.row_wise:
            test, yes, no = (self._tight(one, 0) for one in node.args)
            return f"({test} ? {yes} : {no})"
        table = ROW if self.rules.row_wise else ONE
        if name not in table:
            raise self._refused(node)
        return self._called(table[name], node.args)

    def _method(self, value: ast.expr, name: str, arguments: list[ast.expr]) -> str:
        match name:
            case "ravel":
                return self.word(value)
            case "type":
                return self.word(arguments[0])
            case "astype":
                return f"Number({self.word(value)})"
            case "clip":
                return f"clip({', '.join(map(self.word, [value, *arguments]))})"
            case "max" | "sum" if self.rules.row_wise:
                return f"{name}({self.word(value)})"
            case "max":
                return self.word(value)  # of one number
        raise Untranslatable(f"{self.owner}: a row's .{name}() stands in no table of lossbook/lab/tables.py")

    def _refused(self, node: ast.AST) -> Untranslatable:
        return Untranslatable(
            f"{self.owner or self.tree.name}: no table of lossbook/lab/tables.py has {ast.unparse(node)}"
        )


def _literal(value) -> str:
    if value is None:
        return "null"
    if isinstance(value, float) and math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _given_twice(body: list[ast.stmt], known: set[str]) -> set[str]:
    """Return the names that are given a value more than once, and those that get one together with such a name."""
    groups = []
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign | ast.AugAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                stored = [part for one in targets for part in ast.walk(one) if isinstance(part, ast.Name)]
                apart = isinstance(targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple)  # line by line
                names = [part.id for part in stored if isinstance(part.ctx, ast.Store)]
                groups += [[name] for name in names] if apart else [names]
    times = [name for group in groups for name in group]
    changing = {name for name in times if times.count(name) > 1 and name != "_"}
    together = {name for group in groups if set(group) & (changing | known) for name in group}
    return (changing | together) - known - {"_"}


def _all_rows(place: ast.expr) -> bool:
    """Whether an index means all rows, each row's own number, or a new axis."""
    match place:
        case ast.Slice(lower=None, upper=None, step=None) | ast.Name(id="rows"):
            return True
        case ast.Attribute(value=ast.Name(id="np"), attr="newaxis"):
            return True
    return False


def _numbers_of_rows(value: ast.expr) -> bool:
    """Whether a value is np.arange(len(x)), the numbers of the rows."""
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "np.arange"
