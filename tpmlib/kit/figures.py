"""A figure of a question or a card, computed by its model, so that it never goes stale."""

from functools import lru_cache
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, registry

FORMATS = {
    "integer": "{:.0f}",
    "percent": "{:.0%}",
    "one": "{:.1f}",
    "two": "{:.2f}",
    "three": "{:.3f}",
    "four": "{:.4f}",
    "text": "{}",
}


def frame(model: str, preset: str = "default", **settings: Any) -> pd.DataFrame:
    """The table of a model under a preset of models.yml, with some settings changed."""
    values = content.settings(model, preset)
    for name in settings:
        if name not in values:
            raise CourseError(f"settings of {model}: {nearest(name, values)}")
    stamp = tuple(content.state(name) for name in content.model(model)["tables"])
    return _computed(model, tuple((values | settings).items()), stamp).copy()


@lru_cache(maxsize=64)
def _computed(
    model: str, values: tuple[tuple[str, Any], ...], stamp: tuple[object, ...]
) -> pd.DataFrame:
    """`stamp` names the state of the tables: a changed file is computed anew."""
    function = registry.formula(model)
    tables = {name: content.table(name) for name in content.model(model)["tables"]}
    result: pd.DataFrame = function(**tables, **dict(values))
    return result


def number(spec: dict[str, Any]) -> Any:
    """The figure that `spec` names: {model, preset, settings, row, column}.

    Raises CourseError when the column is unknown, or not exactly one row matches.
    """
    rows = frame(spec["model"], spec.get("preset", "default"), **spec.get("settings", {}))
    for column, wanted in spec["row"].items():
        if column not in rows:
            raise CourseError(f"row of {spec['model']}: {nearest(column, rows)}")
        cells = rows[column]
        rows = rows[cells == wanted]
        if rows.empty:
            raise CourseError(f"row of {spec['model']}: {nearest(wanted, cells.astype(str))}")
    if spec["column"] not in rows:
        raise CourseError(f"column of {spec['model']}: {nearest(spec['column'], rows)}")
    if len(rows) != 1:
        raise CourseError(f"row of {spec['model']}: {len(rows)} rows match; exactly one")
    return rows[spec["column"]].iloc[0]


def value(spec: dict[str, Any]) -> str:
    """The figure in words, as `spec["format"]` asks (integer, percent, one, two, three, text)."""
    return FORMATS[spec.get("format", "text")].format(number(spec))


def filled(item: dict[str, Any]) -> dict[str, str]:
    """The words for each {name} of a question's `values`."""
    return {name: value(spec) for name, spec in item.get("values", {}).items()}
