"""Twelve months of outages as columns, and a line that a promise draws through them."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, OVER, Update
from tpmlib.kit.parts import MOVING, SMALL, gridded, source, table, title, words
from tpmlib.kit.words import choices
from tpmlib.lessons.architecture.architecture import MONTH
from tpmlib.lessons.architecture.outages import MONTHS, in_minutes

SIZE = (7.6, 3.4)  # inches
BOX = (0.055, 0.21, 0.825, 0.645)  # of the axes
MOST, HALF = 240, 0.46  # minutes; half a column [months]
ROOM, LABEL = 19, 30  # minutes that a word needs, and from a line to the label of the other
RED, PALE = "#c0272d", "#e6e9ed"
NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `outages`; returns update(frame), which moves blocks and line."""
    axes = gridded(figure, BOX, (0.4, MONTHS + 0.5), (0, MOST), "y")
    axes.set(xticks=range(1, MONTHS + 1), xticklabels=NAMES, yticks=range(0, MOST + 1, 50))
    axes.set_xlabel("last year [month]", labelpad=2, **SMALL)
    source(figure, "table outages; synthetic. Red: breaks the promise")
    was = frame.assign(start=frame.groupby("month")["minutes"].cumsum() - frame["minutes"])
    above = frame.groupby("month")["minutes"].sum() + ROOM
    year = _blocks(was[["month", "start", "minutes"]])
    axes.add_collection(PolyCollection(year, facecolors=PALE, edgecolors="white", linewidths=1.2))
    blocks = PolyCollection([], edgecolors="white", linewidths=1.2, animated=True)
    axes.add_collection(blocks)
    look: dict[str, Any] = SMALL | {"ha": "center", "va": "center", "color": "white"}
    causes = [axes.text(0, 0, "", animated=True, gid=OVER, **look) for _ in range(len(frame))]
    (line,) = axes.plot([], [], color=INK, lw=1.8, **MOVING)
    (own,) = axes.plot([], [], color=INK, lw=1.4, ls="--", **MOVING)
    look |= {"ha": "left", "color": INK, "animated": True}
    beside, signed = (axes.text(MONTHS + 0.6, 0, "", **look) for _ in range(2))
    words(figure, 0.055, 0.875, "time down [minutes]")
    head = title(figure, 0.94)

    def update(frame: pd.DataFrame) -> None:
        row = frame.iloc[0]
        blocks.set_verts(_blocks(frame[["month", "start", "down"]]))
        blocks.set_facecolor([RED if over else BLUE for over in frame["total"] > row["budget"]])
        for text, block in zip(causes, frame.to_dict("records"), strict=True):
            left, month = block["excluded"], block["month"]
            text.set_position((month, above[month] if left else block["start"] + ROOM / 1.6))
            told = block["cause"] * (left or block["down"] >= ROOM) + "\nleft out" * left
            text.set(text=told, color=INK if left else "white")
        height = min(row["budget"], MOST)
        line.set_data([0.4, MONTHS + 0.5], [height, height])
        beside.set_y(min(height, MOST - 20))
        beside.set_text(f"{in_minutes(row['budget'])}\nallowed")
        mine = min(row.get("ghost_budget", height), MOST)
        own.set_data([0.4, MONTHS + 0.5], [mine, mine])
        signed.set_y(mine + (LABEL if mine > height else -LABEL))
        signed.set_text("" if mine == height else f"you offered\n{100 - 100 * mine / MONTH:g}%")
        head.set_text(finding(frame))

    return update


def _blocks(parts: pd.DataFrame) -> list[np.ndarray]:
    """A block for each row of month, start and minutes."""
    return [
        np.array([[x - HALF, y], [x + HALF, y], [x + HALF, y + up], [x - HALF, y + up]])
        for x, y, up in parts.to_numpy(float)
    ]


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each outage as a place that can be clicked; those of one cause are one answer."""
    left, bottom, width, height = BOX
    across, up = width / (MONTHS + 0.1), height / MOST
    wide = 2 * HALF * across
    return [
        {
            "id": cause,
            "label": f"{cause}, {NAMES[month - 1]}",
            "box": [left + (month - HALF - 0.4) * across, top - down * up, wide, down * up],
        }
        for cause, month, start, down in frame[["cause", "month", "start", "down"]].values
        for top in [1 - bottom - start * up]
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: how many months break the promise."""
    row = frame.iloc[0]
    if not row["broken"]:
        return f"A promise of {row['slo']:g}%, kept in all {MONTHS} months"
    return f"A promise of {row['slo']:g}%, broken in {row['broken']} of {MONTHS} months"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    names = frame["month"].map(lambda month: NAMES[month - 1])
    minutes = frame["down"].map("{:.0f}".format).mask(frame["excluded"], "not counted")
    return table(frame.assign(name=names, minutes=minutes), choices("outages.columns"))
