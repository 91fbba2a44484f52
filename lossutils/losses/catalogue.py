"""The catalogue: one ordered tuple of all losses, by family, and the cheat sheet made from it.

    catalogue.table(catalogue.FAMILIES["robust"])          # a Markdown table in a notebook

`lossutils.plot.sheet.cheat_sheet` prints the table of all on one page of paper. The parameters are no special case, so
that a mistake in one of them shows.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from lossutils import losses
from lossutils.loss import Loss

FAMILIES: dict[str, tuple[Loss, ...]] = {
    "regression": (
        losses.SquaredError(),
        losses.AbsoluteError(),
        losses.Huber(delta=1.5),
        losses.LogCosh(c=0.7),
        losses.Pinball(tau=0.8),
        losses.Expectile(tau=0.3),
        losses.EpsilonInsensitive(epsilon=0.4),
        losses.AbsolutePercentageError(),
        losses.SquaredLogarithmicError(),
    ),
    "robust": (
        losses.Cauchy(c=1.3),
        losses.GemanMcClure(c=1.7),
        losses.Welsch(c=1.4),
        losses.Tukey(c=2.5),
        losses.Barron(alpha=-0.7, c=1.3),
    ),
    "likelihood": (
        losses.GaussianNLL(variance=0.6),
        losses.LaplaceNLL(scale=0.7),
        losses.PoissonNLL(),
        losses.GammaNLL(),
        losses.TweedieNLL(power=1.3),
    ),
    "two classes": (
        losses.BinaryCrossEntropy(),
        losses.Brier(),
        losses.LogisticLoss(),
        losses.Hinge(),
        losses.SquaredHinge(),
        losses.Exponential(),
        losses.Savage(),
        losses.Focal(gamma=1.5, alpha=0.3),
    ),
    "several classes": (
        losses.CategoricalCrossEntropy(),
        losses.KullbackLeibler(),
        losses.SoftmaxCrossEntropy(),
        losses.SoftmaxFocal(gamma=1.5),
        losses.GeneralizedCrossEntropy(q=0.6),
        losses.SymmetricCrossEntropy(alpha=0.4, beta=0.7, A=-3.0),
    ),
    "overlap": (
        losses.Dice(),
        losses.Jaccard(),
        losses.Tversky(alpha=0.3, beta=0.9),
    ),
}
CATALOGUE: tuple[Loss, ...] = tuple(loss for family in FAMILIES.values() for loss in family)

TRAITS = {"convex": "convex", "smooth": "smooth", "bounded_influence": "bounded pull", "proper": "proper"}


def signature(loss: Loss) -> str:
    """Return a loss's name with the names of its parameters: Huber(delta)."""
    return f"{type(loss).__name__}({', '.join(field.name for field in dataclasses.fields(loss))})"


def answer(loss: Loss, trait: str) -> str:
    """Return yes, no, nothing where it is not claimed, or that it depends on the parameters."""
    if isinstance(vars(type(loss)).get(trait), property):
        return "depends"
    return {True: "yes", False: "no", None: ""}[getattr(loss, trait)]


@dataclasses.dataclass(frozen=True, repr=False)
class Table:
    """The cheat sheet of some losses: formula, slope, what a constant learns, and claims. A notebook shows it."""

    losses: tuple[Loss, ...]

    def heads(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return "", "loss", "slope", "a constant learns", *TRAITS.values()

    def rows(self) -> list[tuple[str, ...]]:
        """Return for each loss its name, TeX of loss and slope, what a constant learns, and yes or no per claim."""
        return [
            (signature(loss), loss.tex, loss.derivative_tex, loss.predicts, *(answer(loss, trait) for trait in TRAITS))
            for loss in self.losses
        ]

    def __repr__(self) -> str:
        return f"<cheat sheet of {len(self.losses)} losses>"

    def _repr_markdown_(self) -> str:
        head = f"| {' | '.join(self.heads())} |\n|{':--|' * len(self.heads())}\n"
        lines = (
            f"| `{name}` | ${tex}$ | ${slope}$ | {learns.replace('|', chr(92) + '|')} | {' | '.join(claims)} |\n"
            for name, tex, slope, learns, *claims in self.rows()
        )
        return head + "".join(lines)


def table(losses: Iterable[Loss] = CATALOGUE) -> Table:
    """Return the cheat sheet of the given losses, by default of all."""
    return Table(tuple(losses))
