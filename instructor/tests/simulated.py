"""Students that hand in what is known: the right answer, a typical mistake, nothing, in all combinations."""

from __future__ import annotations

import copy
import inspect
import itertools
import json
import random
import re
from typing import NamedTuple

from lossgrade import course
from lossgrade.course import Chapter
from lossgrade.grading import sentences
from lossutils.judge.changes import changed_text
from lossutils.judge.judge import judge, plain
from lossutils.judge.task import Task

STUB, RIGHT = "nothing", "right"


class Answer(NamedTuple):
    """What a student writes into a task's cell."""

    kind: str  # nothing, right, or the name of a mistake
    source: str  # "" leaves the stub


def answers(task: Task) -> list[Answer]:
    """Return the stub, the right answer and every typical mistake that a text can say."""
    found = [Answer(STUB, ""), Answer(RIGHT, inspect.getsource(task.reference))]
    for mistake in task.mistakes:
        if text := _text(task, mistake):
            found.append(Answer(mistake.says, text))
    return found


def _text(task, mistake):
    """The mistake's code as a student would write it; "" where it leans on more than a notebook has."""
    if not callable(mistake.made):
        return changed_text(*mistake.made)
    try:
        text = inspect.getsource(mistake.made)
    except OSError:
        return ""
    head = re.compile(rf"^def {mistake.made.__name__}\(", re.MULTILINE)
    if not head.match(text):
        return ""
    text = head.sub(f"def {task.name}(", text)
    return text if _stands_alone(text, task) else ""


def _stands_alone(text, task):
    import builtins
    import symtable

    table = symtable.symtable(text, "answer", "exec")
    (inner,) = [one for one in table.get_children() if one.get_name() == task.name]
    used = {symbol.get_name() for one in _all(inner) for symbol in one.get_symbols() if symbol.is_global()}
    return used <= {"np", task.name, *dir(builtins)}


def _all(table):
    yield table
    for child in table.get_children():
        yield from _all(child)


def notebook(chapter: Chapter, chosen: dict[str, Answer], words: str = "") -> bytes:
    """Return the exercise with these answers in it, as Jupyter saves it."""
    nb = copy.deepcopy(chapter.release)
    for cell in nb["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        name = grade_id.replace("-", "_")
        if name in chosen and chosen[name].source and cell["metadata"]["nbgrader"]["solution"]:
            cell["source"] = chosen[name].source.rstrip().splitlines(keepends=True)
        if words and grade_id.endswith("-answer"):
            cell["source"] = [words]
    return json.dumps(nb, ensure_ascii=False, indent=1).encode()


def expected(task: Task, answer: Answer, seed: int) -> tuple[float, list[str]]:
    """Return what the answer earns, and what its student is told, by the judge in this process."""
    function = function_of(task, answer)
    opened = judge(task, function, seed)
    if not opened.points:
        return 0, [opened.sentence]
    hidden = judge(task, function, seed, hidden=True)
    return plain(opened.points + hidden.points), sentences(task, opened, hidden)


def function_of(task: Task, answer: Answer):
    """Return the function that stands in the notebook."""
    import linecache

    source = answer.source or stub(task)
    file = f"<{task.name}: {answer.kind}: {hash(source)}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    space = {"__name__": "__main__"}
    exec("\n".join(imports(course.chapter(task.chapter))), space)
    exec(compile(source, file, "exec"), space)
    return space[task.name]


def imports(chapter: Chapter) -> list[str]:
    """Return the lines by which the exercise imports what its first function may use."""
    before = itertools.takewhile(lambda source: not source.startswith("def "), chapter.code)
    lines = (line for source in before for line in source.splitlines())
    return [line for line in lines if line.startswith(("import ", "from "))]


def stub(task: Task) -> str:
    """Return what stands in the exercise."""
    return f"def {task.signature}:\n    pass\n"


def students(
    chapter: Chapter, n: int, seed: int, among: dict[str, list[Answer]] | None = None
) -> list[dict[str, Answer]]:
    """Return n students; each mistake is made by one of them at least, if n allows it. `among` are other answers."""
    source = random.Random(seed)
    everything = among or {task.name: answers(task) for task in chapter.tasks}
    found = [
        {name: several[1] for name, several in everything.items()},
        {name: several[0] for name, several in everything.items()},
    ]
    due = {name: list(several[2:]) for name, several in everything.items()}
    for left in range(n - 2, 0, -1):
        chosen = {}
        for name, several in everything.items():
            if several[2:] and (source.random() < 0.6 or len(due[name]) >= left):
                chosen[name] = due[name].pop(0) if due[name] else source.choice(several[2:])
            else:
                chosen[name] = several[source.random() < 0.7]
        found.append(chosen)
    return found


__all__ = ["Answer", "answers", "expected", "function_of", "notebook", "students", "stub"]
