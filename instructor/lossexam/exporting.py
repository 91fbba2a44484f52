"""Writes the bank for learning platforms."""

from __future__ import annotations

import argparse
from pathlib import Path

from lossexam.bank import chosen_chapters, printable
from lossexam.refusals import Refusal


def export(asked: argparse.Namespace) -> list[str]:
    """Write the question bank for learning platforms."""
    from lossexam import exports  # Matplotlib, for the losses' curves, takes a second

    if asked.variants < 0:
        raise Refusal(f"{asked.variants} drawings of a question are none; with 0 it has the course's numbers")
    chapters = chosen_chapters(asked.chapters)
    questions = [*printable(chapters), *printable(chapters, "open")]
    files = exports.export(asked.to, questions, asked.into or Path("exports"), asked.variants, asked.seed)
    return [f"{len(questions)} questions, {asked.variants} drawings of each with numbers", *map(str, files)]
