"""A small table, for a lecture's results: it can be read at the width of a phone, where printed columns break."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import display


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Show rows of words and numbers under their heads; the first column stands left, the others right."""
    head = list(head)
    body = [[str(value).replace("-", "−") for value in row] for row in rows]
    lines = [head, [":--", *["--:"] * (len(head) - 1)], *body]
    text = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    display({"text/markdown": text, "text/plain": text}, raw=True)
