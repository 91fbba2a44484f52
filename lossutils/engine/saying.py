"""Printing on every window and pipe: a letter that one of them can't show becomes its code."""

import sys


def say(text: str) -> None:
    r"""Print the text; on a pipe that knows no δ, as Windows has them, print `\u03b4` instead of stopping."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
