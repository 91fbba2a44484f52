"""Text that a chapter computes: folded for the curious, and tables that can be read at the width of a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from IPython.display import Markdown, display

MINUS = re.compile("(?<![a-z])-")  # not the hyphen of a word


def curious(summary: str, *paragraphs: str) -> None:
    """Show paragraphs of Markdown folded under "For the curious" and what they are about."""
    text = "\n\n".join(paragraphs)
    display(Markdown(f"<details><summary>For the curious: {summary}</summary>\n\n{text}\n\n</details>"))


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; the first column stands left, the others right."""
    lines = [head, (":--", *["--:"] * (len(head) - 1)), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Show rows of words and numbers under their heads; the text of the output is the same table."""
    text = rows_of(list(head), [[MINUS.sub("−", str(value)) for value in row] for row in rows])
    display({"text/markdown": text, "text/plain": text}, raw=True)
