"""Plants one fault at a time into the losses' own source and asks which law finds it.

    python tools/course.py mutants          every mutant of every loss; writes docs/mutants.md, who killed how many
    python tools/course.py mutants Huber    those of one loss, one a line

A mutant that no law kills is either a hole in the laws or no fault at all; `HARMLESS` lists the latter, each with its
reason. The exit status says whether one survives that is not in the list. It takes half a minute.
"""

import dataclasses
import re
import sys
import warnings
from collections import Counter
from pathlib import Path

import numpy as np

from lossutils import CATALOGUE, checks, rng
from lossutils.checks.refute import examples
from tests.proof.faults import mutants
from tests.proof.instances import SPECIAL
from tests.proof.readings import CURVATURES, DERIVATIVES, FORMULAS

HARMLESS = {  # pattern of a mutant that survives: why it is no fault
    r".*second_derivative: the result is (doubled|divided by n)": "the curvature is 0",
    r"(BinaryCrossEntropy|Brier|CategoricalCrossEntropy|KullbackLeibler).predicts: predicts = 'mean'": "the same mean",
    r"Welsch._ratio: 100 becomes 101|PoissonNLL.*: 1000 becomes 1001": "a cap far beyond what can be represented",
    r"PoissonNLL.formula: 709 becomes 710": "between them only targets beyond 1e305 can overflow",
    r"SoftmaxCrossEntropy.*FEW_CLASSES": "both ways give the same numbers; which is faster depends on the classes",
    r"SoftmaxFocal._ratio: .*": "the limit at p = 1 is multiplied by 1 - p, which is 0 there",
    r"SoftmaxFocal.constant: 1.0 becomes 2.0": "where the search by halving begins; it ends at the same place",
    r"SymmetricCrossEntropy.constant: (2 becomes 3|2 \* self.alpha .*)": "where the search by halving ends; as above",
    r"SoftmaxFocal.(constant|_steepness): the result is .*": "a factor of all steepnesses, or of all exponentials",
    r"SoftmaxFocal._steepness: 0.0 becomes 1.0": "its value at p = 1 is only compared with larger ones",
    r"(Focal|GeneralizedCrossEntropy).constant: the result is .*": "infinities, which stay what they are",
    r"Focal.constant: [01] becomes [12]": "without the short cut the search finds the same infinities",
    r"SymmetricCrossEntropy.constant: (the result is with epsilon|1 becomes 2)": "scores may all move by one number",
    r"SoftmaxFocal.constant: (-1 loses its sign|1 becomes 2)": "any class with a share will do as the measure",
    r"SoftmaxFocal.second_derivative: 0 becomes 1": "reached only where 1 - p is 0, which multiplies it",
}
TABLE = Path(__file__).parents[2] / "docs" / "mutants.md"
HEAD = """# Planted faults, and the law that finds each

Written by `python tools/course.py mutants`, which changes one thing at a time in the source of a loss. A fault counts
for the first law that finds it; `printed` is the second reading of each formula in tests/proof/readings.py, the others
are in `lossutils.checks`. What is harmless is listed with its reason in tests/proof/mutants.py. Those of one loss, one
a line: `python tools/course.py mutants Huber`.

| loss | faults | found by |
|:--|--:|:--|
"""


def printed(loss, rng):
    """The printed formulas have second readings, and they are what the code computes."""
    p, y = examples(loss, rng, 60)
    with np.errstate(all="ignore"):
        pairs = [(FORMULAS, loss.tex, loss.formula(p, y)), (DERIVATIVES, loss.derivative_tex, loss.derivative(p, y))]
        if loss.curvature_tex:
            pairs.append((CURVATURES, loss.curvature_tex, loss.second_derivative(p, y)))
    if loss in SPECIAL:  # where a printed formula is a limit
        return
    near = np.abs(p).reshape(len(p), -1).max(axis=1) <= 15
    for readings, tex, got in pairs:
        if tex not in readings:
            raise checks.Refuted(f"{loss!r}: no second reading of {tex}")
        second = np.array([readings[tex](a, b, loss) for a, b in zip(p[near].tolist(), y[near].tolist(), strict=True)])
        size = 1e-3 * (1 + np.abs(p[near]).reshape(near.sum(), -1).max(axis=1))
        size = size.reshape(-1, *[1] * (second.ndim - 1))
        if not (np.abs(got[near] - second) <= 1e-9 * (np.abs(second) + size)).all():
            raise checks.Refuted(f"{loss!r}: the code computes something else than {tex}")


LAWS = (checks.card, checks.derivative, checks.curvature, printed, *checks.ALL[2:])


def killer(mutant):
    """Return the name of the first law that refutes a mutant with any of its parameters, or "" if it survives."""
    for loss in (loss for loss in CATALOGUE + SPECIAL if type(loss).__name__ == mutant.loss):
        twin = mutant.made(**{field.name: getattr(loss, field.name) for field in dataclasses.fields(loss)})
        for law in LAWS:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    law(twin, rng(1))
            except Exception:
                return law.__name__
    return ""


def harmless(mutant):
    """Return why a mutant that survives is no fault, or "" if it is one."""
    return next((why for pattern, why in HARMLESS.items() if re.fullmatch(pattern, str(mutant))), "")


def main(names):
    """Print a table of all mutants by loss and killer; one by one those of the named losses and those that survive.

    Without names, keep the table in docs/mutants.md.
    """
    totals, survivors, lines = Counter(), 0, []
    for loss in CATALOGUE:
        if names and type(loss).__name__ not in names:
            continue
        found = Counter()
        for mutant in mutants(loss):
            law = killer(mutant) or (harmless(mutant) and "harmless")
            found[law or "SURVIVES"] += 1
            survivors += not law
            if names or not law:
                print(f"{mutant} | {law or 'SURVIVES'}")
        totals += found
        lines.append(row(type(loss).__name__, found))
        print(lines[-1])
    lines.append(row("all", totals))
    print(lines[-1])
    if not names:
        TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return survivors > 0


def row(name, found):
    """Return one line of the table: how many mutants, and how many of them each law found."""
    return f"| {name} | {found.total()} | {', '.join(f'{k} {v}' for k, v in found.most_common())} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
