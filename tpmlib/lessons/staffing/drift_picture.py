"""A year of five staffings: alignment week by week, and what each is worth at the end."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, ORANGE, RULE, Update
from tpmlib.kit.parts import MOVING, panel, table, title, words
from tpmlib.lessons.staffing.drift import WEEKS, first_two, lapsing, level

SIZE = (8.6, 4.5)  # inches
# colour, line, marker, filled: so that none rests on colour alone
STYLES = {
    "pm": (ORANGE, "--", "s", False),
    "tpm": (BLUE, "--", "o", True),
    "pm_tpm": (GREEN, "-", "D", True),
    "pm_pm": (ORANGE, "-", "s", True),
    "tpm_tpm": (BLUE, "-", "o", False),
}
ENDS = (-0.2, 1.0)  # of the value axis [share of the engineers' output]; beyond: at the edge
QUARTERS = {0: "0%", 0.25: "25%", 0.5: "50%", 0.75: "75%", 1: "100%"}
SOURCE = "Source: simulated, every figure assumed"
COLUMNS = {
    "Staffing": "{name}",
    "Strategy h/week": "{strategic:.1f}",
    "Questions h": "{requests:.1f}",
    "Served": "{served:.1f}",
    "Settled": "{settled:.1f}",
    "Lapsed": "{lapsed:.1f}",
    "Alignment": "{alignment:.0%}",
    "Value": "{value:.1f}",
    "90% of the years": "{value_low:.1f} to {value_high:.1f}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `drift`; returns update(frame), which moves lines, dots and words."""
    left, right = _axes(figure)
    rows = [_Row(left, right, staffing, place) for place, staffing in enumerate(STYLES)]
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        for row, values in zip(rows, frame.to_dict("records"), strict=True):
            row.put(values)
        head.set_text(finding(frame))

    return update


class _Row:
    """One staffing: its line on the left; on the right bar, dot, name and the words below it."""

    def __init__(self, left: Axes, right: Axes, staffing: str, place: int) -> None:
        colour, dash, self.marker, filled = STYLES[staffing]
        look: dict[str, Any] = MOVING | {"color": colour, "marker": self.marker, "mew": 1.5}
        look["mfc"] = colour if filled else "white"
        (self.line,) = left.plot([], [], ls=dash, lw=1.8, ms=6, markevery=(3, 12), **look)
        self.bar = right.hlines([place], [0], [0], color=colour, lw=1.8, animated=True)
        (self.dot,) = right.plot([], [], ls="", ms=8, zorder=3, **look)
        beside: dict[str, Any] = {"ha": "right", "va": "center", "animated": True}
        beside["transform"] = right.get_yaxis_transform()
        self.name = right.text(-0.03, place - 0.14, "", **beside, **FONT)
        self.side = right.text(-0.03, place + 0.22, "", **beside, **(FONT | {"size": 8.5}))
        self.place = place

    def put(self, row: dict[Any, Any]) -> None:
        for artist in (self.line, self.bar, self.dot, self.name, self.side):
            artist.set_visible(row["shown"])
        self.line.set_data(np.arange(1, WEEKS + 1), row["path"])
        shares = [row[part] / row["engineers"] for part in ("value_low", "value", "value_high")]
        low, value, high = np.clip(shares, *ENDS)
        self.bar.set_segments([np.array([[low, self.place], [high, self.place]])])
        self.dot.set_data([value], [self.place])
        # at the edge an arrow says that it goes on
        self.dot.set_marker(self.marker if value == shares[1] else "<" if value == ENDS[0] else ">")
        self.name.set_fontweight("bold" if row["best"] else "normal")
        self.name.set_text(f"{row['name']}  {row['value']:.1f}")
        self.side.set_text(f"{row['strategic']:.0f} h strategy, {lapsing(row):.0%} lapse")


def _axes(figure: Figure) -> tuple[Axes, Axes]:
    left = panel(figure, (0.065, 0.165, 0.36, 0.63), (1, WEEKS), (0, 1), "time [weeks]")
    left.set_xticks([1, 13, 26, 39, 52])
    left.set_yticks(list(QUARTERS), list(QUARTERS.values()))
    left.set_title("Alignment (marks as on the right)", loc="left", **FONT)
    box, label = (0.635, 0.165, 0.335, 0.63), "value / engineers [%], bar: 90% of the years"
    right = panel(figure, box, ENDS, (len(STYLES) - 0.5, -0.5), label, QUARTERS)
    right.set_title("Worth, after the cost of the people", loc="left", **FONT)
    for axes in (left, right):
        axes.grid(color=RULE, lw=0.6)
    words(figure, 0.988, 0.015, SOURCE, ha="right")
    return left, right


def finding(frame: pd.DataFrame) -> str:
    """The title: which staffing is worth most, and by how much."""
    best, second = first_two(frame)
    ahead = best["value"] - second["value"]
    if level(best, second):
        return f"{best['name']} and {second['name']} come out level"
    return f"{best['name']} is worth most here, {ahead:.1f} more than {second['name']}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame[frame["shown"]], COLUMNS)
