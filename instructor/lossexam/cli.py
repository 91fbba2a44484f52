"""The commands: lossexam make | score | export | ask | agree; `lossexam make --help` lists what each takes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lossexam import agreeing, exporting, making, marking
from lossexam.refusals import Refusal
from lossgrade.refusals import Refusal as OfTables


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    asked = parser().parse_args(arguments)
    try:
        print("\n".join(asked.does(asked)))
    except (Refusal, OfTables, OSError) as error:
        print(f"lossexam: {error}", file=sys.stderr)
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    whole = argparse.ArgumentParser(prog="lossexam", description="Tests on paper from the course's question bank.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def command(does, name):
        says = does.__doc__.splitlines()[0]
        one = commands.add_parser(name, help=says[0].lower() + says[1:].rstrip("."), description=says)
        one.set_defaults(does=does)
        return one

    one = command(making.make, "make")
    one.add_argument("--seed", type=int, required=True, help="a whole number: the same one gives the same test")
    one.add_argument("--questions", type=int, default=20, metavar="N", help="how many (else 20)")
    one.add_argument("--open", type=int, default=0, metavar="N", help="so many of them are open, with room to write")
    one.add_argument("--chapters", metavar="LIST", help="as in 01-04,08 (else all)")
    one.add_argument("--mock", action="store_true", help="the questions of the course's mock exam instead of a choice")
    who = one.add_mutually_exclusive_group()
    who.add_argument("--variants", nargs="+", metavar="NAME", help="as in A B C (else A)")
    who.add_argument(
        "--students", type=Path, metavar="CSV", help="a test each: columns id and name, or a platform's list"
    )
    one.add_argument("--title", default="Loss functions", help="what stands at the head")
    one.add_argument(
        "--pages", type=int, metavar="N", help="at most so many a test, in smaller letters (else 2; --mock: any)"
    )
    one.add_argument("--formulas", action="store_true", help="a sheet of formulas, the same for everybody")
    one.add_argument("--sheet", action="store_true", help="answer sheets of their own")
    one.add_argument("--into", type=Path, metavar="DIR", help="where (else exams/SEED)")
    one = command(marking.score, "score")
    one.add_argument(
        "answers", type=Path, help="a CSV: variant or student, then a column for each question, 1, 2, 3 ..."
    )
    one.add_argument("--of", type=Path, metavar="DIR", help="the folder of the test (else that of the answers)")
    one = command(exporting.export, "export")
    one.add_argument("--to", nargs="+", required=True, choices=("moodle", "canvas", "gift", "anki"), metavar="FORMAT")
    one.add_argument("--chapters", metavar="LIST", help="as in 01-04,08 (else all)")
    one.add_argument("--variants", type=int, default=10, metavar="N", help="drawings of one with numbers (else 10)")
    one.add_argument("--seed", type=int, default=7, help="of the first of them (else 7)")
    one.add_argument("--into", type=Path, metavar="DIR", help="where (else exports)")
    one = command(agreeing.ask, "ask")
    one.add_argument("--seed", type=int, required=True, help="a whole number: the order of questions and options")
    one.add_argument("--into", type=Path, required=True, metavar="FILE", help="a text of questions without their keys")
    one.add_argument("--all", action="store_true", help="also those that two readers have answered")
    one = command(agreeing.agree, "agree")
    one.add_argument("answers", type=Path, nargs=2, help="two readers' answers: JSON, the letters by id, and `seed`")
    return whole


if __name__ == "__main__":
    sys.exit(main())
