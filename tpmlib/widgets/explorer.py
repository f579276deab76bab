"""One explorer for every model: controls from models.yml, a kept picture, a sentence, numbers."""

import importlib
import importlib.util
from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from tpmlib import content
from tpmlib.charts.canvas import Canvas
from tpmlib.errors import CourseError, nearest
from tpmlib.widgets.base import (
    CHART,
    Bundle,
    Panel,
    folded,
    picture_bundle,
    rounded,
    table_html,
    view_of,
)
from tpmlib.widgets.form import Details, Field, Form, Picture, refuse

FIELD_KINDS = {"choice": "select", "row": "select", "number": "range", "fixed": "range"}
KEPT_FRAMES = 32  # results of the model kept, so that going back is free


class Explorer(Panel):
    """`explore(model, preset, **fixed)`: move a control, see the picture and the sentence change.

    Attributes: `form` (the controls), `picture`, `details` (the table), `frame` (rows on show).
    """

    def __init__(self, model: str, preset: str = "default", **fixed: Any) -> None:
        super().__init__()
        known = content.models()
        drawn = [name for name in known if importlib.util.find_spec(f"tpmlib.charts.{name}")]
        if model not in drawn:
            raise CourseError(f"explore: {nearest(model, drawn)}")
        self.model, self.settings = model, known[model]
        self.formula = importlib.import_module(f"tpmlib.models.{model}")
        self.chart = importlib.import_module(f"tpmlib.charts.{model}")
        self._frames: dict[tuple[Any, ...], pd.DataFrame] = {}
        self._seen: tuple[dict[str, Any], pd.DataFrame] = {}, pd.DataFrame()
        self._tables = {name: content.table(name) for name in self.settings["tables"]}
        self._fixed = self._check(fixed)
        for name, value in fixed.items():
            if self._entries()[name]["kind"] != "row":  # an unknown row gives the first one shown
                refuse(self._field(name, self._entries()[name]), value)
        chosen = self.settings["presets"][self._known_preset(preset)]
        shown = chosen.get("controls", list(self._entries()))
        moving = [name for name, entry in self._entries().items() if entry["kind"] != "fixed"]
        self._controls = [name for name in shown if name in moving and name not in self._fixed]
        self._begin(preset)
        self._build(preset)

    def set(self, **values: Any) -> "Explorer":
        """Replay what a learner would do, a preset first; returns self, so that a cell shows it."""
        with self.lock:  # a control may move in another thread
            self._replay(values)
        return self

    def _replay(self, values: dict[str, Any]) -> None:
        preset = values.pop("preset", None)
        if preset is not None:
            values_of = self._values_of(preset)
            self._begin(preset)
            self.form.options = self._row_options(values_of)
            self.form.put(preset=preset, **self._offered(values_of))
        self._check(values)
        rows = [name for name in values if self._entries()[name]["kind"] == "row"]
        # rows last, since the other controls decide which rows there are to choose from
        for names in ([name for name in values if name not in rows], rows):
            for name in names:
                self._refuse(name, values[name])
            self.form.put(**{name: values[name] for name in names})

    def _begin(self, preset: str) -> None:
        """Values without a control come from the preset as well."""
        self._start = content.settings(self.model, preset)
        self._start |= content.view_settings(self.model, preset)

    def _refuse(self, name: str, value: Any) -> None:
        """CourseError when the learner could not have chosen this value."""
        field = next((field for field in self.form.fields if field["id"] == name), None)
        if field is None:
            raise CourseError(f"{name}: is fixed in this explorer; leave it out to move it")
        refuse(field | {"options": self.form.options.get(name) or field.get("options", [])}, value)

    def _entries(self) -> dict[str, Any]:
        return {**self.settings["parameters"], **self.settings.get("view", {})}

    def _check(self, values: dict[str, Any]) -> dict[str, Any]:
        for name in values:
            if name not in self._entries():
                raise CourseError(f"explore: {nearest(name, self._entries())}")
        return values

    def _known_preset(self, preset: str) -> str:
        if preset not in self.settings["presets"]:
            raise CourseError(f"preset: {nearest(preset, self.settings['presets'])}")
        return preset

    def _values_of(self, preset: str) -> dict[str, Any]:
        """The value of each control under a preset."""
        self._known_preset(preset)
        both = content.settings(self.model, preset) | content.view_settings(self.model, preset)
        return {name: both[name] for name in self._controls}

    def _build(self, preset: str) -> None:
        values = self._values_of(preset)
        presets = [
            {"value": name, "label": entry["label"]}
            for name, entry in self.settings["presets"].items()
        ]
        fields: list[Field] = [
            {"id": "preset", "kind": "select", "label": "Start from", "options": presets}
        ]
        fields += [self._field(name, self._entries()[name]) for name in values]
        self.form = Form(
            fields=fields,
            values={"preset": preset},
            arrangement="controls",
            buttons=[{"id": "reset", "label": "Back to the start", "plain": True}],
        )
        self.form.options = self._row_options(values)
        values = self._offered(values)
        self._first = {"preset": preset, **values}
        self.form.values = self._first
        self._last = self.form.values
        self.frame = self._view(values)
        self._canvas = Canvas(self.chart.draw, self.chart.SIZE, self.frame)
        self.picture = Picture(width=int(self.chart.SIZE[0] * 100))
        self.details = Details(title="The numbers behind the picture")
        self._draw()
        self.on(self.form, "values", self._moved)
        self.on(self.details, "opened", self._tabulate)
        self.form.on_event(lambda event: self.run(self._event, event))
        self.widget = ipywidgets.VBox([self.form, self.picture])

    def _field(self, name: str, entry: dict[str, Any]) -> Field:
        kind = FIELD_KINDS.get(entry["kind"], entry["kind"])
        field: Field = {"id": name, "kind": kind, "label": entry["label"]}
        field |= {key: entry[key] for key in ("min", "max", "step", "unit", "help") if key in entry}
        if entry["kind"] == "choice":
            field["options"] = self._options(entry)
        if entry["kind"] == "row":
            field |= {"options": [], "wide": True, "loose": True}
        return field

    def _options(self, entry: dict[str, Any]) -> list[dict[str, Any]]:
        """The options of a choice: written in models.yml, or the values of a table's column."""
        if "options" in entry:
            return list(entry["options"])
        source = entry["options_from"]
        rows = content.table(source["table"])
        pairs = zip(rows[source["value"]], rows[source.get("label", source["value"])], strict=True)
        found = [{"value": value, "label": label} for value, label in dict(pairs).items()]
        return [*source.get("first", []), *sorted(found, key=lambda one: str(one["label"]))]

    def _row_options(self, values: dict[str, Any]) -> dict[str, Any]:
        """A control of kind `row` offers the rows that the other controls let through."""
        names = [name for name in values if self._entries()[name]["kind"] == "row"]
        if not names:
            return {}
        rows = self._view(values).sort_values("name")
        options = [{"value": r.id, "label": r.name} for r in rows[["id", "name"]].itertuples()]
        return {name: [{"value": "", "label": "The first one shown"}, *options] for name in names}

    def _offered(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values, with a row that is not on offer changed to the first one shown."""
        known = {name: [one["value"] for one in rows] for name, rows in self.form.options.items()}
        gone = [name for name in known if name in values and values[name] not in known[name]]
        return values | dict.fromkeys(gone, "")

    def _event(self, event: dict[str, Any]) -> None:
        if event.get("click") == "reset":
            self._begin(self._first["preset"])
            self.form.options = self._row_options(self._values_of(self._first["preset"]))
            self.form.values = self._first

    def _moved(self) -> None:
        values = dict(self.form.values)
        if values["preset"] != self._last["preset"]:
            values |= self._values_of(values["preset"])
            self._begin(values["preset"])
        wanted = {name: value for name, value in values.items() if name != "preset"}
        options = self._row_options(wanted)
        with self.form.hold_sync():
            self.form.options = options
            self._last = values
            if values != self.form.values:
                self.form.values = values
                return  # this very method runs again with the new values
        # a row that is gone stays chosen: to answer a move with values would undo the next one
        self.frame = self._view(self._offered(wanted))
        self._draw()
        self.form.message = ""

    def _view(self, values: dict[str, Any]) -> pd.DataFrame:
        """The rows on show: the model's frame and the formula's view of it, both kept."""
        values = self._all(values)
        if values != self._seen[0]:
            self._seen = values, self._rows(values)
        return self._seen[1]

    def _rows(self, values: dict[str, Any]) -> pd.DataFrame:
        parameters = {name: values[name] for name in self.settings["parameters"]}
        key = tuple(parameters.values())
        if key not in self._frames:
            if len(self._frames) >= KEPT_FRAMES:
                self._frames.pop(next(iter(self._frames)))
            model = getattr(self.formula, self.model)
            self._frames[key] = model(**self._tables, **parameters)
        view = {name: values[name] for name in self.settings.get("view", {})}
        return self.formula.view(self._frames[key], **view) if view else self._frames[key]

    def _all(self, values: dict[str, Any]) -> dict[str, Any]:
        return self._start | self._fixed | values

    def _draw(self) -> None:
        with self.picture.hold_sync():
            self.picture.png = self._canvas.png(self.frame)
            self.picture.alt = self.chart.finding(self.frame)
            self.picture.sentence = self.formula.describe(self.frame)
        self._tabulate()

    def _tabulate(self) -> None:
        self.details.caption = self.picture.alt
        self.details.rows = self.chart.numbers(self.frame) if self.details.opened else []

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        moved = {k: v for k, v in self.form.values.items() if k not in ("preset", "select")}
        start = self._values_of(self.form.values["preset"])
        changed = [f"{name} = {value}" for name, value in moved.items() if start[name] != value]
        where = f"{self.model}, preset {self.form.values['preset']}"
        return "\n".join([", ".join([where, *changed]), self.picture.alt, self.picture.sentence])

    def data(self) -> dict[str, Any]:
        """The rows on show as plain data, rounded: what nbval compares in place of the picture."""
        return {str(name): rounded(list(column)) for name, column in self.frame.items()}

    def bundles(self) -> list[Bundle]:
        head, *rows = self.chart.numbers(self.frame)
        said = f"<p>{escape(self.picture.sentence)}</p>"
        table = said + folded(self.details.title, table_html(head, rows, self.picture.alt))
        return [
            {"text/plain": self.text(), CHART: self.data()}
            | picture_bundle(self.picture.png)
            | view_of(self.widget),
            {"text/plain": f"{len(rows)} rows", "text/html": table} | view_of(self.details),
        ]
