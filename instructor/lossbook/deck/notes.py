"""What a lecturer has before her beside each slide: minutes, what to do, what to ask, what will be answered."""

from __future__ import annotations

from collections import defaultdict

from lossbook.deck.likeness import Likeness
from lossbook.deck.sections import Section


def notes(
    plan: dict, found: list[Section], begins: dict[int, int], places: dict[str, int], ending: int
) -> dict[int, list[str]]:
    """Return the notes by the place of their slide.

    `begins` says where the steps of the plan begin that show something, `places` where the first slide of a section
    stands that is shown; the title is at 0, and the quiz and the summary begin at `ending`.
    """
    begins = dict(begins)
    for step in reversed(range(len(plan["plan"]))):  # one that shows nothing is told at the end of the one before it
        begins.setdefault(step, begins[step + 1] - 1 if step + 1 in begins else ending)
    made = defaultdict(list, {0: [f"**Short of time?** {plan['short_of_time']}"]})
    for number, step in enumerate(plan["plan"]):
        until = begins.get(number + 1, ending + 1)  # places count from 0, a reader from 1
        several = f", to slide {until}" if until > begins[number] + 1 else ""
        made[begins[number]].append(f"**{step['minutes']} minutes{several}.** {step['do']}")
    shown = Likeness([section for section in found if section.id in places])
    beside = [places[section.id] for section in shown.sections]
    for question in plan["ask"]:
        made[beside[shown.best(question)]].append(f"**Ask.** {question}")
    for one in plan["common_wrong_answers"]:
        place = beside[shown.best(f"{one['answer']} {one['reply']}")]
        made[place].append(f"**Somebody says:** “{one['answer']}” {one['reply']}")
    return made
