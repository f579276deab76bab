"""Ranges on one scale of engineers: each assumption moved alone, then several at once."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, column, gridded, source, table, title, write
from tpmlib.kit.words import choices
from tpmlib.lessons.org_size.org_spread import FAR, place_ids, span

SIZE = (7.6, 3.8)  # inches
BOX = (0.31, 0.185, 0.515, 0.7)  # of the axes
ROWS = 8
PURPLE = "#8E3A80"
TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `org_spread.view`; returns update(frame), which moves the ranges."""
    axes = _axes(figure)
    colours = [_colour(row) for row in frame.itertuples()]
    bars = axes.hlines([1] * ROWS, [1], [1], colors=colours, lw=7, zorder=2, animated=True)
    (beyond,) = axes.plot([], [], ">", color=INK, ms=8, zorder=4, **MOVING)
    (middle,) = axes.plot([], [], color=INK, lw=1.2, ls="--", zorder=3, **MOVING)
    beside = axes.get_yaxis_transform()
    names = column(axes, -0.025, ROWS, transform=beside, size=9.5)
    spans = column(axes, 1.025, ROWS, "left", transform=beside, size=9.5)
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        rows = told(frame)
        low, high = (np.nan_to_num(rows[end].to_numpy(float), nan=FAR) for end in ("low", "high"))
        heights = np.arange(len(rows))
        ends = zip(low, high, heights, strict=True)
        bars.set_segments([np.array([[start, y], [stop, y]]) for start, stop, y in ends])
        never = rows["high"].isna().to_numpy()
        beyond.set_data(high[never], heights[never])
        middle.set_data([frame["middle"].iloc[0]] * 2, [-0.6, len(rows) - 0.4])
        write(names, rows["name"])
        write(spans, [] if frame["shown"].iloc[0] == "names" else rows.apply(span, axis=1))
        head.set_text(finding(frame))

    return update


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows that stand on the picture: several at once only when they are told."""
    return frame if frame["shown"].iloc[0] == "all" else frame[~frame["several"]]


def _colour(row: Any) -> str:
    return PURPLE if row.several else ORANGE if row.id == "tpm_means" else BLUE


def _axes(figure: Figure) -> Axes:
    axes = gridded(figure, BOX, (0.93, FAR * 1.05), (ROWS - 0.5, -0.5), "x")
    axes.set_xscale("log")
    axes.set_yticks([])
    axes.set_xticks(TICKS, [f"{tick:,}" for tick in TICKS])
    axes.minorticks_off()
    axes.set_xlabel("size at the first TPM [engineers]; equal steps multiply", **FONT)
    source(figure, "assumed, table workload. Dashed: as the model stands", 0.02, 8.5)
    return axes


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a place that can be clicked."""
    left, bottom, width, height = BOX
    step, rows = height / ROWS, told(frame)
    return [
        {
            "id": id,
            "label": name,
            "box": [0.01, 1 - bottom - height + row * step, left + width - 0.01, step],
        }
        for row, (id, name) in enumerate(zip(place_ids(rows), rows["name"], strict=True))
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: how far the first TPM moves, as far as it is told."""
    rows, shown = frame.set_index("id"), frame["shown"].iloc[0]
    if shown == "names":
        return f"First TPM at {frame['middle'].iloc[0]:.0f} engineers, if six guesses are right"
    if shown == "each":
        return f"Each guess out by {frame['times'].iloc[0]:g}: the first TPM moves this far"
    return (
        f"All out by {frame['times'].iloc[0]:g}: {span(rows.loc['together'])} engineers, at worst"
    )


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture; none before the bars are drawn."""
    if frame["shown"].iloc[0] == "names":
        return [["Moved"]]
    rows = told(frame)
    fold = (rows["high"] / rows["low"]).map("{:.1f}".format).replace("nan", "more than told")
    return table(
        rows.assign(span=rows.apply(span, axis=1), fold=fold), choices("org_spread.columns")
    )
