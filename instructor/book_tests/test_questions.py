"""The page of a chapter's questions."""

from lossbook.pages import questions as written
from lossutils import questions


def test_an_open_question_shows_with_its_answer_how_it_is_marked():
    made = dict(written.pages())
    for chapter in questions.chapters():
        text = made[f"questions/{chapter}.md"]
        for question in questions.load(chapter):
            answer = text.partition(question.explanation)[2].partition("</details>")[0]
            lines = [f"- {one['points']}: {one['what']}\n" for one in question.rubric]
            lines += [f"- {one['points']}: “{one['text']}” {one['why']}\n" for one in question.samples]
            assert [line for line in lines if line not in answer] == []
            assert ("What earns the points" in answer) == (question.type == "open")
