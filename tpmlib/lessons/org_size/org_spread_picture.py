"""Ranges on one scale of engineers: published advice above, the model's assumptions below."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE
from tpmlib.lessons.org_size.org_spread import FAR

SIZE = (8.6, 6.1)  # inches
SLOTS = 8  # rows of either half
GAP = 1.3  # rows between the halves, for the second heading
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def draw(figure: Figure, frame: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Draw `org_spread`; returns update(frame), which moves the model's ranges."""
    axes = figure.add_axes((0.375, 0.115, 0.495, 0.77))
    _frame_of(axes, figure)
    style: dict[str, Any] = {"animated": True, "clip_on": False}
    halves = {}
    for kind, colour, mark in (("advice", ORANGE, "s"), ("model", BLUE, "o")):
        bars = axes.hlines([1], [1], [1], color=colour, lw=4, zorder=2, animated=True)
        (ends,) = axes.plot([], [], mark, color=colour, ms=7, zorder=3, **style)
        (middles,) = axes.plot([], [], "|", color=INK, ms=14, mew=2, zorder=4, **style)
        (beyond,) = axes.plot([], [], ">", color=colour, ms=9, zorder=4, **style)
        halves[kind] = bars, ends, middles, beyond
    texts = {kind: [_slots(axes, kind, slot) for slot in range(SLOTS)] for kind in halves}
    title = figure.text(0.012, 0.955, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        for kind, (bars, ends, middles, beyond) in halves.items():
            rows = frame[frame["kind"] == kind]
            height = _height(kind, np.arange(len(rows)))
            low, high = rows["low"].to_numpy(float), rows["high"].to_numpy(float)
            never = np.isnan(high)
            right = np.where(never, FAR, high)
            left = np.where(np.isnan(low), FAR, low)
            bars.set_segments(
                [np.array([[a, y], [b, y]]) for a, b, y in zip(left, right, height, strict=True)]
            )
            ends.set_data([*low, *high], [*height, *height])
            middles.set_data(rows["middle"], height)
            beyond.set_data(right[never], height[never])
            cells = rows.to_dict("records")
            for slot, (name, words) in enumerate(texts[kind]):
                name.set_text(cells[slot]["name"] if slot < len(cells) else "")
                words.set_text(_words(cells[slot]) if slot < len(cells) else "")
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: how far the first PM or TPM moves when all assumptions do."""
    row = frame[frame["id"] == "together"].iloc[0]
    times, role = row["times"], row["role"].upper()
    return f"First {role}: {_span(row)} engineers, each assumption out by a factor of {times:g}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = frame.to_dict("records")
    head = ["Row", "Lowest", "Middle", "Highest", "Source"]
    return [head] + [
        [
            row["name"],
            _number(row["low"]),
            "" if row["kind"] == "advice" else _number(row["middle"]),
            _number(row["high"]),
            row["fact"] or "assumed",
        ]
        for row in rows
    ]


def _number(engineers: float) -> str:
    return f"over {FAR:,}" if np.isnan(engineers) else f"{engineers:,.0f}"


def _span(row: Any) -> str:
    low, high = _number(row["low"]), _number(row["high"])
    return low if low == high else f"{low} to {high}"


def _words(row: dict[Any, Any]) -> str:
    fact = f" ({row['fact']})" if row["fact"] else ""
    return f"{_span(row)}{fact}"


def _height(kind: str, slot: np.ndarray) -> np.ndarray:
    return slot + (0 if kind == "advice" else SLOTS + GAP)


def _slots(axes: Axes, kind: str, slot: int) -> tuple[Text, Text]:
    """The texts on both sides of a row: its name, its range."""
    where: dict[str, Any] = {
        "transform": axes.get_yaxis_transform(),
        "va": "center",
        "animated": True,
    }
    height = float(_height(kind, np.array([slot]))[0])
    small = FONT | {"size": 9}
    name = axes.text(-0.015, height, "", **small, ha="right", **where)
    return name, axes.text(1.015, height, "", **small, ha="left", **where)


def _frame_of(axes: Axes, figure: Figure) -> None:
    axes.set_xscale("log")
    axes.set_xlim(0.93, FAR * 1.05)
    axes.set_ylim(2 * SLOTS + GAP - 0.5, -0.7)
    axes.set_yticks([])
    axes.set_xticks(TICKS, [f"{tick:,}" for tick in TICKS])
    axes.minorticks_off()
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("engineers [people, on a scale that multiplies]", **FONT)
    bold = FONT | {"size": 9.5, "weight": "bold", "va": "center"}
    for words, height in (("Published, for one PM", -1.0), ("The model", SLOTS + GAP - 1)):
        axes.text(-0.733, height, words, **bold, transform=axes.get_yaxis_transform())
    small = FONT | {"size": 8.5}
    words = "Source: published, by fact; model assumed (table workload)"
    figure.text(0.012, 0.02, words, **small)
