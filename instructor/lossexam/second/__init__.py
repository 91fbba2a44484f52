"""The second way to each key: a function a question, in a module a chapter, which reaches the answer by its own path.

    from lossutils import questions
    question = questions.load("01")[2].at(seed=7)
    second.answer(question)                 what `mean_squared_by_hand(**question.numbers)` in ch01.py returns

A function is written from the question's text, as somebody solves it, and never from `computed` in the bank: it
takes another formula, or searches, enumerates, simulates. It has the question's id as its name, with _ for -, and takes
the template's numbers by name; numbers that it doesn't need go to `**_`. Helpers begin with _.
"""

import functools
import importlib.util
import inspect


def answer(question):
    """Return what the second way gives for the numbers of a question, or None where there is no second way."""
    function = functions(question.chapter).get(question.id)
    return None if function is None else float(function(**question.numbers))


@functools.cache
def functions(chapter):
    """Return the functions of a chapter's module by the ids of their questions; none where there is no module."""
    name = f"{__name__}.ch{chapter}"
    if importlib.util.find_spec(name) is None:
        return {}
    module = importlib.import_module(name)
    return {
        found.replace("_", "-"): function
        for found, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == name and not found.startswith("_")
    }
