"""A verdict on one claim, then the course's reading of the evidence."""

import re
from html import escape
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.cite import sentence
from tpmlib.kit.panels.form import MOST_TEXT, Form, fitting
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
        self.item = self.claim["claim_id"]
        self.hash = text_hash({"text": self.claim["claim"]})
        options = [{"value": name, "label": label} for name, label in VERDICTS.items()]
        scale = {"kind": "range", "min": 0, "max": 100, "step": 5, "unit": "%"}
        last = self.record.latest(self.item, "judge")
        self.form = Form(
            fields=[
                {
                    "id": "verdict",
                    "kind": "radio",
                    "label": f"{self.item}. {self.claim['claim']}",
                    "options": options,
                    "help": MEANING,
                },
                {"id": "confidence", "label": "How sure are you of this verdict?", **scale},
                {
                    "id": "reason",
                    "kind": "text",
                    "most": MOST_TEXT,
                    "label": "Your reason. If it holds only under a condition, which?",
                },
            ],
            values={},
            buttons=[{"id": "judge", "label": "Give my verdict"}],
        )
        start = {"confidence": 50, "reason": ""}
        self.form.values = start | fitting(self.form.fields, parts(last))
        self.form.on_event(lambda event: self.run(self._judge))
        self.widget = self.form
        if last:
            self._explain()

    def _judge(self) -> None:
        values = dict(self.form.values)
        if not values.get("verdict"):
            self.form.message = "Choose a verdict first."
            return
        self.keep("judge", self.item, values, lesson=self.claim["lesson"], text=self.hash)
        self._explain()

    def _explain(self) -> None:
        past = self.record.history(self.item, "judge")
        again = f" You have judged this claim {len(past)} times; all are kept." * (len(past) > 1)
        self.form.message = f"{self.kept()}{again}\n\n{self.reading()}"

    def reading(self) -> str:
        """The course's own verdict, the facts it names, and the ids of the others."""
        bears = {fact["fact_id"]: fact for fact in evidence(self.item)}
        named = re.findall(r"F[0-9]{2}[a-z]?", self.claim["reading"])
        facts = [content.fact(name) for name in dict.fromkeys(named)]
        parts = [f"The course's verdict: {READINGS[self.claim['verdict']]} {self.claim['reading']}"]
        parts += [f"{fact['fact_id']} {sentence(fact)}" for fact in facts]
        others = ", ".join(name for name in bears if name not in named)
        if others:
            how = f'To read one, run tpm.cite("{others.split(",")[0]}") in an empty cell.'
            parts.append(f"Also bearing on it: {others}. {how}")
        return "\n\n".join(parts)

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Judge {self.item}: {self.claim['claim']}"

    def html(self) -> str:
        reading = "</p><p>".join(escape(part) for part in self.reading().split("\n\n"))
        choices = "".join(f"<li>{escape(label)}</li>" for label in VERDICTS.values())
        head = f"<p><b>{self.item}.</b> {escape(self.claim['claim'])}</p><ul>{choices}</ul>"
        return head + folded("The course's reading of the evidence", f"<p>{reading}</p>")


def evidence(claim: str) -> list[dict[str, Any]]:
    """The facts that bear on a claim, the most trusted first."""
    facts = content.table("facts")
    bears = facts["claims"].fillna("").str.split().map(lambda names: claim in names)
    rows: list[dict[str, Any]] = facts[bears].sort_values(["trust", "fact_id"]).to_dict("records")
    return rows
