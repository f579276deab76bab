"""What each architecture costs at each load: four lines, and the place where they cross."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, GREEN, INK, ORANGE, OVER, Update
from tpmlib.kit.parts import MOVING, SMALL, gridded, source, table, title, words
from tpmlib.kit.words import choices
from tpmlib.lessons.architecture.architecture import run_cost

SIZE = (7.6, 3.75)  # inches
BOX = (0.075, 0.165, 0.71, 0.69)  # of the axes
MOST, DEAREST, GAP = 150, 70, 4.0  # thousand shops; k$ a month, and between two labels
BANDS = {"before_40": (20, 40), "before_80": (40, 80), "before_150": (80, 150)}  # thousand shops
GREY = "#5d6670"
COLOURS = {"managed": ORANGE, "monolith": BLUE, "modular": "#8E3A80", "services": GREEN}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `architecture`; returns update(frame), which lets the lines grow."""
    axes = gridded(figure, BOX, (0, MOST), (0, DEAREST), "y")
    axes.set_xticks(range(0, MOST + 1, 10))
    axes.set_xlabel("shops served [thousand]", labelpad=2, **SMALL)
    source(figure, "tables architectures, components; synthetic")
    (cross,) = axes.plot([], [], "o", color=INK, ms=11, mfc="none", mew=2, zorder=5, **MOVING)
    axes.axvline(frame["shops"].iloc[0], color=GREY, lw=1, zorder=1)
    axes.text(frame["shops"].iloc[0] + 1, DEAREST - 3, "Tally today", **(SMALL | {"color": GREY}))
    look: dict[str, Any] = {"lw": 2.2, "solid_capstyle": "butt", **MOVING}
    colours = [COLOURS.get(name, INK) for name in frame["architecture_id"]]
    lines = [axes.plot([], [], color=colour, **look)[0] for colour in colours]
    ends = [
        axes.text(0, 0, "", va="center", animated=True, gid=OVER, **(SMALL | {"color": colour}))
        for colour in colours
    ]
    words(figure, 0.075, 0.875, "thousand dollars a month")
    head = title(figure, 0.94)

    def update(frame: pd.DataFrame) -> None:
        row = frame.iloc[0]
        loads = np.linspace(0.25, row["until"], round(4 * row["until"]))
        costs = run_cost(frame, loads[:, None], row["copies"])
        for line, cost in zip(lines, costs.T, strict=True):
            line.set_data(loads, cost)
        _label(ends, frame, costs[-1])
        shares = [row["crossover"]] if row["crossover"] <= row["until"] else []
        cross.set_data(shares, [run_cost(frame, each, row["copies"]).min() for each in shares])
        head.set_text(finding(frame))

    return update


def _label(ends: list[Any], frame: pd.DataFrame, costs: np.ndarray) -> None:
    """Put each name at the end of its line, none on another."""
    height = -GAP
    for place in np.argsort(costs):
        height = max(float(costs[place]), height + GAP)
        ends[place].set_position((frame["until"].iloc[0] + 1.5, height))
        ends[place].set_text(frame["name"].iloc[place])


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Stretches of the scale of shops that can be clicked."""
    left, bottom, width, height = BOX
    return [
        {
            "id": name,
            "label": f"{low} to {high} thousand shops",
            "box": [left + width * low / MOST, 0.24, width * (high - low) / MOST, height - 0.1],
        }
        for name, (low, high) in BANDS.items()
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: who is cheapest, now or up to the crossover."""
    row = frame.iloc[0]
    if row["until"] < MOST:
        return f"{row['cheapest']}: cheapest at {row['shops']:g} thousand shops"
    low = frame.loc[run_cost(frame, 1.0, row["copies"]).argmin(), "name"]
    if row["crossover"] >= MOST:
        return f"{low}: cheapest at every size shown"
    return f"{low}: cheapest up to {row['crossover']:.0f} thousand shops"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    keeps, move = np.where(frame["kept"], "yes", "no"), frame["weeks"].map("{:.0f}".format)
    move.iloc[0] = "none: so Tally is built today"  # the table begins with it
    return table(frame.assign(keeps=keeps, move=move), choices("architecture.columns"))
