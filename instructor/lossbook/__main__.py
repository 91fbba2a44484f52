"""python -m lossbook book | slides: what `make book` and `make slides` call."""

from __future__ import annotations

import argparse
import sys

from lossbook import build, serving, slides


def main(arguments: list[str] | None = None) -> int:
    """Make what is asked for; the exit code."""
    parser = argparse.ArgumentParser(prog="lossbook", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    book = commands.add_parser("book", help="make the book in site/, serve it and open it")
    book.add_argument("--only-build", action="store_true", help="make it, and that is all")
    book.add_argument("--lite", action="store_true", help="with JupyterLite, which runs the notebooks in the browser")
    book.add_argument("--port", type=int, default=8000, help="where to serve it, or at the next port that is free")
    decks = commands.add_parser("slides", help="make the slides in site/slides/")
    decks.add_argument("chapters", nargs="*", help="08, or several; all that have a plan where none is named")
    decks.add_argument("--no-handouts", action="store_true", help="print none, which takes longest")
    asked = parser.parse_args(arguments)
    if asked.command == "slides":
        return slides.slides(asked.chapters, on_paper=not asked.no_handouts)
    trouble = build.book(lite=asked.lite)
    if trouble or asked.only_build:
        return trouble
    return serving.serve(build.SITE, asked.port)


if __name__ == "__main__":
    sys.exit(main())
