"""Read the course's tables, each cell checked against data/datapackage.json."""

import csv
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.cells import CONSTRAINTS, LONGEST, series_of, value_of
from tpmlib.kit.content.document import document
from tpmlib.kit.content.files import below, beside, line_of, over, root, shown, stamp, text_of
from tpmlib.kit.content.jsonschema_import import Draft202012Validator
from tpmlib.kit.content.rows import Table, linked, related, unique
from tpmlib.kit.content.translated import in_english, is_text, unfit
from tpmlib.kit.content.words import brief

CLEARED = "none, though a spreadsheet keeps what was emptied: delete it there"


def _package() -> Path:
    return below(root(), "data", "datapackage.json")


def _resources() -> dict[str, Any]:
    parsed = document(_package(), "datapackage")
    if parsed.problems:
        raise CourseError(parsed.problems[0])
    return {resource["name"]: resource for resource in parsed.data["resources"]}


def tables() -> list[str]:
    """The names of the course's tables."""
    return list(_resources())


def table(name: str) -> pd.DataFrame:
    """A fresh copy of a table. Integers are integers, missing text is the empty string.

    Raises CourseError with the first problem: data/adverts.csv:14 words: 'x' is not an integer.
    """
    resources = _resources()
    if name not in resources:
        raise CourseError(f"table: {nearest(name, resources)}")
    parsed = checked(name)
    problems = parsed.problems or links(name)
    if problems:
        raise CourseError(problems[0])
    return parsed.frame.copy()


def state(*names: str) -> tuple[int, ...]:
    """Stamps of the files of some tables: others, another content."""
    return tuple(number for file in files_of(*names) for number in stamp(file))


def files_of(*names: str) -> list[Path]:
    """The files of some tables, those that are laid on them, and what describes them all."""
    resources = _resources()
    paths = [_package(), *(_path(str(resources[name]["path"])) for name in names)]
    return [file for path in paths for file in (path, *over(path)) if file]


def problems_of_tables() -> list[str]:
    """Every problem of every table, each as `path:line field: found; allowed`."""
    parsed = document(_package(), "datapackage")
    if parsed.problems:
        return list(parsed.problems)
    return [text for name in _resources() for text in checked(name).problems + links(name)]


def claim(id: str) -> dict[str, Any]:
    """One of the 25 claims, by "C13"."""
    return _row("claims", "claim", "claim_id", id)


def fact(id: str) -> dict[str, Any]:
    """One fact, by "F71"."""
    return _row("facts", "fact", "fact_id", id)


def source(id: str) -> dict[str, Any]:
    """One source, by its source_id."""
    return _row("sources", "source", "source_id", id)


def _row(name: str, what: str, key: str, id: str) -> dict[str, Any]:
    frame = table(name)
    rows = frame[frame[key] == id].to_dict("records")
    if not rows:
        raise CourseError(f"{what}: {nearest(id, frame[key])}")
    return {str(column): None if pd.isna(value) else value for column, value in rows[0].items()}


def checked(name: str) -> Table:
    """A table with its lines and problems, references to other tables aside."""
    path = _path(str(_resources()[name]["path"]))
    try:
        own, theirs = over(path)  # rows of one's own after ours, texts in place of ours
        stamps = [stamp(each) for each in (path, _package(), own, theirs) if each]
        return _read(path, own, theirs, name, tuple(stamps))
    except CourseError as error:
        return Table(shown(path), problems=[str(error)])


def _path(file: str) -> Path:
    """A table's file in data/; one that stands in place of ours may be local."""
    path = below(root(), "data", file)
    return path if path.is_file() else beside(path) or path


def links(name: str) -> list[str]:
    """What is wrong between a table and others."""
    return linked(name, _resources()[name]["schema"], checked(name), checked)


@lru_cache(maxsize=128)
def _read(path: Path, own: Path | None, theirs: Path | None, name: str, stamps: object) -> Table:
    schema = _resources()[name]["schema"]
    fields = {field["name"]: _dated(field) for field in schema["fields"]}
    parsed = Table(shown(path))
    raw = _cells(path, list(fields), parsed)
    if own and raw:
        rows = Table(shown(own))
        added = _cells(own, list(fields), rows)
        parsed.local, parsed.after = rows.shown, max(parsed.lines)
        parsed.lines += [parsed.after + line for line in rows.lines]
        parsed.problems += rows.problems
        raw = {column: raw[column] + cells for column, cells in added.items()}
    if theirs and raw:
        _translate(theirs, raw, schema, parsed)
    for column, cells in raw.items():
        parsed.columns[column] = _values(fields[column], cells, parsed)
    keys = schema.get("primaryKey", [])
    unique([keys] if isinstance(keys, str) else keys, parsed)
    for column, rules in fields.items():
        if rules.get("constraints", {}).get("unique") and column != keys:
            unique([column], parsed)
    if not parsed.problems:
        related(schema, parsed)
    if not parsed.problems:
        parsed.references = [
            (line, column, rules["x-ref"], each)
            for column, rules in fields.items()
            if "x-ref" in rules
            for line, cell in parsed.cells(column)
            for each in str(cell or "").split()
        ]
        columns = parsed.columns.items()
        parsed.frame = pd.DataFrame({k: series_of(fields[k]["type"], v) for k, v in columns})
    parsed.problems.sort(key=line_of)
    return parsed


def _translate(path: Path, raw: dict[str, list[str]], schema: Any, parsed: Table) -> None:
    """Put the cells of a translation, whose columns are the key and texts, in place of ours."""
    keys = [schema["primaryKey"]] if isinstance(schema["primaryKey"], str) else schema["primaryKey"]
    texts = {each["name"] for each in schema["fields"] if is_text(each, each["name"])} - {*keys}
    places = {key: place for place, key in enumerate(zip(*(raw[k] for k in keys), strict=True))}
    untold = {(*key, name) for key, place in places.items() for name in texts if raw[name][place]}
    reader = csv.DictReader(text_of(path).splitlines(keepends=True))
    for row in reader:
        key, where = tuple(row.pop(k, "") for k in keys), f"{shown(path)}:{reader.line_num}"
        for name, cell in row.items():
            if cell and (wrong := unfit(cell, (*key, name) in untold and raw[name][places[key]])):
                parsed.strange.append(f"{where} {' '.join(key)} {name}: {wrong}")
            elif cell:
                raw[name][places[key]] = cell
                parsed.translated[parsed.lines[places[key]], name] = where
                untold.remove((*key, name))
    parsed.untold = in_english(shown(path), sorted(untold))


def _dated(rules: dict[str, Any]) -> dict[str, Any]:
    """A field whose dates stay texts, as the tables of the course show them."""
    if rules["type"] != "date":
        return rules
    constraints = rules.get("constraints", {}) | {"format": "date"}
    return rules | {"type": "string", "constraints": constraints}


def _cells(path: Path, names: list[str], parsed: Table) -> dict[str, list[str]]:
    """The raw text of each column; nothing if the file is not a table of these columns."""
    reader = csv.reader(io.StringIO(text_of(path), newline=""), strict=True)
    rows, line, told = [], 1, ""
    try:
        header = next(reader)
        line = reader.line_num + 1
        for row in reader if "" not in header else ():
            rows.append(row)
            parsed.lines.append(line)
            if (wrong := _misfit(row, len(header), len(names))) and wrong != told:
                parsed.add(line, "", wrong)
            told = wrong if CLEARED in wrong else ""  # once for many
            line = reader.line_num + 1
    except csv.Error as error:
        parsed.add(line, "", f"{error}; one row a line, quotes in pairs, cells of {LONGEST:,}")
    if not parsed.problems:
        _header(header, names, parsed)
    if parsed.problems:
        return {}
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _misfit(row: list[str], width: int, fields: int) -> str:
    """Why a row is none of that many cells; empty if it is. fields: that the table should have."""
    if width == fields and row[width:] and not any(row[width:]) or row and not any(row):
        return f"empty cells: {len(row[width:]) or width}; {CLEARED}"
    hint = ", a cell with a comma in quotes" if len(row) > width else ""
    return f"{len(row)} fields; {width} as in line 1{hint}" if len(row) != width else ""


def _header(header: list[str], names: list[str], parsed: Table) -> None:
    wrong = f"{brief(','.join(header))}; the fields {', '.join(names)}"
    if "" in header:
        wrong = f"columns without a name: {header.count('')}; {CLEARED}"
    if "" in header or not set(header) & set(names):
        parsed.add(1, "", wrong)
        return
    for name in header:
        if name not in names:
            parsed.add(1, "", f"field {nearest(name, names)}")
    for name in names:
        if header.count(name) != 1:
            parsed.add(1, name, f"{header.count(name) or 'missing'}; each field once")
    if not parsed.problems and header != names:
        parsed.add(1, "", f"{', '.join(header)}; the order {', '.join(names)}")


def _values(rules: dict[str, Any], cells: list[str], table: Table) -> list[Any]:
    """The cells of one column as values; each distinct text is checked once."""
    constraints = rules.get("constraints", {})
    schema = {"type": rules["type"]} | {
        k: v for k, v in constraints.items() if k in (*CONSTRAINTS, "format")
    }
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    cached: dict[str, tuple[Any, str]] = {}
    values = []
    for line, cell in zip(table.lines, cells, strict=True):
        if cell not in cached:
            cached[cell] = value_of(rules, schema, cell, validator)
            if cell.isspace():
                cached[cell] = None, "blanks; a text, or an empty cell"
        value, problem = cached[cell]
        if problem:
            table.add(line, rules["name"], problem)
        values.append(value)
    return values
