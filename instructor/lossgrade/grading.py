"""Grades one notebook: runs it in the sandbox, and lets the course's judge try its functions from outside."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from lossgrade.course import Chapter, answer_cell, points_cell
from lossgrade.inside import answers, wire
from lossgrade.notebook import Handed, Unreadable
from lossgrade.sandbox import Gone, Notebook, Sandbox
from lossutils.judge.answer import Seen
from lossutils.judge.judge import Verdict, judged, plain
from lossutils.judge.run import Outcome
from lossutils.judge.task import Call, Limits, Task

RESTARTS = 25  # of a notebook's process, each after something ended it


@dataclass
class Score:
    """What one task or one argument earns."""

    name: str  # of the task or the argument
    cell: str  # nbgrader's name for the cell that holds the points
    points: float | None  # None: a person grades it
    most: int
    says: list[str] = field(default_factory=list)  # to the student: nothing of the hidden checks but a mistake's name
    attempted: bool = True
    code: str = ""  # what of the notebook it was
    mistakes: list[str] = field(default_factory=list)  # typical ones, by name
    hidden: str = ""  # to the lecturer: what the hidden checks found


@dataclass
class Graded:
    """What a notebook earns, and what its cells showed when they ran."""

    scores: list[Score]
    notes: list[str]  # what went wrong with the notebook as a whole
    outputs: dict[int, list[dict]]  # by the place of the cell
    sha256: str
    seed: int


def seed_of(term: str, student: str, chapter: str) -> int:
    """Return the seed of a student's inputs: another one for every student, chapter and term, and always the same."""
    return int.from_bytes(hashlib.sha256("\0".join((term, student, chapter)).encode()).digest()[:4], "big")


def grade(sandbox: Sandbox, chapter: Chapter, data: bytes, seed: int) -> Graded:
    """Grade the bytes that a student has handed in."""
    try:
        handed = Handed.read(data)
    except Unreadable as error:
        return _unreadable(chapter, data, str(error), seed)
    with Run(sandbox, chapter, handed) as run:
        scores = [run.score(task, seed) for task in chapter.tasks]
        scores += [argued(argument, chapter, handed) for argument in chapter.arguments]
        return Graded(scores, run.notes, run.outputs, handed.sha256, seed)


def _unreadable(chapter, data, why, seed):
    from lossgrade.notebook import digest

    says = [f"not graded: {why}."]
    scores = [Score(task.name, points_cell(task), 0, task.points, says, False) for task in chapter.tasks]
    scores += [Score(one.name, answer_cell(one), 0, one.points, says, False) for one in chapter.arguments]
    return Graded(scores, [f"The notebook could not be read: {why}."], {}, digest(data), seed)


def argued(argument, chapter: Chapter, handed: Handed) -> Score:
    """Find the answer in words: a person grades it, unless nothing was written."""
    cell = answer_cell(argument)
    empty = {"", "YOUR ANSWER HERE"}
    texts = [one.source.strip() for one in handed.cells if one.grade_id == cell]
    written = [text for text in texts if text not in empty]
    if not written:
        why = "not attempted yet." if texts else "its cell is not in the notebook."
        return Score(argument.name, cell, 0, argument.points, [why], False)
    return Score(argument.name, cell, None, argument.points, ["a person grades this answer."], True, written[-1])


class Run(contextlib.AbstractContextManager):
    """A notebook that runs: again from the start when something has ended it, without the cell that did."""

    def __init__(self, sandbox: Sandbox, chapter: Chapter, handed: Handed):
        self._sandbox, self._chapter, self._handed = sandbox, chapter, handed
        self._open = contextlib.ExitStack()
        self._lost: set[int] = set()  # cells that ended the process
        self._starts = 0
        self._names: list[str] = []
        self.notes: list[str] = []
        self.outputs: dict[int, list[dict]] = {}
        self._notebook: Notebook | None = None

    def __enter__(self) -> Run:
        self._start()
        return self

    def __exit__(self, *_) -> None:
        self._open.close()

    def _start(self):
        """Run all cells but those that have ended an earlier run."""
        while self._starts < RESTARTS:
            self._starts += 1
            self._open.close()
            self._notebook = self._open.enter_context(self._sandbox.notebook())
            if self._run_cells():
                return
        self._notebook = None

    def _run_cells(self):
        notebook = self._notebook
        notebook.ask({"do": "watch", "names": [task.name for task in self._chapter.tasks]})
        for source in self._chapter.given:
            notebook.ask({"do": "cell", "source": source})
        for place, cell in enumerate(self._handed.cells):
            if not cell.is_code or place in self._lost:
                continue
            try:
                answer = notebook.ask({"do": "cell", "source": cell.source})
                self.outputs[place] = checked_outputs(answer)
                self._names = [name for name in answer["names"] if isinstance(name, str)]
            except (Gone, wire.Nonsense) as gone:
                self._lost.add(place)
                says = f"Code cell {self._number(place)} {gone}; the notebook was run without it."
                self.notes.append(says)
                self.outputs[place] = [{"output_type": "stream", "name": "stderr", "text": says}]
                return False
        return True

    def _number(self, place):
        return 1 + sum(cell.is_code for cell in self._handed.cells[:place])

    def score(self, task: Task, seed: int) -> Score:
        """Try the function of a task, and say what it earns."""
        found = Score(task.name, points_cell(task), 0, task.points, code=self._code(task))
        try:
            self._judge(task, seed, found)
        except (Gone, wire.Nonsense) as gone:
            found.points, found.says = 0, [f"{task.name}: {gone}, and takes the whole notebook with it."]
            self._start()
        return found

    def _judge(self, task, seed, found):
        if self._notebook is None:
            found.says = [f"{task.name}: not tried, because something in the notebook ended it again and again."]
            return
        which = self._candidates(task)
        if not which:
            found.says, found.attempted = [f"{task.name}: {self._missing(task)}"], False
            return
        for answer in reversed(which):  # the last one counts, unless it is still the stub
            opened = judged(task, answer, seed)
            if opened.attempted:
                break
        verdicts = [opened]
        if opened.points:
            verdicts.append(judged(task, answer, seed, hidden=True))
        found.points = plain(sum(verdict.points for verdict in verdicts))
        found.says = sentences(task, *verdicts)
        found.attempted = opened.attempted
        found.mistakes = list(dict.fromkeys(verdict.mistake for verdict in verdicts if verdict.mistake))
        found.hidden = verdicts[1].sentence if len(verdicts) == 2 else ""

    def _candidates(self, task):
        said = self._notebook.ask({"do": "about", "name": task.name, "forbids": list(task.forbids)})
        try:
            seen = [Seen(**{name: one[name] for name in Seen._fields}) for one in said["found"]]
        except (KeyError, TypeError):
            raise wire.Nonsense("answers with nonsense") from None
        return [Remote(self._notebook, task.name, place, one) for place, one in enumerate(seen[-5:], len(seen[:-5]))]

    def _missing(self, task):
        """Say why there is no function of this name."""
        for place, cell in enumerate(self._handed.cells):
            if cell.is_code and f"def {task.name}" in cell.source:
                errors = [one for one in self.outputs.get(place, []) if one["output_type"] == "error"]
                if place in self._lost:
                    return f"not defined, because code cell {self._number(place)} ended the notebook."
                if errors:
                    error = errors[-1]
                    says = f"{error['ename']}: {error['evalue']}".splitlines()[0][:200]
                    return f"not defined, because its cell raises {says}"
        near = difflib.get_close_matches(task.name, [name for name in self._names if not name.startswith("_")], 1, 0.75)
        return "there is no function of this name" + (f"; there is {near[0]}." if near else ".")

    def _code(self, task):
        found = [cell.source for cell in self._handed.cells if cell.is_code and f"def {task.name}" in cell.source]
        return found[-1] if found else ""


def sentences(task: Task, opened: Verdict, hidden: Verdict | None = None) -> list[str]:
    """Return what a student is told; of the hidden checks how many passed, and the mistake's name if it has one."""
    if hidden is None:
        return [opened.sentence]
    if opened.passed and hidden.passed:
        return [f"{task.name}: everything is right."]
    found = [f"{task.name} passed the open checks." if opened.passed else opened.sentence]
    right, checks = hidden.right
    says = f"Of the hidden checks it passes {right} of {checks}."
    if hidden.mistake and hidden.mistake != opened.mistake:
        says += f" The first that it fails shows this: {hidden.mistake}."
    elif not hidden.passed and not hidden.right[1]:
        says = hidden.sentence
    return [*found, says]


class Remote:
    """A function in a notebook's process, as the judge asks it."""

    def __init__(self, notebook: Notebook, name: str, which: int, seen: Seen):
        self._notebook, self._name, self._which, self.seen = notebook, name, which, seen

    def tried(self, calls: list[Call], limits: Limits) -> list[Outcome]:
        """Make the calls in the sandbox; those of one check at a time, where functions are handed over."""
        functions: list[Callable] = []
        checks = list(dict.fromkeys(id(call.check) for call in calls))
        asked = [self._asked(call, checks, functions) for call in calls]
        if not functions:
            return self._answers(asked, limits, functions)
        groups = [[one for one in asked if one["check"] == number] for number in range(len(checks))]
        return [outcome for group in groups for outcome in self._answers(group, limits, functions)]

    def _answers(self, asked, limits, functions):
        request = {"do": "try", "name": self._name, "which": self._which, "calls": asked, "limits": list(limits)}
        patience = sum(limits) * (1 + len(asked))
        said = self._notebook.ask(request, functions, waits=patience)
        outcomes = said.get("outcomes")
        if not isinstance(outcomes, list) or len(outcomes) != len(asked):
            raise wire.Nonsense("answers with other calls than were made")
        return [outcome_of(one) for one in outcomes]

    def accepts(self, call: Call) -> bool:
        """Say whether the function can be called with these arguments at all."""
        request = {
            "do": "accepts",
            "name": self._name,
            "which": self._which,
            "calls": [self._asked(call, [id(call.check)], [])],
        }
        return self._notebook.ask(request).get("accepts") is True

    def _asked(self, call, checks, functions):
        def known(function):
            functions.append(function)
            return {"#": "function", "number": len(functions) - 1}

        case = wire.encoded(call.case, known)
        return {"check": checks.index(id(call.check)), "by_name": call.by_name, "case": case}


def outcome_of(said: dict) -> Outcome:
    """Return the outcome that the sandbox has sent; Nonsense if it is none."""
    try:
        texts = [said[name] for name in ("place", "printed", "changed")]
        if not all(isinstance(text, str) for text in texts):
            raise wire.Nonsense("answers with nonsense")
        error = answers.error_of(said["error"]) if said["error"] is not None else None
        place, printed, changed = (text[:1000] for text in texts)
        return Outcome(wire.decoded(said["value"]), error, place, printed, changed)
    except (KeyError, TypeError, AttributeError):
        raise wire.Nonsense("answers with nonsense") from None


def checked_outputs(answer: dict) -> list[dict]:
    """Return a cell's outputs as a notebook's file can hold them, made of texts only."""
    try:
        return [_output(one) for one in answer["outputs"]]
    except (KeyError, TypeError, AttributeError):
        raise wire.Nonsense("answers with nonsense") from None


def _output(said):
    kind = said["output_type"]
    if kind == "stream":
        return {
            "output_type": kind,
            "name": "stderr" if said["name"] == "stderr" else "stdout",
            "text": str(said["text"]),
        }
    if kind == "error":
        lines = [str(line) for line in said["traceback"]]
        return {"output_type": kind, "ename": str(said["ename"]), "evalue": str(said["evalue"]), "traceback": lines}
    data = {str(name): text for name, text in said["data"].items() if isinstance(text, str | list)}
    made = {"output_type": "display_data", "data": data, "metadata": {}}
    return made | {"output_type": kind, "execution_count": None} if kind == "execute_result" else made
