"""A number as people type it: 0.25 or 0,25, 1/4, ln 2, 1/e, sqrt(2), e^-1, 1 234,5.

A comma is the decimal point, as in most of Europe; 1,234,567 and 1,234.5 can only be thousands. `log` is natural, as in
Python. A function takes the number behind it: ln 2/3 is (ln 2)/3.
"""

from __future__ import annotations

import ast
import math
import operator
import re

NAMES = {"e": math.e, "pi": math.pi, "π": math.pi}
FUNCTIONS = {
    "ln": math.log,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "lg": math.log10,
    "exp": math.exp,
    "sqrt": math.sqrt,
}
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
LONGEST = 60  # characters: no depth of brackets can then exhaust Python
SIGNS = str.maketrans({"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "\u00a0": " ", "\u202f": " ", "\u2009": " "})
TOKEN = re.compile(
    r"""\s*(?:
    (?P<number> (?:\d+\.?\d*|\.\d+) (?:[eE][-+]?\d+)? )
  | (?P<name> log(?:2|10)(?=\s*\(|\s+[\d.]) | [^\W\d_]+ )  # log2 8 has a base, log2 is the logarithm of 2
  | (?P<sign> \*\* | [-+*/()] )
    )""",
    re.VERBOSE,
)


def typed_number(text: str) -> float:
    """Return the number that a text is; a ValueError says in a sentence why it is none."""
    try:
        number = _value(ast.parse(_python(text), mode="eval").body)
    except SyntaxError:
        raise ValueError(f"{text} is not a number; write it as in 0.25, 1/4, ln 2 or 2.5e-3.") from None
    except ZeroDivisionError:
        raise ValueError(f"{text} is not a number: it divides by 0.") from None
    except OverflowError:
        raise ValueError(f"{text} is not a number: it is too large to be computed.") from None
    except ArithmeticError as error:
        raise ValueError(f"{text} is not a number: {error}.") from None
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a number: it is too large to be computed.")
    return number


def _python(text):
    """Return the text as Python writes it."""
    if len(text) > LONGEST:
        raise SyntaxError
    text = text.translate(SIGNS).replace("^", "**").replace("√", " sqrt ").strip()
    return _with_calls(_tokens(_with_points(text)))


def _with_points(text):
    """Return the text with decimal points and nothing between thousands."""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", text)
    for mark, point in (",.", ".,"):  # two marks of a kind, or one before the other kind, part thousands
        groups = rf"\d{{1,3}}(?:\{mark}\d{{3}})"
        thousands = rf"(?<![\d.,])(?:{groups}{{2,}}(?![\d{mark}])|{groups}+(?=\{point}\d))"
        text = re.sub(thousands, lambda found, mark=mark: found[0].replace(mark, ""), text)
    return re.sub(r",(?=\d)", ".", text)


def _tokens(text):
    """Return pairs (kind, text): numbers, names and signs."""
    tokens, at = [], 0
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise SyntaxError
        tokens.append((found.lastgroup, found[found.lastgroup].lower()))
        at = found.end()
    return tokens


def _with_calls(tokens):
    """Return the text for Python: brackets around the number that a function takes, a sign where one multiplies."""
    written, before, due = "", ("sign", ""), ""  # due: the bracket that the next number closes
    for k, (kind, text) in enumerate(tokens):
        if (kind == "name" or text == "(") and (before[0] == "number" or before[1] == ")" or before[1] in NAMES):
            written += "*"
        written += repr(float(text)) if kind == "number" else text
        if kind == "number" or text in NAMES:
            written, due = written + due, ""
        if text in FUNCTIONS and tokens[k + 1 : k + 2] != [("sign", "(")]:
            written, due = written + "(", due + ")"
        elif kind == "number" and before[0] == "number":
            raise SyntaxError
        before = kind, text
    return written


def _value(node):
    """Return what a piece of the text is worth; only numbers and the names above are known, all in float."""
    match node:
        case ast.Constant(value=float() as number):
            return number
        case ast.Name(id="inf"):
            raise OverflowError
        case ast.Name(id=name) if name in NAMES:
            return NAMES[name]
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=one):
            return -_value(one) if isinstance(sign, ast.USub) else _value(one)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return _real(OPERATORS[type(op)], _value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=[one], keywords=[]) if name in FUNCTIONS:
            return _real(FUNCTIONS[name], _value(one))
        case _:
            raise SyntaxError


def _real(function, *numbers):
    """Return a real result; the root or the logarithm of a negative number has none."""
    try:
        result = function(*numbers)
    except ValueError:
        result = 0j
    if isinstance(result, complex):
        raise ArithmeticError(f"{getattr(function, '__name__', 'it')} of {numbers[0]:g} is no real number")
    return result
