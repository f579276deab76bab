"""Two lists of duties as circles drawn to scale, and how much of each lies in the other."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE, Update
from tpmlib.lessons.overlap.containment import luck

SIZE = (8.6, 4.6)  # inches
WIDE, TALL = 6.4, 4.6  # half of the circles' axes [root of a responsibility]
STYLES = {"tpm_in_pm": (BLUE, "-", "o"), "pm_in_tpm": (ORANGE, "--", "s")}
KEYS = {
    "counted": "Dotted: lower end of nine shuffles in ten, TPM list inside PM list",
    "shuffled": "Shaded: nine shuffles in ten",
}
NAMES = {"tpm_in_pm": "TPM list inside PM list", "pm_in_tpm": "PM list inside TPM list"}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `containment.view`; returns update(frame), which moves all but the axes."""
    axes = figure.add_axes((0.545, 0.145, 0.435, 0.615))
    lines, bands, dots, rule = _curves(axes)
    (dotted,) = axes.plot([], [], ":", color=BLUE, lw=1.6, animated=True, clip_on=False)
    first, second = _circles(figure)
    small = FONT | {"size": 9.5}
    source = figure.text(0.012, 0.025, "", **(FONT | {"size": 8.5}), animated=True)
    figure.text(0.05, 0.83, "TPM list", **(small | {"color": BLUE}), weight="bold")
    figure.text(0.31, 0.83, "PM list (dashed)", **(small | {"color": ORANGE}), weight="bold")
    title = figure.text(0.012, 0.94, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)
    sizes = figure.text(0.245, 0.12, "", **small, ha="center", animated=True)

    def update(frame: pd.DataFrame) -> None:
        row = frame[frame["chosen"]].iloc[0]
        for name, line in lines.items():
            line.set_data(frame["cut"], frame[name])
            dots[name].set_data([row["cut"]], [row[name]])
            # only luck has a band: advert by advert, redrawing loses rare duties and shifts a list
            known = frame[frame[f"{name}_low"].notna() & (frame["piles"] == "shuffled")]
            there = np.concatenate([known["cut"], known["cut"][::-1]])
            ends = np.concatenate([known[f"{name}_low"], known[f"{name}_high"][::-1]])
            bands[name].set_verts([np.column_stack([there, ends])])
        dotted.set_data(frame["cut"], frame["tpm_in_pm_luck_low"])
        rule.set_data([row["cut"]] * 2, [0, 1])
        apart = distance(row["tpm"], row["pm"], row["both"])
        radii = radius(row["tpm"]), radius(row["pm"])
        middle = (radii[1] + apart - radii[0]) / 2  # of the whole drawing, from the first centre
        for circle, size, x in ((first, radii[0], -middle), (second, radii[1], apart - middle)):
            circle.set_radius(size)
            circle.set_center((x, 0))
        sizes.set_text(_parts(row))
        source.set_text(f"Source: course_adverts, our count. {KEYS.get(row['piles'], '')}")
        title.set_text(finding(frame))

    return update


Curves = tuple[dict[str, Line2D], dict[str, PolyCollection], dict[str, Line2D], Line2D]


def _curves(axes: Axes) -> Curves:
    axes.set_xlim(0, 61)
    axes.set_ylim(0, 1.02)
    axes.set_xticks(range(0, 61, 10), [f"{at}%" for at in range(0, 61, 10)])
    axes.set_yticks(np.arange(0, 1.1, 0.25), ["0%", "25%", "50%", "75%", "100%"])
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.set_xlabel("cut: named in at least so many of the role's adverts [%]", **FONT)
    axes.set_ylabel("of the list inside the other [%]", **FONT)
    bands: dict[str, PolyCollection] = {}
    lines, dots = {}, {}
    for name, (colour, dash, marker) in STYLES.items():
        look: dict[str, Any] = {
            "color": colour,
            "mfc": "white" if marker == "s" else colour,
            "mew": 1.6,
        }
        bands[name] = axes.fill_between([0], [0], color=colour, alpha=0.16, lw=0, animated=True)
        moving: dict[str, Any] = {"animated": True, "clip_on": False}
        (lines[name],) = axes.plot([], [], dash, color=colour, lw=1.8, **moving)
        (dots[name],) = axes.plot([], [], marker, ms=8, zorder=4, **moving, **look)
        axes.plot([], [], dash, marker=marker, ms=7, lw=1.8, label=NAMES[name], **look)
    (rule,) = axes.plot([], [], color=INK, lw=1, animated=True, clip_on=False)
    handles, labels = axes.get_legend_handles_labels()
    axes.legend(
        handles, labels, loc="lower left", bbox_to_anchor=(-0.03, 0.99), frameon=False,
        fontsize=9.5, borderaxespad=0.1, labelspacing=0.25,
    )  # fmt: skip
    return lines, bands, dots, rule


def _circles(figure: Figure) -> tuple[Circle, Circle]:
    axes = figure.add_axes((0.005, 0.18, 0.47, 0.62))
    axes.set_xlim(-WIDE, WIDE)
    axes.set_ylim(-TALL, TALL)
    axes.set_aspect("equal")
    axes.axis("off")
    circles = []
    for colour, dash in ((BLUE, "-"), (ORANGE, "--")):
        look: dict[str, Any] = {"fc": (*_rgb(colour), 0.25), "ec": colour, "lw": 2, "ls": dash}
        circles.append(Circle((0, 0), 0, animated=True, clip_on=False, **look))
        axes.add_patch(circles[-1])
    return circles[0], circles[1]


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def radius(size: float) -> float:
    """Of a circle whose area is the number of responsibilities."""
    return float(np.sqrt(size / np.pi))


def lens(apart: float, one: float, other: float) -> float:
    """Area that two circles share. apart: distance of the centres.   one, other: radii."""
    if apart >= one + other:
        return 0.0
    if apart <= abs(one - other):
        return float(np.pi * min(one, other) ** 2)
    halves = []
    for near, far in ((one, other), (other, one)):
        side = (apart**2 + near**2 - far**2) / (2 * apart)
        angle = np.arccos(np.clip(side / near, -1, 1))
        halves.append(near**2 * angle - side * np.sqrt(max(0, near**2 - side**2)))
    return float(sum(halves))


def distance(first: float, second: float, both: float) -> float:
    """How far apart two circles of these areas stand when they share the area `both`."""
    one, other = radius(first), radius(second)
    low, high = abs(one - other), one + other
    for _ in range(60):  # halving: far below a pixel
        middle = (low + high) / 2
        if lens(middle, one, other) > both:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _parts(row: pd.Series) -> str:
    only = row["tpm"] - row["both"], row["pm"] - row["both"]
    words = [f"{number:.1f}".removesuffix(".0") for number in (only[0], row["both"], only[1])]
    return f"only TPM {words[0]}     both {words[1]}     only PM {words[2]}"


def finding(frame: pd.DataFrame) -> str:
    """The title: both containments at the cut."""
    row = frame[frame["chosen"]].iloc[0]
    words = ["-" if np.isnan(row[name]) else f"{row[name]:.0%}" for name in STYLES]
    return f"Cut {row['cut']}%: {words[0]} of the TPM list in the PM list, {words[1]} the other way"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture: the chosen cut, then each fifth."""
    head = ["Cut", "TPM list", "PM list", "Both"]
    head += ["TPM in PM", "Nine shuffles in ten", "PM in TPM", "Nine shuffles in ten"]
    some = pd.concat([frame[frame["chosen"]], frame[~frame["chosen"] & (frame["cut"] % 5 == 0)]])
    return [head] + [_cells(row) for _, row in some.iterrows()]


def _cells(row: pd.Series) -> list[str]:
    cells = [f"{row['cut']}%"]
    cells += [f"{row[name]:.1f}".removesuffix(".0") for name in ("tpm", "pm", "both")]
    for name in STYLES:
        cells.append("empty list" if np.isnan(row[name]) else f"{row[name]:.0%}")
        low, high = luck(row, name)
        cells.append("-" if np.isnan(low) else f"{low:.0%} to {high:.0%}")
    return cells
