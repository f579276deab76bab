"""One explorer for every model: controls from models.yml, a kept picture, a sentence, numbers."""

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, registry
from tpmlib.kit.html import folded, rounded, table_html
from tpmlib.kit.panels.ahead import Ahead
from tpmlib.kit.panels.base import CHART, Bundle, Panel, view_of
from tpmlib.kit.panels.controls import TEAM, Controls
from tpmlib.kit.panels.debounce import Debounce
from tpmlib.kit.panels.form import Form, allowed
from tpmlib.kit.panels.picture import Picture
from tpmlib.kit.panels.pieces import Details
from tpmlib.kit.words import say

KEPT_FRAMES = 32  # results of the model kept, so that going back is free


class Explorer(Panel):
    """`explore(model, preset, **fixed)`: move a control, see the picture and the sentence change.

    Attributes: `form` (the controls), `picture`, `details` (the table), `frame` (rows on show).
    While a control moves, `moving` settings hold; `settle()` is what follows when it rests.
    """

    def __init__(self, model: str, preset: str = "default", **fixed: Any) -> None:
        super().__init__()
        models = content.models()
        drawn = [name for name in registry.drawn() if name in models]
        if model not in drawn:
            raise CourseError(f"explore: {nearest(model, drawn)}")
        self.model, self.settings = model, models[model]
        self.formula, self.chart = registry.model(model), registry.picture(model)
        self._frames: dict[tuple[Any, ...], pd.DataFrame] = {}
        self._seen: tuple[dict[str, Any], pd.DataFrame] = {}, pd.DataFrame()
        self._tables = {name: content.table(name) for name in self.settings["tables"]}
        # A heavy model cannot follow the hand with all its runs. So while a control moves, these
        # replace some settings, such as runs; once it rests, `_whole` computes the model in full.
        self._less: dict[str, Any] = {}
        self._debounce = Debounce(self._whole)
        self.controls = Controls(model, self.settings)
        self._fixed = self.controls.check_fixed(fixed)
        self._controls = [name for name in self.controls.shown(preset) if name not in self._fixed]
        self._build(preset)

    def set(self, **values: Any) -> "Explorer":
        """Replay what a learner would do, a preset first; returns self, so that a cell shows it."""
        with self.lock:  # a control may move in another thread
            self._replay(values)
            self.settle()
        return self

    def settle(self) -> None:
        """Compute in full, at once, what a moving control left for later."""
        if self._less:
            self._debounce.now()

    def _replay(self, values: dict[str, Any]) -> None:
        if (preset := values.pop("preset", None)) is not None:
            self._start_from(preset)
        self.controls.check(values)
        rows = [name for name in values if self.controls.entries[name]["kind"] == "row"]
        # rows last, since the other controls decide which rows there are to choose from
        for names in ([name for name in values if name not in rows], rows):
            for name in names:
                if name not in self.form.values:
                    raise CourseError(f"{name}: is fixed in this explorer; leave it out to move it")
                allowed(self.form.field(name), values[name], strict=True)
            self.form.put(**{name: values[name] for name in names})

    def _start_from(self, preset: str) -> None:
        """Move every control to its value under a preset."""
        self._begin(preset)
        values = self._values_of(preset)
        self.form.options = self._row_options(values)
        self.form.put(preset=preset, **self._offered(values))

    def _begin(self, preset: str) -> None:
        """Values without a control come from the preset as well."""
        self._start = self.controls.values(preset)
        self.note.value = escape(self.controls.note(preset, self._controls))

    def refresh(self) -> None:
        if TEAM in self.controls.presets:
            self.form.fields = self.controls.fields(self._controls)
        if self.form.values["preset"] == TEAM and self.controls.values(TEAM) != self._start:
            self._begin(TEAM)
            self.ahead.drop()
            self.form.values = self.form.values | self._values_of(TEAM)
            self._moved()  # what changed may have no control

    def _values_of(self, preset: str) -> dict[str, Any]:
        """The value of each control under a preset."""
        values = self.controls.values(preset)
        return {name: values[name] for name in self._controls}

    def _build(self, preset: str) -> None:
        self._first_preset, self.note = preset, ipywidgets.HTML().add_class("tpm-help")
        back = {"id": "reset", "label": say("explore.back"), "plain": True}
        self.form = Form(
            fields=self.controls.fields(self._controls),
            values={"preset": preset},
            arrangement="controls",
            buttons=[back | {"chooses": ["preset", preset]}],
        )
        self._start_from(preset)
        self._last = self.form.values
        self.frame = self._view({n: v for n, v in self._last.items() if n != "preset"})
        self.picture = Picture(self.chart).add_class("tpm-unread")  # its words are in the details
        self.ahead = Ahead(self, self._controls)
        self.details = Details(title=say("explore.numbers"))
        self._draw()
        self.on(self.form, "values", self._moved)
        self.on(self.details, "opened", self._tabulate)
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.form, self.note, self.picture])

    def _row_options(self, values: dict[str, Any]) -> dict[str, Any]:
        """A control of kind `row` offers the rows that the other controls let through."""
        names = [name for name in values if self.controls.entries[name]["kind"] == "row"]
        if not names:
            return {}
        rows = self._view(values).sort_values("name")
        options = [{"value": r.id, "label": r.name} for r in rows[["id", "name"]].itertuples()]
        return {name: [{"value": "", "label": say("explore.first")}, *options] for name in names}

    def _offered(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values, with a row that is not on offer changed to the first one shown."""
        offered = {n: [row["value"] for row in rows] for n, rows in self.form.options.items()}
        gone = [name for name in offered if name in values and values[name] not in offered[name]]
        return values | dict.fromkeys(gone, "")

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("click") == "reset":
            self._start_from(self._first_preset)

    def _moved(self) -> None:
        values = dict(self.form.values)
        if values["preset"] != self._last["preset"]:
            # the page sets them too, so that a move that came later is newer
            sets = self._values_of(values["preset"]).items()
            values |= {name: value for name, value in sets if values[name] == self._last[name]}
            self._begin(values["preset"])
            self.ahead.drop()  # what has no control may be another one now
        wanted = {name: value for name, value in values.items() if name != "preset"}
        with self.form.hold_sync():
            self.form.options = self._row_options(wanted)
            self._last = values
            if values != self.form.values:
                self.form.values = values
                return  # this very method runs again with the new values
        # a row that is gone stays chosen: to answer a move with values would undo the next one
        wanted = self._offered(wanted)
        self._less = {}
        kept = self.ahead.kept(values)
        if not kept and self._key(self._all(wanted)) not in self._frames:
            self._less = dict(self.settings.get("moving", {}))
        self.frame = kept.frame if kept else self._view(wanted)
        self._draw()
        self.form.message = ""
        (self._debounce.later if self._less else self._debounce.drop)()

    def _whole(self, current: Callable[[], bool]) -> None:
        """The full model; a further move ends it."""
        with self.telling():
            with self.lock:
                if not current():  # a panel that has ended has no form any more
                    return
                values = self._start | self._fixed | self._offered(self._last)
            frame = self._computed(values)
            with self.lock:
                if current():
                    self.frame = self._viewed(frame, values)
                    self._keep_frame(self._key(values), frame)
                    self._less = {}
                    self._draw()

    def _computed(self, values: dict[str, Any]) -> pd.DataFrame:
        parameters = {name: values[name] for name in self.settings["parameters"]}
        rows: pd.DataFrame = getattr(self.formula, self.model)(**self._tables, **parameters)
        return rows

    def beyond(self, values: dict[str, Any]) -> pd.DataFrame:
        """The rows of values that are not on show; keeps none."""
        values = self._start | self._fixed | values
        frame = self._frames.get(self._key(values))
        return self._viewed(self._computed(values) if frame is None else frame, values)

    def _view(self, values: dict[str, Any]) -> pd.DataFrame:
        """The rows on show: the model's frame and the formula's view of it, both kept."""
        values = self._all(values)
        if values != self._seen[0]:
            key = self._key(values)
            if key not in self._frames:
                self._keep_frame(key, self._computed(values))
            self._seen = values, self._viewed(self._frames[key], values)
        return self._seen[1]

    def _key(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.settings["parameters"])

    def _keep_frame(self, key: tuple[Any, ...], frame: pd.DataFrame) -> None:
        if len(self._frames) >= KEPT_FRAMES:
            self._frames.pop(next(iter(self._frames)))
        self._frames[key] = frame

    def _viewed(self, frame: pd.DataFrame, values: dict[str, Any]) -> pd.DataFrame:
        view = {name: values[name] for name in self.settings.get("view", {})}
        return self.formula.view(frame, **view) if view else frame

    def _all(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._start | self._fixed | values | self._less

    def _draw(self) -> None:
        self.ahead.show(self.frame, self._last, whole=not self._less)
        self._tabulate()

    def _tabulate(self) -> None:
        rows = self.chart.numbers(self.frame) if self.details.opened else []
        self.details.tell(self.picture.sentence, self.picture.alt, rows)

    def text(self) -> str:
        moved = {k: v for k, v in self.form.values.items() if k not in ("preset", "select")}
        start = self._values_of(self.form.values["preset"])
        changed = [f"{name} = {value}" for name, value in moved.items() if start[name] != value]
        where = say("explore.where", model=self.model, preset=self.form.values["preset"])
        return "\n".join([", ".join([where, *changed]), self.picture.alt, self.picture.sentence])

    def data(self) -> dict[str, Any]:
        """The rows on show as plain data, rounded: what nbval compares in place of the picture."""
        return {str(name): rounded(list(column)) for name, column in self.frame.items()}

    def bundles(self) -> list[Bundle]:
        head, *rows = self.chart.numbers(self.frame)
        table = f"<p>{escape(self.picture.sentence)}</p>"
        table += folded(self.details.title, table_html(head, rows, self.picture.alt))
        return [
            {"text/plain": self.text(), CHART: self.data()}
            | self.picture.bundle()
            | view_of(self.widget),
            {"text/plain": say("explore.rows", n=len(rows)), "text/html": table}
            | view_of(self.details),
        ]
