"""Names in words, as errors and cards print them."""

from __future__ import annotations

import re

PEOPLE = ("Huber", "Cauchy", "Geman", "Welsch", "Tukey", "Barron", "Gauss", "Laplace", "Poisson", "Brier", "Kullback",
          "Dice", "Jaccard", "Tversky")  # fmt: skip


def words_of(class_name: str) -> str:
    """Split a class name into words: SquaredError -> squared error, PoissonNLL -> Poisson NLL."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]*", class_name) or [class_name]
    if class_name.startswith(PEOPLE):
        return " ".join([words[0], *(w if w.isupper() else w.lower() for w in words[1:])])
    return " ".join(w if w.isupper() else w.lower() for w in words)
