"""A map of team size and complexity: the best staffing by colour and name, its lead as shade."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, OVER, RULE
from tpmlib.lessons.staffing.drift import NAMES
from tpmlib.lessons.staffing.staffing_map import HIGHEST, LARGEST, LEVEL, SIDE

SIZE = (8.6, 4.9)  # inches
COLOURS = {"pm": "#E69F00", "tpm": "#56B4E9", "pm_tpm": GREEN, "pm_pm": ORANGE, "tpm_tpm": BLUE}
FULL = 2.0  # a lead of so many engineer-equivalents has the full colour
FAINT = 0.25  # the share of colour in a cell without any lead
SMALLEST = 5  # cells of a region that has room for its name


def draw(figure: Figure, frame: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Draw the cells of `staffing_map.view`; returns update(frame)."""
    axes = figure.add_axes((0.075, 0.135, 0.66, 0.735))
    half = 0.5 / SIDE
    place = (LARGEST * half, LARGEST * (1 + half), HIGHEST * half, HIGHEST * (1 + half))
    image = axes.imshow(
        np.ones((SIDE, SIDE, 3)),
        origin="lower",
        extent=place,
        aspect="auto",
        interpolation="nearest",
        animated=True,
    )
    axes.set_xticks([3, 12, 24, 36, 48, 60])
    axes.set_yticks([0.5, 1, 1.5, 2, 2.5, 3])
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.spines[:].set_color(RULE)
    small: dict[str, Any] = FONT | {"size": 9}
    axes.set_xlabel("engineers [people]", **small)
    axes.set_ylabel("complexity [times the usual]", **small)
    names = {
        name: axes.text(0, 0, label, **_over(), weight="bold") for name, label in NAMES.items()
    }
    (halo,) = axes.plot(
        [], [], "o", ms=15, mfc="none", mec="white", mew=4, clip_on=False, animated=True, zorder=4
    )
    (ring,) = axes.plot(
        [], [], "o", ms=15, mfc="none", mec=INK, mew=1.8, clip_on=False, animated=True, zorder=5
    )
    title = figure.text(0.012, 0.93, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)
    lines = [figure.text(0.755, y, "", va="top", animated=True, **small) for y in KEY_PLACES]
    _key(figure)

    def update(frame: pd.DataFrame) -> None:
        image.set_data(shades(frame))
        for name, text in names.items():
            _label(text, frame[frame["best"] == name])
        team = frame[["team_engineers", "team_complexity"]].iloc[0].to_list()
        for mark in (halo, ring):
            mark.set_data([team[0]], [team[1]])
        title.set_text(finding(frame))
        for line, words in zip(lines, _shares(frame), strict=True):
            line.set_text(words)

    return update


KEY_PLACES = [0.80 - 0.055 * at for at in range(len(NAMES))]


def _over() -> dict[str, Any]:
    """Words that stand on the colours, so they are drawn each time and never pasted."""
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
    return FONT | {"ha": "center", "va": "center", "bbox": box, "animated": True, "gid": OVER}


def _label(text: Text, cells: pd.DataFrame) -> None:
    """Put a region's name on its cell nearest to its middle."""
    text.set_visible(len(cells) >= SMALLEST)
    if not len(cells):
        return
    x, y = cells["engineers"] / LARGEST, cells["complexity"] / HIGHEST
    middle = cells.loc[np.hypot(x - x.mean(), y - y.mean()).idxmin()]
    # a name at the edge would run over the numbers of the axis
    text.set_position((max(middle["engineers"], 0.075 * LARGEST), middle["complexity"]))


def shades(frame: pd.DataFrame) -> np.ndarray:
    """The colour of each cell, 20 x 20 x 3, lowest complexity first; white where not computed."""
    colours = np.array([to_rgb(COLOURS[name]) for name in frame["best"]]).reshape(-1, 3)
    depth = FAINT + (1 - FAINT) * np.clip(frame["lead"].to_numpy() / FULL, 0, 1)
    cells = np.ones((SIDE * SIDE, 3))
    cells[: len(frame)] = 1 - (1 - colours) * depth[:, None]
    return cells.reshape(SIDE, SIDE, 3)


def _key(figure: Figure) -> None:
    small: dict[str, Any] = FONT | {"size": 9}
    figure.text(0.755, 0.85, "Worth most in", weight="bold", **small)
    figure.text(
        0.755,
        0.47,
        f"Pale: a small lead. Full\ncolour: {FULL:g} or more engineer-\nequivalents.",
        va="top",
        **small,
    )
    figure.text(0.755, 0.31, "Ring: the team chosen.", va="top", **small)
    figure.text(0.988, 0.015, "Source: simulated, every figure assumed", ha="right", **small)


def _shares(frame: pd.DataFrame) -> list[str]:
    shares = frame["best"].value_counts(normalize=True)
    return [f"{label}: {shares.get(name, 0):.0%} of the map" for name, label in NAMES.items()]


def finding(frame: pd.DataFrame) -> str:
    """The title: what is best at the team's place."""
    if len(frame) < frame["cells"].iloc[0]:
        return f"Computing: {len(frame)} of {frame['cells'].iloc[0]} cells"
    here = frame[frame["selected"]].iloc[0]
    if here["lead"] < LEVEL:
        return f"Your place: {here['name']} and {here['second_name']} level"
    return f"Your place: {here['name']}, {here['lead']:.1f} ahead of {here['second_name']}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows: the team's cell, then every fourth size and complexity."""
    fourth = (frame.index // SIDE % 4 == 3) & (frame.index % 4 == 3)
    some = pd.concat([frame[frame["selected"]], frame[fourth]])
    team = frame[["team_engineers", "team_complexity"]].iloc[0]
    head = ["Engineers", "Complexity", "Worth most", "Lead", "Before"]
    place = f"Your place is {team['team_engineers']:g}, {team['team_complexity']:.2g}; its cell:"
    return [head, [place, "", "", "", ""]] + [
        [
            f"{row['engineers']:g}",
            f"{row['complexity']:.2g}",
            row["name"],
            f"{row['lead']:.1f}",
            row["second_name"],
        ]
        for row in some.to_dict("records")
    ]
