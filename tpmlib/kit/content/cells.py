"""The text of a cell as a value, and what is wrong with it."""

import math
import re
from typing import Any

import pandas as pd

from tpmlib.kit.content import words
from tpmlib.kit.content.jsonschema_import import Draft202012Validator

NUMBER = {
    "integer": re.compile(r"-?[0-9]{1,18}"),  # what fits 64 bits
    "number": re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"),
}
CONSTRAINTS = ("enum", "pattern", "minimum", "maximum", "minLength", "maxLength")
LONGEST = 10_000  # characters of a cell; a longer one is an accident, such as a pasted file


def value_of(
    rules: dict[str, Any], schema: words.Schema, cell: str, validator: Draft202012Validator
) -> tuple[Any, str]:
    """The value of a cell and what is wrong with it."""
    if cell == "":
        needed = rules.get("constraints", {}).get("required")
        return None, f"missing; {words.allowed(schema, schema)}" if needed else ""
    if len(cell) > LONGEST:
        return None, f"{len(cell):,} characters; at most {LONGEST:,}"
    value = _parsed(rules, cell)
    if value is None:
        return None, f"{words.brief(cell)} is not {words.TYPES[rules['type']]}"
    error = next(validator.iter_errors(value), None)
    return value, next(words.explained(error, schema))[1] if error else ""


def _parsed(rules: dict[str, Any], cell: str) -> Any:
    """The cell as its type, or None."""
    if rules["type"] == "string":
        return cell
    if rules["type"] == "boolean":
        meaning = dict.fromkeys(rules.get("falseValues", ["false"]), False)
        return (meaning | dict.fromkeys(rules.get("trueValues", ["true"]), True)).get(cell)
    if not NUMBER[rules["type"]].fullmatch(cell):
        return None
    if rules["type"] == "integer":
        return int(cell)
    return float(cell) if math.isfinite(float(cell)) else None


def series_of(kind: str, values: list[Any]) -> "pd.Series[Any]":
    """The values as a column: integers stay integers, and missing text is the empty string."""
    if kind == "string":
        return pd.Series(["" if value is None else value for value in values], dtype=str)
    if kind == "number":
        return pd.Series(values, dtype="float64")
    whole, gaps = ("int64", "Int64") if kind == "integer" else ("bool", "boolean")
    return pd.Series(values, dtype=gaps if None in values else whole)
