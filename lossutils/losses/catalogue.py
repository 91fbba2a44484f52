"""The catalogue: one ordered tuple of all losses, by family, and the cheat sheet made from it.

    catalogue.table(catalogue.FAMILIES["robust"])          # a Markdown table in a notebook
    catalogue.table().tex()                                # all of them, as a LaTeX document of one page

The parameters are no special case, so that a mistake in one of them shows. `plot.sheet.cheat_sheet` draws it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from lossutils.loss import Loss
from lossutils.losses.asymmetric import Expectile, Pinball
from lossutils.losses.binary import BinaryCrossEntropy, Brier, LogisticLoss
from lossutils.losses.imbalance import Focal, SoftmaxFocal
from lossutils.losses.label_noise import GeneralizedCrossEntropy, SymmetricCrossEntropy
from lossutils.losses.likelihood import GammaNLL, GaussianNLL, LaplaceNLL, PoissonNLL, TweedieNLL
from lossutils.losses.margin import Exponential, Hinge, Savage, SquaredHinge
from lossutils.losses.multiclass import CategoricalCrossEntropy, KullbackLeibler, SoftmaxCrossEntropy
from lossutils.losses.overlap import Dice, Jaccard, Tversky
from lossutils.losses.regression import (
    AbsoluteError,
    EpsilonInsensitive,
    Huber,
    LogCosh,
    SquaredError,
)
from lossutils.losses.relative import AbsolutePercentageError, SquaredLogarithmicError
from lossutils.losses.robust import Barron, Cauchy, GemanMcClure, Tukey, Welsch

FAMILIES: dict[str, tuple[Loss, ...]] = {
    "regression": (
        SquaredError(),
        AbsoluteError(),
        Huber(delta=1.5),
        LogCosh(c=0.7),
        Pinball(tau=0.8),
        Expectile(tau=0.3),
        EpsilonInsensitive(epsilon=0.4),
        AbsolutePercentageError(),
        SquaredLogarithmicError(),
    ),
    "robust": (
        Cauchy(c=1.3),
        GemanMcClure(c=1.7),
        Welsch(c=1.4),
        Tukey(c=2.5),
        Barron(alpha=-0.7, c=1.3),
    ),
    "likelihood": (
        GaussianNLL(variance=0.6),
        LaplaceNLL(scale=0.7),
        PoissonNLL(),
        GammaNLL(),
        TweedieNLL(power=1.3),
    ),
    "two classes": (
        BinaryCrossEntropy(),
        Brier(),
        LogisticLoss(),
        Hinge(),
        SquaredHinge(),
        Exponential(),
        Savage(),
        Focal(gamma=1.5, alpha=0.3),
    ),
    "several classes": (
        CategoricalCrossEntropy(),
        KullbackLeibler(),
        SoftmaxCrossEntropy(),
        SoftmaxFocal(gamma=1.5),
        GeneralizedCrossEntropy(q=0.6),
        SymmetricCrossEntropy(alpha=0.4, beta=0.7, A=-3.0),
    ),
    "overlap": (
        Dice(),
        Jaccard(),
        Tversky(alpha=0.3, beta=0.9),
    ),
}
CATALOGUE: tuple[Loss, ...] = tuple(loss for family in FAMILIES.values() for loss in family)

TRAITS = {"convex": "convex", "smooth": "smooth", "bounded_influence": "bounded pull", "proper": "proper"}
GREEK = {"α": r"$\alpha$", "δ": r"$\delta$", "ε": r"$\varepsilon$", "−∞": r"$-\infty$", "|y|": r"$\vert y\vert$"}
PAGE = r"""\documentclass{article}
\usepackage[a4paper,landscape,margin=8mm]{geometry}
\usepackage{amsmath,graphicx}
\pagestyle{empty}
\begin{document}
\noindent\renewcommand{\arraystretch}{1.6}
\resizebox{\textwidth}{!}{%s}
\end{document}
"""


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

    def tex(self) -> str:
        """Return a LaTeX document of one landscape page, for `pdflatex`."""
        lines = [" & ".join(self.heads()) + r" \\ \hline"]
        for name, tex, slope, learns, *claims in self.rows():
            for letter, command in GREEK.items():
                learns = learns.replace(letter, command)
            cells = rf"\texttt{{{name}}}", rf"$\displaystyle {tex}$", rf"$\displaystyle {slope}$", learns, *claims
            lines.append(" & ".join(cells) + r" \\")
        body = "\n".join(lines)
        return PAGE % rf"\begin{{tabular}}{{{'l' * len(self.heads())}}}" "\n" f"{body}\n\\end{{tabular}}"


def table(losses: Iterable[Loss] = CATALOGUE) -> Table:
    """Return the cheat sheet of the given losses, by default of all."""
    return Table(tuple(losses))
