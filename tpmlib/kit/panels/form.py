"""Our own front-end pieces: a form of native fields, a picture, a folding table, a card board."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import anywidget
import traitlets

from tpmlib.errors import CourseError, nearest, outside
from tpmlib.kit.panels.base import STYLE, script

MOST_TEXT = 20_000  # characters a free answer may have
Field = dict[str, Any]


class Clickable(anywidget.AnyWidget):
    """A widget with buttons. A click is a trait, so that it cannot overtake what was entered."""

    _css = STYLE
    buttons = traitlets.List(traitlets.Dict()).tag(sync=True)
    clicked = traitlets.Dict().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)

    def on_event(self, handler: Callable[[dict[str, Any]], None]) -> None:
        """Call handler({"click": id}), or handler({"file": id, "text": ...}), from the page."""
        self.observe(lambda change: self._heard(handler, **change), "clicked")
        self.on_msg(lambda _, content, __: handler(content))

    def _heard(self, handler: Callable[[dict[str, Any]], None], **change: Any) -> None:
        """Handle each click since the last one heard: quick ones arrive in one message."""
        for one in [*change["new"].get("before", []), change["new"]]:
            if one.get("n", 0) > change["old"].get("n", 0):
                handler({"click": one.get("id")})

    def click(self, button: str) -> None:
        """Press a button, as the learner would."""
        self.clicked = {"id": button, "n": self.clicked.get("n", 0) + 1}


class Form(Clickable):
    """Native fields in the page: labels, keys and focus are the browser's own.

    fields: each {id, kind, label, ...}; kinds: note, radio, checks, range, number, select, switch,
        text, grid, file, button, progress.   values: the answer of each field by id.
    options: new options of a select by id.   feedback: by field id {tone, text, options}.
    """

    _esm = script("clicks.js", "form.js")
    fields = traitlets.List(traitlets.Dict()).tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    arrangement = traitlets.Unicode("stack").tag(sync=True)

    def __repr__(self) -> str:
        return f"Form({', '.join(field['id'] for field in self.fields)})"

    def put(self, **values: Any) -> None:
        """Set some values, as the learner would."""
        self.values = {**self.values, **values}

    @traitlets.validate("values")
    def _allowed(self, proposal: dict[str, Any]) -> dict[str, Any]:
        """The values, each cut to what its field allows; unknown fields are refused."""
        fields = {field["id"]: field for field in self.fields}
        unknown = [name for name in proposal["value"] if name not in fields]
        if unknown:
            raise traitlets.TraitError(f"{unknown[0]!r} is not a field of this form")
        return {
            name: allowed(fields[name] | {"options": self._options_of(name, fields)}, value)
            for name, value in proposal["value"].items()
        }

    def _options_of(self, name: str, fields: dict[str, Field]) -> list[Field]:
        return list(self.options.get(name) or fields[name].get("options", []))


def allowed(field: Field, value: Any) -> Any:
    """`value` as the field allows it: a number clamped, a text cut, a choice known; else refused.

    None, no answer yet, is allowed where the page can show it.
    """
    kind = field["kind"]
    if value is None and kind in ("radio", "checks", "number", "grid"):
        return None
    if kind in ("range", "number", "progress"):
        # only nan differs from itself; math.isnan fails on a whole number beyond floats
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise traitlets.TraitError(f"{field['id']}: {value!r} is not a number")
        return min(max(value, field["min"]), field["max"])
    if kind == "switch" and not isinstance(value, bool):
        raise traitlets.TraitError(f"{field['id']}: {value!r} is not True or False")
    if kind == "text":
        if not isinstance(value, str):
            raise traitlets.TraitError(f"{field['id']}: {type(value).__name__} is not a text")
        return value[: field.get("most", MOST_TEXT)]
    known = [option["value"] for option in field["options"]]
    if field.get("loose") and isinstance(value, str):
        return value  # its options come and go; the page shows the first for one that is gone
    if kind in ("radio", "select") and value not in known:
        raise traitlets.TraitError(f"{field['id']}: {value!r} is not one of {known}")
    if kind == "checks" and not (isinstance(value, list) and all(one in known for one in value)):
        raise traitlets.TraitError(f"{field['id']}: {value!r} holds more than {known}")
    return _grid(field, value) if kind == "grid" else value


def fitting(fields: list[Field], values: dict[str, Any]) -> dict[str, Any]:
    """Those of the kept values that the fields allow: a question may have changed since."""
    known: dict[str, Field] = {field["id"]: {"options": []} | field for field in fields}
    fit = {}
    for name, value in values.items():
        with suppress(KeyError, traitlets.TraitError):
            fit[name] = allowed(known[name], value)
    return fit


def refuse(field: Field, value: Any) -> None:
    """CourseError when nobody could have chosen this value in a range, a select or a switch."""
    name = field["id"]
    if field["kind"] == "switch" and not isinstance(value, bool):
        raise CourseError(f"{name}: {value!r} is not True or False")
    if field["kind"] == "range":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise CourseError(f"{name}: {value!r} is not a number")
        if not field["min"] <= value <= field["max"]:
            raise outside(name, value, field["min"], field["max"])
    if field["kind"] == "select":
        known = [option["value"] for option in field["options"]]
        if value not in known:
            raise CourseError(f"{name}: {nearest(value, map(str, known))}")


def _grid(field: Field, value: Any) -> dict[str, Any]:
    """The cells of a grid: choices, or numbers cut to their column's range; refused if unknown.

    A column of kind plain shows `cells` of the row and takes nothing.
    """
    columns = {
        f"{row['id']}.{column['id']}": column
        for row in field["rows"]
        for column in field["columns"]
    }
    if not isinstance(value, dict):
        raise traitlets.TraitError(f"{field['id']}: {value!r} is not a grid of choices")
    cells = {}
    for name, choice in value.items():
        column = columns.get(name, {"options": []})
        if column.get("kind") == "number":
            cells[name] = allowed(column | {"id": f"{field['id']}: {name}"}, choice)
        elif choice in [option["value"] for option in column.get("options", [])]:
            cells[name] = choice
        else:
            raise traitlets.TraitError(f"{field['id']}: {choice!r} is not a choice of {name!r}")
    return cells


class Picture(anywidget.AnyWidget):
    """A chart: PNG bytes, their alternative text, and the sentence that says what they show."""

    _esm = script("picture.js")
    _css = STYLE
    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int().tag(sync=True)

    def __repr__(self) -> str:
        return f"Picture({self.alt})"


class Details(anywidget.AnyWidget):
    """A table that opens on demand; `rows` (the first is the head) is filled while it is open."""

    _esm = script("details.js")
    _css = STYLE
    title = traitlets.Unicode().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Bool(False).tag(sync=True)
    rows = traitlets.List(traitlets.List(traitlets.Unicode())).tag(sync=True)

    def __repr__(self) -> str:
        return f"Details({self.title})"


class Board(Clickable):
    """Cards to sort into piles: `places` maps a card's id to a pile's id."""

    _esm = script("clicks.js", "cards.js")
    cards = traitlets.List(traitlets.Dict()).tag(sync=True)
    piles = traitlets.List(traitlets.Dict()).tag(sync=True)
    places = traitlets.Dict().tag(sync=True)
    notes = traitlets.Dict().tag(sync=True)

    def __repr__(self) -> str:
        return f"Board({len(self.cards)} cards, {len(self.piles)} piles)"

    @traitlets.validate("places")
    def _known(self, proposal: dict[str, Any]) -> dict[str, str]:
        cards = {card["id"] for card in self.cards}
        piles = {pile["id"] for pile in self.piles}
        for card, pile in proposal["value"].items():
            if card not in cards or pile not in piles:
                raise traitlets.TraitError(f"{card!r} in {pile!r}: unknown card or pile")
        places: dict[str, str] = proposal["value"]
        return places
