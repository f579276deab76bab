"""Interval estimates of published figures: commit all, then see which hold, and at what width."""

from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.documents import Section, cell
from tpmlib.kit.html import folded, scrolled, table_html
from tpmlib.kit.panels.base import Bundle, parts
from tpmlib.kit.panels.exercise import Exercise
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.record import Record
from tpmlib.kit.scores import calibration_picture as chart
from tpmlib.kit.scores.calibration import calibration
from tpmlib.kit.words import choices, say

KIND, GRID = "calibrate", "grid"
ITEM = "calibration-{}"
HIGHEST = 1e9  # the largest number a learner may type
WIDEST = 1_000  # times from low to high; a wider interval holds whatever it is asked
ENDS = ("low", "high")

Round = dict[str, Any]  # as its YAML has it, checked against the schema
Cells = dict[str, Any]  # "F21.low" to a number


class Calibrate(Exercise):
    """`calibrate(round)`: intervals at 80%; the figures appear once all are kept."""

    kind, only = KIND, GRID

    def __init__(self, round: str) -> None:
        self.round = content.calibration_round(round)
        asked = self.round["questions"]
        self.facts = {question["fact"]: content.fact(question["fact"]) for question in asked}
        number = {"kind": "number", "min": 0, "max": HIGHEST}
        grid = {"id": GRID, "kind": "grid", "label": self.round["title"]}
        grid["corner"], *heads = choices("calibrate.head").values()
        grid["rows"] = [{"id": question["fact"], "label": question["text"]} for question in asked]
        ends = zip(ENDS, heads, strict=True)
        grid["columns"] = [{"id": end, "label": head} | number for end, head in ends]
        super().__init__(
            ITEM.format(round),
            self.round["lesson"],
            about=" ".join(question["text"] for question in asked),
            fields=[{"id": "how", "kind": "note", "label": self.round["text"]}, grid],
            start={GRID: {}},
            button=say("calibrate.check"),
        )
        self.picture, self.page = Picture(chart), ipywidgets.HTML()
        self.widget = ipywidgets.VBox([self.form, self.picture, self.page])
        self.begin()

    def begin(self) -> None:
        if not self.problem():
            self.show()

    def problem(self) -> str:
        return problem(self.round, self.answer())

    def show(self) -> None:
        super().show()
        frame = scored(self.round, self.answer())
        self.picture.show(frame, sentence(frame))
        head, *rows = chart.numbers(frame)
        table = scrolled(self.round["title"], table_html(head, rows))
        self.page.value = f'<div class="tpm">{table}</div>'

    def text(self) -> str:
        places = {"title": self.round["title"], "n": len(self.round["questions"])}
        asked = say("calibrate.asked", **places)
        return f"{asked}\n{self.picture.sentence}".strip()

    def html(self) -> str:
        questions = {question["fact"]: question["text"] for question in self.round["questions"]}
        asked = "".join(f"<li>{escape(text)}</li>" for text in questions.values())
        figures = [
            [questions[name], f"{cell(fact['figure'])} {fact['unit']}", name]
            for name, fact in self.facts.items()
        ]
        table = table_html([*choices("calibrate.saved").values()], figures)
        page = f"<p>{escape(self.round['text'])}</p><ul>{asked}</ul>"
        return page + folded(say("calibrate.figures"), table)

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | (self.picture.bundle() if self.picture.png else {})]


def kept(name: str, record: Record) -> Cells:
    """The cells of a round as they were kept last."""
    return parts(record.latest(ITEM.format(name), KIND))


def problem(round: Round, cells: Cells) -> str:
    """The first interval that cannot be scored, in words; nothing if all can."""
    for number, question in enumerate(round["questions"], 1):
        low, high = (cells.get(f"{question['fact']}.{end}") for end in ENDS)
        for end, value in zip(ENDS, (low, high), strict=True):
            if isinstance(value, bool) or not isinstance(value, int | float):
                return say("calibrate.missing", end=end, number=number)
        told = {"number": number, "low": low, "high": high}
        if not 0 < low <= high:  # type: ignore[operator]
            return say("calibrate.order", **told)
        if high > WIDEST * low:  # type: ignore[operator]
            return say("calibrate.wide", **told, times=high / low, most=WIDEST)  # type: ignore[operator]
    return ""


def scored(round: Round, cells: Cells) -> pd.DataFrame:
    """The intervals of a round beside their figures, with the score."""
    rows = []
    for question in round["questions"]:
        fact = content.fact(question["fact"])
        rows.append({end: cells[f"{question['fact']}.{end}"] for end in ENDS})
        rows[-1] |= {"label": question["label"], "fact": question["fact"]}
        rows[-1] |= {"figure": fact["figure"], "unit": fact["unit"]}
    return calibration(answers=pd.DataFrame(rows), level=chart.LEVEL)


def sentence(frame: pd.DataFrame) -> str:
    """How much wider the intervals had to be, and what so few can say."""
    row, number = frame.iloc[0], len(frame)
    told = say("calibrate.wide_enough")
    if row["widen"] > 1:
        told = say("calibrate.factor", factor=row["widen"], hold=chart.LEVEL * number, n=number)
    return f"{told} {say('calibrate.few', n=number, low=row['rate_low'], high=row['rate_high'])}"


def asked(lesson: str) -> list[str]:
    """The rounds that a lesson asks for."""
    rounds = content.calibration_rounds()
    return [
        ITEM.format(name) for name in rounds if content.calibration_round(name)["lesson"] == lesson
    ]


def made(record: Record) -> list[Section]:
    """The intervals that the learner gave, over all rounds."""
    rows = []
    for name in content.calibration_rounds():
        cells = kept(name, record)
        for question in content.calibration_round(name)["questions"]:
            low, high = (cells.get(f"{question['fact']}.{end}") for end in ENDS)
            rows += [] if None in (low, high) else [[question["text"], cell(low), cell(high)]]
    return [Section(say("calibrate.mine"), [*choices("calibrate.head").values()], rows)]
