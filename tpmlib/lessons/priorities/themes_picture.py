"""A bar for each theme, the highest on top, and the part of it that is one customer's."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import ORANGE, OVER, Update
from tpmlib.kit.parts import SMALL, panel, source, table, title
from tpmlib.kit.words import choices
from tpmlib.lessons.priorities.themes import COUNTS

SIZE = (7.6, 3.8)  # inches
BOX = (0.335, 0.07, 0.53, 0.79)  # of the axes
OTHERS = "#8fbfe0"


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `themes.view`; returns update(frame), which moves bars past each other."""
    axes = panel(figure, BOX, (0, 1), (len(frame) - 0.5, -0.5), "", {})
    axes.spines[:].set_visible(False)
    thick: dict[str, Any] = {"lw": 11, "animated": True}
    bars = [axes.hlines([0], 0, 0, color=colour, **thick) for colour in (OTHERS, ORANGE)]
    beside: dict[str, Any] = {"va": "center", "animated": True, "gid": OVER}
    names = [axes.text(-0.015, 0, "", ha="right", **beside, **SMALL) for _ in range(len(frame))]
    values = [axes.text(0, 0, "", **beside, **SMALL) for _ in range(len(frame))]
    unit = figure.text(0.012, 0.885, "", animated=True, **SMALL)
    head = title(figure, 0.945)
    source(figure, "table feedback, synthetic; 29 comments on other things are left out")

    def update(frame: pd.DataFrame) -> None:
        for bar, column in zip(bars, ("length", "part"), strict=True):
            ends = np.column_stack([np.zeros(len(frame)), frame[column]])
            bar.set_segments(list(np.stack([ends, frame[["place"] * 2].to_numpy()], axis=2)))
        for name, value, row in zip(names, values, frame.to_dict("records"), strict=True):
            name.set(text=row["name"], y=row["place"])
            value.set(text=f"{row['value']:,.0f}", x=row["length"] + 0.012, y=row["place"])
        split = "   orange: its largest customer" if frame["split"].iloc[0] else ""
        unit.set_text(f"bar: {COUNTS[frame['count'].iloc[0]]}{split}")
        head.set_text(finding(frame))

    return update


FOLLOW = True  # a place is a theme, wherever its row stands


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a place that can be clicked."""
    _, bottom, _, height = BOX
    step = height / len(frame)
    boxes = [(0.005, 1 - bottom - height + row * step, 0.99, step) for row in frame["place"]]
    rows = zip(frame["theme"], frame["name"], boxes, strict=True)
    return [{"id": id, "label": name, "box": list(box)} for id, name, box in rows]


def finding(frame: pd.DataFrame) -> str:
    """The title: which theme leads by the count, and whether that is one customer's doing."""
    first = frame.iloc[0]
    if first["split"] and 2 * first["most"] > first["comments"]:
        most, all = first["most"], first["comments"]
        return f"One customer wrote {most:.0f} of the {all:.0f} comments behind the first bar"
    return f"First by this count: {first['name']}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture; one customer's part if it shows."""
    last = None if frame["split"].iloc[0] else -1
    return [row[:last] for row in table(frame, choices("themes.columns"))]
