"""What a learner's function finds around itself: nobody answers, nobody listens, and nothing stays changed."""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import random
import sys
import warnings
from collections.abc import Iterator

import numpy as np

PRINTED = 1000  # characters that are kept of what one call prints; it may print for ever


class Printed(io.StringIO):
    """Keeps the beginning of what is printed."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, PRINTED - self.tell())])
        return len(text)


class Quiet(contextlib.AbstractContextManager):
    """Catches what is printed and what NumPy or Python would warn of, for one call: `with Quiet() as printed:`.

    A class, because a grader enters it hundreds of times for each notebook, and a generator takes twice as long.
    """

    def __enter__(self) -> Printed:
        self._streams = sys.stdout, sys.stderr
        self._warnings, self._errors = warnings.catch_warnings(), np.errstate(all="ignore")
        self._warnings.__enter__()
        self._errors.__enter__()
        warnings.simplefilter("ignore")
        sys.stdout, sys.stderr = Printed(), Printed()
        return sys.stdout

    def __exit__(self, *raised) -> None:
        sys.stdout, sys.stderr = self._streams
        self._errors.__exit__(*raised)
        self._warnings.__exit__(*raised)


@contextlib.contextmanager
def closed() -> Iterator[None]:
    """Let `input()` fail instead of waiting, and `exit()` be an error: in a notebook it would end the kernel later."""
    shell = _shell()
    asks = builtins.input
    builtins.input = _no_answer
    if shell:
        shell.ask_exit = sys.exit  # what IPython's own exit and quit call
    try:
        yield
    finally:
        builtins.input = asks
        if shell:
            del shell.ask_exit


def _no_answer(prompt=""):
    raise EOFError("nobody answers input() here; work with the arguments")


def _shell():
    """The IPython that runs the notebook; None in plain Python."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


@contextlib.contextmanager
def put_back() -> Iterator[None]:
    """Put back what all code of one process shares: the random numbers' states, and the folder it works in."""
    numpy_state, python_state, folder = np.random.get_state(), random.getstate(), os.getcwd()
    try:
        yield
    finally:
        np.random.set_state(numpy_state)
        random.setstate(python_state)
        os.chdir(folder)
