"""The catalogue: one ordered tuple of all losses, by family, and the cheat sheet made from it.

    catalogue.table(catalogue.FAMILIES["robust"])          # a Markdown table in a notebook

`lossutils.plot.sheet.cheat_sheet` prints the table of all on paper. The parameters are no special case, so that a
mistake in one of them shows.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from typing import NamedTuple

from lossutils import losses
from lossutils.engine import card
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
TITLES = {  # of the families, on the cheat sheet
    "regression": "Numbers",
    "robust": "Numbers with gross errors",
    "likelihood": "Likelihoods",
    "two classes": "Two classes",
    "several classes": "Several classes",
    "overlap": "Masks",
}
CATALOGUE: tuple[Loss, ...] = tuple(loss for family in FAMILIES.values() for loss in family)


def signature(loss: Loss) -> str:
    """Return a loss's name with the names of its parameters: Huber(delta)."""
    return f"{type(loss).__name__}({', '.join(field.name for field in dataclasses.fields(loss))})"


def claims(loss: Loss) -> str:
    """Say the claims of a loss whatever its parameters are: where these decide, that it holds for some of them."""
    some = {trait for trait in card.TRAITS if isinstance(vars(type(loss)).get(trait), property)}
    claimed = {trait: trait in some or getattr(loss, trait) for trait in card.TRAITS}
    return ", ".join(
        card.claim(loss, trait, value) + " for some parameters" * (trait in some)
        for trait, value in claimed.items()
        if value is not None
    )


def title(loss: Loss) -> str:
    """Return the title of a loss's family; of a loss of your own "Other losses"."""
    families = (family for family, members in FAMILIES.items() if type(loss) in map(type, members))
    return TITLES.get(next(families, ""), "Other losses")


def tall(tex: str) -> str:
    r"""Return TeX in whose outermost fractions letters have their full size, in a line that is high enough for them.

    Numbers such as \frac{1}{2} stay small. Lines of a table stand close, and fractions of two of them would touch.
    """
    depth, pieces = 0, []
    for piece in re.split(r"(\\frac\{|[{}])", tex):
        outermost = piece == r"\frac{" and not depth
        depth += piece.endswith("{") - (piece == "}")
        pieces.append(r"\dfrac{" if outermost else piece)
    large = re.sub(r"\\dfrac(\{\d+\}\{\d+\})", r"\\frac\1", "".join(pieces))
    parts = (rf"\vphantom{{\Bigg/}} {part}" if r"\dfrac" in part else part for part in large.split(card.NEXT))
    return card.NEXT.join(parts)


class Row(NamedTuple):
    """What the cheat sheet says of one loss: TeX of the loss and its slope, the others in Markdown."""

    family: str
    name: str
    tex: str
    slope: str
    learns: str
    traits: str


@dataclasses.dataclass(frozen=True, repr=False)
class Table:
    """The cheat sheet of some losses: formulas, then what a constant learns and the claims. A notebook shows it."""

    losses: tuple[Loss, ...]

    def rows(self) -> list[Row]:
        """Return what is said of each loss."""
        return [
            Row(
                title(loss),
                signature(loss),
                loss.tex,
                loss.derivative_tex,
                loss.predicts.replace("|", r"\|"),
                claims(loss),
            )
            for loss in self.losses
        ]

    def __repr__(self) -> str:
        return f"<cheat sheet of {len(self.losses)} losses>"

    def _repr_markdown_(self) -> str:
        """Return two tables that fit a phone: what would need a column of its own stands under the loss's name."""
        rows = self.rows()
        formulas = [
            f"| `{row.name}`<br>{card.formulas(tall(row.tex))}<br>slope {card.formulas(tall(row.slope))} |"
            for row in rows
        ]
        names = [f"`{row.name.partition('(')[0]}`" + f"<br>{row.learns}" * bool(row.learns) for row in rows]
        claimed = [f"| {name} | {row.traits} |" for name, row in zip(names, rows, strict=True)]
        learned = "loss: what a constant learns" if any(row.learns for row in rows) else "loss"
        heads = ("| loss, and its slope in the prediction |", "|:--|", f"| {learned} | traits |", "|:--|:--|")
        return "\n".join([*heads[:2], *formulas, "", *heads[2:], *claimed, ""])


def table(losses: Iterable[Loss] = CATALOGUE) -> Table:
    """Return the cheat sheet of the given losses, by default of all."""
    return Table(tuple(losses))
