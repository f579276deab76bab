"""The overlap of two roles' adverts, marked on the histogram of what shuffled titles give."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tpmlib.kit.canvas import BLUE, FONT, INK, PALE, RULE, Update
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES
from tpmlib.lessons.overlap.overlap import BIN, FIRST, LAST

SIZE = (8.6, 4.0)  # inches
TALLEST = 0.26  # share of the shuffles in one bar; the narrowest histogram has less
KEY = ("titles as printed", "titles shuffled", "nine shuffles in ten")


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `overlap`; returns update(frame), which moves bars, band and mark."""
    axes = figure.add_axes((0.085, 0.17, 0.885, 0.62))
    axes.set_xlim(FIRST, LAST)
    axes.set_ylim(0, TALLEST)
    axes.set_xticks(np.arange(FIRST, LAST + 0.01, 0.1), [f"{at}%" for at in range(50, 101, 10)])
    axes.set_yticks(np.arange(0, TALLEST, 0.05), [f"{at}%" for at in range(0, 30, 5)])
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis="y", color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("overlap of the two roles' adverts [0% nothing shared, 100% the same]", **FONT)
    axes.set_ylabel("shuffles [%]", **FONT)
    figure.text(0.012, 0.025, "Source: course_adverts, our count", **(FONT | {"size": 8.5}))
    still: dict[str, Any] = {"color": BLUE, "marker": "D", "ms": 8, "lw": 2}
    band = Rectangle((0, 0), 0, TALLEST, color=PALE, lw=0, zorder=0.5, animated=True)
    axes.add_patch(band)
    edges = np.append(np.arange(FIRST, LAST, BIN), LAST)
    bars = axes.stairs(
        np.zeros(len(edges) - 1), edges, fill=True, color="#8a8f98", zorder=1, animated=True
    )
    (mark,) = axes.plot([], [], animated=True, clip_on=False, markevery=[1], zorder=3, **still)
    handles = [
        axes.plot([], [], label=KEY[0], **still)[0],
        Rectangle((0, 0), 1, 1, color="#8a8f98", label=KEY[1]),
        Rectangle((0, 0), 1, 1, color=PALE, label=KEY[2]),
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(-0.01, 1.0), ncol=3, frameon=False,
        fontsize=9.5,
    )  # fmt: skip
    title = figure.text(0.012, 0.935, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        row, heights = frame.iloc[0], frame.loc[frame["kind"] == "bar", "shuffles"].to_numpy(float)
        bars.set_data(heights / heights.sum())
        band.set_bounds(row["low"], 0, row["high"] - row["low"], TALLEST)
        mark.set_data([row["overlap"]] * 2, [0, TALLEST * 0.9])
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: the overlap, and where it lies beside luck."""
    row, other = frame.iloc[0], ROLE_NAMES[frame["compare"].iloc[0]]
    luck = f"nine shuffles in ten give {row['low']:.0%} to {row['high']:.0%}"
    return f"TPM and {other} adverts overlap by {row['overlap']:.0%}; {luck}"


def _few(row: pd.Series) -> str:
    """How many of the shuffles, in words when there is none."""
    count = round(row["below"] * row["shuffles"])
    return f"{count or 'none'} of {row['shuffles']:,}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    row, other = frame.iloc[0], ROLE_NAMES[frame["compare"].iloc[0]]
    single = frame.set_index("kind")["overlap"]
    rows = [
        ["Adverts", f"{row['tpm_n']} TPM, {row['other_n']} {other}"],
        ["Overlap, titles as printed", f"{row['overlap']:.1%}"],
        ["Nine shuffles in ten", f"{row['low']:.1%} to {row['high']:.1%}"],
        ["Shuffles with no more overlap", _few(row)],
        ["Two single TPM adverts, on average", f"{single['two TPM']:.0%}"],
        [f"Two single {other} adverts, on average", f"{single['two other']:.0%}"],
        ["One of each, on average", f"{single['one of each']:.0%}"],
    ]
    bars = frame[(frame["kind"] == "bar") & (frame["shuffles"] > 0)]
    rows += [
        [f"Shuffles from {low:.0%} to {low + BIN:.0%}", f"{count:.0f}"]
        for low, count in zip(bars["overlap"], bars["shuffles"], strict=True)
    ]
    return [["What", "Value"], *rows]
