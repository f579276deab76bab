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
GREY, PALE = "#6b737c", "#b9d7ea"
HEADS = {  # what each method is called, and what it asks, in lines that fit above its column
    "rank_rice": "RICE\nhow many\nit reaches",
    "rank_delay": "Cost of\ndelay, in\nmoney",
    "rank_wsjf": "WSJF\ndelay, in\npoints",
    "rank_opportunity": "Opportunity\nwhat people\nmiss",
    "rank_pillars": "Pillars\nour aims\n",
} | {f"draw_{number}": str(number + 1) for number in range(DRAWS)}
TOTALS = {
    "first": "",
    "methods": "on how many\nlists of five",
    "draws": "in how many\nof all draws",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `priorities.view`; returns update(frame), which moves all but the axes."""
    rows = (ROWS - 0.5, -0.5)
    lists = panel(figure, (0.29, 0.065, 0.5, 0.74), (-0.5, DRAWS - 0.5), rows, "", {})
    shares = panel(figure, (0.815, 0.065, 0.115, 0.74), (0, 1), rows, "", {})
    for axes in (lists, shares):
        axes.spines[:].set_visible(False)
    joins = LineCollection([], colors=PALE, linewidths=5, animated=True, zorder=1)
    lists.add_collection(joins)
    (discs,) = lists.plot([], [], "o", color=BLUE, ms=12.5, zorder=2, **MOVING)
    bars = shares.hlines([0], 0, 0, color=BLUE, lw=9, animated=True)
    names, says = column(lists, -0.75, ROWS), column(shares, 0, ROWS, "left", gid=OVER)
    places = [column(lists, 0, ROWS, "center", gid=OVER) for _ in range(DRAWS)]
    heads = column(lists, 0, DRAWS, "center", va="bottom", gid=OVER)
    total = figure.text(0.815, 0.82, "", animated=True, **SMALL)
    head = title(figure, 0.952)
    source(figure, "table initiatives, synthetic; errors assumed", 0.015)

    def update(frame: pd.DataFrame) -> None:
        shown = columns_of(frame)
        ranks = frame[shown].to_numpy(int)
        across = (np.arange(len(shown)) + 0.5) * DRAWS / len(shown) - 0.5
        y, x = np.nonzero(ranks <= TOP)
        discs.set_data(across[x], y)
        joins.set_segments([[(across[x[y == row][end]], row) for end in (0, -1)] for row in {*y}])
        write(heads, (HEADS[name] for name in shown))
        for texts, above, place in zip(places, heads, across, strict=False):
            above.set_position((place, -0.6))
            for text in texts:
                text.set_x(place)
        for texts, list_ in zip(places, [*ranks.T, *[[]] * DRAWS], strict=False):
            write(texts, map(str, list_))
            for text, rank in zip(texts, list_, strict=False):
                text.set_color("white" if rank <= TOP else GREY)
        write(names, frame["name"])
        _shares(bars, says, frame)
        total.set_text(TOTALS[frame["lists"].iloc[0]])
        head.set_text(finding(frame))

    return update


def _shares(bars: Any, says: list[Any], frame: pd.DataFrame) -> None:
    """How often each initiative is among three; nothing with one list on show."""
    kind = frame["lists"].iloc[0]
    share = frame["share"].to_numpy()[: 0 if kind == "first" else None]
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
    return f"{METHODS[row['method']]}: three places for sixteen things to build"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture, as far as it is on show."""
    columns = {"Initiative": "{name}"}
    columns |= {HEADS[name].replace("\n", " "): f"{{{name}}}" for name in columns_of(frame)}
    shares = {} if frame["lists"].iloc[0] == "first" else {"Among three": "{share:.0%}"}
    return table(frame, columns | shares)
