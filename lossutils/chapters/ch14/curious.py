"""Folded, for the curious: parts of a loss without bins, a network judged on drawn labels, three p-values."""

from __future__ import annotations

import math

from lossutils import BinaryCrossEntropy, SoftmaxCrossEntropy, SquaredError, evaluation, rng
from lossutils.plot.folded import curious, rows_of


def no_bins(p, y) -> None:
    """Show the parts of two proper losses where no bins are chosen."""
    rows = []
    for name, loss in (("Brier", SquaredError()), ("cross-entropy", BinaryCrossEntropy())):
        parts = evaluation.score_parts(loss, p, y)
        rows.append([name, *(f"{part:.4f}" for part in parts), f"{parts.score:.4f}"])
    curious(
        "parts without bins",
        "Who chooses the bins chooses the parts. There is a way without: sort the rows by their probability, and "
        "replace the probabilities by the rising steps that fit the labels best. What the correction gains is the "
        "*miscalibration*. What the corrected probabilities gain over the constant is the *discrimination*. With the "
        "*uncertainty*, the loss of the constant, the sum is exact, and it works for every proper loss:",
        rows_of(("loss", "miscalibration", "discrimination", "uncertainty", "sum"), rows),
        "The steps have seen the labels, so the miscalibration of an honest model is above 0 here, too. (Dimitriadis, "
        "Gneiting and Jordan 2021.)",
    )


def wrong_labels(scores, y, epochs) -> None:
    """Show what networks cost if the labels of the test are dealt out at random: their confidence, measured."""
    loss, dealt = SoftmaxCrossEntropy(), rng(1).permutation(y)
    rows = []
    for place, epoch in enumerate(epochs):
        found = [loss(z[place], dealt) for z in scores]
        rows.append([str(epoch), f"{min(found):.1f} to {max(found):.1f}"])
    curious(
        "what a sure network pays where nothing can be known",
        "Deal the labels of the test images out at random. Now nobody can know anything, and a network that states "
        f"the shares pays {math.log(10):.1f}. Ours does not know that the labels were dealt out:",
        rows_of(("epoch", "loss on dealt labels, ten runs"), rows),
        "So this test does not end at chance. It ends far above, the more so the surer the network is. To see whether "
        "a network has learned anything, deal out the labels *before* it learns, and compare with chance on new rows.",
    )


def three_p_values(first: int, second: int, n: int, agree: int) -> None:
    """Show the variants of McNemar's test that programs print, and the unpaired test that is wrong here."""
    test = evaluation.mcnemar(first, second)
    corrected = (abs(first - second) - 1) ** 2 / (first + second)
    before, after = agree + first, agree + second
    share = (before + after) / (2 * n)
    unpaired = (before - after) ** 2 / (2 * n * share * (1 - share))
    rows = [
        ["without correction", f"{test.statistic:.3f}", f"{test.p:.2g}"],
        ["with continuity correction", f"{corrected:.3f}", f"{math.erfc(math.sqrt(corrected / 2)):.2g}"],
        ["exact, as throws of a coin", "", f"{test.exact:.2g}"],
        ["unpaired: wrong here", f"{unpaired:.2f}", f"{math.erfc(math.sqrt(unpaired / 2)):.2g}"],
    ]
    curious(
        "what programs print",
        "R software prints the second line unless you ask for the first one. For few disagreements take the exact one.",
        rows_of(("McNemar's test", "statistic", "p"), rows),
        "The last line treats both surveys as if other people had been asked. It uses the same counts, forgets the "
        "pairs, and loses most of the evidence.",
    )
