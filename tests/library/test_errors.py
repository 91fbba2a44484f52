"""The table of all bad inputs: who refuses what, with which sentence; and what looks unusual but is accepted."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pandas
import pytest

from lossutils import (
    CATALOGUE,
    AbsolutePercentageError,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Cauchy,
    Dice,
    GaussianNLL,
    Huber,
    KullbackLeibler,
    LogisticLoss,
    Loss,
    Pinball,
    PoissonNLL,
    SoftmaxCrossEntropy,
    SquaredError,
    SquaredLogarithmicError,
    Tukey,
    param,
    rng,
)
from lossutils.checks.refute import CLASSES_DRAWN, plain_examples
from lossutils.engine.domain import CLASSES, POSITIVE_OR_INFINITE, SCORE

squared, huber, tukey, poisson = SquaredError(), Huber(), Tukey(), PoissonNLL()
logistic, bce, softmax, cce = LogisticLoss(), BinaryCrossEntropy(), SoftmaxCrossEntropy(), CategoricalCrossEntropy()
Y = np.array([1.0, 2.0, 3.0])
Z = np.array([[1.0, 2.0, 3.0], [0.0, 0.5, 2.0]])
SILENT_NAN = "NumPy would return nan or inf for the whole mean"


class Tensor:
    """What PyTorch's tensors do when they ask for gradients."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")


BAD = {
    # Shapes
    "(n,) against (n, 1)": (
        lambda f: f(Y, Y[:, None]),
        squared,
        ValueError,
        "squared error: prediction has shape (3,) but target has shape (3, 1); NumPy would broadcast them to (3, 3)",
    ),
    "(n, 1) against (n,)": (lambda f: f(Y[:, None], Y), huber, ValueError, "Huber", "(3, 1)", "(3,)", "to (3, 3)"),
    "two lengths": (
        lambda f: f(Y, Y[:2]),
        squared,
        ValueError,
        "(3,)",
        "(2,)",
        "NumPy could not broadcast them either",
    ),
    "one target for many predictions": (
        lambda f: f(Y, 2.0),
        squared,
        ValueError,
        "(3,)",
        "()",
        "NumPy would broadcast",
    ),
    "rows against too few memberships": (
        lambda f: f(Z, Z[:, :1]),
        softmax,
        ValueError,
        "(2, 3)",
        "(2, 1)",
        "to (2, 3)",
    ),
    "one number for rows": (
        lambda f: f(3.0, [1]),
        softmax,
        ValueError,
        "softmax cross-entropy",
        "one number",
        "every class",
    ),
    "a mask against a number": (lambda f: f([[0.5, 0.5]], [1]), Dice(), ValueError, "Dice", "(1, 2)", "(1,)"),
    "ragged prediction": (
        lambda f: f([[1, 2], [3]], [1, 2]),
        squared,
        ValueError,
        "prediction has rows of unequal length",
        "NumPy would refuse it or make an array of Python objects",
    ),
    "ragged target": (lambda f: f([1, 2], [[1], [2, 3]]), squared, ValueError, "target has rows of unequal length"),
    "empty": (
        lambda f: f([], []),
        squared,
        ValueError,
        "squared error",
        "shape (0,) is empty",
        "nan as the mean of nothing",
    ),
    "one number, no targets": (lambda f: f(3.0, []), squared, ValueError, "is empty"),
    "no rows": (lambda f: f(np.zeros((0, 3)), np.zeros(0, int)), softmax, ValueError, "(0, 3) is empty"),
    "no classes": (lambda f: f(np.zeros((2, 0)), np.zeros(2, int)), softmax, ValueError, "(2, 0) is empty"),
    # Not finite
    "nan prediction": (
        lambda f: f([1, np.nan], [1, 2]),
        squared,
        ValueError,
        "squared error: prediction is nan at index 1, but must be a finite number",
        SILENT_NAN,
    ),
    "inf prediction": (
        lambda f: f([np.inf, 1], [1, 2]),
        huber,
        ValueError,
        "Huber: prediction is inf at index 0",
        SILENT_NAN,
    ),
    "-inf target": (lambda f: f([1, 1], [1, -np.inf]), squared, ValueError, "target is -inf at index 1", SILENT_NAN),
    "nan that a bounded loss would hide": (
        lambda f: f([1, 2], [1, np.nan]),
        tukey,
        ValueError,
        "Tukey: target is nan at index 1",
    ),
    "inf that a bounded loss would hide": (
        lambda f: f([np.inf, 2], [1, 2]),
        tukey,
        ValueError,
        "prediction is inf at index 0",
    ),
    "nan in a table": (lambda f: f([[1, 2], [3, np.nan]], [[1, 2], [3, 4]]), squared, ValueError, "at index (1, 1)"),
    "nan as the one number": (lambda f: f(np.nan, Y), squared, ValueError, "prediction is nan"),
    "inf score": (
        lambda f: f([[0, np.inf]], [1]),
        softmax,
        ValueError,
        "prediction is inf at index (0, 1)",
        "-inf for a class",
    ),
    "nan score": (lambda f: f([[0, np.nan]], [1]), softmax, ValueError, "prediction is nan at index (0, 1)"),
    "all classes ruled out": (
        lambda f: f([[0, 1], [-np.inf, -np.inf]], [1, 0]),
        softmax,
        ValueError,
        "every score is -inf at index 1",
        "NumPy would compute inf - inf",
    ),
    # Labels and classes
    "labels -1 and 1": (
        lambda f: f([0.1, 0.2], [1, -1]),
        logistic,
        ValueError,
        "logistic loss: target is -1.0 at index 1",
        "a label 0 or 1",
        "even one below 0",
        "(labels + 1) / 2",
    ),
    "labels 1 and 2": (lambda f: f([0.1, 0.2], [1, 2]), bce, ValueError, "target is 2.0 at index 1", "label 0 or 1"),
    "class 3 of 3": (
        lambda f: f(Z, [0, 3]),
        softmax,
        ValueError,
        "softmax cross-entropy: target is class 3 at index 1",
        "the prediction has 3 classes, numbered 0 to 2",
        "NumPy would fail far from here",
    ),
    "class -1": (
        lambda f: f(Z, [-1, 0]),
        softmax,
        ValueError,
        "class -1 at index 0",
        "NumPy would count it from the end, as class 2",
    ),
    "half a class": (lambda f: f(Z, [0, 1.5]), softmax, ValueError, "class 1.5 at index 1"),
    "class nan": (lambda f: f(Z, [0, np.nan]), softmax, ValueError, "class nan at index 1"),
    "memberships over 1 in all": (
        lambda f: f(Z, [[0.5, 0.6, 0], [1, 0, 0]]),
        softmax,
        ValueError,
        "target sums to 1.1 at index 0, but each row must sum to 1",
        "NumPy would return a number for it",
    ),
    "membership 2": (lambda f: f(Z, [[1, 0, 0], [2, -1, 0]]), softmax, ValueError, "target is 2 at index (1, 0)"),
    "membership nan": (
        lambda f: f(Z, [[1, 0, 0], [np.nan, 1, 0]]),
        softmax,
        ValueError,
        "target is nan at index (1, 0)",
    ),
    "a mask with a 2": (lambda f: f([[0.5, 0.5]], [[0, 2]]), Dice(), ValueError, "Dice: target is 2.0 at index (0, 1)"),
    # Probabilities and scores
    "probability above 1": (
        lambda f: f([0.1, 1.5], [0, 1]),
        bce,
        ValueError,
        "binary cross-entropy: prediction is 1.5 at index 1",
        "must be a probability from 0 to 1",
        "NumPy would take a logarithm",
        "a score needs a loss of scores",
    ),
    "probability below 0": (lambda f: f([-0.1, 0.5], [0, 1]), bce, ValueError, "prediction is -0.1 at index 0"),
    "rows that don't sum to 1": (
        lambda f: f([[0.1, 0.9], [0.1, 0.2]], [0, 1]),
        cce,
        ValueError,
        "categorical cross-entropy: prediction sums to 0.3 at index 1, but each row must sum to 1",
        "NumPy would return a number for it",
    ),
    "scores as probabilities": (
        lambda f: f(Z, [0, 1]),
        cce,
        ValueError,
        "prediction is 2.0 at index (0, 1)",
        "a loss of scores",
    ),
    "scores as distributions": (
        lambda f: f(Z, [0, 1]),
        KullbackLeibler(),
        ValueError,
        "Kullback-Leibler",
        "a probability",
    ),
    "probabilities as scores": (
        lambda f: f([[0.1, 0.9], [0.7, 0.3]], [0, 1]),
        softmax,
        ValueError,
        "every row of the prediction is a probability distribution, but scores are needed",
        "NumPy would apply the softmax a second time",
        "CategoricalCrossEntropy",
    ),
    # Domains of amounts
    "negative count": (
        lambda f: f([1.0, 2.0], [1, -2]),
        poisson,
        ValueError,
        "Poisson NLL: target is -2.0 at index 1",
        "NumPy would",
    ),
    "percentage of 0": (
        lambda f: f([1, 2], [0, 2]),
        AbsolutePercentageError(),
        ValueError,
        "target is 0.0 at index 0",
        "other than 0",
        "NumPy would divide by zero",
    ),
    "logarithm of 0": (
        lambda f: f([-1, 2], [0, 2]),
        SquaredLogarithmicError(),
        ValueError,
        "prediction is -1.0 at index 0",
        "above -1",
        "logarithm",
    ),
    # Not numbers
    "text": (
        lambda f: f(["1", "2"], [1, 2]),
        squared,
        TypeError,
        "prediction holds text, numbers are needed",
        "NumPy would",
    ),
    "bytes": (lambda f: f([1, 2], [b"1", b"2"]), squared, TypeError, "target holds text"),
    "text as classes": (lambda f: f(Z, ["cat", "dog"]), softmax, TypeError, "target holds text"),
    "complex": (
        lambda f: f([1j, 2], [1, 2]),
        squared,
        TypeError,
        "complex numbers",
        "a complex loss, which has no minimum",
    ),
    "masked": (
        lambda f: f(np.ma.array(Y, mask=[0, 0, 1]), Y),
        squared,
        TypeError,
        "masked array",
        "the hidden values too",
    ),
    "masked target": (lambda f: f(Y, np.ma.array(Y, mask=[0, 0, 1])), squared, TypeError, "target is a masked array"),
    "a masked class": (
        lambda f: f(Z, np.ma.array([0, -100], mask=[0, 1])),
        softmax,
        TypeError,
        "A row of weight 0 is not there",
        "give target.data and weight=~np.ma.getmaskarray(target)",
    ),
    "an ignored class": (
        lambda f: f(Z, [0, -100]),
        softmax,
        ValueError,
        "target is class -100 at index 1",
        "to leave such rows out, give weight=(target != -100)",
    ),
    "a tensor that asks for gradients": (
        lambda f: f(Tensor(), [1, 2]),
        squared,
        TypeError,
        "prediction is a Tensor that NumPy can't read (Can't call numpy()",
        "prediction.detach().cpu()",
    ),
    "a whole number beyond float64": (
        lambda f: f([2**53 + 1], [2**53]),
        squared,
        ValueError,
        "prediction is 9007199254740993 at index 0, which float64 can't hold",
        "NumPy would round it",
    ),
    "None inside": (
        lambda f: f([1, None], [1, 2]),
        squared,
        TypeError,
        "squared error: prediction holds Python objects: None at index 1",
        "a missing value, perhaps",
        "object by object",
    ),
    "text among objects": (
        lambda f: f([1, 2], np.array([1, "2"], object)),
        squared,
        TypeError,
        "target holds Python objects: '2' at index 1",
        "or text",
    ),
    "text of any length": (
        lambda f: f(np.array(["1"], np.dtypes.StringDType()), [1]),
        squared,
        TypeError,
        "prediction holds text",
    ),
    "None": (lambda f: f(None, [1, 2]), squared, TypeError, "prediction holds Python objects"),
    "a number too large": (lambda f: f([10**400, 1], [1, 2]), squared, TypeError, "Python objects"),
    "a set": (lambda f: f({1, 2}, [1, 2]), squared, TypeError, "Python objects"),
    "dates": (lambda f: f(np.array(["2020-01-01"], "M8[D]"), [1]), squared, TypeError, "dates", "a time span"),
    "time spans": (lambda f: f([1], np.array([1], "m8[D]")), squared, TypeError, "time spans", "integer counts"),
    "records": (lambda f: f(np.zeros(1, "i4,i4"), [1]), squared, TypeError, "records"),
    # Weights
    "negative weight": (
        lambda f: f(Y, Y, [1, -1, 1]),
        squared,
        ValueError,
        "squared error: weight is -1.0 at index 1",
        "from 0 upwards",
        "count as a gain",
    ),
    "weight nan": (
        lambda f: f(Y, Y, [np.nan, 1, 1]),
        squared,
        ValueError,
        "weight is nan at index 0",
        "NumPy would return nan",
    ),
    "weight inf": (lambda f: f(Y, Y, [1, 1, np.inf]), squared, ValueError, "weight is inf at index 2"),
    "too few weights": (
        lambda f: f(Y, Y, [1, 1]),
        squared,
        ValueError,
        "weight has shape (2,)",
        "(3,)",
        "NumPy would broadcast",
    ),
    "one weight": (lambda f: f(Y, Y, 2.0), squared, ValueError, "weight has shape ()"),
    "a weight a class": (
        lambda f: f(Z, [0, 1], [1, 2, 3]),
        softmax,
        ValueError,
        "weight has shape (3,)",
        "rows of shape (2,)",
    ),
    "weights sum to 0": (
        lambda f: f(Y, Y, [0, 0, 0]),
        squared,
        ValueError,
        "the weights sum to 0",
        "NumPy would divide by it",
    ),
    "weights of text": (lambda f: f(Y, Y, ["a", "b", "c"]), squared, TypeError, "weight holds text"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_with_a_sentence(what):
    call, loss, error, *fragments = BAD[what]
    calls = [loss, loss.value_and_grad, loss.grad]
    if not any("weight" in fragment for fragment in fragments):
        calls += [loss.each] + [loss.curvature] * loss.states("second_derivative")
    for method in calls:
        with pytest.raises(error) as refused:
            call(method)
        assert type(refused.value) is error
        assert str(refused.value).startswith(f"{loss.name}: ")
        assert all(fragment in str(refused.value) for fragment in fragments), str(refused.value)


BAD_CONSTANTS = {
    "nan": (squared, ([1, np.nan],), ValueError, "squared error: target is nan at index 1"),
    "empty": (squared, ([],), ValueError, "is empty"),
    "text": (squared, (["a"],), TypeError, "target holds text"),
    "weights sum to 0": (squared, ([1, 2], [0, 0]), ValueError, "the weights sum to 0"),
    "negative weight": (huber, ([1, 2], [1, -1]), ValueError, "Huber: weight is -1.0 at index 1"),
    "labels -1 and 1": (logistic, ([-1, 1],), ValueError, "target is -1 at index 0"),
    "class -1": (softmax, ([0, -1],), ValueError, "class -1 at index 1, but classes are whole numbers from 0 upwards"),
    "class nan": (softmax, ([0, np.nan],), ValueError, "class nan at index 1"),
    "a class far beyond the rows": (softmax, ([0, 2**40],), ValueError, "target is class 1099511627776 at index 1"),
    "rows that don't sum to 1": (softmax, ([[0.3, 0.3]],), ValueError, "target sums to 0.6 at index 0"),
}


@pytest.mark.parametrize("what", BAD_CONSTANTS)
def test_best_constant_refuses_bad_targets(what):
    loss, arguments, error, fragment = BAD_CONSTANTS[what]
    with pytest.raises(error) as refused:
        loss.best_constant(*arguments)
    assert fragment in str(refused.value)


BAD_PARAMETERS = {
    "negative": (
        lambda: Huber(delta=-1),
        ValueError,
        "Huber: delta is -1, but must be a number above 0",
        "NumPy would",
    ),
    "zero": (lambda: Huber(delta=0.0), ValueError, "Huber: delta is 0.0"),
    "nan": (lambda: Pinball(tau=np.nan), ValueError, "Pinball: tau is nan, but must be a number between 0 and 1"),
    "at the edge": (lambda: Pinball(tau=1), ValueError, "Pinball: tau is 1"),
    "text": (lambda: Huber(delta="1"), TypeError, "Huber: delta is '1'", "NumPy would"),
    "bool": (lambda: Huber(delta=True), TypeError, "Huber: delta is True"),
    "array": (lambda: Huber(delta=np.array([1.0, 2.0])), TypeError, "Huber: delta has shape (2,)", "by weights"),
    "variances": (
        lambda: GaussianNLL([1.0, 2.0]),
        TypeError,
        "GaussianNLL: variance has shape (2,)",
        "SquaredError()(pred, target, weight=1 / variance) has the same minimum",
    ),
    "None": (lambda: Huber(delta=None), TypeError, "Huber: delta is None"),
    "far too large": (lambda: Pinball(tau=10**400), ValueError, "Pinball: tau is 8.98"),
    "a scale whose square overflows": (lambda: Cauchy(c=1e160), ValueError, "Cauchy: c is 1e+160", "to 1e100"),
    "misspelt": (lambda: Huber(detla=1), TypeError, "Huber has no parameter detla: did you mean delta?"),
    "too many": (lambda: Huber(1, 2), TypeError, "Huber(delta) was given 2 arguments", "Huber(…)(pred, target)"),
    "data": (lambda: SquaredError([1, 2], [1, 3]), TypeError, "call it: SquaredError()(pred, target)"),
    "a parameter of another loss": (
        lambda: SquaredError(delta=1),
        TypeError,
        "SquaredError has no parameter delta: it has none",
    ),
    "a plain attribute": (lambda: Plain(k=3), TypeError, "k is a plain attribute; write `k: float = param(2.0)`"),
}


class Plain(Loss):
    k = 2.0

    def formula(self, p, y):
        return self.k * (p - y) ** 2


def test_a_loss_with_an_init_of_its_own_is_told_how_to_state_its_parameter():
    with pytest.raises(TypeError, match=r"Own: a loss has no __init__ of its own; .* `k: float = param\(2.0\)`"):

        class Own(Loss):
            def __init__(self, k):
                self.k = k


@pytest.mark.parametrize("what", BAD_PARAMETERS)
def test_bad_parameters_are_refused_with_a_sentence(what):
    make, error, *fragments = BAD_PARAMETERS[what]
    with pytest.raises(error) as refused:
        make()
    assert all(fragment in str(refused.value) for fragment in fragments), str(refused.value)


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_no_loss_lets_a_number_pass_that_is_not_finite(loss, bad):
    p, y = plain_examples(loss, rng(0), 20)
    if loss.target is CLASSES:
        y = rng(0).randint(0, CLASSES_DRAWN, len(p)).astype(float)
    for role, array in (("prediction", p), ("target", y)):
        if loss.prediction is SCORE and role == "prediction" and bad == -np.inf:
            continue  # a class that is ruled out
        spoilt = array.copy()
        spoilt[7] = bad if array.ndim == 1 else array[7]
        if array.ndim == 2:
            spoilt[7, 2] = bad
        pair = (spoilt, y) if role == "prediction" else (p, spoilt)
        for method in (loss, loss.each, loss.grad, loss.value_and_grad):
            with pytest.raises(ValueError, match=f"^{loss.name}: {role} is ") as refused:
                method(*pair)
            assert "7" in str(refused.value)
        there = np.arange(len(p)) != 7  # a row of weight 0 is not there
        assert loss(*pair, there) == pytest.approx(loss(p[there], y[there]), rel=1e-12)


def test_the_first_bad_place_is_named_in_every_block():
    p = np.zeros(50_000)
    p[[40_001, 44_000]] = np.nan
    for method in (squared, squared.each, squared.grad, tukey, tukey.each):
        with pytest.raises(ValueError, match="prediction is nan at index 40001"):
            method(p, np.zeros(50_000))
    y = np.zeros(50_000)
    y[40_001] = -1
    for method in (logistic, logistic.each, logistic.grad):
        with pytest.raises(ValueError, match="target is -1.0 at index 40001"):
            method(np.zeros(50_000), y)


class Pandas(SimpleNamespace):
    """What lossutils asks of a pandas object; pandas itself is no dependency, not even of the tests."""

    __module__ = "pandas.core.series"

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.values, dtype)


class Index(list):
    def equals(self, other):
        return list(self) == list(other)


def series(values, index):
    return Pandas(values=values, index=Index(index))


def test_pandas_objects_count_by_position_and_differing_indexes_are_refused():
    mine, same, other = series([1, 2.0], "ab"), series([1, 3.0], "ab"), series([3.0, 1], "ba")
    assert squared(mine, same) == squared(mine, [1, 3]) == squared([1, 2], same) == 0.5
    with pytest.raises(
        ValueError, match="squared error: prediction and target have a different pandas index; NumPy would"
    ):
        squared(mine, other)
    for pair in ((mine, [1, 3]), ([1, 2], mine)):
        assert squared(*pair, weight=mine) == squared(*pair, [1, 2])
        with pytest.raises(ValueError, match="(prediction|target) and weight have a different pandas index"):
            squared(*pair, weight=other)
    with pytest.raises(ValueError, match="target and weight have a different pandas index"):
        squared.best_constant(mine, other)


def test_real_pandas_objects_are_accepted():
    column = pandas.Series([1.0, 2.0], index=[5, 6])
    assert squared(column, column + 1) == 1.0
    assert squared(pandas.DataFrame({"a": [1.0], "b": [2.0]}), [[1, 1]]) == 0.5
    assert isinstance(squared.grad(column, column), np.ndarray)
    mixed = pandas.DataFrame({"a": [1, 2], "b": [1.5, 2.5]}).convert_dtypes()
    assert np.asarray(mixed).dtype == object and squared(mixed, mixed.to_numpy(float) + 1) == 1.0
    with pytest.raises(ValueError, match="different pandas index"):
        squared(column, column.reset_index(drop=True))
    with pytest.raises(ValueError, match="different pandas columns"):
        squared(pandas.DataFrame({"a": [1.0]}), pandas.DataFrame({"b": [1.0]}))
    with pytest.raises(ValueError, match="prediction is nan at index 1"):
        squared(pandas.Series([1, None], dtype="Int64"), [1, 2])


def test_what_looks_unusual_but_means_something_is_accepted():
    assert squared([[1, 2], [3, 4]], ((1, 2), (3, 5))) == 0.25
    assert squared(range(3), range(1, 4)) == 1.0
    assert squared(True, [False, True]) == 0.5
    assert squared(np.float16([300]), np.float16([0])) == 90_000
    assert squared.each(np.float16([1]), np.float16([0])).dtype == np.float32
    assert squared(np.array([1, True, 2.5, np.float32(2)], object), [1, 0, 2.5, 2]) == 0.25
    assert Huber(delta=2**70) == Huber(delta=2.0**70) and Huber(delta=2**70)([3], [1]) == 2.0
    assert squared.each(np.longdouble([1]), np.longdouble([0])).dtype == np.float64
    assert softmax(Z, np.array([1.0, 2.0])) == softmax(Z, [1, 2]) == softmax(Z, np.uint8([1, 2]))
    assert softmax([[1.0, -np.inf]], [0]) == 0.0
    assert softmax([[1.0, -np.inf]], [1]) == np.inf
    assert squared(np.asfortranarray(Z), Z[:, ::-1][:, ::-1]) == 0.0


def test_a_formula_that_takes_the_mean_itself_is_told_so():
    class Mine(Loss):
        def formula(self, p, y):
            return np.mean((p - y) ** 2)

    for method in (Mine(), Mine().each, Mine().value_and_grad):
        with pytest.raises(
            ValueError, match="mine: its formula returned shape .* for 3 samples; it must give one loss"
        ):
            method(Y, Y)


def test_a_search_tells_it_too_and_a_list_is_called_a_list():
    class Mine(Loss):
        def formula(self, p, y):
            return [abs(a - b) for a, b in zip(p, y, strict=True)]

    for call in (lambda: Mine()(Y, Y), lambda: Mine().grad(Y, Y), lambda: Mine().best_constant(Y)):
        with pytest.raises(ValueError, match="mine: its formula returned a list for 3 samples; it must give one loss"):
            call()


@pytest.mark.parametrize("wrong", [np.mean, lambda slope: slope[:, np.newaxis], list])
def test_a_derivative_of_another_shape_is_told_so(wrong):
    class Mine(Loss):
        def formula(self, p, y):
            return (p - y) ** 2

        def derivative(self, p, y):
            return wrong(2 * (p - y))

    with pytest.raises(ValueError, match=r"mine: its derivative returned .* for predictions of shape \(3,\)"):
        Mine().grad(Y, Y)


def test_a_formula_that_gives_nan_is_told_so():
    class Mine(Loss):
        def formula(self, p, y):
            return np.log(p - y)

    for method in (Mine(), Mine().each, Mine().grad):
        with pytest.raises(FloatingPointError, match="mine: its formula gives nan for legal input, first at sample 1"):
            method([3, 1], [1, 2])


def test_a_loss_without_a_formula_says_so():
    class Mine(Loss):
        pass

    with pytest.raises(NotImplementedError, match="Mine states no formula"):
        Mine()(Y, Y)


def test_what_a_loss_does_not_state_is_refused_by_name():
    class Mine(Loss):
        def formula(self, p, y):
            return np.abs(p - y)

    with pytest.raises(NotImplementedError, match="mine states no curvature"):
        Mine().curvature(Y, Y)
    with pytest.raises(NotImplementedError, match="Dice states no best constant"):
        Dice().best_constant([[0, 1]])


def test_finished_losses_cannot_be_subclassed():
    with pytest.raises(TypeError, match="Mine: SquaredError is a finished loss; write a new subclass of Loss"):
        type("Mine", (SquaredError,), {})


@pytest.mark.parametrize("loss", CATALOGUE, ids=lambda loss: type(loss).__name__)
def test_losses_are_frozen(loss):
    for name in ("delta", "tex", *(field.name for field in dataclasses.fields(loss))):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(loss, name, 1.0)
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(loss, name)


def test_a_parameter_that_may_be_infinite_says_so():
    class Mine(Loss):
        width: float = param(1.0, POSITIVE_OR_INFINITE)

        def formula(self, p, y):
            return np.minimum(np.abs(p - y), self.width)

    assert Mine(np.inf)([3], [1]) == 2.0
    with pytest.raises(ValueError, match="Mine: width is nan, but must be a number above 0, or infinity"):
        Mine(np.nan)
