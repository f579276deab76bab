"""Tally as eight boxes and seven numbered arrows, each with the threats marked on it."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, OVER, PALE, RULE, Update
from tpmlib.kit.parts import source, table, title, words

SIZE = (8.6, 3.9)  # inches
HALF, TALL = 0.065, 0.055  # half the width and half the height of a box [share of the picture]
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
# the kinds of threat in the order of the word STRIDE, which their first letters make
KINDS = {
    "spoofing": "Spoofing: pass for another",
    "tampering": "Tampering: change data",
    "repudiation": "Repudiation: deny what was done",
    "disclosure": "Information disclosure: read what was not meant for you",
    "denial": "Denial of service: take it from others",
    "elevation": "Elevation of privilege: gain a right not given",
}
NAMES = {kind: label.split(":")[0] for kind, label in KINDS.items()}
LETTERS = {kind: name[0] for kind, name in NAMES.items()}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of table `flows`, each with its `marked` kinds; returns update(frame)."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    for name, place in PLACES.items():
        _box(axes, name, place)
    marks = [_arrow(axes, number, row) for number, row in enumerate(frame.to_dict("records"), 1)]
    head = title(figure, 0.935)
    head.set_gid(OVER)
    key = (f"{LETTERS[kind]} {name.lower()}" for kind, name in NAMES.items())
    words(figure, 0.012, 0.075, ", ".join(key))
    source(figure, "table flows; synthetic. Letters: what you marked")

    def update(frame: pd.DataFrame) -> None:
        for mark, kinds in zip(marks, frame["marked"], strict=True):
            mark.set_text(letters(kinds))
        head.set_text(finding(frame))

    return update


def _box(axes: Axes, name: str, place: tuple[float, float]) -> None:
    x, y = place
    size = (2 * HALF, 2 * TALL)
    axes.add_patch(Rectangle((x - HALF, y - TALL), *size, fc=PALE, ec=RULE, lw=1.2, zorder=3))
    axes.text(x, y, name, ha="center", va="center", zorder=4, **(FONT | {"size": 9.5}))


def _arrow(axes: Axes, number: int, row: dict[str, Any]) -> Text:
    """The still arrow with its number; returns the moving text of its letters."""
    (x, y), (to_x, to_y) = PLACES[row["start"]], PLACES[row["end"]]
    start, end = (x + HALF, y), (to_x - HALF, to_y)
    # an arrow to another level ends beside the middle of a box, or starts there at the API
    if row["start"] == "API" and y != to_y:
        start = (x + HALF, y - TALL / 2)
    else:
        end = (to_x - HALF, to_y + np.sign(y - to_y) * TALL / 2)
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 1.3})
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    circle: dict[str, Any] = {"boxstyle": "circle,pad=0.18", "fc": "white", "ec": INK}
    still = FONT | {"size": 8.5}
    axes.text(*middle, str(number), ha="center", va="center", bbox=circle, zorder=5, **still)
    moving: dict[str, Any] = FONT | {"size": 10.5, "weight": "bold", "color": BLUE}
    # beside an arrow that falls, so that the letters do not stand on its line; else above
    (right, up), side = ((0.025, 0.03), "left") if to_y < y else ((0, 0.075), "center")
    look: dict[str, Any] = moving | {"ha": side, "va": "center", "animated": True, "gid": OVER}
    return axes.text(middle[0] + right, middle[1] + up, "", **look)


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
    columns = {
        "Arrow": "{number}. {start} to {end}",
        "Carries": "{carries}",
        "What stands there now": "{now}",
    }
    return table(frame.assign(number=range(1, len(frame) + 1)), columns)
