"""What an instructor needs for a lesson: order, talk, beliefs to look for, answers with reasons."""

from html import escape

from tpmlib.authoring.beliefs import beliefs
from tpmlib.authoring.pace import running_order
from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Shown
from tpmlib.kit.panels.predict import outcome_words
from tpmlib.kit.panels.quiz import ready

MISCONCEPTIONS = ["Belief", "Question", "The option that shows it", "What to say"]
ANSWERS = ["Question", "Right", "Why"]
PREDICTIONS = ["Prediction", "Outcome", "Why"]
TEXTS = ["Asked", "One answer"]
ORDER = ["Part", "Minutes", "To do"]


def facilitate(lesson: str) -> Shown:
    """Aims, running order, discussion, misconceptions and answers of a lesson, by noun or number.

    Raises CourseError if course.yml says nothing on teaching it.
    """
    found = content.lesson_named(lesson)
    lesson = found["id"]
    if "teaching" not in found:
        raise CourseError(f"data/course.yml: {found['id']} has no teaching; discuss, mixed, short")
    teaching, (low, high), quiz = found["teaching"], found["minutes"], content.quiz(lesson)
    questions = [ready(one) for one in quiz["questions"]]
    reveals = [
        [*beliefs([option["misconception"]]), question["text"], option["text"], option["why"]]
        for question in questions
        for option in question.get("options", [])
        if "misconception" in option
    ]
    answers = [
        [question["text"], option["text"], option["why"]]
        for question in questions
        for option in question.get("options", [])
        if option.get("right")
    ]
    answers += [
        [question["text"], f"{question['answer_value']:g}", question["why"]]
        for question in questions
        if "answer_value" in question
    ]
    predictions = [ready(one) for one in quiz["predictions"]]
    outcomes = [[one["text"], outcome_words(one), one["why"]] for one in predictions]
    texts = [[one["text"], one["model_answer"]] for one in quiz.get("reflections", [])]
    text = (
        f"{found['number']} {found['title']}: {low} to {high} minutes, {len(teaching['discuss'])} "
        f"questions to discuss, {len(reveals)} misconceptions, {len(answers)} answers"
    )
    order = [
        [part, _minutes(low * share, high * share), done]
        for part, share, done in running_order(lesson)
    ]
    page = (
        f"<p>{escape(found['summary'])}</p><p><b>{low} to {high} minutes</b> alone; in a room half "
        "as much again for the talk (assumed).</p>"
        f"<p><b>Afterwards they can</b></p>{_list([one['text'] for one in found['outcomes']])}"
        f"<p><b>Discuss</b></p>{_list(teaching['discuss'])}"
        f"<p><b>In a mixed group.</b> {escape(teaching['mixed'])}</p>"
        f"<p><b>When time is short.</b> {escape(teaching['short'])}</p>"
    )
    for title, head, rows in (
        ("Running order, parts", ORDER, order),
        ("Misconceptions, and the question that shows each", MISCONCEPTIONS, reveals),
        ("Right answers, with reasons", ANSWERS, answers),
        ("Predictions, and what comes out", PREDICTIONS, outcomes),
        ("Free texts, and one answer to each", TEXTS, texts),
    ):
        page += folded(f"{title}: {len(rows)}", table_html(head, rows)) if rows else ""
    return Shown(text, page)


def _minutes(low: float, high: float) -> str:
    """Whole minutes, at least one."""
    ends = [max(1, round(low)), max(1, round(high))]
    return " to ".join(map(str, dict.fromkeys(ends)))


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
