"""A grid that the learner fills in and keeps, beside what there is to know about each row."""

from html import escape
from typing import ClassVar

from tpmlib.kit.html import table_html
from tpmlib.kit.panels.exercise import Exercise
from tpmlib.kit.panels.form import Field

GRID = "grid"


class GridExercise(Exercise):
    """A cell to fill in on each row, beside plain cells that say what to know about the row.

    A subclass says what follows from the cells (`typed`) and what cannot be kept (`problem`).
    """

    only = GRID
    grid: ClassVar[Field]  # its label, and the corner above its names
    plain: ClassVar[dict[str, str]]  # id and head of each plain column
    entry: ClassVar[Field]  # the column to fill in
    button: ClassVar[str]

    def __init__(self, item: str, asked: str, about: str, rows: list[list[str]]) -> None:
        """rows: id, name and plain cells.   about: hashed with the names, as the text answered."""
        self.asked, self.rows = asked, rows
        plain = [{"id": name, "label": head, "kind": "plain"} for name, head in self.plain.items()]
        grid = {"id": GRID, "kind": "grid", **self.grid, "columns": [*plain, self.entry]}
        grid["rows"] = [
            {"id": name, "label": label, "cells": dict(zip(self.plain, cells, strict=True))}
            for name, label, *cells in rows
        ]
        super().__init__(
            item,
            self.lesson,
            about=f"{about} {[name for _, name, *_ in rows]}",
            fields=[{"id": "how", "kind": "note", "label": asked}, grid],
            start={GRID: {}},
            button=self.button,
        )

    def show(self) -> None:
        """What follows from the cells says more once they are kept."""
        self.typed()
        super().show()

    def page(self, caption: str) -> str:
        """What is asked, and the plain cells, for a reader without a kernel."""
        head = [self.grid["corner"], *self.plain.values()]
        table = table_html(head, [row[1:] for row in self.rows], caption)
        return f"<p>{escape(self.asked)}</p>{table}"
