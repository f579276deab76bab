"""The rules of models, their settings and presets, and of the counted responsibilities."""

import inspect
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, get_args

from tpmlib.authoring.gather import Course, report
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, registry
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.relations import off_scale
from tpmlib.kit.content.words import Path, brief
from tpmlib.kit.patterns import check_pattern
from tpmlib.kit.ranges import limits

ABOUT = {"advert_id", "batch", "role", "company", "year", "grade", "domain", "source_kind"}
ABOUT |= {"full_text", "words", "repeated"}  # columns of adverts.csv that count nothing


def adverts(course: Course) -> Iterator[str]:
    """Counted responsibilities are the columns of adverts.csv, and their terms can be searched."""
    duties, counts = course.tables.get("responsibilities"), course.tables.get("adverts")
    if not duties or not counts:
        return
    columns = counts.columns.keys() - ABOUT
    counted = set()
    for line, name, source, terms in duties.cells("responsibility_id", "source", "terms"):
        where = duties.at(line)
        if source == "counted":
            counted.add(name)
            if name not in columns:
                yield f"{where} responsibility_id: {nearest(name, columns)} (in adverts.csv)"
        if (source == "counted") != (terms is not None):
            yield f"{where} terms: {brief(terms)}; terms for a counted row, none for a local one"
        try:
            if terms:
                check_pattern(terms)
        except CourseError as error:
            yield f"{where} terms: {error}"
    for name in columns - counted:
        yield f"{counts.shown}:1 {name}: {nearest(name, counted)} (in responsibilities.csv)"


FREED = "kind: number and a step, in data/models.yml alone, since local/ replaces nothing of ours"


def models(course: Course) -> Iterator[str]:
    """A model's settings are its arguments, within its ranges; every value fits its control."""
    for file in course.of("models"):
        notes = report(file)
        for name, model in content.with_shared_settings(deepcopy(file.data)).items():
            given = dict.fromkeys(model["tables"], {}) | model["parameters"]
            _signature(notes, name, name, "parameters", given)
            _signature(notes, name, "view", "view", model.get("view", {}))
            entries = {**model["parameters"], **model.get("view", {})}
            for key in _counts(name):
                entries.get(key, {})["count"] = True
            for part in ("parameters", "view"):
                for key, entry in model.get(part, {}).items():
                    fits(course, notes, (name, part, key, "value"), entry, entry["value"])
                    if "count" in entry and entry.get("step", 1) % 1:
                        notes.add((name, part, key, "step"), "a fraction; a whole number")
            for name_of, value in model.get("moving", {}).items():
                _fit(course, notes, (name, "moving", name_of), model["parameters"], value)
            _team(course, notes, name, model, entries)
            moves = [key for key, entry in entries.items() if entry["kind"] != "fixed"]
            for id, preset in model["presets"].items():
                path: Path = (name, "presets", id)
                for key, value in preset["values"].items():
                    _fit(course, notes, (*path, "values", key), entries, value)
                for key in preset.get("controls", []):
                    if key not in moves:
                        text = f"{nearest(key, moves)} (with a control)"
                        if key in entries:
                            text = f"{key!r} is fixed; one with a control: {FREED}"
                        notes.add((*path, "controls"), text)
        yield from notes.problems


def _fit(course: Course, notes: Document, path: Path, entries: dict[str, Any], value: Any) -> None:
    """The last step of the path names a setting, and the value fits it."""
    key = str(path[-1])
    if key in entries:
        fits(course, notes, path, entries[key], value)
    else:
        notes.add(path, nearest(key, entries))


def _team(
    course: Course, notes: Document, name: str, model: dict[str, Any], entries: dict[str, Any]
) -> None:
    """Each setting that a team gives is a number, and its field is a number of sheet team."""
    sheets = [file.data for file in course.of("sheet") if file.data["id"] == "team"]
    if not sheets:
        return
    fields = [field["id"] for field in sheets[0]["fields"] if field["kind"] == "number"]
    numbers = [key for key, entry in entries.items() if entry["kind"] in ("number", "fixed")]
    for key, field in model.get("team", {}).items():
        if key not in numbers:
            notes.add((name, "team", key), nearest(key, numbers))
        if field not in fields:
            notes.add((name, "team", key), f"{nearest(field, fields)} (numbers of sheet team)")


def _signature(
    notes: Document, name: str, function: str, part: str, given: dict[str, dict[str, Any]]
) -> None:
    """The settings given are the function's arguments, and offer no value that it refuses."""
    try:
        model = getattr(registry.model(name), function)
    except (CourseError, AttributeError):
        if given:
            notes.add((name, part), f"no {function}() in a folder of tpmlib/lessons; a function")
        return
    arguments = inspect.signature(model).parameters.values()
    wanted = {each.name for each in arguments if each.kind is not each.VAR_KEYWORD} - {"frame"}
    # with `**own` the tables say which there are, and the function refuses another
    for key in sorted(given.keys() - wanted) if len(wanted) + 1 >= len(arguments) else []:
        notes.add((name, part, key), f"{nearest(key, wanted)} (arguments of {function})")
    for key in sorted(wanted - given.keys()):
        notes.add((name, part), f"{key} is missing; every argument of {function}")
    values = {key: entry.get("value") for key, entry in given.items()}
    for key, limit in limits(model).items():
        if isinstance(high := getattr(limit, "high", 0), str) and high not in values:
            continue  # that the other argument is missing has been reported
        for place, value in _offers(given.get(key, {})):
            if problem := limit.problem(value, values):
                notes.add((name, part, key, *place), f"{problem} (in {function})")


def _counts(name: str) -> list[str]:
    """The arguments of a model that are whole numbers."""
    try:
        wanted = inspect.signature(registry.formula(name)).parameters
    except CourseError:  # no such model, which `_signature` says
        return []
    return [key for key, each in wanted.items() if get_args(each.annotation)[:1] == (int,)]


def _offers(entry: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """The ends and the options of a control, each with its place."""
    yield from (((end,), entry[end]) for end in ("min", "max") if end in entry)
    for number, option in enumerate(entry.get("options", [])):
        yield ("options", number, "value"), option["value"]


def fits(course: Course, notes: Document, path: Path, entry: dict[str, Any], value: Any) -> None:
    """A value is one that its control can show."""
    if entry["kind"] in ("number", "fixed"):
        if not isinstance(value, int | float) or isinstance(value, bool):
            notes.add(path, f"{brief(value)} is not a number")
        elif problem := off_scale(entry, value):
            notes.add(path, problem)
        elif "count" in entry and value % 1:
            notes.add(path, f"{value} is a fraction; a whole number")
    elif entry["kind"] == "switch" and not isinstance(value, bool):
        notes.add(path, f"{brief(value)} is not true or false")
    elif entry["kind"] == "choice" and (course.computes or "options_from" not in entry):
        options = [option["value"] for option in entry.get("options", [])]
        try:
            options += _options(entry["options_from"]) if "options_from" in entry else []
        except CourseError as error:
            notes.add((*path[:-1], "options_from"), str(error))
            return
        if value not in options:
            notes.add(path, nearest(value, map(str, options)))


def _options(source: dict[str, Any]) -> list[Any]:
    """The values that a table gives. Raises CourseError for an unknown table or column."""
    frame = content.table(source["table"])
    for part in ("value", "label"):
        if part in source and source[part] not in frame:
            raise CourseError(f"{part}: {nearest(source[part], frame)}")
    return [option["value"] for option in source.get("first", [])] + list(frame[source["value"]])
