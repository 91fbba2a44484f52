"""Simulated students whose points are known: what they earn, and are told, is what the course's judge says."""

from __future__ import annotations

import dataclasses
import inspect

import pytest
import simulated

from lossgrade import course, grading, sandbox, staging, variants

SHORT, LONG = 12, 100
SEED = 3


def hold(walls, chapter, n):
    """Grade n students, and compare points, sentences and mistakes with the judge in this process."""
    known = {}
    for chosen in simulated.students(chapter, n, SEED):
        graded = grading.grade(walls, chapter, simulated.notebook(chapter, chosen, "words"), SEED)
        assert graded.notes == []
        for task, score in zip(chapter.tasks, graded.scores, strict=False):
            answer = chosen[task.name]
            if (task.name, answer) not in known:
                known[task.name, answer] = simulated.expected(task, answer, SEED)
            assert (score.points, score.says) == known[task.name, answer], (task.name, answer.kind)
            assert score.attempted == (answer.kind != simulated.STUB)
        assert [score.points for score in graded.scores[len(chapter.tasks) :]] == [None] * len(chapter.arguments)
    return known


@pytest.mark.parametrize("number", ["01", "19"])
def test_a_class_earns_what_the_judge_says(number):
    chapter = course.chapter(number)
    with staging.staged() as folder, sandbox.Sandbox(folder, chapter.code) as walls:
        known = hold(walls, chapter, SHORT)
    kinds = {answer.kind for _, answer in known}
    assert {simulated.RIGHT, simulated.STUB} < kinds and len(kinds) > SHORT


@pytest.mark.long
@pytest.mark.parametrize("number", course.numbers())
def test_a_hundred_students_with_every_typical_mistake_earn_what_the_judge_says(number):
    chapter = course.chapter(number)
    with staging.staged() as folder, sandbox.Sandbox(folder, chapter.code) as walls:
        known = hold(walls, chapter, LONG)
    for task in chapter.tasks:
        made = {answer.kind for name, answer in known if name == task.name}
        assert made >= {answer.kind for answer in simulated.answers(task)}, task.name


def test_most_typical_mistakes_can_be_simulated():
    tasks = [task for number in course.numbers() for task in course.chapter(number).tasks]
    made = sum(len(simulated.answers(task)) - 2 for task in tasks)
    assert made > 0.95 * sum(len(task.mistakes) for task in tasks)


def test_a_variant_is_graded_by_its_own_numbers(walls):
    plain = course.chapter("01")
    other = course.chapter("01", {"huber_location": {"k": 2.0}})
    assert "k=2.0" in "".join("".join(cell["source"]) for cell in other.release["cells"])
    for chapter, wrong in ((plain, other), (other, plain)):
        (task,) = [one for one in chapter.tasks if one.name == "huber_location"]
        (foreign,) = [one for one in wrong.tasks if one.name == "huber_location"]
        own = simulated.Answer("right", inspect.getsource(task.reference))
        theirs = simulated.Answer("the other's", inspect.getsource(foreign.reference))
        points = [earned(walls, chapter, "huber_location", answer) for answer in (own, theirs)]
        assert points[0] == task.points > points[1]


def earned(walls, chapter, name, answer):
    graded = grading.grade(walls, chapter, simulated.notebook(chapter, {name: answer}), SEED)
    return next(score.points for score in graded.scores if score.name == name)


def test_variants_follow_from_the_term_and_the_student():
    exercise = course.chapter("05").exercise
    drawn = {name: variants.drawn(exercise, "2026", name) for name in map(str, range(40))}
    assert drawn == {name: variants.drawn(exercise, "2026", name) for name in drawn}
    assert len({repr(one) for one in drawn.values()}) > 10
    assert variants.drawn(exercise, "2026", "1") != variants.drawn(exercise, "2027", "1")
    every = {task.name: {slot.name for slot in task.slots} for task in exercise.tasks if task.slots}
    seen = {task: {slot for one in drawn.values() for slot in one.get(task, {})} for task in every}
    assert seen == every


def test_inputs_differ_between_students_and_terms_and_never_for_the_same():
    seeds = [grading.seed_of("2026", f"student{place}", "01") for place in range(300)]
    assert seeds == [grading.seed_of("2026", f"student{place}", "01") for place in range(300)]
    assert len(set(seeds)) == grading.SEEDS
    assert not set(seeds) & {grading.seed_of("2027", f"student{place}", "01") for place in range(300)}


def test_grading_again_gives_the_same_to_the_letter(walls, chapter):
    (chosen,) = simulated.students(chapter, 5, SEED)[4:]
    data = simulated.notebook(chapter, chosen, "words")
    first, second = (grading.grade(walls, chapter, data, SEED) for _ in range(2))
    assert dataclasses.asdict(first) == dataclasses.asdict(second)
