"""Ranges on one scale of engineers: each guess moved alone, then all at once, a choice apart."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, column, gridded, source, table, title, write
from tpmlib.kit.words import choices
from tpmlib.lessons.org_size.org_spread import FAR, place_ids, span

SIZE = (7.6, 3.4)  # inches
BOX = (0.29, 0.205, 0.535, 0.67)  # of the axes
HEIGHTS = np.array([0, 1, 2, 3, 4, 5.6])  # of the rows, from the top; the choice stands apart
ROWS = 6.7  # that there is room for
PURPLE = "#8E3A80"
SIDES, ENDS = ("right", "left"), ("with delivery", "engineering depth alone")
TICKS = (2, 5, 10, 20, 50, 100, 200, 500)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `org_spread.view`; returns update(frame), which moves the ranges."""
    axes = _axes(figure)
    colours = [_colour(row) for row in frame.itertuples()]
    bars = axes.hlines(HEIGHTS, 1, 1, colors=colours, lw=7, zorder=2, animated=True)
    (middle,) = axes.plot([], [], color=INK, lw=1.2, ls="--", zorder=3, **MOVING)
    beside = axes.get_yaxis_transform()
    names = column(axes, -0.025, len(HEIGHTS), transform=beside, size=9.5)
    spans = column(axes, 1.025, len(HEIGHTS), "left", transform=beside, size=9.5)
    names[-1].set_y(HEIGHTS[-1])
    spans[-1].set_y(HEIGHTS[-1])
    readings = [axes.text(0, 0, "", **SMALL | MOVING | {"va": "center", "ha": ha}) for ha in SIDES]
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        rows = told(frame)
        low, high = (np.nan_to_num(rows[end].to_numpy(float), nan=FAR) for end in ("low", "high"))
        heights = HEIGHTS[: len(rows)]
        ends = zip(low, high, heights, strict=True)
        bars.set_segments([np.array([[start, y], [stop, y]]) for start, stop, y in ends])
        middle.set_data([frame["middle"].iloc[0]] * 2, [-0.6, heights[-1] + 0.6])
        write(names, rows["name"])
        write(spans, [] if frame["shown"].iloc[0] == "names" else rows.apply(span, axis=1))
        for text, end, label in zip(readings, (low[-1] / 1.1, high[-1] * 1.1), ENDS, strict=True):
            text.set(position=(end, HEIGHTS[-1]), text=label if len(rows) == len(HEIGHTS) else "")
        head.set_text(finding(frame))

    return update


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that stand on the picture: all at once, and the choice, only when they are told."""
    return frame if frame["shown"].iloc[0] == "all" else frame[~frame["later"]]


def _colour(row: Any) -> str:
    return {"together": PURPLE, "tpm_means": ORANGE}.get(row.id, BLUE)


def _axes(figure: Figure) -> Axes:
    axes = gridded(figure, BOX, (1.9, 520), (ROWS - 0.5, -0.5), "x")
    axes.set_xscale("log")
    axes.set_yticks([])
    axes.set_xticks(TICKS, [f"{tick:,}" for tick in TICKS])
    axes.minorticks_off()
    axes.set_xlabel("size at the first TPM [engineers]", **FONT)
    source(figure, "assumed hours. Dashed: by our guesses", 0.02, 8.5)
    return axes


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a place that can be clicked, its numbers too: the badge stands right of it."""
    _, bottom, _, height = BOX
    step, rows = height / ROWS, told(frame)
    return [
        {
            "id": id,
            "label": name,
            "box": [0.01, 1 - bottom - height + row * step, 0.92, step],
        }
        for row, id, name in zip(HEIGHTS, place_ids(rows), rows["name"], strict=False)
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: how far the first TPM moves, as far as it is told."""
    rows, shown = frame.set_index("id"), frame["shown"].iloc[0]
    if shown == "names":
        return f"First TPM at {frame['middle'].iloc[0]:.0f} engineers, if four guesses are right"
    if shown == "each":
        return f"Each guess out by {frame['times'].iloc[0]:g}: the first TPM moves this far"
    all_four, choice = span(rows.loc["together"]), span(rows.loc["tpm_means"])
    times = f"{frame['times'].iloc[0]:g}"
    return f"All four out by {times}: {all_four} engineers. What a TPM takes on: {choice}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture; none before the bars are drawn."""
    if frame["shown"].iloc[0] == "names":
        return [["Moved"]]
    rows = told(frame)
    fold = (rows["high"] / rows["low"]).map("{:.1f}".format).replace("nan", "more than told")
    return table(
        rows.assign(span=rows.apply(span, axis=1), fold=fold), choices("org_spread.columns")
    )
