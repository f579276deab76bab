"""A verdict on one claim, then the course's reading of the evidence."""

import re
from html import escape
from itertools import pairwise
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.cite import sentence
from tpmlib.kit.panels.form import MOST_TEXT, Field, Form, fitting
from tpmlib.kit.questions import text_hash
from tpmlib.kit.words import choices, say

VERDICTS = ("holds", "holds_if", "does_not_hold", "cannot_tell")
FIRST = 4  # sentences of the reading that are read at once, its verdict the first of them
SHORT = 60  # characters of the rest that need no line to open


class Judge(Panel):
    """`judge(claim)`: a click is the verdict; then comes the reading, and room for a reason."""

    def __init__(self, claim: str) -> None:
        super().__init__()
        self.claim = content.claim(claim)
        self.id = str(self.claim["claim_id"])
        self.form = self.widget = Form(fields=self._fields()[:1], arrangement="verdict")
        self.form.name_item("judge", self.id)
        self.form.on_event(lambda event: self.run(self._judge))
        self.refresh()
        self.on(self.form, "values", self._chosen)

    def refresh(self) -> None:
        latest = self.record.latest(self.id, "judge")
        kept = fitting(self._fields(), parts(latest)) if latest else {}
        if not kept.get("verdict"):
            return
        if not self.form.buttons:
            self.form.fields = self._fields()
            self.form.buttons = [{"id": "judge", "label": say("judge.give"), "plain": True}]
        if self.form.recall({"reason": ""} | kept):
            self._explain()

    def _fields(self) -> list[Field]:
        options = [{"value": id, "label": label} for id, label in verdicts().items()]
        verdict: Field = {"id": "verdict", "kind": "radio", "inline": True, "options": options}
        verdict |= {"label": f"{self.id}. {self.claim['claim']}", "help": say("judge.meaning")}
        reason = {"id": "reason", "kind": "text", "most": MOST_TEXT, "rows": 2}
        return [verdict, reason | {"label": say("judge.reason")}]

    def _chosen(self) -> None:
        if self.form.values.get("verdict") not in (None, self.form.base.get("verdict")):
            self._judge()

    def _judge(self) -> None:
        details = {"lesson": self.claim["lesson"], "text": text_hash({"text": self.claim["claim"]})}
        self.keep("judge", self.id, dict(self.form.values), **details)
        self._explain()

    def _explain(self) -> None:
        past = [parts(event).get("verdict") for event in self.record.history(self.id, "judge")]
        times = sum(verdict != before for verdict, before in pairwise([*past, None]))
        again = f" {say('judge.again', n=times)}" * (times > 1)
        yours = str(past[-1])
        told = say("judge.yours", verdict=yours if yours in VERDICTS else "none")
        begins, *goes_on = self.reading()
        if sum(map(len, goes_on)) < SHORT:
            begins, goes_on = " ".join([begins, *goes_on]), []
        more = {"more": [say("judge.more"), "\n\n".join(goes_on)]} if goes_on else {}
        self.form.feedback = {"verdict": {"text": f"{told} {begins}"} | more}
        self.form.message = f"{self.kept()}{again}"

    def reading(self) -> list[str]:
        """The course's own verdict with why, the rest, and the facts, behind each a card."""
        reading = self.claim["reading"]
        sentences = [say("judge.ours", verdict=self.claim["verdict"] or "none")]
        sentences += re.split(r"(?<=[.!?]) ", reading)
        lines = [" ".join(sentences[:FIRST]), " ".join(sentences[FIRST:])]
        others = [fact["fact_id"] for fact in evidence(self.id) if fact["fact_id"] not in reading]
        told = ", ".join(others[:4])  # the most trusted
        lines += [say("judge.also", facts=told)] if others else []
        return [*filter(None, lines)]

    def text(self) -> str:
        return say("judge.text", id=self.id, claim=self.claim["claim"])

    def html(self) -> str:
        named = dict.fromkeys(re.findall(r"F[0-9]{2}[a-z]?", self.claim["reading"]))
        facts = [f"{name} {sentence(content.fact(name))}" for name in named]
        lines = [*self.reading(), *facts]  # without Python there are no cards
        reading = "</p><p>".join(map(escape, lines))
        choices = "".join(f"<li>{escape(label)}</li>" for label in verdicts().values())
        head = f"<p><b>{self.id}.</b> {escape(self.claim['claim'])}</p><ul>{choices}</ul>"
        return head + folded(say("judge.reading"), f"<p>{reading}</p>")


def verdicts() -> dict[str, str]:
    """What a learner can say of a claim, by the id that is kept."""
    return choices("judge.verdict")


def evidence(claim: str) -> list[dict[str, Any]]:
    """The facts that bear on a claim, the most trusted first."""
    facts = content.table("facts")
    bears = facts["claims"].fillna("").str.split().map(lambda names: claim in names)
    rows: list[dict[str, Any]] = facts[bears].sort_values(["trust", "fact_id"]).to_dict("records")
    return rows
