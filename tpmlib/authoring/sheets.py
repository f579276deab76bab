"""The rules of sheets: names that exist, choices that can be chosen, a template that works."""

from collections.abc import Iterator
from typing import Any

from tpmlib.authoring.gather import Course, report
from tpmlib.errors import nearest
from tpmlib.kit import sheets
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path

KINDS = ("when", "of", "missing")  # what makes a rule one of the three kinds


def sheets_of(course: Course) -> Iterator[str]:
    """Every rule names a field of its sheet, every published answer a column and a choice."""
    for document in course.of("sheet"):
        problems, sheet = report(document), document.data
        fields = {field["id"]: field for field in sheet["fields"]}
        for number, rule in enumerate(sheet.get("rules", [])):
            _rule(problems, ("rules", number), sheet, rule, fields)
        for number, field in enumerate(sheet["fields"]):
            _published(problems, ("fields", number, "rows"), field)
        _template(problems, sheet)
        yield from problems.problems


def _rule(
    problems: Document, path: Path, sheet: sheets.Sheet, rule: sheets.Part, fields: dict[str, Any]
) -> None:
    kinds = [kind for kind in KINDS if kind in rule]
    if len(kinds) != 1:
        problems.add(path, f"{len(kinds)} of when, at_least with of, missing; exactly one")
        return
    for name in [*rule.get("missing", []), sheets.where(sheet, rule)]:
        if name not in fields:
            problems.add(path, nearest(name, fields))
            return
    field = fields[sheets.where(sheet, rule)]
    if "of" in rule and field["kind"] != "grid":
        problems.add(path, f"{field['id']} is a {field['kind']}; a grid")
        return
    columns = sheets.columns(field) if field["kind"] == "grid" else [field]
    column = rule.get("column")
    if column and column not in [each["id"] for each in columns]:
        problems.add(path, nearest(column, [each["id"] for each in columns]))
    chosen = {value for each in columns for value in sheets.choices(each)}
    for value in rule.get("when", []) + rule.get("of", []):
        if value not in chosen:
            problems.add((*path, "when" if "when" in rule else "of"), nearest(value, chosen))


def _published(problems: Document, path: Path, grid: sheets.Part) -> None:
    """What is published names its own people, columns and choices; one mark a row at most."""
    beside = grid.get("beside", {"others": []})
    others = [other["id"] for other in beside["others"]]
    own = sheets.columns(grid) if grid["kind"] == "grid" else []
    columns = {each["id"]: sheets.choices(each) for each in own}
    for number, role in enumerate(beside.get("roles", [])):
        if role["here"] not in columns:
            problems.add((*path[:-1], "beside", "roles", number), nearest(role["here"], columns))
    fields = columns | {role["id"]: sheets.choices(grid) for role in beside.get("roles", [])}
    for number, row in enumerate(grid.get("rows", [])):
        _cells(problems, (*path, number, "worked"), row.get("worked", {}), columns)
        for name, answer in row.get("published", {}).items():
            place: Path = (*path, number, "published", name)
            cells = answer.get("cells", {})
            if name not in others:
                problems.add(place, nearest(name, others))
            _cells(problems, (*place, "cells"), cells, fields)
            marks = grid["beside"]["same"] if others else []
            if sum(value in marks for value in cells.values()) > 1:
                problems.add((*place, "cells"), f"more than one {marks[0]}; one answers for it")


def _cells(
    problems: Document, path: Path, cells: sheets.Part, columns: dict[str, dict[str, str]]
) -> None:
    """Each cell names a column, and one of its choices."""
    for column, value in cells.items():
        wrong, offered = (value, columns[column]) if column in columns else (column, columns)
        if wrong not in offered:
            problems.add((*path, column), nearest(wrong, offered))


def _template(problems: Document, sheet: sheets.Sheet) -> None:
    """The template can be read, and filled in with a whole answer and with the least."""
    # imported here, as in kit.sheets: a tenth of a second, for a course with such a template
    from jinja2 import TemplateError

    try:
        for given in (_example(sheet), _example(sheet, sheets.needed(sheet))):
            sheets.made(sheet, given)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        text = f"{type(error).__name__}: {error}; a template that can be filled in"
        problems.add(("makes",), text)


def _example(sheet: sheets.Sheet, names: list[str] | None = None) -> sheets.Values:
    """An answer with every field filled in, or only those of these names."""
    given: sheets.Values = {}
    for field in sheet["fields"]:
        if names is not None and field["id"] not in names:
            continue
        if field["kind"] == "grid":
            columns = sheets.columns(field)
            given[field["id"]] = {
                f"{row['id']}.{each['id']}": each.get("min", next(iter(sheets.choices(each)), ""))
                for row in field["rows"]
                for each in columns
            }
        elif field["kind"] == "choice":
            given[field["id"]] = next(iter(sheets.choices(field)))
        else:
            given[field["id"]] = field.get("min", "A text")
    return given
