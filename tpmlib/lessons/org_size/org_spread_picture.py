"""Ranges on one scale of engineers: published advice above, the model's assumptions below."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, gridded, source, table, title, write
from tpmlib.lessons.org_size.org_spread import FAR

SIZE = (8.6, 6.1)  # inches
SLOTS = 8  # rows of either half
GAP = 1.3  # rows between the halves, for the second heading
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
COLUMNS = {
    "Row": "{name}",
    "Lowest": "{low}",
    "Middle": "{middle}",
    "Highest": "{high}",
    "Source": "{fact}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw `org_spread`; returns update(frame), which moves the model's ranges."""
    axes = _axes(figure)
    halves = {"advice": _Half(axes, 0, ORANGE, "s"), "model": _Half(axes, SLOTS + GAP, BLUE, "o")}
    head = title(figure, 0.955)

    def update(frame: pd.DataFrame) -> None:
        for kind, half in halves.items():
            half.put(frame[frame["kind"] == kind])
        head.set_text(finding(frame))

    return update


class _Half:
    """Ranges of one kind, each with its ends, its middle, its name and its words.

    first: height of the first row.
    """

    def __init__(self, axes: Axes, first: float, colour: str, marker: str) -> None:
        self.heights = first + np.arange(SLOTS)
        self.bars = axes.hlines([1], [1], [1], color=colour, lw=4, zorder=2, animated=True)
        (self.ends,) = axes.plot([], [], marker, color=colour, ms=7, zorder=3, **MOVING)
        (self.middles,) = axes.plot([], [], "|", color=INK, ms=14, mew=2, zorder=4, **MOVING)
        (self.beyond,) = axes.plot([], [], ">", color=colour, ms=9, zorder=4, **MOVING)
        look: dict[str, Any] = SMALL | {"va": "center", "animated": True}
        look["transform"] = axes.get_yaxis_transform()
        self.names = [axes.text(-0.015, y, "", ha="right", **look) for y in self.heights]
        self.words = [axes.text(1.015, y, "", ha="left", **look) for y in self.heights]

    def put(self, rows: pd.DataFrame) -> None:
        """Move to these rows; what never comes lies at the edge, and an arrow points beyond it."""
        low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
        heights, never = self.heights[: len(rows)], np.isnan(high)
        starts, stops = np.nan_to_num(low, nan=FAR), np.nan_to_num(high, nan=FAR)
        bars = zip(starts, stops, heights, strict=True)
        self.bars.set_segments([np.array([[start, y], [stop, y]]) for start, stop, y in bars])
        self.ends.set_data([*low, *high], [*heights, *heights])
        self.middles.set_data(rows["middle"], heights)
        self.beyond.set_data(stops[never], heights[never])
        write(self.names, rows["name"])
        facts = rows["fact"].map(lambda fact: f" ({fact})" if fact else "")
        write(self.words, rows.apply(_span, axis=1) + facts)


def _axes(figure: Figure) -> Axes:
    height = 2 * SLOTS + GAP - 0.5
    box = (0.375, 0.115, 0.495, 0.77)
    axes = gridded(figure, box, (0.93, FAR * 1.05), (height, -0.7), "x")
    axes.set_xscale("log")
    axes.set_yticks([])
    axes.set_xticks(TICKS, [f"{tick:,}" for tick in TICKS])
    axes.minorticks_off()
    axes.set_xlabel("engineers [people, on a scale that multiplies]", **FONT)
    bold = FONT | {"size": 9.5, "weight": "bold", "va": "center"}
    for heading, y in (("Published, for one PM", -1.0), ("The model", SLOTS + GAP - 1)):
        axes.text(-0.733, y, heading, **bold, transform=axes.get_yaxis_transform())
    source(figure, "published, by fact; model assumed (table workload)", size=8.5)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: how far the first PM or TPM moves when all assumptions do."""
    row = frame[frame["id"] == "together"].iloc[0]
    times, role = row["times"], row["role"].upper()
    return f"First {role}: {_span(row)} engineers, each assumption out by a factor of {times:g}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    texts = frame[["low", "middle", "high"]].map(_number)
    texts["middle"] = texts["middle"].mask(frame["kind"] == "advice", "")
    rows = texts.assign(name=frame["name"], fact=frame["fact"].replace("", "assumed"))
    return table(rows, COLUMNS)


def _number(engineers: float) -> str:
    return f"over {FAR:,}" if np.isnan(engineers) else f"{engineers:,.0f}"


def _span(row: pd.Series) -> str:
    low, high = _number(row["low"]), _number(row["high"])
    return low if low == high else f"{low} to {high}"
