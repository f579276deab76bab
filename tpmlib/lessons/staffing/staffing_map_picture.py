"""A map of team size and complexity: the best staffing by colour and name, its lead as shade."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, OVER, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, table, title, words, write
from tpmlib.lessons.staffing.drift import NAMES
from tpmlib.lessons.staffing.drift_picture import SOURCE
from tpmlib.lessons.staffing.staffing_map import HIGHEST, LARGEST, LEVEL, SIDE

SIZE = (8.6, 4.9)  # inches
COLOURS = {"pm": "#E69F00", "tpm": "#56B4E9", "pm_tpm": GREEN, "pm_pm": ORANGE, "tpm_tpm": BLUE}
FULL = 2.0  # a lead of so many engineer-equivalents has the full colour
FAINT = 0.25  # the share of colour in a cell without any lead
SMALLEST = 5  # cells of a region that has room for its name
COLUMNS = {
    "Engineers": "{engineers:g}",
    "Complexity": "{complexity:.2g}",
    "Worth most": "{name}",
    "Lead": "{lead:.1f}",
    "Before": "{second_name}",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the cells of `staffing_map.view`; returns update(frame)."""
    axes = _axes(figure)
    half = 0.5 / SIDE
    image = axes.imshow(
        np.ones((SIDE, SIDE, 3)),
        origin="lower",
        extent=(LARGEST * half, LARGEST * (1 + half), HIGHEST * half, HIGHEST * (1 + half)),
        aspect="auto",
        interpolation="nearest",
        animated=True,
    )
    # names stand on the colours, so they are drawn each time and never pasted
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
    look: dict[str, Any] = FONT | {"ha": "center", "va": "center", "weight": "bold", "bbox": box}
    look |= {"animated": True, "gid": OVER}
    names = {name: axes.text(0, 0, label, **look) for name, label in NAMES.items()}
    ring: dict[str, Any] = MOVING | {"ms": 15, "mfc": "none"}
    marks = axes.plot([], [], "o", mec="white", mew=4, zorder=4, **ring)
    marks += axes.plot([], [], "o", mec=INK, mew=1.8, zorder=5, **ring)
    head = title(figure, 0.93)
    shares = [
        figure.text(0.755, 0.80 - 0.055 * line, "", va="top", animated=True, **SMALL)
        for line in range(len(NAMES))
    ]

    def update(frame: pd.DataFrame) -> None:
        image.set_data(shades(frame))
        for name, text in names.items():
            _label(text, frame[frame["best"] == name])
        team = frame.iloc[0]
        for mark in marks:
            mark.set_data([team["team_engineers"]], [team["team_complexity"]])
        head.set_text(finding(frame))
        held = frame["best"].value_counts(normalize=True)
        write(shares, [f"{NAMES[name]}: {held.get(name, 0):.0%} of the map" for name in NAMES])

    return update


def _axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0.075, 0.135, 0.66, 0.735))
    axes.set_xticks([3, 12, 24, 36, 48, 60])
    axes.set_yticks([0.5, 1, 1.5, 2, 2.5, 3])
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.spines[:].set_color(RULE)
    axes.set_xlabel("engineers [people]", **SMALL)
    axes.set_ylabel("complexity [times the usual]", **SMALL)
    words(figure, 0.755, 0.85, "Worth most in", weight="bold")
    colour = f"Pale: a small lead. Full\ncolour: {FULL:g} or more engineer-\nequivalents."
    words(figure, 0.755, 0.47, colour, va="top")
    words(figure, 0.755, 0.31, "Ring: the team chosen.", va="top")
    words(figure, 0.988, 0.015, SOURCE, ha="right")
    return axes


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
    head, *rows = table(pd.concat([frame[frame["selected"]], frame[fourth]]), COLUMNS)
    team = frame.iloc[0]
    place = f"Your place is {team['team_engineers']:g}, {team['team_complexity']:.2g}; its cell:"
    return [head, [place, "", "", "", ""], *rows]
