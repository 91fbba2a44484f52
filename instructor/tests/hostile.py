"""Reads hostile.toml, and makes the notebooks of the people in it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

RIGHT = """import numpy as np

def right(pred, target, weight=None):
    pred, target = np.asarray(pred, dtype=float), np.asarray(target, dtype=float)
    if pred.size == 0:
        raise ValueError("no sample")
    return float(np.average((pred - target) ** 2, weights=weight))

"""


@dataclass
class Case:
    """What somebody does to a notebook that is right, and what must come of it."""

    name: str
    points: dict[str, float] = field(default_factory=dict)  # of the tasks that do not get all of them
    says: str = ""  # in the sentences about these tasks, or in the notes
    mse: str = ""  # instead of the right function
    right: bool = False  # whether the right function stands before it
    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)

    def notebook(self, right: bytes) -> bytes:
        """Return the notebook."""
        nb = json.loads(right)
        for cell in nb["cells"]:
            if self.mse and cell["metadata"].get("nbgrader", {}).get("grade_id") == "mse":
                cell["source"] = (RIGHT if self.right else "") + self.mse
        nb["cells"] = [*map(code, self.first), *nb["cells"], *map(code, self.last)]
        return json.dumps(nb).encode()


def code(source: str) -> dict:
    """Return a code cell."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


CASES = [Case(**one) for one in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["case"]]
