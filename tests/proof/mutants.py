"""Plants one fault at a time into the losses' own source and asks which law finds it.

    python tools/course.py mutants            every mutant of every loss: a minute or more
    python tools/course.py mutants Huber      those of one loss, one a line

Both write docs/mutants.md, who killed how many: its rows of these losses. A mutant that no law kills is either a hole
in the laws or no fault at all; `HARMLESS` lists the latter, each with its reason, here or in the file of the loss's
family in tests/library/losses. The exit status says whether one survives that is not in the list.
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

Written by `python tools/course.py mutants`, which changes one thing at a time in the source of a loss. A fault counts
for the first law that finds it; `printed` is the second reading of each formula in tests/library/losses, the others
are in `lossutils.checks`. What is harmless is listed with its reason there, or in tests/proof/mutants.py. Those of one
loss, one a line: `python tools/course.py mutants Huber`.

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
    """Print the mutants of the named losses one by one, or only those of all losses that survive; keep the table."""
    rows = stored()
    for loss in CATALOGUE:
        name = type(loss).__name__
        if names and name not in names:
            continue
        rows[name] = Counter()
        for mutant in mutants(loss):
            law = killer(mutant) or (harmless(mutant) and "harmless") or "SURVIVES"
            rows[name][law] += 1
            if names or law == "SURVIVES":
                print(f"{mutant} | {law}")
        print(row(name, rows[name]))
    rows = {name: rows[name] for name in (type(loss).__name__ for loss in CATALOGUE) if name in rows}
    total = sum(rows.values(), Counter())
    lines = [row(name, found) for name, found in rows.items()] + [row("all", total)]
    print(lines[-1])
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return total["SURVIVES"] > 0


def row(name, found):
    """Return one line of the table: how many mutants, and how many of them each law found."""
    return f"| {name} | {found.total()} | {', '.join(f'{law} {count}' for law, count in found.most_common())} |"


def stored():
    """Return the rows of the stored table: for each loss how many of its mutants each law found."""
    lines = TABLE.read_text(encoding="utf-8").splitlines() if TABLE.exists() else []
    rows = (re.fullmatch(r"\| (\w+) \| \d+ \| (.*) \|", line) for line in lines)
    return {
        found[1]: Counter({law: int(count) for law, count in re.findall(r"(\w+) (\d+)", found[2])})
        for found in rows
        if found and found[1] != "all"
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
