"""The overlap of two roles' adverts, marked on the histogram of what shuffled titles give."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tpmlib.kit.canvas import BLUE, FONT, PALE, Update
from tpmlib.kit.parts import MOVING, gridded, legend, source, title
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES
from tpmlib.lessons.who_does_what.overlap import BIN, FIRST, LAST

SIZE = (8.6, 4.0)  # inches
TALLEST = 0.42  # share of the shuffles in one bar; the narrowest histogram has less
GREY = "#8a8f98"  # of the shuffles


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `overlap`; returns update(frame), which moves bars, band and mark."""
    axes = gridded(figure, (0.085, 0.17, 0.885, 0.62), (FIRST, LAST), (0, TALLEST), "y")
    axes.set_xticks(np.arange(FIRST, LAST + 0.01, 0.1), [f"{n}%" for n in range(50, 101, 10)])
    axes.set_yticks(np.arange(0, TALLEST, 0.1), [f"{n}%" for n in range(0, 50, 10)])
    axes.set_xlabel("overlap of the two roles' adverts [0% nothing shared, 100% the same]", **FONT)
    axes.set_ylabel("shuffles [%]", **FONT)
    source(figure, "course_adverts, our count", 0.025, 8.5)
    band = Rectangle((0, 0), 0, TALLEST, color=PALE, lw=0, zorder=0.5, animated=True)
    axes.add_patch(band)
    edges = np.append(np.arange(FIRST, LAST, BIN), LAST)
    bars = axes.stairs(
        np.zeros(len(edges) - 1), edges, fill=True, color=GREY, zorder=1, animated=True
    )
    look: dict[str, Any] = {"color": BLUE, "marker": "D", "ms": 8, "lw": 2}
    (mark,) = axes.plot([], [], markevery=[1], zorder=3, **MOVING, **look)
    still = [
        *axes.plot([], [], label="titles as printed", **look),
        Rectangle((0, 0), 1, 1, color=GREY, label="titles shuffled"),
        Rectangle((0, 0), 1, 1, color=PALE, label="nine shuffles in ten"),
    ]
    legend(axes, still, "lower left", (-0.01, 1.0), ncol=3)
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        row, heights = frame.iloc[0], frame.loc[frame["kind"] == "bar", "shuffles"].to_numpy(float)
        bars.set_data(heights / heights.sum())
        band.set_bounds(row["low"], 0, row["high"] - row["low"], TALLEST)
        mark.set_data([row["overlap"]] * 2, [0, TALLEST * 0.9])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: the overlap, and where it lies beside luck."""
    row, other = frame.iloc[0], ROLE_NAMES[frame["compare"].iloc[0]]
    luck = f"nine shuffles in ten give {row['low']:.0%} to {row['high']:.0%}"
    return f"TPM and {other} adverts overlap by {row['overlap']:.0%}; {luck}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    row, other = frame.iloc[0], ROLE_NAMES[frame["compare"].iloc[0]]
    single = frame.set_index("kind")["overlap"]
    below = round(row["below"] * row["shuffles"]) or "none"
    rows = [
        ["Adverts", f"{row['tpm_n']} TPM, {row['other_n']} {other}"],
        ["Overlap, titles as printed", f"{row['overlap']:.1%}"],
        ["Nine shuffles in ten", f"{row['low']:.1%} to {row['high']:.1%}"],
        ["Shuffles with no more overlap", f"{below} of {row['shuffles']:,}"],
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
