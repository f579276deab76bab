"""A map of team size and complexity: the best staffing by colour and name, its lead as shade."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, OVER, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, table, title, words
from tpmlib.kit.words import choices
from tpmlib.lessons.staffing.drift import LEVEL, NAMES
from tpmlib.lessons.staffing.drift_picture import SOURCE
from tpmlib.lessons.staffing.staffing_map import HIGHEST, LARGEST, SIDE

SIZE = (7.6, 3.75)  # inches
COLOURS = {"pm": "#E69F00", "tpm": "#56B4E9", "pm_tpm": GREEN, "pm_pm": ORANGE, "tpm_tpm": BLUE}
FULL = 2.0  # a lead of so many engineers has the full colour
FAINT = 0.25  # the share of colour in a cell without any lead
KEY = (
    (0.85, "The name: who is\nworth most there."),
    (0.73, f"Pale: a small lead over\nthe next best; full: one of\n{FULL:g} engineers or more."),
    (0.49, "Hatched: more engineers\nmake no more there,\nso do not trust it."),
    (0.30, "Ring: the team."),
)
SMALLEST = 5  # cells of a region that has room for its name


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
    hatch = LineCollection([], colors="white", linewidths=1.6, animated=True, zorder=2)
    axes.add_collection(hatch)
    # names stand on the colours, so they are drawn each time and never pasted
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85}
    look: dict[str, Any] = FONT | {"ha": "center", "va": "center", "weight": "bold", "bbox": box}
    look |= {"animated": True, "gid": OVER, "zorder": 6}
    names = {name: axes.text(0, 0, label, **look) for name, label in NAMES.items()}
    ring: dict[str, Any] = MOVING | {"ms": 15, "mfc": "none"}
    marks = axes.plot([], [], "o", mec="white", mew=4, zorder=4, **ring)
    marks += axes.plot([], [], "o", mec=INK, mew=1.8, zorder=5, **ring)
    head = title(figure, 0.93)

    def update(frame: pd.DataFrame) -> None:
        image.set_data(shades(frame))
        hatch.set_segments(strokes(frame))
        _label(names, frame)
        team = frame.iloc[0]
        for mark in marks:
            mark.set_data([team["team_engineers"]], [team["team_complexity"]])
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0.075, 0.16, 0.66, 0.715))
    axes.set_xticks([3, 12, 24, 36, 48, 60])
    axes.set_yticks([0.5, 1, 1.5, 2, 2.5, 3])
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.spines[:].set_color(RULE)
    axes.set_xlabel("engineers [people]", labelpad=1, **SMALL)
    axes.set_ylabel("complexity [times the usual]", **SMALL)
    for y, text in KEY:
        words(figure, 0.755, y, text, va="top")
    words(figure, 0.988, 0.015, SOURCE, ha="right")
    return axes


def _label(names: dict[str, Text], frame: pd.DataFrame) -> None:
    """Put each region's name near its middle, away from the ring and from the larger regions'."""
    team, taken = frame.iloc[0], []
    taken.append((team["team_engineers"] / LARGEST, team["team_complexity"] / HIGHEST))
    regions = frame.groupby("best", sort=False)
    for text in names.values():
        text.set_visible(False)
    for name in regions.size().sort_values(ascending=False).index:
        cells = regions.get_group(name)
        x, y = cells["engineers"] / LARGEST, cells["complexity"] / HIGHEST
        x = x.clip(lower=0.075)  # a name at the edge would run over the numbers of the axis
        near = [(np.abs(x - across) < 0.22) & (np.abs(y - up) < 0.09) for across, up in taken]
        away = np.hypot(x - x.mean(), y - y.mean()) + 9 * np.any(near, axis=0)
        nearest = away.idxmin()
        names[name].set_visible(bool(len(cells) >= SMALLEST and away[nearest] < 9))
        names[name].set_position((x[nearest] * LARGEST, y[nearest] * HIGHEST))
        taken.append((x[nearest], y[nearest]))


def shades(frame: pd.DataFrame) -> np.ndarray:
    """The colour of each cell, 20 x 20 x 3, lowest complexity first."""
    colours = np.array([to_rgb(COLOURS[name]) for name in frame["best"]])
    depth = FAINT + (1 - FAINT) * np.clip(frame["lead"].to_numpy() / FULL, 0, 1)
    return np.asarray(1 - (1 - colours) * depth[:, None]).reshape(SIDE, SIDE, 3)


def strokes(frame: pd.DataFrame) -> list[np.ndarray]:
    """A stroke across each doubtful cell."""
    cells = frame.loc[frame["doubtful"], ["engineers", "complexity"]].to_numpy()
    half = np.array([LARGEST, HIGHEST]) / SIDE / 2
    return list(np.stack([cells - half, cells + half], axis=1)) if len(cells) else []


def finding(frame: pd.DataFrame) -> str:
    """The title: what is best at the ring, and where that turns once engineers settle questions."""
    here = frame[frame["selected"]].iloc[0]
    best = f"{here['name']} is worth most"
    if here["lead"] < LEVEL:
        best = f"{here['name']} and {here['second_name']} are level"
    if not here["settled"]:
        return f"At the ring {best}"
    turn = f"; two PMs draw level at {here['turn']:.0%}" if here["turn"] <= 1 else ""
    return f"{here['settled']:.0%} settled: {best}{turn}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows: the team's cell, then every fourth size and complexity."""
    fourth = (frame.index // SIDE % 4 == 3) & (frame.index % 4 == 3)
    told = frame.assign(trust=frame["doubtful"].map({True: "no", False: ""}))
    shown = pd.concat([told[told["selected"]], told[fourth]])
    head, *rows = table(shown, choices("staffing_map.columns"))
    team = frame.iloc[0]
    place = f"The ring is {team['team_engineers']:g}, {team['team_complexity']:.2g}; its cell:"
    return [head, [place, *[""] * (len(head) - 1)], *rows]
