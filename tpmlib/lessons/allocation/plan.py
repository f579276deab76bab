"""A learner's own split of three budgets, counted as it is entered, beside the best once kept."""

from typing import Any

import ipywidgets
import numpy as np
import pandas as pd

from tpmlib.kit import content, figures
from tpmlib.kit.canvas import Canvas
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Bundle, Panel, parts, picture_bundle
from tpmlib.kit.panels.form import Form, fitting
from tpmlib.kit.panels.pieces import Picture
from tpmlib.kit.questions import text_hash
from tpmlib.lessons.allocation import allocation_picture as chart
from tpmlib.lessons.allocation.allocation import BUDGETS, MANY, PLAIN, SHORT, beside
from tpmlib.lessons.allocation.resource_prices import worth

MODEL = "allocation"
GRID, COLUMN = "grid", "share"
ITEM = "plan-{}"
ROOM = 1 + 1e-9  # of a budget
NEEDS = {
    **{f"need_{name}": f"{PLAIN[name]} [{unit}]" for name, unit in SHORT.items()},
    "value_whole": "Brings, whole [k$ a week]",
    "half": "First half brings [%]",
}


class Plan(Panel):
    """`plan(preset)`: a share of each initiative; which budget runs out shows at once.

    preset: of model `allocation` in models.yml; it sets the budgets. The best split shows once the
        learner's own is kept, and only one within the budgets is kept.
    """

    def __init__(self, preset: str = "default") -> None:
        super().__init__()
        self.frame = figures.frame(MODEL, preset)
        value, scale = (self.frame[part].to_numpy() for part in ("value", "scale"))
        half = worth(value, scale, np.full(len(value), 0.5))
        self.frame["half"] = 100 * half / self.frame["value_whole"]
        self.settings = content.models()[MODEL]["presets"][preset]
        self.item = ITEM.format(preset)
        self.hash = text_hash({"text": f"{self.settings['label']} {list(self.frame['name'])}"})
        grid = {"id": GRID, "kind": "grid", "label": "Your split", "corner": "Initiative"}
        self.form = Form(
            fields=[
                {"id": "how", "kind": "note", "label": self._asked()},
                grid | {"rows": self._rows(), "columns": self._columns()},
            ],
            values={},
            buttons=[{"id": "keep", "label": "Keep and show the best split"}],
        )
        kept = parts(self.record.latest(self.item, "plan"))
        self.form.values = {GRID: {}} | fitting(self.form.fields, {GRID: kept} if kept else {})
        self.picture = Picture(width=int(chart.SIZE[0] * 100))
        self._canvas = Canvas(chart.draw, chart.SIZE, self._shown(False))
        self.on(self.form, "values", self._moved)
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = ipywidgets.VBox([self.form, self.picture])
        self._show(bool(kept) and kept == self._cells())

    def _asked(self) -> str:
        row = self.frame.iloc[0]
        budgets = [f"{row[f'budget_{name}']:,.0f} {MANY[name]}" for name in BUDGETS]
        return (
            f"{', '.join(budgets[:-1])} and {budgets[-1]}. Enter how much of each initiative is "
            f"done this quarter, 0 to 100%; empty is 0."
        )

    def _rows(self) -> list[dict[str, Any]]:
        """Each initiative with what the whole of it takes and brings."""
        return [
            {
                "id": one["initiative_id"],
                "label": one["name"],
                "cells": dict(zip(NEEDS, cells, strict=True)),
            }
            for one, cells in zip(self.frame.to_dict("records"), taken(self.frame), strict=True)
        ]

    def _columns(self) -> list[dict[str, Any]]:
        plain = [{"id": n, "label": label, "kind": "plain"} for n, label in NEEDS.items()]
        number = {"id": COLUMN, "label": "Done [%]", "kind": "number", "min": 0, "max": 100}
        return [*plain, number]

    def _cells(self) -> dict[str, Any]:
        """The cells that hold a number."""
        return {
            n: share for n, share in (self.form.values[GRID] or {}).items() if share is not None
        }

    def _mine(self) -> pd.DataFrame:
        cells = self._cells()
        shares = [cells.get(f"{name}.{COLUMN}", 0) for name in self.frame["initiative_id"]]
        return beside(self.frame, np.array(shares, float) / 100)

    def _shown(self, best: bool) -> pd.DataFrame:
        """The learner's split, and the best one or not."""
        used = [f"used_{name}" for name in BUDGETS]
        return self._mine() if best else self._mine().drop(columns=["share", *used])

    def _moved(self) -> None:
        self.form.message = ""
        self._show(self._cells() == parts(self.record.latest(self.item, "plan")) != {})

    def _keep(self) -> None:
        wrong = problem(self._mine())
        if wrong:
            self.form.message = wrong
            return
        if parts(self.record.latest(self.item, "plan")) != self._cells():
            self.keep("plan", self.item, self._cells(), lesson="allocation", text=self.hash)
        self._show(True)
        self.form.message = self.kept()

    def _show(self, best: bool) -> None:
        frame = self._shown(best)
        with self.picture.hold_sync():
            self.picture.png = self._canvas.png(frame)
            self.picture.alt = chart.finding(frame)
            self.picture.sentence = sentence(frame)

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Your split: {self.settings['label']}, {len(self.frame)} initiatives"

    def html(self) -> str:
        rows = [
            [name, *cells]
            for name, cells in zip(self.frame["name"], taken(self.frame), strict=True)
        ]
        head = ["Initiative", *NEEDS.values()]
        table = table_html(head, rows, "What the whole of each initiative takes and brings")
        best = table_html(*_headed(chart.numbers(self.frame)))
        return f"<p>{self._asked()}</p>{table}{folded('The best split', best)}"

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | picture_bundle(self.picture.png)]


def taken(frame: pd.DataFrame) -> list[list[str]]:
    """What the whole of each initiative takes and brings, in the order of NEEDS."""
    return [[f"{one[name]:g}" for name in NEEDS] for one in frame.to_dict("records")]


def _headed(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    return rows[0], rows[1:]


def problem(frame: pd.DataFrame) -> str:
    """The first budget that is exceeded, in words; nothing if all hold."""
    row = frame.iloc[0]
    if not frame["mine"].any():
        return "Enter a share first."
    for name in BUDGETS:
        used, budget = float(row[f"mine_used_{name}"]), float(row[f"budget_{name}"])
        if used > budget * ROOM:
            return (
                f"{PLAIN[name]}: {used:.1f} of {budget:,.0f} {MANY[name]}; "
                f"lower a share until it fits."
            )
    return ""


def sentence(frame: pd.DataFrame) -> str:
    """What the split brings and uses, and how it compares where the best one shows."""
    row = frame.iloc[0]
    taken = [
        f"{row[f'mine_used_{name}']:.1f} of {row[f'budget_{name}']:,.0f} {MANY[name]}"
        for name in BUDGETS
    ]
    said = f"Your split brings {row['mine_total']:.1f} thousand dollars a week and takes "
    said += f"{', '.join(taken)}."
    if "share" not in frame:
        return said
    part = row["mine_total"] / row["total"] if row["total"] else 1
    return f"{said} That is {part:.0%} of the best split's {row['total']:.1f}."
