"""Each assumption as a bar from low to high, coloured by who is worth most along it."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import INK, OVER, Update
from tpmlib.kit.parts import MOVING, SMALL, column, panel, table, title, words, write
from tpmlib.kit.words import choices
from tpmlib.lessons.staffing.drift import LEVEL, NAMES
from tpmlib.lessons.staffing.drift_picture import SOURCE
from tpmlib.lessons.staffing.staffing_map_picture import COLOURS
from tpmlib.lessons.staffing.staffing_sensitivity import amount

SIZE = (7.6, 3.75)  # inches
ROWS, FEWEST = 13, 6  # rows at most, and those that share the height at least
NAMED = 0.27  # share of a bar that has room for a name
KEYS = (0.012, 0.085, 0.168, 0.301, 0.431)  # of the names of the colours
UNITS = ("times yours", "of a PM's")  # that stand beside a label, not beside a figure
DARK = ("PM", "TPM")  # names on pale colours
Part = tuple[str, float, float, int]  # who is best, from where to where on the bar, the row


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `staffing_sensitivity.view`; returns update(frame)."""
    axes = _axes(figure)
    wide: dict[str, Any] = {"capstyle": "butt", "animated": True}
    bars = {
        NAMES[name]: LineCollection([], colors=[colour], **wide) for name, colour in COLOURS.items()
    }
    for bar in bars.values():
        axes.add_collection(bar)
    look: dict[str, Any] = SMALL | {"size": 8, "ha": "center", "va": "center", "weight": "bold"}
    look |= {"animated": True, "gid": OVER, "zorder": 3}
    inside = [axes.text(0, 0, "", **look) for _ in range(3 * ROWS)]
    (now,) = axes.plot([], [], "D", color="white", mec=INK, mew=1.6, ms=7, zorder=4, **MOVING)
    small: dict[str, Any] = {"size": 8}
    columns = {
        "label": column(axes, -0.20, ROWS),
        "low": column(axes, -0.05, ROWS, **small),
        "high": column(axes, 1.02, ROWS, "left", **small),
        "turn": column(axes, 1.16, ROWS, "left", weight="bold"),
    }
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        axes.set_ylim(max(FEWEST, len(frame)) - 0.5, -0.5)
        marks = _share(frame, frame["now"])
        parts = [part for y, row in enumerate(frame.to_dict("records")) for part in _parts(row, y)]
        for name, bar in bars.items():
            bar.set_segments([[(a, y), (b, y)] for each, a, b, y in parts if each == name])
            bar.set_linewidth(14 if len(frame) <= FEWEST else 11)
        _names(inside, [_beside(part, marks[part[3]]) for part in parts])
        now.set_data(marks, range(len(frame)))
        told = _told(frame)
        for name, texts in columns.items():
            write(texts, told[name])
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> Axes:
    box = (0.42, 0.2, 0.35, 0.63)
    axes = panel(figure, box, (0, 1), (0, 1), "from the low to the high end [its own unit]", {})
    axes.spines[:].set_visible(False)
    for x, (staffing, colour) in zip(KEYS, COLOURS.items(), strict=True):
        words(figure, x, 0.865, f"■ {NAMES[staffing]}", colour, weight="bold")
    words(figure, 0.6, 0.865, "diamond: as it is")
    words(figure, 0.825, 0.865, "turns at", weight="bold")
    words(figure, 0.988, 0.015, SOURCE, ha="right")
    return axes


def _share(frame: Any, value: Any) -> Any:
    """Where a value stands on its bar, from 0 to 1; beyond it, at its end."""
    return np.clip((value - frame["low"]) / (frame["high"] - frame["low"]), 0, 1)


def _parts(row: dict[Any, Any], y: int) -> list[Part]:
    """The parts of a bar: who is best, from where to where, and the row."""
    cuts = [0.0, *(_share(row, turn) for turn in row["turns"]), 1.0]
    return [(name, a, b, y) for name, a, b in zip(row["names"], cuts[:-1], cuts[1:], strict=True)]


def _names(texts: list[Text], parts: list[Part]) -> None:
    """Write the names on the parts that have room for them."""
    wide = [part for part in parts if part[2] - part[1] >= NAMED]
    write(texts, [part[0] for part in wide])
    for text, (name, a, b, y) in zip(texts, wide, strict=False):
        text.set(position=((a + b) / 2, y), color=INK if name in DARK else "white")


def _beside(part: Part, mark: float) -> Part:
    """The longer piece of a part that the diamond cuts."""
    name, a, b, y = part
    if not a < mark < b:
        return part
    return (name, a, mark - 0.03, y) if mark - a > b - mark else (name, mark + 0.03, b, y)


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with the figures as they are written."""
    rows = []
    for row in frame.to_dict("records"):
        ends = [row["low"], row["now"], row["high"], *row["turns"]]
        low, now, high, *turns = (amount(value, row["unit"]).split()[0] for value in ends)
        told = {"low": low, "now": now, "high": high, "turn": ", ".join(turns) or "never"}
        told["label"] = row["label"] + f", {row['unit']}" * (row["unit"] in UNITS)
        rows.append({**row, **told})
    return pd.DataFrame(rows)


def finding(frame: pd.DataFrame) -> str:
    """The title: who leads, or that two are level, and how much puts another ahead."""
    best, turning = frame.iloc[0], int(frame["turning"].sum())
    leads = f"{best['name']} leads by {best['lead']:.1f}"
    leads = f"{best['name']} and {best['runner_up']} are level" if best["lead"] < LEVEL else leads
    rest = f"{turning} of {best['asked']} assumptions put" if turning else "nothing puts"
    return f"{leads}; {rest} another ahead"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    told = _told(frame).assign(best=frame["names"].map(", ".join))
    return table(told, choices("staffing_sensitivity.columns"))
