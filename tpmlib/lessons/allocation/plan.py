"""A learner's own split of three budgets, counted as it is entered, beside the best once kept."""

import ipywidgets
import numpy as np
import pandas as pd

from tpmlib.kit import content, figures
from tpmlib.kit.html import folded, table_html
from tpmlib.kit.panels.base import Bundle
from tpmlib.kit.panels.grids import GridExercise
from tpmlib.kit.panels.picture import Picture
from tpmlib.lessons.allocation import allocation_picture as chart
from tpmlib.lessons.allocation.allocation import BUDGETS, MANY, PLAIN, SHORT, beside, over_budget
from tpmlib.lessons.allocation.resource_prices import worth

MODEL = "allocation"
COLUMN = "share"


class Plan(GridExercise):
    """`plan(preset)`: a share of each initiative; which budget runs out shows at once.

    preset: of model `allocation` in models.yml; it sets the budgets. The best split shows once the
        learner's own is kept, and only one within the budgets is kept.
    """

    kind, lesson = "plan", "allocation"
    grid = {"label": "Your split", "corner": "Initiative"}
    button = "Keep and show the best split"
    plain = {
        **{f"need_{name}": f"{PLAIN[name]} [{unit}]" for name, unit in SHORT.items()},
        "value_whole": "Brings, whole [k$ a week]",
        "half": "First half brings [%]",
    }
    entry = {"id": COLUMN, "label": "Done [%]", "kind": "number", "min": 0, "max": 100}

    def __init__(self, preset: str = "default") -> None:
        frame = figures.frame(MODEL, preset)
        half = worth(frame["value"].to_numpy(), frame["scale"].to_numpy(), np.array(0.5))
        self.frame = frame.assign(half=100 * half / frame["value_whole"])
        self.label = content.models()[MODEL]["presets"][preset]["label"]
        budgets = [f"{frame[f'budget_{name}'].iloc[0]:,.0f} {MANY[name]}" for name in BUDGETS]
        super().__init__(
            item=f"plan-{preset}",
            asked=f"{', '.join(budgets[:-1])} and {budgets[-1]}. Enter how much of each initiative "
            "is done this quarter, 0 to 100%; empty is 0.",
            about=self.label,
            rows=[
                [row["initiative_id"], row["name"], *(f"{row[name]:g}" for name in self.plain)]
                for row in self.frame.to_dict("records")
            ],
        )
        self.picture = Picture(chart)
        self.widget = ipywidgets.VBox([self.form, self.picture])
        self.typed()

    def _split(self) -> pd.DataFrame:
        """The learner's split beside the best, or alone until it is kept."""
        cells = self.answer()
        shares = [cells.get(f"{name}.{COLUMN}", 0) for name in self.frame["initiative_id"]]
        frame = beside(self.frame, np.array(shares, float) / 100)
        best = ["share", *(f"used_{name}" for name in BUDGETS)]
        return frame if self.is_kept() else frame.drop(columns=best)

    def typed(self) -> None:
        frame = self._split()
        self.picture.show(frame, sentence(frame))

    def problem(self) -> str:
        frame = self._split()
        if not frame["mine"].any():
            return "Enter a share first."
        over = over_budget(frame.iloc[0])
        used = [f"{PLAIN[name]}: {_used(frame.iloc[0], name)}" for name in over]
        return f"{used[0]}; lower a share until it fits." if over else ""

    def text(self) -> str:
        return f"Your split: {self.label}, {len(self.frame)} initiatives"

    def html(self) -> str:
        head, *rows = chart.numbers(self.frame)
        page = self.page("What the whole of each initiative takes and brings")
        return f"{page}{folded('The best split', table_html(head, rows))}"

    def bundles(self) -> list[Bundle]:
        (whole,) = super().bundles()
        return [whole | self.picture.bundle()]


def sentence(frame: pd.DataFrame) -> str:
    """What the split brings and uses, and how it compares where the best one shows."""
    row = frame.iloc[0]
    used = ", ".join(_used(row, name) for name in BUDGETS)
    own = f"Your split brings {row['mine_total']:.1f} thousand dollars a week and takes {used}."
    if "share" not in frame:
        return own
    part = row["mine_total"] / row["total"] if row["total"] else 1
    return f"{own} That is {part:.0%} of the best split's {row['total']:.1f}."


def _used(row: pd.Series, name: str) -> str:
    return f"{row[f'mine_used_{name}']:.1f} of {row[f'budget_{name}']:,.0f} {MANY[name]}"
