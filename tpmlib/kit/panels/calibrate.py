"""Interval estimates of published figures: commit all, then see which hold, and at what width."""

from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Bundle, Panel, parts, picture_bundle
from tpmlib.kit.panels.form import Form, fitting
from tpmlib.kit.panels.pieces import Picture
from tpmlib.kit.questions import text_hash
from tpmlib.kit.scores import calibration_picture as chart
from tpmlib.kit.scores.calibration import calibration

GRID = "grid"
ITEM = "calibration-{}"
MOST = 1e9  # the largest number a learner may type
ENDS = ("low", "high")


class Calibrate(Panel):
    """`calibrate(round)`: ten intervals at 80%; the figures appear once all ten are kept."""

    def __init__(self, round: str) -> None:
        super().__init__()
        self.round = content.calibration_round(round)
        self.item = ITEM.format(round)
        self.hash = text_hash({"text": " ".join(one["text"] for one in self.round["questions"])})
        self.facts = {one["fact"]: content.fact(one["fact"]) for one in self.round["questions"]}
        columns = [
            {"id": end, "label": label, "kind": "number", "min": 0, "max": MOST}
            for end, label in zip(ENDS, ("Low", "High"), strict=True)
        ]
        rows = [{"id": one["fact"], "label": one["text"]} for one in self.round["questions"]]
        grid = {"id": GRID, "kind": "grid", "label": self.round["title"], "corner": "Question"}
        self.form = Form(
            fields=[
                {"id": "how", "kind": "note", "label": self.round["text"]},
                grid | {"rows": rows, "columns": columns},
            ],
            values={},
            buttons=[{"id": "keep", "label": "Check my intervals"}],
        )
        kept = parts(self.record.latest(self.item, "calibrate"))
        self.form.values = {GRID: {}} | fitting(self.form.fields, {GRID: kept} if kept else {})
        self.picture, self.page = Picture(width=int(chart.SIZE[0] * 100)), ipywidgets.HTML()
        self._canvas: Canvas | None = None
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = ipywidgets.VBox([self.form, self.picture, self.page])
        if kept and not problem(self.round, self._cells()):
            self._show()

    def _keep(self) -> None:
        wrong = problem(self.round, self._cells())
        if wrong:
            self.form.message = wrong
            return
        if parts(self.record.latest(self.item, "calibrate")) != self._cells():
            lesson = self.round["lesson"]
            self.keep("calibrate", self.item, self._cells(), lesson=lesson, text=self.hash)
        self._show()

    def _cells(self) -> dict[str, Any]:
        return dict(self.form.values[GRID] or {})

    def _show(self) -> None:
        frame = scored(self.round, self._cells())
        if self._canvas is None:
            self._canvas = Canvas(chart.draw, chart.SIZE, frame)
        with self.picture.hold_sync():
            self.picture.png = self._canvas.png(frame)
            self.picture.alt = chart.finding(frame)
            self.picture.sentence = sentence(frame) + self._pooled()
        self.form.message = self.kept()
        head, *rows = chart.numbers(frame)
        self.page.value = f'<div class="tpm tpm-scroll">{table_html(head, rows)}</div>'

    def _pooled(self) -> str:
        """Hits over all rounds that are kept whole; nothing while there is only one."""
        done = []
        for name in content.calibration_rounds():
            cells = parts(self.record.latest(ITEM.format(name), "calibrate"))
            one = content.calibration_round(name)
            if not problem(one, cells):
                done.append(scored(one, cells)["inside"])
        hits, asked = sum(int(one.sum()) for one in done), sum(map(len, done))
        return f" Over {len(done)} rounds {hits} of {asked} hold." if len(done) > 1 else ""

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        asked = f"{self.round['title']}: {len(self.round['questions'])} questions at 80%"
        return f"{asked}\n{self.picture.sentence}".strip()

    def html(self) -> str:
        asked = "".join(f"<li>{escape(one['text'])}</li>" for one in self.round["questions"])
        figures = [
            [one["text"], f"{fact['figure']:g} {fact['unit']}", one["fact"]]
            for one in self.round["questions"]
            for fact in [self.facts[one["fact"]]]
        ]
        table = table_html(["Question", "Figure", "Fact"], figures)
        return f"<p>{escape(self.round['text'])}</p><ul>{asked}</ul>" + folded("Figures", table)

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | (picture_bundle(self.picture.png) if self.picture.png else {})]


def problem(round: dict[str, Any], cells: dict[str, Any]) -> str:
    """The first interval that cannot be scored, in words; nothing if all can."""
    for number, one in enumerate(round["questions"], 1):
        low, high = (cells.get(f"{one['fact']}.{end}") for end in ENDS)
        for end, value in zip(ENDS, (low, high), strict=True):
            if isinstance(value, bool) or not isinstance(value, int | float):
                return f"Question {number} has no {end} number yet."
        if not 0 < low <= high:  # type: ignore[operator]
            return f"Question {number}: {low:g} to {high:g}; above 0, the low one not above."
    return ""


def scored(round: dict[str, Any], cells: dict[str, Any]) -> pd.DataFrame:
    """The intervals of a round beside their figures, with the score."""
    rows = []
    for one in round["questions"]:
        fact = content.fact(one["fact"])
        rows.append({end: cells[f"{one['fact']}.{end}"] for end in ENDS})
        rows[-1] |= {"label": one["label"], "fact": one["fact"]}
        rows[-1] |= {"figure": fact["figure"], "unit": fact["unit"]}
    return calibration(answers=pd.DataFrame(rows), level=chart.LEVEL)


def sentence(frame: pd.DataFrame) -> str:
    """How many hold, what ten can say about it, and the score."""
    row, n = frame.iloc[0], len(frame)
    wide = frame["to"] / frame["from"]
    fits = "fits" if row["rate_low"] <= chart.LEVEL <= row["rate_high"] else "does not fit"
    return (
        f"{row['hits']} of {n} intervals hold the figure; {chart.LEVEL:.0%} asked for "
        f"{chart.LEVEL * n:.0f}. With {n} questions the share that hold in the long run may lie "
        f"between {row['rate_low']:.0%} and {row['rate_high']:.0%}: this {fits} 80%, and two "
        f"rounds of {n} cannot show that you improved. In the middle your high number is "
        f"{wide.median():.1f} times your low one. Mean interval score {frame['score'].mean():.1f}; "
        f"less is better, and both a wide interval and a miss add to it."
    )
