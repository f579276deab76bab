"""A tornado: the lead of the recommended staffing, each assumption moved alone to both ends."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, RULE, Update
from tpmlib.kit.parts import MOVING, column, panel, source, table, title, words, write
from tpmlib.lessons.staffing.drift import LEVEL

SIZE = (8.6, 5.6)  # inches
ROWS = 13
SIDES = {"low": (ORANGE, "s"), "high": (BLUE, "o")}
REACH = (-5.0, 6.0)  # of the axis [engineer-equivalents]; a longer bar ends there
COLUMNS = {
    "Assumption": "{label}",
    "Low": "{low:g}",
    "High": "{high:g}",
    "Unit": "{unit}",
    "Lead at low": "{lead_low:+.1f}",
    "Lead at high": "{lead_high:+.1f}",
    "Best then": "{best}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `staffing_sensitivity`; returns update(frame)."""
    axes = _axes(figure)
    bars, ends = {}, {}
    for side, (colour, marker) in SIDES.items():
        bars[side] = axes.hlines([0], [0], [0], color=colour, lw=6, alpha=0.85, animated=True)
        (ends[side],) = axes.plot([], [], marker, color=colour, ms=6, **MOVING)
    beyond: dict[str, Any] = MOVING | {"color": INK, "ms": 9, "zorder": 5}
    arrows = [axes.plot([], [], marker, **beyond)[0] for marker in "<>"]
    (base,) = axes.plot([], [], color=INK, lw=1, ls=":", **MOVING)
    beside = axes.get_yaxis_transform()
    labels = column(axes, -0.015, ROWS, transform=beside)
    turns = column(axes, 1.02, ROWS, "left", transform=beside)
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        rows = frame.head(ROWS)
        lead = float(np.clip(rows["lead"].iloc[0], *REACH))
        for side in SIDES:
            moved = rows[f"lead_{side}"].clip(*REACH).to_numpy()
            bars[side].set_segments([np.array([[lead, y], [x, y]]) for y, x in enumerate(moved)])
            ends[side].set_data(moved, np.arange(len(rows)))
        leads = rows[["lead_low", "lead_high"]]
        out = (leads.min(axis=1) < REACH[0], leads.max(axis=1) > REACH[1])
        for arrow, end, leaves in zip(arrows, REACH, out, strict=True):
            arrow.set_data([end] * leaves.sum(), np.flatnonzero(leaves))
        base.set_data([lead, lead], [-0.5, len(rows) - 0.5])
        write(labels, rows["label"])
        write(turns, rows.apply(_winners, axis=1))
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> Axes:
    label = "lead over the best other [engineer-equivalents]; arrow: goes on"
    axes = panel(figure, (0.33, 0.125, 0.50, 0.735), REACH, (ROWS - 0.5, -0.5), label)
    axes.grid(axis="x", color=RULE, lw=0.6)
    axes.axvline(0, color=INK, lw=1.2)
    source(figure, "simulated, ranges assumed", 0.015)
    words(figure, 0.335, 0.875, "■ at the low end", ORANGE)
    words(figure, 0.49, 0.875, "● at the high end", BLUE)
    words(figure, 0.66, 0.875, "dotted: as it stands")
    words(figure, 0.845, 0.875, "If it turns, to", weight="bold")
    return axes


def _winners(row: pd.Series) -> str:
    """Who wins where the recommendation does not."""
    turned = {row[f"winner_{side}"] for side in SIDES if row[f"lead_{side}"] < -LEVEL}
    return " or ".join(sorted(turned))


def finding(frame: pd.DataFrame) -> str:
    """The title: the recommendation, and how many assumptions turn it."""
    best, turning = frame.iloc[0], (frame[["lead_low", "lead_high"]] < -LEVEL).any(axis=1).sum()
    counted = f"{turning} of {len(frame)} assumptions"
    if best["lead"] < LEVEL:
        rest = f"{counted} decide" if turning else "nothing here decides"
        return f"{best['name']} and {best['runner_up']} level; {rest}"
    rest = f"{counted} turn it" if turning else "no one assumption turns it"
    return f"{best['name']} leads by {best['lead']:.1f}; {rest}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    winners = frame.apply(_winners, axis=1)
    return table(frame.assign(best=winners.where(winners != "", frame["name"])), COLUMNS)
