"""What each format carries of a question, and what it loses."""

from __future__ import annotations

FORMATS = ("moodle", "canvas", "gift", "anki")
CARRIED = {
    "question, code, options": ("yes", "yes", "yes", "yes"),
    "formulas": ("MathJax", "equation images with their TeX", "MathJax", "MathJax"),
    "pictures": ("the bank has none", "the bank has none", "the bank has none", "of the losses"),
    "options shuffled": ("yes", "yes", "as the platform does", "no"),
    "why an option is wrong": ("yes", "yes", "yes", "on the back"),
    "explanation": ("yes", "yes", "yes", "on the back"),
    "more than one right": ("wrong ticks cost points", "Canvas has its own rule", "wrong ticks cost points", "yes"),
    "tolerance of a number": ("yes", "yes", "yes", "on the back"),
    "typical wrong numbers": ("each its reason", "all reasons together", "each its reason", "on the back"),
    "nearly right: sign, digits, per cent": ("yes", "no", "yes", "no"),
    "unit": ("yes, and may be typed", "in the question", "in the question", "in the question"),
    "how an answer in words is marked": ("for who marks it", "in the feedback", "no", "on the back"),
    "points": ("yes", "yes", "no", "as a tag"),
    "drawn variants": ("a category each", "a question group each", "a category each", "no, the course's numbers"),
    "chapter": ("a category", "a quiz", "a category", "a deck"),
    "difficulty, sentence": ("tags", "no", "tags", "tags"),
    "second import": ("copies, without idnumber", "changes the first", "copies, without idnumber", "changes the first"),
}


def table() -> str:
    """Return the table in Markdown."""
    rows = [("", *FORMATS), ("---",) * (1 + len(FORMATS)), *((what, *told) for what, told in CARRIED.items())]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
