"""Tally as eight boxes and seven numbered arrows, each with the threats marked on it."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, OVER, PALE, RULE, Update

SIZE = (8.6, 3.9)  # inches
HALF, TALL = 0.065, 0.055  # of a box [share of the picture]
# middle of each box; `flows` in datapackage.json allows these names only
PLACES = {
    "Shop": (0.08, 0.75),
    "Bank": (0.08, 0.49),
    "Support desk": (0.08, 0.23),
    "Dashboard": (0.29, 0.75),
    "API": (0.50, 0.49),
    "Matching": (0.71, 0.49),
    "Database": (0.92, 0.49),
    "Accountant": (0.71, 0.23),
}
LETTERS = {
    "spoofing": "S",
    "tampering": "T",
    "repudiation": "R",
    "disclosure": "I",
    "denial": "D",
    "elevation": "E",
}
KEY = "S spoofing, T tampering, R repudiation, I information disclosure, D denial of service, "


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of table `flows`, each with its `marked` kinds; returns update(frame)."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    for name, place in PLACES.items():
        _box(axes, name, place)
    marks = [_arrow(axes, number, row) for number, row in enumerate(frame.to_dict("records"), 1)]
    bold: dict[str, Any] = FONT | {"size": 12.5, "weight": "bold"}
    title = figure.text(0.012, 0.935, "", animated=True, gid=OVER, **bold)
    small: dict[str, Any] = FONT | {"size": 9}
    figure.text(0.012, 0.075, f"{KEY}E elevation of privilege", **small)
    figure.text(0.012, 0.02, "Source: table flows; synthetic. Letters: what you marked", **small)

    def update(frame: pd.DataFrame) -> None:
        for mark, kinds in zip(marks, frame["marked"], strict=True):
            mark.set_text(letters(kinds))
        title.set_text(finding(frame))

    return update


def _box(axes: Axes, name: str, place: tuple[float, float]) -> None:
    x, y = place
    size = (2 * HALF, 2 * TALL)
    axes.add_patch(Rectangle((x - HALF, y - TALL), *size, fc=PALE, ec=RULE, lw=1.2, zorder=3))
    axes.text(x, y, name, ha="center", va="center", zorder=4, **(FONT | {"size": 9.5}))


def _arrow(axes: Axes, number: int, row: dict[str, Any]) -> Text:
    """The still arrow with its number; returns the moving text of its letters."""
    (x, y), (to_x, to_y) = PLACES[row["start"]], PLACES[row["end"]]
    level = y == to_y
    start = (x + HALF, y)
    end = (to_x - HALF, to_y) if level else (to_x - HALF, to_y + (TALL if y > to_y else -TALL) / 2)
    if row["start"] == "API" and not level:
        start, end = (x + HALF, y - TALL / 2), (to_x - HALF, to_y)
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.3})
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    circle: dict[str, Any] = {"boxstyle": "circle,pad=0.18", "fc": "white", "ec": INK}
    still = FONT | {"size": 8.5}
    axes.text(*middle, str(number), ha="center", va="center", bbox=circle, zorder=5, **still)
    moving: dict[str, Any] = FONT | {"size": 10.5, "weight": "bold", "color": BLUE}
    # beside an arrow that falls, so that the letters do not stand on its line; else above
    place, side = ((0.025, 0.03), "left") if to_y < y else ((0, 0.075), "center")
    x, y = middle[0] + place[0], middle[1] + place[1]
    return axes.text(x, y, "", ha=side, va="center", animated=True, gid=OVER, **moving)


def letters(kinds: str) -> str:
    """The first letters of some kinds, in the order of the word STRIDE."""
    return " ".join(letter for kind, letter in LETTERS.items() if kind in kinds.split())


def arrows(frame: pd.DataFrame) -> str:
    """The seven arrows in words, for those who do not see the picture."""
    return "; ".join(
        f"{number}, {row['start']} to {row['end']}"
        + (f", marked {letters(row['marked'])}" if row["marked"] else "")
        for number, row in enumerate(frame.to_dict("records"), 1)
    )


def finding(frame: pd.DataFrame) -> str:
    """The title: how many threats are marked, and on how many arrows."""
    counts = frame["marked"].str.split().str.len()
    if not counts.sum():
        return f"Tally as {len(frame)} arrows, and no threat marked yet"
    threats = "threat" if counts.sum() == 1 else "threats"
    return f"{counts.sum()} {threats} marked, on {(counts > 0).sum()} of {len(frame)} arrows"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    rows = [
        [f"{number}. {row['start']} to {row['end']}", row["carries"], row["now"]]
        for number, row in enumerate(frame.to_dict("records"), 1)
    ]
    return [["Arrow", "Carries", "What stands there now"], *rows]
