"""Proof that stands in nobody's way: a sentence of the text, and the assertions that it rests on.

    with holds("Leaving out one value moves the mean by 1.07, the median by 0.015."):
        assert round(copper.mean() - rest.mean(), 2) == 1.07
        assert round(np.median(copper) - np.median(rest), 3) == 0.015

One line is printed: ✓ and the sentence. Who has changed a number above reads instead what no longer holds, here
"✗ no longer so with your numbers: round(copper.mean() - rest.mean(), 2) is 1.18, not 1.07", and the notebook goes on.
Where an assertion has a message of its own, that is what is read: `assert moved < 2, f"the mean moves by {moved:.2f}"`.
"""

from __future__ import annotations

import ast
import linecache
import sys
import textwrap
from types import FrameType, TracebackType

from lossutils.engine.saying import say

FAILED = "✗ no longer so with your numbers:"
WIDTH = 60  # letters of a value that are shown
WORDS = {
    ast.Eq: "not",
    ast.NotEq: "not different from",
    ast.Lt: "not below",
    ast.LtE: "not at most",
    ast.Gt: "not above",
    ast.GtE: "not at least",
    ast.In: "not in",
}


def holds(sentence: str) -> Proof:
    """Return what a `with` runs assertions under: it prints the sentence, or what no longer holds, and goes on.

    Any exception is told, none is raised, but for an interrupt. Names that are made or changed inside are afterwards as
    they were, so no other cell can need them. Under `python -O` the assertions are run all the same.
    """
    return Proof(sentence, sys._getframe(1))


class Proof:
    """The assertions under one `holds`, and the frame of the cell that they stand in."""

    def __init__(self, sentence: str, frame: FrameType):
        self.sentence, self.frame = sentence, frame

    def __enter__(self) -> None:
        self.line, self.before = self.frame.f_lineno, dict(self.frame.f_globals)

    def __exit__(self, kind: type | None, error: BaseException | None, traceback: TracebackType | None) -> bool:
        if error is None and not __debug__:
            error, traceback = self._run_what_was_left_out()
        if error is None:
            say(f"✓ {self.sentence}")
        elif isinstance(error, Exception):
            say(f"{FAILED} {' '.join(_found(error, traceback).split())}")
        self._forget()
        return error is None or isinstance(error, Exception)

    def _run_what_was_left_out(self) -> tuple[Exception | None, TracebackType | None]:
        """Run the statements again with their assertions, which -O does not compile."""
        for node in ast.walk(_tree(self.frame)):
            if isinstance(node, ast.With) and node.lineno <= self.line < node.body[0].lineno:
                code = compile(ast.Module(node.body, []), self.frame.f_code.co_filename, "exec", optimize=0)
                try:
                    exec(code, self.frame.f_globals, self.frame.f_locals)
                except Exception as error:
                    return error, error.__traceback__.tb_next
                return None, None
        return AssertionError("Python was started with -O and left the proof out"), None

    def _forget(self) -> None:
        names = self.frame.f_globals
        for name in set(names) - set(self.before):
            del names[name]
        names.update(self.before)


def _tree(frame: FrameType) -> ast.Module:
    """Return the cell or file that a frame runs; an empty one where its text is not known."""
    return ast.parse("".join(linecache.getlines(frame.f_code.co_filename, frame.f_globals)))


def _found(error: Exception, traceback: TracebackType | None) -> str:
    """Say what an assertion found: its own message, or the two sides that do not agree."""
    if not isinstance(error, AssertionError):
        return f"the proof stopped with {type(error).__name__}: {error}"
    if str(error) or traceback is None:
        return str(error)
    frame, line = traceback.tb_frame, traceback.tb_lineno
    for node in ast.walk(_tree(frame)):
        if isinstance(node, ast.Assert) and node.lineno <= line <= node.end_lineno:
            try:
                return _what_fails(node.test, frame)
            except Exception:  # what can't be run a second time is shown as it is written
                return f"{ast.unparse(node.test)} is not so"
    return "an assertion of the proof fails"


def _what_fails(test: ast.expr, frame: FrameType) -> str:
    """Say which part of `a and b` fails, and of `a < b < c` which neighbours, each with its value."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return _what_fails(next(part for part in test.values if not _value(part, frame)), frame)
    if not isinstance(test, ast.Compare):
        return f"{ast.unparse(test)} is {_shown(_value(test, frame))}"
    sides = [test.left, *test.comparators]
    for left, operator, right in zip(sides, test.ops, sides[1:], strict=False):
        if type(operator) in WORDS and not _value(ast.Compare(left, [operator], [right]), frame):
            found, wanted = (_shown(_value(side, frame)) for side in (left, right))
            here = f"{ast.unparse(left)} is {found}," if _has_names(left) else f"{found} is"
            there = f"{ast.unparse(right)}, which is {wanted}" if _has_names(right) else wanted
            return f"{here} {WORDS[type(operator)]} {there}"
    return f"{ast.unparse(test)} is not so"


def _has_names(node: ast.expr) -> bool:
    """Whether an expression is more than a number or text as it is written."""
    return any(isinstance(part, ast.Name) for part in ast.walk(node))


def _value(node: ast.expr, frame: FrameType) -> object:
    whole = ast.fix_missing_locations(ast.Expression(node))
    return eval(compile(whole, "<proof>", "eval"), frame.f_globals, frame.f_locals)


def _shown(value: object) -> str:
    """Show a value as a person reads it: six digits, no `np.float64(…)`."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_shown, value))})"
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return textwrap.shorten(text, WIDTH, placeholder=" …")
