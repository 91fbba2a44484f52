"""Runs the cells of a notebook in one IPython that was made before, and keeps what each prints, shows and raises."""

from __future__ import annotations

import contextlib
import io
import os
import random
import traceback

import numpy as np
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from matplotlib_inline.backend_inline import configure_inline_support
from traitlets import Type
from traitlets.config import Config

from lossgrade.inside import limits
from lossutils.judge.surroundings import closed

CUT = "\n… what follows was cut off: the cell prints more than {} characters"


class Stream(io.TextIOBase):
    """Keeps the beginning of what is printed, in the order in which it comes between pictures and values."""

    encoding = "utf-8"

    def __init__(self, name: str, outputs: list, left: list):
        super().__init__()
        self._name, self._outputs, self._left = name, outputs, left

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        kept = text[: self._left[0]]
        if kept:
            last = self._outputs[-1] if self._outputs else {}
            if last.get("name") != self._name:
                last = {"output_type": "stream", "name": self._name, "text": ""}
                self._outputs.append(last)
            last["text"] += kept
            self._left[0] -= len(kept)
            if self._left[0] == 0:
                last["text"] += CUT.format(limits.PRINTED)
        return len(text)


class Result(DisplayHook):
    """Keeps the last value of a cell as the cell's result."""

    def write_output_prompt(self) -> None:
        """The cell's number stands in the notebook's file."""

    def write_format_data(self, format_dict, md_dict=None) -> None:
        said = {"output_type": "execute_result", "execution_count": None}
        self.shell.outputs.append(said | {"data": format_dict, "metadata": md_dict or {}})

    def finish_displayhook(self) -> None:
        """There is no line to end."""


class Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(self, data, metadata=None, **_) -> None:
        self.shell.outputs.append({"output_type": "display_data", "data": data, "metadata": metadata or {}})

    def clear_output(self, wait=False) -> None:
        self.shell.outputs.clear()


class Reader(TransformerManager):
    """Turns what is IPython's own in a cell into Python, and knows some cells by heart: most are the course's."""

    def __init__(self):
        super().__init__()
        self._known: dict[str, str] = {}
        self._by = self._transforms()

    def _transforms(self):
        return [*self.cleanup_transforms, *self.line_transforms, *self.token_transformers]

    def learn(self, sources: list[str]) -> None:
        """Read these cells now."""
        self._known |= {source: super(Reader, self).transform_cell(source) for source in sources}

    def transform_cell(self, cell: str) -> str:
        """Return the cell as Python, as if it were read for the first time."""
        if cell in self._known and self._transforms() == self._by:  # who adds transforms means to be asked
            return self._known[cell]
        return super().transform_cell(cell)


class Shell(InteractiveShell):
    """The IPython in which cells run, made once."""

    displayhook_class = Type(Result)
    display_pub_class = Type(Publisher)
    outputs: list  # of the cell that runs

    @classmethod
    def warm(cls) -> Shell:
        """Return the one, its pictures as a notebook's."""
        no_history = Config(HistoryManager={"enabled": False})  # nor the thread that would save it
        made = cls.instance(colors="nocolor", cache_size=0, config=no_history)
        made.input_transformer_manager = Reader()
        made.enable_gui = lambda gui=None: None
        configure_inline_support(made, "module://matplotlib_inline.backend_inline")
        made.run("import numpy")  # what IPython loads for its first cell
        made.reset(new_session=False)
        return made

    def run(self, cell: str) -> list[dict]:
        """Run a cell and return its outputs, as a notebook's file holds them."""
        self.outputs, left = [], [limits.PRINTED]
        out, err = Stream("stdout", self.outputs, left), Stream("stderr", self.outputs, left)
        with closed(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            _let_go(self.run_cell(cell, store_history=False).error_in_exec)
        return _limited(self.outputs)

    def _showtraceback(self, etype, evalue, stb) -> None:
        self.outputs.append(_error(etype, evalue, stb))


def _let_go(error):
    """Free what the functions had in their hands over which an error came: IPython keeps it for a debugger.

    Else a function that fills the memory leaves none to those after it.
    """
    seen = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _error(kind, value, lines):
    try:
        says = str(value)
    except Exception:
        says = ""
    return {
        "output_type": "error",
        "ename": kind.__name__,
        "evalue": says[: limits.PRINTED],
        "traceback": [line[: limits.PRINTED] for line in lines[:50]],
    }


def _limited(outputs):
    """Without what is too large to keep."""
    kept, size = [], 0
    for output in outputs:
        length = sum(len(str(text)) for text in output.get("data", {}).values())
        size += length
        if size > limits.SHOWN:
            output = {
                "output_type": "stream",
                "name": "stderr",
                "text": f"An output of {length} characters is left out.",
            }
            size -= length
        kept.append(output)
    return kept


def quiet_process() -> None:
    """Talk to nobody but through the pipes that were opened for it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for place in (0, 1, 2):
        os.dup2(nowhere, place)


def same_start() -> None:
    """Begin with the same random numbers in every run."""
    random.seed(0)
    np.random.seed(0)
