"""Six threats on each arrow of a picture: mark those that are open, and read why of each."""

from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Bundle, Panel
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.questions import text_hash
from tpmlib.lessons.architecture import flows_picture as chart
from tpmlib.lessons.architecture.flows_picture import KINDS, NAMES

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
        self.threats = content.table("threats").set_index(["flow_id", "kind"]).to_dict("index")
        asked = {name: self._ask(number, name) for number, name in enumerate(self.flows.index, 1)}
        self.hashes = {name: text_hash({"text": pair[0]["label"]}) for name, pair in asked.items()}
        fields = [field for pair in asked.values() for field in pair]
        how = {"id": "how", "kind": "note", "label": HOW}
        self.form = Form(fields=[how, *fields], arrangement="marks")
        self.form.name_item("threats")
        self._recall()
        self.picture = Picture(chart)
        self.form.on_event(lambda event: self.run(self._check, event))
        self.on(self.form, "values", self._show)
        self.widget = ipywidgets.VBox([self.picture, self.form])
        self._show()

    def _recall(self) -> set[str]:
        """Tick what was kept last; the arrows whose ticks are new."""
        latest = {name: self.record.latest(f"threats-{name}", "threats") for name in self.hashes}
        kept = {name: event["answer"] for name, event in latest.items() if event}
        fresh: set[str] = self.form.recall(fitting(self.form.fields, kept))
        # what was ticked when an arrow was checked; an answer to another text does not count
        self.checked = {
            name: ticks
            for name, event in latest.items()
            if event and event["text_hash"] == self.hashes[name]
            if (ticks := self._ticks(self.form.base, name))
        }
        return fresh

    def refresh(self) -> None:
        if self._recall():
            self._show()

    def _ask(self, number: int, name: str) -> list[Field]:
        row = self.flows.loc[name]
        label = f"{number}. {row['start']} to {row['end']}. {row['carries']} Now: {row['now']}"
        options = [{"value": kind, "label": label} for kind, label in KINDS.items()]
        check = {"id": f"check {name}", "kind": "button", "label": f"Check arrow {number}"}
        return [
            {"id": name, "kind": "checks", "label": label, "options": options},
            check | {"plain": True},
        ]

    def _ticked(self, name: str) -> list[str]:
        return self._ticks(self.form.values, name)

    def _ticks(self, values: dict[str, Any], name: str) -> list[str]:
        return [kind for kind in KINDS if kind in (values.get(name) or [])]

    def _open(self, name: str) -> list[str]:
        return [kind for kind in KINDS if self.threats[name, kind]["open"]]

    def _frame(self) -> pd.DataFrame:
        return self.flows.assign(marked=[" ".join(self._ticked(name)) for name in self.flows.index])

    def _show(self) -> None:
        """Draw the letters, and say of each checked arrow why, until its ticks change."""
        checked = self.checked.items()
        self.checked = {name: ticks for name, ticks in checked if ticks == self._ticked(name)}
        self.form.feedback = {name: self._feedback(name) for name in self.checked}
        frame = self._frame()
        title = f"{chart.finding(frame)}."
        self.picture.show(frame, title, f"{title} {chart.arrows(frame)}")
        hits = sum(len(set(ticks) & set(self._open(n))) for n, ticks in self.checked.items())
        total = sum(len(self._open(name)) for name in self.checked)
        message = f"{len(self.checked)} of {len(self.flows)} arrows checked"
        message += f"; {hits} of their {total} open threats found" if self.checked else ""
        self.form.message = f"{message}. {self.record.problem}".strip()

    def _check(self, event: dict[str, Any]) -> None:
        name = str(event.get("click", "")).removeprefix("check ")
        if name not in self.flows.index:
            return
        ticked = self._ticked(name)
        if not ticked:
            hint = {"tone": "", "text": "Tick a threat first: each arrow has one at least."}
            self.form.feedback = {**self.form.feedback, name: hint}
            return
        answer = {"lesson": "architecture", "text": self.hashes[name]}
        self.keep("threats", f"threats-{name}", ticked, **answer, right=ticked == self._open(name))
        self.checked[name] = ticked
        self._show()

    def _feedback(self, name: str) -> dict[str, Any]:
        """How many open threats were ticked, and of each of the six kinds why it is open or not."""
        ticked, wanted = set(self.checked[name]), set(self._open(name))
        return {
            "tone": "right" if ticked == wanted else "wrong",
            "text": f"{len(ticked & wanted)} of {len(wanted)} open found; {len(ticked - wanted)} "
            "ticked that this reading calls closed.",
            "options": {kind: self._why(name, kind) for kind in KINDS},
        }

    def _why(self, name: str, kind: str) -> dict[str, str]:
        threat, ticked = self.threats[name, kind], kind in self.checked[name]
        reason = f"{'Open' if threat['open'] else 'Closed'}. {threat['reason']}"
        if threat["open"] and not ticked:
            return {"tone": "wrong", "text": f"Open, and not ticked. {threat['reason']}"}
        if ticked:
            return {"tone": "right" if threat["open"] else "wrong", "text": reason}
        return {"tone": "", "text": reason}

    def text(self) -> str:
        return f"Mark threats: {len(self.flows)} arrows, {len(KINDS)} kinds\n{self.picture.alt}"

    def html(self) -> str:
        head, *rows = chart.numbers(self._frame())
        reasons = [
            [f"{number}. {label}", "open" if threat["open"] else "closed", threat["reason"]]
            for number, name in enumerate(self.flows.index, 1)
            for kind, label in NAMES.items()
            for threat in [self.threats[name, kind]]
        ]
        table = table_html(["Threat", "This reading", "Why"], reasons)
        return f"<p>{HOW}</p>{table_html(head, rows)}{folded('Open or closed, and why', table)}"

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | self.picture.bundle()]
