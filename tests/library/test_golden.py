"""Golden values: what other libraries and published sources say, stored, so that none of them is needed here."""

import json
from pathlib import Path

import numpy as np
import pytest

import lossutils
from lossutils import CATALOGUE

FOLDER = Path(__file__).parents[1] / "golden"
STORED = {path.stem: json.loads(path.read_text(encoding="utf-8"))["entries"] for path in sorted(FOLDER.glob("*.json"))}
PUBLISHED = STORED.pop("published")
ANSWERS = [(library, entry) for library, entries in STORED.items() for entry in entries]


def loss_of(entry):
    return eval(entry["loss"], vars(lossutils))


@pytest.mark.parametrize(("library", "entry"), ANSWERS, ids=[f"{name}-{entry['loss']}" for name, entry in ANSWERS])
def test_a_loss_answers_as_the_library_did(library, entry):
    loss, p, y, w = loss_of(entry), *(np.array(entry[name]) for name in ("pred", "target", "weight"))
    for mine, value, slope in (
        (loss.value_and_grad(p, y), entry["value"], entry["gradient"]),
        (loss.value_and_grad(p, y, w), entry["weighted_value"], entry["weighted_gradient"]),
    ):
        assert mine[0] == pytest.approx(value, rel=1e-12)
        if slope is not None:
            np.testing.assert_allclose(mine[1], slope, rtol=1e-11, atol=1e-13)


def test_every_loss_has_a_stored_gradient():
    stored = {entry["loss"] for _, entry in ANSWERS if entry["gradient"] is not None}
    assert {repr(loss) for loss in CATALOGUE} == stored


def test_the_stored_words_are_those_of_the_cards():
    words = {repr(loss): loss.elsewhere for loss in CATALOGUE}
    for library, entry in ANSWERS:
        assert words[entry["loss"]].get(library, entry["words"]) == entry["words"], "run: python tools/course.py golden"


def efficiency(loss, entry):
    """Precision of the loss's location estimate for normal errors of scale 1, compared with the mean's."""
    e = np.linspace(-12, 12, 48_000)
    density = np.exp(-e * e / 2) / np.sqrt(2 * np.pi)
    slope, zero = len(e) * loss.grad(e, np.zeros_like(e)), np.zeros_like(e)
    return np.trapezoid(loss.curvature(e, zero) * density, e) ** 2 / np.trapezoid(slope**2 * density, e)


def value(loss, entry):
    return loss(np.array(entry["pred"]), np.array(entry["target"]))


def deviance(loss, entry):
    """Twice what the loss has above its least value, from means."""
    mean, y = np.array(entry["pred"]), np.array(entry["target"])
    return 2 * (loss(np.log(mean), y) - loss(np.log(y), y))


MEASURES = {"efficiency": efficiency, "value": value, "deviance": deviance}


@pytest.mark.parametrize("entry", PUBLISHED, ids=[f"{entry['what']}-{entry['loss']}" for entry in PUBLISHED])
def test_a_published_number_comes_out(entry):
    assert MEASURES[entry["what"]](loss_of(entry), entry) == pytest.approx(entry["number"], abs=entry["tolerance"])
