"""Each assumption as a bar from low to high, coloured by who is worth most along it."""

from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import INK, OVER, Update
from tpmlib.kit.parts import MOVING, SMALL, column, table, title, words, write
from tpmlib.lessons.staffing.drift import LEVEL, NAMES
from tpmlib.lessons.staffing.drift_picture import SOURCE
from tpmlib.lessons.staffing.staffing_map_picture import COLOURS

SIZE = (7.6, 3.75)  # inches
ROWS, FEWEST = 13, 6  # rows at most, and those that share the height at least
NAMED = 0.27  # share of a bar that has room for a name
DARK = ("PM", "TPM")  # names on pale colours
Part = tuple[str, float, float, int]  # who is best, from where to where on the bar, the row
COLUMNS = {
    "Assumption": "{label}",
    "Low": "{low:g}",
    "Now": "{now:.2g}",
    "High": "{high:g}",
    "Unit": "{unit}",
    "Best from low to high": "{best}",
    "Turns at": "{turn}",
    "Lead at low": "{lead_low:+.1f}",
    "Lead at high": "{lead_high:+.1f}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `staffing_sensitivity.view`; returns update(frame)."""
    axes = _axes(figure)
    bars = {
        name: LineCollection([], colors=COLOURS[staffing], linewidths=14, animated=True)
        for staffing, name in NAMES.items()
    }
    for bar in bars.values():
        bar.set_capstyle("butt")
        axes.add_collection(bar)
    look: dict[str, Any] = SMALL | {"size": 8, "ha": "center", "va": "center", "weight": "bold"}
    look |= {"animated": True, "gid": OVER, "zorder": 3}
    inside = [axes.text(0, 0, "", **look) for _ in range(3 * ROWS)]
    now = axes.plot([], [], "D", color="white", mec=INK, mew=1.6, ms=7, zorder=4, **MOVING)[0]
    small: dict[str, Any] = {"size": 8}
    labels = column(axes, -0.17, ROWS)
    ends = column(axes, -0.02, ROWS, **small), column(axes, 1.02, ROWS, "left", **small)
    turns = column(axes, 1.16, ROWS, "left", weight="bold")
    rest = [
        figure.text(0.012, 0.115 - 0.042 * line, "", animated=True, **(SMALL | small))
        for line in (0, 1)
    ]
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        rows = frame.head(ROWS)
        axes.set_ylim(max(FEWEST, len(rows)) - 0.5, -0.5)
        parts = [part for y, (_, row) in enumerate(rows.iterrows()) for part in _parts(row, y)]
        marks = [_share(row, row["now"]) for _, row in rows.iterrows()]
        for name, bar in bars.items():
            bar.set_segments([[(a, y), (b, y)] for each, a, b, y in parts if each == name])
        wide = [
            part
            for part in (_beside(part, marks[part[3]]) for part in parts)
            if part[2] - part[1] >= NAMED
        ]
        write(inside, [part[0] for part in wide])
        for text, (name, a, b, y) in zip(inside, wide, strict=False):
            text.set_position(((a + b) / 2, y))
            text.set_color(INK if name in DARK else "white")
        now.set_data(marks, range(len(rows)))
        write(labels, rows["label"])
        for texts, side in zip(ends, ("low", "high"), strict=True):
            write(texts, [f"{value:g}" for value in rows[side]])
        write(turns, [_turn(row) for _, row in rows.iterrows()])
        write(rest, [] if frame["every"].iloc[0] else _still(frame["still"].iloc[0]))
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0.42, 0.175, 0.35, 0.655))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    words(figure, 0.42, 0.85, "colour: worth most;  diamond: as it stands")
    words(figure, 0.825, 0.85, "turns at", weight="bold")
    words(figure, 0.988, 0.015, SOURCE, ha="right")
    return axes


def _share(row: pd.Series, value: float) -> float:
    """Where a value stands on its bar, from 0 to 1; beyond it, at its end."""
    return float(np.clip((value - row["low"]) / (row["high"] - row["low"]), 0, 1))


def _parts(row: pd.Series, y: int) -> list[Part]:
    """The parts of a bar: who is best, from where to where, and the row."""
    cuts = [0.0, *(_share(row, turn) for turn in row["turns"]), 1.0]
    return [(name, a, b, y) for name, a, b in zip(row["names"], cuts[:-1], cuts[1:], strict=True)]


def _beside(part: Part, mark: float) -> Part:
    """The longer piece of a part that the diamond cuts."""
    name, a, b, y = part
    if not a < mark < b:
        return part
    return (name, a, mark - 0.03, y) if mark - a > b - mark else (name, mark + 0.03, b, y)


def _turn(row: pd.Series) -> str:
    """Where it turns, as it stands behind the bar."""
    return _figures(row["turns"]) + " x yours" * (len(row["turns"]) > 0 and "yours" in row["unit"])


def _figures(turns: tuple[float, ...]) -> str:
    return ", ".join(f"{turn:.2g}" for turn in turns) or "never"


def _still(names: str) -> list[str]:
    """What does not turn the answer, on two lines."""
    return wrap(f"Moved alone, these change next to nothing: {names}." if names else "", 112)[:2]


def finding(frame: pd.DataFrame) -> str:
    """The title: the recommendation, and how many assumptions turn it."""
    best, turning = frame.iloc[0], int(frame["turning"].sum())
    rest = (
        f"{turning} of {best['asked']} assumptions turn it" if turning else "nothing here turns it"
    )
    if best["lead"] < LEVEL:
        return f"{best['name']} and {best['runner_up']} level; {rest}"
    return f"{best['name']} leads by {best['lead']:.1f}; {rest}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    told = frame.assign(best=frame["names"].map(", ".join), turn=frame["turns"].map(_figures))
    return table(told, COLUMNS)
