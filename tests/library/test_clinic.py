"""The bug clinic: every case is run, and the lines of other libraries give what the tables say."""

import warnings

import numpy as np
import pytest

from lossutils import CATALOGUE, clinic

LINES = [(name, library) for name in clinic.names() for library in clinic.bug(name)["elsewhere"]]
with_lines = [name for name in clinic.names() if "ours" in clinic.bug(name)]
every_bug = pytest.mark.parametrize("name", with_lines)


def test_there_are_twenty_bugs():
    assert len(clinic.names()) == 20 and len(with_lines) == 19


@every_bug
def test_a_table_has_our_line_first_and_the_others_after_it(name):
    table = clinic.elsewhere(name)
    assert [row[0] for row in table.rows][0] == "lossutils" and len(table.rows) >= 2
    assert all(line in table._repr_markdown_() for _, line, _ in table.rows)
    assert set(clinic.bug(name)["losses"]) <= {type(loss).__name__ for loss in CATALOGUE}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("softmax-twice", "every row of the prediction is a probability distribution"),
        ("minus-one", "must be a label 0 or 1"),
        ("score-as-probability", "must be a probability from 0 to 1"),
        ("column-minus-row", "prediction has shape (3, 1) but target has shape (3,)"),
    ],
)
def test_four_of_them_are_refused_in_words(name, said):
    answer = clinic.elsewhere(name).rows[0][2]
    assert answer.startswith("refuses: “") and said in answer


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("sum-for-mean", "325.5"),
        ("zero-in-hinge", "0, 1, 4"),
        ("sigmoid-then-log", "17"),
        ("exp-overflows", "800"),
        ("clip", "inf"),
        ("mean-over-classes", "2.303"),
        ("mean-of-means", "2.6"),
        ("weights-over-their-sum", "0.6931"),
        ("wrong-sign", "0.1054, 0.6931"),
        ("accuracy-as-loss", "−0.2128, −0.2749"),
        ("padding", "0.6931"),
        ("whole-pixels", "400"),
        ("divergence-turned", "0.5108"),
        ("sides-swapped", "0.5455"),
    ],
)
def test_the_others_get_their_number(name, right):
    assert clinic.elsewhere(name).rows[0][2] == right


def test_an_unknown_bug_is_refused():
    with pytest.raises(ValueError, match="there is no bug 'flu'"):
        clinic.elsewhere("flu")
    with pytest.raises(ValueError, match="there is no bug"):
        clinic.elsewhere(["padding"])
    with pytest.raises(ValueError, match="no line of a library shows 'standard-units'"):
        clinic.elsewhere("standard-units")


def test_a_table_says_for_which_case_it_is():
    assert "With p = [3] (uint8), y = [23] (uint8):" in clinic.elsewhere("whole-pixels")._repr_markdown_()
    assert "y = [0, 1, …, 31]" in clinic.elsewhere("sum-for-mean").given


@pytest.mark.oracle
@pytest.mark.parametrize(("name", "library"), LINES)
def test_the_lines_of_other_libraries_give_what_the_table_says(name, library):
    found = clinic.bug(name)
    line, gives = found["elsewhere"][library]
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            value = eval(line, surroundings(library.removesuffix(clinic.MORE), found))
        except Exception as error:
            assert gives == f"refuses: {type(error).__name__}"
            return
    value = value.detach().numpy() if hasattr(value, "detach") else np.asarray(value)
    warned = any(
        "lossutils" not in str(warning.filename) and issubclass(warning.category, UserWarning) for warning in heard
    )
    assert clinic.figures(value) + (", and a warning" if warned else "") == gives


def surroundings(library, found):
    """The names that a line of a library uses, and the given arrays in its own form."""
    from proof import oracles

    if library == "sklearn":
        import sklearn.metrics

        return {"sklearn": sklearn, "numpy": np, **found["given"]}
    if library == "optax":
        import optax

        jax = oracles.jax()
        return {"optax": optax, "jax": jax} | {key: jax.numpy.asarray(array) for key, array in found["given"].items()}
    torch = oracles.torch()
    arrays = {key: torch.tensor(array) for key, array in found["given"].items()}
    if library == "keras":
        return {"keras": oracles.keras("float32"), **arrays}
    for key in {"z", "p"} & set(arrays):
        arrays[key].requires_grad_(arrays[key].dtype.is_floating_point)
    return {"torch": torch, **arrays}
