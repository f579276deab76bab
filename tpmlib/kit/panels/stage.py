"""A stage: one live picture, taken step by step, with a prediction where the steps ask for one."""

from collections.abc import Iterator
from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, questions, registry, stages
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import folded, rounded, table_html
from tpmlib.kit.panels.ahead import Ahead
from tpmlib.kit.panels.base import CHART, Bundle, Panel, parts, picture_bundle, view_of
from tpmlib.kit.panels.controls import Controls
from tpmlib.kit.panels.form import Field, Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.panels.pieces import Details
from tpmlib.kit.questions import Prediction

KIND = "stage"
FRAMES = 12  # pictures between two steps, which the page shows over 0.6 s
SURE = {30: "hardly: a guess", 50: "half and half", 70: "fairly", 90: "very"}  # % sure, in words
NEXT, BACK, COMMIT, SKIP = "next", "back", "commit", "skip"


class Stage(Panel):
    """`stage(name)`: step by step through one picture; a step once reached stays open."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.stage = content.stage(name)
        self.steps: list[stages.Step] = self.stage["steps"]
        self.chart = registry.picture(self.stage["model"])
        self.formula = registry.model(self.stage["model"])
        self.controls = Controls(self.stage["model"], content.model(self.stage["model"]))
        self.asked = {
            step["ask"]: questions.prediction(step["ask"]).filled()
            for step in self.steps
            if "ask" in step
        }
        self._reached = self._furthest()
        self.place = self._reached  # of the step on show [from 0]
        self.frame = stages.rows(self.stage, self.step)
        self.picture = Picture(self.chart)
        self.details = Details(title="How sure? The numbers behind the picture")
        self.say = ipywidgets.HTML()
        self.form = Form(fields=[])
        self.ahead = Ahead(self, [])
        self.on(self.form, "values", self._moved)
        self.on(self.picture, "pin", self._pinned)
        self.on(self.details, "opened", self._tabulate)
        self.form.on_event(lambda event: self.run(self._event, event))
        beside = ipywidgets.Box([self.picture, self.form])
        beside.add_class("tpm-beside")
        self.widget = ipywidgets.VBox([self.say, beside])
        self._show()

    @property
    def step(self) -> stages.Step:
        """The step on show."""
        return self.steps[self.place]

    @property
    def prediction(self) -> Prediction | None:
        """What the step on show asks."""
        return self.asked.get(self.step.get("ask", ""))

    def go(self, step: str) -> "Stage":
        """Show a step, as the learner would press; returns self, so that a cell shows it.

        Raises CourseError for a step that does not exist, or that a prediction still closes.
        """
        ids = [each["id"] for each in self.steps]
        if step not in ids:
            raise CourseError(f"step: {nearest(step, ids)}")
        with self.lock:
            for place in range(self.place, ids.index(step)):
                if place >= self._reached and not self._open(place):
                    raise CourseError(f"step: {step} comes after {self.steps[place]['ask']}")
            self._turn(ids.index(step))
        return self

    def answer(self, answer: Any, confidence: int = 50) -> "Stage":
        """Give the prediction of this step and show the next, as the learner would."""
        self.form.put(answer=answer, confidence=confidence)
        self.form.click(COMMIT)
        return self

    def refresh(self) -> None:
        """Another page may have gone further."""
        if (furthest := self._furthest()) > self._reached:
            self._reached = furthest
            self._show()

    def _furthest(self) -> int:
        """The place of the furthest step that the record holds; 0 without one."""
        event, ids = self.record.latest(self.stage["id"], KIND), [s["id"] for s in self.steps]
        return ids.index(event["answer"]) if event and event["answer"] in ids else 0

    def _open(self, place: int) -> bool:
        """Whether the step after this place may be shown."""
        ask = self.steps[place].get("ask")
        return not ask or place < self._reached or bool(self.record.latest(ask, "predict"))

    def _event(self, event: dict[str, Any]) -> None:
        click = event.get("click")
        if click == COMMIT:
            self._commit()
        elif click == BACK and self.place:
            self._turn(self.place - 1)
        elif click in (NEXT, SKIP) and self.place + 1 < len(self.steps):
            self._turn(self.place + 1)

    def _commit(self) -> None:
        item, given = self.prediction, dict(self.form.values)
        if item is None:
            return
        values = {"answer": given.get("answer"), "confidence": given.get("confidence")}
        if values["answer"] is None:
            self.form.message = "Choose an answer first."
        elif values["confidence"] is None:
            self.form.message = "Say how sure you are, too."
        else:
            right = item.is_right(values["answer"])
            details = {"lesson": item.lesson, "text": item.text_hash, "right": right}
            self.keep("predict", item.id, values, **details)
            self._turn(self.place + 1)

    def _turn(self, place: int) -> None:
        """Show another step: the marks move there, and the sentence follows at the end."""
        before, self.place = self.frame, place
        if place > self._reached:
            self._reached = place
            self.keep(KIND, self.stage["id"], self.step["id"], lesson=self.stage["lesson"])
        self.frame = stages.rows(self.stage, self.step)
        way = stages.between(before, self.frame, self.chart, FRAMES)
        self.picture.move(way, FRAMES)
        self._show()

    def _moved(self) -> None:
        """A control or an answer has changed."""
        self.form.message = ""
        if self.prediction:
            self.picture.pin = str(self.form.values.get("answer") or "")
        values = dict(self.form.values)
        if values.keys() & self.step.get("free", []):
            kept = self.ahead.kept(values)
            [self.frame] = [kept.frame] if kept else self.beyond(values)
            self._draw(values)

    def beyond(self, values: dict[str, Any]) -> Iterator[pd.DataFrame]:
        """The rows of this step with its free controls at some values."""
        moved = {name: values[name] for name in self.step.get("free", [])}
        yield stages.rows(self.stage, self.step, **moved)

    def _pinned(self) -> None:
        """A click on a place of the picture is the same as its option below."""
        if self.prediction and self.picture.pin != (self.form.values.get("answer") or ""):
            self.form.put(answer=self.picture.pin)

    def _show(self) -> None:
        """The step on show: what it says, its picture, what it asks and where it leads."""
        number = f"<b>{self.place + 1} of {len(self.steps)}.</b>"
        self.say.value = f'<div class="tpm"><p>{number} {escape(self.step["say"])}</p></div>'
        fields, values, buttons = self._feedback(), {}, []
        item = self.prediction
        if item and not self._open(self.place):
            fields += _fields(item)
            values = {"answer": None, "confidence": None}
            buttons = [(COMMIT, "Commit", False), (SKIP, "Show it without a prediction", True)]
        elif self.place + 1 < len(self.steps):
            buttons = [(NEXT, self.step.get("next", "Next"), False)]
        free = self.step.get("free", [])
        fields += [self.controls.field(name) for name in free]
        now = stages.settings(self.stage, self.step)
        if self.place:
            buttons.append((BACK, "Back", True))
        with self.form.hold_sync():
            self.form.values = {}
            self.form.fields = fields
            self.form.values = values | {name: now[name] for name in free}
            self.form.buttons = [
                {"id": id, "label": label, "plain": plain} for id, label, plain in buttons
            ]
        before = self.asked.get(self.steps[self.place - 1].get("ask", "")) if self.place else None
        answered = item if values else before
        with self.picture.hold_sync():
            self.picture.places = self._spots(answered)
            self.picture.pin = "" if values or not before else self._given(before)
        self.ahead.names = free
        self.ahead.drop()
        self._draw(dict(self.form.values))

    def _draw(self, values: dict[str, Any]) -> None:
        self.ahead.show(self.frame, values)
        self._tabulate()

    def _tabulate(self) -> None:
        self.details.caption = self.picture.alt
        self.details.rows = self.chart.numbers(self.frame) if self.details.opened else []

    def _given(self, item: Prediction) -> str:
        """What the learner predicted first; empty without a prediction."""
        past = self.record.history(item.id, "predict")
        return str(parts(past[0]).get("answer", "")) if past else ""

    def _spots(self, item: Prediction | None) -> list[dict[str, Any]]:
        """Where the picture can be clicked: its places that are options of the prediction."""
        ids = {option.id for option in item.options} if item else set()
        if not ids or not hasattr(self.chart, "places"):
            return []
        return [place for place in self.chart.places(self.frame) if place["id"] in ids]

    def _feedback(self) -> list[Field]:
        """What came of the prediction of the step before: first what the learner chose."""
        ask = self.steps[self.place - 1].get("ask") if self.place else None
        past = self.record.history(ask, "predict") if ask else []
        if not ask or not past:
            return []
        item, given = self.asked[ask], parts(past[0])
        texts = [f"You predicted {item.words(given)}.", *_reasons(item, given.get("answer"))]
        return [{"id": f"why{n}", "kind": "note", "label": text} for n, text in enumerate(texts)]

    def text(self) -> str:
        first = stages.rows(self.stage, self.steps[0])
        where = f"Stage {self.stage['id']}, {len(self.steps)} steps"
        return "\n".join([where, self.chart.finding(first), self.formula.describe(first)])

    def html(self) -> str:
        """The steps for a reader without a kernel; what follows a prediction is folded away."""
        pages = [self._page(step) for step in self.steps]
        behind = [
            folded("After your prediction" if "ask" in before else "The next step", page)
            for before, page in zip(self.steps, pages[1:], strict=False)
        ]
        return "".join([pages[0], *behind])

    def _page(self, step: stages.Step) -> str:
        frame = stages.rows(self.stage, step)
        head, *lines = self.chart.numbers(frame)
        texts = [step["say"], self.formula.describe(frame)]
        if item := self.asked.get(step.get("ask", "")):
            texts.append(f"Predict. {item.text} {' / '.join(o.text for o in item.options)}".strip())
        page = "".join(f"<p>{escape(text)}</p>" for text in texts)
        table = table_html(head, lines, self.chart.finding(frame)) if lines else ""
        return page + table

    def bundles(self) -> list[Bundle]:
        frames = {step["id"]: stages.rows(self.stage, step) for step in self.steps}
        data = {
            name: {str(column): rounded(list(cells)) for column, cells in frame.items()}
            for name, frame in frames.items()
        }
        first = frames[self.steps[0]["id"]]
        png = Canvas(self.chart.draw, self.chart.SIZE, first).png(first)
        picture = picture_bundle(png, self.chart.finding(first))
        return [
            {"text/plain": self.text(), CHART: data} | picture | view_of(self.widget),
            {"text/plain": f"{len(self.steps)} steps", "text/html": self.html()}
            | view_of(self.details),
        ]


def _fields(item: Prediction) -> list[Field]:
    """What a step asks, without anything chosen yet, so that an untouched field is no answer."""
    field: Field = {"id": "answer", "label": item.text}
    if item.kind == "number":
        field |= {"kind": "number", "min": item.min, "max": item.max, "step": item.step}
        field |= {"unit": item.unit}
    else:
        options = [{"value": option.id, "label": option.text} for option in item.options]
        field |= {"kind": "radio", "options": options}
    sure = [{"value": share, "label": f"{words} ({share}%)"} for share, words in SURE.items()]
    return [field, {"id": "confidence", "kind": "radio", "label": "How sure?", "options": sure}]


def _reasons(item: Prediction, answer: Any) -> list[str]:
    """The reason of the chosen option, then of the right one if that is another, then of all."""
    chosen = [option for option in item.options if option.id == answer]
    if item.is_right(answer):
        reasons = [option.why for option in chosen]
    else:
        reasons = [option.why for option in chosen]
        right = next((option for option in item.options if option.right), None)
        reasons += [f"{right.text}: {right.why}"] if right else []
        if item.outcome:
            reasons.append(f"It was {item.outcome_words()}.")
    return [text for text in [*reasons, item.why] if text]
