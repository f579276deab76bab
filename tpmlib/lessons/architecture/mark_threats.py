"""Six threats on each arrow of a picture: mark those that are open, and read why of each."""

from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Bundle, Panel, picture_bundle
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.panels.pieces import Picture
from tpmlib.kit.questions import text_hash
from tpmlib.lessons.architecture import flows_picture as chart

KINDS = {
    "spoofing": "Spoofing: pass for another",
    "tampering": "Tampering: change data",
    "repudiation": "Repudiation: deny what was done",
    "disclosure": "Information disclosure: read what was not meant for you",
    "denial": "Denial of service: take it from others",
    "elevation": "Elevation of privilege: gain a right not given",
}
HOW = (
    "For each arrow, tick the threats that what stands there now leaves open; then check it. The "
    "answers are one reading of an invented picture (synthetic). If you can say what an attacker "
    "would do on an arrow that is called closed, you may have found what this reading missed."
)


class MarkThreats(Panel):
    """`mark_threats()`: seven arrows of table `flows`, six kinds each; every kind says why."""

    def __init__(self) -> None:
        super().__init__()
        self.flows = content.table("flows").set_index("flow_id", drop=False)
        self.threats = content.table("threats").set_index(["flow_id", "kind"]).sort_index()
        asked = {name: self._ask(number, name) for number, name in enumerate(self.flows.index, 1)}
        self.hashes = {name: text_hash({"text": pair[0]["label"]}) for name, pair in asked.items()}
        latest = {name: self.record.latest(f"threats-{name}", "threats") for name in asked}
        fields = [field for pair in asked.values() for field in pair]
        how = {"id": "how", "kind": "note", "label": HOW}
        kept = {name: last["answer"] for name, last in latest.items() if last}
        self.form = Form(fields=[how, *fields], values=fitting(fields, kept), arrangement="marks")
        self.checked: dict[str, list[str]] = {}
        self.picture = Picture(width=int(chart.SIZE[0] * 100))
        self._canvas = Canvas(chart.draw, chart.SIZE, self._frame())
        self.form.on_event(lambda event: self.run(self._check, event))
        self.on(self.form, "values", self._moved)
        self.widget = ipywidgets.VBox([self.picture, self.form])
        for name, last in latest.items():
            if last and last["text_hash"] == self.hashes[name] and self._ticked(name):
                self._explain(name)
        self._draw()
        self._sum_up()

    def _ask(self, number: int, name: str) -> list[Field]:
        row = self.flows.loc[name]
        label = f"{number}. {row['start']} to {row['end']}. {row['carries']} Now: {row['now']}"
        options = [{"value": kind, "label": words} for kind, words in KINDS.items()]
        check = {"id": f"check {name}", "kind": "button", "label": f"Check arrow {number}"}
        return [
            {"id": name, "kind": "checks", "label": label, "options": options},
            check | {"plain": True},
        ]

    def _ticked(self, name: str) -> list[str]:
        ticked: list[str] = self.form.values.get(name) or []
        return [kind for kind in KINDS if kind in ticked]

    def _open(self, name: str) -> list[str]:
        return [kind for kind in KINDS if self.threats.loc[(name, kind), "open"]]

    def _frame(self) -> pd.DataFrame:
        return self.flows.assign(marked=[" ".join(self._ticked(one)) for one in self.flows.index])

    def _moved(self) -> None:
        """Draw the letters; what was said of an arrow goes once its ticks change."""
        stale = [name for name, was in self.checked.items() if was != self._ticked(name)]
        for name in stale:
            del self.checked[name]
        feedback = self.form.feedback
        self.form.feedback = {name: said for name, said in feedback.items() if name not in stale}
        self._draw()
        self._sum_up()

    def _draw(self) -> None:
        frame = self._frame()
        with self.picture.hold_sync():
            self.picture.png = self._canvas.png(frame)
            self.picture.alt = f"{chart.finding(frame)}. {chart.arrows(frame)}"
            self.picture.sentence = f"{chart.finding(frame)}."

    def _check(self, event: dict[str, Any]) -> None:
        name = str(event.get("click", "")).removeprefix("check ")
        if name not in self.flows.index:
            return
        ticked = self._ticked(name)
        if not ticked:
            said = {"tone": "", "text": "Tick a threat first: each arrow has one at least."}
            self.form.feedback = {**self.form.feedback, name: said}
            return
        right, item = ticked == self._open(name), f"threats-{name}"
        self.keep(
            "threats", item, ticked, lesson="architecture", text=self.hashes[name], right=right
        )
        self._explain(name)
        self._sum_up()

    def _explain(self, name: str) -> None:
        """Say of each of the six whether it is open, and why."""
        ticked, wanted = self._ticked(name), self._open(name)
        self.checked[name] = ticked
        options = {kind: self._why(name, kind, kind in ticked) for kind in KINDS}
        found, extra = len(set(ticked) & set(wanted)), len(set(ticked) - set(wanted))
        text = (
            f"{found} of {len(wanted)} open found; {extra} ticked that this reading calls closed."
        )
        tone = "right" if ticked == wanted else "wrong"
        said = {"tone": tone, "text": text, "options": options}
        self.form.feedback = {**self.form.feedback, name: said}

    def _why(self, name: str, kind: str, ticked: bool) -> dict[str, str]:
        row = self.threats.loc[(name, kind)]
        word = "Open" if row["open"] else "Closed"
        missed = ", and not ticked" if row["open"] and not ticked else ""
        tone = {(1, True): "right", (1, False): "wrong", (0, True): "wrong"}
        return {
            "text": f"{word}{missed}. {row['reason']}",
            "tone": tone.get((int(row["open"]), ticked), ""),
        }

    def _sum_up(self) -> None:
        done = self.checked
        found = sum(len(set(was) & set(self._open(name))) for name, was in done.items())
        there = sum(len(self._open(name)) for name in done)
        words = f"{len(done)} of {len(self.flows)} arrows checked"
        words += f"; {found} of their {there} open threats found" if done else ""
        self.form.message = f"{words}. {self.record.problem}".strip()

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Mark threats: {len(self.flows)} arrows, {len(KINDS)} kinds\n{self.picture.alt}"

    def html(self) -> str:
        head, *rows = chart.numbers(self._frame())
        reasons = [
            [f"{number}. {KINDS[kind].split(':')[0]}", "open" if row["open"] else "closed"]
            + [row["reason"]]
            for number, name in enumerate(self.flows.index, 1)
            for kind in KINDS
            for row in [self.threats.loc[(name, kind)]]
        ]
        table = table_html(["Threat", "This reading", "Why"], reasons)
        return f"<p>{HOW}</p>{table_html(head, rows)}{folded('Open or closed, and why', table)}"

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | picture_bundle(self.picture.png)]
