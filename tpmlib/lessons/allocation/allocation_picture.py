"""A split as bars: what is done of each initiative, how full budgets are, what the rules bring."""

from collections.abc import Callable
from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, INK, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, Box, Ends, column, source, table, title, words, write
from tpmlib.kit.words import choices
from tpmlib.lessons.allocation.allocation import (
    BUDGETS,
    PLAIN,
    RULES,
    needs_and_budgets,
    over_budget,
    rules_of,
    worth_of_one,
)
from tpmlib.lessons.allocation.resource_prices import TINY, feasible

SIZE = (7.6, 5.85)  # inches
RED, GREY = "#c0272d", "#646c76"
FULL = 1.3  # end of the axis of a budget, since a split as it is entered may exceed one
MOST = 92.0  # end of the axis of what a rule brings [thousand dollars a week]
TEXT, HEAD = 11, 10  # sizes of what is read at every move, and of what stands above it
# In the window of a lesson the rows stand level with their sliders: 70 pixels apart, here as there.
DONE: Box = (0.353, 0.022, 0.14, 0.957)  # of the bars of the initiatives
BUDGET: Box = (0.733, 0.52, 0.262, 0.44)
BELOW: Box = (0.733, 0.05, 0.2, 0.393)  # of the bars of the rules
AMOUNT = {
    "people": "Engineer-weeks: {:.0f} of {:,.0f}",
    "money": "Money: {:.3g} of ${:,.0f}k",  # so that 59.9 is not all of 60
    "platform": "Test hours: {:.0f} of {:,.0f}",
}
SHORT = "\n${:,.0f} every week"  # what one more brings, which is:
MORE = {"people": "+1 engineer-week", "money": "+$1k", "platform": "+1 test hour"}
WIDEST = 20  # characters of a name in a line
USED_UP = 1 - 1e-6  # share of a budget
TOO_MUCH = "Too much: before it is\ncompared, all of it is cut\nalike until it fits."
COLUMNS = {  # beside the bars: the place [share of their width], the side of the text, its cell
    "": (-2.435, "left", "{name}"),
    "whole takes": (-0.12, "right", "{need_people:.0f} weeks"),
    "half brings": (1.7, "right", "${value_half:.1f}k"),
    "whole brings": (2.62, "right", "${value_whole:.1f}k"),
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `allocation.view`; returns update(frame), which moves all bars."""
    updates = [part(figure, len(frame)) for part in (_initiatives, _budgets, _rules)]
    head = title(figure, 0.974)
    source(figure, "tables initiatives, resource_needs; synthetic", 0.008)

    def update(frame: pd.DataFrame) -> None:
        for each in updates:
            each(frame)
        head.set_text(finding(frame))

    return update


Part = Callable[[pd.DataFrame], None]


def _initiatives(figure: Figure, count: int) -> Part:
    """A row for each initiative: its weeks, a bar of what is done, what half and all bring."""
    axes = _panel(figure, DONE, (0, 1), count)
    bars, beside = _bars(axes, BLUE), {"transform": axes.get_yaxis_transform(), "size": TEXT}
    (shadow,) = axes.plot([], [], "|", color=INK, ms=14, mew=2, **MOVING)
    texts = {n: column(axes, x, count, side, **beside) for n, (x, side, _) in COLUMNS.items()}
    left, _, width, _ = DONE
    for name, x, side in [("done", 0.5, "center"), *((n, *at[:2]) for n, at in COLUMNS.items())]:
        words(figure, left + x * width, 0.947, name, GREY, ha=side, size=HEAD)

    def update(frame: pd.DataFrame) -> None:
        rows = frame.head(count)
        bars.set_segments(_segments(rows["share"]))
        ghost = rows.get("ghost_share", rows["share"][:0]).to_numpy(float)
        if len(ghost):  # what asked too much stands as it is compared: cut until it fits
            ghost = feasible(ghost, *needs_and_budgets(rows))
        shadow.set_data(ghost, np.arange(len(ghost)))
        for name, (*_, cell) in COLUMNS.items():
            cells = [cell.format_map(row) for row in rows.to_dict("records")]
            write(texts[name], ["\n".join(wrap(cell, WIDEST)) for cell in cells])

    return update


def _budgets(figure: Figure, _: int) -> Part:
    """How much of each budget it takes, dark: all, red: too much; and what one more brings."""
    axes = _panel(figure, BUDGET, (0, FULL), len(BUDGETS))
    for row in range(len(BUDGETS)):
        axes.vlines(1, row - 0.17, row + 0.17, color=INK, lw=1.2)
    bars = [_bars(axes, colour) for colour in (BLUE, INK, RED)]  # some of it, all, too much
    above, below = _texts(axes, -0.24), _texts(axes, 0.13, va="top")

    def update(frame: pd.DataFrame) -> None:
        row: Any = frame.iloc[0]
        parts = np.array([_part(row, name) for name in BUDGETS])
        kinds = (1 + np.array([name in over_budget(row) for name in BUDGETS])) * (parts >= USED_UP)
        for kind, each in enumerate(bars):
            each.set_segments(_segments(np.where(kinds == kind, parts, np.nan)))
        write(above, [AMOUNT[n].format(row[f"used_{n}"], row[f"budget_{n}"]) for n in BUDGETS])
        priced = row["shown"] == "prices" and row["split"] == "best"
        write(below, [f"{MORE[n]}: {worth_of_one(row, n, SHORT)}" for n in BUDGETS if priced])

    return update


def _rules(figure: Figure, _: int) -> Part:
    """What every rule brings, once that is told; the one on show in blue."""
    axes = _panel(figure, BELOW, (0, MOST), len(RULES), back=False)
    others, shown = _bars(axes, GREY), _bars(axes, BLUE)
    names, sums = _texts(axes, -0.42), _texts(axes, 0)
    head = figure.text(BUDGET[0], 0.47, "", animated=True, va="center", **SMALL | {"size": HEAD})

    def update(frame: pd.DataFrame) -> None:
        row: Any = frame.iloc[0]
        listed = rules_of(row)
        totals = np.array([float(row[f"total_{rule}"]) for rule in listed])
        is_shown = np.array([rule == row["split"] for rule in listed], dtype=bool)
        others.set_segments(_segments(np.where(is_shown, np.nan, totals)))
        shown.set_segments(_segments(np.where(is_shown, totals, np.nan)))
        write(names, list(listed.values()))
        write(sums, [f"{total:.1f}" for total in totals])
        for text, total in zip(sums, totals, strict=False):
            text.set_x(total + 3)
        told = "each brings [$k a week]" if listed else TOO_MUCH if over_budget(row) else ""
        head.set(text=told, color=GREY if listed else RED)

    return update


def _panel(figure: Figure, box: Box, ends: Ends, count: int, back: bool = True) -> Axes:
    """Axes with nothing but a row for each of `count`; back: a pale bar behind, from 0 to 1."""
    axes = figure.add_axes(box)
    axes.set_axis_off()
    axes.set_xlim(*ends)
    axes.set_ylim(count - 0.5, -0.5)
    if back:
        axes.hlines(range(count), 0, 1, color=RULE, lw=9, zorder=0)
    return axes


def _bars(axes: Axes, colour: str) -> LineCollection:
    bars = LineCollection([], colors=colour, linewidths=9, animated=True, clip_on=False)
    axes.add_collection(bars)
    return bars


def _segments(ends: Any) -> list[list[tuple[float, float]]]:
    """A bar on each row, from 0 to its end; none where there is no end."""
    return [[(0, row), (end, row)] for row, end in enumerate(ends) if end > 0]


def _texts(axes: Axes, shift: float, va: str = "center") -> list[Text]:
    """An empty text at the start of each row, shifted down by so much of a row."""
    rows = range(round(max(axes.get_ylim()) + 0.5))
    look: dict[str, Any] = SMALL | {"va": va, "animated": True, "size": 10}
    return [axes.text(0, row + shift, "", **look) for row in rows]


def _part(row: Any, name: str) -> float:
    """The used share of a budget, to the end of its axis."""
    has, used = float(row[f"budget_{name}"]), float(row[f"used_{name}"])
    return min(FULL, used / has) if has else FULL * (used > 0)


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each budget as a place that can be clicked."""
    left, bottom, width, height = BUDGET
    step = height / len(BUDGETS)
    return [
        {"id": name, "label": PLAIN[name]}
        | {"box": [left - 0.01, 1 - bottom - height + row * step, width + 0.01, step]}
        for row, name in enumerate(BUDGETS)
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: what the split on show brings, and which budgets it exceeds or uses up."""
    row: Any = frame.iloc[0]
    total = row["brings"]  # does not move with the bars, and so belongs to the split it names
    if not total:
        return "Nothing is done yet"
    over = ", ".join(PLAIN[n].lower() for n in over_budget(row) if row["split"] == "yours")
    mine = "the best whole set" if row["shown"] == "whole" else "your split"
    whose = mine if row["split"] == "yours" else RULES[row["split"]]
    brings = f"{whose.capitalize()} brings ${total:.1f}k a week"
    if over:
        return f"{brings}, but is short of {over}"
    held = [PLAIN[name].lower() for name in BUDGETS if float(row[f"price_{name}"]) > TINY]
    priced = row["shown"] == "prices" and row["split"] == "best"
    by = "all three" if len(held) == len(BUDGETS) else " and ".join(held) or "nothing"
    if row["shown"] == "rules" and row["split"] == "best" and row["total_yours"] > 0:
        return f"{brings}, yours ${row['total_yours']:.1f}k"
    return f"{brings}, held back by {by}" if priced else brings


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture, the budgets and rules below."""
    row: Any = frame.iloc[0]
    rows = table(frame, choices("allocation.columns"))
    blank = [""] * (len(rows[0]) - 2)
    used = {name: f"{row[f'used_{name}']:.1f} of {row[f'budget_{name}']:g}" for name in BUDGETS}
    rows += [[PLAIN[name], text, *blank] for name, text in used.items()]
    listed = rules_of(row).items()
    return rows + [[name.capitalize(), f"{row[f'total_{r}']:.1f}", *blank] for r, name in listed]
