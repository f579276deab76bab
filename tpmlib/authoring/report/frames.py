"""The frames of a class report: what a class answered of that which the course asks today."""

import pandas as pd

from tpmlib.authoring.facilitate import beliefs
from tpmlib.authoring.report import counts, made
from tpmlib.authoring.report.monday import monday
from tpmlib.kit import content, questions
from tpmlib.kit.questions import text_hash

BESIDE = {  # of each part that two classes share: what a row is known by, and the figure compared
    "participation": ("lesson", "share"),
    "beliefs": ("belief", "share"),
    "items": ("item", "difficulty"),
    "predictions": ("item", "came_true"),
    "verdicts": ("claim", "disagree"),
}


def frames_of(
    events: pd.DataFrame, lesson: str = "", least: int = counts.LEAST
) -> dict[str, pd.DataFrame]:
    """The frames of a class report by name, each as in `counts`, with the texts of the items.

    events: as `gather` reads them.   lesson: an id, for this one alone; empty for all.
    least: learners; what fewer answered is counted and not broken down.
    """
    lessons = [lesson["id"] for lesson in content.ready()]
    quizzes = [questions.quiz(each) for each in lessons]
    asked = [question.filled() for quiz in quizzes for question in quiz.questions]
    predictions = [prediction.filled() for quiz in quizzes for prediction in quiz.predictions]
    hashes = {item.id: item.text_hash for item in [*asked, *predictions]}
    claims = content.claims().set_index("claim_id")
    if lesson:
        claims = claims[claims["lesson"] == lesson]
    claim_hashes = {name: text_hash({"text": text}) for name, text in claims["claim"].items()}
    pairs = {question.parallel: question.id for question in asked if question.parallel}
    # an item is of the lesson whose quiz holds it, never of one that its id resembles; what no quiz
    # holds any more is of the lesson in which it was answered
    home = dict(zip(events["item"], events["lesson"], strict=True))
    home |= {item.id: item.lesson for item in [*asked, *predictions]}
    mine = events[events["item"].map(home) == lesson] if lesson else events
    frames = {
        "participation": counts.participation(events, [lesson] if lesson else lessons),
        "items": counts.items(events, hashes, least),
        "wrong": counts.wrong(mine, asked, hashes, least),
        "beliefs": counts.beliefs(mine, asked, hashes, least),
        "predictions": counts.predictions(mine, hashes, least),
        "calibration": counts.calibration(mine, hashes, least),
        "verdicts": counts.verdicts(events, dict(claims["verdict"]), claim_hashes, least),
        "choices": made.choices(mine, least),
        "texts": made.texts(mine, made.tasks(), least),
        "gain": counts.gain(events, pairs, hashes, least),
    }
    if lesson:
        # a question is compared with all others of the course, so it is filtered once counted
        items = frames["items"]
        frames["items"] = items[items["item"].map(home) == lesson].reset_index(drop=True)
        del frames["gain"]  # each of its rows is of two lessons
    _name_items(frames, {item.id: item.text for item in [*asked, *predictions]})
    frames["verdicts"].insert(1, "text", list(claims["claim"].loc[frames["verdicts"]["claim"]]))
    frames["wrong"]["belief"] = beliefs(frames["wrong"].pop("misconception"))
    frames["beliefs"].insert(0, "belief", beliefs(frames["beliefs"].pop("misconception")))
    return {"monday": monday(frames), **frames}


def _name_items(frames: dict[str, pd.DataFrame], texts: dict[str, str]) -> None:
    """Beside each item stands its text."""
    for name in frames.keys() & {"items", "wrong", "predictions", "gain"}:
        frame = frames[name]
        frame.insert(1, "text", [texts.get(item, "no longer asked") for item in frame["item"]])


def set_beside(frames: dict[str, pd.DataFrame], others: dict[str, pd.DataFrame]) -> None:
    """Give each part that two classes share a column `beside`: the other class's figure."""
    for name, (key, figure) in BESIDE.items():
        other = others[name]
        other = other[other["wording"] == "now"] if "wording" in other else other
        frames[name]["beside"] = frames[name][key].map(other.set_index(key)[figure])
