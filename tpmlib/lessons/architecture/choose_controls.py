"""A learner's own choice of security controls, counted as it is made, beside the best once kept."""

import numpy as np

from tpmlib.kit import content, figures
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.grids import GRID, GridExercise
from tpmlib.lessons.architecture.controls import KINDS, apart, exchange, left

MODEL = "controls"
COLUMN = "take"
TAKEN = [{"value": "", "label": "no"}, {"value": "yes", "label": "yes"}]


class ChooseControls(GridExercise):
    """`choose_controls(preset)`: take controls under a budget; what each adds shows at once.

    preset: of model `controls` in models.yml; it sets the budget and the expected losses. The best
        set shows once the learner's own is kept, and only one within the budget is kept.
    """

    kind, lesson = "controls", "architecture"
    grid = {"label": "Your controls", "corner": "Control"}
    button = "Keep and compare with the best set"
    plain = {
        "cost": "Costs [k$ a year]",
        "takeover": "Less from taken accounts [%]",
        "leak": "Less from leaks [%]",
        "outage": "Less from outages [%]",
    }
    entry = {"id": COLUMN, "label": "Take it", "options": TAKEN}

    def __init__(self, preset: str = "default") -> None:
        self.best = figures.frame(MODEL, preset).set_index("way").loc["best"]
        settings, table = content.settings(MODEL, preset), content.table("controls")
        self.budget = float(settings["budget"])
        self.loss = np.array([settings[kind] for kind in KINDS], float)
        self.names, self.cost = table["name"].tolist(), table["cost"].to_numpy(float)
        self.effect = table[list(KINDS)].to_numpy(float)
        takeover, leak, outage = self.loss
        asked = (
            f"You have {self.budget:g} thousand dollars a year. Without controls you expect to "
            f"lose {takeover:g} by taken accounts, {leak:g} by leaks and {outage:g} by outages "
            "(assumed). A control takes its share of what the others leave."
        )
        rows = [
            [row["control_id"], row["name"], f"{row['cost']:g}"]
            + [f"{100 * row[kind]:.0f}" for kind in KINDS]
            for row in table.to_dict("records")
        ]
        super().__init__(f"controls-{preset}", asked, asked, rows)
        self.typed()

    def _chosen(self) -> np.ndarray:
        return np.array([f"{name}.{COLUMN}" in self.answer() for name, *_ in self.rows], bool)

    def typed(self) -> None:
        """Say what the set costs and takes away; beside the best as long as it is the kept set."""
        chosen = self._chosen()
        lines = [self._sum(chosen), *self._each(chosen)]
        if self.is_kept():
            lines.append(f"{self._beside_the_best(chosen)} {self._best_step(chosen)}".strip())
        tone = "wrong" if self._is_over(chosen) else ""
        self.form.feedback = {GRID: {"tone": tone, "text": "\n".join(lines)}}

    def problem(self) -> str:
        chosen = self._chosen()
        if not chosen.any():
            return "Take a control first."
        return "Over the budget." if self._is_over(chosen) else ""

    def _is_over(self, chosen: np.ndarray) -> bool:
        return bool(self.cost[chosen].sum() > self.budget)

    def _removed(self, chosen: np.ndarray) -> float:
        return float(self.loss.sum() - left(chosen, self.effect, self.loss))

    def _sum(self, chosen: np.ndarray) -> str:
        spent = self.cost[chosen].sum()
        rest = self.budget - spent
        room = f"{rest:g} is left" if rest >= 0 else f"{-rest:g} too much: take one out"
        return (
            f"Your set costs {spent:g} of {self.budget:g} thousand dollars, {room}. It takes away "
            f"{self._removed(chosen):.1f} of {self.loss.sum():g} thousand of expected loss."
        )

    def _each(self, chosen: np.ndarray) -> list[str]:
        """What each control adds to the others: little where they overlap."""
        more, alone = apart(chosen, self.effect, self.loss), self.effect @ self.loss
        return [
            f"{self.names[place]}: {more[place]:.1f} beyond the others, {alone[place]:.1f} "
            "by itself."
            for place in np.flatnonzero(chosen)
        ]

    def _part(self, chosen: np.ndarray) -> float:
        """What the set takes away, as a share of what the best set does."""
        return self._removed(chosen) / self.best["removed"] if self.best["removed"] else 1.0

    def _beside_the_best(self, chosen: np.ndarray) -> str:
        return (
            f"The best of all sets that fit takes away {self.best['removed']:.1f}: "
            f"{self.best['names']}. Yours reaches {self._part(chosen):.0%} of it."
        )

    def _best_step(self, chosen: np.ndarray) -> str:
        """The best way to drop one control, take one, or both; nothing if the set is the best."""
        out, new, gain = exchange(chosen, self.cost, self.budget, self.effect, self.loss)
        if not gain:
            several = "No single step improves yours: several would have to change at once."
            return several if self._part(chosen) < 1 - 1e-9 else ""
        goes = [] if out is None else [f"without {self.names[out]}"]
        comes = [] if new is None else [f"with {self.names[new]}"]
        return f"The best single step: {' and '.join(goes + comes)}, {gain:.1f} more."

    def text(self) -> str:
        return f"Choose controls: {len(self.rows)} for {self.budget:g} thousand dollars a year"

    def html(self) -> str:
        head = ["The best set", "Costs [k$ a year]", "Takes away [k$ a year]"]
        best = [self.best["names"], f"{self.best['cost']:g}", f"{self.best['removed']:.1f}"]
        page = self.page("Controls, synthetic")
        return f"{page}{folded('The best set', table_html(head, [best]))}"
