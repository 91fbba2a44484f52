"""Plants one fault at a time into the losses' own source and asks which law finds it.

    python -m tests.proof.mutants            every mutant of every loss; writes docs/mutants.md, who killed how many
    python -m tests.proof.mutants Huber      those of one loss, one a line

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
from tests.library import losses as known
from tests.library.losses import SPECIAL
from tests.proof.faults import mutants

HARMLESS = {  # of a mutant that survives, in any loss: why it is no fault; those of one loss stand in its family's file
    r".*second_derivative: the result is (doubled|divided by n)": "the curvature is 0",
    **known.HARMLESS,
}
TABLE = Path(__file__).parents[2] / "docs" / "mutants.md"
HEAD = """# Planted faults, and the law that finds each

Written by `python -m tests.proof.mutants`, which changes one thing at a time in the source of a loss. A fault counts
for the first law that finds it; `printed` is the second reading of each formula in tests/proof/readings.py, the others
are in `lossutils.checks`. What is harmless is listed with its reason in tests/proof/mutants.py. Those of one loss, one
a line: `python -m tests.proof.mutants Huber`.

| loss | faults | found by |
|:--|--:|:--|
"""


def printed(loss, rng):
    """The printed formulas have second readings, and they are what the code computes."""
    p, y = examples(loss, rng, 60)
    with np.errstate(all="ignore"):
        pairs = [(loss.tex, loss.formula(p, y)), (loss.derivative_tex, loss.derivative(p, y))]
        if loss.curvature_tex:
            pairs.append((loss.curvature_tex, loss.second_derivative(p, y)))
    near = np.abs(p).reshape(len(p), -1).max(axis=1) <= 15
    for tex, got in pairs:
        reading = known.reading(loss, tex)
        second = np.array([reading(a, b, loss) for a, b in zip(p[near].tolist(), y[near].tolist(), strict=True)])
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
            if law is printed and loss in SPECIAL:  # where the printed formula is a limit
                continue
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
