"""Golden values: what other libraries and published sources say, stored, so that none of them is needed here."""

import json
from pathlib import Path

import numpy as np
import pytest

import lossutils
from tests.proof import make_golden

FOLDER = Path(__file__).parents[1] / "golden"
STORED = {path.stem: json.loads(path.read_text(encoding="utf-8"))["entries"] for path in sorted(FOLDER.glob("*.json"))}
PUBLISHED = STORED.pop("published")
ANSWERS = {(library, one["loss"], one["words"]): one for library, entries in STORED.items() for one in entries}
ASKED = [
    (library, loss, words) for library in make_golden.DISTRIBUTIONS for loss, words in make_golden.questions(library)
]


@pytest.mark.parametrize(("library", "loss", "words"), ASKED, ids=[f"{library}-{loss!r}" for library, loss, _ in ASKED])
def test_a_loss_answers_as_the_library_did(library, loss, words):
    entry = ANSWERS.get((library, repr(loss), words))
    if entry is None:  # whoever adds a loss need not have that library: the oracle tests ask it
        pytest.skip(
            f"tests/golden/{library}.json has no answer to {words} for {loss!r}: "
            f"run python tools/course.py golden in an environment with {library}"
        )
    p, y, w = (np.array(entry[name]) for name in ("pred", "target", "weight"))
    for mine, value, slope in (
        (loss.value_and_grad(p, y), entry["value"], entry["gradient"]),
        (loss.value_and_grad(p, y, w), entry["weighted_value"], entry["weighted_gradient"]),
    ):
        assert mine[0] == pytest.approx(value, rel=1e-12)
        if slope is not None:
            np.testing.assert_allclose(mine[1], slope, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("library", STORED)
def test_every_stored_answer_is_to_a_question_of_today(library):
    asked = {repr(loss) for name, loss, _ in ASKED if name == library}
    stale = [entry["loss"] for entry in STORED[library] if entry["loss"] not in asked]
    assert not stale, f"delete the lines of tests/golden/{library}.json that no card asks for: {stale}"


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
    loss = eval(entry["loss"], vars(lossutils))
    assert MEASURES[entry["what"]](loss, entry) == pytest.approx(entry["number"], abs=entry["tolerance"])
