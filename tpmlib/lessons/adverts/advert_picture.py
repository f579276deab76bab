"""One strip of all counted adverts, from PM wording to TPM wording, and a flag for one text."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, gridded, source, table, title, words
from tpmlib.kit.words import choices, number, say

SIZE = (7.6, 3.0)  # inches
HIGHEST = 0.3  # share of a role's adverts in one bin


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `read_advert`; returns update(frame), which moves bars and flag."""
    low, width = frame["low"].to_numpy(), frame["low"].iloc[1] - frame["low"].iloc[0]
    ends = low[0] - width / 2, low[-1] + 1.5 * width
    axes = gridded(figure, (0.09, 0.22, 0.89, 0.6), ends, (-HIGHEST, HIGHEST), "x")
    axes.set_xticks([0], [say("advert.neither")])
    axes.set_yticks([-0.2, 0, 0.2], [number(share, ".0%") for share in (0.2, 0, 0.2)])
    axes.set_xlabel(say("advert.axis"), **FONT)
    axes.axhline(0, color=INK, lw=0.8)
    bars = [
        axes.bar(low + width / 2, np.zeros(len(low)), 0.9 * width, color=colour, animated=True)
        for colour in (BLUE, ORANGE)
    ]
    (flag,) = axes.plot([], [], "-D", color=GREEN, lw=2.5, ms=9, markevery=[1], **MOVING)
    words(figure, 0.09, 0.84, say("advert.key"))
    source(figure, say("adverts.source"), 0.02, 8.5)
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        shares = frame["tpm"] / frame["tpm_n"], -frame["pm"] / frame["pm_n"]
        for some, heights in zip(bars, shares, strict=True):
            for bar, height in zip(some, heights, strict=True):
                bar.set_height(np.clip(height, -HIGHEST, HIGHEST))
        own = np.clip(frame["own"].iloc[0], *ends)
        flag.set_data([own, own], [-HIGHEST, 0.93 * HIGHEST])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: whose adverts are worded most like the text, if that is told."""
    row = frame.iloc[0]
    adverts = row["tpm_n"] + row["pm_n"]
    if np.isnan(row["own"]):
        return say("advert.unplaced", n=adverts)
    side, usual = "TPM" if row["own"] > 0 else "PM", row["neighbours"] * row["tpm_n"] / adverts
    return say("advert.finding", side=side, usual=usual, **row)


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame[(frame["tpm"] + frame["pm"]) > 0], choices("advert.columns"))
