"""Tally as four boxes and three arrows between them, with the threats open on each."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import FONT, INK, ORANGE, OVER, PALE, RULE, Update
from tpmlib.kit.parts import SMALL, source, table, title
from tpmlib.kit.words import say

SIZE = (7.6, 1.8)  # inches, so flat that the threats below it are ticked in its sight
HALF, TALL = 0.085, 0.11  # half the width and half the height of a box [share of the picture]
# middle of each box; `flows` in datapackage.json allows these names only
PLACES = {
    "Bank": (0.1, 0.69),
    "API": (0.55, 0.69),
    "Support desk": (0.9, 0.69),
    "Matching": (0.55, 0.19),
}
NEAR = 0.13  # width of the place of an arrow that can be clicked [share of the picture]
YOU = 0.05  # room that the mark of the chosen place needs before the next box


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of table `flows`, with `open` kinds as far as told; returns update(frame)."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    for name, (x, y) in PLACES.items():
        size = (2 * HALF, 2 * TALL)
        axes.add_patch(Rectangle((x - HALF, y - TALL), *size, fc=PALE, ec=RULE, lw=1.2, zorder=3))
        axes.text(x, y, name, ha="center", va="center", zorder=4, **(FONT | {"size": 9.5}))
    marks = [_arrow(axes, number, row) for number, row in enumerate(frame.to_dict("records"), 1)]
    head = title(figure, 0.87)
    head.set_gid(OVER)
    source(figure, "tables flows, threats; synthetic")

    def update(frame: pd.DataFrame) -> None:
        for mark, kinds in zip(marks, frame["open"], strict=True):
            mark.set_text("\n".join(kinds.split()))
        head.set_text(finding(frame))

    return update


def _ends(row: dict[str, Any]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where an arrow begins and ends, between the sides of its boxes that face each other."""
    (x, y), (to_x, to_y) = PLACES[row["start"]], PLACES[row["end"]]
    if x == to_x:
        return (x, y - TALL), (to_x, to_y + TALL)
    side = HALF if to_x > x else -HALF
    return (x + side, y), (to_x - side, to_y)


def _arrow(axes: Axes, number: int, row: dict[str, Any]) -> Text:
    """The still arrow with its number; returns the moving text of what is open on it."""
    start, end = _ends(row)
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.6})
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    circle: dict[str, Any] = {"boxstyle": "circle,pad=0.25", "fc": "white", "ec": INK}
    axes.text(x, y, str(number), ha="center", va="center", bbox=circle, zorder=5, **SMALL)
    look: dict[str, Any] = {"weight": "bold", "animated": True, "gid": OVER, "color": ORANGE}
    if start[0] == end[0]:
        return axes.text(x + 0.025, y, "", **(SMALL | look | {"va": "center"}))
    return axes.text(x - 0.045, y - TALL - 0.02, "", **(SMALL | look | {"va": "top"}))


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each arrow as a place that can be clicked."""
    spots = []
    for row in frame.to_dict("records"):
        (x, y), (to_x, to_y) = _ends(row)
        wide, tall = abs(x - to_x) - YOU if x != to_x else NEAR, abs(y - to_y) or NEAR
        box = [min(x, to_x) if x != to_x else x - NEAR / 2, 1 - (y + to_y + tall) / 2, wide, tall]
        spots.append({"id": row["flow_id"], "label": f"{row['start']} to {row['end']}", "box": box})
    return spots


def finding(frame: pd.DataFrame) -> str:
    """The title: how many arrows are checked, and how many threats are open on them."""
    count, threats = (frame["open"] != "").sum(), frame["open"].str.split().str.len().sum()
    if not count:
        return f"None of {len(frame)} arrows is checked yet"
    return f"{count} of {len(frame)} arrows checked: {say('flows.open', n=threats)}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    heads = {"{start} to {end}": "Arrow", "{carries}": "Carries", "{now}": "Stands there now"}
    return table(frame, heads)
