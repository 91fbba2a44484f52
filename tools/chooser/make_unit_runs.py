"""Trains the networks of chapter 20 whose results are stored: every unit and every weight, some minutes.

python -m tools.chooser.make_unit_runs            write lossutils/chapters/ch20/unit_runs.csv
"""

from pathlib import Path

from lossutils.chapters.ch20.both import SEEDS, SETTINGS, train_both

TABLE = Path(__file__).resolve().parents[2] / "lossutils" / "chapters" / "ch20" / "unit_runs.csv"


def line(name, seed):
    """A row of the table: the setting, the seed, the share of species right, the error of the mass in grams."""
    species, mass = train_both(seed, **SETTINGS[name])
    return f'"{name}",{seed},{species:.6f},{mass:.2f}'


def main():
    lines = [line(name, seed) for name in SETTINGS for seed in range(SEEDS)]
    TABLE.write_text("\n".join(["setting,seed,species,mass", *lines, ""]), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
