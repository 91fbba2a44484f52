"""The first page: what the course is, and its map."""

from __future__ import annotations

from lossbook import course
from lossbook.pages.markdown import Pages, deck, page, table
from lossbook.places import AUTHORED, ROOT

MAP = "<!-- map -->"


def pages() -> Pages:
    """Yield the page of index.md, the map in its place."""
    text = (AUTHORED / "index.md").read_text(encoding="utf-8")
    rows = []
    for path, about in course.chapters():
        links = [f"[{about['chapter']} · {about['title']}](notebooks/{path.name})"]
        if (ROOT / "exercises" / path.name).exists():
            more = f"[exercise](exercises/{path.name}) · [questions](questions/{about['chapter']}.md)"
            links.append(f"{more} · {deck(path.stem)}")
        rows.append(("<br>".join(links), about["question"], str(about["minutes"])))
    yield "index.md", page(text.replace(MAP, table(("chapter", "its question", "minutes"), rows)).strip())
