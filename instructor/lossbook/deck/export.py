"""A lecture as a page of reveal.js, made by nbconvert: each slide becomes cells of a notebook."""

from __future__ import annotations

import re
from pathlib import Path

from nbconvert import SlidesExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from lossbook.deck.blocks import Block
from lossbook.deck.lecture import Lecture
from lossbook.deck.pages import Slide

THEN_A_STOP = re.compile(r"(?<!\$)(\$[^$]+\$[.,;:?)]+)")  # no line begins with the full stop of a formula
UNIT = re.compile(r"(?<=\d) (?=[%°])")  # nor with the unit of a number
TEMPLATES = Path(__file__).parent / "templates"


def exporter() -> SlidesExporter:
    """Return what turns a deck into a page; one serves for all decks."""
    config = Config()
    config.TemplateExporter.extra_template_basedirs = [str(TEMPLATES)]
    return SlidesExporter(template_name="course", exclude_anchor_links=True, config=config)


def page(lecture: Lecture, using: SlidesExporter) -> str:
    """Return the deck as HTML."""
    cells = [cell for place, slide in enumerate(lecture.slides) for cell in _cells(slide, "#" if place == 0 else "##")]
    about = {"title": lecture.title, "question": lecture.question}
    html, _ = using.from_notebook_node(new_notebook(cells=cells, metadata={"deck": about}))
    return html


def _cells(slide: Slide, level: str):
    heading = _markdown(f"{level} {slide.heading}", "slide", "heading")
    heading.metadata["slideshow"]["data"] = {"larger": f"{slide.larger:g}"}
    yield heading
    if slide.said:
        yield _markdown("\n\n".join(slide.said), "notes", "notes")
    waits = False  # what follows something that appears later appears later, too
    for place, block in enumerate(slide.blocks):
        waits = waits or (block.later and place > 0)
        yield _block(block, "fragment" if waits else "-")


def _block(block: Block, shown: str):
    if block.kind == "figure":
        image = {"width": block.picture.width, "height": block.picture.height, "alt": block.words}
        output = new_output("display_data", {"image/png": block.picture.png}, metadata={"image/png": image})
        return new_code_cell("", outputs=[output], metadata=_metadata(shown, "figure"))
    fences = {"printed": "```\n{}\n```", "program": "```python\n{}\n```", "caption": "*{}*"}
    return _markdown(fences.get(block.kind, "{}").format(block.text), shown, block.kind)


def _markdown(text, shown, kind):
    text = UNIT.sub("\N{NO-BREAK SPACE}", THEN_A_STOP.sub(r'<span class="together">\1</span>', text))
    return new_markdown_cell(text, metadata=_metadata(shown, kind))


def _metadata(shown, kind):
    return {"slideshow": {"slide_type": shown}, "kind": kind}
