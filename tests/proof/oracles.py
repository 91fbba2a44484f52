"""Other libraries, asked in the words of the cards: the strings of `elsewhere` are evaluated as they stand.

In these words the prediction has the letter that the loss's own code gives it, p or z, and no other; y is the target
(class numbers, where there are several classes), q the memberships. Parameters go by their names or Greek letters.
PyTorch, Keras (on PyTorch) and optax also give gradients. Needs the extra `oracle`; numbers are float64, float32 where
the prediction is given as such.
"""

import ast
import dataclasses
import os

import numpy as np

from lossutils.engine.card import GREEK, letter
from lossutils.engine.domain import CLASSES, LABEL, PROBABILITY

BESIDE = {
    "keras": {"Dice", "Jaccard", "Tversky", "PoissonNLL"}
}  # it adds 1e-7, so its answers lie beside the exact ones
LEAVES_SIMPLEX = {"keras": {"CategoricalCrossEntropy"}}  # it divides a row by its sum: no slope along the sum


def parameters(loss):
    """The loss's parameters by name, and by Greek letter where the words use one."""
    values = {field.name: getattr(loss, field.name) for field in dataclasses.fields(loss)}
    return {**values, **{GREEK[name]: value for name, value in values.items() if name in GREEK}}


def wants_numbers(words):
    """Whether the words use y: then a loss of several classes is asked with class numbers, else with memberships."""
    return any(isinstance(node, ast.Name) and node.id == "y" for node in ast.walk(ast.parse(words)))


def ask(library, words, loss, p, y, weight=None, **more):
    """Return the value of the words and their gradient in p (None where the library has none).

    With weights, the same function is asked for one loss a sample, and weighs with the words of that library.
    """
    if weight is not None:
        words = ast.unparse(ast.fix_missing_locations(Weighted(library).visit(ast.parse(words, mode="eval"))))
    p = np.asarray(p, np.float32 if getattr(p, "dtype", None) == np.float32 else float)
    y = np.asarray(y, p.dtype if np.asarray(y).dtype.kind == "f" else None)
    return ANSWERS[library](words, letter(loss), {**parameters(loss), **more}, p, y, weight)


class Weighted(ast.NodeTransformer):
    """Changes words for a mean into words for one loss a sample, or for a mean with weights where there are such."""

    def __init__(self, library, reduction="mean_with_sample_weight"):
        self.library, self.reduction = library, reduction  # Keras's own default divides by n

    def visit_Call(self, node):
        self.generic_visit(node)
        function = ast.unparse(node.func)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "mean":
            return node.func.value
        makes_a_loss = isinstance(node.func, ast.Attribute)
        if self.library == "torch" and function.startswith("torch.nn.") and makes_a_loss:
            kept = [word for word in node.keywords if word.arg != "reduction"]
            node.keywords = [*kept, ast.keyword("reduction", ast.Constant("none"))]
        if self.library == "keras" and function.startswith("keras.losses."):
            reduction, weight = ("reduction", ast.Constant(self.reduction)), ("sample_weight", ast.Name("weight"))
            node.keywords.append(ast.keyword(*(reduction if makes_a_loss else weight)))
        if self.library == "sklearn" and function.startswith("sklearn.metrics."):
            node.keywords.append(ast.keyword("sample_weight", ast.Name("weight")))
        return node


def torch():
    import torch

    torch.set_num_threads(1)
    return torch


def keras(dtype="float64"):
    os.environ["KERAS_BACKEND"] = "torch"
    import keras
    from keras.src.backend.common import dtypes

    keras.config.set_floatx(dtype)
    dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"  # else it takes means in float32, whatever floatx says
    return keras


def jax():
    import jax

    jax.config.update("jax_enable_x64", True)
    return jax


def of_torch(words, its_name, names, p, y, weight):
    library = torch()
    score = library.tensor(p, requires_grad=True)
    names = {"torch": library, its_name: score, "y": library.tensor(y), "q": library.tensor(y), **names}
    value = eval(words, names)
    if weight is not None:
        value = value.sum(-1) if value.ndim > 1 else value
        w = library.tensor(weight)
        value = (w * value).sum() / w.sum()
    value.backward()
    return value.item(), score.grad.numpy()


def of_keras(words, its_name, names, p, y, weight):
    library, tensor = keras(p.dtype.name), torch().tensor
    score = tensor(p, requires_grad=True)
    prediction, target = score, tensor(y)
    if weight is not None and p.ndim == 1:  # Keras takes the last axis for outputs of one sample
        prediction, target = score[:, None], target[:, None]
    names = {"keras": library, its_name: prediction, "y": target, "q": target, **names}
    value = eval(words, {**names, "weight": None if weight is None else tensor(weight)})
    value.backward()
    return value.item(), score.grad.numpy()


def of_optax(words, its_name, names, p, y, weight):
    library = jax()
    import optax

    def value(score):
        target = library.numpy.asarray(y)
        answer = eval(words, {"optax": optax, "jax": library, its_name: score, "y": target, "q": target, **names})
        return answer if weight is None else (weight * answer).sum() / weight.sum()

    number, slope = library.value_and_grad(value)(library.numpy.asarray(p))
    return float(number), np.asarray(slope)


def of_sklearn(words, its_name, names, p, y, weight):
    import sklearn.metrics

    return float(
        eval(words, {"sklearn": sklearn, "np": np, its_name: p, "y": y, "q": y, "weight": weight, **names})
    ), None


def of_statsmodels(words, its_name, names, p, y, weight):
    import statsmodels.robust.norms

    each = eval(words, {"statsmodels": statsmodels, its_name: p, "y": y, **names})
    return float(each if weight is None else np.average(each, weights=weight)), None


ANSWERS = {
    "torch": of_torch,
    "keras": of_keras,
    "optax": of_optax,
    "sklearn": of_sklearn,
    "statsmodels": of_statsmodels,
}


def draw(loss, rng, n=30, classes=4):
    """Draw predictions and targets where every library's answer is finite: labels 0 and 1, rows of memberships."""
    shape = (n, classes) if loss.row_wise else (n,)
    p, y = loss.prediction.draw(rng, shape), loss.target.draw(rng, shape)
    if loss.prediction is PROBABILITY:
        p = rng.uniform(0.02, 0.98, shape)
    if loss.target is LABEL:
        y = rng.randint(0, 2, shape).astype(float)
    if loss.target is CLASSES:
        y = rng.dirichlet(np.ones(classes), n)
        p = rng.dirichlet(np.ones(classes), n) if loss.prediction is PROBABILITY else p
    return p, y


def example(loss, library, rng, n=30, classes=4):
    """Draw as `draw` does, what the words of this library take: class numbers, or nothing below 0."""
    p, y = draw(loss, rng, n, classes)
    if loss.target is CLASSES and wants_numbers(loss.elsewhere.get(library, "q")):
        y = np.argmax(y, axis=1)
    if (type(loss).__name__, library) == ("SquaredLogarithmicError", "keras"):
        p, y = np.abs(p), np.abs(y)
    return p, y
