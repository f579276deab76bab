"""A form of native fields, and what each kind of field allows."""

from contextlib import suppress
from typing import Any

import traitlets

from tpmlib.errors import CourseError, nearest, outside
from tpmlib.kit.panels.answering import Answering, Values
from tpmlib.kit.panels.base import script

MOST_TEXT = 20_000  # characters a free answer may have
Field = dict[str, Any]


class Form(Answering):
    """Native fields in the page: labels, keys and focus are the browser's own.

    fields: each {id, kind, label, ...}; kinds: note, radio, checks, range, number, select, switch,
        text, grid, file, button, progress.   values: the answer of each field by id.
    options: new options of a select by id.   feedback: by field id {tone, text, options}, and
        `more`, the line and the text of a fold.
    """

    _esm = script("answering.js", "numbers.js", "files.js", "form.js")
    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    arrangement = traitlets.Unicode("stack").tag(sync=True)
    follows = traitlets.Bool(False).tag(sync=True)  # a press brings the next buttons into sight
    turn = traitlets.Int().tag(sync=True)  # counts what Python has put among the values
    known = traitlets.Int().tag(sync=True)  # the turn that the page had heard of when it sent some
    hints = traitlets.Bool(False).tag(sync=True)  # the page tells {near: id} of focus and pointer

    def __init__(self, **state: Any) -> None:
        self._put: dict[str, tuple[int, Any]] = {}  # by field, the last turn, and what was there
        super().__init__(**state)

    def __repr__(self) -> str:
        return f"Form({', '.join(field['id'] for field in self.fields)})"

    def put(self, **values: Any) -> None:
        """Set some values, as the learner would; what the page sends before it hears keeps them."""
        with self.hold_sync():
            self.turn += 1
            before = {name: self.values.get(name) for name in values}
            self._put |= {name: (self.turn, before[name]) for name in values}
            self.values = {**self.values, **values}

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """What the page sets. It sends all values: those it left as they were before it heard of
        what Python put there are no answer to that, nor are those of fields that are gone."""
        if values := sync_data.get("values"):
            if gone := values.keys() - {field["id"] for field in self.fields}:
                values = self.values | {n: value for n, value in values.items() if n not in gone}
            heard = sync_data.get("known", self.known)
            late = {n for n, (turn, before) in self._put.items() if turn > heard}
            kept = {n: self.values[n] for n in late & self.values.keys() & values.keys()}
            kept = {n: value for n, value in kept.items() if values[n] == self._put[n][1]}
            sync_data = sync_data | {"values": values | kept}
        super().set_state(sync_data)

    def bring_back(self, drafted: Values) -> None:
        self.put(**fitting(self.fields, drafted))

    @traitlets.validate("values")
    def _allowed(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """The values, each cut to what its field allows; unknown fields are refused."""
        names = {field["id"] for field in self.fields}
        unknown = [name for name in proposal["value"] if name not in names]
        if unknown:
            raise traitlets.TraitError(f"{unknown[0]!r} is not a field of this form")
        try:
            return {n: allowed(self.field(n), value) for n, value in proposal["value"].items()}
        except CourseError as error:
            raise traitlets.TraitError(str(error)) from error

    def field(self, name: str) -> Field:
        """A field with the options that it has now. Raises KeyError for an unknown one."""
        field = {field["id"]: field for field in self.fields}[name]
        return field | {"options": self.options.get(name) or field.get("options", [])}


def allowed(field: Field, value: Any, strict: bool = False) -> Any:
    """`value` as the field allows it. Raises CourseError for a value that it does not allow.

    From the page a number beyond its range is cut to it, a long text is cut, and a select whose
    options come and go (`loose`) takes any text. None, no answer yet, is allowed where the page can
    show it. strict: for a value written in a cell; a number beyond its range or an option that is
    not on offer is refused instead, since it is a mistake that its author wants to hear of.
    """
    name, kind = field["id"], field["kind"]
    if value is None and kind in ("radio", "checks", "number", "grid"):
        return None
    if kind in ("range", "number", "progress"):
        return _number(field, value, strict)
    if kind == "grid":
        return _grid(field, value)
    if kind == "switch":
        if not isinstance(value, bool):
            raise CourseError(f"{name}: {value!r} is not True or False")
        return value
    if kind == "text":
        if not isinstance(value, str):
            raise CourseError(f"{name}: {type(value).__name__} is not a text")
        return value[: field.get("most", MOST_TEXT)]
    if field.get("loose") and isinstance(value, str) and not strict:
        return value  # the page shows the first option for one that is gone
    options = [option["value"] for option in field["options"]]
    if kind == "checks" and not isinstance(value, list):
        raise CourseError(f"{name}: {value!r} is not a list of options")
    for choice in value if kind == "checks" else [value]:
        if choice not in options:
            raise CourseError(f"{name}: {nearest(choice, map(str, options))}")
    return value


def _number(field: Field, value: Any, strict: bool) -> float:
    low, high = field["min"], field["max"]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if strict and is_number and not low <= value <= high:
        raise outside(field["id"], value, low, high)
    # only nan differs from itself; math.isnan fails on a whole number beyond floats
    if not is_number or value != value:
        raise CourseError(f"{field['id']}: {value!r} is not a number")
    cut: float = min(max(value, low), high)
    return cut


def _grid(field: Field, value: Any) -> dict[str, Any]:
    """The cells of a grid, each as its column allows it.

    A column of kind plain shows `cells` of the row and takes nothing.
    """
    if not isinstance(value, dict):
        raise CourseError(f"{field['id']}: {value!r} is not a grid of choices")
    columns = {
        f"{row['id']}.{column['id']}": column
        for row in field["rows"]
        for column in field["columns"]
    }
    cells = {}
    for name, choice in value.items():
        column = {"kind": "select", "options": []} | columns.get(name, {})
        cells[name] = allowed(column | {"id": f"{field['id']}: {name}"}, choice)
    return cells


def fitting(fields: list[Field], values: dict[str, Any]) -> dict[str, Any]:
    """Those of the kept values that the fields allow: a question may have changed since.

    Of several ticks only those go whose option is gone.
    """
    by_id: dict[str, Field] = {field["id"]: {"options": []} | field for field in fields}
    fit = {}
    for name, value in values.items():
        with suppress(KeyError, CourseError):
            if by_id[name]["kind"] == "checks" and isinstance(value, list):
                options = [option["value"] for option in by_id[name]["options"]]
                value = [choice for choice in value if choice in options]
            fit[name] = allowed(by_id[name], value)
    return fit
