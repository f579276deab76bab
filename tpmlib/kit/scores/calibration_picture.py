"""Your intervals beside the figures, and the share that hold beside the share that should."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE, Update

SIZE = (8.6, 4.4)  # inches
ROWS = 10
REACH = (0.05, 20.0)  # of the axis [times the figure]; an interval beyond it ends at the edge
LEVEL = 0.8  # share of the intervals that should hold


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `calibration`, each with its `label`; returns update(frame)."""
    small = FONT | {"size": 9}
    axes = figure.add_axes((0.33, 0.165, 0.44, 0.685))
    axes.set_xscale("log")
    axes.set_xlim(*REACH)
    axes.set_ylim(ROWS - 0.5, -0.5)
    ticks = {0.1: "1/10", 0.5: "1/2", 1: "1", 2: "2", 10: "10"}
    axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_xticks([], minor=True)
    axes.set_yticks([])
    axes.set_xlabel("your numbers [times the figure]", **small)
    axes.axvline(1, color=INK, lw=1.4)
    right = figure.add_axes((0.86, 0.165, 0.1, 0.685))
    right.set_xlim(-1, 1)
    right.set_ylim(0, 1)
    right.set_xticks([])
    right.set_yticks([0, 0.5, LEVEL, 1], ["0%", "50%", "80%", "100%"])
    right.axhline(LEVEL, color=INK, lw=1.4)
    for one in (axes, right):
        one.spines[["top", "right", "left"]].set_visible(False)
        one.spines["bottom"].set_color(RULE)
        one.tick_params(length=0, labelsize=9, labelcolor=INK)
    figure.text(0.33, 0.875, "● holds the figure", **(small | {"color": BLUE}))
    figure.text(0.52, 0.875, "□ misses it", **(small | {"color": ORANGE}))
    figure.text(0.80, 0.875, "that hold, 90% interval", **small)
    figure.text(
        0.012, 0.025, "Source: the facts named. Lines: the figure (left), 80% (right)", **small
    )
    bars = [axes.plot([], [], animated=True, clip_on=False, ms=6)[0] for _ in range(ROWS)]
    beside: dict[str, Any] = small | {"transform": axes.get_yaxis_transform(), "animated": True}
    names = [axes.text(-0.03, at, "", ha="right", va="center", **beside) for at in range(ROWS)]
    (rate,) = right.plot([], [], "D", color=BLUE, ms=8, animated=True, clip_on=False)
    (range_,) = right.plot([], [], color=BLUE, lw=2, animated=True, clip_on=False)
    title = figure.text(0.012, 0.94, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        rows = frame.head(ROWS).to_dict("records")
        for at, (bar, name) in enumerate(zip(bars, names, strict=True)):
            row = rows[at] if at < len(rows) else None
            ends = np.clip([row["from"], row["to"]], *REACH) if row else []
            bar.set_data(ends, [at] * len(ends))
            held = bool(row and row["inside"])
            bar.set(color=BLUE if held else ORANGE, marker="o" if held else "s")
            bar.set_markerfacecolor(BLUE if held else "white")
            name.set_text(row["label"] if row else "")
        first = frame.iloc[0]
        rate.set_data([0], [first["rate"]])
        range_.set_data([0, 0], [first["rate_low"], first["rate_high"]])
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: how many of the intervals hold their figure."""
    return f"{frame['hits'].iloc[0]} of {len(frame)} intervals hold the figure; 80% should"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [
        [
            row["label"],
            f"{row['low']:g} to {row['high']:g}",
            f"{row['figure']:g}",
            row["unit"],
            row["fact"],
            f"{row['score']:.2f}",
        ]
        for row in frame.to_dict("records")
    ]
    return [["Question", "Your interval", "Figure", "Unit", "Fact", "Score"], *rows]
