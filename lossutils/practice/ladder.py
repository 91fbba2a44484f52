"""Help in three steps, a nudge, the formula, a skeleton, and the reference after them."""

from __future__ import annotations

import inspect
import re

from lossutils.judge.task import Task

LEFT_SIDE = r'[\w, \[\]]+(?:\["[\w ]+"\])?'  # a name, several, or a place: formulas["root"]
RIGHT_SIDE = re.compile(rf"^(?P<start>\s+(?:return|{LEFT_SIDE} [-+*/@]?=) ).+?(?P<comment>  # .*)?$")


def steps(task: Task) -> tuple[str, str, str]:
    """Return the three hints of a task."""
    return (*map(task.fill, task.hints), f"fill in the dots:\n\n{skeleton(task)}")


def source(task: Task) -> str:
    """Return the reference as it is written."""
    return inspect.getsource(task.reference).rstrip()


def skeleton(task: Task) -> str:
    """Return the reference with dots for what is computed; what is tested, refused and remarked stays.

    Made from the reference, so that it cannot grow stale: a reference has one statement a line.
    """
    return "\n".join(RIGHT_SIDE.sub(r"\g<start>...\g<comment>", line) for line in source(task).splitlines())
