"""How much of each of two lists lies in the other, at every cut, and what luck would give."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, gridded, legend, source, title
from tpmlib.lessons.who_does_what.containment import tenths

SIZE = (8.6, 4.2)  # inches
STYLES = {
    "tpm_in_pm": (BLUE, "-", "o", "TPM list inside PM list"),
    "pm_in_tpm": (ORANGE, "--", "s", "PM list inside TPM list"),
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `containment.view`; returns update(frame), which moves all but the axes."""
    axes = gridded(figure, (0.085, 0.16, 0.895, 0.64), (0, 61), (0, 1.02), "both")
    axes.set_xticks(range(0, 61, 10), [f"{cut}%" for cut in range(0, 61, 10)])
    axes.set_yticks(np.arange(0, 1.1, 0.25), ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel("cut: named in at least so many of the role's adverts [%]", **FONT)
    axes.set_ylabel("of the list inside the other [%]", **FONT)
    source(figure, "course_adverts, our count", 0.02, 8.5)
    curves, dots, still = {}, {}, []
    for name, (colour, dash, shape, label) in STYLES.items():
        look: dict[str, Any] = {"color": colour, "mew": 1.6}
        look["mfc"] = "white" if shape == "s" else colour
        (curves[name],) = axes.plot([], [], dash, color=colour, lw=1.8, **MOVING)
        (dots[name],) = axes.plot([], [], shape, ms=8, zorder=4, **MOVING, **look)
        still += axes.plot([], [], dash, marker=shape, ms=7, lw=1.8, label=label, **look)
    shade: dict[str, Any] = {"color": BLUE, "alpha": 0.16, "lw": 0}
    key = axes.fill_between([], [], label="TPM list, nine deals of the titles in ten", **shade)
    legend(axes, [*still, key], "lower left", (-0.01, 0.985), ncol=3)
    band = axes.fill_between([0], [0], animated=True, **shade)
    (rule,) = axes.plot([], [], color=INK, lw=1, **MOVING)
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        row = frame[frame["chosen"]].iloc[0]
        for name in STYLES:
            curves[name].set_data(frame["cut"], frame[name])
            dots[name].set_data([row["cut"]], [row[name]])
        there_and_back = np.concatenate([frame["cut"], frame["cut"][::-1]])
        ends = np.concatenate([frame["tpm_in_pm_low"], frame["tpm_in_pm_high"][::-1]])
        band.set_verts([np.column_stack([there_and_back, ends])])
        rule.set_data([row["cut"]] * 2, [0, 1])
        head.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: both containments at the cut."""
    row = frame[frame["chosen"]].iloc[0]
    tpm, pm = ("-" if np.isnan(row[name]) else f"{row[name]:.0%}" for name in STYLES)
    return f"Cut {row['cut']}%: {tpm} of the TPM list in the PM list, {pm} the other way"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture: the chosen cut, then each fifth."""
    head = ["Cut", "TPM list", "PM list", "Both"]
    head += ["TPM in PM", "Nine deals in ten", "PM in TPM", "Nine deals in ten"]
    some = pd.concat([frame[frame["chosen"]], frame[~frame["chosen"] & (frame["cut"] % 5 == 0)]])
    return [head] + [_cells(row) for _, row in some.iterrows()]


def _cells(row: pd.Series) -> list[str]:
    cells = [f"{row['cut']}%", *(tenths(row[name]) for name in ("tpm", "pm", "both"))]
    for name in STYLES:
        cells.append("empty list" if np.isnan(row[name]) else f"{row[name]:.0%}")
        cells.append(f"{row[f'{name}_low']:.0%} to {row[f'{name}_high']:.0%}")
    return cells
