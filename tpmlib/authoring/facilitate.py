"""What an instructor needs for a lesson: order, talk, beliefs to look for, answers with reasons."""

from collections.abc import Iterable
from html import escape
from typing import Any

from tpmlib.authoring.pace import late, running_order
from tpmlib.kit import content, questions
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Shown
from tpmlib.kit.panels.cards import cards
from tpmlib.kit.panels.header import marked
from tpmlib.kit.panels.progress import minutes
from tpmlib.kit.words import choices, say

TABLES = ("order", "misconceptions", "answers", "predictions", "texts", "cards")  # of a plan


def facilitate(lesson: str) -> Shown:
    """Aims, running order, talk, misconceptions and answers of a lesson, by noun or number."""
    entry = content.lesson_named(lesson)
    teaching = {"discuss": []} | entry.get("teaching", {})
    told = {"number": entry["number"], "title": entry["title"], "minutes": minutes(entry)}
    page = (
        f"<p>{escape(entry['summary'])}</p>{marked('facilitate.time', minutes=minutes(entry))}"
        f"{marked('facilitate.aims')}{_list([aim['text'] for aim in entry['outcomes']])}"
        f"{marked('facilitate.discuss')}{_list(teaching['discuss'])}"
    )
    for part, plan in (("mixed", teaching.get("mixed")), ("short", "; ".join(late(entry["id"])))):
        page += marked(f"facilitate.{part}", plan=plan or say("facilitate.unplanned"))
    for name, rows in zip(TABLES, _tables(entry["id"], *entry["minutes"]), strict=True):
        table = table_html([*choices(f"facilitate.{name}_head").values()], rows)
        page += folded(say(f"facilitate.{name}", n=len(rows)), table) if rows else ""
    return Shown(say("facilitate.text", **told), page)


def _tables(lesson: str, low: float, high: float) -> list[list[list[str]]]:
    """The rows of each of TABLES. low, high: the lesson's time [minutes]."""
    quiz, order = questions.quiz(lesson), running_order(lesson)
    asked = [question.filled() for question in quiz.questions]
    predictions = [prediction.filled() for prediction in quiz.predictions]
    offered = [(each.text, option) for each in asked for option in each.options]
    answers = [[text, option.text, option.why] for text, option in offered if option.right]
    answers += [[each.text, each.answer.digits(), each.why] for each in asked if each.answer]
    decks = [deck for name in content.decks() if (deck := content.deck(name))["lesson"] == lesson]
    return [
        [[part, _minutes(low * share, high * share), to_do] for part, share, to_do in order],
        [[*beliefs([o.misconception]), q, o.text, o.why] for q, o in offered if o.misconception],
        answers,
        [[item.text, item.outcome_words(), _why(item)] for item in predictions],
        [[r.text, r.model_answer, "; ".join(p.text for p in r.points)] for r in quiz.reflections],
        [row for deck in decks for row in _cards(deck)],
    ]


def _why(item: questions.Prediction) -> str:
    """The reason of the right option, and that of the whole."""
    return " ".join(filter(None, [*(o.why for o in item.options if o.right), item.why]))


def _cards(deck: dict[str, Any]) -> list[list[str]]:
    """Each card of a deck, its right piles and the reason."""
    labels = {pile["id"]: pile["label"] for pile in deck["piles"]}
    return [[c.text, "; ".join(labels[p] for p in c.piles), c.why] for c in cards(deck).values()]


def beliefs(names: Iterable[str]) -> list[str]:
    """The sentence of each misconception in data/misconceptions.csv, else its name, if any."""
    beliefs = dict(content.table("misconceptions")[["misconception_id", "belief"]].to_numpy())
    return [beliefs.get(name, name.replace("-", " ")) for name in names]


def _minutes(low: float, high: float) -> str:
    """Whole minutes, at least one."""
    return " to ".join(map(str, dict.fromkeys([max(1, round(low)), max(1, round(high))])))


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
