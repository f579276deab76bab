"""A split as bars: what is done of each initiative, how full budgets are, what the rules bring."""

from collections.abc import Callable
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
    over_budget,
    rules_of,
    worth_of_one,
)
from tpmlib.lessons.allocation.resource_prices import TINY

SIZE = (7.6, 3.8)  # inches
RED, GREY = "#c0272d", "#646c76"
FULL = 1.3  # end of the axis of a budget, since a split as it is entered may exceed one
MOST = 92.0  # end of the axis of what a rule brings [thousand dollars a week]
DONE: Box = (0.42, 0.085, 0.1, 0.745)  # of the bars of the initiatives
BUDGET: Box = (0.69, 0.4, 0.29, 0.465)
BELOW: Box = (0.872, 0.07, 0.118, 0.25)  # of the bars of the rules
UNIT = {"people": "{:,.0f} weeks", "money": "${:,.0f}k", "platform": "{:,.0f}"}
SHORT = "${:,.0f} a week"  # what one more brings, which is:
MORE = {"people": "+1 engineer-week", "money": "+$1k", "platform": "+1 test hour"}
USED_UP = 1 - 1e-6  # share of a budget
TOO_MUCH = "Too much: when you go on,\nall your sliders are cut alike."
COLUMNS = {  # beside the bars: the place [share of their width], the side of the text, its cell
    "the whole takes": (-4.075, "left", "{name}"),
    "weeks": (-1.01, "right", "{need_people:.0f}"),
    "$k": (-0.68, "right", "{need_money:.0f}"),
    "hours": (-0.08, "right", "{need_platform:.0f}"),
    "now": (1.46, "right", "{worth:.1f}"),
    "half": (1.98, "right", "{value_half:.1f}"),
    "whole": (2.57, "right", "{value_whole:.1f}"),
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `allocation.view`; returns update(frame), which moves all bars."""
    updates = [part(figure, len(frame)) for part in (_initiatives, _budgets, _rules)]
    head = title(figure, 0.945)
    source(figure, "tables initiatives, resource_needs; synthetic", 0.015)

    def update(frame: pd.DataFrame) -> None:
        for each in updates:
            each(frame)
        head.set_text(finding(frame))

    return update


Part = Callable[[pd.DataFrame], None]


def _initiatives(figure: Figure, count: int) -> Part:
    """A row for each initiative: what the whole takes, a bar of what is done, what that brings."""
    axes = _panel(figure, DONE, (0, 1), count)
    bars, beside = _bars(axes, BLUE), axes.get_yaxis_transform()
    (shadow,) = axes.plot([], [], "|", color=INK, ms=12, mew=1.8, **MOVING)
    texts = {
        name: column(axes, x, count, side, transform=beside)
        for name, (x, side, _) in COLUMNS.items()
    }
    left, _, width, _ = DONE
    for name, (x, side, _) in COLUMNS.items():
        words(figure, left + x * width, 0.85, name, GREY, ha=side)
    words(figure, left + COLUMNS["whole"][0] * width, 0.895, "brings [$k a week]", GREY, ha="right")
    words(figure, left + width / 2, 0.85, "done", GREY, ha="center")

    def update(frame: pd.DataFrame) -> None:
        rows = frame.head(count)
        bars.set_segments(_segments(rows["share"]))
        ghost = rows.get("ghost_share", rows["share"][:0])
        shadow.set_data(ghost, np.arange(len(ghost)))
        for name, (*_, cell) in COLUMNS.items():
            write(texts[name], [cell.format_map(row) for row in rows.to_dict("records")])

    return update


def _budgets(figure: Figure, _: int) -> Part:
    """How much of each budget it takes, dark: all, red: too much; and what one more brings."""
    axes = _panel(figure, BUDGET, (0, FULL), len(BUDGETS))
    for row in range(len(BUDGETS)):
        axes.vlines(1, row - 0.17, row + 0.17, color=INK, lw=1.2)
    bars = [_bars(axes, colour) for colour in (BLUE, INK, RED)]  # some of it, all, too much
    above, below = _texts(axes, -0.31), _texts(axes, 0.31)

    def update(frame: pd.DataFrame) -> None:
        row: Any = frame.iloc[0]
        parts = np.array([_part(row, name) for name in BUDGETS])
        kinds = (1 + np.array([name in over_budget(row) for name in BUDGETS])) * (parts >= USED_UP)
        for kind, each in enumerate(bars):
            each.set_segments(_segments(np.where(kinds == kind, parts, np.nan)))
        write(above, [_amount(row, name, part) for name, part in zip(BUDGETS, parts, strict=True)])
        priced = row["shown"] == "prices" and row["split"] == "best"
        write(below, [f"{MORE[n]}: {worth_of_one(row, n, SHORT)}" for n in BUDGETS if priced])

    return update


def _rules(figure: Figure, _: int) -> Part:
    """What every rule brings, once that is told; the one on show in blue."""
    axes = _panel(figure, BELOW, (0, MOST), len(RULES), back=False)
    others, shown = _bars(axes, GREY), _bars(axes, BLUE)
    names = column(axes, -0.06, len(RULES), transform=axes.get_yaxis_transform())
    sums = _texts(axes, 0)
    head = figure.text(BUDGET[0], 0.345, "", animated=True, **SMALL)

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
        told = "each way brings [$k a week]" if listed else TOO_MUCH if over_budget(row) else ""
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


def _texts(axes: Axes, shift: float) -> list[Text]:
    """An empty text at the start of each row, shifted down by so much of a row."""
    rows = range(round(max(axes.get_ylim()) + 0.5))
    return [axes.text(0, row + shift, "", va="center", animated=True, **SMALL) for row in rows]


def _part(row: Any, name: str) -> float:
    """The used share of a budget, to the end of its axis."""
    has, used = float(row[f"budget_{name}"]), float(row[f"used_{name}"])
    return min(FULL, used / has) if has else FULL * (used > 0)


def _amount(row: Any, name: str, part: float) -> str:
    budget, used = row[f"budget_{name}"], row[f"used_{name}"]
    amount = f"{PLAIN[name]}: {used:.0f} of {UNIT[name].format(budget)}"
    full = ", full" if part >= USED_UP else ""
    return f"{amount}{', over' if name in over_budget(row) else full}"


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
    total = frame["worth"].sum()
    if not total:
        return "Nothing is done yet"
    over = " and ".join(PLAIN[name].lower() for name in over_budget(row))
    mine = "the best whole set" if row["shown"] == "whole" else "your split"
    whose = mine if row["split"] == "yours" else RULES[row["split"]]
    brings = f"{whose.capitalize()} brings ${total:.1f}k a week"
    if over:
        return f"{brings}, but takes too much of {over}"
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
