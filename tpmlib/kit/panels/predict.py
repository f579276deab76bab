"""A prediction, committed before anything is shown, and later seen beside the outcome."""

from html import escape
from typing import Any

from tpmlib.kit import content, figures
from tpmlib.kit.html import folded
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.questions import fill, text_hash


class Predict(Panel):
    """`predict(id)`: a number or a choice with a confidence; every commit is kept for good."""

    def __init__(self, item: str) -> None:
        super().__init__()
        raw = content.prediction(item)
        self.lesson = raw["lesson"]
        self.hash = text_hash(raw)
        self.item = fill(raw, figures.filled(raw))
        self.form = Form(
            fields=self._fields(),
            values=self._start(),
            buttons=[{"id": "commit", "label": "Commit"}],
        )
        self.form.on_event(lambda event: self.run(self._commit))
        self.widget = self.form
        self.refresh()

    def _fields(self) -> list[Field]:
        item = self.item
        guess: Field = {"id": "answer", "label": item["text"]}
        if item["kind"] == "number":
            guess |= {"kind": "range"}
            guess |= {key: item[key] for key in ("min", "max", "step", "unit")}
            sure = f"How sure are you that you are within {item['tolerance']} of it?"
        else:
            options = [{"value": one["id"], "label": one["text"]} for one in item["options"]]
            guess |= {"kind": "radio", "options": options}
            sure = "How sure are you of it?"
        scale = {"kind": "range", "min": 0, "max": 100, "step": 5, "unit": "%"}
        return [guess, {"id": "confidence", "label": sure, **scale}]

    def _start(self) -> dict[str, Any]:
        last = parts(self.record.latest(self.item["id"], "predict"))
        start = {"answer": self.item.get("start"), "confidence": 50}
        return start | fitting(self._fields(), last)

    def _commit(self) -> None:
        values = dict(self.form.values)
        if values.get("answer") is None:
            self.form.message = "Choose an answer first."
            return
        self.keep(
            "predict",
            self.item["id"],
            values,
            lesson=self.lesson,
            text=self.hash,
            right=is_right(self.item, values["answer"]),
        )

    def refresh(self) -> None:
        past = self.record.history(self.item["id"], "predict")
        if not past:
            return
        first, last = parts(past[0]), parts(past[-1])
        words = f"You predicted {spoken(self.item, first)}."
        if last != first:
            words += f" Later you changed it to {spoken(self.item, last)}. Both are kept."
        self.form.message = f"{words} The outcome comes after you have explored. {self.kept()}"

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Predict: {self.item['text']}"

    def html(self) -> str:
        options = "".join(f"<li>{escape(one['text'])}</li>" for one in self.item.get("options", []))
        scale = ""
        if self.item["kind"] == "number":
            unit = self.item["unit"]
            scale = f"<p>From {self.item['min']} to {self.item['max']} {escape(unit)}.</p>"
        return f"<p><b>Predict.</b> {escape(self.item['text'])}</p><ul>{options}</ul>{scale}"


class Outcome(Panel):
    """`predict(id, reveal=True)`: the prediction beside the outcome, once one is committed."""

    def __init__(self, item: str) -> None:
        super().__init__()
        raw = content.prediction(item)
        self.lesson = raw["lesson"]
        self.item = fill(raw, figures.filled(raw))
        self.form = Form(
            fields=[],
            buttons=[{"id": "show", "label": "Show it without a prediction", "plain": True}],
        )
        self.form.on_event(lambda event: self.run(self._show))
        self.widget = self.form
        self.refresh()

    def refresh(self) -> None:
        last = self.record.history(self.item["id"], "predict")
        if last:
            self._show()
        else:
            self.form.message = "You have not committed a prediction above yet."

    def _show(self) -> None:
        past = self.record.history(self.item["id"], "predict")
        said = f"Outcome: {outcome_words(self.item)}."
        for one in past[:1]:
            said += f" You predicted {spoken(self.item, parts(one))}. {self._verdict(one)}"
        self.form.fields = [
            {"id": "outcome", "kind": "note", "label": said, "heading": True},
            {"id": "question", "kind": "note", "label": self.item["text"]},
            {"id": "why", "kind": "note", "label": self.item["why"]},
        ]
        self.form.buttons, self.form.message = [], ""

    def _verdict(self, event: dict[str, Any]) -> str:
        """How far off, and whether that is within what the confidence was about."""
        guess, confidence = parts(event).get("answer"), parts(event).get("confidence")
        close = is_right(self.item, guess)
        if self.item["kind"] == "choice":
            return "That is what came out." if close else "It came out otherwise."
        if not isinstance(guess, int | float):
            return ""
        away, near = abs(guess - outcome_number(self.item)), self.item["tolerance"]
        came = "came" if close else "did not come"
        sure = f"you were {confidence}% sure to be within {near}"
        return f"That is {away:.0f} away; {sure}, which {came} true."

    def outcome(self) -> str:
        """What came out, and why."""
        return f"{self.item['text']} Outcome: {outcome_words(self.item)}. {self.item['why']}"

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Outcome of {self.item['id']}: {outcome_words(self.item)}"

    def html(self) -> str:
        return folded("The outcome of the prediction", f"<p>{escape(self.outcome())}</p>")


def outcome_words(item: dict[str, Any]) -> str:
    """The outcome of a prediction in words: computed, or the right option."""
    if item["kind"] == "number":
        unit = item["unit"]
        digits = 1 if item["outcome"].get("format") == "one" else 0
        return f"{outcome_number(item):.{digits}f}{unit if unit == '%' else ' ' + unit}"
    return " or ".join(one["text"] for one in item["options"] if one.get("right"))


def outcome_number(item: dict[str, Any]) -> float:
    """The outcome of a number prediction, in the unit asked for."""
    spec = item["outcome"]
    return float(figures.number(spec)) * (100 if spec.get("format") == "percent" else 1)


def is_right(item: dict[str, Any], answer: Any) -> bool:
    """Whether a prediction came out: within the tolerance, or the right option."""
    if item["kind"] == "number":
        number = isinstance(answer, int | float)
        return number and bool(abs(answer - outcome_number(item)) <= item["tolerance"])
    return any(one["id"] == answer and bool(one.get("right")) for one in item["options"])


def spoken(item: dict[str, Any], answer: dict[str, Any]) -> str:
    """A committed prediction in words."""
    value = answer.get("answer")
    if item["kind"] == "number":
        unit = item["unit"]
        words = f"{value}{unit if unit == '%' else ' ' + unit}"
    else:
        words = next((f"“{o['text']}”" for o in item["options"] if o["id"] == value), str(value))
    return f"{words}, {answer.get('confidence')}% sure"


def predict(item: str, reveal: bool = False) -> Predict | Outcome:
    """Commit a prediction; with `reveal`, see it beside the outcome."""
    return Outcome(item) if reveal else Predict(item)
