"""What a class wrote and laid out: free texts, reasons, cards and maps, without a name."""

from typing import Any
from zlib import crc32

import pandas as pd

from tpmlib.authoring.report.counts import LEAST, last, part
from tpmlib.kit import content, questions
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.assign import COLUMNS, people


def texts(events: pd.DataFrame, tasks: dict[str, str], least: int = LEAST) -> pd.DataFrame:
    """Free texts and reasons side by side: `item`, `text` (the task) and `own`, the last version.

    tasks: the words of each task and claim.   The texts of an item stand in an order that tells
    nothing of their writers. An item of fewer writers than `least` is left out.
    """
    written = last(events, ["reflect", "judge"])
    own = [str(part(given, "text") or part(given, "reason") or "") for given in written["answer"]]
    written = written.assign(own=own, place=[crc32(text.encode()) for text in own])
    own = written["own"].map(str.strip).astype(bool)
    written = written[own & written["item"].isin(list(tasks))]
    written = written[written.groupby("item")["own"].transform("size") >= least]
    written = written.assign(text=written["item"].map(tasks))
    return written.sort_values(["item", "place"], ignore_index=True)[["item", "text", "own"]]


def choices(events: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Cards and maps counted: `item`, `text` (the card, the duty), `choice`, `chosen` [learners],
    `learners` [who placed it] and `share` [0 to 1]. The last version counts; a card that fewer than
    `least` placed is left out.
    """
    names = dict(content.table("responsibilities")[["responsibility_id", "name"]].to_numpy())
    rows: list[tuple[str, Any, Any]] = []
    for event in last(events, ["cards", "assign"]).itertuples():
        answer = event.answer if isinstance(event.answer, dict) else {}
        if event.kind == "assign":
            duty = names.get(event.item)
            given = {key: people().get(str(answer.get(key)), "") for key in COLUMNS}
            pairs = [(say("assign.column", column=key), who) for key, who in given.items() if who]
            rows += [("map", f"{duty}: {head}", who) for head, who in pairs if duty]
        elif event.item in content.decks():
            deck = content.deck(event.item)
            cards = {card["id"]: card.get("text", names.get(card["id"])) for card in deck["cards"]}
            piles = {pile["id"]: pile["label"] for pile in deck["piles"]}
            placed = [(cards.get(card), piles.get(str(pile))) for card, pile in answer.items()]
            rows += [(deck["id"], *pair) for pair in placed if all(pair)]
    counted = pd.DataFrame(rows, columns=["item", "text", "choice"]).value_counts(sort=False)
    frame = counted.rename("chosen").reset_index()
    frame["learners"] = frame.groupby(["item", "text"])["chosen"].transform("sum")
    frame["share"] = frame["chosen"] / frame["learners"]
    frame = frame[frame["learners"] >= least]
    order = ["item", "text", "chosen", "choice"]
    return frame.sort_values(order, ascending=[True, True, False, True], ignore_index=True)


def tasks() -> dict[str, str]:
    """The words of each free text that a ready lesson asks for, and of each claim."""
    quizzes = [questions.quiz(lesson["id"]) for lesson in content.ready()]
    asked = {task.id: task.filled().text for quiz in quizzes for task in quiz.reflections}
    return asked | dict(content.table("claims")[["claim_id", "claim"]].to_numpy())
