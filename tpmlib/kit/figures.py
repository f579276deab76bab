"""A figure of a question or a card, computed by its model, so that it never goes stale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, registry
from tpmlib.kit.shelf import kept
from tpmlib.kit.words import number

# decimals of each format of a number; the one other format is text
DIGITS = {"integer": 0, "percent": 0, "one": 1, "two": 2, "three": 3, "four": 4}


def frame(model: str, preset: str = "default", **settings: Any) -> pd.DataFrame:
    """The table of a model under a preset of models.yml, with some settings changed."""
    return _kept(model, preset, settings).copy()


def _kept(model: str, preset: str, settings: Mapping[str, Any]) -> pd.DataFrame:
    """The table that is computed once, and that nobody may change."""
    values = content.settings(model, preset)
    for name in settings:
        if name not in values:
            raise CourseError(f"settings of {model}: {nearest(name, values)}")
    values |= settings
    return _computed(model, tuple(values.items()), content.state(*content.tables_of(model)))


@lru_cache(maxsize=256)  # a whole course asks for some 100
def _computed(
    model: str, values: tuple[tuple[str, Any], ...], stamp: tuple[object, ...]
) -> pd.DataFrame:
    """`stamp` names the state of the tables: a changed file is computed anew."""
    tables = {name: content.table(name) for name in content.tables_of(model)}
    compute: Callable[[], pd.DataFrame] = partial(registry.formula(model), **tables, **dict(values))
    return kept((model, values, content.language(), *content.files_of(*tables)), compute)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One cell of a model's table, and how it is written.

    model, preset, settings: the table, and which of the preset's settings are changed.
    row: column and value, one pair or more; all hold in exactly one row.
    column: where the figure stands.
    format: integer, percent, one to four (numbers of decimals) or text.
    """

    model: str
    column: str
    row: Mapping[str, Any]
    preset: str = "default"
    settings: Mapping[str, Any] = field(default_factory=dict)
    format: str = "text"

    def exact(self) -> Any:
        """As the model computes it; a share is 0 to 1.

        Raises CourseError when a column is unknown, or not exactly one row matches.
        """
        rows = _kept(self.model, self.preset, self.settings)
        kept = pd.RangeIndex(len(rows)).to_numpy()  # places, since a part of a table takes long
        for column, wanted in self.row.items():
            if column not in rows:
                raise CourseError(f"row of {self.model}: {nearest(column, rows)}")
            values = rows[column].iloc[kept]
            kept = kept[(values == wanted).to_numpy(bool, na_value=False)]
            if not len(kept):
                names = values.dropna().astype(str)
                raise CourseError(f"row of {self.model}: {nearest(wanted, names)}")
        if self.column not in rows:
            raise CourseError(f"column of {self.model}: {nearest(self.column, rows)}")
        if len(kept) != 1:
            raise CourseError(f"row of {self.model}: {len(kept)} rows match; exactly one")
        return rows[self.column].iloc[kept[0]]

    def number(self) -> float:
        """In the unit that a learner answers in: 0 to 100 for a share in percent."""
        return float(self.exact()) * (100 if self.format == "percent" else 1)

    def rounded(self) -> float:
        """The number with as many decimals as its format has; the only place that rounds it."""
        return round(self.number(), DIGITS.get(self.format, 0))

    def digits(self) -> str:
        """The rounded number, without its unit."""
        return f"{self.rounded():.{DIGITS.get(self.format, 0)}f}"

    def words(self) -> str:
        """As it stands in a text, in its format."""
        if self.format == "text":
            return str(self.exact())
        return number(self.digits() + "%" * (self.format == "percent"))
