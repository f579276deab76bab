"""A prediction, committed before anything is shown, and later seen beside the outcome."""

from html import escape

from tpmlib.kit import questions
from tpmlib.kit.figures import DIGITS
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Field, Form, fitting, share
from tpmlib.kit.record import Event
from tpmlib.kit.words import number, say


class Predict(Panel):
    """`predict(id)`: a number or a choice with a confidence; every commit is kept for good."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item = questions.prediction(item).filled()
        fields = self._fields()
        self.form = Form(fields=fields, buttons=[{"id": "commit", "label": say("predict.commit")}])
        self.form.name_item("predict", item)
        self.form.on_event(lambda event: self.run(self._commit))
        self.widget = self.form
        self.refresh()

    def _fields(self) -> list[Field]:
        item = self.item
        field: Field = {"id": "answer", "label": item.text}
        if item.kind == "number":
            scale = {"min": item.min, "max": item.max, "step": item.step, "unit": item.unit}
            sure = say("predict.within", tolerance=item.tolerance)
            return [field | {"kind": "range"} | scale, share("confidence", sure)]
        options = [{"value": option.id, "label": option.text} for option in item.options]
        field |= {"kind": "radio", "options": options}
        return [field, share("confidence", say("predict.sure"))]

    def _commit(self) -> None:
        values, item = dict(self.form.values), self.item
        if values.get("answer") is None:
            self.form.message = say("quiz.first")
            return
        right = item.is_right(values["answer"])
        details = {"lesson": item.lesson, "text": item.text_hash, "right": right}
        self.keep("predict", item.id, values, **details)

    def refresh(self) -> None:
        past = self.record.history(self.item.id, "predict")
        kept = fitting(self.form.fields, parts(past[-1])) if past else {}
        self.form.recall({"answer": self.item.start, "confidence": 50} | kept)
        if not past:
            return
        first, last = parts(past[0]), parts(past[-1])
        words = say("predict.given", answer=self.item.words(first))
        if last != first:
            words += f" {say('predict.changed', answer=self.item.words(last))}"
        self.form.message = f"{words} {say('predict.later')} {self.kept()}"

    def text(self) -> str:
        return say("predict.text", text=self.item.text)

    def html(self) -> str:
        item = self.item
        options = "".join(f"<li>{escape(option.text)}</li>" for option in item.options)
        ends = {"low": item.min, "high": item.max, "unit": item.unit}
        scale = f"<p>{escape(say('predict.scale', **ends))}</p>"
        page = f"<p><b>{say('predict.task')}</b> {escape(item.text)}</p><ul>{options}</ul>"
        return page + scale * (item.kind == "number")


class Outcome(Panel):
    """`predict(id, reveal=True)`: the prediction beside the outcome, once one is committed."""

    def __init__(self, item: str) -> None:
        super().__init__()
        self.item = questions.prediction(item).filled()
        self.asked_for = False  # shown without a prediction, as the learner wished
        self.form = Form(
            fields=[], buttons=[{"id": "show", "label": say("predict.skip"), "plain": True}]
        )
        self.form.on_event(lambda event: self.run(self._ask))
        self.widget = self.form
        self.refresh()

    def _ask(self) -> None:
        self.asked_for = True
        self.refresh()

    def refresh(self) -> None:
        past = self.record.history(self.item.id, "predict")
        if not past and not self.asked_for:
            self.form.message = say("predict.none")
            return
        outcome = say("predict.outcome", outcome=self.item.outcome_words())
        if past:  # the first counts: a later one may have come after the exploring
            given = say("predict.given", answer=self.item.words(parts(past[0])))
            outcome += f" {given} {self._verdict(past[0])}"
        self.form.fields = [
            {"id": "outcome", "kind": "note", "label": outcome, "heading": True},
            {"id": "question", "kind": "note", "label": self.item.text},
            {"id": "why", "kind": "note", "label": self.item.why},
        ]
        self.form.buttons, self.form.message = [], ""

    def _verdict(self, event: Event) -> str:
        """How far off, and whether that is within what the confidence was about."""
        guess, confidence = parts(event).get("answer"), parts(event).get("confidence")
        right = self.item.is_right(guess)
        if not self.item.outcome:
            return say("predict.came" if right else "predict.otherwise")
        if not isinstance(guess, int | float):
            return ""  # a line that was changed by hand
        outcome = self.item.outcome
        away = number(abs(guess - outcome.number()), f".{DIGITS[outcome.format]}f")
        told = {"away": away, "sure": confidence, "tolerance": self.item.tolerance}
        return say("predict.away", came="true" if right else "false", **told)

    def text(self) -> str:
        return say("predict.outcome_of", id=self.item.id, outcome=self.item.outcome_words())

    def html(self) -> str:
        outcome = say("predict.outcome", outcome=self.item.outcome_words())
        words = f"{self.item.text} {outcome} {self.item.why}"
        return folded(say("predict.reveal"), f"<p>{escape(words)}</p>")


def predict(item: str, reveal: bool = False) -> Predict | Outcome:
    """Commit a prediction; with `reveal`, see it beside the outcome."""
    return Outcome(item) if reveal else Predict(item)
