"""A free text of the learner's own, then a model answer and points to compare it with."""

from html import escape
from typing import Any

from tpmlib.kit import content
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import MOST_TEXT, Field, Form, fitting
from tpmlib.kit.panels.quiz import TONES
from tpmlib.kit.questions import seek, text_hash


class Reflect(Panel):
    """`reflect(id)`: write first; the model answer and its points appear once a text is kept."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item = content.reflection(item)
        points = self.item["points"]
        self.points = [one if isinstance(one, str) else one["text"] for one in points]
        self.sought = {at: one for at, one in enumerate(points) if not isinstance(one, str)}
        self.hash = text_hash({"text": self.item["text"]})
        kept = parts(self.record.latest(item, "reflect"))
        self.form = Form(fields=self._fields(bool(kept)), values={}, buttons=self._buttons(kept))
        start: dict[str, Any] = {"text": ""} | ({"points": []} if kept else {})
        self.form.values = start | fitting(self.form.fields, kept)
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = self.form
        if kept:
            self._sum_up()

    def _fields(self, shown: bool) -> list[Field]:
        text: Field = {"id": "text", "kind": "text", "label": self.item["text"]}
        text |= {"rows": self.item.get("rows", 6), "most": MOST_TEXT}
        if not shown:
            return [text]
        points = [{"value": at, "label": one} for at, one in enumerate(self.points)]
        return [
            text,
            {"id": "model", "kind": "note", "label": f"One answer\n{self.item['model_answer']}"},
            {
                "id": "points",
                "kind": "checks",
                "label": "Tick what your text says",
                "options": points,
            },
        ]

    def _buttons(self, shown: object) -> list[dict[str, Any]]:
        return [{"id": "keep", "label": "Keep my text" if not shown else "Keep text and ticks"}]

    def _keep(self) -> None:
        values = dict(self.form.values)
        if not values["text"].strip():
            self.form.message = "Write a sentence first: the model answer comes after yours."
            return
        values.setdefault("points", [])
        self.keep("reflect", self.item["id"], values, lesson=self.item["lesson"], text=self.hash)
        if len(self.form.fields) == 1:
            self.form.fields, self.form.buttons = self._fields(True), self._buttons(True)
            self.form.values = values
        self._sum_up()

    def _sum_up(self) -> None:
        past = self.record.history(self.item["id"], "reflect")
        times = f" You have kept {len(past)} versions; none is lost." * (len(past) > 1)
        ticked, points = len(self.form.values["points"] or []), len(self.points)
        said = (
            f"{ticked} of {points} points ticked." if ticked else "Compare, and tick what you said."
        )
        self.form.message = f"{self.kept()}{times} {said}{self._look()}"

    def _look(self) -> str:
        """Say under each point that has words to look for whether the text has them."""
        if not self.sought:
            return ""
        heard = {at: seek(one, self.form.values["text"]) for at, one in self.sought.items()}
        said = {str(at): {"tone": TONES[one.right], "text": one.why} for at, one in heard.items()}
        self.form.feedback = {"points": {"options": said}}
        passed = sum(bool(one.right) for one in heard.values())
        return f" A search for words finds {passed} of {len(heard)}; whether it is good, you judge."

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Reflect: {self.item['text']}"

    def html(self) -> str:
        points = "".join(f"<li>{escape(one)}</li>" for one in self.points)
        answer = f"<p>{escape(self.item['model_answer'])}</p><ul>{points}</ul>"
        return f"<p><b>Write.</b> {escape(self.item['text'])}</p>" + folded("One answer", answer)
