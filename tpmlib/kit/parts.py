"""What the pictures share: a title, a source, kinds of axes, and marks that move.

A picture is still but for what is made with `animated=True`: the canvas draws the rest once. So
each part here is either still, or returns what its chart moves on each update.
"""

import re
from collections.abc import Iterable
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from tpmlib.kit.canvas import FONT, INK, RULE, plain
from tpmlib.kit.words import fill, say

SMALL: dict[str, Any] = FONT | {"size": 9}
MOVING: dict[str, Any] = {"animated": True, "clip_on": False}
Box = tuple[float, float, float, float]  # left, bottom, width, height [share of the figure]
JOINT = re.compile(r"({\w[^}]*}) (of|to) ({\w[^}]*})")  # of two values in a cell
Ends = tuple[float, float]  # of a scale, in the order in which it runs


def title(figure: Figure, y: float = 0.94) -> Text:
    """An empty bold line above all; the chart sets its text to the finding."""
    bold: dict[str, Any] = FONT | {"size": 12.5, "weight": "bold"}
    return figure.text(0.012, y, "", animated=True, **bold)


def source(figure: Figure, text: str, y: float = 0.02, size: float = 9) -> None:
    """Where the figures come from, below all."""
    figure.text(0.012, y, say("picture.source", source=text), **(FONT | {"size": size}))


def words(figure: Figure, x: float, y: float, text: str, colour: str = INK, **look: Any) -> None:
    """A small text that stands still."""
    figure.text(x, y, text, **(SMALL | {"color": colour} | look))


def panel(
    figure: Figure, box: Box, x: Ends, y: Ends, label: str, ticks: dict[float, str] | None = None
) -> Axes:
    """Axes without a frame: a row for each thing named beside them, and one scale below.

    ticks: the labels of the scale by their places; the scale's own if left out.
    """
    axes = figure.add_axes(box)
    axes.set_xlim(*x)
    axes.set_ylim(*y)
    axes.set_yticks([])
    if ticks is not None:
        axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_xlabel(label, **SMALL)
    plain(axes)
    return axes


def column(axes: Axes, x: float, rows: int, side: str = "right", **look: Any) -> list[Text]:
    """An empty text on each row, to be filled by `write`. side: which end of the text is at x."""
    style = SMALL | {"ha": side, "va": "center", "animated": True} | look
    return [axes.text(x, row, "", **style) for row in range(rows)]


def write(texts: list[Text], lines: Iterable[str]) -> None:
    """Put the lines into the first texts, and nothing into the rest."""
    for text, line in zip(texts, [*lines, *[""] * len(texts)], strict=False):
        text.set_text(line)


def gridded(figure: Figure, box: Box, x: Ends, y: Ends, grid: Literal["x", "y", "both"]) -> Axes:
    """Axes with ticks, and a grid behind the marks; only a grid of both scales has a left edge."""
    axes = figure.add_axes(box)
    axes.set_xlim(*x)
    axes.set_ylim(*y)
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis=grid, color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines["left"].set_visible(grid == "both")
    return axes


def legend(axes: Axes, marks: Iterable[Artist], corner: str, place: Ends, **look: Any) -> None:
    """What the marks mean, by their labels. place: of its `corner` [share of the axes]."""
    style: dict[str, Any] = {"loc": corner, "frameon": False, "fontsize": 9.5} | look
    axes.legend(handles=list(marks), bbox_to_anchor=place, **style)


Mark = tuple[str, str, str, str, str]  # column of the frame, label, colour, shape, colour inside


class Areas:
    """An area of work on each row, and three marks on it, one for each of three columns.

    marks: the first stands on the row, the others above and below it, so that equal values do not
        cover each other.
    x: ends of the scale; a value beyond it is marked at the edge.
    """

    SHIFTS = (0, -0.2, 0.2)  # of each mark [rows]

    def __init__(self, figure: Figure, names: pd.Series, marks: tuple[Mark, ...], x: Ends) -> None:
        self.axes = gridded(figure, (0.305, 0.14, 0.665, 0.68), x, (len(names) - 0.4, -0.6), "x")
        self.axes.set_yticks(np.arange(len(names)), names)
        self.marks: dict[str, Line2D] = {}
        self.still: list[Line2D] = []  # a twin of each mark that never moves, for the legend
        for name, label, colour, shape, inside in marks:
            look: dict[str, Any] = {"color": colour, "mfc": inside, "ms": 8, "mew": 1.6}
            (self.marks[name],) = self.axes.plot([], [], shape, **MOVING, **look)
            self.still += self.axes.plot([], [], shape, label=label, **look)

    def put(self, frame: pd.DataFrame) -> None:
        """Move the marks to the values of the frame."""
        rows, (_, most) = np.arange(len(frame)), self.axes.get_xlim()
        for (name, mark), shift in zip(self.marks.items(), self.SHIFTS, strict=True):
            mark.set_data(frame[name].clip(upper=most), rows + shift)


def table(frame: pd.DataFrame, heads: dict[str, str]) -> list[list[str]]:
    """The table behind a picture: the head, then a row of texts for each row of the frame.

    heads: what stands above the cells of a format: {"{latency:.0f}": "Response [ms]"}.
    """
    rows, cells = frame.to_dict("records"), [JOINT.sub(_joined, cell) for cell in heads]
    return [[*heads.values()], *([fill(cell, **row) for cell in cells] for row in rows)]


def _joined(hit: re.Match[str]) -> str:
    return say("picture.joint", first=hit[1], joint=hit[2], second=hit[3])
