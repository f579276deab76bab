"""Three arrows of a picture: at the one that is chosen a card opens with six threats to tick."""

from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Bundle, Panel
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.questions import text_hash
from tpmlib.lessons.architecture import flows_picture as chart

ARROW, CHECK = "arrow", "check"
# the kinds of threat in the order of the word STRIDE: what is asked, and how it is called
KINDS = {
    "spoofing": "pass for another?",
    "tampering": "change what is sent or kept?",
    "repudiation": "deny what they did?",
    "disclosure": "read what is not meant for them?",
    "denial": "use it up, so that others get nothing?",
    "elevation": "gain a right that nobody meant to give?",
}
# where the card stands when an arrow is chosen: above, and from the left [of the picture]
MARGINS = {"": "175px 0 0 0%", "f3": "175px 0 0 0%", "f4": "175px 0 0 54%", "f7": "175px 0 0 54%"}


class MarkThreats(Panel):
    """`mark_threats()`: three arrows of table `flows`, six kinds each; every kind says why."""

    def __init__(self) -> None:
        super().__init__()
        self.flows = content.table("flows").set_index("flow_id", drop=False)
        self.threats = content.table("threats").set_index(["flow_id", "kind"]).to_dict("index")
        self.asked = {flow: self._asks(flow) for flow in self.flows.index}
        self.arrow = ""  # the one whose card is open
        self.ticks: dict[str, list[str]] = {}
        self.checked: set[str] = set()
        self.form = Form(fields=[], arrangement="marks")
        self.picture = Picture(chart)
        self.form.on_event(lambda event: self.run(self._check, event))
        self.on(self.form, "values", self._moved)
        self.on(self.picture, "pin", lambda: self._choose(self.picture.pin))
        self.widget = ipywidgets.Box([self.picture, self.form])
        self.widget.add_class("tpm-over")
        self._recall()
        self._choose("")

    def _recall(self) -> None:
        """Tick what was kept last; an answer to another text does not count."""
        for flow, asked in self.asked.items():
            event = self.record.latest(f"threats-{flow}", "threats")
            if event and event["text_hash"] == text_hash({"text": asked}):
                self.ticks[flow] = [kind for kind in KINDS if kind in event["answer"]]
                self.checked.add(flow)

    def refresh(self) -> None:
        before = {*self.checked}
        self._recall()
        if self.checked != before:
            self._choose(self.arrow)

    def _asks(self, flow: str) -> str:
        row = self.flows.loc[flow]
        return f"{row['carries']} Now: {row['now']} Could somebody there ..."

    def _open(self, flow: str) -> list[str]:
        return [kind for kind in KINDS if self.threats[flow, kind]["open"]]

    def _choose(self, flow: str) -> None:
        """Open the card of an arrow, at the arrow."""
        self.arrow = flow
        arrows = [{"value": f, "label": self._name(f)} for f in self.flows.index]
        fields: list[Field] = [
            {"id": ARROW, "kind": "radio", "label": "Choose an arrow", "options": arrows}
        ]
        values: dict[str, Any] = {ARROW: flow or None}
        if flow:
            kinds = [{"value": kind, "label": label} for kind, label in KINDS.items()]
            fields.append(
                {"id": flow, "kind": "checks", "label": self.asked[flow], "options": kinds}
            )
            fields.append({"id": CHECK, "kind": "button", "label": f"Check {self._name(flow)}"})
            values[flow] = self.ticks.get(flow)
        with self.form.hold_sync():
            self.form.values, self.form.fields = {}, fields
            self.form.values = values
            self.form.layout.margin = MARGINS[flow]
        self._show()

    def _name(self, flow: str) -> str:
        row = self.flows.loc[flow]
        return f"{self.flows.index.get_loc(flow) + 1}. {row['start']} to {row['end']}"

    def _moved(self) -> None:
        values = self.form.values
        if ARROW not in values:
            return  # between two cards
        if (values[ARROW] or "") != self.arrow:
            self._choose(values[ARROW] or "")
        elif self.arrow and (values.get(self.arrow) or []) != self.ticks.get(self.arrow, []):
            self.ticks[self.arrow] = [kind for kind in KINDS if kind in values[self.arrow]]
            self.checked.discard(self.arrow)
            self._show()

    def _frame(self) -> pd.DataFrame:
        opened = {f: " ".join(self._open(f)) if f in self.checked else "" for f in self.flows.index}
        return self.flows.assign(
            chosen=self.flows["flow_id"] == self.arrow, open=self.flows["flow_id"].map(opened)
        )

    def _show(self) -> None:
        """Draw what is open on checked arrows, and say why on the card that is open."""
        is_told = self.arrow in self.checked
        self.form.feedback = {self.arrow: self._feedback(self.arrow)} if is_told else {}
        hits = sum(len({*self.ticks[f]} & {*self._open(f)}) for f in self.checked)
        total = sum(len(self._open(f)) for f in self.checked)
        found = f"You found {hits} of {total} open threats. " if self.checked else ""
        self.form.message = f"{found}{self.record.problem}".strip()
        frame = self._frame()
        with self.picture.hold_sync():
            self.picture.places, self.picture.pin = chart.places(frame), self.arrow
        self.picture.show(frame, "", f"{chart.finding(frame)}. {chart.arrows(frame)}")

    def _check(self, event: dict[str, Any]) -> None:
        flow = self.arrow
        if event.get("click") != CHECK or not flow:
            return
        ticked = self.ticks.get(flow, [])
        if not ticked:
            hint = {"tone": "", "text": "Tick a threat first: each arrow has one at least."}
            self.form.feedback = {flow: hint}
            return
        answer = {"lesson": "architecture", "text": text_hash({"text": self.asked[flow]})}
        self.keep("threats", f"threats-{flow}", ticked, **answer, right=ticked == self._open(flow))
        self.checked.add(flow)
        self._show()

    def _feedback(self, flow: str) -> dict[str, Any]:
        """How many open threats were ticked, and of each of the six kinds why it is open or not."""
        ticked, wanted = {*self.ticks[flow]}, {*self._open(flow)}
        options = {}
        for kind in KINDS:
            threat, missed = self.threats[flow, kind], kind in wanted - ticked
            how = ("Open, and not ticked" if missed else "Open") if threat["open"] else "Closed"
            right = kind in ticked & wanted
            tone = "right" if right else "wrong" if kind in ticked ^ wanted else ""
            options[kind] = {"tone": tone, "text": f"{how}: {kind}. {threat['reason']}"}
        return {
            "tone": "right" if ticked == wanted else "wrong",
            "text": f"{len(ticked & wanted)} of {len(wanted)} open found; {len(ticked - wanted)} "
            "ticked that this reading calls closed.",
            "options": options,
        }

    def text(self) -> str:
        return f"Mark threats: {len(self.flows)} arrows, {len(KINDS)} kinds\n{self.picture.alt}"

    def html(self) -> str:
        head, *rows = chart.numbers(self._frame())
        reasons = [
            [self._name(flow), kind, "open" if threat["open"] else "closed", threat["reason"]]
            for (flow, kind), threat in self.threats.items()
        ]
        table = table_html(["Arrow", "Threat", "This reading", "Why"], reasons)
        return table_html(head, rows) + folded("Open or closed, and why", table)

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | self.picture.bundle()]
