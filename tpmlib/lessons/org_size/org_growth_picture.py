"""The hours of each kind of work, filled into weeks: a person comes where a week is full enough."""

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, OVER, Update
from tpmlib.kit.parts import SMALL, source, table, title
from tpmlib.kit.words import choices
from tpmlib.lessons.org_size.org_growth import firsts, in_hours, size, staff

SIZE = (7.6, 3.5)  # inches
WEEKS = 5  # that are drawn; work beyond them is told
BAR = 0.72  # height of a week [rows]
GREYS, BLUES = ("#c6ccd4", "#dde1e7"), ("#7fb5d8", "#a9cde6", "#c9e0f0")
LINE = 15  # letters of a name on a bar
LETTER = 0.42  # room that a letter takes [hours]
LABELS = 45  # names that are kept to be written on the bars: nine kinds in five weeks
Piece = tuple[float, float, float, int]  # row, from, to [hours], kind


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `org_growth.view`; returns update(frame), which fills the weeks."""
    axes = _axes(figure, frame)
    bars = PolyCollection([], edgecolors="white", linewidths=1, animated=True)
    axes.add_collection(bars)
    (guess,) = axes.plot([], [], color=INK, lw=1.2, ls="--", animated=True)
    look: dict[str, Any] = SMALL | {"va": "center", "ha": "center", "animated": True, "gid": OVER}
    labels = [axes.text(0, 0, "", **look | {"size": 8}) for _ in range(LABELS)]
    people = [_person(axes, row) for row in range(WEEKS)]
    beyond = axes.text(41, WEEKS - 1, "", **look | {"ha": "left"})
    when = figure.text(0.012, 0.855, "", animated=True, **SMALL | {"size": 10.5})
    blue = figure.text(0.985, 0.024, "", animated=True, **SMALL | {"ha": "right", "size": 8})
    head = title(figure, 0.93)
    colours = _colours(frame)

    def update(frame: pd.DataFrame) -> None:
        row = frame.iloc[0]
        parts = pieces(frame)
        bars.set_verts([_box(part) for part in parts])
        bars.set_facecolor([colours[kind] for *_, kind in parts])
        _write(labels, parts, [fill(str(kind).lower(), LINE) for kind in frame["kind"]])
        blue.set_text(f"Blue: {', '.join(frame['kind'][frame['of_tpm']]).lower()}. Grey: the rest")
        for number, person in enumerate(people):
            is_tpm = number < row["tpms"]
            person.set(visible=row["people"] > number, text="TPM" if is_tpm else str(number + 1))
            person.get_bbox_patch().set_facecolor(BLUE if is_tpm else INK)
        box = [] if row["firsts"] else guessed(frame)  # it is of the twelve engineers at first
        guess.set_data([x for x, _ in box], [y for _, y in box])
        more = row["product_hours"] - WEEKS * row["week"]
        beyond.set_text(f"+ {more:.0f} h" if more > 0.5 else "")
        minutes = f"{row.get('ghost_minutes', 0):.0f} minutes, ours {row['minutes']:.0f}"
        when.set_text(f"Dashed: your guess, {minutes}" if box else firsts(frame).strip())
        head.set_text(finding(frame))

    return update


def guessed(frame: pd.DataFrame) -> list[tuple[float, float]]:
    """The box about the blue as the learner guessed it, where a step has a ghost."""
    if "ghost_hours" not in frame or not (hours := frame["ghost_hours"][frame["of_tpm"]].sum()):
        return []
    box = _box((0, 0, min(hours, frame["week"].iloc[0]), 0))
    return [*box, box[0]]


def pieces(frame: pd.DataFrame) -> list[Piece]:
    """The hours cut into weeks: the kinds one behind another, or, if shared, all in each week."""
    week = float(frame["week"].iloc[0])
    pieces: list[Piece] = []
    order = np.argsort(~frame["of_tpm"].to_numpy(bool), kind="stable")  # the blue first
    hours = frame["hours"].to_numpy(float)[order]
    for row in range(WEEKS):
        filled = min(week, max(0.0, hours.sum() - row * week))
        if frame["division"].iloc[0] == "shared":
            pieces += _laid(hours / max(hours.sum(), 1e-9) * filled, float(row))
        else:
            pieces += _cut(hours, row, week)
    return [(row, low, high, int(order[kind])) for row, low, high, kind in pieces]


def _laid(hours: np.ndarray, row: float) -> list[Piece]:
    """Kinds one behind another on a row."""
    ends = np.cumsum(hours)
    return [
        (row, float(end - each), float(end), kind)
        for kind, (end, each) in enumerate(zip(ends, hours, strict=True))
        if each > 0
    ]


def _cut(hours: np.ndarray, row: int, week: float) -> list[Piece]:
    """What of kinds laid one behind another falls into one week."""
    low, high = row * week, (row + 1) * week
    return [
        (float(row), max(start, low) - low, min(end, high) - low, kind)
        for _, start, end, kind in _laid(hours, 0)
        if start < high and end > low
    ]


def _box(part: Piece) -> list[tuple[float, float]]:
    row, low, high, _ = part
    top, bottom = row - BAR / 2, row + BAR / 2
    return [(low, bottom), (low, top), (high, top), (high, bottom)]


def _write(labels: list[Any], parts: list[Piece], names: list[str]) -> None:
    """The name of a kind on each piece with room for it, or for its first word."""
    for label in labels:
        label.set_text("")
    for label, (row, low, high, kind) in zip(labels, parts, strict=False):
        whole, room = names[kind], (high - low) / LETTER
        fits = [n for n in (whole, whole.split()[0]) if max(map(len, n.split("\n"))) < room]
        label.set(position=((low + high) / 2, row), text=[*fits, ""][0])


def _colours(frame: pd.DataFrame) -> list[str]:
    """Blues for the technical kinds, greys for the rest, neighbours told apart."""
    blues, greys = iter(BLUES * 3), iter(GREYS * 5)
    return [next(blues) if technical else next(greys) for technical in frame["of_tpm"]]


def _person(axes: Axes, row: float) -> Any:
    """A disc, for a number or "TPM", in front of a week that is full enough."""
    look: dict[str, Any] = {"boxstyle": "circle,pad=0.3", "ec": "none"}
    text: dict[str, Any] = SMALL | {"color": "white", "size": 8.5, "weight": "bold"}
    text |= {"ha": "center", "va": "center", "animated": True, "gid": OVER}
    return axes.text(-2, row, "", bbox=look, **text)


def _axes(figure: Figure, frame: pd.DataFrame) -> Axes:
    axes = figure.add_axes((0.085, 0.19, 0.81, 0.6))
    axes.set_xlim(0, frame["week"].iloc[0])
    axes.set_ylim(WEEKS - 0.45, -0.55)
    axes.set_yticks([])
    axes.set_xticks([0, 10, 20, 30, 40])
    axes.tick_params(labelsize=9, colors=INK, length=3)
    axes.set_xlabel("one person's week [hours]", **SMALL)
    axes.spines[["top", "right", "left"]].set_visible(False)
    for row in range(WEEKS):
        axes.axhspan(row - BAR / 2, row + BAR / 2, color="#f3f4f6", zorder=0)
    axes.axvline(job := frame["threshold"].iloc[0], color=INK, lw=1, ls=":")
    axes.text(job, -0.6, "makes a job", **SMALL | {"ha": "center", "size": 8.5})
    source(figure, "assumed hours", 0.02, 8.5)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: the hours at this size, and whom they are enough for."""
    row = frame.iloc[0]
    return f"{size(row['engineers'])}: {in_hours(row['product_hours'])}, {staff(row)}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    frame = frame.assign(tpm=frame["of_tpm"].map({True: choices("picture.yes")["True"], False: ""}))
    return table(frame, choices("org_growth.columns"))
