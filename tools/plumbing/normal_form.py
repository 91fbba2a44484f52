"""The one way in which a notebook of this course is written down, so that two runs give the same bytes.

Kept: sources, tags, nbgrader's marks, outputs, the course's own metadata, the widgets that are on show.
Not kept: times, versions, random ids, what an editor remembers of its own state.
"""

import copy
import json
import re

import nbformat

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
METADATA = ("course", "widgets")
CELL_METADATA = ("cellView", "course", "deletable", "editable", "jupyter", "mystnb", "nbgrader", "slideshow", "tags")
# The same as not being there:
UNSAID = {"deletable": True, "editable": True, "jupyter": {}, "slideshow": {"slide_type": ""}, "tags": []}
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_PICTURE_LIMIT = 100_000  # characters of base64: a picture inside a widget's state, of which the book shows one
WORDS = re.compile(r"(?=.{1,64}$)[a-z]+[0-9]{0,3}(-([a-z]+[0-9]{0,3}|[0-9]{1,4}))*")


def cleaned(nb):
    """Return the notebook in normal form, a new one."""
    nb = copy.deepcopy(nb)
    nb.nbformat, nb.nbformat_minor = 4, 5
    nb.cells = [cell for cell in nb.cells if cell.source.strip() or "nbgrader" in cell.metadata]
    name_cells(nb.cells)
    for cell in nb.cells:
        cell.source = cell.source.rstrip()
        cell.metadata = _kept(cell.metadata)
    _count(cell for cell in nb.cells if cell.cell_type == "code")
    _show_widgets_on_show(nb)
    known = {name: nb.metadata[name] for name in METADATA if name in nb.metadata}
    nb.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE, **known})
    nbformat.validate(nb)
    return _renumbered(nb)


def written(nb):
    """Return the text of a notebook's file."""
    return nbformat.writes(nb, version=nbformat.NO_CONVERT, indent=1).rstrip("\n") + "\n"


def is_made_of_words(cell_id):
    return WORDS.fullmatch(cell_id) is not None


def _kept(metadata):
    kept = {name: metadata[name] for name in CELL_METADATA if name in metadata}
    if "jupyter" in kept:  # a folded cell is meant, folded outputs are not
        kept["jupyter"] = {name: True for name in ("source_hidden",) if metadata["jupyter"].get(name)}
    return nbformat.from_dict({name: value for name, value in kept.items() if UNSAID.get(name) != value})


def name_cells(cells):
    """Keep ids that are words, give every other cell the first words of its text."""
    taken = {cell.get("id") for cell in cells}
    seen = set()
    for cell in cells:
        if not is_made_of_words(cell.get("id", "")) or cell.id in seen:
            cell.id = _free_name(_slug(cell.source), taken)
        seen.add(cell.id)
        taken.add(cell.id)


def _slug(source):
    words = re.findall(r"[a-z]+", source.lower())
    return "-".join(words[:5])[:50].strip("-") or "cell"


def _free_name(slug, taken):
    names = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _count(code_cells):
    """Number the cells 1…n, as a fresh run from the top does, and merge what a cell printed in pieces."""
    for number, cell in enumerate(code_cells, start=1):
        cell.execution_count = number
        cell.outputs = _merged(cell.outputs)
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number


def _merged(outputs):
    merged, streams = [], {}
    for output in outputs:
        if output.output_type == "stream" and output.name in streams:
            streams[output.name].text += output.text
            continue
        if output.output_type == "stream":
            streams[output.name] = output
        merged.append(output)
    return merged


def _show_widgets_on_show(nb):
    """Keep the state of the widgets that some output shows, and of what they are built of; drop heavy pictures."""
    state = nb.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    shown = [view["model_id"] for view in _views(nb)]
    reached = {}
    while shown:
        model = shown.pop()
        if model in state and model not in reached:
            reached[model] = state[model]
            shown += re.findall(r"IPY_MODEL_(\w+)", json.dumps(state[model]))
    for model in reached.values():
        light = [b for b in model.get("buffers", []) if len(b["data"]) <= WIDGET_PICTURE_LIMIT]
        model.pop("buffers", None)
        model.update({"buffers": light} if light else {})
    nb.metadata.pop("widgets", None)
    if reached:
        in_order = {model: state[model] for model in state if model in reached}
        nb.metadata["widgets"] = {STATE: {"state": in_order, "version_major": 2, "version_minor": 0}}


def _views(nb):
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    return [output.data[VIEW] for output in outputs if VIEW in output.get("data", {})]


def _renumbered(nb):
    """Widgets get random names in every run; here they are numbered in the order in which they were made."""
    models = list(nb.metadata.get("widgets", {}).get(STATE, {}).get("state", {}))
    numbers = {model: f"{number:032x}" for number, model in enumerate(models, start=1)}
    text = json.dumps(nb, ensure_ascii=False)
    if numbers:
        text = re.sub("|".join(map(re.escape, numbers)), lambda match: numbers[match[0]], text)
    return nbformat.from_dict(json.loads(text))
