"""Dots and intervals: the rate of each responsibility in the adverts of two roles."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, ORANGE, PALE, Update
from tpmlib.kit.parts import MOVING, column, gridded, source, title, words, write
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES, SLOTS, few, p_text

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
    words(figure, 1.012, -1.0, "what it says", transform=beside, va="center")
    band = Rectangle((0, -0.5), 1, 1, color=PALE, lw=0, zorder=0.5, animated=True, transform=beside)
    axes.add_patch(band)
    dots, bars = {}, {}
    for side, look in LOOKS.items():
        line = {"color": look["color"], "lw": 1.6, "zorder": 2, "animated": True}
        bars[side] = axes.hlines([0], [0], [0], **line)
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
            # a share of so few tells nothing, nor does its interval
            told = [] if few(rows.min(numeric_only=True)) else list(np.stack([ends, both], axis=2))
            bars[side].set_segments(told)
        write(names, rows["name"].map(_short))
        write(labels, rows["word"].map(_beside))
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
    axes.set_xticks(np.arange(0, 1.01, 0.2), [f"{share}%" for share in range(0, 101, 20)])
    axes.set_xlabel("share of the role's adverts that mention it [%], with 90% interval", **FONT)
    source(figure, "course_adverts, our count", 0.02, 8.5)
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
        return "Nothing passes these filters"
    row = frame[frame["selected"]].iloc[0]
    if row["word"] == "local":
        return f"{_short(row['name'])}: no count"
    name, other = _short(row["name"]), ROLE_NAMES[row["compare"]]
    if few(row):
        return f"{name}: {_count(row, 'tpm')} TPM adverts, {_count(row, 'other')} {other} adverts"
    return f"{name}: {row['tpm_rate']:.0%} of TPM, {row['other_rate']:.0%} of {other} adverts"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    other = ROLE_NAMES[frame["compare"].iloc[0]] if len(frame) else "PM"
    head = ["Row", "TPM", other, "TPM %", f"{other} %", "Gap (90%)", "p", "Says"]
    return [head] + [_cells(row) for _, row in frame[frame["shown"]].iterrows()]


def _cells(row: pd.Series) -> list[str]:
    if row["word"] == "local":
        return [row["name"], *[""] * 6, "no count"]
    counts = [row["name"], _count(row, "tpm"), _count(row, "other")]
    if few(row):
        return [*counts, *[""] * 4, "not compared"]
    gap = [100 * row[name] for name in ("difference", "difference_low", "difference_high")]
    return [
        *counts,
        f"{row['tpm_rate']:.0%}",
        f"{row['other_rate']:.0%}",
        f"{gap[0]:+.0f} ({gap[1]:+.0f} to {gap[2]:+.0f})",
        p_text(row["p"]),
        _beside(row["word"]),
    ]


def _count(row: pd.Series, side: str) -> str:
    return f"{row[f'{side}_count']:.0f} of {row[f'{side}_n']:.0f}"


def _beside(word: str) -> str:
    """The word of a row; of a local row that it has no count."""
    return "no count" if word == "local" else word


def key_words(frame: pd.DataFrame) -> tuple[str, str]:
    """The two entries of the key, with the number of adverts behind each."""
    if frame.empty or frame["tpm_n"].isna().all():
        return "TPM", ""
    row = frame[frame["tpm_n"].notna()].iloc[0]
    other = ROLE_NAMES[row["compare"]]
    return f"TPM ({row['tpm_n']:.0f} adverts)", f"{other} ({row['other_n']:.0f} adverts)"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 3].rstrip()}..."
