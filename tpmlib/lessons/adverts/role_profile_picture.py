"""Dots and intervals: the rate of each responsibility in the adverts of two roles."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, PALE, RULE
from tpmlib.lessons.adverts.role_profile import ROLE_NAMES, SLOTS, p_text

SIZE = (8.6, 6.1)  # inches
MARK_WORDS = {"tpm": "TPM", "shared": "shared", "unclear": "cannot tell", "local": "no count"}
WIDEST = SLOTS / 9  # so that nine areas fill the picture [slots a row]
LONGEST = 47  # characters of a name that fit beside the dots
GAP = 0.17  # half the distance between the two dots of a row [rows]


def draw(figure: Figure, frame: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Draw the rows of `role_profile.view`; returns update(frame), which moves dots and labels."""
    axes = figure.add_axes((0.39, 0.115, 0.51, 0.755))
    _frame_of(axes, figure)
    band = Rectangle((0, -0.5), 1, 1, color=PALE, lw=0, zorder=0.5, animated=True)
    band.set_transform(axes.get_yaxis_transform())
    axes.add_patch(band)
    dots, bars = {}, {}
    for side, colour, marker, fill in (("tpm", BLUE, "o", BLUE), ("other", ORANGE, "s", "white")):
        bars[side] = axes.hlines([0], [0], [0], color=colour, lw=1.6, zorder=2, animated=True)
        (dots[side],) = axes.plot(
            [],
            [],
            marker,
            color=colour,
            mfc=fill,
            ms=7,
            mew=1.6,
            zorder=3,
            animated=True,
            clip_on=False,
        )
    names = [_slot(axes, place, -0.012, "right") for place in range(SLOTS)]
    labels = [_slot(axes, place, 1.012, "left") for place in range(SLOTS)]
    title = figure.text(0.012, 0.955, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)
    key = _key(figure)

    def update(frame: pd.DataFrame) -> None:
        rows = frame[frame["shown"]].head(SLOTS)
        step = min(WIDEST, SLOTS / max(1, len(rows)))
        place = (np.arange(len(rows)) + 0.5) * step - 0.5
        for side, shift in (("tpm", -GAP), ("other", GAP)):
            dots[side].set_data(rows[f"{side}_rate"], place + shift)
            ends = rows[[f"{side}_low", f"{side}_high"]].to_numpy(float)
            height = place + shift
            bars[side].set_segments(
                list(np.stack([ends, np.column_stack([height, height])], axis=2))
            )
        cells = rows.to_dict("records")
        for slot in range(SLOTS):
            row = cells[slot] if slot < len(cells) else None
            for text, words in ((names[slot], "name"), (labels[slot], "mark")):
                text.set_text("" if row is None else _words(row, words))
                text.set_y(place[slot] if row is not None else slot)
        chosen = np.flatnonzero(rows["selected"].to_numpy(bool))
        band.set_visible(bool(len(chosen)))
        if len(chosen):
            band.set_y(place[chosen[0]] - 0.5)
        title.set_text(finding(frame))
        for text, words in zip(key, key_words(frame), strict=True):
            text.set_text(words)

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: what the selected row says, in a few words."""
    if frame.empty:
        return "Nothing passes these filters"
    row = frame[frame["selected"]].iloc[0]
    if row["label"] == "local":
        return f"{_short(row['name'])}: no count"
    name, other = _short(row["name"]), ROLE_NAMES[row["compare"]]
    return f"{name}: {row['tpm_rate']:.0%} of TPM, {row['other_rate']:.0%} of {other} adverts"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    other = ROLE_NAMES[frame["compare"].iloc[0]] if len(frame) else "PM"
    head = ["Row", "TPM", other, "TPM %", f"{other} %", "Lean (90%)", "p", "Label"]
    return [head] + [_cells(row) for _, row in frame[frame["shown"]].iterrows()]


def _cells(row: pd.Series) -> list[str]:
    if row["label"] == "local":
        return [row["name"], *[""] * 6, "no count"]
    return [
        row["name"],
        f"{row['tpm_count']:.0f} of {row['tpm_n']:.0f}",
        f"{row['other_count']:.0f} of {row['other_n']:.0f}",
        f"{row['tpm_rate']:.0%}",
        f"{row['other_rate']:.0%}",
        f"{row['lean']:+.1f} ({row['lean_low']:+.1f} to {row['lean_high']:+.1f})",
        p_text(row["p"]),
        _words(row, "mark"),
    ]


def key_words(frame: pd.DataFrame) -> tuple[str, str]:
    """The two entries of the key, with the number of adverts behind each."""
    if frame.empty or frame["tpm_n"].isna().all():
        return "TPM", ""
    row = frame[frame["tpm_n"].notna()].iloc[0]
    other = ROLE_NAMES[row["compare"]]
    thinned = ", thinned to TPM length" if row["equal_length"] else ""
    return f"TPM ({row['tpm_n']:.0f} adverts)", f"{other} ({row['other_n']:.0f} adverts{thinned})"


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 3].rstrip()}..."


def _words(row: pd.Series, which: str) -> str:
    if which == "name":
        return _short(row["name"])
    if row["label"] == "pm":
        return ROLE_NAMES[row["compare"]]
    return MARK_WORDS[row["label"]]


def _slot(axes: Axes, place: int, x: float, side: str) -> Text:
    transform = axes.get_yaxis_transform()
    font = FONT | {"size": 9.5 if side == "right" else 9}
    return axes.text(x, place, "", **font, ha=side, va="center", transform=transform, animated=True)


def _frame_of(axes: Axes, figure: Figure) -> None:
    axes.set_xlim(-0.01, 1.01)
    axes.set_ylim(SLOTS - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks(np.arange(0, 1.01, 0.2), [f"{share:.0%}" for share in np.arange(0, 1.01, 0.2)])
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("share of the role's adverts that mention it [%], with 90% interval", **FONT)
    axes.text(
        1.012,
        -1.0,
        "label",
        **(FONT | {"size": 9}),
        transform=axes.get_yaxis_transform(),
        va="center",
    )
    figure.text(0.012, 0.02, "Source: course_adverts, our count", **(FONT | {"size": 8.5}))


def _key(figure: Figure) -> tuple[Text, Text]:
    """The key above the axes: two marks that never move, two texts that may."""
    texts = []
    for x, colour, marker, fill in ((0.385, BLUE, "o", BLUE), (0.56, ORANGE, "s", "white")):
        axes = figure.add_axes((x, 0.893, 0.015, 0.03))
        axes.axis("off")
        axes.plot([0], [0], marker, color=colour, mfc=fill, ms=7, mew=1.6)
        texts.append(figure.text(x + 0.022, 0.9, "", **(FONT | {"size": 9.5}), animated=True))
    return texts[0], texts[1]
