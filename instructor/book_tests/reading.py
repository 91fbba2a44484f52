"""What tests ask about all pages of a site, from its files alone."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

LEADS = {"a": "href", "link": "href", "img": "src", "script": "src", "iframe": "src", "source": "src"}
NEEDED = {"link", "img", "script", "iframe", "source"}  # without these the page is not whole; a link is a way out
NO_FILE = {"canonical", "prev", "next", "search", "index", "genindex"}


class Place(NamedTuple):
    """What a tag points to."""

    tag: str
    target: str


class Page(HTMLParser):
    """One page: its places, its names, its pictures."""

    def __init__(self, path: Path):
        super().__init__()
        self.path, self.places, self.names, self.pictures = path, [], set(), []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        """Collect what points somewhere, and what can be pointed to."""
        given = dict(attrs)
        self.names |= {given[name] for name in ("id", "name") if given.get(name)}
        if tag == "img":
            self.pictures.append((given.get("src") or "", given.get("alt")))
        target = given.get(LEADS.get(tag, ""))
        if target and not (tag == "link" and set((given.get("rel") or "").split()) & NO_FILE):
            self.places.append(Place(tag, target))


@cache
def read(path: Path) -> Page:
    """Return a page, read once."""
    return Page(path)


def pages(site: Path) -> list[Path]:
    """Return all pages of the site."""
    return sorted(path for path in site.rglob("*.html") if "_static" not in path.parts and "lite" not in path.parts)


def broken(path: Path) -> list[str]:
    """Return the places of a page that lead nowhere on this disk."""
    found = []
    for place in read(path).places:
        parts = urlsplit(place.target)
        if parts.scheme or parts.netloc:
            continue
        file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
        if file.is_dir():
            file = file / "index.html"
        named = unquote(parts.fragment) if file.suffix == ".html" and "=" not in parts.fragment else ""
        if not file.exists() or (named and named not in read(file).names):
            found.append(place.target)
    return found


def from_outside(path: Path) -> list[str]:
    """Return what a page loads from the network."""
    return [place.target for place in read(path).places if place.tag in NEEDED and urlsplit(place.target).netloc]
