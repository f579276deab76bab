"""The profile of one advert beside the mean TPM and PM advert, area by area."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE, Update

SIZE = (8.6, 4.4)  # inches
MOST = 4.0  # mentions per 100 words; a denser text is marked at the edge
APART = 0.2  # so that equal rates do not cover each other [rows]
MARKS = (
    ("text_rate", "this text", GREEN, "D", GREEN),
    ("tpm_rate", "mean TPM advert", BLUE, "o", BLUE),
    ("pm_rate", "mean PM advert", ORANGE, "s", "white"),
)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the areas of `read_advert`; returns update(frame), which moves the marks."""
    axes = figure.add_axes((0.305, 0.14, 0.665, 0.68))
    place = np.arange(len(frame))
    axes.set_xlim(-0.06, MOST)
    axes.set_ylim(len(frame) - 0.4, -0.6)
    axes.set_yticks(place, frame["cluster"])
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("distinct responsibilities mentioned [per 100 words]", **FONT)
    figure.text(0.012, 0.025, "Source: course_adverts", **(FONT | {"size": 8.5}))
    moving = {}
    for column, label, colour, marker, fill in MARKS:
        (moving[column],) = axes.plot(
            [], [], marker, color=colour, mfc=fill, ms=8, mew=1.6, label=label,
            animated=True, clip_on=False,
        )  # fmt: skip
        axes.plot([], [], marker, color=colour, mfc=fill, ms=8, mew=1.6, label=label)
    marks = axes.get_legend_handles_labels()
    kept = slice(1, None, 2)  # the still twin of each mark
    axes.legend(
        marks[0][kept], marks[1][kept], loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncol=3,
        frameon=False, fontsize=9.5,
    )  # fmt: skip
    title = figure.text(0.012, 0.94, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        for shift, (column, *_) in zip((0, -APART, APART), MARKS, strict=True):
            moving[column].set_data(frame[column].clip(upper=MOST), place + shift)
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: the area in which the text is densest."""
    if not frame["found"].any():
        return "This text names no responsibility that counts for an area"
    row = frame.loc[frame["text_rate"].idxmax()]
    beyond = f" ({row['text_rate']:.1f}: beyond the frame)" if row["text_rate"] > MOST else ""
    return f"This text says most about {row['cluster'].lower()}{beyond}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    head = ["Area", "Found", "This text", "TPM mean", "PM mean"]
    return [head] + [
        [row.cluster, f"{row.found}"]
        + [f"{rate:.2f}" for rate in (row.text_rate, row.tpm_rate, row.pm_rate)]
        for row in frame.itertuples()
    ]
