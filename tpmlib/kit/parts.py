"""What the pictures share: a title, a source, panels, and marks that move."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE

SMALL: dict[str, Any] = FONT | {"size": 9}
MOVING: dict[str, Any] = {"animated": True, "clip_on": False}
HALVES = {0: "0%", 0.5: "50%", 1: "100%"}  # ticks of a share
Box = tuple[float, float, float, float]  # left, bottom, width, height [share of the figure]
Ends = tuple[float, float]


def title(figure: Figure, y: float = 0.94) -> Text:
    """The finding, above all."""
    bold: dict[str, Any] = FONT | {"size": 12.5, "weight": "bold", "parse_math": False}
    return figure.text(0.012, y, "", animated=True, **bold)


def source(figure: Figure, words: str, y: float = 0.02, size: float = 9) -> None:
    figure.text(0.012, y, f"Source: {words}", **(FONT | {"size": size}))


def words(figure: Figure, x: float, y: float, said: str, colour: str = INK, **look: Any) -> None:
    """A small text that stands still."""
    figure.text(x, y, said, **(SMALL | {"color": colour} | look))


def panel(
    figure: Figure, box: Box, x: Ends, y: Ends, label: str, ticks: dict[float, str] | None = None
) -> Axes:
    """Axes without a frame; rows have no ticks, and `ticks` are those of the scale below."""
    axes = figure.add_axes(box)
    axes.set_xlim(*x)
    axes.set_ylim(*y)
    axes.set_yticks([])
    if ticks is not None:
        axes.set_xticks(list(ticks), list(ticks.values()))
    axes.set_xlabel(label, **SMALL)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.set_axisbelow(True)
    return axes


def column(axes: Axes, x: float, rows: int, side: str = "right", **look: Any) -> list[Text]:
    """A moving text on each row, beside the axes."""
    write = SMALL | {"ha": side, "va": "center", "animated": True} | look
    return [axes.text(x, at, "", **write) for at in range(rows)]


def write(texts: list[Text], words: Any) -> None:
    """Put words on the first rows, and nothing on the rest."""
    for text, said in zip(texts, [*words, *[""] * len(texts)], strict=False):
        text.set_text(said)


class Stems:
    """A stem and a mark on each row: filled where it holds, hollow where it does not."""

    def __init__(self, axes: Axes, size: float = 8, hollow: str = "s", edge: float = 1.6) -> None:
        self.lines = LineCollection([], colors=RULE, linewidths=2, animated=True, zorder=1)
        axes.add_collection(self.lines)
        small: dict[str, Any] = {"ms": min(size, 7), "mfc": "white", "mew": edge}
        self.marks: list[Line2D] = [
            axes.plot([], [], "o", color=BLUE, ms=size, **MOVING)[0],
            axes.plot([], [], hollow, color=ORANGE, **small, **MOVING)[0],
        ]

    def put(self, ends: np.ndarray, holds: np.ndarray, start: float = 0) -> None:
        rows = np.arange(len(ends))
        for mark, some in zip(self.marks, (holds, ~holds), strict=True):
            mark.set_data(ends[some], rows[some])
        self.lines.set_segments([[(start, y), (x, y)] for y, x in zip(rows, ends, strict=True)])


Mark = tuple[str, str, str, str, str]  # column, label, colour, marker, colour inside


def areas(figure: Figure, names: Any, marks: tuple[Mark, ...], x: Ends, **legend: Any) -> Any:
    """Axes with an area a row and some marks on each, and a legend above; `put` moves a mark."""
    axes = figure.add_axes((0.305, 0.14, 0.665, 0.68))
    axes.set_xlim(*x)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_yticks(np.arange(len(names)), names)
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(axis="x", color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    moving, still = {}, []
    for name, label, colour, marker, fill in marks:
        look: dict[str, Any] = {"color": colour, "mfc": fill, "ms": 8, "mew": 1.6, "label": label}
        (moving[name],) = axes.plot([], [], marker, **MOVING, **look)
        still += axes.plot([], [], marker, **look)
    axes.legend(handles=still, ncol=3, frameon=False, fontsize=9.5, **legend)
    return axes, moving
