"""Folded, for the curious: shares far away, other exponents and scales of fuzzy c-means, rules that classify."""

from __future__ import annotations

import itertools

import numpy as np

from lossutils import LogisticLoss, data, rng
from lossutils.chapters.ch19.means import fuzzy_c_means
from lossutils.models import Network, Sugeno
from lossutils.plot.folded import curious, rows_of
from lossutils.plot.texts import number
from lossutils.training import Adam, train


def far_away() -> None:
    """Show the share of the heavy rule far beyond the heaviest car, for both shapes of membership."""
    cars = data.auto_mpg()
    weight = cars["weight"][0::2, np.newaxis].astype(float)
    rows = []
    for pounds in (weight.max(), 10_000.0, 1_000_000.0):
        shares = [Sugeno.over(weight, shape=shape).shares([[pounds]])[0, 1] for shape in ("bell", "gaussian")]
        rows.append((f"{pounds:,.0f}", *(f"{share:.3f}" for share in shares)))
    curious(
        "a car of a million pounds",
        "Far from all centres every strength is tiny. Strengths that are computed first become 0 in a float, and the "
        r"share becomes $0/0$. The library computes $\log a_r$ instead, and takes the softmax of these logarithms: "
        r"$e^{\log a_r}$ divided by the sum of them is the share, for every shape of membership. Here is the share of "
        "the rule for heavy cars:",
        rows_of(("weight in pounds", "bells", "Gaussians"), rows),
        "Two Gaussians of one width hand everything to the nearer rule, as a sigmoid of the weight. Two bells forget "
        "which one is nearer: far away both have the share one half. Neither is right there; no car was.",
    )


def errors_against(memberships, species) -> int:
    """How many rows lie in another group than their species, for the best way to name the groups."""
    group = memberships.argmax(axis=1)
    kinds, which = np.unique(species, return_inverse=True)
    names = itertools.permutations(range(memberships.shape[1]), len(kinds))
    return min(int(np.sum(np.array(name)[which] != group)) for name in names)


def random_memberships(n: int, K: int, seed: int) -> np.ndarray:
    """Uniform draws (n, K), each row divided by its sum."""
    drawn = rng(seed).uniform(size=(n, K))
    return drawn / drawn.sum(axis=1, keepdims=True)


def more_or_less_fuzzy(X, species) -> None:
    """Show what the exponent m and the scale of the inputs do to the groups."""
    start, rows = random_memberships(len(X), 3, 0), []
    standardised = (X - X.mean(axis=0)) / X.std(axis=0)
    for what, Z, m in (
        ("centimetres", X, 1.05),
        ("centimetres", X, 2.0),
        ("centimetres", X, 4.0),
        ("standardised", standardised, 2.0),
        ("petals alone", X[:, 2:], 2.0),
    ):
        found = fuzzy_c_means(Z, start, m)
        largest = found.memberships.max(axis=1).mean()
        errors = errors_against(found.memberships, species)
        rows.append((what, number(m), f"{found.costs[-1]:.2f}", f"{largest:.2f}", str(errors)))
    curious(
        "another exponent, another scale",
        "The exponent $m$ says how blurred the groups may be. Near 1 each flower belongs to one group nearly whole. "
        "*Largest* is the mean of the largest membership of each flower; *errors* are flowers outside the group of "
        "their species:",
        rows_of(("inputs", "$m$", "$J$", "largest", "errors"), rows),
        "The cost falls as $m$ grows, whatever the groups are worth: a membership below 1 becomes smaller when it is "
        "raised to a higher power. So costs of different $m$ cannot be compared. Nor can those of different inputs: "
        "$J$ has the squared unit of the inputs.",
    )


def rules_that_classify() -> None:
    """Show four rules whose blend is a score: versicolor or virginica, by the petals."""
    iris = data.iris()
    two = iris["species"] > 0
    X, y = iris.matrix("petal_length", "petal_width")[two], iris["species"][two] - 1
    X, loss, rows = (X - X.mean(axis=0)) / X.std(axis=0), LogisticLoss(), []
    for name, made in (
        ("four rules", lambda random: Sugeno.over(X)),
        ("one linear score", lambda random: Network([2, 1], random)),
    ):
        ended = []
        for seed in range(5):
            random = rng(seed)
            model = made(random)
            train(model, loss, X, y, Adam(0.05), epochs=100, batch=25, rng=random)
            z = model.forward(X)
            ended.append((loss(z, y), np.sum((z > 0) != y)))
        losses, wrong = np.array(ended).T
        rows.append((name, f"{losses.min():.2f} to {losses.max():.2f}", f"{wrong.min():.0f} to {wrong.max():.0f}"))
    curious(
        "rules that classify",
        "The blend of the rules may be a score $z$. Then the logistic loss of chapter 08 trains it, memberships and "
        "lines together, through the same slope. Here four rules over two petal measures tell versicolor from "
        "virginica, on the 100 flowers that they learnt from, with five seeds:",
        rows_of(("model", "mean logistic loss", "errors"), rows),
        "The four rules can all say the same line, so trained to their lowest point they never have the higher loss. "
        "Whether new flowers gain, only new flowers can say.",
    )
