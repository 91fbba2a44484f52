"""Rules for every notebook: lectures, exercises and solutions."""

import base64
import itertools
import re
from urllib.parse import unquote

from nbval.plugin import comment_markers, metadata_tags

from tools.plumbing import colab
from tools.plumbing.normal_form import VIEW, cleaned, is_made_of_words, written
from tools.plumbing.pages import FOLDERS, MAGIC, code_cells, headings, outputs, printed, read, tags, text_cells

PICTURE_BYTES = 150_000
FILE_BYTES = 1_000_000
KINDS = {"text/plain", "text/markdown", "text/html", "text/latex", "image/png", VIEW}
UNSTABLE = {
    "an address": r"\b0x[0-9a-fA-F]{6,}",
    "a path": r"(?<![\w/:.])/(?:home|root|tmp|usr|var|opt|mnt|Users|private)/|\b[A-Z]:\\|site-packages",
    "a date": r"\b(?:19|20)\d\d-\d\d-\d\d\b",
    "a time": r"\b\d{1,2}:\d\d:\d\d\b|\b\d[\d.]* ?(?:ns|µs|us|ms)\b|CPU times|Wall time",
    "a version": r"(?i:\b(?:python|numpy|matplotlib|jupyter\w*|ipywidgets|lossutils) v?\d+\.\d+)",
    "a progress bar": r"\d%\|",
}
CAPTIONED = re.compile(r"\*(.+)\*\n\n<details><summary>.+</summary>\n\n.+\n\n</details>")
LINK = re.compile(r"\[[^\]\n]*\]\(((?:[^()\s]|\([^()\s]*\))+)(?: \"[^\"]*\")?\)|\b(?:href|src)=[\"']([^\"']+)[\"']")


def at(cell, fault):
    return f"cell {cell.id!r}: {fault}"


def is_in_normal_form(page):
    if written(cleaned(page.nb)) != page.path.read_text(encoding="utf-8"):
        yield "is not in normal form: run `make refresh`"


def ids_are_words(page):
    ids = [cell.get("id", "") for cell in page.nb.cells]
    yield from (f"the id {name!r} is not made of words" for name in ids if not is_made_of_words(name))
    yield from (f"the id {name!r} stands twice" for name in sorted({name for name in ids if ids.count(name) > 1}))


def was_run_from_top_to_bottom(page):
    """nbval passes over a cell without a count in silence."""
    for number, cell in enumerate(code_cells(page.nb), start=1):
        if cell.execution_count != number:
            yield at(cell, f"execution count is {cell.execution_count}, not {number}: run `make refresh`")


def has_no_empty_cell(page):
    yield from (at(cell, "is empty") for cell in page.nb.cells if not cell.source.strip())


def compares_every_output(page):
    for cell in code_cells(page.nb):
        comments = [line.strip().lstrip("#").strip() for line in cell.source.splitlines() if line.strip()[:1] == "#"]
        for mark in [*tags(cell), *comments]:
            if mark in metadata_tags or mark in comment_markers:
                yield at(cell, f"{mark!r} keeps nbval from comparing")


def stores_no_error(page):
    for cell, output in outputs(page.nb):
        if output.output_type == "error":
            yield at(cell, f"a stored traceback ({output.ename}); catch the exception and print it")
        if output.get("name") == "stderr":
            yield at(cell, f"stored stderr: {output.text.strip()[:80]!r}")


def prints_nothing_unstable(page):
    for cell, output in outputs(page.nb):
        text = re.sub(r"base64,[A-Za-z0-9+/=]+", "", printed(output))
        for what, pattern in UNSTABLE.items():
            if found := re.search(pattern, text):
                yield at(cell, f"prints {what}: {found[0]!r}")


def shows_known_kinds_of_output(page):
    for cell, output in outputs(page.nb):
        for kind in sorted(set(output.get("data", {})) - KINDS):
            yield at(cell, f"an output of the kind {kind}")


def _lines_of_figures(page):
    """Each cell with a figure, and the Markdown that stands under the figure."""
    for cell in code_cells(page.nb):
        for output, after in itertools.pairwise([*cell.outputs, {}]):
            if "image/png" in output.get("data", {}):
                yield cell, after.get("data", {}).get("text/markdown", "")


def describes_every_figure(page):
    for cell, line in _lines_of_figures(page):
        if not line.startswith("*Figure") and not CAPTIONED.fullmatch(line):
            yield at(cell, "a figure without its line (*Figure: …*), or its caption with the numbers folded under it")


def captions_every_figure(page):
    for cell, line in _lines_of_figures(page):
        if not CAPTIONED.fullmatch(line):
            yield at(cell, 'a figure without a caption that says what to see: caption="…"')


def captions(page):
    """Each cell with a figure that has a caption, and that caption."""
    found = ((cell, CAPTIONED.fullmatch(line)) for cell, line in _lines_of_figures(page))
    return [(cell, match[1]) for cell, match in found if match]


def is_light(page):
    for cell, output in outputs(page.nb):
        size = len(base64.b64decode(output.get("data", {}).get("image/png", "")))
        if size > PICTURE_BYTES:
            yield at(cell, f"a picture of {size // 1000} kB; the limit is {PICTURE_BYTES // 1000}")
    if (size := page.path.stat().st_size) > FILE_BYTES:
        yield f"the file has {size // 1000} kB; the limit is {FILE_BYTES // 1000}"


def has_no_magics(page):
    """Except for the line that installs the package on Colab."""
    for cell in code_cells(page.nb):
        if MAGIC.search(cell.source) and not colab.is_for_colab(cell):
            yield at(cell, f"a magic: {MAGIC.search(cell.source)[0].strip()!r}")


def starts_on_colab(page):
    first = next(iter(code_cells(page.nb)), None)
    wanted = {"id": colab.ID, "metadata": colab.METADATA, "source": colab.source(page.root)}
    if first is not None and any(first[name] != value for name, value in wanted.items()):
        yield at(first, "is the first code cell, but not the one that starts the notebook on Colab: run `make refresh`")


def has_links_that_lead_somewhere(page):
    texts = [(cell, cell.source) for cell in text_cells(page.nb)]
    texts += [(cell, printed(output)) for cell, output in outputs(page.nb) if "data" in output]
    for cell, text in texts:
        prose = re.sub(r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]*\$", "", text, flags=re.DOTALL)
        for target in (first or second for first, second in LINK.findall(prose)):
            if fault := _fault_of_link(page, target):
                yield at(cell, f"the link {target} {fault}")
        if "![](" in prose:
            yield at(cell, "a picture without a description")


def _fault_of_link(page, target):
    if target.startswith(("https://", "data:image/")):
        return None
    if re.match(r"[a-z]+:|/", target):
        return "is neither relative nor https"
    file, _, anchor = unquote(target).partition("#")
    path = (page.path.parent / file).resolve() if file else page.path
    if not path.exists():
        return "leads to no file"
    if path.parent not in [(page.root / folder).resolve() for folder in FOLDERS] and path != page.path:
        return "leaves the three folders, which are all that a learner's copy has"
    if anchor and anchor not in _anchors(page.nb if path == page.path else read(path)):
        return "leads to no such heading"
    return None


def _anchors(nb):
    """What JupyterLab calls the headings, and explicit ids."""
    titles = [title.replace(" ", "-") for level in range(1, 7) for _, title in headings(nb, level)]
    return {*titles, *re.findall(r"\bid=[\"']([^\"']+)", "\n".join(cell.source for cell in text_cells(nb)))}


EVERYWHERE = (
    is_in_normal_form,
    ids_are_words,
    was_run_from_top_to_bottom,
    has_no_empty_cell,
    compares_every_output,
    stores_no_error,
    prints_nothing_unstable,
    shows_known_kinds_of_output,
    describes_every_figure,
    is_light,
    has_no_magics,
    starts_on_colab,
    has_links_that_lead_somewhere,
)
