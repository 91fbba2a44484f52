"""Fuzzy c-means: groups without targets, by a loss that is walked down in two kinds of step. Dunn 1973, Bezdek 1981."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Groups(NamedTuple):
    """What the search ends with: `memberships` (n, K), `centres` (K, d), and the cost J after each round."""

    memberships: np.ndarray
    centres: np.ndarray
    costs: np.ndarray


def memberships_of(squares: np.ndarray, m: float = 2.0) -> np.ndarray:
    """Return the best memberships for squared distances (n, K): shares of 1 / squares^(1/(m − 1)), rows sum to 1."""
    nearest = squares.min(axis=1, keepdims=True)
    ratio = np.divide(nearest, squares, out=np.ones_like(squares), where=squares > 0)  # 1 where a row meets a centre
    parts = ratio ** (1 / (m - 1))
    return parts / parts.sum(axis=1, keepdims=True)


def squared_distances(X: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the squared distance of each row to each centre: (n, K)."""
    return np.sum((X[:, np.newaxis] - centres) ** 2, axis=2)


def fuzzy_c_means(X, memberships, m: float = 2.0, tolerance: float = 1e-10, rounds: int = 1000) -> Groups:
    """Lower J = Σ memberships^m · squared distance from these memberships (n, K), until a round hardly lowers it."""
    X, memberships, costs = np.asarray(X, float), np.asarray(memberships, float), []
    for _ in range(rounds):
        counts = memberships**m
        centres = counts.T @ X / counts.sum(axis=0)[:, np.newaxis]
        squares = squared_distances(X, centres)
        memberships = memberships_of(squares, m)
        costs.append(np.sum(memberships**m * squares))
        if len(costs) > 1 and costs[-2] - costs[-1] <= tolerance * costs[-1]:
            break
    return Groups(memberships, centres, np.array(costs))
