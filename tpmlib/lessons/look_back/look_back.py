"""The end of the course: what was gained, how good predictions were, and all verdicts."""

from html import escape

import ipywidgets
import pandas as pd

from tpmlib.kit import content, questions
from tpmlib.kit.html import folded, scrolled, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.picture import Picture
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
        self.picture = Picture(chart)
        self.widget = ipywidgets.VBox([self.before, self.picture, self.after, self.form])
        self.refresh()

    def refresh(self) -> None:
        record = self.record
        pairs, frame = gain.pairs(record), brier(answers=predictions(record))
        table = table_html(GAIN, gain.rows(pairs))
        self.before.value = _page("Then and now", gain.sentence(pairs), table + reasons(pairs))
        self.picture.show(frame, f"{describe(frame)} {missing(record)}".strip())
        head, *rows = chart.numbers(frame)
        predicted = folded("The predictions by how sure you were", table_html(head, rows))
        table = table_html(verdicts.HEAD, verdicts.rows(record))
        judged = verdicts.sentence(record)
        self.after.value = _page("Your verdicts", judged, table + read(record), predicted)

    def text(self) -> str:
        asked, guessed = questions.quiz(gain.LESSON).questions, questions.predictions()
        claims = content.table("claims")
        return (
            f"Look back: {len(asked)} ideas asked at the start and now, {len(guessed)} predictions "
            f"with how sure you were, {len(claims)} claims with your verdict and the course's"
        )

    def html(self) -> str:
        """The claims; nothing of the learner, since a saved notebook may be shown to others."""
        numbers = {lesson["id"]: lesson["number"] for lesson in content.course()["lessons"]}
        claims = content.table("claims").replace({"lesson": numbers})
        rows = claims[["claim_id", "claim", "lesson"]].to_numpy().tolist()
        table = folded("The claims", table_html(["Claim", "What it says", "Lesson"], rows))
        return f"<p>{escape(self.text())}. What you answered stands here when it runs.</p>{table}"


def predictions(record: Record) -> pd.DataFrame:
    """The first commit of each prediction: `confidence` [0 to 1], and whether it came `right`."""
    rows, asked = [], questions.predictions()
    for item, event in gain.first_answers(record, "predict").items():
        sure = parts(event).get("confidence")
        if item not in asked or event["right"] is None or isinstance(sure, bool):
            continue
        if isinstance(sure, int | float) and 0 <= sure <= 100:
            rows.append((sure / 100, event["right"]))
    return pd.DataFrame(rows, columns=["confidence", "right"])


def missing(record: Record) -> str:
    """Lessons in which a prediction was never committed."""
    kept, left = record.items("predict"), []
    for lesson in content.course()["lessons"]:
        if lesson["status"] == "ready":
            asked = questions.quiz(lesson["id"]).predictions
            count = sum(prediction.id not in kept for prediction in asked)
            left += [f"{count} in {lesson['number']}"] if count else []
    return f"Predictions never committed, by lesson: {', '.join(left)}." if left else ""


def reasons(pairs: list[gain.Pair]) -> str:
    """The starting questions with their reasons; lesson 00 kept them back until now."""
    page = ""
    for text, lines in gain.answers(pairs):
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        page += f"<p><b>{escape(text)}</b></p><ul>{items}</ul>"
    return folded("The starting questions, answered", page) if page else ""


def read(record: Record) -> str:
    """Each judged claim with the learner's reason and the course's reading."""
    page = "".join(
        f"<p><b>{escape(name)}</b></p><p>Your reason: {escape(reason) or 'none given'}</p>"
        f"<p>The course: {escape(reading)}</p>"
        for name, reason, reading in verdicts.readings(record)
    )
    return folded("Your reasons beside the course's readings", page) if page else ""


def _page(title: str, sentence: str, below: str, above: str = "") -> str:
    text = f"{above}<h3>{escape(title)}</h3><p>{escape(sentence)}</p>{below}"
    return f'<div class="tpm">{scrolled(title, text)}</div>'
