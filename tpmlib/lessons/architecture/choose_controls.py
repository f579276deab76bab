"""A learner's own choice of security controls, counted as it is made, beside the best once kept."""

from typing import Any

import numpy as np

from tpmlib.kit import content, figures
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Panel, parts
from tpmlib.kit.panels.form import Form, fitting
from tpmlib.kit.questions import text_hash
from tpmlib.lessons.architecture.controls import KINDS, apart, exchange, left

MODEL = "controls"
GRID, COLUMN = "grid", "take"
ITEM = "controls-{}"
EFFECTS = {
    "cost": "Costs [k$ a year]",
    "takeover": "Less from taken accounts [%]",
    "leak": "Less from leaks [%]",
    "outage": "Less from outages [%]",
}
TAKEN = [{"value": "", "label": "no"}, {"value": "yes", "label": "yes"}]


class ChooseControls(Panel):
    """`choose_controls(preset)`: take controls under a budget; what each adds shows at once.

    preset: of model `controls` in models.yml; it sets the budget and the expected losses. The best
        set shows once the learner's own is kept, and only one within the budget is kept.
    """

    def __init__(self, preset: str = "default") -> None:
        super().__init__()
        self.best = figures.frame(MODEL, preset).set_index("way").loc["best"]
        settings = content.settings(MODEL, preset)
        self.budget = float(settings["budget"])
        self.losses = {kind: float(settings[kind]) for kind in KINDS}
        self.loss = np.array(list(self.losses.values()))
        self.table = content.table("controls")
        self.cost = self.table["cost"].to_numpy(float)
        self.effect = self.table[list(KINDS)].to_numpy(float)
        self.item = ITEM.format(preset)
        self.hash = text_hash({"text": f"{self._asked()} {list(self.table['name'])}"})
        grid = {"id": GRID, "kind": "grid", "label": "Your controls", "corner": "Control"}
        self.form = Form(
            fields=[
                {"id": "how", "kind": "note", "label": self._asked()},
                grid | {"rows": self._rows(), "columns": self._columns()},
            ],
            values={},
            buttons=[{"id": "keep", "label": "Keep and compare with the best set"}],
        )
        kept = parts(self.record.latest(self.item, "controls"))
        self.form.values = {GRID: {}} | fitting(self.form.fields, {GRID: kept} if kept else {})
        self.on(self.form, "values", self._moved)
        self.form.on_event(lambda event: self.run(self._keep))
        self.widget = self.form
        self._moved()

    def _asked(self) -> str:
        takeover, leak, outage = self.losses.values()
        return (
            f"You have {self.budget:g} thousand dollars a year. Without controls you expect to "
            f"lose {takeover:g} by taken accounts, {leak:g} by leaks and {outage:g} by outages "
            "(assumed). A control takes its share of what the others leave."
        )

    def _rows(self) -> list[dict[str, Any]]:
        return [
            {"id": name, "label": label, "cells": dict(zip(EFFECTS, cells, strict=True))}
            for name, label, *cells in self._effects()
        ]

    def _effects(self) -> list[list[str]]:
        """Id, name, cost and the three shares of each control."""
        return [
            [row["control_id"], row["name"], f"{row['cost']:g}"]
            + [f"{100 * row[kind]:.0f}" for kind in KINDS]
            for row in self.table.to_dict("records")
        ]

    def _columns(self) -> list[dict[str, Any]]:
        plain = [{"id": n, "label": label, "kind": "plain"} for n, label in EFFECTS.items()]
        return [*plain, {"id": COLUMN, "label": "Take it", "options": TAKEN}]

    def _cells(self) -> dict[str, str]:
        return {name: what for name, what in (self.form.values[GRID] or {}).items() if what}

    def _chosen(self) -> np.ndarray:
        cells = self._cells()
        return np.array([f"{name}.{COLUMN}" in cells for name in self.table["control_id"]], bool)

    def _moved(self) -> None:
        """Say what the set costs and takes away; beside the best as long as it is the kept one."""
        chosen, cells = self._chosen(), self._cells()
        self.form.message = ""
        same = bool(cells) and cells == parts(self.record.latest(self.item, "controls"))
        lines = [self._counted(chosen), *self._each(chosen), *(self._beside(chosen) * same)]
        tone = "wrong" if self._over(chosen) else ""
        self.form.feedback = {GRID: {"tone": tone, "text": "\n".join(lines)}}

    def _over(self, chosen: np.ndarray) -> bool:
        return bool(self.cost[chosen].sum() > self.budget)

    def _removed(self, chosen: np.ndarray) -> float:
        return float(self.loss.sum() - left(chosen, self.effect, self.loss))

    def _counted(self, chosen: np.ndarray) -> str:
        spent = self.cost[chosen].sum()
        rest = self.budget - spent
        room = f"{rest:g} is left" if rest >= 0 else f"{-rest:g} too much: take one out"
        return (
            f"Your set costs {spent:g} of {self.budget:g} thousand dollars, {room}. It takes away "
            f"{self._removed(chosen):.1f} of {self.loss.sum():g} thousand of expected loss."
        )

    def _each(self, chosen: np.ndarray) -> list[str]:
        """What each adds to the others: small where they overlap."""
        more, alone = apart(chosen, self.effect, self.loss), self.effect @ self.loss
        return [
            f"{self.table['name'].iloc[at]}: {more[at]:.1f} beyond the others, {alone[at]:.1f} "
            "by itself."
            for at in np.flatnonzero(chosen)
        ]

    def _beside(self, chosen: np.ndarray) -> list[str]:
        best, mine = float(self.best["removed"]), self._removed(chosen)
        part = mine / best if best else 1
        said = (
            f"The best of all sets that fit takes away {best:.1f}: {self.best['names']}. "
            f"Yours reaches {part:.0%} of it."
        )
        out, new, gain = exchange(chosen, self.cost, self.budget, self.effect, self.loss)
        if not gain:
            more = (
                " No single step improves yours: several would have to change at once."
                if part < 1 - 1e-9
                else ""
            )
            return [said + more]
        names = self.table["name"]
        goes = "" if out is None else f"without {names.iloc[out]}"
        comes = "" if new is None else f"with {names.iloc[new]}"
        step = " and ".join(word for word in (goes, comes) if word)
        return [f"{said} The best single step: {step}, {gain:.1f} more."]

    def _keep(self) -> None:
        chosen = self._chosen()
        if not chosen.any() or self._over(chosen):
            self.form.message = "Take a control first." if not chosen.any() else "Over the budget."
            return
        if parts(self.record.latest(self.item, "controls")) != self._cells():
            self.keep("controls", self.item, self._cells(), lesson="architecture", text=self.hash)
        self._moved()
        self.form.message = self.kept()

    def fail(self, sentence: str) -> None:
        self.form.message = sentence

    def text(self) -> str:
        return f"Choose controls: {len(self.table)} for {self.budget:g} thousand dollars a year"

    def html(self) -> str:
        head = ["Control", *EFFECTS.values()]
        rows = [row[1:] for row in self._effects()]
        best = table_html(
            ["The best set", "Costs [k$ a year]", "Takes away [k$ a year]"],
            [[self.best["names"], f"{self.best['cost']:g}", f"{self.best['removed']:.1f}"]],
        )
        return (
            f"<p>{self._asked()}</p>{table_html(head, rows, 'Controls, synthetic')}"
            f"{folded('The best set', best)}"
        )
