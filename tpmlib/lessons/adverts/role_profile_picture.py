"""Dots and intervals: the rate of each responsibility in the adverts of two roles."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, ORANGE, PALE, Update
from tpmlib.kit.parts import MOVING, column, gridded, source, table, title, words, write
from tpmlib.kit.words import choices, number, say
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES, SLOTS, p_text, spoken

SIZE = (8.6, 6.1)  # inches
WIDEST = SLOTS / 9  # so that nine areas fill the picture [slots a row]
LONGEST = 47  # characters of a name that fit beside the dots
GAP = 0.17  # half the distance between the two dots of a row [rows]
LOOKS: dict[str, dict[str, Any]] = {  # of the dots of each side
    "tpm": {"marker": "o", "color": BLUE, "mfc": BLUE, "ms": 7, "mew": 1.6},
    "other": {"marker": "s", "color": ORANGE, "mfc": "white", "ms": 7, "mew": 1.6},
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `role_profile.view`; returns update(frame), which moves dots and labels."""
    axes = _axes(figure)
    beside = axes.get_yaxis_transform()
    words(figure, 1.012, -1.0, say("role_profile.beside"), transform=beside, va="center")
    band = Rectangle((0, -0.5), 1, 1, color=PALE, lw=0, zorder=0.5, animated=True, transform=beside)
    axes.add_patch(band)
    dots, bars = {}, {}
    for side, look in LOOKS.items():
        bars[side] = axes.hlines(
            [0], [0], [0], color=look["color"], lw=1.6, zorder=2, animated=True
        )
        (dots[side],) = axes.plot([], [], ls="", zorder=3, **MOVING, **look)
    names = column(axes, -0.012, SLOTS, transform=beside, size=9.5)
    labels = column(axes, 1.012, SLOTS, "left", transform=beside)
    head, key = title(figure, 0.955), _key(figure)

    def update(frame: pd.DataFrame) -> None:
        rows = frame[frame["shown"]].head(SLOTS)
        step = min(WIDEST, SLOTS / max(1, len(rows)))
        heights = (np.arange(len(rows)) + 0.5) * step - 0.5
        for side, shift in (("tpm", -GAP), ("other", GAP)):
            dots[side].set_data(rows[f"{side}_rate"], heights + shift)
            ends = rows[[f"{side}_low", f"{side}_high"]].to_numpy(float)
            both = np.column_stack([heights + shift] * 2)
            bars[side].set_segments(list(np.stack([ends, both], axis=2)))
        write(names, rows["name"].map(_short))
        write(labels, rows["word"].map(spoken))
        for name, label, height in zip(names, labels, heights, strict=False):
            name.set_y(height)
            label.set_y(height)
        selected = heights[rows["selected"].to_numpy(bool)]
        band.set_visible(bool(len(selected)))
        band.set_y(selected[0] - 0.5 if len(selected) else 0)
        head.set_text(finding(frame))
        write(key, key_words(frame))

    return update


def _axes(figure: Figure) -> Axes:
    """A row for each of the slots, and a scale of shares below."""
    axes = gridded(figure, (0.39, 0.115, 0.51, 0.755), (-0.01, 1.01), (SLOTS - 0.5, -0.5), "x")
    axes.set_yticks([])
    axes.set_xticks(np.arange(0, 1.01, 0.2), [number(f"{share}%") for share in range(0, 101, 20)])
    axes.set_xlabel(say("role_profile.axis"), **FONT)
    source(figure, say("adverts.source"), 0.02, 8.5)
    return axes


def _key(figure: Figure) -> list[Text]:
    """The key above the axes: two marks that never move, two texts that may."""
    texts = []
    for x, look in zip((0.385, 0.56), LOOKS.values(), strict=True):
        axes = figure.add_axes((x, 0.893, 0.015, 0.03))
        axes.axis("off")
        axes.plot([0], [0], **look)
        texts.append(figure.text(x + 0.022, 0.9, "", **(FONT | {"size": 9.5}), animated=True))
    return texts


def finding(frame: pd.DataFrame) -> str:
    """The title: what the selected row says, in a few words."""
    if frame.empty:
        return say("role_profile.none")
    row = frame[frame["selected"]].iloc[0]
    if row["word"] == "local":
        return say("role_profile.no_count", name=_short(row["name"]))
    places = {"name": _short(row["name"]), "other": ROLE_NAMES[row["compare"]]}
    return say("role_profile.finding", **{**row, **places})


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    other = ROLE_NAMES[frame["compare"].iloc[0]] if len(frame) else "PM"
    head, *rows = table(told(frame[frame["shown"]]), choices("role_profile.columns", other=other))
    own = say("adverts.word", word="local")  # without a count
    return [head, *([row[0], *[""] * 6, own] if row[-1] == own else row for row in rows)]


def told(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with what a table says of their gap, p and word."""
    gaps = {f"gap{name}": 100 * frame[f"difference{name}"] for name in ("", "_low", "_high")}
    return frame.assign(**gaps, p=frame["p"].map(p_text), word=frame["word"].map(spoken))


def key_words(frame: pd.DataFrame) -> tuple[str, str]:
    """The two entries of the key, with the number of adverts behind each."""
    if frame.empty or frame["tpm_n"].isna().all():
        return "TPM", ""
    row = frame[frame["tpm_n"].notna()].iloc[0]
    other = ROLE_NAMES[row["compare"]]
    sides = {"TPM": row["tpm_n"], other: row["other_n"]}
    first, second = (say("adverts.key", role=role, n=n) for role, n in sides.items())
    return first, second


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 3].rstrip()}..."
