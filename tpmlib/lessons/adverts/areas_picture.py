"""Nine areas as pairs of dots on one scale, with the dots of an earlier study as grey shadows."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, ORANGE, Update
from tpmlib.kit.parts import MOVING, column, gridded, legend, source, table, title, write
from tpmlib.kit.words import choices, number, say
from tpmlib.lessons.adverts.areas import place_ids, widest, worded
from tpmlib.lessons.adverts.role_profile import spoken

SIZE = (7.6, 3.8)  # inches
BOX = (0.325, 0.16, 0.525, 0.66)  # of the axes
ROWS = 9
SHADOW = "#b3b8bf"
SIDES: dict[str, dict[str, Any]] = {
    "tpm": {"marker": "o", "color": BLUE, "mfc": BLUE, "ms": 8, "mew": 1.6},
    "other": {"marker": "s", "color": ORANGE, "mfc": "white", "ms": 7.5, "mew": 1.6},
}
SHIFT = {"tpm": -0.13, "other": 0.13}  # of a side's dots [rows], so that equal ones both show


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `areas.view`; returns update(frame), which moves the dots."""
    axes = _axes(figure)
    gaps = axes.hlines([0], [0], [0], color="#dfe3e8", lw=5, zorder=1, animated=True)
    dots, bars, shadows = {}, {}, {}
    for side, look in SIDES.items():
        bars[side] = axes.hlines([0], [0], [0], color=look["color"], lw=1, animated=True)
        shade = look | {"color": SHADOW, "mfc": SHADOW if side == "tpm" else "white"}
        (shadows[side],) = axes.plot([], [], ls="", zorder=2, **MOVING, **shade)
        (dots[side],) = axes.plot([], [], ls="", zorder=3, **MOVING, **look)
    beside = axes.get_yaxis_transform()
    names = column(axes, -0.025, ROWS, transform=beside, size=10)
    says = column(axes, 1.025, ROWS, "left", transform=beside, size=10)
    still = [axes.plot([], [], ls="", label="TPM", **SIDES["tpm"])[0]]
    still += axes.plot([], [], ls="", label=frame["other"].iloc[0], **SIDES["other"])
    legend(axes, still, "lower left", (-0.02, 0.98), ncol=2)
    head = title(figure, 0.945)

    def update(frame: pd.DataFrame) -> None:
        heights = np.arange(len(frame), dtype=float)
        shown = frame["dots"]
        gaps.set_segments(_lines(frame, "tpm_rate", "other_rate", heights)[shown])
        for side in SIDES:
            shadow = f"ghost_{side}_rate"
            dots[side].set_data(frame.loc[shown, f"{side}_rate"], (heights + SHIFT[side])[shown])
            ghost = frame[shadow] if shadow in frame else []
            shadows[side].set_data(ghost, heights + SHIFT[side] if shadow in frame else [])
            ends = _lines(frame, f"{side}_low", f"{side}_high", heights + SHIFT[side])
            bars[side].set_segments(ends[shown & frame["intervals"]])
        write(names, frame["name"])
        write(says, frame["word"].map(spoken).where(shown & frame["words"], ""))
        head.set_text(finding(frame))

    return update


def _lines(frame: pd.DataFrame, start: str, end: str, heights: np.ndarray) -> np.ndarray:
    """A level line a row [rows, 2 ends, x and y]."""
    ends = frame[[start, end]].to_numpy(float)
    return np.stack([ends, np.column_stack([heights, heights])], axis=2)


def _axes(figure: Figure) -> Axes:
    axes = gridded(figure, BOX, (-0.01, 1.01), (ROWS - 0.5, -0.5), "x")
    axes.set_yticks([])
    axes.set_xticks(np.arange(0, 1.01, 0.25), [number(each / 4, ".0%") for each in range(5)])
    axes.set_xlabel(say("areas.axis"), **FONT)
    source(figure, say("adverts.source"), 0.02, 8.5)
    return axes


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each row as a place that can be clicked."""
    left, bottom, width, height = BOX
    step = height / ROWS
    return [
        {
            "id": id,
            "label": name,
            "box": [0.01, 1 - bottom - height + row * step, left + width - 0.01, step],
        }
        for row, (id, name) in enumerate(zip(place_ids(frame), frame["name"], strict=True))
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: where the two roles part, or what is about to be counted."""
    row = frame.iloc[0]
    if not frame["dots"].all():
        return say("areas.nine", **row)
    if row["words"] and (names := worded(frame, "clear")):
        return say("areas.clear", areas="; ".join(names))
    return say("areas.widest", areas="; ".join(widest(frame)))


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture; only of rows whose dots are drawn."""
    shown = frame.assign(word=frame["word"].map(spoken))[frame["dots"]]
    whole = table(shown, choices("areas.columns", other=frame["other"].iloc[0]))
    return whole if len(whole) > 1 else [whole[0][:1]]
