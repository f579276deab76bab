"""A hundred envelopes on each way: they go from person to person, and some tear on a hop."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, Update
from tpmlib.kit.parts import MOVING, SMALL, column, table, title, words, write
from tpmlib.kit.words import choices
from tpmlib.lessons.messages.messages import MIDDLE, RECEIVER, ROUTES, SENDER, SENT, ways

SIZE = (7.6, 3.35)  # inches
RED, PALE = "#c0272d", "#dde1e6"
LANE, TOP = 0.78, 2.6  # height of a way, and where the bars of the first lie [inches]
CELL, ROW = 0.062, 10  # room of an envelope [inches]; envelopes in a row
BAR = 1.0  # inches for all that are sent on a hop
NAMES = {"direct": "direct", "pm": "by PM", "tpm": "by TPM"}
KINDS: dict[str, dict[str, Any]] = {  # a shape each, so that none rests on its colour alone
    "whole": {"marker": "s", "color": BLUE, "ms": 2.9, "mew": 0, "snap": False},
    "settled": {"marker": "o", "color": GREEN, "ms": 3.6, "mew": 0},
    "torn": {"marker": "x", "color": RED, "ms": 3.1, "mew": 1},
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `messages.view`; returns update(frame), which moves the envelopes."""
    axes = _axes(figure)
    marks = {kind: axes.plot([], [], ls="", **MOVING, **look)[0] for kind, look in KINDS.items()}
    hops = [(way, hop) for way in ROUTES for hop in range(1 if way == "direct" else 2)]
    bars = [
        axes.hlines([0], [0], [0], color=colour, lw=6, animated=True, zorder=2)
        for colour in (PALE, INK)
    ]
    shares = column(axes, 0, len(hops), "left", size=10)
    ends = column(axes, RECEIVER + 0.85, len(ROUTES), "left", size=15, weight="bold")
    befores = column(axes, RECEIVER + 0.85, len(ROUTES), "left")
    for lane, (end, before) in enumerate(zip(ends, befores, strict=True)):
        end.set_y(_bar(lane) - 0.38)
        before.set_y(_bar(lane) - 0.58)
    settled = figure.text(0.885, 0.055, "", animated=True, **(SMALL | {"color": GREEN}))
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        rows = ways(frame)
        for kind, mark in marks.items():
            mark.set_data(*_envelopes(frame, kind))
        spots = [(_start(hop), _bar(list(ROUTES).index(way))) for way, hop in hops]
        keeps = [rows["keeps"][way][hop] for way, hop in hops]
        for text, (x, y), keep in zip(shares, spots, keeps, strict=True):
            text.set_position((x + BAR + 0.06, y))
            text.set_text(f"{keep:.0%} get through")
        for bar, far in zip(bars, (np.ones(5), keeps), strict=True):
            lengths = zip(spots, BAR * np.asarray(far), strict=True)
            bar.set_segments([[(x, y), (x + length, y)] for (x, y), length in lengths])
        _put_ends(ends, rows)
        write(befores, _before(frame, rows))
        settled.set_text("● settled" if rows["solved"].any() else "")
        head.set_text(finding(frame))

    return update


def _bar(lane: int) -> float:
    return TOP - LANE * lane


def _start(hop: int) -> float:
    return (SENDER, MIDDLE)[hop] + 0.75


def _envelopes(frame: pd.DataFrame, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """The places of the envelopes of one kind: in rows of ten, each heap behind those before it."""
    torn, settled = frame["torn"], (frame["heap"] == "settled") & (frame["hop"] == 2)
    chosen = frame[{"torn": torn, "settled": settled, "whole": ~torn & ~settled}[kind]]
    across, down = [], []
    for row in chosen.to_dict("records"):
        cells = round(row["first"]) + np.arange(round(row["count"]))
        across.append(row["x"] + CELL * (cells % ROW))
        down.append(TOP - LANE * row["y"] - 0.13 - CELL * (cells // ROW))
    return np.concatenate([[], *across]), np.concatenate([[], *down])


def _put_ends(texts: list[Text], rows: pd.DataFrame) -> None:
    """How many are whole so far, beside the person who has them; nothing before the first hop."""
    hop = rows["hop"].iloc[0]
    for text, (way, row) in zip(texts, rows.iterrows(), strict=True):
        over = hop == 2 or way == "direct"
        text.set_x((RECEIVER if over else MIDDLE) + 0.85)
        text.set_text(f"{row['well'] if over else row['came']:.0f}" if hop else "")


def _before(frame: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    """How many ended well at the step whose shadow is kept."""
    if "ghost_count" not in frame:
        return []
    was = frame[frame["heap"].isin(["arrive", "settled"])].groupby("route")["ghost_count"].sum()
    return [f"was {was[way]:.0f}" for way in rows.index]


def _axes(figure: Figure) -> Axes:
    """The whole picture in inches, the names of the ways and of the people."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, SIZE[0])
    axes.set_ylim(0, SIZE[1])
    for x, name in ((SENDER, "Engineer"), (RECEIVER, "Finance director")):
        axes.text(x - CELL / 2, TOP + 0.2, name, **(SMALL | {"weight": "bold"}))
    for lane, name in enumerate(ROUTES.values()):
        axes.text(0.09, _bar(lane) - 0.38, name.replace("gh ", "gh\n"), va="center", **FONT)
        if lane:
            spot = (MIDDLE - 0.3, _bar(lane) - 0.37)
            disc: dict[str, Any] = {"ms": 25, "mew": 1.4, "mfc": "white", "mec": INK}
            axes.plot(*spot, "o", zorder=3, **disc)
            axes.text(*spot, name.split()[-1], ha="center", va="center", **SMALL)
    for text, colour, x in (("■ whole", BLUE, 0.012), ("✕ torn", RED, 0.09)):
        words(figure, x, 0.055, text, colour)
    words(figure, 0.17, 0.055, "dark bars: the share of a hundred that a hop lets through")
    words(figure, 0.012, 0.012, "Source: table people, synthetic; the rest assumed")
    return axes


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Each way as a place that can be clicked."""
    top, height = 1 - (TOP + 0.12) / SIZE[1], LANE / SIZE[1]
    return [
        {"id": way, "label": name, "box": [0.005, top + lane * height, 0.99, 0.92 * height]}
        for lane, (way, name) in enumerate(ROUTES.items())
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: how far the envelopes are, then which way most of them end well."""
    rows, hop = ways(frame), frame["hop"].iloc[0]
    if hop == 0:
        return f"{SENT} messages on each way, none sent"
    if hop == 1:
        came = rows["came"]
        return (
            f"After one hop: {came['direct']:.0f} have arrived, {came['pm']:.0f} are with "
            f"the PM, {came['tpm']:.0f} with the TPM"
        )
    order = rows.sort_values("arrived", ascending=False, kind="stable")
    told = [f"{NAMES[way]} {well}" for way, well in order["well"].items()]
    return f"Of {SENT} messages end well: {', '.join(told)}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture; none before all have arrived."""
    if frame["hop"].iloc[0] < 2:
        return table(frame[:0], choices("messages.columns"))
    rows = ways(frame)
    hops = rows["keeps"].map(lambda each: ", ".join(f"{share:.0%}" for share in each))
    return table(rows.assign(keeps=hops), choices("messages.columns"))
