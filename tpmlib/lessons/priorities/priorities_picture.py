"""The rank of each initiative by five methods, and its chance of the top three by one of them."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, PALE, RULE, Update, plain
from tpmlib.lessons.priorities.priorities import METHODS, TOP

SIZE = (8.6, 5.4)  # inches
ROWS = 16
SMALL: dict[str, Any] = FONT | {"size": 9}
NAME = dict(
    zip(
        METHODS,
        ("RICE", "Cost of\ndelay", "WSJF\n(SAFe)", "Oppor-\ntunity", "Pillars"),
        strict=True,
    )
)


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `priorities`; returns update(frame), which moves all but the axes.

    The rows keep their places, so that nothing jumps: ordered by the mean rank of the four methods
    that no weight moves.
    """
    left, right, count = _ranks(figure), _chances(figure), min(len(frame), ROWS)
    write: dict[str, Any] = {"animated": True, "va": "center", **SMALL}
    names = [left.text(-0.72, at, "", ha="right", **write) for at in range(count)]
    # not axvspan, which gives another kind of patch before matplotlib 3.9
    whole: dict[str, Any] = {"transform": left.get_xaxis_transform(), "animated": True, "zorder": 0}
    chosen = Rectangle((-0.5, 0), 1, 1, color=PALE, **whole)
    left.add_patch(chosen)
    (circles,) = left.plot([], [], "o", color=BLUE, ms=15, animated=True, clip_on=False)
    digits = [
        [left.text(x, at, "", ha="center", gid="over", **write) for x in range(len(METHODS))]
        for at in range(count)
    ]
    stems = LineCollection([], colors=RULE, linewidths=2, animated=True, zorder=1)
    right.add_collection(stems)
    (inside,) = right.plot([], [], "o", color=BLUE, ms=8, animated=True, clip_on=False)
    (outside,) = right.plot(
        [], [], "s", color=ORANGE, mfc="white", mew=1.6, ms=7, animated=True, clip_on=False
    )
    title = figure.text(0.012, 0.95, "", animated=True, weight="bold", **(FONT | {"size": 12.5}))

    def update(frame: pd.DataFrame) -> None:
        rows = ordered(frame).head(count)
        ranks = rows[[f"rank_{name}" for name in METHODS]].to_numpy(int)
        at, across = np.nonzero(ranks <= TOP)
        circles.set_data(across, at)
        for texts, values in zip(digits, ranks, strict=True):
            for text, value in zip(texts, values, strict=True):
                text.set_text(str(value))
                text.set_color("white" if value <= TOP else INK)
        for text, name in zip(names, rows["name"], strict=True):
            text.set_text(name)
        chosen.set_x(list(METHODS).index(frame["method"].iloc[0]) - 0.5)
        chance, first = rows["chance"].to_numpy(), rows["rank"].to_numpy() <= TOP
        places = np.arange(len(rows))
        inside.set_data(chance[first], places[first])
        outside.set_data(chance[~first], places[~first])
        stems.set_segments([[(0, y), (x, y)] for y, x in enumerate(chance)])
        title.set_text(finding(frame))

    return update


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order of the picture, whatever the method or the weights."""
    still = [f"rank_{name}" for name in METHODS if name != "pillars"]
    return frame.iloc[np.argsort(frame[still].mean(axis=1).to_numpy(), kind="stable")]


def _ranks(figure: Figure) -> Axes:
    axes = figure.add_axes((0.29, 0.12, 0.36, 0.7))
    axes.set_xlim(-0.5, len(METHODS) - 0.5)
    axes.set_ylim(ROWS - 0.5, -0.5)
    axes.set_xticks(range(len(METHODS)), list(NAME.values()))
    axes.xaxis.tick_top()
    axes.set_yticks([])
    for place in range(len(METHODS)):
        axes.axvline(place + 0.5, color=RULE, lw=0.6)
    figure.text(0.012, 0.885, "rank by each method", weight="bold", **SMALL)
    figure.text(0.012, 0.845, "● among the first three", **(SMALL | {"color": BLUE}))
    axes.set_xlabel("rank [1 is first]; shaded: the one on the right", **SMALL)
    figure.text(0.012, 0.02, "Source: table initiatives, synthetic; settings assumed", **SMALL)
    plain(axes)
    return axes


def _chances(figure: Figure) -> Axes:
    axes = figure.add_axes((0.69, 0.12, 0.28, 0.7))
    axes.set_xlim(0, 1)
    axes.set_ylim(ROWS - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    axes.set_xlabel("draws that put it there [%]", **SMALL)
    figure.text(0.69, 0.885, "chance of the first three", weight="bold", **SMALL)
    figure.text(0.69, 0.845, "● rank 1 to 3", **(SMALL | {"color": BLUE}))
    figure.text(0.81, 0.845, "□ rank 4 or lower", **(SMALL | {"color": ORANGE}))
    plain(axes)
    axes.grid(axis="x", color=RULE, lw=0.6)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: how many of the three a draw keeps, and how many the methods name."""
    row = frame.iloc[0]
    return (
        f"{METHODS[row['method']]}: {row['kept']:.1f} of its first three stay there; "
        f"five methods name {row['distinct']} initiatives"
    )


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    head = ["Initiative", *METHODS.values(), "Chance of three", "Rank in nine of ten draws"]
    rows = [
        [
            one["name"],
            *(f"{one[f'rank_{name}']}" for name in METHODS),
            f"{one['chance']:.0%}",
            f"{one['low_rank']:.0f} to {one['high_rank']:.0f}",
        ]
        for one in ordered(frame).to_dict("records")
    ]
    return [head, *rows]
