"""Rules for the words and symbols of a lecture: one meaning each, and other libraries as the cards have them."""

import ast
import dataclasses
import math
import re

from lossutils import CATALOGUE, glossary
from lossutils.engine.card import GREEK, LIBRARIES
from tools.plumbing.pages import text_cells
from tools.rules.notebooks import at

FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
LINE = re.compile(rf"\bIn ({'|'.join(LIBRARIES.values())}): `([^`\n]+)`")
OF_A_LIBRARY = re.compile(r"`((?:torch|keras|optax|jax|sklearn|scipy|statsmodels)\.[^`\n]+)`")


def formulas(page):
    """All TeX of a lecture's texts, as one string."""
    return " ".join(found for cell in text_cells(page.nb) for found in FORMULA.findall(CODE.sub("", cell.source)))


def keeps_each_word_to_its_meaning(page):
    for cell in text_cells(page.nb):
        prose = FORMULA.sub("", CODE.sub("", cell.source))
        for what, instead in glossary.avoided().items():
            for found in re.finditer(what, prose):
                yield at(cell, f"says {found[0]!r}: {instead}")


def uses_no_symbol_before_its_chapter(page):
    for symbol in glossary.all_symbols():
        if symbol.chapter > page.number and symbol.is_in(formulas(page)):
            yield (
                f"uses ${symbol.tex}$, which chapter {symbol.chapter} introduces; if it is explained here, say so in "
                f"lossutils/glossary.toml"
            )


def told(page):
    """The lines of a lecture that tell a library's words: (cell, library, words)."""
    libraries = {name: library for library, name in LIBRARIES.items()}
    return [(cell, libraries[name], words) for cell in text_cells(page.nb) for name, words in LINE.findall(cell.source)]


def loss_of(library, words):
    """The loss whose card has these words, its parameters as the words fill them in; None if no card has them."""
    for loss in CATALOGUE:
        if library in loss.elsewhere:
            given = filled(loss.elsewhere[library], words)
            if given is not None:
                names = {letter: name for name, letter in GREEK.items()}
                return dataclasses.replace(loss, **{names.get(name, name): value for name, value in given.items()})
    return None


def filled(pattern, words):
    """The numbers that words have where the pattern of a card has parameters; None where they differ otherwise."""
    try:
        pairs = list(_differences(ast.parse(pattern, mode="eval"), ast.parse(words, mode="eval")))
        given = {a.id: ast.literal_eval(b) for a, b in pairs if isinstance(a, ast.Name)}
        for a, b in pairs:  # 1 - τ may be written as its number
            if not math.isclose(eval(ast.unparse(a), {"__builtins__": {}}, given), ast.literal_eval(b)):
                return None
    except (SyntaxError, ValueError, NameError, TypeError):
        return None
    return given


def _differences(a, b):
    """Pairs of a part of the pattern and what stands in its place; a ValueError where that is no number."""
    if ast.dump(a) == ast.dump(b):
        return
    if type(a) is not type(b) or isinstance(a, ast.Constant | ast.Name):
        if isinstance(a, ast.Constant) or not isinstance(b, ast.Constant | ast.UnaryOp):
            raise ValueError
        yield a, b
        return
    for (_, one), (_, other) in zip(ast.iter_fields(a), ast.iter_fields(b), strict=True):
        ones, others = (part if isinstance(part, list) else [part] for part in (one, other))
        for part, its_place in zip(ones, others, strict=True):
            if isinstance(part, ast.AST):
                yield from _differences(part, its_place)
            elif part != its_place:
                raise ValueError


def says_in_other_libraries_what_a_card_says(page):
    """So the tests against these libraries run it: the words of a card, or what it tells of a function beside them."""
    for cell, library, words in told(page):
        if loss_of(library, words) is None:
            yield at(cell, f"no card says `{words}` for {LIBRARIES[library]}: nothing tests it")
    cards = " ".join(loss._repr_markdown_() for loss in CATALOGUE)
    for cell in text_cells(page.nb):
        for words in OF_A_LIBRARY.findall(LINE.sub("", cell.source)):
            if f"`{words}`" not in cards:
                yield at(cell, f"no card speaks of `{words}`: nothing tests what is said of it")


WORDS = (
    keeps_each_word_to_its_meaning,
    uses_no_symbol_before_its_chapter,
    says_in_other_libraries_what_a_card_says,
)
