"""A stage: one live picture, taken step by step, with a prediction where the steps ask for one."""

from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.kit import content, registry, stages
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.panels import stage_parts
from tpmlib.kit.panels.ahead import Ahead
from tpmlib.kit.panels.base import CHART, Bundle, Panel, picture_bundle, view_of
from tpmlib.kit.panels.controls import Controls
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.panels.pieces import Details
from tpmlib.kit.questions import Prediction
from tpmlib.kit.words import say

KIND = "stage"
FRAMES = 12  # pictures between two steps, which the page shows over 0.6 s


class Stage(Panel):
    """`stage(name)`: step by step through one picture; a step once reached stays open."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.stage = content.stage(name)
        self.steps: list[stages.Step] = self.stage["steps"]
        self.chart = registry.picture(self.stage["model"])
        self.formula = registry.model(self.stage["model"])
        self.controls = Controls(self.stage["model"], content.model(self.stage["model"]))
        self.asked = stage_parts.asked_by(self.steps)
        self.place = self._reached = self._furthest(self.stage)  # of the step on show [from 0]
        # settings that chance or the learner has decided
        self.drawn = stage_parts.restored(self.record, self.stage, self.controls)
        self.left: dict[str, dict[str, Any]] = {}  # by step, where the learner left its controls
        self.frame = stages.rows(self.stage, self.step, **self.drawn)
        self.picture = Picture(self.chart).add_class("tpm-unread")  # its words are in the details
        self.details = Details(title=say("stage.numbers"))
        self.say = ipywidgets.HTML()
        self.unread = True  # what came of the prediction before, for which the next question waits
        self.form = Form(fields=[])
        self.ahead = Ahead(self, [])
        self.on(self.form, "values", self._moved)
        self.on(self.picture, "pin", self._pinned)
        self.on(self.details, "opened", self._tabulate)
        self.form.on_event(lambda event: self.run(self._event, event))
        beside = ipywidgets.Box([self.picture, self.form])
        self.widget = ipywidgets.VBox([self.say, beside.add_class("tpm-beside")])
        self._show()

    @property
    def step(self) -> stages.Step:
        """The step on show."""
        return self.steps[self.place]

    @property
    def prediction(self) -> Prediction | None:
        """What the step on show asks."""
        return self.asked.get(self.step.get("ask", ""))

    def answer(self, answer: Any, confidence: int = 50) -> "Stage":
        """Give the prediction of this step and show the next, as the learner would."""
        if self.unread:
            self.form.click(stage_parts.ASK)
        self.form.put(answer=answer, confidence=confidence)
        self.form.click(stage_parts.COMMIT)
        return self

    def refresh(self) -> None:
        """Another page may have gone further; the stage that this one follows may be answered."""
        furthest = self._furthest(self.stage)
        if furthest > self._reached or (self._closed and not self._is_closed()):
            self._reached = furthest
            self._show()

    def _is_closed(self) -> bool:
        """Whether this stage would give away what one before it still asks."""
        if "after" not in self.stage or self.record.latest(self.stage["id"], KIND):
            return False
        before = content.stage(self.stage["after"])
        asks = [s["ask"] for s in before["steps"][self._furthest(before) :] if "ask" in s]
        return not all(self.record.latest(ask, "predict") for ask in asks)

    def _furthest(self, stage: dict[str, Any]) -> int:
        """The place of the furthest step of a stage that the record holds; 0 without one."""
        event, ids = self.record.latest(stage["id"], KIND), [s["id"] for s in stage["steps"]]
        return ids.index(event["answer"]) if event and event["answer"] in ids else 0

    def _open(self, place: int) -> bool:
        """Whether the step after this place may be shown."""
        ask = self.steps[place].get("ask")
        return not ask or place < self._reached or bool(self.record.latest(ask, "predict"))

    def _event(self, event: dict[str, Any]) -> None:
        click = event.get("click")
        if click == stage_parts.COMMIT:
            self._commit()
        elif click == stage_parts.ASK:
            self.unread = False
            self._show(**stage_parts.free(self.step, dict(self.form.values)))
        elif click == stage_parts.OPEN:
            self.keep(KIND, self.stage["id"], self.step["id"], lesson=self.stage["lesson"])
        elif click == stage_parts.BACK and self.place:
            self._turn(self.place - 1)
        elif click in (stage_parts.NEXT, stage_parts.SKIP) and self.place + 1 < len(self.steps):
            self._draw_anew(self.steps[self.place + 1])
            self._turn(self.place + 1)
        elif click == stage_parts.AGAIN:
            self._draw_anew(self.step)
            self.frame = self.beyond(dict(self.form.values))
            self.ahead.drop()
            self._draw(dict(self.form.values))

    def _commit(self) -> None:
        item = self.prediction
        values = {name: self.form.values.get(name) for name in ("answer", "confidence")}
        self.form.message = stage_parts.missing(values)
        if item and not self.form.message:
            right, text = item.is_right(values["answer"]), item.text_hash
            self.keep("predict", item.id, values, lesson=item.lesson, text=text, right=right)
            self._turn(self.place + 1)

    def _draw_anew(self, step: stages.Step) -> None:
        """Draw the setting of a step that chance decides, so that each learner sees their own."""
        if "again" in step:
            self.drawn[step["again"]] = stages.drawn(self.stage, step["again"])

    def _turn(self, place: int) -> None:
        """Show another step: the marks move there, and the sentence follows at the end."""
        own, values = self.stage.get("own", []), self.form.values
        # not as a control moves: a press may come with the last move, and be heard before it
        self.left[self.step["id"]] = stage_parts.free(self.step, values)
        before, self.place, self.unread = self.frame, place, True
        if moved := {name: values[name] for name in own if name in values}:
            self.drawn |= moved
            self.keep(stage_parts.OWN, self.stage["id"], moved, lesson=self.stage["lesson"])
        if place > self._reached:
            self._reached = place
            self.keep(KIND, self.stage["id"], self.step["id"], lesson=self.stage["lesson"])
        left = self.left.get(self.step["id"], {})
        stood = {name: left[name] for name in left.keys() - own}  # what holds for all may be newer
        self.frame = self.beyond(stood)
        self.picture.move(stages.between(before, self.frame, self.formula, FRAMES), FRAMES)
        self._show(**stood)

    def _moved(self) -> None:
        """A control or an answer has changed."""
        self.form.message = ""
        if self.asks:
            self.picture.pin = stage_parts.pin(self.form.values)
        if (values := dict(self.form.values)).keys() & self.step.get("free", []):
            kept = self.ahead.kept(values)
            self.frame = kept.frame if kept else self.beyond(values)
            self._draw(values)

    def beyond(self, values: dict[str, Any]) -> pd.DataFrame:
        """The rows of this step with its free controls at some values."""
        moved = self.drawn | stage_parts.free(self.step, values)
        return stages.rows(self.stage, self.step, self.left, **moved)

    def _asked_on(self, place: int) -> pd.DataFrame:
        """The rows of a step as the learner left it."""
        step = self.steps[place]
        moved = self.drawn | self.left.get(step["id"], {})
        return stages.rows(self.stage, step, self.left, **moved)

    def _pinned(self) -> None:
        """A click on a place of the picture is the same as its option below."""
        if self.asks and self.picture.pin != stage_parts.pin(self.form.values):
            self.form.put(answer=self.picture.pin)

    def _show(self, **stood: Any) -> None:
        """The step on show, its controls where the learner left them (`stood`)."""
        self._closed = self._is_closed()
        item = self.prediction
        before, waits = self._before, bool(item) and not self._open(self.place)
        given = stage_parts.first_given(self.record, before)
        asks = self.asks = waits and not (given and self.unread)  # one thing at a time
        text = escape(say("stage.first") if self._closed else self.step["say"])
        # while what came of a question is read, it is that question's step
        place = self.place + 1 - (waits and not asks)
        where = say("stage.place", place=place, steps=len(self.steps))
        told = "" if self._closed else stage_parts.told(item if asks else None, before, given)
        self.say.value = f'<div class="tpm"><p><b>{where}</b> {text}</p>{told}</div>'
        self.pinned = item if asks else before  # whose options can be clicked on the picture
        self.marked = self.frame if asks or not before else self._asked_on(self.place - 1)
        fields, values = [], dict[str, Any]()
        if item and asks:
            fields, values = stage_parts.fields_of(item), {"answer": None, "confidence": None}
        free = self.step.get("free", [])
        fields += [self.controls.field(name) for name in free]
        now = stages.settings(self.stage, self.step) | self.drawn | stood
        self.ahead.names = free
        self.ahead.drop()
        buttons = stage_parts.buttons(self.steps, self.place, asks, waits and not asks)
        shown = {"id": stage_parts.OPEN, "label": say("stage.open"), "plain": True}
        with self.form.hold_sync():
            self.form.values = {}
            self.form.fields = [] if self._closed else fields
            self.form.values = {} if self._closed else values | {name: now[name] for name in free}
            self.form.buttons = [shown] if self._closed else buttons
        self.picture.pin = "" if asks else stage_parts.pin(given)
        self._draw(dict(self.form.values))

    def _draw(self, values: dict[str, Any]) -> None:
        spots = stage_parts.spots(self.chart, self.frame, self.marked, self.pinned)
        self.picture.places = [] if self._closed else spots
        if self._closed:
            self.picture.clear()
        else:
            self.ahead.show(self.frame, values)
        self._tabulate()

    def _tabulate(self) -> None:
        rows = [] if self._closed else self.chart.numbers(self.frame)
        self.details.layout.display = "none" if self._closed else None
        rows = rows if len(rows) > 1 else []
        self.details.tell(self.picture.sentence, self.picture.alt, rows)

    @property
    def _before(self) -> Prediction | None:
        """What the step before this one asks."""
        return self.asked.get(self.steps[self.place - 1].get("ask", "")) if self.place else None

    def text(self) -> str:
        first = stages.rows(self.stage, self.steps[0])
        where = say("stage.text", id=self.stage["id"], n=len(self.steps))
        told = [self.chart.finding(first), self.formula.describe(first)]
        return "\n".join([where, *([] if "after" in self.stage else told)])

    def html(self) -> str:
        return stage_parts.saved_html(self.stage, self.asked)

    def bundles(self) -> list[Bundle]:
        data: Bundle = stage_parts.saved_rows(self.stage)
        picture: Bundle = {"text/html": f"<p>{escape(say('stage.first'))}</p>"}
        if "after" not in self.stage:
            first = stages.rows(self.stage, self.steps[0])
            png = Canvas(self.chart.draw, self.chart.SIZE, first).png(first)
            picture = picture_bundle(png, self.chart.finding(first))
        return [
            {"text/plain": self.text(), CHART: data} | picture | view_of(self.widget),
            {"text/plain": say("stage.steps", n=len(self.steps)), "text/html": self.html()}
            | view_of(self.details),
        ]
