"""Writes tests/golden/*.json: what PyTorch, Keras, optax and others answer, for tests without these libraries.

    python tools/course.py golden      (a gigabyte, in .venv-oracles)

Asked is what a card tells: the words of `elsewhere`. The numbers of a question are drawn from the loss's own repr, so
that a loss more, wherever it is taught, is a line more and changes no other.
"""

import importlib.metadata
import json
import zlib
from pathlib import Path

import numpy as np

from lossutils import CATALOGUE, rng
from tests.proof import oracles

FOLDER = Path(__file__).parents[1] / "golden"
DISTRIBUTIONS = {
    "torch": "torch",
    "keras": "keras",
    "optax": "optax",
    "sklearn": "scikit-learn",
    "statsmodels": "statsmodels",
}


def questions(library):
    """Yield (loss, words) for each card that has words of this library, where its answers are the exact numbers."""
    inexact = oracles.BESIDE.get(library, set()) | oracles.LEAVES_SIMPLEX.get(library, set())
    for loss in CATALOGUE:
        if library in loss.elsewhere and type(loss).__name__ not in inexact:
            yield loss, loss.elsewhere[library]


def entry(loss, library, words):
    """Return one question with its answers, with and without weights."""
    p, y = oracles.example(loss, library, rng(zlib.crc32(repr(loss).encode())), n=5, classes=3)
    w = np.array([1.0, 0.5, 0.0, 2.0, 3.5])
    (value, slope), (weighted, weighted_slope) = (oracles.ask(library, words, loss, p, y, *more) for more in ((), (w,)))
    lists = {"pred": p, "target": y, "weight": w, "gradient": slope, "weighted_gradient": weighted_slope}
    numbers = {name: None if array is None else np.asarray(array).tolist() for name, array in lists.items()}
    return {"loss": repr(loss), "words": words, **numbers, "value": value, "weighted_value": weighted}


def main():
    """Ask every library, and write a file for each."""
    for library, distribution in DISTRIBUTIONS.items():
        entries = [entry(loss, library, words) for loss, words in questions(library)]
        version = importlib.metadata.version(distribution).split("+")[0]
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
        text = f'{{"made by": "{distribution} {version}, tests/proof/make_golden.py", "entries": [\n{lines}\n]}}\n'
        (FOLDER / f"{library}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
