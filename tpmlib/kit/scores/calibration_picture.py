"""Your intervals beside the figures, and the share that hold beside the share that should."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, panel, source, table, title, words, write

SIZE = (8.6, 4.4)  # inches
ROWS = 10
REACH = (0.05, 20.0)  # of the axis [times the figure]; an interval beyond it ends at the edge
LEVEL = 0.8  # share of the intervals that should hold
HELD: dict[str, Any] = {"color": BLUE, "marker": "o", "markerfacecolor": BLUE}
MISSED: dict[str, Any] = {"color": ORANGE, "marker": "s", "markerfacecolor": "white"}
COLUMNS = {
    "Question": "{label}",
    "Your interval": "{low:g} to {high:g}",
    "Figure": "{figure:g}",
    "Unit": "{unit}",
    "Fact": "{fact}",
    "Score": "{score:.2f}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `calibration`, each with its `label`; returns update(frame)."""
    left, right = _intervals(figure), _share(figure)
    bars = [left.plot([], [], ms=6, **MOVING)[0] for _ in range(ROWS)]
    beside: dict[str, Any] = SMALL | {"transform": left.get_yaxis_transform(), "animated": True}
    names = [left.text(-0.03, y, "", ha="right", va="center", **beside) for y in range(ROWS)]
    (rate,) = right.plot([], [], "D", color=BLUE, ms=8, **MOVING)
    (interval,) = right.plot([], [], color=BLUE, lw=2, **MOVING)
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        rows, first = frame.head(ROWS), frame.iloc[0]
        write(names, rows["label"])
        ends = rows[["from", "to"]].clip(*REACH).to_numpy()
        for row, bar in enumerate(bars):
            bar.set_data(*((ends[row], [row, row]) if row < len(rows) else ([], [])))
        for bar, inside in zip(bars, rows["inside"], strict=False):
            bar.set(**(HELD if inside else MISSED))
        rate.set_data([0], [first["rate"]])
        interval.set_data([0, 0], [first["rate_low"], first["rate_high"]])
        head.set_text(finding(frame))

    return update


def _intervals(figure: Figure) -> Axes:
    box, ends = (0.33, 0.165, 0.44, 0.685), (ROWS - 0.5, -0.5)
    axes = panel(figure, box, REACH, ends, "your numbers [times the figure]")
    axes.set_xscale("log")
    axes.set_xticks([0.1, 0.5, 1, 2, 10], ["1/10", "1/2", "1", "2", "10"])
    axes.set_xticks([], minor=True)
    axes.axvline(1, color=INK, lw=1.4)
    words(figure, 0.33, 0.875, "● holds the figure", BLUE)
    words(figure, 0.52, 0.875, "□ misses it", ORANGE)
    source(figure, "the facts named. Lines: the figure (left), 80% (right)", 0.025)
    return axes


def _share(figure: Figure) -> Axes:
    axes = panel(figure, (0.86, 0.165, 0.1, 0.685), (-1, 1), (0, 1), "", {})
    axes.set_yticks([0, 0.5, LEVEL, 1], ["0%", "50%", "80%", "100%"])
    axes.axhline(LEVEL, color=INK, lw=1.4)
    words(figure, 0.80, 0.875, "that hold, 90% interval")
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: how many of the intervals hold their figure."""
    return f"{frame['hits'].iloc[0]} of {len(frame)} intervals hold the figure; 80% should"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame, COLUMNS)
