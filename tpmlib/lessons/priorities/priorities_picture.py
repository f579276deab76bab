"""Lists of the same initiatives side by side, discs for the first three, and how often each is."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, OVER, Update
from tpmlib.kit.parts import MOVING, SMALL, column, panel, source, table, title, write
from tpmlib.lessons.priorities.priorities import DRAWS, METHODS, TOP, columns_of

SIZE = (7.6, 3.9)  # inches
ROWS = 16
WHOLE = (-6.0, DRAWS - 0.5)  # row with its name, on the scale of the lists [columns]
GREY, PALE, MINE = "#6b737c", "#b9d7ea", "#f6e0cc"
HEADS = {  # of each column, in lines that fit above it; of a method, what it asks below its name
    "reach": "reaches\n[shops a\nquarter]",
    "delay_cost": "waiting costs\n[$1,000\na week]",
    "effort_likely": "takes\n[weeks of an\nengineer]",
    "rank_rice": "\nHow many\nreached?",
    "rank_delay": "\nWhat does\na week cost?",
    "rank_wsjf": "\nHow urgent,\nin points?",
    "rank_opportunity": "\nWhat do\npeople miss?",
    "rank_pillars": "\nDoes it fit\nour aims?",
} | {f"draw_{number}": str(number + 1) for number in range(DRAWS)}
TOTALS = {"methods": "on how many\nlists of five", "draws": "in how many\nof all draws"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `priorities.view`; returns update(frame), which moves all but the axes."""
    rows = (ROWS - 0.5, -0.5)
    lists = panel(figure, (0.29, 0.065, 0.5, 0.74), (-0.5, DRAWS - 0.5), rows, "", {})
    shares = panel(figure, (0.815, 0.065, 0.115, 0.74), (0, 1), rows, "", {})
    for axes in (lists, shares):
        axes.spines[:].set_visible(False)
    joins = LineCollection([], colors=PALE, linewidths=5, animated=True, zorder=1)
    lists.add_collection(joins)
    band = lists.hlines([0], 0, 0, color=MINE, lw=14, animated=True, clip_on=False, zorder=0)
    (discs,) = lists.plot([], [], "o", color=BLUE, ms=12.5, zorder=2, **MOVING)
    bars = shares.hlines([0], 0, 0, color=BLUE, lw=9, animated=True)
    names, says = column(lists, -0.75, ROWS, gid=OVER), column(shares, 0, ROWS, "left", gid=OVER)
    cells = [column(lists, 0, ROWS, "center", gid=OVER) for _ in range(DRAWS)]
    above: dict[str, Any] = {"side": "center", "va": "bottom", "gid": OVER}
    heads, bolds = (column(lists, 0, DRAWS, weight=w, **above) for w in ("normal", "bold"))
    total = figure.text(0.815, 0.82, "", animated=True, **SMALL)
    head = title(figure, 0.952)
    source(figure, "table initiatives, synthetic; errors assumed", 0.015)

    def update(frame: pd.DataFrame) -> None:
        shown = columns_of(frame)
        ranks = frame[shown].to_numpy(int)
        tops = (ranks <= TOP) & (frame["lists"].iloc[0] != "table")
        across = (np.arange(len(shown)) + 0.5) * DRAWS / len(shown) - 0.5
        y, x = np.nonzero(tops)
        discs.set_data(across[x], y)
        joins.set_segments([[(across[x[y == row][end]], row) for end in (0, -1)] for row in {*y}])
        write(heads, (HEADS[name] for name in shown))
        write(bolds, (METHODS.get(name[5:], "") + "\n\n" for name in shown))
        for text, bold, x in zip(heads, bolds, across, strict=False):
            text.set_position((x, -0.6))
            bold.set_position((x, -0.6))
        _cells(cells, across, ranks, tops)
        write(names, frame["name"])
        band.set_segments([[(x, y) for x in WHOLE] for y, own in enumerate(frame["mine"]) if own])
        _shares(bars, says, total, frame)
        head.set_text(finding(frame))

    return update


def _cells(cells: list[Any], across: np.ndarray, ranks: np.ndarray, tops: np.ndarray) -> None:
    """The rank of each row in each list that is on show; white on the discs of `tops`."""
    for texts in cells[len(across) :]:
        write(texts, [])
    for texts, x, list_, top in zip(cells, across, ranks.T, tops.T, strict=False):
        write(texts, map(str, list_))
        for text, is_top in zip(texts, top, strict=True):
            text.set(x=x, color="white" if is_top else GREY)


def _shares(bars: Any, says: list[Any], total: Any, frame: pd.DataFrame) -> None:
    """How often each initiative is among three; nothing with one list on show."""
    kind = frame["lists"].iloc[0]
    total.set_text(TOTALS.get(kind, ""))
    share = frame["share"].to_numpy()[: None if kind in TOTALS else 0]
    bars.set_segments([[(0, row), (end, row)] for row, end in enumerate(share)])
    write(
        says, (f"{len(METHODS) * end:.0f}" if kind == "methods" else f"{end:.0%}" for end in share)
    )
    for text, end in zip(says, share, strict=False):
        text.set_x(end + 0.06)


def finding(frame: pd.DataFrame) -> str:
    """The title: the three of one list, how many all lists name, or how often the three stay."""
    row = frame.iloc[0]
    if row["lists"] == "methods":
        return f"Five lists of three name {row['distinct']} different things to build"
    if row["lists"] == "draws":
        return f"{METHODS[row['method']]}: the same three in {row['same']:.0%} of the draws"
    return "Three places for sixteen things to build"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture, as far as it is on show."""
    heads = {
        f"{{{name}:.0f}}": METHODS.get(name[5:], "") + HEADS[name].replace("\n", " ")
        for name in columns_of(frame)
    }
    shares = {"{share:.0%}": "Among three"} if frame["lists"].iloc[0] in TOTALS else {}
    return table(frame, {"{name}": "Initiative"} | heads | shares)
