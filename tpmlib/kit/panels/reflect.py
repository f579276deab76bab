"""A free text of the learner's own, then a model answer and points to compare it with."""

from html import escape

from tpmlib.kit import questions
from tpmlib.kit.html import folded
from tpmlib.kit.panels.answering import Values
from tpmlib.kit.panels.exercise import Exercise
from tpmlib.kit.panels.form import MOST_TEXT, Field
from tpmlib.kit.panels.quiz import beside


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
            button="Keep my text",
        )
        self.begin()

    def problem(self) -> str:
        if self.form.values["text"].strip():
            return ""
        return "Write a sentence first: the model answer comes after yours."

    def answer(self) -> Values:
        return {"points": []} | super().answer()

    def base(self) -> Values:
        return super().base() | ({"points": []} if len(self.form.fields) > 1 else {}) | self.last()

    def show(self) -> None:
        """The model answer, the points to tick, and what there is to say of the text."""
        if len(self.form.fields) == 1:
            self._reveal()
        past = self.record.history(self.item, self.kind)
        times = f" You have kept {len(past)} versions; none is lost." * (len(past) > 1)
        ticked, points = len(self.form.values["points"] or []), len(self.task.points)
        compared = (
            f"{ticked} of {points} points ticked." if ticked else "Compare, and tick what you said."
        )
        self.form.message = f"{self.kept()}{times} {compared}{self._seek()}"

    def _reveal(self) -> None:
        options = [{"value": point.id, "label": point.text} for point in self.task.points]
        ticks = {"id": "points", "kind": "checks", "label": "Tick what you said (our marks guess)"}
        model = {"id": "model", "kind": "note", "label": f"One answer\n{self.task.model_answer}"}
        self.form.fields = [*self.form.fields, model, ticks | {"options": options}]
        self.form.buttons = [{"id": "keep", "label": "Keep text and ticks"}]
        self.form.recall(self.base())

    def _seek(self) -> str:
        """Say under each point that has words to look for whether the text has them."""
        text = self.form.values["text"]
        feedback = [point.seek(text) for point in self.task.points if point.words]
        if not feedback:
            return ""
        self.form.feedback = {"points": {"options": beside(feedback)}}
        passed, sought = sum(bool(each.right) for each in feedback), len(feedback)
        return f" A search for words finds {passed} of {sought}; whether it is good, you judge."

    def text(self) -> str:
        return f"Reflect: {self.task.text}"

    def html(self) -> str:
        points = "".join(f"<li>{escape(point.text)}</li>" for point in self.task.points)
        answer = f"<p>{escape(self.task.model_answer)}</p><ul>{points}</ul>"
        return f"<p><b>Write.</b> {escape(self.task.text)}</p>" + folded("One answer", answer)
