"""The hours that a week of small questions costs, as one bar, and its shadow of another step."""

import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, SMALL, gridded, source, title, words
from tpmlib.lessons.architecture.interruption import MOVES

SIZE = (7.6, 2.2)  # inches
MOST = 25  # hours that have room
GREY, PALE = "#6a737d", "#e6e9ed"
COLOURS = dict(zip(MOVES, (BLUE, GREY, ORANGE), strict=True))
KEY = {0.03: "answering", 0.16: "getting back to work", 0.39: "others wait"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the row of `interruption`; returns update(frame), which moves the bar."""
    axes = gridded(figure, (0.03, 0.3, 0.93, 0.38), (0, MOST), (-0.5, 0.5), "x")
    axes.set_yticks([])
    axes.set_xlabel("what the questions cost [hours a week]", labelpad=1, **SMALL)
    (ghost,) = axes.barh([0], [0], height=0.95, color=PALE, animated=True)
    bars = {name: axes.barh([0], [0], color=COLOURS[name], animated=True)[0] for name in MOVES}
    (saved,) = axes.plot([], [], color=INK, lw=1.6, ls="--", **MOVING)
    for (place, label), colour in zip(KEY.items(), COLOURS.values(), strict=True):
        words(figure, place, 0.73, f"■ {label}", colour)
    words(figure, 0.52, 0.73, "┆ saved by those who ask     pale: before", INK)
    source(figure, "assumed minutes, none is measured")
    head = title(figure, 0.89)

    def update(frame: pd.DataFrame) -> None:
        row, left = frame.iloc[0], 0.0
        for name, bar in bars.items():
            bar.set_x(left)
            bar.set_width(row[name])
            left += row[name]
        ghost.set_width(sum(row.get(f"ghost_{name}", 0.0) for name in MOVES))
        saved.set_data([min(row["saved"], MOST)] * 2, [-0.5, 0.5])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: what the questions cost."""
    row = frame.iloc[0]
    return f"{row['questions']:g} questions, answered {row['when']}: {row['cost']:.1f} hours a week"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """No table: the sentence says each part."""
    return [["Hours of a week"]]
