"""A page for each chapter's questions, the answers folded, and with them how an open one is marked."""

from __future__ import annotations

from lossbook import course
from lossbook.pages.markdown import Pages, page, table, toctree
from lossutils import questions
from lossutils.questions import Question


def pages() -> Pages:
    """Yield the list of the chapters, and a page for each."""
    titles = {about["chapter"]: (about["title"], path.name) for path, about in course.chapters()}
    rows = []
    for number in questions.chapters():
        asked = questions.load(number)
        title, file = titles[number]
        rows.append((f"[{number} · {title}]({number}.md)", str(len(asked))))
        text = [one.folded(place, after=marking(one)) for place, one in enumerate(asked, start=1)]
        back = f"The questions of [{number} · {title}](../notebooks/{file}). Answer first, then unfold."
        yield f"questions/{number}.md", page(f"# {number} · {title} · questions", back, *text)
    yield (
        "questions/index.md",
        page(
            "# Questions",
            "Each can be answered from its chapter alone. Wrong answers have their reasons.",
            table(("chapter", "questions"), rows),
            toctree(questions.chapters()),
        ),
    )


def marking(question: Question) -> str:
    """Return what earns the points of an open question, and its sample answers; of others nothing."""
    if not question.rubric:
        return ""
    return page(
        "What earns the points (another complete argument earns them all):",
        "\n".join(f"- {line['points']}: {line['what']}" for line in question.rubric),
        "Answers as they are given in a test, with their points:",
        "\n".join(f"- {one['points']}: “{one['text']}” {one['why']}" for one in question.samples),
    ).strip()
