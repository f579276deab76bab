"""A hill of random deals, and where the printed titles stand."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, Update
from tpmlib.kit.parts import MOVING, gridded, source, table, title, words
from tpmlib.kit.words import choices, say

SIZE = (7.6, 3.4)  # inches
GREY, PURPLE = "#9aa1a9", "#8E3A80"
LEAST = 0.035  # of the height: a bar of one deal in 1,000 can be seen
MOST = 60  # bars that are kept; no deal of the course gives more different numbers


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `deals`; returns update(frame), which grows the bars."""
    axes = gridded(figure, (0.05, 0.2, 0.92, 0.6), (-0.6, 16.6), (0, 1.08), "x")
    axes.set(xticks=range(0, 17, 2), yticks=[])
    axes.set_xlabel(say("deals.axis", n=frame["tpm_n"].iloc[0]), **FONT)
    source(figure, say("adverts.source"), 0.02, 8.5)
    bars = axes.bar(np.arange(MOST), np.zeros(MOST), 0.86, color=GREY, animated=True)
    (mark,) = axes.plot([], [], "-o", color=BLUE, lw=2, ms=9, markevery=[1], **MOVING)
    words(figure, 0.05, 0.82, say("deals.key"))
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        heights, wide = np.zeros(MOST), set(frame.loc[frame["wide"], "mentions"])
        heights[frame["mentions"]] = frame["share"]
        for number, bar in enumerate(bars):
            bar.set_height(max(heights[number], LEAST * (heights[number] > 0)))
            bar.set_color(PURPLE if number in wide else GREY)
        mark.set_data([frame["printed"].iloc[0]] * 2, [0, 1])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: what the printed titles give."""
    row, hill = frame.iloc[0], {"is_hill": str(frame["number"].iloc[0] >= 1000)}
    return say("deals.finding", **row, **hill, thousandth=1000 * row["p"])


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    some = frame[frame["deals"] > 0]
    some = some.assign(as_wide=some["wide"].astype(str).map(choices("picture.yes")))
    return table(some, choices("deals.columns"))
