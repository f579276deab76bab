"""How much of each initiative is done, and how far each budget is used: the best and your own."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE, Update, plain
from tpmlib.lessons.allocation.allocation import BUDGETS, MANY, PLAIN
from tpmlib.lessons.allocation.resource_prices import TINY

SIZE = (8.6, 4.5)  # inches
FULL = 1.5  # end of the axis of budgets; a learner's own split may exceed one
SMALL: dict[str, Any] = FONT | {"size": 9}
MOVING: dict[str, Any] = {"animated": True, "clip_on": False}
BEST: dict[str, Any] = {"marker": "o", "color": BLUE, "ls": "", "ms": 8}
MINE: dict[str, Any] = {"marker": "D", "color": ORANGE, "ls": "", "ms": 7, "mfc": "white", "mew": 2}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `allocation`; returns update(frame), which moves all but the axes.

    With a column `mine` (see `beside`) the learner's own split stands there too; without a column
    `share` it stands alone.
    """
    left, right, count = _initiatives(figure, len(frame)), _budgets(figure), len(frame)
    parts = [_Marks(left), _Marks(right)]
    write: dict[str, Any] = {"animated": True, "va": "center", "parse_math": False, **SMALL}
    names = [left.text(-0.06, at, "", ha="right", **write) for at in range(count)]
    lines = [right.text(0, at - 0.24, "", ha="left", **write) for at in range(len(BUDGETS))]
    prices = [right.text(0, at + 0.24, "", ha="left", **write) for at in range(len(BUDGETS))]
    even = figure.text(0.583, 0.085, "", animated=True, parse_math=False, **SMALL)
    bold: dict[str, Any] = FONT | {"size": 12.5, "weight": "bold", "parse_math": False}
    keys = [
        figure.text(at, 0.855, "", animated=True, **(SMALL | {"color": colour}))
        for at, colour in ((0.012, BLUE), (0.125, ORANGE))
    ]
    title = figure.text(0.012, 0.945, "", animated=True, **bold)

    def update(frame: pd.DataFrame) -> None:
        rows, row = frame.head(count), frame.iloc[0]
        parts[0].put(*(rows[part].to_numpy() if part in rows else None for part in SHARES))
        parts[1].put(*(used(row, part) for part in ("used", "mine_used")))
        for text, name in zip(names, [*rows["name"], *[""] * count], strict=False):
            text.set_text(name)
        for text, price, name in zip(lines, prices, BUDGETS, strict=True):
            text.set_text(f"{PLAIN[name]}: {row[f'budget_{name}']:,.0f} {MANY[name]}")
            price.set_text(_price(row, name) if "share" in frame else "")
        for key, part, words in zip(keys, SHARES, ("● best split", "◇ your split"), strict=True):
            key.set_text(words if part in frame else "")
        even.set_text(_even(row) if "share" in frame else "")
        title.set_text(finding(frame))

    return update


SHARES = ("share", "mine")


class _Marks:
    """A stem and a mark for the best, and a mark for the learner's own, on each row."""

    def __init__(self, axes: Axes) -> None:
        self.stems = LineCollection([], colors=RULE, linewidths=2, animated=True, zorder=1)
        axes.add_collection(self.stems)
        (self.best,) = axes.plot([], [], **BEST, **MOVING)
        (self.mine,) = axes.plot([], [], **MINE, **MOVING)

    def put(self, best: np.ndarray | None, mine: np.ndarray | None) -> None:
        """Shares of 1, a row each; None for what is not shown."""
        for line, shares in ((self.best, best), (self.mine, mine)):
            ends = [] if shares is None else np.minimum(shares, FULL)
            line.set_data(ends, np.arange(len(ends)))
        ends = best if best is not None else mine
        assert ends is not None
        self.stems.set_segments([[(0, y), (min(x, FULL), y)] for y, x in enumerate(ends)])


def used(row: pd.Series, part: str) -> np.ndarray | None:
    """The used share of each budget, 0 of an empty one that is not touched; None if not there."""
    if f"{part}_people" not in row:
        return None
    pairs = [(float(row[f"{part}_{name}"]), float(row[f"budget_{name}"])) for name in BUDGETS]
    return np.array([take / has if has else FULL * (take > TINY) for take, has in pairs])


def _price(row: pd.Series, name: str) -> str:
    price = 1000 * float(row[f"price_{name}"])
    return (
        f"one more is worth ${price:,.0f} a week" if price > TINY else "one more is worth nothing"
    )


def _even(row: pd.Series) -> str:
    return (
        f"{row['even_share']:.0%} of each would bring ${row['even_total']:.1f}k a week,\n"
        f"the largest first ${row['largest_total']:.1f}k"
    )


def _initiatives(figure: Figure, count: int) -> Axes:
    axes = figure.add_axes((0.285, 0.185, 0.24, 0.61))
    axes.set_xlim(0, 1)
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    axes.set_xlabel("done of each initiative [%]", **SMALL)
    figure.text(0.012, 0.02, "Source: tables initiatives, resource_needs; synthetic", **SMALL)
    axes.set_yticks([])
    plain(axes)
    axes.grid(axis="x", color=RULE, lw=0.6)
    return axes


def _budgets(figure: Figure) -> Axes:
    axes = figure.add_axes((0.585, 0.275, 0.39, 0.52))
    axes.set_xlim(0, FULL)
    axes.set_ylim(len(BUDGETS) - 0.45, -0.55)
    axes.set_xticks([0, 0.5, 1, 1.5], ["0%", "50%", "100%", "150%"])
    axes.set_xlabel("used of each budget [%]", **SMALL)
    axes.axvline(1, color=INK, lw=1.2)
    figure.text(0.583, 0.855, "│ all of it is used", **SMALL)
    axes.set_yticks([])
    plain(axes)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: what the split brings, and which budgets hold it back."""
    row = frame.iloc[0]
    if "share" not in frame:
        return f"Your split brings ${row['mine_total']:.1f}k a week{_over(row)}"
    if "mine" in frame:
        return f"Your split brings ${row['mine_total']:.1f}k a week, the best ${row['total']:.1f}k"
    if row["cut"] == "whole":
        return f"Whole initiatives only: the best choice brings ${row['total']:.1f}k a week"
    held = [PLAIN[name].lower() for name in BUDGETS if row[f"price_{name}"] > TINY]
    by = " and ".join(held) or "no budget"
    return f"The best split brings ${row['total']:.1f}k a week, held back by {by}"


def _over(row: pd.Series) -> str:
    shares = used(row, "mine_used")
    assert shares is not None
    over = [PLAIN[name].lower() for name, share in zip(BUDGETS, shares, strict=True) if share > 1]
    return f"; over budget: {', '.join(over)}" if over else ""


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    parts = [(part, word) for part, word in zip(SHARES, ("Best", "Yours"), strict=True)]
    parts = [one for one in parts if one[0] in frame]
    row = frame.iloc[0]
    rows = [
        [one["name"], *(f"{one[part]:.0%}" for part, _ in parts)]
        for one in frame.to_dict("records")
    ]
    for name in BUDGETS:
        names = {"share": f"used_{name}", "mine": f"mine_used_{name}"}
        said = [f"{row[names[part]]:.1f} of {row[f'budget_{name}']:,.0f}" for part, _ in parts]
        rows.append([f"{PLAIN[name]} [{MANY[name]}]", *said])
    totals = {"share": "total", "mine": "mine_total"}
    rows.append(["Brings [$k a week]", *(f"{row[totals[part]]:.1f}" for part, _ in parts)])
    return [["What", *(word for _, word in parts)], *rows]
