"""What Python and NumPy call a thing, and what JavaScript or `_static/loss_lab_numbers.js` call it."""

from __future__ import annotations

import ast

from lossutils.engine.best_constants import change
from lossutils.numerics import rows_first, sum_of_others

ONE = {  # a number: NumPy's name -> JavaScript's
    "abs": "Math.abs",
    "asarray": "",
    "copysign": "copysign",
    "exp": "Math.exp",
    "expm1": "Math.expm1",
    "fmin": "fmin",
    "hypot": "Math.hypot",
    "log": "Math.log",
    "log1p": "Math.log1p",
    "maximum": "Math.max",
    "minimum": "Math.min",
    "sign": "Math.sign",
    "sinh": "Math.sinh",
    "sqrt": "Math.sqrt",
    "square": "square",
    "tanh": "Math.tanh",
}
ROW = {  # a row: NumPy's name -> that of loss_lab_numbers.js; an axis is always along the row
    "add.reduce": "sum",
    "argmax": "argmax",
    "array": "",
    "ascontiguousarray": "",
    "bincount": "bincount",
    "exp": "exp",
    "expm1": "expm1",
    "frexp": "frexp",
    "ldexp": "ldexp",
    "log": "log",
    "log1p": "log1p",
    "maximum": "maximum",
    "maximum.reduce": "max",
    "sum": "sum",
    "unique": "unique",
    "where": "where",
}
BY_HAND = {change: "change", rows_first: "", sum_of_others: "sumOfOthers"}  # what is written in loss_lab_numbers.js
OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.MatMult: "@"}
COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "===", ast.Is: "==="}
IN_ROWS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "**": "power",
    "@": "dot",
    "<": "less",
    "<=": "atMost",
    ">": "greater",
    ">=": "atLeast",
    "===": "equal",
}
BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}  # how tightly; a sign is 3, a name or a call 5

ONE_WORDS = sorted({"clip", *(word for word in ONE.values() if word and "." not in word)})
ROW_WORDS = sorted({*ROW.values(), *IN_ROWS.values(), *BY_HAND.values(), "chosen", "first", "negative"} - {""})
