"""A free text of the learner's own, then a model answer and points to compare it with."""

from html import escape

from tpmlib.kit import questions
from tpmlib.kit.html import folded
from tpmlib.kit.panels.answering import Values
from tpmlib.kit.panels.exercise import Exercise
from tpmlib.kit.panels.form import MOST_TEXT, Field
from tpmlib.kit.panels.quiz import beside
from tpmlib.kit.words import say


class Reflect(Exercise):
    """`reflect(id)`: write first; the model answer and its points appear once a text is kept."""

    kind = "reflect"

    def __init__(self, item: str) -> None:
        self.task = task = questions.reflection(item)
        text: Field = {"id": "text", "kind": "text", "label": task.text}
        super().__init__(
            item,
            task.lesson,
            about=task.text,
            fields=[text | {"rows": task.rows, "most": MOST_TEXT}],
            start={"text": ""},
            button=say("reflect.keep"),
        )
        self.begin()

    def problem(self) -> str:
        if self.form.values["text"].strip():
            return ""
        return say("reflect.first")

    def answer(self) -> Values:
        return {"points": []} | super().answer()

    def base(self) -> Values:
        return super().base() | ({"points": []} if len(self.form.fields) > 1 else {}) | self.last()

    def show(self) -> None:
        """The model answer, the points to tick, and what there is to say of the text."""
        if len(self.form.fields) == 1:
            self._reveal()
        past = self.record.history(self.item, self.kind)
        times = f" {say('reflect.versions', n=len(past))}" * (len(past) > 1)
        ticked, points = len(self.form.values["points"] or []), len(self.task.points)
        compared = (
            say("reflect.ticked", n=points, ticked=ticked) if ticked else say("reflect.compare")
        )
        self.form.message = f"{self.kept()}{times} {compared}{self._seek()}"

    def _reveal(self) -> None:
        options = [{"value": point.id, "label": point.text} for point in self.task.points]
        ticks = {"id": "points", "kind": "checks", "label": say("reflect.tick")}
        answer = f"{say('reflect.model')}\n{self.task.model_answer}"
        model = {"id": "model", "kind": "note", "label": answer}
        self.form.fields = [*self.form.fields, model, ticks | {"options": options}]
        self.form.buttons = [{"id": "keep", "label": say("reflect.keep_both")}]
        self.form.recall(self.base())

    def _seek(self) -> str:
        """Say under each point that has words to look for whether the text has them."""
        text = self.form.values["text"]
        feedback = [point.seek(text) for point in self.task.points if point.words]
        if not feedback:
            return ""
        self.form.feedback = {"points": {"options": beside(feedback)}}
        passed, sought = sum(bool(each.right) for each in feedback), len(feedback)
        return f" {say('reflect.search', n=sought, passed=passed)}"

    def text(self) -> str:
        return say("reflect.text", text=self.task.text)

    def html(self) -> str:
        points = "".join(f"<li>{escape(point.text)}</li>" for point in self.task.points)
        answer = f"<p>{escape(self.task.model_answer)}</p><ul>{points}</ul>"
        task = f"<p><b>{say('reflect.write')}</b> {escape(self.task.text)}</p>"
        return task + folded(say("reflect.model"), answer)
