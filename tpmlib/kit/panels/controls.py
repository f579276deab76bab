"""The controls of an explorer, as models.yml describes them, and the values of its presets."""

from typing import Any

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.panels.form import Field, allowed
from tpmlib.kit.panels.sheet import entered
from tpmlib.kit.record import record
from tpmlib.kit.words import say, unit_of

FIELD_KINDS = {"choice": "select", "row": "select", "number": "range", "fixed": "range"}
SHORT = 23  # characters of an option that a select of one column shows whole
TEAM = "team"  # the sheet of the learner's own team, and the preset that it gives


class Controls:
    """Fields, presets and values of one model. `settings` is its part of models.yml."""

    def __init__(self, model: str, settings: dict[str, Any]) -> None:
        self.model, self.settings = model, settings
        self.entries = {**settings["parameters"], **settings.get("view", {})}
        presets: dict[str, Any] = settings["presets"]
        own = {name: value for name, value in presets["default"].items() if name == "controls"}
        team = {TEAM: {"label": say("explore.team")} | own} if TEAM in settings else {}
        self.presets = presets | team

    def check(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values; CourseError for a name that is no setting of this model."""
        for name in values:
            if name not in self.entries:
                raise CourseError(f"explore: {nearest(name, self.entries)}")
        return values

    def check_fixed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Values that no control will offer, each as its setting allows."""
        for name, value in self.check(values).items():
            if self.entries[name]["kind"] != "row":  # an unknown row gives the first one shown
                allowed(self.field(name), value, strict=True)
        return values

    def preset(self, name: str) -> dict[str, Any]:
        """A preset. Raises CourseError for an unknown one."""
        if name not in self.presets:
            raise CourseError(f"preset: {nearest(name, self.presets)}")
        return dict(self.presets[name])

    def shown(self, preset: str) -> list[str]:
        """The settings with a control when an explorer starts from this preset."""
        moving = [name for name, entry in self.entries.items() if entry["kind"] != "fixed"]
        listed = self.preset(preset).get("controls", list(self.entries))
        return [name for name in listed if name in moving]

    def values(self, preset: str) -> dict[str, Any]:
        """Every value of the settings and the view under a preset, one's own team included."""
        self.preset(preset)
        of_file = preset if preset in self.settings["presets"] else "default"
        values = content.settings(self.model, of_file) | content.view_settings(self.model, of_file)
        if of_file == preset:
            return values
        own_team = entered(TEAM, record())
        for name, field in self.settings[TEAM].items():
            low, high = (self.entries[name][end] for end in ("min", "max"))
            values[name] = min(max(own_team[field], low), high)
        return values

    def offered(self) -> list[str]:
        """The presets whose choices are on offer: one may wait for rows of a table."""
        sets = {name: preset.get("values", {}).items() for name, preset in self.presets.items()}
        return [name for name in sets if all(self._offers(*pair) for pair in sets[name])]

    def fields(self, names: list[str]) -> list[Field]:
        """The control that starts from another preset, and one of each setting."""
        options = []
        for preset in self.offered():
            values = self.values(preset)
            sets = {name: values[name] for name in names}  # by the page, in the same moment
            label = self.presets[preset]["label"]
            options.append({"value": preset, "label": label, "sets": sets})
        start: Field = {"id": "preset", "kind": "select", "label": say("explore.from")}
        return [start | _grown(options), *map(self.field, names)]

    def note(self, preset: str, controls: list[str]) -> str:
        """What to see in a preset, and what it sets that none of these controls shows."""
        told = [self.preset(preset).get("note", "")]
        for name, value in self.preset(preset).get("values", {}).items():
            entry = self.entries[name]
            labels = {option["value"]: option["label"] for option in entry.get("options", [])}
            unit = unit_of(value, entry.get("unit", ""))
            amount = f"{value:g} {unit}" if unit else labels.get(value)
            if amount and name not in controls:
                told.append(say("explore.sets", name=entry["label"], amount=amount))
        return " ".join(filter(None, told))

    def _offers(self, name: str, value: Any) -> bool:
        entry = self.entries[name]
        return "options" not in entry or value in [each["value"] for each in _options(entry)]

    def field(self, name: str) -> Field:
        """The control of one setting."""
        entry = self.entries[name]
        kind = FIELD_KINDS.get(entry["kind"], entry["kind"])
        field: Field = {"id": name, "kind": kind, "label": entry["label"]}
        field |= {key: entry[key] for key in ("min", "max", "step", "unit", "help") if key in entry}
        if entry["kind"] == "choice":
            field |= _grown(_options(entry))
        if entry["kind"] == "row":
            field |= {"options": [], "wide": True, "loose": True}
        return field


def _grown(options: list[dict[str, Any]]) -> Field:
    """Options, in a control of two columns where the longest would be cut in one."""
    return {"options": options, "wide": max(len(option["label"]) for option in options) > SHORT}


def _column(table: str, column: str) -> set[Any]:
    return set(content.table(table)[column])


def _options(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a choice: written in models.yml, or the values of a table's column."""
    if "options" in entry:
        return [
            {"value": option["value"], "label": option["label"]}
            for option in entry["options"]
            if "held_by" not in option or option["value"] in _column(**option["held_by"])
        ]
    source = entry["options_from"]
    rows = content.table(source["table"])
    pairs = zip(rows[source["value"]], rows[source.get("label", source["value"])], strict=True)
    options = [{"value": value, "label": label} for value, label in dict(pairs).items()]
    return [*source.get("first", []), *sorted(options, key=lambda option: str(option["label"]))]
