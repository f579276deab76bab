"""The rank of each initiative by five methods, and its chance of the top three by one of them."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from tpmlib.kit import parts
from tpmlib.kit.canvas import BLUE, INK, ORANGE, OVER, PALE, RULE, Update
from tpmlib.lessons.priorities.priorities import METHODS, TOP

SIZE = (8.6, 5.4)  # inches
ROWS = 16
# names of the methods, broken so that each fits above its column
HEADS = ("RICE", "Cost of\ndelay", "WSJF\n(SAFe)", "Oppor-\ntunity", "Pillars")


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `priorities`; returns update(frame), which moves all but the axes.

    The rows keep their places, so that nothing jumps: ordered by the mean rank of the four methods
    that no weight moves.
    """
    left, right, count = _ranks(figure), _chances(figure), min(len(frame), ROWS)
    names = parts.column(left, -0.72, count)
    # not axvspan, which gives another kind of patch before matplotlib 3.9
    whole: dict[str, Any] = {"transform": left.get_xaxis_transform(), "animated": True, "zorder": 0}
    chosen = Rectangle((-0.5, 0), 1, 1, color=PALE, **whole)
    left.add_patch(chosen)
    (circles,) = left.plot([], [], "o", color=BLUE, ms=15, **parts.MOVING)
    digits = [parts.column(left, x, count, "center", gid=OVER) for x in range(len(METHODS))]
    stems, head = parts.Stems(right), parts.title(figure, 0.95)

    def update(frame: pd.DataFrame) -> None:
        rows = ordered(frame).head(count)
        ranks = rows[[f"rank_{name}" for name in METHODS]].to_numpy(int)
        y, x = np.nonzero(ranks <= TOP)
        circles.set_data(x, y)
        for texts, places in zip(digits, ranks.T, strict=True):
            for text, rank in zip(texts, places, strict=True):
                text.set(text=str(rank), color="white" if rank <= TOP else INK)
        parts.write(names, rows["name"])
        chosen.set_x(list(METHODS).index(frame["method"].iloc[0]) - 0.5)
        stems.put(rows["chance"].to_numpy(), rows["rank"].to_numpy() <= TOP)
        head.set_text(finding(frame))

    return update


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order of the picture, whatever the method or the weights."""
    still = [f"rank_{name}" for name in METHODS if name != "pillars"]
    return frame.iloc[np.argsort(frame[still].mean(axis=1).to_numpy(), kind="stable")]


def _ranks(figure: Figure) -> Axes:
    ends, label = (-0.5, len(METHODS) - 0.5), "rank [1 is first]; shaded: the one on the right"
    axes = parts.panel(figure, (0.29, 0.12, 0.36, 0.7), ends, (ROWS - 0.5, -0.5), label)
    axes.set_xticks(range(len(METHODS)), HEADS)
    axes.xaxis.tick_top()
    for place in range(len(METHODS)):
        axes.axvline(place + 0.5, color=RULE, lw=0.6)
    parts.words(figure, 0.012, 0.885, "rank by each method", weight="bold")
    parts.words(figure, 0.012, 0.845, "● among the first three", BLUE)
    parts.source(figure, "table initiatives, synthetic; settings assumed")
    return axes


def _chances(figure: Figure) -> Axes:
    box, label = (0.69, 0.12, 0.28, 0.7), "draws that put it there [%]"
    axes = parts.panel(figure, box, (0, 1), (ROWS - 0.5, -0.5), label, parts.HALVES)
    axes.grid(axis="x", color=RULE, lw=0.6)
    parts.words(figure, 0.69, 0.885, "chance of the first three", weight="bold")
    parts.words(figure, 0.69, 0.845, "● rank 1 to 3", BLUE)
    parts.words(figure, 0.81, 0.845, "□ rank 4 or lower", ORANGE)
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
    columns = {
        "Initiative": "{name}",
        **{label: f"{{rank_{name}}}" for name, label in METHODS.items()},
        "Chance of three": "{chance:.0%}",
        "Rank in nine of ten draws": "{low_rank:.0f} to {high_rank:.0f}",
    }
    return parts.table(ordered(frame), columns)
