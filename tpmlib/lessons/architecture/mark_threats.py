"""Three arrows of a picture: beside it a card with six threats to tick on the chosen one."""

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
from tpmlib.lessons.architecture.made import called

ARROW, CHECK = "arrow", "check"
ASKED = "Read “Now” first. Could somebody ..."
# the kinds of threat in the order of the word STRIDE: how they are called, and what is asked
KINDS = {
    "spoofing": "pose as somebody else?",
    "tampering": "change what is sent or kept?",
    "repudiation": "deny what they did?",
    "disclosure": "read what is not meant for them?",
    "denial": "flood it, so that nobody else gets through?",
    "elevation": "get a permission that nobody meant to give?",
}


class MarkThreats(Panel):
    """`mark_threats()`: the arrows of table `flows`, six kinds each; what is open says why."""

    def __init__(self) -> None:
        super().__init__()
        self.flows = content.table("flows").set_index("flow_id", drop=False)
        self.threats = content.table("threats").set_index(["flow_id", "kind"]).to_dict("index")
        self.names = self.flows["start"] + " to " + self.flows["end"]
        self.asked = self.flows["carries"] + " Now: " + self.flows["now"]
        self.arrow = ""  # the one whose card is open
        self.ticks: dict[str, list[str]] = {}
        self.checked: dict[str, Any] = {}  # what was kept last of each arrow
        self.told: set[str] = set()  # arrows whose ticks are those that were kept
        self.form = Form(fields=[], arrangement="marks")
        self.picture = Picture(chart)
        self.form.on_event(lambda event: self.run(self._check, event))
        self.on(self.form, "values", self._moved)
        self.on(self.picture, "pin", lambda: self._choose(self.picture.pin))
        self.widget = ipywidgets.Box([self.picture, self.form])
        self.widget.add_class("tpm-beside")
        self._recall()
        self._choose("")

    def _recall(self) -> bool:
        """Tick what is newly kept, here or elsewhere; an answer to another text does not count."""
        kept = {flow: self.record.latest(f"threats-{flow}", "threats") for flow in self.flows.index}
        fresh = {f: event for f, event in kept.items() if event and event != self.checked.get(f)}
        for flow, event in fresh.items():
            if event["text_hash"] == self._hash(flow):
                self.ticks[flow] = [kind for kind in KINDS if kind in event["answer"]]
                self.told.add(flow)
        self.checked |= fresh
        return bool(fresh)

    def refresh(self) -> None:
        if self._recall():
            self._choose(self.arrow)

    def _hash(self, flow: str) -> str:
        return text_hash({"text": self.asked[flow]})

    def _open(self, flow: str) -> list[str]:
        return [kind for kind in KINDS if self.threats[flow, kind]["open"]]

    def _choose(self, flow: str) -> None:
        """Open the card of an arrow, and say under the picture what stands there now."""
        self.arrow = flow
        names = enumerate(self.names.items(), 1)
        arrows = [{"value": id, "label": f"{number}. {name}"} for number, (id, name) in names]
        fields: list[Field] = [
            {"id": ARROW, "kind": "radio", "label": "Choose an arrow", "options": arrows}
        ]
        values: dict[str, Any] = {ARROW: flow or None}
        if flow:
            kinds = [{"value": kind, "label": label} for kind, label in KINDS.items()]
            fields += [
                {"id": flow, "kind": "checks", "label": ASKED, "options": kinds},
                {"id": CHECK, "kind": "button", "label": "Check this arrow"},
            ]
            values[flow] = self.ticks.get(flow)
        with self.form.hold_sync():
            self.form.values, self.form.fields = {}, fields
            self.form.values = values
        self._show()

    def _moved(self) -> None:
        values = self.form.values
        if ARROW not in values:
            return  # between two cards
        if (values[ARROW] or "") != self.arrow:
            self._choose(values[ARROW] or "")
        elif self.arrow and (values[self.arrow] or []) != self.ticks.get(self.arrow, []):
            self.ticks[self.arrow] = [kind for kind in KINDS if kind in values[self.arrow]]
            self.told.discard(self.arrow)
            self._show()

    def _frame(self) -> pd.DataFrame:
        of = {flow: map(called, self._open(flow)) for flow in self.told}
        return self.flows.assign(open=[" ".join(of.get(flow, "")) for flow in self.flows.index])

    def _show(self) -> None:
        """Draw what is open on checked arrows, and say why on the card that is open."""
        flow = self.arrow
        self.form.feedback = {name: self._feedback(name) for name in {flow} & self.told}
        self.form.message = self.record.problem
        frame = self._frame()
        with self.picture.hold_sync():
            self.picture.places, self.picture.pin = chart.places(frame), flow
        self.picture.show(frame, f"{self.names[flow]}. {self.asked[flow]}" if flow else "")

    def _check(self, event: dict[str, Any]) -> None:
        flow = self.arrow if event.get("click") == CHECK else ""
        if ticked := self.ticks.get(flow):
            answer = {"lesson": "architecture", "text": self._hash(flow)}
            right = ticked == self._open(flow)
            self.keep("threats", f"threats-{flow}", ticked, **answer, right=right)
        elif flow:
            hint = {"tone": "", "text": "Tick a threat first: each arrow has one at least."}
            self.form.feedback = {flow: hint}

    def _feedback(self, flow: str) -> dict[str, Any]:
        """How many open threats were ticked, and of each of the six why it is open or closed."""
        ticked, wanted = {*self.ticks[flow]}, {*self._open(flow)}
        options = {}
        for kind in KINDS:
            how = "Closed" if kind not in wanted else "Open" + ", not ticked" * (kind not in ticked)
            tone = "right" if (kind in ticked) == (kind in wanted) else "wrong"
            text = f"{how}. {self.threats[flow, kind]['reason']} ({called(kind)})"
            options[kind] = {"tone": tone, "text": text}
        text = f"Open threats that you ticked: {len(ticked & wanted)} of {len(wanted)}"
        if ticked - wanted:
            text += f". Ticked, though we call it closed: {len(ticked - wanted)}"
        tone = "right" if ticked == wanted else "wrong"
        return {"tone": tone, "text": f"{text}.", "options": options}

    def text(self) -> str:
        return f"Mark threats: {len(self.flows)} arrows, {len(KINDS)} kinds\n{self.picture.alt}"

    def html(self) -> str:
        head, *rows = chart.numbers(self._frame())
        reasons = [
            [self.names[flow], called(kind), ("closed", "open")[threat["open"]], threat["reason"]]
            for (flow, kind), threat in self.threats.items()
        ]
        table = table_html(["Arrow", "Threat", "This reading", "Why"], reasons)
        return table_html(head, rows) + folded("Open or closed, and why", table)

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | self.picture.bundle()]
