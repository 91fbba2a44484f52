"""Writes tests/golden/*.json: what PyTorch, Keras, optax and others answer, for tests without these libraries.

python tools/course.py golden
"""

import importlib.metadata
import json
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
ADDS_EPSILON = {"Dice", "Jaccard", "Tversky", "PoissonNLL"}  # Keras answers up to 1e-7 beside; see the cards
LEAVES_SIMPLEX = {"CategoricalCrossEntropy"}  # Keras divides rows by their sum first; see tests/proof/test_oracles.py


def entry(loss, library, words, seed):
    """Return one question with its answers, with and without weights."""
    p, y = oracles.example(loss, library, rng(seed), n=5, classes=3)
    w = np.array([1.0, 0.5, 0.0, 2.0, 3.5])
    (value, slope), (weighted, weighted_slope) = (oracles.ask(library, words, loss, p, y, *more) for more in ((), (w,)))
    lists = {"pred": p, "target": y, "weight": w, "gradient": slope, "weighted_gradient": weighted_slope}
    numbers = {name: None if array is None else np.asarray(array).tolist() for name, array in lists.items()}
    return {"loss": repr(loss), "words": words, **numbers, "value": value, "weighted_value": weighted}


def main():
    FOLDER.mkdir(exist_ok=True)
    for library, distribution in DISTRIBUTIONS.items():
        entries = []
        for seed, loss in enumerate(CATALOGUE):
            if library == "keras" and type(loss).__name__ in ADDS_EPSILON | LEAVES_SIMPLEX:
                continue
            entries += [entry(loss, library, words, seed) for name, words in oracles.questions(loss) if name == library]
        version = importlib.metadata.version(distribution).split("+")[0]
        lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
        text = f'{{"made by": "{distribution} {version}, tests/proof/make_golden.py", "entries": [\n{lines}\n]}}\n'
        (FOLDER / f"{library}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
