"""A free text of the learner's own, then a model answer and points to compare it with."""

from html import escape
from typing import Any

from tpmlib.kit import questions
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import MOST_TEXT, Field, Form, fitting
from tpmlib.kit.panels.quiz import beside


class Reflect(Panel):
    """`reflect(id)`: write first; the model answer and its points appear once a text is kept."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item = questions.reflection(item)
        kept = parts(self.record.latest(item, "reflect"))
        self.form = Form(fields=[], values={})
        self._show({"text": ""}, with_answer=bool(kept))
        self.form.values = self.form.values | fitting(self.form.fields, kept)
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = self.form
        if kept:
            self._sum_up()

    def _show(self, values: dict[str, Any], with_answer: bool) -> None:
        """The task alone, or with the model answer and the points to tick."""
        item, button = self.item, "Keep text and ticks" if with_answer else "Keep my text"
        text = {"id": "text", "kind": "text", "label": item.text}
        fields: list[Field] = [text | {"rows": item.rows, "most": MOST_TEXT}]
        if with_answer:
            options = [{"value": point.id, "label": point.text} for point in item.points]
            ticks = {"id": "points", "kind": "checks", "label": "Tick what your text says"}
            answer = {"id": "model", "kind": "note", "label": f"One answer\n{item.model_answer}"}
            fields += [answer, ticks | {"options": options}]
            values = {"points": []} | values
        self.form.fields, self.form.buttons = fields, [{"id": "keep", "label": button}]
        self.form.values = values

    def _keep(self) -> None:
        values = {"points": []} | self.form.values
        if not values["text"].strip():
            self.form.message = "Write a sentence first: the model answer comes after yours."
            return
        item = self.item
        self.keep("reflect", item.id, values, lesson=item.lesson, text=item.text_hash)
        if len(self.form.fields) == 1:
            self._show(values, with_answer=True)
        self._sum_up()

    def _sum_up(self) -> None:
        past = self.record.history(self.item.id, "reflect")
        times = f" You have kept {len(past)} versions; none is lost." * (len(past) > 1)
        ticked, points = len(self.form.values["points"] or []), len(self.item.points)
        said = (
            f"{ticked} of {points} points ticked." if ticked else "Compare, and tick what you said."
        )
        self.form.message = f"{self.kept()}{times} {said}{self._seek()}"

    def _seek(self) -> str:
        """Say under each point that has words to look for whether the text has them."""
        text = self.form.values["text"]
        feedback = [point.seek(text) for point in self.item.points if point.words]
        if not feedback:
            return ""
        self.form.feedback = {"points": {"options": beside(feedback)}}
        passed, sought = sum(bool(each.right) for each in feedback), len(feedback)
        return f" A search for words finds {passed} of {sought}; whether it is good, you judge."

    def text(self) -> str:
        return f"Reflect: {self.item.text}"

    def html(self) -> str:
        points = "".join(f"<li>{escape(point.text)}</li>" for point in self.item.points)
        answer = f"<p>{escape(self.item.model_answer)}</p><ul>{points}</ul>"
        return f"<p><b>Write.</b> {escape(self.item.text)}</p>" + folded("One answer", answer)
