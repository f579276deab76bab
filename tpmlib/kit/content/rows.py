"""A table as its rows: what they say twice, where they disagree and what they leave out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise, product
from typing import Any

import pandas as pd

from tpmlib.errors import nearest
from tpmlib.kit.content.files import Lines
from tpmlib.kit.content.relations import RELATIONS
from tpmlib.kit.content.words import brief


@dataclass
class Table(Lines):
    """The rows of one file: `columns` hold plain values, None where a cell is empty.

    references: line, column, what its ids refer to as an x-ref has it, and an id that stands there.
    """

    columns: dict[str, list[Any]] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    references: list[tuple[int, str, str, str]] = field(default_factory=list)
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)

    def add(self, line: int, name: str, text: str) -> None:
        at = self.translated.get((line, name)) or self.at(line)
        self.problems.append(f"{f'{at} {name}'.strip()}: {text}")

    def cells(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Line and cells of each row; no row if the file is no table of its columns."""
        return zip(self.lines, *(self.columns.get(name, []) for name in columns), strict=False)


def unique(keys: list[str], table: Table) -> None:
    """No two rows have the same key."""
    first: dict[tuple[Any, ...], int] = {}
    for line, *values in table.cells(*keys):
        value = tuple(values)
        if None not in value and first.setdefault(value, line) != line:
            text = ", ".join(map(brief, value))
            before, same = table.at(first[value]), table.file(first[value]) == table.file(line)
            before = f"on line {before.rpartition(':')[2]}" if same else f"at {before}"
            table.add(line, " ".join(keys), f"{text} is already {before}; once only")


def related(schema: dict[str, Any], table: Table) -> None:
    """Values of a row fit each other, and rows of one account, say, agree in what belongs to it."""
    rules = [(RELATIONS[name], spec) for name, spec in schema.items() if name in RELATIONS]
    for line, *cells in table.cells(*table.columns) if rules else ():
        row = dict(zip(table.columns, cells, strict=True))
        for rule, spec in rules:
            for path, text in rule(spec, row):
                table.add(line, str(path[0]), text)
    for key, columns in schema.get("x-same", {}).items():
        for column in columns:
            lines: dict[Any, dict[Any, list[int]]] = {}
            for line, owner, value in table.cells(key, column):
                lines.setdefault(owner, {}).setdefault(value, []).append(line)
            for owner, seen in lines.items():
                usual = max(seen, key=lambda value: len(seen[value]))
                for value in seen.keys() - {usual}:
                    text = f"{value} of {owner}, which has {usual} on line {seen[usual][0]}"
                    table.add(seen[value][0], column, f"{text}; one for each {key}")


def linked(
    name: str, schema: dict[str, Any], table: Table, other: Callable[[str], Table]
) -> list[str]:
    """What rows say of other tables: ids that do not exist, circles, rows that are missing.

    other: gives a table of the descriptor by its name.
    """
    problems, home = replace(table, problems=[]), dict[str, list[Any]]()
    links = [
        (key["fields"], key["reference"]["resource"], key["reference"]["fields"])
        for key in schema.get("foreignKeys", [])
    ] + [
        (each["name"], each["references"]["resource"], each["references"]["field"])
        for each in schema["fields"]
        if "references" in each
    ]
    for column, place, key in links:
        target = other(place)
        if target.columns and key not in target.columns:
            problems.add(1, column, f"field {nearest(key, target.columns)} (in {target.shown})")
        elif not target.problems:
            home[column] = list(dict.fromkeys(target.columns[key]))
            _unknown(column, table, set(home[column]), problems)
            if place == name and not problems.problems:
                _circle(key, column, table, problems)
    if not table.problems and not problems.problems and "x-rows" in schema:
        _missing(schema, home, table, problems)
    return problems.problems


def _unknown(column: str, table: Table, names: set[Any], problems: Table) -> None:
    for line, cell in table.cells(column):
        for value in str(cell).split() if cell is not None else []:
            if value not in names:
                problems.add(line, column, nearest(value, names))


def _circle(key: str, column: str, table: Table, problems: Table) -> None:
    """No row comes before itself."""
    before = {name: str(cell or "").split() for _, name, cell in table.cells(key, column)}
    try:
        TopologicalSorter(before).prepare()
    except CycleError as error:
        circle = list(reversed(error.args[1]))
        line = table.lines[table.columns[key].index(circle[0])]
        text = ", ".join(f"{later} needs {earlier}" for later, earlier in pairwise(circle))
        problems.add(line, column, f"{text}; no circle")


def _missing(schema: dict[str, Any], home: dict[str, Any], table: Table, problems: Table) -> None:
    """Each combination of what these fields may be, or of the values named, has a row."""
    keys = schema["x-rows"]
    named = keys if isinstance(keys, dict) else {}
    allowed = {each["name"]: each.get("constraints", {}).get("enum") for each in schema["fields"]}
    there = {tuple(row) for _, *row in table.cells(*keys)}
    for row in product(*(named.get(k) or home.get(k) or allowed[k] or () for k in keys)):
        if row not in there:
            each = f"no row for {', '.join(map(brief, row))}; one for each {' and '.join(keys)}"
            problems.add(1, " ".join(keys), each)
