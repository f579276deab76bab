"""The end of the course: what was gained, how good predictions were, and all verdicts."""

from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.pieces import Picture
from tpmlib.kit.record import Record
from tpmlib.kit.scores import brier_picture as chart
from tpmlib.kit.scores.brier import brier, describe
from tpmlib.lessons.look_back import gain, verdicts

GAIN = ["Starting question", "Before", "Now"]


class LookBack(Panel):
    """`look_back()`: starting questions against their partners, predictions, the 25 verdicts."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(fields=[])
        self.before, self.after = ipywidgets.HTML(), ipywidgets.HTML()
        self.picture = Picture(width=int(chart.SIZE[0] * 100))
        self.frame = brier(answers=pd.DataFrame(columns=["confidence", "right"]))
        self._canvas = Canvas(chart.draw, chart.SIZE, self.frame)
        self.widget = ipywidgets.VBox([self.before, self.picture, self.after, self.form])
        self.refresh()

    def refresh(self) -> None:
        self.frame = brier(answers=predictions(self.record))
        pairs = gain.pairs(self.record)
        self.before.value = _page(
            "Then and now", gain.sentence(pairs), GAIN, gain.rows(pairs), reasons(pairs)
        )
        with self.picture.hold_sync():
            self.picture.png = self._canvas.png(self.frame)
            self.picture.alt = chart.finding(self.frame)
            self.picture.sentence = f"{describe(self.frame)} {missing(self.record)}".strip()
        head, *rows = chart.numbers(self.frame)
        table = folded("The predictions by how sure you were", table_html(head, rows))
        said = verdicts.sentence(self.record)
        self.after.value = _page(
            "Your verdicts", said, verdicts.HEAD, verdicts.rows(self.record), read(self.record)
        ).replace("<h3>", f"{table}<h3>", 1)

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        asked, guessed = len(content.quiz(gain.LESSON)["questions"]), len(content.predictions())
        return (
            f"Look back: {asked} ideas asked at the start and now, {guessed} predictions with how "
            f"sure you were, {len(verdicts.claims())} claims with your verdict and the course's"
        )

    def html(self) -> str:
        """The claims; nothing of the learner, since a saved notebook may be shown to others."""
        rows = [[one["claim_id"], one["claim"], one["lesson"]] for one in verdicts.claims()]
        note = "What you answered stands here when it runs."
        table = folded("The claims", table_html(["Claim", "What it says", "Lesson"], rows))
        return f"<p>{escape(self.text())}. {note}</p>{table}"


def predictions(record: Record) -> pd.DataFrame:
    """The first commit of each prediction: how sure, and whether it came true."""
    first: dict[str, dict[str, Any]] = {}
    for event in record.events():
        if event["kind"] == "predict":
            first.setdefault(event["item"], event)
    known, rows = set(content.predictions()), []
    for item, event in first.items():
        sure = parts(event).get("confidence")
        if item not in known or event["right"] is None or isinstance(sure, bool):
            continue
        if isinstance(sure, int | float) and 0 <= sure <= 100:
            rows.append((sure / 100, event["right"]))
    return pd.DataFrame(rows, columns=["confidence", "right"])


def missing(record: Record) -> str:
    """Lessons in which a prediction was never committed."""
    kept = record.items("predict")
    lessons = {
        one["id"]: [item["id"] for item in content.quiz(one["id"])["predictions"]]
        for one in content.course()["lessons"]
        if one["status"] == "ready"
    }
    left = {name: sum(item not in kept for item in items) for name, items in lessons.items()}
    open_ = [f"{count} in {name}" for name, count in left.items() if count]
    return f"Predictions never committed, by lesson: {', '.join(open_)}." if open_ else ""


def reasons(pairs: list[gain.Pair]) -> str:
    """The starting questions with their reasons; lesson 00 kept them back until now."""
    said = "".join(
        f"<p><b>{escape(text)}</b></p><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + "</ul>"
        for text, lines in gain.answers(pairs)
    )
    return folded("The starting questions, answered", said) if said else ""


def read(record: Record) -> str:
    """Each judged claim with the learner's reason and the course's reading."""
    said = "".join(
        f"<p><b>{escape(name)}</b></p><p>Your reason: {escape(reason) or 'none given'}</p>"
        f"<p>The course: {escape(reading)}</p>"
        for name, reason, reading in verdicts.readings(record)
    )
    return folded("Your reasons beside the course's readings", said) if said else ""


def _page(title: str, said: str, head: list[str], rows: list[list[str]], more: str) -> str:
    table = table_html(head, rows)
    text = f"<h3>{escape(title)}</h3><p>{escape(said)}</p>{table}{more}"
    return f'<div class="tpm tpm-scroll">{text}</div>'
