"""The rules of sheets: names that exist, choices that can be chosen, a template that works."""

from collections.abc import Iterator
from typing import Any

from tpmlib.authoring.gather import Course, report
from tpmlib.errors import nearest
from tpmlib.kit import sheets
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path

KINDS = ("when", "of", "sum", "missing")  # what makes a rule one of the four kinds


def sheets_of(course: Course) -> Iterator[str]:
    """Every rule names a field of its sheet, every published answer a column and a choice."""
    for found in course.of("sheet"):
        said, sheet = report(found), found.data
        known = {field["id"]: field for field in sheet["fields"]}
        for number, rule in enumerate(sheet.get("rules", [])):
            _rule(said, ("rules", number), sheet, rule, known)
        for number, field in enumerate(sheet["fields"]):
            _published(said, ("fields", number, "rows"), field)
        _template(said, sheet)
        yield from said.problems


def _rule(
    said: Document, path: Path, sheet: sheets.Sheet, rule: sheets.Part, known: dict[str, Any]
) -> None:
    kinds = [kind for kind in KINDS if kind in rule]
    if len(kinds) != 1:
        said.add(path, f"{len(kinds)} of when, at_least with of, sum, missing; exactly one")
        return
    named = rule[kinds[0]] if kinds[0] in ("sum", "missing") else []
    for name in [*(named if isinstance(named, list) else []), sheets.where(sheet, rule)]:
        if name not in known:
            said.add(path, nearest(name, known))
            return
    field = known[sheets.where(sheet, rule)]
    columns = sheets.columns(field) if field["kind"] == "grid" else [field]
    column = rule["sum"] if isinstance(rule.get("sum"), str) else rule.get("column")
    if column and column not in [one["id"] for one in columns]:
        said.add(path, nearest(column, [one["id"] for one in columns]))
    chosen = {value for one in columns for value in sheets.choices(one)}
    for value in rule.get("when", []) + rule.get("of", []):
        if value not in chosen:
            said.add((*path, "when" if "when" in rule else "of"), nearest(value, chosen))


def _published(said: Document, path: Path, grid: sheets.Part) -> None:
    """What is published names its own people, columns and choices; one mark a row at most."""
    others = [one["id"] for one in grid.get("beside", {"others": []})["others"]]
    columns = {one["id"]: sheets.choices(one) for one in sheets.columns(grid)} if others else {}
    for number, row in enumerate(grid.get("rows", [])):
        for name, answer in row.get("published", {}).items():
            place: Path = (*path, number, "published", name)
            cells = answer.get("cells", {})
            if name not in others:
                said.add(place, nearest(name, others))
            for column, value in cells.items():
                known = columns if column not in columns else columns[column]
                wrong = column if column not in columns else value
                if wrong not in known:
                    said.add((*place, "cells", column), nearest(wrong, known))
            marks = grid["beside"]["same"] if others else []
            if sum(value in marks for value in cells.values()) > 1:
                said.add((*place, "cells"), f"more than one {marks[0]}; one answers for it")


def _template(said: Document, sheet: sheets.Sheet) -> None:
    """The template can be read, and filled in with an answer in which everything is given."""
    # imported here, as in kit.sheets: a tenth of a second, for a course with such a template
    from jinja2 import TemplateError

    try:
        sheets.made(sheet, _example(sheet))
    except (TemplateError, TypeError, ValueError) as error:
        said.add(("makes",), f"{type(error).__name__}: {error}; a template that can be filled in")


def _example(sheet: sheets.Sheet) -> sheets.Values:
    """An answer with every field filled in."""
    given: sheets.Values = {}
    for field in sheet["fields"]:
        if field["kind"] == "grid":
            columns = sheets.columns(field)
            given[field["id"]] = {
                f"{row['id']}.{one['id']}": one.get("min", next(iter(sheets.choices(one)), ""))
                for row in field["rows"]
                for one in columns
            }
        elif field["kind"] == "choice":
            given[field["id"]] = next(iter(sheets.choices(field)))
        else:
            given[field["id"]] = field.get("min", "A text")
    return given
