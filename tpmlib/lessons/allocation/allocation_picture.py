"""How much of each initiative is done, and how far each budget is used: the best and your own."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, RULE, Update
from tpmlib.kit.parts import HALVES, SMALL, Stems, column, panel, source, title, words, write
from tpmlib.lessons.allocation.allocation import BUDGETS, MANY, PLAIN, over_budget
from tpmlib.lessons.allocation.resource_prices import TINY

SIZE = (8.6, 4.5)  # inches
FULL = 1.5  # end of the axis of budgets; a learner's own split may exceed one
# a column of shares: its words in the key and in the table, and how its other columns begin
SPLITS = {"share": ("● best split", "Best", ""), "mine": ("◇ your split", "Yours", "mine_")}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `allocation`; returns update(frame), which moves all but the axes.

    With a column `mine` (see `beside`) the learner's own split stands there too; without a column
    `share` it stands alone.
    """
    left, right, count = _initiatives(figure, len(frame)), _budgets(figure), len(frame)
    done, used = Stems(left, hollow="D", edge=2), Stems(right, hollow="D", edge=2)
    moving: dict[str, Any] = SMALL | {"animated": True}
    names = column(left, -0.06, count)
    amounts, prices = (
        [right.text(0, row + shift, "", va="center", **moving) for row in range(len(BUDGETS))]
        for shift in (-0.24, 0.24)
    )
    even = figure.text(0.583, 0.085, "", **moving)
    keys = [
        figure.text(x, 0.855, "", **(moving | {"color": colour}))
        for x, colour in ((0.012, BLUE), (0.125, ORANGE))
    ]
    head = title(figure, 0.945)

    def update(frame: pd.DataFrame) -> None:
        rows, row, best = frame.head(count), frame.iloc[0], "share" in frame
        shown = [split for split in SPLITS if split in frame]
        _put(done, {split: rows[split].to_numpy() for split in shown})
        _put(used, {split: _used(row, SPLITS[split][2]) for split in shown})
        write(names, rows["name"])
        write(amounts, [f"{PLAIN[b]}: {row[f'budget_{b}']:,.0f} {MANY[b]}" for b in BUDGETS])
        write(prices, [_price(row, budget) for budget in BUDGETS if best])
        write(keys, [SPLITS[split][0] if split in shown else "" for split in SPLITS])
        even.set_text(_even(row) if best else "")
        head.set_text(finding(frame))

    return update


def _put(stems: Stems, shares: dict[str, np.ndarray]) -> None:
    """Mark the shares of each split on show, and lead the stems to the first of them."""
    ends = {split: np.minimum(each, FULL) for split, each in shares.items()}
    for mark, split in zip(stems.marks, SPLITS, strict=True):
        mark.set_data(ends.get(split, []), range(len(ends.get(split, []))))
    stems.lines.set_segments([[(0, y), (x, y)] for y, x in enumerate(next(iter(ends.values())))])


def _used(row: pd.Series, split: str) -> np.ndarray:
    """The used share of each budget; 0 of an empty one that is not touched."""
    pairs = [(float(row[f"{split}used_{name}"]), float(row[f"budget_{name}"])) for name in BUDGETS]
    return np.array([take / has if has else FULL * (take > TINY) for take, has in pairs])


def _price(row: pd.Series, name: str) -> str:
    price = 1000 * float(row[f"price_{name}"])
    worth = f"${price:,.0f} a week" if price > TINY else "nothing"
    return f"one more is worth {worth}"


def _even(row: pd.Series) -> str:
    return (
        f"{row['even_share']:.0%} of each would bring ${row['even_total']:.1f}k a week,\n"
        f"the largest first ${row['largest_total']:.1f}k"
    )


def _initiatives(figure: Figure, count: int) -> Axes:
    box, ends = (0.285, 0.185, 0.24, 0.61), (count - 0.4, -0.6)
    axes = panel(figure, box, (0, 1), ends, "done of each initiative [%]", HALVES)
    axes.grid(axis="x", color=RULE, lw=0.6)
    source(figure, "tables initiatives, resource_needs; synthetic")
    return axes


def _budgets(figure: Figure) -> Axes:
    box, ends = (0.585, 0.275, 0.39, 0.52), (len(BUDGETS) - 0.45, -0.55)
    ticks = HALVES | {1.5: "150%"}
    axes = panel(figure, box, (0, FULL), ends, "used of each budget [%]", ticks)
    axes.axvline(1, color=INK, lw=1.2)
    words(figure, 0.583, 0.855, "│ all of it is used")
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: what the split brings, and which budgets hold it back."""
    row = frame.iloc[0]
    if "share" not in frame:
        over = ", ".join(PLAIN[name].lower() for name in over_budget(row))
        exceeded = f"; over budget: {over}" if over else ""
        return f"Your split brings ${row['mine_total']:.1f}k a week{exceeded}"
    if "mine" in frame:
        return f"Your split brings ${row['mine_total']:.1f}k a week, the best ${row['total']:.1f}k"
    if row["cut"] == "whole":
        return f"Whole initiatives only: the best choice brings ${row['total']:.1f}k a week"
    held = [PLAIN[name].lower() for name in BUDGETS if row[f"price_{name}"] > TINY]
    by = " and ".join(held) or "no budget"
    return f"The best split brings ${row['total']:.1f}k a week, held back by {by}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    row, shown = frame.iloc[0], {split: SPLITS[split] for split in SPLITS if split in frame}
    begins = [begin for *_, begin in shown.values()]
    rows = [
        [initiative["name"], *(f"{initiative[split]:.0%}" for split in shown)]
        for initiative in frame.to_dict("records")
    ]
    for name in BUDGETS:
        budget = f"{row[f'budget_{name}']:,.0f}"
        used = [f"{row[f'{begin}used_{name}']:.1f} of {budget}" for begin in begins]
        rows.append([f"{PLAIN[name]} [{MANY[name]}]", *used])
    rows.append(["Brings [$k a week]", *(f"{row[f'{begin}total']:.1f}" for begin in begins)])
    return [["What", *(word for _, word, _ in shown.values())], *rows]
