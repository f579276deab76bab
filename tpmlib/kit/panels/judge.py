"""A verdict on one claim, then the course's reading of the evidence."""

import re
from html import escape
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.cite import sentence
from tpmlib.kit.panels.form import MOST_TEXT, Field, Form, fitting, share
from tpmlib.kit.questions import text_hash

VERDICTS = {
    "holds": "It holds",
    "holds_if": "It holds if ...",
    "does_not_hold": "It does not hold",
    "cannot_tell": "The evidence cannot tell",
}

MEANING = (
    "It holds if: you can name what would have to be true. "
    "The evidence cannot tell: only a count or a study that nobody has made could."
)

READINGS = {
    "holds": "it holds.",
    "holds_if": "it holds under conditions.",
    "does_not_hold": "it does not hold.",
    "cannot_tell": "the evidence cannot tell.",
    "": "not written yet.",
}


class Judge(Panel):
    """`judge(claim)`: verdict, confidence and reason first; the reading only after a verdict."""

    def __init__(self, claim: str) -> None:
        super().__init__()
        self.claim = content.claim(claim)
        self.id = str(self.claim["claim_id"])
        button = {"id": "judge", "label": "Give my verdict"}
        self.form = self.widget = Form(fields=self._fields(), buttons=[button])
        self.form.name_item("judge", self.id)
        self.form.on_event(lambda event: self.run(self._judge))
        self.refresh()

    def refresh(self) -> None:
        latest = self.record.latest(self.id, "judge")
        kept = fitting(self.form.fields, parts(latest)) if latest else {}
        if self.form.recall({"confidence": 50, "reason": ""} | kept) and latest:
            self._explain()

    def _fields(self) -> list[Field]:
        verdict: Field = {"id": "verdict", "kind": "radio", "help": MEANING}
        verdict["label"] = f"{self.id}. {self.claim['claim']}"
        verdict["options"] = [{"value": id, "label": label} for id, label in VERDICTS.items()]
        why = "Your reason. If it holds only under a condition, which?"
        reason = {"id": "reason", "kind": "text", "most": MOST_TEXT, "label": why}
        return [verdict, share("confidence", "How sure are you of this verdict?"), reason]

    def _judge(self) -> None:
        values = dict(self.form.values)
        if not values.get("verdict"):
            self.form.message = "Choose a verdict first."
            return
        wording = text_hash({"text": self.claim["claim"]})
        self.keep("judge", self.id, values, lesson=self.claim["lesson"], text=wording)
        self._explain()

    def _explain(self) -> None:
        past = self.record.history(self.id, "judge")
        again = f" You have judged this claim {len(past)} times." * (len(past) > 1)
        yours = READINGS.get(str(parts(past[-1]).get("verdict")), "none.")
        self.form.message = f"{self.kept()}{again}\n\nYour verdict: {yours} {self.reading()}"

    def reading(self) -> str:
        """The course's own verdict, and the facts that bear on it: the page has a card for each."""
        reading, verdict = self.claim["reading"], READINGS[self.claim["verdict"]]
        lines = [f"The course's verdict: {verdict} {reading}"]
        others = [fact["fact_id"] for fact in evidence(self.id) if fact["fact_id"] not in reading]
        if others:
            lines.append(f"Also bearing on it: {', '.join(others)}.")
        return "\n\n".join(lines)

    def text(self) -> str:
        return f"Judge {self.id}: {self.claim['claim']}"

    def html(self) -> str:
        named = dict.fromkeys(re.findall(r"F[0-9]{2}[a-z]?", self.claim["reading"]))
        facts = [f"{name} {sentence(content.fact(name))}" for name in named]
        lines = [*self.reading().split("\n\n"), *facts]  # without Python there are no cards
        reading = "</p><p>".join(map(escape, lines))
        choices = "".join(f"<li>{escape(label)}</li>" for label in VERDICTS.values())
        head = f"<p><b>{self.id}.</b> {escape(self.claim['claim'])}</p><ul>{choices}</ul>"
        return head + folded("The course's reading of the evidence", f"<p>{reading}</p>")


def evidence(claim: str) -> list[dict[str, Any]]:
    """The facts that bear on a claim, the most trusted first."""
    facts = content.table("facts")
    bears = facts["claims"].fillna("").str.split().map(lambda names: claim in names)
    rows: list[dict[str, Any]] = facts[bears].sort_values(["trust", "fact_id"]).to_dict("records")
    return rows
