"""Names in words, as errors and cards print them."""

from __future__ import annotations

import re

PEOPLE = {
    "Huber",
    "Cauchy",
    "Geman",
    "McClure",
    "Welsch",
    "Tukey",
    "Barron",
    "Gauss",
    "Gaussian",
    "Laplace",
    "Poisson",
    "Tweedie",
    "Brier",
    "Savage",
    "Kullback",
    "Leibler",
    "Dice",
    "Jaccard",
    "Tversky",
}
HYPHENED = re.compile(r"(cross|epsilon) (?=entropy|insensitive)")


def words_of(class_name: str) -> str:
    """Split a class name into words: SquaredError -> squared error, GemanMcClure -> Geman-McClure, PoissonNLL."""
    words = re.findall(r"McClure|[A-Z]+(?![a-z])|[A-Z][a-z]*", class_name) or [class_name]
    name = " ".join(word if word in PEOPLE or word.isupper() else word.lower() for word in words)
    name = HYPHENED.sub(r"\1-", name)
    return re.sub(rf"({'|'.join(PEOPLE)}) (?={'|'.join(PEOPLE)})", r"\1-", name)
