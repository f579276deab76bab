"""A tornado: the lead of the recommended staffing, each assumption moved alone to both ends."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE
from tpmlib.lessons.staffing.drift import LEVEL

SIZE = (8.6, 5.6)  # inches
ROWS = 13
SIDES = {"low": (ORANGE, "s"), "high": (BLUE, "o")}
REACH = (-5.0, 6.0)  # of the axis [engineer-equivalents]; a longer bar ends there
EDGES = ((REACH[0], "<"), (REACH[1], ">"))  # an arrow: it goes on
BEYOND: dict[str, Any] = {"ms": 9, "clip_on": False, "animated": True, "zorder": 5}


def draw(figure: Figure, frame: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Draw the rows of `staffing_sensitivity`; returns update(frame)."""
    axes = _axes(figure)
    bars = {}
    for side, (colour, marker) in SIDES.items():
        line = axes.hlines([0], [0], [0], color=colour, lw=6, alpha=0.85, animated=True)
        (end,) = axes.plot([], [], marker, ls="", color=colour, ms=6, animated=True, clip_on=False)
        bars[side] = (line, end)
    beyond = {end: axes.plot([], [], mark, ls="", color=INK, **BEYOND)[0] for end, mark in EDGES}
    (base,) = axes.plot([], [], color=INK, lw=1, ls=":", clip_on=False, animated=True)
    labels = [_text(axes, -0.015, row, "right") for row in range(ROWS)]
    flips = [_text(axes, 1.02, row, "left") for row in range(ROWS)]
    title = figure.text(0.012, 0.935, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        rows = frame.head(ROWS).to_dict("records")
        lead = float(np.clip(rows[0]["lead"], *REACH))
        for side, (line, end) in bars.items():
            ends = np.clip([row[f"lead_{side}"] for row in rows], *REACH)
            line.set_segments([[(lead, at), (to, at)] for at, to in enumerate(ends)])
            end.set_data(ends, np.arange(len(rows)))
        for edge, arrow in beyond.items():
            out = [at for at, row in enumerate(rows) if leaves(row, edge)]
            arrow.set_data([edge] * len(out), out)
        base.set_data([lead, lead], [-0.5, len(rows) - 0.5])
        for place in range(ROWS):
            row = rows[place] if place < len(rows) else None
            labels[place].set_text(row["label"] if row else "")
            flips[place].set_text(_flip(row) if row else "")
        title.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0.33, 0.125, 0.50, 0.735))
    axes.set_xlim(*REACH)
    axes.set_ylim(ROWS - 0.5, -0.5)
    axes.set_yticks([])
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.grid(axis="x", color=RULE, lw=0.6)
    axes.axvline(0, color=INK, lw=1.2)
    small: dict[str, Any] = FONT | {"size": 9}
    axes.set_xlabel("lead over the best other [engineer-equivalents]; arrow: goes on", **small)
    figure.text(0.012, 0.015, "Source: simulated, ranges assumed", **small)
    figure.text(0.845, 0.875, "If it turns, to", weight="bold", **small)
    for x, words, side in ((0.335, "■ at the low end", "low"), (0.49, "● at the high end", "high")):
        figure.text(x, 0.875, words, **(small | {"color": SIDES[side][0]}))
    figure.text(0.66, 0.875, "dotted: as it stands", **small)
    return axes


def leaves(row: dict[str, Any], end: float) -> bool:
    """Whether one of the row's two leads lies beyond this end of the axis."""
    leads = row["lead_low"], row["lead_high"]
    return bool(min(leads) < end if end < 0 else max(leads) > end)


def _text(axes: Axes, x: float, row: int, side: str) -> Text:
    small: dict[str, Any] = FONT | {"size": 9}
    transform = axes.get_yaxis_transform()
    return axes.text(x, row, "", ha=side, va="center", transform=transform, animated=True, **small)


def _flip(row: dict[str, Any]) -> str:
    """Who wins where the recommendation does not."""
    turned = {row[f"winner_{side}"] for side in ("low", "high") if row[f"lead_{side}"] < -LEVEL}
    return " or ".join(sorted(turned))


def finding(frame: pd.DataFrame) -> str:
    """The title: the recommendation, and how many assumptions turn it."""
    turned = int((frame[["lead_low", "lead_high"]] < -LEVEL).any(axis=1).sum())
    said = (
        f"{turned} of {len(frame)} assumptions turn it" if turned else "no one assumption turns it"
    )
    best = frame.iloc[0]
    if best["lead"] < LEVEL:
        said = f"{turned} of {len(frame)} assumptions decide" if turned else "nothing here decides"
        return f"{best['name']} and {best['runner_up']} level; {said}"
    return f"{best['name']} leads by {best['lead']:.1f}; {said}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    head = ["Assumption", "Low", "High", "Unit", "Lead at low", "Lead at high", "Best then"]
    return [head] + [
        [
            row["label"],
            f"{row['low']:g}",
            f"{row['high']:g}",
            row["unit"],
            f"{row['lead_low']:+.1f}",
            f"{row['lead_high']:+.1f}",
            _flip(row) or row["name"],
        ]
        for row in frame.to_dict("records")
    ]
