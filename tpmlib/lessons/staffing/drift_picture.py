"""A year of five staffings: alignment week by week, and what each is worth at the end."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE
from tpmlib.lessons.staffing.drift import NAMES, WEEKS, level

SIZE = (8.6, 4.5)  # inches
# colour, line, marker, filled: so that none rests on colour alone
STYLES: dict[str, tuple[str, str, str, bool]] = {
    "pm": (ORANGE, "--", "s", False),
    "tpm": (BLUE, "--", "o", True),
    "pm_tpm": (GREEN, "-", "D", True),
    "pm_pm": (ORANGE, "-", "s", True),
    "tpm_tpm": (BLUE, "-", "o", False),
}
PARTS = ("value_low", "value", "value_high")
ENDS = (-0.2, 1.0)  # of the value axis [share of the engineers' output]; beyond: at the edge


def draw(figure: Figure, frame: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Draw the rows of `drift`; returns update(frame), which moves lines, dots and words."""
    left = figure.add_axes((0.065, 0.165, 0.36, 0.63))
    right = figure.add_axes((0.635, 0.165, 0.335, 0.63))
    _axes(left, right, figure)
    lines, dots, bars, names, sides = {}, {}, {}, {}, {}
    for place, (staffing, (colour, dash, marker, full)) in enumerate(STYLES.items()):
        look: dict[str, Any] = {
            "color": colour,
            "marker": marker,
            "mew": 1.5,
            "animated": True,
            "clip_on": False,
        }
        look["mfc"] = colour if full else "white"
        (lines[staffing],) = left.plot([], [], ls=dash, lw=1.8, ms=6, markevery=(3, 12), **look)
        bars[staffing] = right.hlines([place], [0], [0], color=colour, lw=1.8, animated=True)
        (dots[staffing],) = right.plot([], [], ls="", ms=8, zorder=3, **look)
        at: dict[str, Any] = {
            "ha": "right",
            "animated": True,
            "transform": right.get_yaxis_transform(),
        }
        names[staffing] = right.text(
            -0.03, place - 0.14, NAMES[staffing], va="center", **at, **FONT
        )
        sides[staffing] = right.text(
            -0.03, place + 0.22, "", va="center", **at, **(FONT | {"size": 8.5})
        )
    title = figure.text(0.012, 0.93, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        for row in frame.to_dict("records"):
            name = row["staffing"]
            for artist in (lines[name], bars[name], dots[name], names[name], sides[name]):
                artist.set_visible(row["shown"])
            lines[name].set_data(np.arange(1, WEEKS + 1), row["path"])
            place = list(STYLES).index(name)
            low, value, high = np.clip([row[part] / row["engineers"] for part in PARTS], *ENDS)
            bars[name].set_segments([[(low, place), (high, place)]])
            dots[name].set_data([value], [place])
            share = row["value"] / row["engineers"]  # at the edge an arrow says that it goes on
            dots[name].set_marker(
                "<" if share < ENDS[0] else ">" if share > ENDS[1] else STYLES[name][2]
            )
            names[name].set_fontweight("bold" if row["best"] else "normal")
            names[name].set_text(f"{row['name']}  {row['value']:.1f}")
            sides[name].set_text(_side(row))
        title.set_text(finding(frame))

    return update


def _side(row: dict[str, Any]) -> str:
    lapsed = row["lapsed"] / row["requests"] if row["requests"] else 0.0
    return f"{row['strategic']:.0f} h strategy, {lapsed:.0%} lapse"


def _axes(left: Axes, right: Axes, figure: Figure) -> None:
    small: dict[str, Any] = FONT | {"size": 9}
    for axes in (left, right):
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.spines["bottom"].set_color(RULE)
        axes.tick_params(length=0, labelsize=9, labelcolor=INK)
        axes.grid(color=RULE, lw=0.6)
        axes.set_axisbelow(True)
    left.set_xlim(1, WEEKS)
    left.set_ylim(0, 1)
    left.set_xticks([1, 13, 26, 39, 52])
    left.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    left.set_xlabel("time [weeks]", **small)
    left.set_title("Alignment (marks as on the right)", loc="left", **FONT)
    right.set_xlim(*ENDS)
    right.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    right.set_ylim(len(STYLES) - 0.5, -0.5)
    right.set_yticks([])
    right.set_xlabel("value / engineers [%], bar: 90% of the years", **small)
    right.set_title("Worth, after the cost of the people", loc="left", **FONT)
    figure.text(0.988, 0.015, "Source: simulated, every figure assumed", ha="right", **small)


def finding(frame: pd.DataFrame) -> str:
    """The title: which staffing is worth most, and by how much."""
    ranked = frame[frame["shown"]].sort_values("value", ascending=False, kind="stable")
    best, second = ranked.iloc[0], ranked.iloc[1]
    ahead = best["value"] - second["value"]
    if level(best, second):
        return f"{best['name']} and {second['name']} come out level"
    return f"{best['name']} is worth most here, {ahead:.1f} more than {second['name']}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    head = ["Staffing", "Strategy h/week", "Questions h", "Served", "Settled", "Lapsed"]
    head += ["Alignment", "Value", "90% of the years"]
    return [head] + [
        [
            row["name"],
            f"{row['strategic']:.1f}",
            *[f"{row[name]:.1f}" for name in ("requests", "served", "settled", "lapsed")],
            f"{row['alignment']:.0%}",
            f"{row['value']:.1f}",
            f"{row['value_low']:.1f} to {row['value_high']:.1f}",
        ]
        for row in frame[frame["shown"]].to_dict("records")
    ]
