"""The little Markdown of the question bank as HTML; TeX passes through as it is."""

from __future__ import annotations

import html as entities
import re

VERBATIM = re.compile(r"(\$\$.+?\$\$|\$[^$]+\$|`[^`]+`)", re.DOTALL)


def inline(text: str) -> str:
    """Return one paragraph's **bold**, *italics*, `code` and $TeX$ as HTML."""
    return "".join(_verbatim(part) if VERBATIM.fullmatch(part) else _prose(part) for part in VERBATIM.split(text))


def html(text: str) -> str:
    """Return paragraphs, parted by empty lines, as HTML."""
    return "".join(f"<p>{inline(paragraph)}</p>" for paragraph in text.strip().split("\n\n"))


def block(code: str) -> str:
    """Return lines of code as HTML."""
    return f"<pre><code>{entities.escape(code.strip())}</code></pre>"


def _verbatim(part):
    text = entities.escape(part, quote=False)
    return f"<code>{text[1:-1]}</code>" if part.startswith("`") else text


def _prose(part):
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", entities.escape(part, quote=False))
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)
