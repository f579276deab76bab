"""One strip of all counted adverts, from PM wording to TPM wording, and a flag for one text."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, gridded, source, table, title, words

SIZE = (7.6, 3.0)  # inches
HIGHEST = 0.3  # share of a role's adverts in one bin
COLUMNS = {"Score from": "{low:g}", "TPM adverts": "{tpm}", "PM adverts": "{pm}"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `read_advert`; returns update(frame), which moves bars and flag."""
    low, width = frame["low"].to_numpy(), frame["low"].iloc[1] - frame["low"].iloc[0]
    ends = low[0] - width / 2, low[-1] + 1.5 * width
    axes = gridded(figure, (0.09, 0.22, 0.89, 0.6), ends, (-HIGHEST, HIGHEST), "x")
    axes.set_xticks([0], ["nearer to neither"])
    axes.set_yticks([-0.2, 0, 0.2], ["20%", "0%", "20%"])
    axes.set_xlabel(
        "wording, from that of PM adverts (left) to that of TPM adverts [score]", **FONT
    )
    axes.axhline(0, color=INK, lw=0.8)
    bars = [
        axes.bar(low + width / 2, np.zeros(len(low)), 0.9 * width, color=colour, animated=True)
        for colour in (BLUE, ORANGE)
    ]
    (flag,) = axes.plot([], [], "-D", color=GREEN, lw=2.5, ms=9, markevery=[1], **MOVING)
    words(
        figure, 0.09, 0.84, "TPM adverts: up, blue    PM adverts: down, orange    this text: green"
    )
    source(figure, "course_adverts, our count", 0.02, 8.5)
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
        return f"{adverts:.0f} adverts by their wording; this text cannot be placed"
    side, usual = "TPM" if row["own"] > 0 else "PM", row["neighbours"] * row["tpm_n"] / adverts
    near = f"of its {row['neighbours']:.0f} nearest, {row['neighbours_tpm']:.0f} are TPM"
    return f"More like {side} adverts: {near}, where {usual:.0f} is usual"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    return table(frame[(frame["tpm"] + frame["pm"]) > 0], COLUMNS)
