"""The lecturer's page, instructor/plans.md: each chapter's instructor.toml as a person reads it."""

import tomllib

from tools.setup.readme import chapters

PAGE = "instructor/plans.md"
HEAD = """\
# Lecture plans

Each chapter is a lecture of 50 minutes: what you do and for how long, what to ask, what people answer and what you may
reply, what to leave out when time is short. This page is made from `lossutils/chapters/chNN/instructor.toml` by
`make refresh`; change a plan there.
"""


def page(root):
    """The whole page, a section for each chapter that has a plan."""
    planned = [(path, about, notes) for path, about in chapters(root) if (notes := notes_of(root, about["chapter"]))]
    contents = [f"- [{title(about)}](#{anchor(title(about))})" for _, about, _ in planned]
    sections = [section(root, path, about, notes) for path, about, notes in planned]
    return "\n".join([HEAD, *contents, *sections])


def notes_of(root, number):
    """What the chapter's instructor.toml says; nothing where there is none."""
    file = root / "lossutils" / "chapters" / f"ch{number}" / "instructor.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def title(about):
    return f"{about['chapter']} · {about['title']}"


def anchor(heading):
    """The name by which GitHub and GitLab link to a heading."""
    return "".join(letter for letter in heading.lower().replace(" ", "-") if letter.isalnum() or letter == "-")


def section(root, path, about, notes):
    """One chapter: its question, its notebooks, the plan as a table, and what helps in the room."""
    folders = {"lecture": "notebooks", "exercise": "exercises", "solution": "solutions"}
    links = [f"[{word}](../{it}/{path.name})" for word, it in folders.items() if (root / it / path.name).exists()]
    steps = [f"| {step['minutes']} | {cell(step['do'])} |" for step in notes["plan"]]
    wrong = [f"| {cell(one['answer'])} | {cell(one['reply'])} |" for one in notes["common_wrong_answers"]]
    total = sum(step["minutes"] for step in notes["plan"])
    return "\n".join(
        [
            f"\n## {title(about)}\n\n{about['question']}\n\n{' · '.join(links)}\n",
            *("| minutes | what you do |", "|--:|:--|", *steps, f"| **{total}** | |\n"),
            *("**Ask**\n", *(f"- {question}" for question in notes["ask"]), ""),
            *("| what people answer | what you may reply |", "|:--|:--|", *wrong),
            f"\n**Short of time?** {notes['short_of_time']}\n",
        ]
    )


def cell(text):
    """A text as it stands in a table: a bar would end the cell."""
    return text.replace("|", "\\|")


def write(root):
    """Write the page where a chapter has a plan."""
    (root / PAGE).parent.mkdir(exist_ok=True)
    (root / PAGE).write_text(page(root), encoding="utf-8", newline="\n")
