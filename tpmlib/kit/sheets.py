"""What a sheet says: its rules while one types, what others publish, and what becomes of it.

A sheet is a form as data (data/sheets/NAME.yml): fields, rules of three kinds, and a template of
what it makes. Nothing here draws: the panel shows it, `tpm check` tries it, the portfolio keeps it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from tpmlib.kit.documents import Document, Section
from tpmlib.kit.html import table_html
from tpmlib.kit.words import number, say

Sheet = dict[str, Any]  # as its YAML has it, checked against the schema, with its `id`
Part = dict[str, Any]  # a field, a row, a column or a rule of a sheet
Values = dict[str, Any]  # by field; those of a grid by "row.column"


def choices(part: Part) -> dict[str, str]:
    """Value and label of each choice of a field or a column; a plain text is both."""
    listed = part.get("choices", [])
    parts = (each if isinstance(each, dict) else {"id": each, "label": each} for each in listed)
    return {each["id"]: each["label"] for each in parts}


def columns(grid: Part) -> list[Part]:
    """The columns of a grid, each with its own choices, those of the grid, or numbers."""
    shared = {"choices": grid["choices"]} if "choices" in grid else {}
    return [column if "min" in column else shared | column for column in grid["columns"]]


def remarks(sheet: Sheet, values: Values) -> dict[str, dict[str, str]]:
    """What the rules say of each field now: `text`, and `tone` "right" once every row fits."""
    feedback = {}
    for field in sheet["fields"]:
        rules = [rule for rule in sheet.get("rules", []) if where(sheet, rule) == field["id"]]
        value = values.get(field["id"])
        if field["kind"] == "grid":
            lines, whole = _of_grid(field, rules, value or {})
        else:
            lines = [rule["say"] for rule in rules if "when" in rule and _holds(rule, value)]
            whole = False
        feedback[field["id"]] = {"tone": "right" if whole else "", "text": "\n".join(lines)}
    return feedback


def where(sheet: Sheet, rule: Part) -> str:
    """The field below which a rule speaks: the one it names, or the first."""
    return str(rule.get("in", sheet["fields"][0]["id"]))


def _of_grid(grid: Part, rules: list[Part], cells: Values) -> tuple[list[str], bool]:
    """The lines about the rows that are begun, and whether all rows fit the rules that count."""
    counts, lines, right = [rule for rule in rules if "of" in rule], [], 0
    for row in grid["rows"]:
        filled = row_of(grid, row, cells)
        short = [words for rule in counts if filled and (words := _count(rule, filled))]
        lines += [f"{row['label']}: {'; '.join(short)}."] if short else []
        lines += [
            f"{row['label']}: {rule['say']}"
            for rule in rules
            for column, value in filled.items()
            if "when" in rule and column == rule.get("column", column) and _holds(rule, value)
        ]
        right += bool(filled) and not short
    if counts:
        done = grid.get("done", say("sheet.rows_fit"))
        lines.insert(0, say("sheet.fit", right=right, rows=len(grid["rows"]), done=done))
    return lines, bool(counts) and right == len(grid["rows"])


def _count(rule: Part, filled: Values) -> str:
    """Empty if as many cells of a row as the rule wants hold one of its values."""
    count = sum(value in rule["of"] for value in filled.values())
    if rule["at_least"] <= count <= rule.get("at_most", count):
        return ""
    return say("sheet.count", n=count, mark=rule["of"][0], rule=rule["say"])


def _holds(rule: Part, value: Any) -> bool:
    """Whether a choice is one of those that the rule speaks of."""
    return any(choice in rule["when"] for choice in (value if isinstance(value, list) else [value]))


def missing(sheet: Sheet, values: Values) -> str:
    """The first reason why a sheet cannot be kept; empty if it can."""
    fields = {field["id"]: field for field in sheet["fields"]}
    for rule in sheet.get("rules", []):
        for name in rule.get("missing", []):
            if is_empty(values.get(name)) or values[name] == worked(fields[name]):
                label = fields[name].get("label", sheet["title"])
                return str(rule.get("say", say("sheet.empty", field=label)))
    return say("sheet.something") if all(map(is_empty, values.values())) else ""


def needed(sheet: Sheet) -> list[str]:
    """The fields without which a sheet is not kept: those its rules name, else the first."""
    named = [name for rule in sheet.get("rules", []) for name in rule.get("missing", [])]
    return named or [sheet["fields"][0]["id"]]


def is_empty(value: Any) -> bool:
    """Whether nothing was entered: no number, no choice, no cell, no word. Zero is a number."""
    return value is None or value in ([], {}) or isinstance(value, str) and not value.strip()


def worked(field: Part) -> Values:
    """The cells of the rows of a grid that stand filled in at the start, as an example."""
    rows = [(row["id"], row.get("worked", {})) for row in field.get("rows", [])]
    return {f"{id}.{column}": value for id, cells in rows for column, value in cells.items()}


def row_of(grid: Part, row: Part, cells: Values) -> Values:
    """By column, the filled cells of one row."""
    keys = {column["id"]: f"{row['id']}.{column['id']}" for column in grid["columns"]}
    return {n: cells[key] for n, key in keys.items() if not is_empty(cells.get(key))}


def table_of(grid: Part, cells: Values) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a grid, each cell in words."""
    rows = []
    for row in grid["rows"]:
        filled = row_of(grid, row, cells)
        rows.append([row["label"], *(word(c, filled.get(c["id"], "")) for c in columns(grid))])
    return [grid["corner"], *(column["label"] for column in grid["columns"])], rows


def spoken(grid: Part, filled: Values) -> str:
    """PM: AR, TPM: R: the filled cells of a row by the labels of their columns."""
    return ", ".join(
        f"{column['label']}: {word(column, filled[column['id']])}"
        for column in columns(grid)
        if column["id"] in filled
    )


def word(part: Part, value: Any) -> str:
    """A value as the learner chose it: a number with its unit, the labels of choices, a text."""
    if is_empty(value):
        return ""
    if isinstance(value, int | float):
        return f"{number(value, 'g')} {part.get('unit', '')}".strip()
    labels = choices(part)
    return ", ".join(labels.get(v, str(v)) for v in (value if isinstance(value, list) else [value]))


def section(sheet: Sheet, values: Values) -> Section:
    """What was entered, as a section of a document, with what the sheet makes of it above."""
    rows = []
    for field in sheet["fields"]:
        value = values.get(field["id"])
        if field["kind"] == "grid":
            filled = [(row["label"], row_of(field, row, value or {})) for row in field["rows"]]
            rows += [[label, spoken(field, cells)] for label, cells in filled if cells]
        elif not is_empty(value):
            rows.append([field["label"], word(field, value)])
    return Section(sheet["title"], ["", say("sheet.mine")], rows, made(sheet, values))


def printed(sheet: Sheet, values: Values) -> Document:
    """The first grid, whole, with what is made of it and others publish; else an empty one."""
    grid = next(field for field in sheet["fields"] if field["kind"] == "grid")
    paper = {"empty": sheet["title"], "text": sheet["text"]} | sheet.get("paper", {})
    table = table_of(grid, values.get(grid["id"]) or {})
    title, head = (sheet["title"], "mine") if values else (paper["empty"], "to_fill_in")
    sections = [Section(say(f"sheet.{head}"), *table), *(beside(sheet, values) if values else [])]
    ready = values and not missing(sheet, values) and made(sheet, values)
    return Document(sheet["id"], title, sections, ready or paper["text"])


def made(sheet: Sheet, values: Values) -> str:
    """What the sheet's template makes of the values: plain text, which its reader escapes.

    The template knows each field by its id: a number, a text, the label of a choice, or the rows of
    a grid, each with its `label`, its `cells` by column, and `spoken`, as in "PM: AR, TPM: R".
    """
    if not sheet.get("makes"):
        return ""
    context = {field["id"]: _known(field, values.get(field["id"])) for field in sheet["fields"]}
    text: str = templates().from_string(sheet["makes"]).render(context).strip()
    return text


@cache
def templates() -> Any:
    """The sandbox of all templates: no template can reach Python."""
    # imported here: it takes a tenth of a second, which only a sheet that makes something is worth
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # no autoescape: a template could turn it off for a text, and it leaves the template's own words
    return SandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _known(field: Part, value: Any) -> Any:
    """A field as its template knows it."""
    if field["kind"] == "number":
        return value
    if field["kind"] != "grid":
        return word(field, value)
    rows = [(row["label"], row_of(field, row, value or {})) for row in field["rows"]]
    return [{"label": n, "cells": cells, "spoken": spoken(field, cells)} for n, cells in rows]


def compared(sheet: Sheet, values: Values) -> list[str]:
    """The tables of `beside` for the page, with what differs in bold."""
    tables = [table_html(head, rows, title) for title, head, rows, _ in beside(sheet, values)]
    other = say("sheet.another", mark=r"\w+")
    return [re.sub(f"({other})", r"<b>\1</b>", table) for table in tables]


def beside(sheet: Sheet, values: Values) -> Iterator[Section]:
    """The rows of each grid that others publish too: the learner's, and theirs with the reason."""
    for grid in (field for field in sheet["fields"] if "beside" in field):
        others, rows = grid["beside"]["others"], []
        named = (f"{other['label']} ({other['fact']})" for other in others)
        head = [grid["corner"], say("sheet.you"), *named]
        for row in grid["rows"]:
            mine = row_of(grid, row, values.get(grid["id"]) or {})
            if mine == row_of(grid, row, worked(grid)) != row_of(grid, row, {}):
                continue  # the example, left as it was given, is no answer of the learner's
            published = [row.get("published", {}).get(other["id"], {}) for other in others]
            theirs = [_published(grid, mine, answer) for answer in published]
            rows.append([row["label"], spoken(grid, mine) or "-", *theirs])
        yield Section(grid["beside"]["caption"], head, rows)


def _published(grid: Part, mine: Values, answer: Part) -> str:
    """What is published of a row, whether the same person has the mark, and the reason."""
    others, cells = grid["beside"], answer.get("cells", {})
    (mark, *_), roles = others["same"], others.get("roles", [])
    yours, theirs = ([n for n in row if row[n] in others["same"]] for row in (mine, cells))
    verdict = ""
    if len(yours) == len(theirs) == 1:
        same = {"here": theirs[0], "same": say("sheet.same", mark=mark)}
        role = next((each for each in roles if each["id"] == theirs[0]), same)
        other = say("sheet.another", mark=mark)
        verdict = f"; {role['same'] if yours == [role['here']] else other}"
    words = spoken(grid | {"columns": [*grid["columns"], *roles]}, cells) or say("sheet.not_stated")
    return f"{words}{verdict}. {answer.get('why', '')}".strip()
