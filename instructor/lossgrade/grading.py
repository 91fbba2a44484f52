"""Grades one notebook: runs it in the sandbox, and lets the course's judge try its functions from outside."""

from __future__ import annotations

import contextlib
import difflib
import functools
import hashlib
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lossgrade.course import Chapter
from lossgrade.inside import answers, limits, wire
from lossgrade.naming import answer_cell, points_cell
from lossgrade.notebook import Handed, Unreadable, digest
from lossgrade.sandbox import SLACK, Fallen, Gone, Notebook, Sandbox
from lossutils.judge.answer import Seen
from lossutils.judge.exercise import Argument
from lossutils.judge.judge import Verdict, complaint, drawn, judged, plain
from lossutils.judge.parcel import harmless
from lossutils.judge.run import NotTried, Outcome
from lossutils.judge.showing import shortened
from lossutils.judge.task import Call, Limits, Task

SEEDS = 8  # of a class
SEVERAL = 6  # times the limit of one call is what all calls of a task may take
PATIENCE = 900  # seconds that the functions of a notebook may take together, and that its cells may, in all its runs
RESTARTS = 25  # of a notebook's process, each after something ended it
FALLS = 2  # of the whole sandbox, for which no notebook can be blamed
FUNCTIONS = 5  # of one name that are tried: many guesses are no answer
NAMES, NAME = 500, 100  # that a cell defines, and characters of one
LEFT_OUT = {"output_type": "stream", "name": "stderr", "text": "What follows is left out: it is too much."}
BEFORE, AFTER = -1, -2  # the cells


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
    """Return the seed of a student's inputs, always the same for the same term and chapter.

    A class shares SEEDS of them, so that what the references do with them is computed once for many. Which they are
    follows from the term.
    """
    own = _number(student, chapter) % SEEDS
    return _number(term, chapter, str(own))


def _number(*names):
    return int.from_bytes(hashlib.sha256("\0".join(names).encode()).digest()[:4], "big")


def grade(sandbox: Sandbox, chapter: Chapter, data: bytes, seed: int) -> Graded:
    """Grade the bytes that a student has handed in."""
    try:
        handed = Handed.read(data)
    except Unreadable as error:
        return _unreadable(chapter, data, str(error), seed)
    with Run(sandbox, chapter, handed, seed) as run:
        scores = run.scores()
        scores += [argued(argument, handed) for argument in chapter.arguments]
        return Graded(scores, run.notes, run.outputs, handed.sha256, seed)


def _unreadable(chapter, data, why, seed):
    says = [f"not graded: {why}."]
    scores = [Score(task.name, points_cell(task), 0, task.points, says, False) for task in chapter.tasks]
    scores += [Score(one.name, answer_cell(one), 0, one.points, says, False) for one in chapter.arguments]
    return Graded(scores, [f"The notebook could not be read: {why}."], {}, digest(data), seed)


def argued(argument: Argument, handed: Handed) -> Score:
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
    """A notebook that runs from top to bottom, each function tried where its points are asked for, as students see it.

    When something ends the process, the notebook runs again from the start, without the cell that did. What was tried
    is not tried again.
    """

    def __init__(self, sandbox: Sandbox, chapter: Chapter, handed: Handed, seed: int):
        self._sandbox, self._chapter, self._handed, self._seed = sandbox, chapter, handed, seed
        self._open = contextlib.ExitStack()
        self._lost: dict[int, str] = {}  # cells that ended the process, and how
        self._spent = 0.0  # seconds over functions
        self._ran = 0.0  # seconds over cells
        self._careful = False  # whether functions are tried in a copy of the process, which costs time
        self._tried: dict[tuple[str, int], Score] = {}  # by task, and by which of the functions of its name
        self._names: list[str] = []
        self._found: dict[str, int] = {}  # how many functions of each task's name there are
        self.notes: list[str] = []
        self.outputs: dict[int, list[dict]] = {}
        self._sizes: dict[int, int] = {}  # of outputs

    def __exit__(self, *_) -> None:
        self._open.close()

    def scores(self) -> list[Score]:
        """Run everything, and return what each task earns; Fallen if the sandbox itself ends again and again."""
        restarts = falls = 0
        while restarts < RESTARTS:
            self._open.close()
            try:
                if self._from_top_to_bottom(self._open.enter_context(self._sandbox.notebook())) is None:
                    break
                restarts += 1
            except Fallen:
                falls += 1
                if falls > FALLS:
                    raise
        return [self._best(task) for task in self._chapter.tasks]

    def _from_top_to_bottom(self, notebook):
        """Run all cells but those that have ended an earlier run; return True if the process ended on the way."""
        tasks = self._chapter.tasks
        place, self._found = BEFORE, {}
        try:
            notebook.ask({"do": "watch", "names": [task.name for task in tasks]})
            for source in self._chapter.given:
                notebook.ask({"do": "cell", "source": source})
            for place, cell in enumerate(self._handed.cells):
                if cell.is_code and place not in self._lost:
                    if self._ran > PATIENCE:
                        self._give_up(place)
                        break
                    self._run_cell(notebook, place, cell)
                    for task in tasks:
                        if cell.grade_id == points_cell(task) and not self._try(notebook, task):
                            return True
            place = AFTER
            return None if all(self._try(notebook, task) for task in tasks) else True
        except (Gone, wire.Nonsense) as gone:
            if place in (BEFORE, AFTER):
                self.notes.append(f"The notebook {_in_words(gone)}.")
                return None
            self._lost[place] = _in_words(gone)
            says = f"Code cell {self._number(place)} {_in_words(gone)}; the notebook was run without it."
            self.notes.append(says)
            self.outputs[place] = [{"output_type": "stream", "name": "stderr", "text": says}]
            return True

    def _run_cell(self, notebook, place, cell):
        start = time.monotonic()
        try:
            answer = notebook.ask({"do": "cell", "source": cell.source})
        finally:
            self._ran += time.monotonic() - start
        room = limits.KEPT - sum(size for other, size in self._sizes.items() if other != place)
        self.outputs[place] = checked_outputs(answer, min(room, limits.SHOWN))
        self._sizes[place] = sum(map(_size, self.outputs[place]))
        self._names = _names(answer)
        self._found = dict(zip((task.name for task in self._chapter.tasks), _counts(answer), strict=False))

    def _give_up(self, place):
        says = f"Its cells took {PATIENCE / 60:g} minutes; those from code cell {self._number(place)} on were not run."
        if says not in self.notes:
            self.notes.append(says)

    def _number(self, place):
        return 1 + sum(cell.is_code for cell in self._handed.cells[:place])

    def _try(self, notebook, task):
        """Try the newest function of a task, if that is still to do; return False if the process ended over it."""
        number = self._found.get(task.name, 0)
        if not number or (task.name, number - 1) in self._tried or self._is_full(task):
            return True
        found = self._candidates(notebook, task)
        if not found or (task.name, found[-1].which) in self._tried:
            return True
        if sum(name == task.name for name, _ in self._tried) >= FUNCTIONS:
            return True
        score = self._empty(task)
        if self._spent > PATIENCE:
            score.says = [f"{task.name}: not tried, because the functions before it took {PATIENCE / 60:g} minutes."]
            self._tried[task.name, found[-1].which] = score
            return True
        start = time.monotonic()
        try:
            self._judge(task, found[-1], score)
        except (Gone, wire.Nonsense) as gone:
            if not self._careful:
                self._careful = True
                return False
            score.points, score.says = 0, [f"{task.name}: {_in_words(gone)}, and takes the whole notebook with it."]
            self._tried[task.name, found[-1].which] = score
            return False
        finally:
            self._spent += time.monotonic() - start
        self._tried[task.name, found[-1].which] = score
        return True

    def _is_full(self, task):
        return any(score.points == task.points for (name, _), score in self._tried.items() if name == task.name)

    def _judge(self, task, answer, score):
        if not complaint(task, answer.seen):
            answer.foresee(self._seed)
        opened = judged(task, answer, self._seed)
        verdicts = [opened]
        if opened.points:
            verdicts.append(judged(task, answer, self._seed, hidden=True))
        score.points = plain(sum(verdict.points for verdict in verdicts))
        score.says = sentences(task, *verdicts)
        score.attempted = opened.attempted
        score.mistakes = list(dict.fromkeys(verdict.mistake for verdict in verdicts if verdict.mistake))
        score.hidden = verdicts[1].sentence if len(verdicts) == 2 else ""

    def _candidates(self, notebook, task):
        said = notebook.ask({"do": "about", "name": task.name, "forbids": list(task.forbids)})
        try:
            seen = [_seen(one) for one in said["found"]]
        except (KeyError, TypeError):
            raise wire.Nonsense("nonsense") from None
        return [Remote(notebook, task, which, one, self._careful) for which, one in enumerate(seen)]

    def _best(self, task):
        """Return what the best of the functions of this name earns: a copy of the stub below takes nothing away."""
        found = [score for (name, _), score in self._tried.items() if name == task.name]
        if found:
            return max(found, key=lambda score: (score.points, score.attempted))
        score = self._empty(task)
        score.says, score.attempted = [f"{task.name}: {self._missing(task)}"], False
        return score

    def _empty(self, task):
        return Score(task.name, points_cell(task), 0, task.points, code=self._code(task))

    def _missing(self, task):
        """Say why there is no function of this name."""
        for place, cell in enumerate(self._handed.cells):
            if cell.is_code and f"def {task.name}" in cell.source:
                if place in self._lost:
                    return f"not defined, because code cell {self._number(place)} {self._lost[place]}."
                if errors := [one for one in self.outputs.get(place, []) if one["output_type"] == "error"]:
                    says = f"{errors[-1]['ename']}: {errors[-1]['evalue']}".splitlines()[0][:200]
                    return f"not defined, because its cell raises {says}"
        names = {name.lower(): name for name in self._names if not name.startswith("_")}
        near = difflib.get_close_matches(task.name, names, 1, 0.75)
        return "there is no function of this name" + (f"; there is {names[near[0]]}." if near else ".")

    def _code(self, task):
        found = [cell.source for cell in self._handed.cells if cell.is_code and f"def {task.name}" in cell.source]
        return found[-1] if found else ""


def _in_words(gone):
    return str(gone) if isinstance(gone, Gone) else f"answers with {gone}"


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
    """A function in a notebook's process, as the judge asks it. What it was asked once it is not asked again."""

    def __init__(self, notebook: Notebook, task: Task, which: int, seen: Seen, careful: bool):
        self._notebook, self._task, self.which, self.seen = notebook, task, which, seen
        self._how = "try" if careful else "try here"
        self._known: dict[int, tuple[Call, Outcome]] = {}

    def foresee(self, seed: int) -> None:
        """Make all calls of the open and the hidden checks at once: for that the process is copied only once.

        Where an open one does not come back, the hidden ones wait until somebody asks.
        """
        calls, said, functions = foreseen(self._task, seed)
        for call, outcome in zip(calls, self._ask(said, functions), strict=False):
            self._known[id(call)] = call, outcome

    def tried(self, calls: list[Call], limits: Limits) -> list[Outcome]:
        """Make the calls in the sandbox; after one that does not come back, those of the same check are left out."""
        given_up = [call.check for call, outcome in self._known.values() if not outcome.came_back]
        for place, call in enumerate(calls):
            if id(call) in self._known:
                continue
            if call.check in given_up:
                self._known[id(call)] = call, Outcome(error=NotTried())
                continue
            rest = [one for one in calls[place:] if id(one) not in self._known and one.check not in given_up]
            for one, outcome in zip(rest, self._prefix(rest), strict=False):
                self._known[id(one)] = one, outcome
                given_up += [] if outcome.came_back else [one.check]
        return [self._known[id(call)][1] for call in calls]

    def _prefix(self, calls):
        """The outcomes up to the first call that does not come back."""
        functions: list[Callable] = []
        return self._ask([said_call(call, functions) for call in calls], functions)

    def _ask(self, asked, functions):
        most = self._task.limits
        request = {"do": self._how, "name": self._task.name, "which": self.which, "calls": asked, "limits": list(most)}
        several = min(1 + len(asked), SEVERAL)
        waits, computes = most.waiting * several, most.computing * several + SLACK
        outcomes = self._notebook.ask(request, functions, computes, waits).get("outcomes")
        if not isinstance(outcomes, list) or not 0 < len(outcomes) <= len(asked):
            raise wire.Nonsense("other calls than were made")
        found = [outcome_of(one) for one in outcomes]
        if len(found) < len(asked) and found[-1].came_back:
            raise wire.Nonsense("fewer calls than were made")
        return found

    def accepts(self, call: Call) -> bool:
        """Say whether the function can be called with these arguments at all."""
        request = {"do": "accepts", "name": self._task.name, "which": self.which, "calls": [said_call(call, [])]}
        return self._notebook.ask(request).get("accepts") is True


@functools.lru_cache(maxsize=256)  # a class shares its seeds
def foreseen(task: Task, seed: int) -> tuple[list[Call], list[dict], list[Callable]]:
    """Return the calls of the open and the hidden checks, what is sent of them, and the functions that they hold."""
    functions: list[Callable] = []
    calls = [asked.call for kind in (False, True) for asked in drawn(task, kind, seed)]
    return calls, [said_call(call, functions) for call in calls], functions


def said_call(call: Call, functions: list[Callable]) -> dict:
    """Return a call as it is sent; functions among its arguments join `functions`."""
    return {"by_name": call.by_name, "case": wire.encoded(call.case, answers.joining(functions))}


def outcome_of(said: dict) -> Outcome:
    """Return the outcome that the sandbox has sent; Nonsense if it is none."""
    try:
        texts = [said[name] for name in ("place", "printed", "changed")]
        if not all(isinstance(text, str) for text in texts):
            raise wire.Nonsense("nonsense")
        error = answers.error_of(said["error"]) if said["error"] is not None else None
        place, printed, changed = (text[:1000] for text in texts)
        return harmless(Outcome(wire.decoded(said["value"]), error, place, printed, changed))
    except (KeyError, TypeError, AttributeError):
        raise wire.Nonsense("nonsense") from None


def _seen(said):
    seen = Seen(**{name: said[name] for name in Seen._fields})
    if not all(isinstance(one, bool) for one in seen[:-1]) or not isinstance(seen.uses, str):
        raise wire.Nonsense("nonsense")
    return seen._replace(uses=shortened(seen.uses, NAME))


def _names(answer):
    names = answer.get("names", [])
    if not isinstance(names, list):
        raise wire.Nonsense("nonsense")
    return [name for name in names[:NAMES] if isinstance(name, str) and len(name) <= NAME]


def _counts(answer):
    counts = answer.get("found", [])
    if not isinstance(counts, list) or not all(type(count) is int for count in counts):
        raise wire.Nonsense("nonsense")
    return counts


def checked_outputs(answer: dict, most: int = limits.SHOWN) -> list[dict]:
    """Return a cell's outputs as a notebook's file can hold them, made of texts only, up to so many characters."""
    try:
        made = [_output(one) for one in answer["outputs"]]
    except (KeyError, TypeError, AttributeError, ValueError):
        raise wire.Nonsense("nonsense") from None
    sizes = itertools.accumulate(map(_size, made))
    kept = [one for one, size in zip(made, sizes, strict=True) if size <= most]
    return kept + [LEFT_OUT] * (len(kept) < len(made))


def _size(output):
    return len(json.dumps(output, ensure_ascii=False))


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
