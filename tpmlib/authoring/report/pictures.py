"""The pictures of a class report: verdicts, start and end. Each has its sentence."""

import base64
import io
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE, plain
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.words import say

WIDTH, ROW = 8.6, 0.26  # inches
COLOURS = dict(zip(VERDICTS, (BLUE, "#8fc1de", ORANGE, RULE), strict=True))
LEGEND: dict[str, Any] = {"loc": "lower left", "bbox_to_anchor": (0, 1), "frameon": False}
LEGEND["fontsize"] = 9


def picture(name: str, frame: pd.DataFrame) -> dict[str, str] | None:
    """`png` [base64] and `alt` of a part; None if it has no picture or too few answered.

    alt: what the picture shows, in one sentence.
    """
    if name not in PICTURES:
        return None
    draw, figure_column = PICTURES[name]
    shown = frame[frame[figure_column].notna()].reset_index(drop=True)
    if shown.empty:
        return None
    figure = Figure(figsize=(WIDTH, 1 + ROW * len(shown)), dpi=100)
    alt = draw(figure, shown)
    png = io.BytesIO()
    figure.savefig(png, format="png")
    return {"png": base64.b64encode(png.getvalue()).decode("ascii"), "alt": alt}


def draw_verdicts(figure: Figure, frame: pd.DataFrame) -> str:
    """The shares of the four verdicts, a bar a claim, the most disputed on top."""
    axes = _rows(figure, frame["claim"], "share of the class")
    left = pd.Series(0.0, index=frame.index)
    for name, colour in COLOURS.items():
        label = name.replace("_", " ")
        axes.barh(frame.index, frame[name], left=left, color=colour, label=label, height=0.7)
        left += frame[name]
    axes.legend(ncols=4, **LEGEND)
    most, least = frame.iloc[0], frame.iloc[-1]
    told = {"least": least["claim"], "least_chance": least["disagree"]}
    return say("report.disputed", n=len(frame), **most, **told)


def draw_gain(figure: Figure, frame: pd.DataFrame) -> str:
    """Share right at the start (ring) and at the end (dot), a row a question."""
    axes = _rows(figure, frame["item"], "share right at the first try")
    axes.hlines(frame.index, frame["before"], frame["after"], color=INK, lw=1.5)
    ring: dict[str, Any] = {"color": ORANGE, "mfc": "white", "mew": 2, "clip_on": False}
    axes.plot(frame["before"], frame.index, "o", label="start", **ring)
    axes.plot(frame["after"], frame.index, "o", color=GREEN, label="end", clip_on=False)
    axes.legend(ncols=2, **LEGEND)
    before, after = frame["before"].mean(), frame["after"].mean()
    return say("report.gain", n=len(frame), before=before, after=after)


def _rows(figure: Figure, names: pd.Series, label: str) -> Axes:
    """Axes with a row a name, of shares from 0 to 1."""
    height = figure.get_size_inches()[1]
    axes = figure.add_axes((0.24, 0.5 / height, 0.72, 1 - 0.85 / height))
    plain(axes)
    axes.set_xlim(0, 1)
    axes.set_yticks(range(len(names)), list(names))
    axes.invert_yaxis()
    axes.set_xlabel(label, **FONT)
    return axes


# how a part is drawn, and the figure that a row of the picture needs
PICTURES = {"verdicts": (draw_verdicts, "disagree"), "gain": (draw_gain, "before")}
