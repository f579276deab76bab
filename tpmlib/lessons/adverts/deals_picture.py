"""A hill of random deals, and where the printed titles stand."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, Update
from tpmlib.kit.parts import MOVING, gridded, source, table, title, words

SIZE = (7.6, 3.4)  # inches
GREY, PURPLE = "#9aa1a9", "#8E3A80"
MOST = 60  # bars that are kept; no deal of the course gives more different numbers
COLUMNS = {"TPM adverts that mention it": "{mentions}", "Deals": "{deals}", "As wide": "{as_wide}"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `deals`; returns update(frame), which grows the bars."""
    axes = gridded(figure, (0.05, 0.2, 0.92, 0.6), (-0.6, 16.6), (0, 1.08), "x")
    axes.set(xticks=range(0, 17, 2), yticks=[])
    label = f"of {frame['tpm_n'].iloc[0]} adverts called TPM, how many mention it [adverts]"
    axes.set_xlabel(label, **FONT)
    source(figure, "course_adverts, our count", 0.02, 8.5)
    bars = axes.bar(np.arange(MOST), np.zeros(MOST), 0.86, color=GREY, animated=True)
    (mark,) = axes.plot([], [], "-o", color=BLUE, lw=2, ms=9, markevery=[1], **MOVING)
    key = "grey: a deal    purple: a gap as wide as the real one    blue: the real adverts"
    words(figure, 0.05, 0.82, key)
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        heights = np.zeros(MOST)
        heights[frame["mentions"]] = frame["share"]
        wide = set(frame.loc[frame["wide"], "mentions"])
        for number, bar in enumerate(bars):
            bar.set_height(heights[number])
            bar.set_color(PURPLE if number in wide else GREY)
        mark.set_data([frame["printed"].iloc[0]] * 2, [0, 1])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: what the printed titles give."""
    row = frame.iloc[0]
    real = f"{row['printed']} of {row['tpm_n']} real adverts"
    return f"{row['area']} in {real}: could luck do that?"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    some = frame[frame["deals"] > 0]
    return table(some.assign(as_wide=some["wide"].map({True: "yes", False: "no"})), COLUMNS)
