"""Trains the networks whose curves chapter 14 stores, seven cases and ten seeds: ten seconds of computing.

    python tools/course.py learning-curves           write lossutils/chapters/ch14/curves.csv.gz
    python tools/course.py learning-curves --check   train again, compare with the shipped file

A row is one curve: its case, how many digits are told apart, the seed, which of the two curves, and the mean loss of
each epoch with four digits.
"""

import csv
import gzip
import io
import sys
from pathlib import Path

from lossutils.chapters.ch14 import curve_inputs

FILE = Path(curve_inputs.__file__).parent / "curves.csv.gz"
SEEDS = range(10)


def rows():
    """The head, and then every curve."""
    yield ["case", "classes", "seed", "curve", *range(1, curve_inputs.EPOCHS + 1)]
    for classes in (10, 5):
        for case in curve_inputs.CASES:
            for seed in SEEDS:
                curves = curve_inputs.trained(case, seed, classes)
                for name, losses in zip(curves._fields, curves, strict=True):
                    yield [case, classes, seed, name, *(f"{loss:.4g}" for loss in losses)]


def main(check):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows())
    made = out.getvalue().encode("ascii")
    if check:
        print(f"{FILE.name}: {'as it was' if made == gzip.decompress(FILE.read_bytes()) else 'DIFFERS'}")
    else:
        FILE.write_bytes(gzip.compress(made, 9, mtime=0))


if __name__ == "__main__":
    main(check="--check" in sys.argv[1:])
