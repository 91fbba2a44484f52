"""What somebody types, as the command reads it."""

import argparse

from lossexam import cli


def asked(*words: object) -> argparse.Namespace:
    """Return what `lossexam make` with these words is asked for."""
    return cli.parser().parse_args(["make", *map(str, words)])
