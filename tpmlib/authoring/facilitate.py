"""What an instructor needs for a lesson: order, talk, beliefs to look for, answers with reasons."""

from collections.abc import Iterable
from html import escape

from tpmlib.authoring.pace import late, running_order
from tpmlib.kit import content, questions
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Shown
from tpmlib.kit.panels.header import marked
from tpmlib.kit.panels.progress import minutes
from tpmlib.kit.words import choices, say

TABLES = ("order", "misconceptions", "answers", "predictions", "texts")  # of a plan


def facilitate(lesson: str) -> Shown:
    """Aims, running order, talk, misconceptions and answers of a lesson, by noun or number."""
    entry = content.lesson_named(lesson)
    teaching = {"discuss": []} | entry.get("teaching", {})
    low, high = entry["minutes"]
    tables = _tables(entry["id"], low, high)
    _, misconceptions, answers, *_ = tables
    numbers = {"discuss": len(teaching["discuss"]), "misconceptions": len(misconceptions)}
    told = {"number": entry["number"], "title": entry["title"], "minutes": minutes(entry)}
    page = (
        f"<p>{escape(entry['summary'])}</p>{marked('facilitate.time', minutes=minutes(entry))}"
        f"{marked('facilitate.aims')}{_list([aim['text'] for aim in entry['outcomes']])}"
        f"{marked('facilitate.discuss')}{_list(teaching['discuss'])}"
    )
    for part, plan in (("mixed", teaching.get("mixed")), ("short", "; ".join(late(entry["id"])))):
        page += marked(f"facilitate.{part}", plan=plan or say("facilitate.unplanned"))
    for name, rows in zip(TABLES, tables, strict=True):
        table = table_html([*choices(f"facilitate.{name}_head").values()], rows)
        page += folded(say(f"facilitate.{name}", n=len(rows)), table) if rows else ""
    return Shown(say("facilitate.text", **told, **numbers, answers=len(answers)), page)


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
    return " to ".join(map(str, dict.fromkeys([max(1, round(low)), max(1, round(high))])))


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
