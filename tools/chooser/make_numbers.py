"""Makes the numbers that the chooser quotes: half a minute of computing.

python tools/course.py chooser            write lossutils/chooser/numbers.csv
python tools/course.py chooser --check    compute them again and compare
"""

import csv
import io
import math
import sys
from pathlib import Path

from tools.chooser import course_numbers, package_numbers

TABLE = Path(__file__).resolve().parents[2] / "lossutils" / "chooser" / "numbers.csv"


def found():
    """All numbers by name, with six digits."""
    numbers = {"two_right": math.log(2)}
    for compute in (*course_numbers.QUICK, *course_numbers.SLOW, *package_numbers.ALL):
        numbers |= compute()
    return {name: f"{float(value):.6g}" for name, value in numbers.items()}


def text(numbers):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("name", "value"), *numbers.items()])
    return out.getvalue()


def main(flags):
    numbers = found()
    if "--check" not in flags:
        TABLE.write_text(text(numbers), encoding="utf-8", newline="\n")
        return 0
    with TABLE.open(encoding="utf-8", newline="") as file:
        stored = {row["name"]: row["value"] for row in csv.DictReader(file)}
    differing = sorted(name for name in stored.keys() | numbers.keys() if stored.get(name) != numbers.get(name))
    for name in differing:
        print(f"{name}: stored {stored.get(name)}, computed {numbers.get(name)}")
    return bool(differing)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
