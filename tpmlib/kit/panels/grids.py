"""A grid that the learner fills in and keeps: what shows while it moves, and once it is kept."""

from typing import Any, ClassVar

from tpmlib.kit.html import table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Field, Form, fitting
from tpmlib.kit.questions import text_hash

GRID = "grid"


class GridExercise(Panel):
    """A cell to fill in on each row, beside plain cells that say what to know about the row.

    A subclass says what follows from the cells (`show`) and what cannot be kept (`problem`).
    """

    kind: ClassVar[str]  # of the answer in the record
    lesson: ClassVar[str]
    grid: ClassVar[Field]  # its label, and the corner above its names
    plain: ClassVar[dict[str, str]]  # id and head of each plain column
    entry: ClassVar[Field]  # the column to fill in
    button: ClassVar[str]

    def __init__(self, item: str, asked: str, about: str, rows: list[list[str]]) -> None:
        """rows: id, name and plain cells.   about: hashed with the names, as the text answered."""
        super().__init__()
        self.item, self.asked, self.rows = item, asked, rows
        self.hash = text_hash({"text": f"{about} {[name for _, name, *_ in rows]}"})
        plain = [{"id": name, "label": head, "kind": "plain"} for name, head in self.plain.items()]
        grid = {"id": GRID, "kind": "grid", **self.grid, "columns": [*plain, self.entry]}
        grid["rows"] = [
            {"id": name, "label": label, "cells": dict(zip(self.plain, cells, strict=True))}
            for name, label, *cells in rows
        ]
        how = {"id": "how", "kind": "note", "label": asked}
        keep = {"id": "keep", "label": self.button}
        self.form = self.widget = Form(fields=[how, grid], values={}, buttons=[keep])
        # a kept answer that no longer fits, since the exercise has changed, is left out
        self.form.values = {GRID: {}} | fitting(self.form.fields, {GRID: self._last()})
        self.on(self.form, "values", self._moved)
        self.form.on_event(lambda event: self.run(self._keep))

    def show(self) -> None:
        """Say what follows from the cells, and more once they are kept."""

    def problem(self) -> str:
        """Why the cells cannot be kept; empty if they can."""
        return ""

    def cells(self) -> dict[str, Any]:
        """The cells that are filled in."""
        cells = self.form.values[GRID] or {}
        return {name: value for name, value in cells.items() if value not in ("", None)}

    def is_kept(self) -> bool:
        """Whether what stands there is what was kept last."""
        return bool(self.cells()) and self.cells() == self._last()

    def _last(self) -> dict[str, Any]:
        return parts(self.record.latest(self.item, self.kind))

    def _moved(self) -> None:
        self.form.message = ""
        self.show()

    def _keep(self) -> None:
        problem = self.problem()
        if not problem and not self.is_kept():
            self.keep(self.kind, self.item, self.cells(), lesson=self.lesson, text=self.hash)
        self.show()
        self.form.message = problem or self.kept()

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def page(self, caption: str) -> str:
        """What is asked, and the plain cells, for a reader without a kernel."""
        head = [self.grid["corner"], *self.plain.values()]
        return f"<p>{self.asked}</p>{table_html(head, [row[1:] for row in self.rows], caption)}"
