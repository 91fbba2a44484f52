"""The second proof of a choice's key: two readers answer without it, and both say what the key says.

lossexam ask --seed 1 --into one.md         what the first reader gets; --seed 2 for the second
lossexam agree one.json two.json            {"seed": 1, "which-mean": "B", "several-are-right": "AC"}
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from lossexam.bank import fingerprint, unproved
from lossexam.drawing import in_order, order_of, seed_of
from lossexam.refusals import Refusal
from lossutils import chapters, questions, rng
from lossutils.questions import Question


def ask(asked: argparse.Namespace) -> list[str]:
    """Write the choices that need a reader, without their keys."""
    every = [one for one in _choices() if asked.all or unproved(one)]
    order = rng(asked.seed).permutation(len(every))
    asked.into.write_text("\n\n".join(_text(every[place], asked.seed) for place in order) + "\n", encoding="utf-8")
    return [f"{len(every)} questions in {asked.into}; the answers are to be {{'seed': {asked.seed}, id: letters}}"]


def agree(asked: argparse.Namespace) -> list[str]:
    """Note in the bank which choices two readers have answered as their key does."""
    one, two = (json.loads(file.read_text(encoding="utf-8")) for file in asked.answers)
    if one["seed"] == two["seed"]:
        raise Refusal("both readers had the same order: give each a seed of its own")
    known = {question.id: question for question in _choices()}
    if strange := sorted((set(one) | set(two)) - set(known) - {"seed"}):
        raise Refusal(f"there is no choice called {', '.join(strange)}")
    said = []
    for name in sorted((set(one) & set(two)) - {"seed"}):
        question = known[name]
        wrong = [answers[name] for answers in (one, two) if set(answers[name]) != set(_key(question, answers["seed"]))]
        if wrong:
            said.append(f"{question.chapter} {name}: not every reader answers as the key does")
        elif question.agreed != fingerprint(question):
            note(question, fingerprint(question))
            said.append(f"{question.chapter} {name}: noted")
    return said or ["Nothing is new."]


def note(question: Question, agreed: str) -> None:
    """Write into the bank which text two readers have agreed on."""
    file = Path(chapters.__file__).parent / f"ch{question.chapter}" / "questions.toml"
    text = file.read_text(encoding="utf-8")
    without = re.sub(rf'(id = "{question.id}"\n(?:(?!\[\[)[^\n]*\n)*?)agreed = "[^"]*"\n', r"\1", text)
    file.write_text(without.replace(f'id = "{question.id}"\n', f'id = "{question.id}"\nagreed = "{agreed}"\n'), "utf-8")


def _choices():
    return [one for chapter in questions.chapters() for one in questions.load(chapter) if one.options]


def _text(question, seed):
    made = _shuffled(question, seed)
    several = "Several may be right." if question.type == "many_choice" else "One is right."
    code = [f"```python\n{question.code.strip()}\n```"] if question.code else []
    options = "\n".join(f"- {letter}: {answer.answer}" for letter, answer in made.options)
    return "\n\n".join([f"## {question.id}", question.question, *code, several, options])


def _key(question, seed):
    return _shuffled(question, seed).right().replace(", ", "")


def _shuffled(question, seed):
    return in_order(question, order_of(question, seed_of(seed, question.id)))
