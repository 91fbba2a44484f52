"""The loss lab: every number that it shows is lossutils' own, an address is a picture, bad input gets a sentence."""

import ast
import dataclasses
import itertools
import json
import math
import re

import numpy as np
import pytest
from axe import serious

from lossbook.lab import about_losses, measured, translate
from lossbook.lab.about_losses import GROWS
from lossutils import CATALOGUE, data, losses
from lossutils.engine import card
from lossutils.engine.domain import CLASSES, LABEL, PROBABILITY
from lossutils.numerics import rng
from lossutils.plot import texts
from lossutils.plot.paper import COLOURS, SKY
from lossutils.plot.texts import number
from lossutils.widgets.explorer import loss_controls
from lossutils.widgets.slider import float_slider
from lossutils.widgets.typed import typed_number
from tests.library.losses import SPECIAL

NAMES = [type(loss).__name__ for loss in CATALOGUE]
SOME = (
    "SquaredError",
    "Huber",
    "Pinball",
    "Tukey",
    "PoissonNLL",
    "BinaryCrossEntropy",
    "Focal",
    "SoftmaxFocal",
    "Dice",
)
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
    return _received(json.loads(page.evaluate(ASKED, [function, json.dumps(_sent(given))])))


ASKED = """([f, given]) => {
    const back = (_, v) => typeof v === 'string' && v.startsWith('num:') ? Number(v.slice(4)) : v;
    const out = (_, v) => typeof v === 'number' && !Number.isFinite(v) ? 'num:' + v : v;
    return JSON.stringify(eval(f)(...JSON.parse(given, back)), out);
}"""


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
            for one, target, wanted, shown in zip(p, y, ours, its, strict=True):
                shown = np.broadcast_to(shown, np.shape(wanted))  # a curvature of 0 is one number for a whole row
                same = np.isclose(shown, wanted, rtol=1e-9, atol=1e-12)
                assert same.all(), f"{loss!r}: {what} of {one} for {target} is {shown}, not {wanted}"


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
    some = [
        0.0,
        -0.0,
        1.0,
        -2.5,
        0.00012345,
        1e-7,
        9.9999e-8,
        12345.0,
        999999.0,
        1e12,
        -1e12,
        math.inf,
        -math.inf,
        math.nan,
    ]
    ties = [0.5**k for k in range(1, 30)] + [1 + 0.5**k for k in range(1, 30)] + [k + 0.5 for k in range(12345, 12365)]
    for digits in (2, 4, 6):
        wanted = [number(x, digits) for x in some + ties + drawn]
        assert ask(lab, "(xs, d) => xs.map((x) => lossLab.words.number(x, d))", some + ties + drawn, digits) == wanted


TYPED = (
    """
3,5|3.5|abc||1/4|ln 2|1/e|sqrt(2)|e^-1|1 234,5|1,234,567|1,234.5|2pi|2 pi|log2 8|log2(8)|log10 100|lg 0,1|exp 1
exp 1000|1/0|0^-1|sqrt(-7)|ln 0|ln -1|(-8)^(1/3)|-2^2|2^-1|2^3^2|(1+2)*3|1..2|1,2,3|12 34|--3|+-3|3-|(2|inf|1e400
nan|√2|2·3|−1|ln 2/3|ln ln 9|ln sqrt(4)|3e|e e|π|10÷4|1.5e-3|2.5E2|.5|5.|0x10|sqrt|sqrt sqrt 16|1 000 000|1.234.567,8
e2|2(3)|(2)(3)|2 3|9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9+9
""".strip("\n")
    .replace("\n", "|")
    .split("|")
)
READ = "(texts) => texts.map((t) => { try { return lossLab.words.typedNumber(t); } catch (e) { return e.message; } })"


def test_typed_numbers_are_read_as_lossutils_reads_them_with_its_sentences(lab):
    read = (
        "(texts) => texts.map((t) => { try { return lossLab.words.typedNumber(t); } catch (e) { return e.message; } })"
    )
    for text, found in zip(TYPED, ask(lab, read, TYPED), strict=True):
        try:
            wanted = typed_number(text)
        except ValueError as error:
            wanted = str(error)
        assert found == (pytest.approx(wanted) if isinstance(wanted, float) else wanted), text


PLACES = """(name, one, set) => lossLab.state.parameterRange(
    lossLab.facts.losses[name].parameters.find((p) => p.name === one), set).places"""


@pytest.mark.parametrize("name", EVERY)
def test_sliders_have_the_places_of_lossutils(lab, name):
    kind = getattr(losses, name)
    units = {field.name: field.metadata["unit"] for field in dataclasses.fields(kind)}
    for title, column in measured.COLUMNS.items():
        for parameter, slider in loss_controls(scaled(kind, size(column)), size(column)).items():
            if not units[parameter].endswith("squared"):  # lossutils leaves that range, in the page it grows
                assert ask(lab, PLACES, name, parameter, title) == pytest.approx(slider.places, rel=1e-12), parameter


def size(column):
    """The power of ten that ranges grow with."""
    return measured.scale(measurements(column))


def measurements(column):
    """The numbers of a column."""
    return getattr(data, column.dataset)()[column.column]


def scaled(kind, factor, ends=None):
    """A loss with its default parameters, or others, those in the target's unit times a factor."""
    chosen = ends or {field.name: field.default for field in dataclasses.fields(kind)}
    power = {field.name: GROWS.get(field.metadata["unit"], 0) for field in dataclasses.fields(kind)}
    return kind(**{one: value if value is None else value * factor ** power[one] for one, value in chosen.items()})


def test_a_slider_between_any_ends_has_the_places_of_lossutils(lab):
    for low, high in (
        (0, 1),
        (1e-3, 5),
        (-5, 5),
        (2.2, 28.95),
        (242.32, 2032.68),
        (0.05, 2),
        (-2.615, 9.385),
        (1e-3, 7e-3),
    ):
        found = ask(lab, "(a, b) => lossLab.words.places(a, b)", low, high)
        assert found == pytest.approx(float_slider("", low, high, low).places)


# Best constants ---------------------------------------------------------------------------------------------------

BEST = """(name, self, set) => {
    const { kind } = lossLab.facts.losses[name];
    const { values, counts } = lossLab.facts.data[set];
    const total = counts.reduce((sum, n) => sum + n, 0);
    const data = { values, shares: counts.map((n) => n / total) };
    const { ofRows, ofNumbers } = lossLab.constants;
    return kind === "scores" || kind === "probabilities" ? ofRows(lossLab.formulas[name], self, data)
        : ofNumbers(lossLab.facts.losses[name], lossLab.formulas[name], self, data);
}"""


@pytest.mark.parametrize("name", EVERY)
def test_best_constants_in_the_page_are_the_librarys(lab, name):
    kind = getattr(losses, name)
    for title, column in measured.COLUMNS.items():
        if measured.suits(kind(), column):
            y = measurements(column)
            for loss in on_data(kind, size(column)):
                best = loss.best_constant(y)
                mean = loss(np.tile(best, (len(y), 1)) if loss.row_wise else best, y)
                found = ask(lab, BEST, name, dataclasses.asdict(loss), title)
                assert found["constant"] == pytest.approx(best, rel=1e-8, abs=1e-9), (loss, title)
                assert found["mean"] == pytest.approx(mean, rel=1e-9), (loss, title)


def on_data(kind, factor):
    """A loss with its defaults, with its sliders at their ends and at drawn places, scaled to the data."""
    sliders = {f.name: f.metadata["slider"] for f in dataclasses.fields(kind) if f.metadata["slider"]}
    random = rng(11)
    ends = [dict(zip(sliders, chosen, strict=True)) for chosen in itertools.product(*sliders.values())]
    drawn = [{one: float(random.uniform(*its)) for one, its in sliders.items()} for _ in range(6)] if sliders else []
    return [scaled(kind, factor), *(scaled(kind, factor, chosen) for chosen in ends + drawn)]


# What the page shows ----------------------------------------------------------------------------------------------

OPEN = """(address) => new Promise((done) => {
    history.replaceState(null, '', '#');
    addEventListener('hashchange', () => done(), { once: true });
    location.hash = address;
})"""


def opened(page, address):
    """Open an address, as somebody who clicks on a link; return the sentences about what is wrong in it."""
    page.evaluate(OPEN, address)
    return page.locator(".lab-notice p").all_inner_texts()


def table(page):
    """The numbers that are shown: for each loss, by what they are."""
    rows = page.evaluate(CELLS)
    return [{what: told[k] for what, *told in rows[1:]} for k in range(len(rows[0]) - 1)]


CELLS = "[...document.querySelectorAll('.lab-numbers tr')].map((row) => [...row.cells].map((cell) => cell.innerText))"


def unit_of(loss, unit):
    """The unit of a loss as the page prints it: none where the loss has none."""
    if loss.unit.startswith("none") or "power" in loss.unit:
        return ""
    return texts.unit_of(loss, unit) if loss.unit.startswith("the target's unit") else re.split("[,;]", loss.unit)[0]


def with_unit(x, unit):
    """A number with its unit, of which there may be one."""
    one = re.sub(r"^([a-z]+)s\b", r"\1", unit)
    return f"{number(x)} {one if number(x) == '1' else unit}".strip()


def address(loss, **others):
    """The address of a loss with its parameters."""
    given = {one: value for one, value in dataclasses.asdict(loss).items() if value is not None}
    return "#" + "&".join(f"{one}={value}" for one, value in {"loss": type(loss).__name__, **given, **others}.items())


def points(loss, column):
    """Targets and predictions at which to read a loss off, as the page's own sliders offer them."""
    kind, y = about_losses.kind(loss), measurements(column)
    if kind == "probability":
        return [(1, 0.3), (0, 0.99), (1, 0), (0, 1)]
    if kind == "score":
        return [(1, -1), (0, 2.5), (1, 1), (0, 5)]
    low, high = float(y.min()), float(y.max())
    if kind == "log":
        middle = round(math.log(y.mean()))
        return [(low, middle), (high, middle - 3.5), (high, middle + 2.5)]
    lowest = -1 + 0.06 * size(column) if loss.prediction.low == -1 else -math.inf  # the page's slider begins there
    return [(t, max(t + e * size(column), lowest)) for t in (low, high) for e in (0, -5, 0.3, 4)]


@pytest.mark.parametrize(
    "name", ["Huber", "Pinball", "PoissonNLL", "BinaryCrossEntropy", "SoftmaxFocal", "KullbackLeibler", "Dice"]
)
def test_the_page_shows_the_librarys_numbers(lab, name):
    kind = getattr(losses, name)
    if kind().row_wise:
        rows_show(lab, kind, 1)
    else:
        numbers_show(lab, kind, dict(list(measured.COLUMNS.items())[::3]), 2)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_the_page_shows_the_librarys_numbers_for_every_loss_and_all_data(lab, name):
    kind = getattr(losses, name)
    if kind().row_wise:
        rows_show(lab, kind, 4)
    else:
        numbers_show(lab, kind, measured.COLUMNS, 4)


def numbers_show(lab, kind, columns, many):
    """Of an element-wise loss: the numbers at a prediction for a target, and on data."""
    for title, column in columns.items():
        if not measured.suits(kind(), column):
            continue
        y = measurements(column)
        axis = column.unit if about_losses.kind(kind()) == "value" else ""
        for loss in on_data(kind, size(column))[:many]:
            unit, best = unit_of(loss, column.unit), loss.best_constant(y)
            for target, prediction in points(loss, column):
                assert opened(lab, address(loss, data=title, y=target, p=prediction)) == []
                p, t = np.array([prediction], float), np.array([target], float)
                assert table(lab) == [
                    {
                        "loss": with_unit(loss.each(p, t)[0], unit),
                        "slope": number(loss.grad(p, t)[0]),
                        "curvature": number(loss.curvature(p, t)[0]),
                        "best constant": with_unit(best, axis),
                        "its mean loss": with_unit(loss(best, y), unit),
                    }
                ], (loss, title, target, prediction)


ROWS = {
    "scores": ([[1, 0.5, -0.5], [-4.5, 5, 0], [0, 0, 0]], [0, 2], "species"),
    "probabilities": ([[0.5, 0.3, 0.2], [0.05, 0.15, 0.8], [0, 0.5, 0.5]], [0, 2], "species"),
    "mask": ([[0.8, 0.6, 0.3, 0.1], [0, 1, 1, 0], [0, 0, 0, 0]], [[1, 1, 0, 0], [0, 1, 0, 1], [0, 0, 0, 0]], ""),
}


def rows_show(lab, kind, many):
    """Of a row-wise loss: numbers along the part that moves, and the slope in each part."""
    what = about_losses.kind(kind())
    some_rows, targets, title = ROWS[what]
    for loss, row, target in itertools.product(on_data(kind, 1.0)[:many], some_rows, targets):
        for along in range(len(row)):
            written = ",".join(map(str, target)) if what == "mask" else target
            told = opened(lab, address(loss, row=",".join(map(str, row)), y=written, along=along))
            assert told == [], (loss, row, target)
            given = np.array([row], float), np.array([target])
            slopes, bends = loss.grad(*given)[0], loss.curvature(*given)[0]
            way = way_of(what, np.array(row, float), along)
            parts = way != 0
            found = table(lab)[0]
            assert found["loss"] == with_unit(loss.each(*given)[0], unit_of(loss, "")), (loss, row, target)
            assert found["slope"] == number(slopes[parts] @ way[parts]), (loss, row, target, along)
            assert found["curvature"] == number(bends[parts] @ way[parts] ** 2), (loss, row, target, along)
            each = [text for head, text in found.items() if head.endswith("alone")]
            assert each == [number(slope) for slope in slopes], (loss, row, target)
            if title:
                species = data.penguins()["species"]
                best = loss.best_constant(species)
                names = data.penguins().labels["species"]
                assert found["best constant"] == ", ".join(f"{names[k]} {number(best[k])}" for k in range(3))
                mean = loss(np.tile(best, (len(species), 1)), species)
                assert found["its mean loss"] == with_unit(mean, unit_of(loss, ""))


def way_of(what, row, along):
    """How the row changes with one of its parts: probabilities give way in proportion."""
    way = np.eye(len(row))[along]
    if what == "probabilities":
        others = np.where(way == 1, 0, row)
        way -= others / others.sum() if others.sum() else (1 - way) / (len(row) - 1)
    return way


# Addresses --------------------------------------------------------------------------------------------------------

OFFERED = "[...document.querySelectorAll('select')[1].options].filter((o) => !o.disabled).map((o) => o.value)"
CHOSEN = "[...document.querySelectorAll('.lab-menus select')].map((menu) => menu.value)"
AGAIN = "lossLab.state.toAddress(lossLab.state.fromAddress(location.hash).state)"


@pytest.mark.parametrize("name", EVERY)
def test_a_link_with_a_loss_alone_opens_it_and_the_address_gives_the_same_picture_again(lab, name):
    assert opened(lab, f"#loss={name}") == []
    for other in lab.evaluate(OFFERED)[:4]:
        assert opened(lab, f"#loss={name}&beside={other}") == []
        written = lab.evaluate(AGAIN)
        shown = table(lab), lab.locator(".lab-said").inner_text()
        assert opened(lab, written) == []
        assert (table(lab), lab.locator(".lab-said").inner_text()) == shown
        assert lab.evaluate(AGAIN) == written


ILL = {
    "loss=Hubber": "There is no loss called Hubber; the menu has all of them.",
    "loss=Huber&delta=abc": (
        "In the link, delta: abc is not a number; write it as in 0.25, 1/4, ln 2 or 2.5e-3. It stays at 1."
    ),
    "loss=Huber&delta=99": "In the link, delta: 99 is not from 0.1 to 5. It stays at 1.",
    "loss=Huber&beside=Dice": "Dice can't stand beside Huber: the two don't predict the same thing.",
    "loss=Huber&beside=AbsolutePercentageError&data=deaths": (
        "absolute percentage error can't stand beside Huber: it doesn't take deaths by horse kicks."
    ),
    "loss=GammaNLL&data=deaths": (
        "gamma NLL doesn't take deaths by horse kicks: its target is a number above 0. You see copper in flour."
    ),
    "loss=Dice&data=damage": "Dice doesn't take O-rings of the Challenger: it needs masks, and no data set has any.",
    "loss=Huber&data=gold": "There is no data set called gold; the menu has all of them.",
    "loss=Huber&colour=red": "This page knows nothing called colour, which the link gives.",
    "loss=Huber&p=1e9": "In the link, p: 1000000000 is not from −2.62 to 9.4. It stays at 4.885.",
    "loss=LogisticLoss&y=0.5": "In the link, y: the target here is 0 or 1. It stays at 1.",
    "loss=Focal&alpha=1": "In the link, alpha: 1 is not a number between 0 and 1. It stays at none.",
    "loss=SoftmaxFocal&row=1,2": "In the link, row: it needs 3 numbers with commas between, not 2.",
    "loss=KullbackLeibler&row=1,1,1": "In the link, row: probabilities sum to 1, these to 3. They stay as they were.",
    "loss=SoftmaxFocal&y=3": "In the link, y: 3 is no whole number from 0 to 2. It stays at 0.",
    "loss=Dice&y=1,2": "In the link, y: a mask here has 4 numbers 0 or 1 with commas between. It stays as it was.",
}


@pytest.mark.parametrize("link", ILL)
def test_what_a_link_says_wrongly_is_told_and_the_page_goes_on(lab, link):
    assert opened(lab, f"#{link}") == [ILL[link]]
    assert table(lab)[0]["loss"]


def test_a_link_without_anything_opens_squared_error_beside_huber_on_copper(lab):
    assert opened(lab, "#loss=SquaredError&beside=Huber&beside.delta=1&data=copper") == []
    shown = lab.locator(".lab-said").inner_text()
    lab.evaluate("location.hash = ''")
    lab.wait_for_function("document.querySelector('.lab-said').textContent.includes('prediction of 5')")
    assert "24 measurements of copper" in shown
    assert lab.evaluate(CHOSEN) == ["SquaredError", "Huber", "copper"]


def test_every_link_of_the_page_opens_without_a_complaint_and_what_is_said_of_it_is_true(lab):
    links = lab.evaluate("[...document.querySelectorAll('.lab-try a')].map((a) => a.getAttribute('href'))")
    assert len(links) == 5
    for link in links:
        assert opened(lab, link) == []
    copper, damage, me2 = data.chem()["copper"], data.challenger()["damage"], data.yeast()["me2"]
    best = [number(losses.Huber(delta=1).best_constant(copper)), number(np.median(copper)), number(copper.mean())]
    assert best == ["3.205", "3.385", "4.28"]
    everywhere = [losses.Huber(delta=delta).best_constant(copper) for delta in np.arange(0.1, 5.01, 0.1)]
    assert min(everywhere) < np.median(copper) < max(everywhere) < copper.mean()
    tukey = losses.Tukey(c=2)
    assert number(tukey.best_constant(copper)) == "3.152"
    around = [tukey(28.95 + step, copper) for step in (-0.1, 0, 0.1)]
    assert min(around) == around[1] > tukey(3.152, copper)
    assert tukey.grad(28.95, copper) == pytest.approx(0, abs=1e-12)
    for loss in (losses.BinaryCrossEntropy(), losses.Brier()):
        assert number(loss.best_constant(damage)) == number(damage.mean()) == "0.3043"
    assert losses.BinaryCrossEntropy()(0.0, [1]) == math.inf and losses.Brier()(0.0, [1]) == 1
    assert number(losses.LogisticLoss().best_constant(me2)) == "−3.336"
    focal = losses.Focal(gamma=2).best_constant(me2)
    assert (number(focal), f"{1 / (1 + math.exp(-focal)):.0%}", f"{me2.mean():.1%}") == ("−1.242", "22%", "3.4%")
    random = rng(5)
    for _ in range(10):
        slopes = losses.Dice().grad(random.uniform(size=(1, 4)), np.array([[1, 1, 0, 0]]))[0]
        assert slopes[0] == pytest.approx(slopes[1]) and slopes[2] == pytest.approx(slopes[3])


# Code of other libraries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_lines_of_code_have_the_parameters_numbers_and_are_python(lab, name):
    loss = variants(name)[-1]
    assert opened(lab, address(loss)) == []
    shown = lab.evaluate("[...document.querySelectorAll('.lab-code > dd > code')].map((c) => c.innerText)")
    own, *others = shown
    assert ast.unparse(ast.parse(own)) == own
    made = eval(own.rpartition("(")[0], vars(losses))
    assert dataclasses.asdict(made) == pytest.approx(dataclasses.asdict(loss))
    assert len(others) == len(loss.elsewhere)
    values = {card.GREEK.get(one, one): value for one, value in dataclasses.asdict(loss).items()}
    for line, written in zip(others, loss.elsewhere.values(), strict=True):
        tree = ast.parse(written)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in values:
                node.id = repr(values[node.id])
        assert ast.dump(ast.parse(ast.unparse(tree))) == ast.dump(ast.parse(line)), line


# People -----------------------------------------------------------------------------------------------------------


def test_a_typed_number_moves_the_picture_and_anything_else_gets_a_sentence(lab):
    opened(lab, "#loss=Huber&delta=1&data=copper")
    box = lab.get_by_label("δ", exact=True).first
    for text, told in (
        ("3,5", ""),
        ("abc", "abc is not a number; write it as in 0.25, 1/4, ln 2 or 2.5e-3. It stays at 3.5."),
        ("99", "99 is not from 0.1 to 5. It stays at 3.5."),
        ("1/4", ""),
    ):
        box.fill(text)
        box.press("Enter")
        assert lab.locator(".lab-told").first.inner_text() == told
        assert f"δ = {'0.25' if text == '1/4' else '3.5'}" in lab.locator(".lab-said").inner_text()


def test_sliders_answer_to_the_keyboard_and_the_address_follows(lab):
    opened(lab, "#loss=Huber&delta=1&data=copper")
    handle = lab.locator("input[type=range]").first
    handle.focus()
    lab.keyboard.press("ArrowRight")
    assert handle.get_attribute("aria-valuetext") == "1.05"
    assert "Huber, δ = 1.05" in lab.locator(".lab-said").inner_text()
    lab.wait_for_function("location.hash.includes('delta=1.05')")
    lab.keyboard.press("Home")
    assert "Huber, δ = 0.1" in lab.locator(".lab-said").inner_text()


def test_the_prediction_goes_with_the_target_so_that_the_error_stays(lab):
    opened(lab, "#loss=Huber&delta=1&data=copper&y=3&p=5")
    before = table(lab)[0]["loss"]
    lab.get_by_label("target y").first.fill("20")
    lab.get_by_label("target y").first.press("Enter")
    assert lab.get_by_label("prediction").first.input_value() == "22"
    assert table(lab)[0]["loss"] == before


def test_a_link_counts_even_if_the_address_changes_before_the_page_has_read_it(lab):
    opened(lab, "#loss=Huber&data=copper")
    lab.evaluate("location.hash = '#loss=Brier'; history.replaceState(null, '', '#loss=Huber')")
    lab.wait_for_function("document.querySelector('.lab-menus select').value === 'Brier'", timeout=10_000)


def test_a_finger_on_a_picture_takes_the_prediction_with_it(lab):
    opened(lab, "#loss=Huber&delta=1&data=copper&p=3.5")
    picture = lab.locator(".lab-follows").first
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.2, "y": box["height"] / 2})
    assert float(lab.get_by_label("prediction").first.input_value().replace("−", "-")) < 0.5


def test_another_loss_keeps_data_that_it_takes_and_the_menu_keeps_the_focus(lab):
    opened(lab, "#loss=Huber&data=food")
    menu = lab.locator("select").first
    menu.focus()
    menu.select_option("Pinball")
    assert lab.evaluate(CHOSEN) == ["Pinball", "", "food"]
    assert lab.evaluate("document.activeElement === document.querySelector('select')")


def test_the_link_can_be_copied_or_stands_in_the_address_bar(lab):
    opened(lab, "#loss=Huber&data=food")
    lab.get_by_role("button", name="Copy link").click()
    lab.wait_for_function("document.querySelector('.lab-link [role=status]').textContent.length > 10")


SIZES = {"projector": (1200, 800), "phone": (360, 740)}
OVERLAPS = """() => [...document.querySelectorAll('#loss-lab svg.plot')].flatMap((svg) => {
    const boxes = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
    const meet = (p, q) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 3 && q.top < p.bottom - 3;
    return boxes.flatMap(([a, p], i) => boxes.slice(i + 1).filter(([, q]) => meet(p, q)).map(([b]) => `${a} | ${b}`));
})"""
OUTSIDE = """() => [...document.querySelectorAll('#loss-lab svg.plot')].flatMap((svg) => {
    const frame = svg.getBoundingClientRect();
    const leaves = (box) => box.right > frame.right + 1 || box.left < frame.left - 1
        || box.top < frame.top - 4 || box.bottom > frame.bottom + 4;
    return [...svg.querySelectorAll('text')].filter((t) => leaves(t.getBoundingClientRect())).map((t) => t.textContent);
})"""


def test_pictures_can_be_read_on_a_phone_and_nothing_scrolls_sideways(site, browser):
    read_pictures(site, browser, "phone", "dark", SOME)


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_picture_can_be_read_and_nothing_scrolls_sideways(site, browser, size, theme):
    read_pictures(site, browser, size, theme, NAMES)


def read_pictures(site, browser, size, theme, names):
    """Open each loss, and one that can stand beside it, and look for texts that meet or are cut off."""
    wide, high = SIZES[size]
    context = browser.new_context(viewport={"width": wide, "height": high}, color_scheme=theme, offline=True)
    page = context.new_page()
    page.goto((site / "loss_lab.html").as_uri())
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    for name in names:
        other = ask(page, MATE, name)
        opened(page, f"#loss={name}&beside={other}")
        assert page.evaluate("document.documentElement.scrollWidth") == wide, name
        assert page.evaluate(OVERLAPS) == [], (name, other)
        assert page.evaluate(OUTSIDE) == [], (name, other)
        drawn = page.evaluate("[...document.querySelectorAll('svg.plot path')].map((p) => p.getAttribute('d')).join()")
        assert "NaN" not in drawn and "undefined" not in drawn and "Infinity" not in drawn, name
        heights = page.evaluate("[...document.querySelectorAll('input[type=range]')].map((one) => one.clientHeight)")
        assert min(heights) >= 44
    context.close()


MATE = """(loss) => Object.keys(lossLab.facts.losses).find(
    (other) => other !== loss && lossLab.state.suitsAll(lossLab.state.withLoss(null, loss), other))"""


PIECES = """(picture) => [...document.querySelectorAll('.lab-pictures figure')[picture].querySelectorAll('.plot-line')]
    .map((line) => line.getAttribute('d').split('M').length - 1)"""


def test_a_jump_is_a_gap_and_a_steep_place_is_none(lab):
    loss, slope, curvature = 0, 1, 4
    opened(lab, "#loss=AbsoluteError&beside=Huber&beside.delta=1&data=copper")
    assert ask(lab, PIECES, loss) == [1, 1]
    assert ask(lab, PIECES, slope) == [3, 1]  # one to each side of the target, and the 0 at it
    assert ask(lab, PIECES, curvature) == [1, 3]
    opened(lab, "#loss=EpsilonInsensitive&epsilon=1&beside=Tukey&beside.c=0.5&data=copper")
    assert ask(lab, PIECES, slope) == [3, 1]
    assert ask(lab, PIECES, curvature) == [1, 1]
    opened(lab, "#loss=Dice&beside=Jaccard")  # Jaccard's slope is a constant, but for rounding
    assert ask(lab, PIECES, slope) == [1, 1]
    opened(lab, "#loss=Hinge&beside=SquaredHinge&y=1")
    assert (ask(lab, PIECES, slope), ask(lab, PIECES, curvature)) == ([2, 1], [1, 2])


def test_what_is_infinite_is_marked_where_it_is(lab):
    texts_of = "document.querySelector('.lab-pictures svg').textContent"
    opened(lab, "#loss=BinaryCrossEntropy&data=damage&y=1&p=0")
    assert "∞" in lab.evaluate(texts_of) and table(lab)[0]["loss"] == "∞ nats"
    opened(lab, "#loss=Brier&data=damage&y=1&p=0")
    assert "∞" not in lab.evaluate(texts_of)


def test_the_mean_loss_is_drawn_where_most_data_lie_and_over_all_of_them_where_it_has_several_valleys(lab):
    heads = "[...document.querySelectorAll('figure:not([hidden]) > figcaption')].map((head) => head.innerText).join()"
    opened(lab, "#loss=SquaredError&data=copper")
    assert "4.28 ppm, which costs 26.89 ppm² (1 of 24 lies outside)" in lab.evaluate(heads)
    opened(lab, "#loss=SquaredError&data=food")
    assert "of 235 lie outside)" in lab.evaluate(heads)
    opened(lab, "#loss=Tukey&c=2&data=copper")
    assert "outside" not in lab.evaluate(heads)


def test_lines_have_the_courses_colours_and_dashes(lab):
    style = "(look) => getComputedStyle(document.querySelector(`.plot-line.plot-look-${look}`))"
    opened(lab, "#loss=SquaredError&beside=Huber&data=copper")
    wanted = {"light": COLOURS[:2], "dark": (SKY, COLOURS[5])}
    for theme, colours in wanted.items():
        lab.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
        for look, colour in enumerate(colours):
            red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
            assert ask(lab, f"{style}.stroke", look) == f"rgb({red}, {green}, {blue})"
    lab.evaluate("document.documentElement.dataset.theme = 'light'")
    assert [ask(lab, f"{style}.strokeDasharray", look) for look in (0, 1)] == ["none", "10px, 4px"]


@pytest.mark.parametrize("link", ["", "#loss=SoftmaxFocal&beside=SoftmaxCrossEntropy", "#loss=Dice&delta=1"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(site, browser, link, theme):
    context = browser.new_context(viewport={"width": 1200, "height": 800}, color_scheme=theme, offline=True)
    page = context.new_page()
    page.goto((site / "loss_lab.html").as_uri() + link)
    page.wait_for_selector("#loss-lab mjx-container")
    found = serious(page, "#loss-lab")
    context.close()
    assert found == []


def test_without_javascript_there_is_a_picture_and_a_way_to_the_losses(site, browser):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((site / "loss_lab.html").as_uri())
    assert page.locator(".lab-still img").is_visible()
    assert page.locator(".lab-still a").first.get_attribute("href") == "losses/index.html"
    context.close()
