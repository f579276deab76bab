"""Two panels over the engineers: the load of product work, and the kinds of work a person."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE
from tpmlib.lessons.org_size.org_growth import KINDS, appears, short, size

SIZE = (8.6, 6.1)  # inches
MOST = 12  # people of load that the frame holds
TABLE = (5, 10, 15, 20, 30, 40, 60, 80, 100, 120)  # engineers: rows of the table
ROLES = (("product", "first_pm", BLUE, "-", "o"), ("technical", "first_tpm", ORANGE, "--", "s"))
KEY = ("all product work", "technical part")


def draw(figure: Figure, frame: pd.DataFrame) -> Callable[[pd.DataFrame], None]:
    """Draw `org_growth`; returns update(frame), which moves curves, marks and the own size."""
    last = float(frame["engineers"].max())
    below = _axes(figure, (0.075, 0.115, 0.895, 0.2), last, (0, KINDS + 0.7))
    above = _axes(figure, (0.075, 0.405, 0.895, 0.43), last, (0, MOST))
    below.set_yticks([1, 3, 5, 7, 9])
    below.set_xlabel("size of the company [engineers]", **FONT)
    above.set_ylabel("load [people]", **FONT)
    below.set_ylabel("kinds a person", **FONT)
    style: dict[str, Any] = {"animated": True, "clip_on": False}
    (share,) = below.plot([], [], color=INK, lw=2, drawstyle="steps-post", **style)
    (limit,) = above.plot([], [], color=INK, lw=1, ls=":", **style)
    here = [axes.plot([], [], color=INK, lw=1, alpha=0.6, **style)[0] for axes in (above, below)]
    curves, marks, edges = {}, {}, {}
    for name, _, colour, line, mark in ROLES:
        (curves[name],) = above.plot([], [], color=colour, lw=2.2, ls=line, **style)
        (marks[name],) = above.plot([], [], mark, color=colour, ms=9, mec="white", **style)
        (edges[name],) = above.plot([], [], "^", color=colour, ms=8, **style)
    title = figure.text(0.012, 0.955, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)
    key = _key(figure)

    def update(frame: pd.DataFrame) -> None:
        sizes = frame["engineers"].to_numpy(float)
        own = sizes[frame["own"].to_numpy(bool)][0]
        for at, (name, column, *_) in enumerate(ROLES):
            load, start = frame[f"{name}_load"].to_numpy(float), frame[column].iloc[0]
            inside = load <= MOST
            curves[name].set_data(sizes[inside], load[inside])
            begun = np.flatnonzero(sizes == start)
            marks[name].set_data(sizes[begun], np.minimum(load[begun], MOST))
            cut = sizes[inside][-1:] if not inside.all() and inside.any() else []
            edges[name].set_data(cut, [MOST] * len(cut))
            key[at].set_text(f"{KEY[at]}: {appears(column[6:].upper(), frame, column)}")
        fill = frame["threshold"].iloc[0] / frame["week"].iloc[0]
        limit.set_data([0, last], [fill, fill])
        share.set_data(sizes, frame["kinds"])
        for line, top in zip(here, (MOST, KINDS + 0.7), strict=True):
            line.set_data([own, own], [0, top])
        title.set_text(finding(frame))

    return update


def finding(frame: pd.DataFrame) -> str:
    """The title: product people, TPMs and kinds of work at the size asked about."""
    row = frame[frame["own"]].iloc[0]
    if not row["people"]:
        return f"{size(row['engineers'])}: not enough work for a PM, still less for a TPM"
    rest = f"{short(row['kinds'])} of nine kinds of work each"
    return f"{size(row['engineers'])}: {_people(row['people'], row['tpms'])}, {rest}"


def _people(people: int, tpms: int) -> str:
    noun = "product person" if people == 1 else "product people"
    among = "no TPM" if not tpms else f"{tpms:.0f} of them {'a TPM' if tpms == 1 else 'TPMs'}"
    if tpms == people:
        among = "a TPM" if tpms == 1 else "all TPMs"
    return f"{people:.0f} {noun}, {among}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and some rows of the table behind the picture, the size asked about among them."""
    fill = f"{frame['threshold'].iloc[0]:.0f} hours a role"
    head = ["Engineers", "Hours a week", "Technical hours", f"Product people ({fill})", "TPMs"]
    head += ["Engineers a product person", "Kinds of work a person"]
    rows = frame[frame["engineers"].isin(TABLE) | frame["own"]]
    return [head] + [_cells(row) for row in rows.to_dict("records")]


def _cells(row: dict[Any, Any]) -> list[str]:
    return [
        f"{row['engineers']:.0f}{' (asked about)' if row['own'] else ''}",
        f"{row['product_hours']:.0f}",
        f"{row['technical_hours']:.0f}",
        f"{row['people']:.0f}",
        f"{row['tpms']:.0f}",
        f"{row['per_person']:.1f}" if row["people"] else "none",
        f"{row['kinds']:.1f}",
    ]


def _axes(
    figure: Figure, box: tuple[float, float, float, float], last: float, y: tuple[float, float]
) -> Axes:
    axes = figure.add_axes(box)
    axes.set_xlim(0, last)
    axes.set_ylim(*y)
    axes.tick_params(labelsize=9.5, colors=INK, length=3)
    axes.grid(color=RULE, lw=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def _key(figure: Figure) -> list[Text]:
    """The key above the axes: marks that never move, and a text that may behind each."""
    texts = []
    for x, (_, _, colour, line, mark) in zip((0.075, 0.52), ROLES, strict=True):
        axes = figure.add_axes((x, 0.885, 0.045, 0.03))
        axes.axis("off")
        axes.plot([0, 1, 2], [0, 0, 0], color=colour, lw=2.2, ls=line)
        axes.plot([1], [0], mark, color=colour, ms=8, mec="white")
        texts.append(figure.text(x + 0.052, 0.892, "", **(FONT | {"size": 9.5}), animated=True))
    small = FONT | {"size": 8.5}
    still = "dotted: load that makes a role    upright line: the size asked about"
    figure.text(0.075, 0.85, still, **small)
    figure.text(0.012, 0.02, "Source: assumed hours, table workload", **small)
    return texts
