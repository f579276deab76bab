"""Your week by area, beside the share of their wording that two roles' adverts give to each."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE, Update
from tpmlib.lessons.overlap.profile import nearest_role

SIZE = (8.6, 4.4)  # inches
MOST = 0.5  # share; a larger one is marked at the edge
APART = 0.2  # so that equal shares do not cover each other [rows]
MARKS = (
    ("yours", "your hours", GREEN, "D", GREEN),
    ("tpm", "wording of TPM adverts", BLUE, "o", BLUE),
    ("pm", "wording of PM adverts", ORANGE, "s", "white"),
)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the areas of `profile`; returns update(frame), which moves the marks."""
    axes = figure.add_axes((0.305, 0.14, 0.665, 0.68))
    place = np.arange(len(frame))
    axes.set_xlim(-0.01, MOST)
    axes.set_ylim(len(frame) - 0.4, -0.6)
    axes.set_yticks(place, frame["area"])
    axes.set_xticks(np.arange(0, 0.51, 0.1), ["0%", "10%", "20%", "30%", "40%", "50%+"])
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("share of your hours, or of the adverts' mentions [%]", **FONT)
    figure.text(0.012, 0.025, "Source: course_adverts; hours: yours", **(FONT | {"size": 8.5}))
    moving = {}
    for column, label, colour, marker, fill in MARKS:
        look: dict[str, Any] = {"color": colour, "mfc": fill, "ms": 8, "mew": 1.6, "label": label}
        (moving[column],) = axes.plot([], [], marker, animated=True, clip_on=False, **look)
        axes.plot([], [], marker, **look)
    handles, labels = axes.get_legend_handles_labels()
    kept = slice(1, None, 2)  # the still twin of each mark
    axes.legend(
        handles[kept], labels[kept], loc="lower right", bbox_to_anchor=(1.02, 1.0), ncol=3,
        frameon=False, fontsize=9.5,
    )  # fmt: skip
    title = figure.text(0.012, 0.94, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        for shift, (column, *_) in zip((0, -APART, APART), MARKS, strict=True):
            moving[column].set_data(frame[column].clip(upper=MOST), place + shift)
        moving["yours"].set_visible(bool(frame["total"].iloc[0]))
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: which role's wording your week is nearer to, if the adverts can tell."""
    row = frame.iloc[0]
    words = {
        "none": "Where each role's adverts put their words",
        "tpm": f"{row['total']:g} hours, shared out more like the words of TPM adverts",
        "pm": f"{row['total']:g} hours, shared out more like the words of PM adverts",
        "open": f"{row['total']:g} hours: these adverts cannot tell which role is nearer",
    }
    return words[nearest_role(row)]


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    head = ["Area", "Your hours", "Your share", "TPM wording", "PM wording"]
    return [head] + [
        [row.area, f"{row.hours:g}"] + [f"{share:.1%}" for share in (row.yours, row.tpm, row.pm)]
        for row in frame.itertuples()
    ]
