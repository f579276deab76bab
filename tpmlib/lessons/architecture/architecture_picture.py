"""Four architectures side by side: down time against the error budget, response, cost and weeks."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE, Update

SIZE = (8.6, 3.9)  # inches
SMALL: dict[str, Any] = FONT | {"size": 9}
MOVING: dict[str, Any] = {"animated": True, "clip_on": False}
DOWN = (0.05, 600.0)  # minutes in 30 days, on a scale of powers of ten
# column, words on the axis, ticks, left and width of the panel
PANELS: tuple[tuple[str, str, list[float], float, float], ...] = (
    ("down", "down in 30 days [minutes]", [0.1, 1, 10, 100], 0.185, 0.29),
    ("latency", "response [ms]", [0, 200, 400], 0.515, 0.125),
    ("cost", "cost [k$ a month]", [0, 40, 80], 0.68, 0.125),
    ("weeks", "to release [weeks]", [0, 10, 20], 0.845, 0.125),
)
ENDS = {"latency": 410.0, "cost": 90.0, "weeks": 25.0}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `architecture`; returns update(frame), which moves all but the axes."""
    panels = [_Panel(figure, len(frame), *one) for one in PANELS]
    first = panels[0].axes
    first.set_xscale("log")
    first.set_xlim(*DOWN)
    first.set_xticks(PANELS[0][2], ["0.1", "1", "10", "100"])
    first.minorticks_off()
    for at, name in enumerate(frame["name"]):
        figure.text(0.165, _height(first, at, len(frame)), name, ha="right", va="center", **SMALL)
    (budget,) = first.plot([], [], color=INK, lw=1.4, **MOVING)
    bold: dict[str, Any] = FONT | {"size": 12.5, "weight": "bold", "parse_math": False}
    title = figure.text(0.012, 0.935, "", animated=True, **bold)
    key = figure.text(0.185, 0.835, "", animated=True, parse_math=False, **SMALL)
    figure.text(0.515, 0.835, "● keeps the budget", **(SMALL | {"color": BLUE}))
    figure.text(0.70, 0.835, "◇ does not", **(SMALL | {"color": ORANGE}))
    figure.text(0.012, 0.03, "Source: tables architectures, components; synthetic", **SMALL)

    def update(frame: pd.DataFrame) -> None:
        for panel in panels:
            panel.put(frame)
        line = float(np.clip(frame["budget"].iloc[0], *DOWN))
        budget.set_data([line, line], [-0.5, len(frame) - 0.5])
        key.set_text(f"│ error budget: {frame['budget'].iloc[0]:.1f} minutes")
        title.set_text(finding(frame))

    return update


class _Panel:
    """One measure: a stem and a mark for each architecture."""

    def __init__(
        self,
        figure: Figure,
        count: int,
        column: str,
        words: str,
        ticks: list[float],
        left: float,
        width: float,
    ) -> None:
        self.column, self.axes = column, figure.add_axes((left, 0.21, width, 0.58))
        self.axes.set_ylim(count - 0.5, -0.5)
        self.axes.set_xlabel(words, **SMALL)
        if column in ENDS:
            self.axes.set_xlim(0, ENDS[column])
            self.axes.set_xticks(ticks)
        _plain(self.axes)
        self.stems = LineCollection([], colors=RULE, linewidths=2, animated=True, zorder=1)
        self.axes.add_collection(self.stems)
        (self.kept,) = self.axes.plot([], [], "o", color=BLUE, ms=8, **MOVING)
        (self.lost,) = self.axes.plot([], [], "D", color=ORANGE, ms=7, mfc="white", mew=2, **MOVING)

    def put(self, frame: pd.DataFrame) -> None:
        start, end = DOWN if self.column == "down" else (0.0, ENDS[self.column])
        ends = frame[self.column].clip(start, end).to_numpy(float)
        at, kept = np.arange(len(frame)), frame["kept"].to_numpy(bool)
        self.kept.set_data(ends[kept], at[kept])
        self.lost.set_data(ends[~kept], at[~kept])
        self.stems.set_segments([[(start, y), (x, y)] for y, x in zip(at, ends, strict=True)])


def _height(axes: Axes, at: int, count: int) -> float:
    box = axes.get_position()
    return float(box.y1 - (at + 0.5) / count * box.height)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.set_yticks([])
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.set_axisbelow(True)
    axes.grid(axis="x", color=RULE, lw=0.6)


def finding(frame: pd.DataFrame) -> str:
    """The title: how many keep the promise, and the cheapest of them."""
    row, kept = frame.iloc[0], frame[frame["kept"]]
    if kept.empty:
        return f"No architecture keeps a promise of {row['slo']:g}%"
    cheap = kept.loc[kept["cost"].idxmin()]
    many = "All" if len(kept) == len(frame) else f"{len(kept)} of {len(frame)}"
    verb = "keeps" if len(kept) == 1 else "keep"
    return f"{many} {verb} {row['slo']:g}%; cheapest is the {cheap['name'].lower()}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [
        [
            one["name"],
            f"{one['down']:.1f}",
            "yes" if one["kept"] else "no",
            f"{one['latency']:.0f}",
            f"{one['cost']:.1f}",
            f"{one['weeks']:.0f}",
        ]
        for one in frame.to_dict("records")
    ]
    head = ["Architecture", "Down [minutes]", "Kept", "Response [ms]", "Cost [k$]", "Weeks"]
    return [head, *rows]
