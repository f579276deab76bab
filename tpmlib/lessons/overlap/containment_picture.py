"""Two lists of duties as circles drawn to scale, and how much of each lies in the other."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, Update
from tpmlib.kit.parts import MOVING, gridded, legend, title, words
from tpmlib.lessons.overlap.containment import luck, tenths

SIZE = (8.6, 4.6)  # inches
WIDE, TALL = 6.4, 4.6  # half of the circles' axes [root of a responsibility]
STYLES = {
    "tpm_in_pm": (BLUE, "-", "o", "TPM list inside PM list"),
    "pm_in_tpm": (ORANGE, "--", "s", "PM list inside TPM list"),
}
KEYS = {
    "counted": "Dotted: lower end of nine shuffles in ten, TPM list inside PM list",
    "shuffled": "Shaded: nine shuffles in ten",
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `containment.view`; returns update(frame), which moves all but the axes."""
    axes = _axes(figure)
    curves = [Curve(axes, name) for name in STYLES]
    still, tight = [curve.still for curve in curves], {"borderaxespad": 0.1, "labelspacing": 0.25}
    legend(axes, still, "lower left", (-0.03, 0.99), **tight)
    (rule,) = axes.plot([], [], color=INK, lw=1, **MOVING)
    (dotted,) = axes.plot([], [], ":", color=BLUE, lw=1.6, **MOVING)
    first, second = _circles(figure)
    words(figure, 0.05, 0.83, "TPM list", BLUE, size=9.5, weight="bold")
    words(figure, 0.31, 0.83, "PM list (dashed)", ORANGE, size=9.5, weight="bold")
    sizes = figure.text(0.245, 0.12, "", **(FONT | {"size": 9.5}), ha="center", animated=True)
    source = figure.text(0.012, 0.025, "", **(FONT | {"size": 8.5}), animated=True)
    head = title(figure)

    def update(frame: pd.DataFrame) -> None:
        row = frame[frame["chosen"]].iloc[0]
        for curve in curves:
            curve.put(frame, row)
        dotted.set_data(frame["cut"], frame["tpm_in_pm_luck_low"])
        rule.set_data([row["cut"]] * 2, [0, 1])
        apart = distance(row["tpm"], row["pm"], row["both"])
        radii = radius(row["tpm"]), radius(row["pm"])
        middle = (radii[1] + apart - radii[0]) / 2  # of the whole drawing, from the first centre
        for circle, size, x in ((first, radii[0], -middle), (second, radii[1], apart - middle)):
            circle.set_radius(size)
            circle.set_center((x, 0))
        only_tpm, both, only_pm = map(
            tenths, (row["tpm"] - row["both"], row["both"], row["pm"] - row["both"])
        )
        sizes.set_text(f"only TPM {only_tpm}     both {both}     only PM {only_pm}")
        source.set_text(f"Source: course_adverts, our count. {KEYS.get(row['piles'], '')}")
        head.set_text(finding(frame))

    return update


class Curve:
    """How much of a list lies in the other at each cut, a dot at the chosen cut, a band of luck."""

    def __init__(self, axes: Axes, name: str) -> None:
        self.name = name
        colour, dash, shape, label = STYLES[name]
        fill = "white" if shape == "s" else colour
        look: dict[str, Any] = {"color": colour, "mfc": fill, "mew": 1.6}
        self.band = axes.fill_between([0], [0], color=colour, alpha=0.16, lw=0, animated=True)
        (self.line,) = axes.plot([], [], dash, color=colour, lw=1.8, **MOVING)
        (self.dot,) = axes.plot([], [], shape, ms=8, zorder=4, **MOVING, **look)
        (self.still,) = axes.plot([], [], dash, marker=shape, ms=7, lw=1.8, label=label, **look)

    def put(self, frame: pd.DataFrame, row: pd.Series) -> None:
        """Move to the frame, and the dot to its chosen row."""
        self.line.set_data(frame["cut"], frame[self.name])
        self.dot.set_data([row["cut"]], [row[self.name]])
        # only luck has a band: advert by advert, redrawing loses rare duties and shifts a list
        banded = frame[frame[f"{self.name}_low"].notna() & (frame["piles"] == "shuffled")]
        there_and_back = np.concatenate([banded["cut"], banded["cut"][::-1]])
        ends = np.concatenate([banded[f"{self.name}_low"], banded[f"{self.name}_high"][::-1]])
        self.band.set_verts([np.column_stack([there_and_back, ends])])


def _axes(figure: Figure) -> Axes:
    axes = gridded(figure, (0.545, 0.145, 0.435, 0.615), (0, 61), (0, 1.02), "both")
    axes.set_xticks(range(0, 61, 10), [f"{cut}%" for cut in range(0, 61, 10)])
    axes.set_yticks(np.arange(0, 1.1, 0.25), ["0%", "25%", "50%", "75%", "100%"])
    axes.set_xlabel("cut: named in at least so many of the role's adverts [%]", **FONT)
    axes.set_ylabel("of the list inside the other [%]", **FONT)
    return axes


def _circles(figure: Figure) -> list[Circle]:
    axes = figure.add_axes((0.005, 0.18, 0.47, 0.62))
    axes.set_xlim(-WIDE, WIDE)
    axes.set_ylim(-TALL, TALL)
    axes.set_aspect("equal")
    axes.axis("off")
    circles = []
    for colour, dash in ((BLUE, "-"), (ORANGE, "--")):
        look: dict[str, Any] = {"fc": to_rgba(colour, 0.25), "ec": colour, "lw": 2, "ls": dash}
        circles.append(Circle((0, 0), 0, **MOVING, **look))
        axes.add_patch(circles[-1])
    return circles


def radius(size: float) -> float:
    """Of a circle whose area is the number of responsibilities."""
    return float(np.sqrt(size / np.pi))


def lens(apart: float, first: float, second: float) -> float:
    """Area that two circles share. apart: distance of the centres.   first, second: radii."""
    if apart >= first + second:
        return 0.0
    if apart <= abs(first - second):
        return float(np.pi * min(first, second) ** 2)
    halves = []  # the chord through both crossings cuts the lens into a segment of each circle
    for near, far in ((first, second), (second, first)):
        side = (apart**2 + near**2 - far**2) / (2 * apart)
        angle = np.arccos(np.clip(side / near, -1, 1))
        halves.append(near**2 * angle - side * np.sqrt(max(0, near**2 - side**2)))
    return float(sum(halves))


def distance(first: float, second: float, both: float) -> float:
    """How far apart two circles of these areas stand when they share the area `both`."""
    radii = radius(first), radius(second)
    low, high = abs(radii[0] - radii[1]), sum(radii)
    for _ in range(60):  # halving: far below a pixel
        middle = (low + high) / 2
        if lens(middle, *radii) > both:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def finding(frame: pd.DataFrame) -> str:
    """The title: both containments at the cut."""
    row = frame[frame["chosen"]].iloc[0]
    tpm, pm = ("-" if np.isnan(row[name]) else f"{row[name]:.0%}" for name in STYLES)
    return f"Cut {row['cut']}%: {tpm} of the TPM list in the PM list, {pm} the other way"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture: the chosen cut, then each fifth."""
    head = ["Cut", "TPM list", "PM list", "Both"]
    head += ["TPM in PM", "Nine shuffles in ten", "PM in TPM", "Nine shuffles in ten"]
    some = pd.concat([frame[frame["chosen"]], frame[~frame["chosen"] & (frame["cut"] % 5 == 0)]])
    return [head] + [_cells(row) for _, row in some.iterrows()]


def _cells(row: pd.Series) -> list[str]:
    cells = [f"{row['cut']}%", *(tenths(row[name]) for name in ("tpm", "pm", "both"))]
    for name in STYLES:
        cells.append("empty list" if np.isnan(row[name]) else f"{row[name]:.0%}")
        low, high = luck(row, name)
        cells.append("-" if np.isnan(low) else f"{low:.0%} to {high:.0%}")
    return cells
