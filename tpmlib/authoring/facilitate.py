"""What an instructor needs for a lesson: order, talk, beliefs to look for, answers with reasons."""

from collections.abc import Iterable
from html import escape

from tpmlib.authoring.pace import running_order
from tpmlib.kit import content, questions
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Shown
from tpmlib.kit.panels.progress import minutes

UNPLANNED = "Not planned yet: see `teaching` of the lesson in course.yml."
MISCONCEPTIONS = ["Belief", "Question", "The option that shows it", "What to say"]
TABLES = {  # of a plan, each with its columns
    "Running order, parts": ["Part", "Minutes", "To do"],
    "Misconceptions, and the question that shows each": MISCONCEPTIONS,
    "Right answers, with reasons": ["Question", "Right", "Why"],
    "Predictions, and what comes out": ["Prediction", "Outcome", "Why"],
    "Free texts, and one answer to each": ["Asked", "One answer"],
}


def facilitate(lesson: str) -> Shown:
    """Aims, running order, talk, misconceptions and answers of a lesson, by noun or number."""
    entry = content.lesson_named(lesson)
    teaching = {"discuss": [], "mixed": UNPLANNED, "short": UNPLANNED} | entry.get("teaching", {})
    low, high = entry["minutes"]
    tables = _tables(entry["id"], low, high)
    _, misconceptions, answers, *_ = tables
    text = (
        f"{entry['number']} {entry['title']}: {minutes(entry)}, {len(teaching['discuss'])} "
        f"questions to discuss, {len(misconceptions)} misconceptions, {len(answers)} answers"
    )
    page = (
        f"<p>{escape(entry['summary'])}</p><p><b>{minutes(entry)}</b> alone; in a room half "
        "as much again for the talk (assumed).</p>"
        f"<p><b>Afterwards they can</b></p>{_list([aim['text'] for aim in entry['outcomes']])}"
        f"<p><b>Discuss</b></p>{_list(teaching['discuss'])}"
        f"<p><b>In a mixed group.</b> {escape(teaching['mixed'])}</p>"
        f"<p><b>When time is short.</b> {escape(teaching['short'])}</p>"
    )
    for (title, head), rows in zip(TABLES.items(), tables, strict=True):
        page += folded(f"{title}: {len(rows)}", table_html(head, rows)) if rows else ""
    return Shown(text, page)


def _tables(lesson: str, low: float, high: float) -> list[list[list[str]]]:
    """The rows of each of TABLES. low, high: the lesson's time [minutes]."""
    quiz, order = questions.quiz(lesson), running_order(lesson)
    predictions = [prediction.filled() for prediction in quiz.predictions]
    misconceptions, answers, numbers = [], [], []
    for question in (question.filled() for question in quiz.questions):
        for option in question.options:
            row = [question.text, option.text, option.why]
            if option.misconception:
                misconceptions.append([*beliefs([option.misconception]), *row])
            if option.right:
                answers.append(row)
        if question.answer:
            numbers.append([question.text, question.answer.digits(), question.why])
    return [
        [[part, _minutes(low * share, high * share), to_do] for part, share, to_do in order],
        misconceptions,
        answers + numbers,
        [[item.text, item.outcome_words(), item.why] for item in predictions],
        [[item.text, item.model_answer] for item in quiz.reflections],
    ]


def beliefs(names: Iterable[str]) -> list[str]:
    """The sentence of each misconception in data/misconceptions.csv; without one, its name.

    An empty name stays empty.
    """
    beliefs = dict(content.table("misconceptions")[["misconception_id", "belief"]].to_numpy())
    return [beliefs.get(name, name.replace("-", " ")) for name in names]


def _minutes(low: float, high: float) -> str:
    """Whole minutes, at least one."""
    ends = [max(1, round(low)), max(1, round(high))]
    return " to ".join(map(str, dict.fromkeys(ends)))


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
