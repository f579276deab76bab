"""Your intervals beside the figures, and the share that hold beside the share that should."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, panel, source, table, title, words, write
from tpmlib.kit.words import choices, say

SIZE = (7.6, 3.2)  # inches
REACH = (0.05, 20.0)  # of the axis [times the figure]; an interval beyond it ends at the edge
LEVEL = 0.8  # share of the intervals that should hold
HELD: dict[str, Any] = {"color": BLUE, "marker": "o", "markerfacecolor": BLUE}
MISSED: dict[str, Any] = {"color": ORANGE, "marker": "s", "markerfacecolor": "white"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `calibration`, each with its `label`; returns update(frame)."""
    axes = _axes(figure, len(frame))
    bars = [axes.plot([], [], ms=6, **MOVING)[0] for _ in range(len(frame))]
    beside: dict[str, Any] = SMALL | {"transform": axes.get_yaxis_transform(), "animated": True}
    names = [axes.text(-0.03, y, "", ha="right", va="center", **beside) for y in range(len(frame))]
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        write(names, frame["label"])
        ends = frame[["from", "to"]].clip(*REACH).to_numpy()
        for row, (bar, inside) in enumerate(zip(bars, frame["inside"], strict=True)):
            bar.set_data(ends[row], [row, row])
            bar.set(**(HELD if inside else MISSED))
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure, rows: int) -> Axes:
    box, ends = (0.33, 0.2, 0.64, 0.59), (rows - 0.5, -0.5)
    axes = panel(figure, box, REACH, ends, say("calibrate.axis"))
    axes.set_xscale("log")
    axes.set_xticks([0.1, 0.5, 1, 2, 10], ["1/10", "1/2", "1", "2", "10"])
    axes.set_xticks([], minor=True)
    axes.axvline(1, color=INK, lw=1.4)
    words(figure, 0.33, 0.83, say("calibrate.holds"), BLUE)
    words(figure, 0.53, 0.83, say("calibrate.misses"), ORANGE)
    source(figure, say("calibrate.source"), 0.025)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: how many of the intervals hold their figure, and how many should."""
    told = {"n": len(frame), "level": LEVEL, "wanted": LEVEL * len(frame)}
    return say("calibrate.finding", hits=frame["hits"].iloc[0], **told)


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame, choices("calibrate.columns"))
