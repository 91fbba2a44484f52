"""The loss lab: every number that it shows is lossutils' own, an address is a picture, and bad input gets a sentence."""

import dataclasses
import itertools
import json
import math
import re

import numpy as np
import pytest

from lossbook.lab import measured, translate
from lossutils import CATALOGUE, data, losses
from lossutils.engine.domain import CLASSES, LABEL, PROBABILITY
from lossutils.numerics import rng
from lossutils.plot.texts import number
from lossutils.widgets.explorer import loss_controls
from lossutils.widgets.slider import float_slider
from lossutils.widgets.typed import typed_number
from tests.library.losses import SPECIAL

NAMES = [type(loss).__name__ for loss in CATALOGUE]
SOME = ("SquaredError", "Huber", "Pinball", "Tukey", "PoissonNLL", "BinaryCrossEntropy", "Focal", "SoftmaxFocal", "Dice")
EVERY = [pytest.param(name, marks=[] if name in SOME else pytest.mark.long) for name in NAMES]
FAR = (0.0, 1e-12, -1e-12, 37.0, -37.0, 750.0, -750.0, 1e9, -1e9)  # scores and errors at which plain formulas break


@pytest.fixture(scope="module")
def lab(site, browser):
    """The page, opened from disk without a network; a script error in it fails the tests."""
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
    page = context.new_page()
    page.set_default_timeout(300_000)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "loss_lab.html").as_uri())
    page.wait_for_selector("#loss-lab table")
    yield page
    context.close()
    assert errors == []


def ask(page, function, *given):
    """Call a JavaScript function with numbers that JSON has no word for, and return what it returns."""
    text = page.evaluate(
        "([f, given]) => { const back = (_, v) => typeof v === 'string' && v.startsWith('num:') ? Number(v.slice(4)) : v;"
        " const out = (_, v) => typeof v === 'number' && !Number.isFinite(v) ? 'num:' + v : v;"
        " return JSON.stringify(eval(f)(...JSON.parse(given, back)), out); }",
        [function, json.dumps(_sent(given))],
    )
    return _received(json.loads(text))


def _sent(value):
    if isinstance(value, dict):
        return {name: _sent(one) for name, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [_sent(one) for one in value]
    if isinstance(value, float | np.floating) and not math.isfinite(value):
        return f"num:{'Infinity' if value > 0 else '-Infinity' if value < 0 else 'NaN'}"
    return value.item() if isinstance(value, np.generic) else value


def _received(value):
    if isinstance(value, dict):
        return {name: _received(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_received(one) for one in value]
    return float(value[4:].replace("Infinity", "inf")) if isinstance(value, str) and value.startswith("num:") else value


# Formulas ---------------------------------------------------------------------------------------------------------


def variants(name, draws=4):
    """A loss with its default parameters, those of the catalogue, at their ends, at the ends of sliders, and drawn."""
    kind, random = getattr(losses, name), rng(sum(map(ord, name)))
    fields = {field.name: field.metadata for field in dataclasses.fields(kind)}
    sliders = {one: told["slider"] for one, told in fields.items() if told["slider"]}
    found = [kind(), *(loss for loss in (*CATALOGUE, *SPECIAL) if type(loss) is kind)]
    for ends in itertools.product(*sliders.values()):
        found.append(kind(**dict(zip(sliders, ends, strict=True))))
    for _ in range(draws if fields else 0):
        found.append(kind(**{one: float(random.uniform(*ends)) for one, ends in sliders.items()}))
    if name == "Focal":
        found.append(kind(gamma=1.5, alpha=0.2))
    return list(dict.fromkeys(found))


def samples(loss, n=60):
    """Predictions and targets of a loss: drawn from its domains, and far out."""
    random = rng(7)
    if loss.row_wise:
        return rows(loss, n, random)
    p, y = loss.prediction.draw(random, (n,)), loss.target.draw(random, (n,))
    far = [x for x in FAR if loss.prediction.contains(x)]
    targets = [0.0, 1.0, 0.3] if loss.target is LABEL else [x for x in (0.0, 1.0, 2.5, 1e6) if loss.target.contains(x)]
    pairs = list(itertools.product(far, targets))
    same = y[loss.prediction.contains(y)]
    return [*p, *(x for x, _ in pairs), *same], [*y, *(t for _, t in pairs), *same]


def rows(loss, n, random):
    """Rows of three classes or four pixels."""
    width = 3 if loss.target is CLASSES else 4
    p = random.uniform(0.01, 1, (n, width)) if loss.prediction is PROBABILITY else random.normal(0, 3, (n, width))
    y = np.eye(width)[random.randint(width, size=n)]
    if loss.target is LABEL:
        y = (random.uniform(size=(n, width)) < 0.5).astype(float)
        p[:6] = np.round(p[:6])
        return p.tolist(), y.tolist()
    y[: n // 4] = random.dirichlet(np.ones(width), n // 4)
    if loss.prediction is PROBABILITY:
        p /= p.sum(axis=1, keepdims=True)
        p[:3] = np.eye(width)
    else:
        p[:4] = [[750, 0, -750], [0, 0, 0], [40, 39, -40], [-1e6, 0, 1e6]]
    return p.tolist(), y.tolist()


def from_library(loss, p, y):
    """Value, slope and curvature of each sample, as lossutils has them."""
    p, y = np.array(p, float), np.array(y, float)
    slopes = [np.asarray(loss.grad(a[None], b[None]))[0] for a, b in zip(p, y, strict=True)]
    return loss.each(p, y).tolist(), np.array(slopes).tolist(), np.asarray(loss.curvature(p, y)).tolist()


IN_THE_PAGE = """(name, self, p, y) => ['value', 'slope', 'bend'].map((what) =>
    p.map((one, i) => lossLab.formulas[name][what](self, one, y[i])))"""


@pytest.mark.parametrize("name", EVERY)
def test_formulas_in_the_page_are_the_librarys(lab, name):
    for loss in variants(name):
        p, y = samples(loss)
        found = ask(lab, IN_THE_PAGE, name, dataclasses.asdict(loss), p, y)
        for what, ours, its in zip(("value", "slope", "curvature"), from_library(loss, p, y), found, strict=True):
            its = np.broadcast_to(np.array(its, float), np.shape(ours)) if np.ndim(its) else its
            same = np.isclose(its, ours, rtol=1e-9, atol=1e-12, equal_nan=False)
            assert same.all(), f"{loss!r}: {what} of {_first(p, same)} for {_first(y, same)}: {_first(its, same)}, not {_first(ours, same)}"


def _first(values, same):
    return np.array(values)[np.argmin(same.reshape(len(same), -1).all(axis=1))]


def test_the_translator_refuses_what_no_table_has():
    class Odd(losses.SquaredError.__mro__[1]):
        def formula(self, p, y):
            return np.sinc(p - y)

    with pytest.raises(translate.Untranslatable, match=r"Odd: no table .* has np.sinc"):
        translate.library((Odd(),))


# Numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_are_written_as_lossutils_writes_them(lab):
    random = rng(3)
    drawn = (random.normal(size=3000) * 10.0 ** random.randint(-12, 16, size=3000)).tolist()
    some = [0.0, -0.0, 1.0, -2.5, 0.00012345, 1e-7, 9.9999e-8, 12345.0, 999999.0, 1e12, -1e12, math.inf, -math.inf, math.nan]
    ties = [0.5**k for k in range(1, 30)] + [1 + 0.5**k for k in range(1, 30)] + [k + 0.5 for k in range(12345, 12365)]
    for digits in (2, 4, 6):
        wanted = [number(x, digits) for x in some + ties + drawn]
        assert ask(lab, "(xs, d) => xs.map((x) => lossLab.words.number(x, d))", some + ties + drawn, digits) == wanted


TYPED = """3,5|3.5|abc||1/4|ln 2|1/e|sqrt(2)|e^-1|1 234,5|1,234,567|1,234.5|2pi|2 pi|log2 8|log2(8)|log10 100|lg 0,1|exp 1
exp 1000|1/0|0^-1|sqrt(-7)|ln 0|ln -1|(-8)^(1/3)|-2^2|2^-1|2^3^2|(1+2)*3|1..2|1,2,3|12 34|--3|+-3|3-|(2|inf|1e400|nan|√2|2·3|−1
ln 2/3|ln ln 9|ln sqrt(4)|3e|e e|π|10÷4|1.5e-3|2.5E2|.5|5.|0x10|sqrt|sqrt sqrt 16|1 000 000|1.234.567,8|e2|2(3)|(2)(3)|2 3""".replace(
    "\n", "|"
).split("|")


def test_typed_numbers_are_read_as_lossutils_reads_them_with_its_sentences(lab):
    read = "(texts) => texts.map((t) => { try { return lossLab.words.typedNumber(t); } catch (e) { return e.message; } })"
    for text, found in zip(TYPED, ask(lab, read, TYPED), strict=True):
        try:
            wanted = typed_number(text)
        except ValueError as error:
            wanted = str(error)
        assert found == (pytest.approx(wanted) if isinstance(wanted, float) else wanted), text


@pytest.mark.parametrize("name", EVERY)
def test_sliders_have_the_places_of_lossutils(lab, name):
    kind = getattr(losses, name)
    for column in measured.COLUMNS.values():
        size = measured.scale(getattr(data, column.dataset)()[column.column])
        grown = {f.name: f.default * size for f in dataclasses.fields(kind) if f.metadata["unit"] == "the target's unit"}
        for parameter, slider in loss_controls(kind(**grown), size).items():
            if dict((f.name, f.metadata["unit"]) for f in dataclasses.fields(kind))[parameter] == "the target's unit, squared":
                continue  # lossutils leaves its range, the page lets it grow with the square
            ask_for = "(name, one, set) => lossLab.state.parameterRange(lossLab.facts.losses[name].parameters.find((p) => p.name === one), set).places"
            found = ask(lab, ask_for, name, parameter, _named(column))
            assert found == pytest.approx(slider.places, rel=1e-12), (name, parameter, column.title)


def _named(column):
    return next(name for name, one in measured.COLUMNS.items() if one is column)


def test_a_slider_between_any_ends_has_the_places_of_lossutils(lab):
    for low, high in ((0, 1), (-5, 5), (2.2, 28.95), (242.32, 2032.68), (0.05, 2), (-2.615, 9.385), (1e-3, 7e-3), (0, 4)):
        assert ask(lab, "(a, b) => lossLab.words.places(a, b)", low, high) == pytest.approx(float_slider("", low, high, low).places)
