"""Where a message goes on Tally's floor, how often it ends right and after how many hours."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from tpmlib.kit.canvas import BLUE, GREEN, INK, ORANGE, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, Box, column, panel, source, table, title, words, write
from tpmlib.lessons.messages.messages import LEVEL, ROUTES, inside

SIZE = (8.6, 4.7)  # inches
VALUES = 1.57  # where the figures end, right of an axis [its width]
APART = 9.4  # from the middle of a desk to its name [points]
LATEST = 20.0  # end of the axis of hours; a route beyond it is marked at the edge
GREY = "#767c85"
SHAPES = {"engineering": "s", "product": "D", "sales": "^", "support": "v", "leadership": "o"}
SIGNS = {"s": "■", "D": "◆", "^": "▲", "v": "▼", "o": "●"}
# by route, so that none rests on colour alone; what the TPM solves starts the same way as what goes
# through her, so its line is wide and pale and lies under hers
LINES: dict[str, dict[str, Any]] = {
    "direct": {"color": INK, "ls": ":", "lw": 2.0},
    "pm": {"color": ORANGE, "ls": "--", "lw": 1.8},
    "tpm": {"color": BLUE, "ls": "-", "lw": 1.8},
    "spot": {"color": GREEN, "ls": "-", "lw": 4.5, "alpha": 0.35, "zorder": 2.5},
}
MARKERS = {"direct": "o", "pm": "s", "tpm": "D", "spot": "^"}
# where a name stands beside its desk: across, up, and how it is set
SIDES = {
    "above": (0, 1, "center", "bottom"),
    "below": (0, -1, "center", "top"),
    "left": (-1, 0, "right", "center"),
    "right": (1, 0, "left", "center"),
    "below right": (0.65, -0.65, "left", "top"),
}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `messages`; returns update(frame), which moves routes, marks and words."""
    floor, hired = _floor(figure, frame.iloc[0])
    right = _values(figure, (0.695, 0.20, 0.09, 0.53), 1, "ends right [%]", "More is better")
    time = _values(figure, (0.85, 0.20, 0.09, 0.53), LATEST, "time [hours]", "Less is better")
    right.set_xticks([0, 0.5, 1], ["0", "50", "100"])
    time.set_xticks([0, 10, 20])
    _key(right)
    lines = [floor.plot([], [], **MOVING, **({"zorder": 3} | look))[0] for look in LINES.values()]
    ring: dict[str, Any] = {"ms": 13, "mfc": "none", "mec": INK, "mew": 1.6, "zorder": 5}
    (ends,) = floor.plot([], [], "o", **MOVING, **ring)
    rights, times = _marks(right), _marks(time)
    shares, hours = (
        column(axes, VALUES, len(ROUTES), transform=axes.get_yaxis_transform())
        for axes in (right, time)
    )
    head, pairs = title(figure, 0.935), figure.text(0.012, 0.865, "", animated=True, **SMALL)

    def update(frame: pd.DataFrame) -> None:
        for place, row in enumerate(frame.to_dict("records")):
            # what the TPM solves goes no farther than to her
            path = row["path"][:2] if row["route"] == "spot" else row["path"]
            lines[place].set_data(*_desks(row, path))
            rights[place].set_data([row["right"]], [place])
            times[place].set_data([min(row["time"], LATEST)], [place])
            late = row["time"] > LATEST
            times[place].set_marker(">" if late else MARKERS[row["route"]])
        write(shares, frame["right"].map("{:.0%}".format))
        write(hours, frame["time"].map("{:.1f}".format))
        row = frame.iloc[0]
        ends.set_data(*_desks(row, row["path"]))
        for number, mark in enumerate(hired):
            mark.set_visible(bool(number < row["staff"]))
        pairs.set_text(
            f"{row['staff']} people, {row['channels']} pairs who can talk. The TPM's way is right "
            f"more often for {row['helped']} of {row['asked']} pairs of engineer and business"
        )
        head.set_text(finding(frame))

    return update


def _desks(row: Any, path: tuple[str, ...]) -> tuple[list[float], list[float]]:
    places = [row["ids"].index(person) for person in path]
    return [row["desk_x"][place] for place in places], [row["desk_y"][place] for place in places]


def _floor(figure: Figure, row: pd.Series) -> tuple[Axes, list[Line2D]]:
    """Everybody's desk and name, so that nothing moves when somebody comes; a mark if hired."""
    box, label = (0.03, 0.20, 0.485, 0.62), "desk, from the left wall [m]"
    axes = panel(figure, box, (-1, 42), (0.5, 19.5), label)
    axes.set_xticks([0, 10, 20, 30, 40])
    desk: dict[str, Any] = {"mec": GREY, "mew": 1.2, "ms": 6, "ls": ""}
    hired = []
    columns = (row[part] for part in ("names", "departments", "desk_x", "desk_y", "sides"))
    for name, team, x, y, side in zip(*columns, strict=True):
        look = desk | {"marker": SHAPES[team]}
        axes.plot([x], [y], mfc="white", zorder=2, **look)
        hired += axes.plot([x], [y], mfc=GREY, zorder=4, **MOVING, **look)
        across, up, ha, va = SIDES[side]
        lines = "\n".join(name.rsplit(" ", 1))  # narrow, so that routes find a way past it
        place: dict[str, Any] = {"textcoords": "offset points", "ha": ha, "va": va}
        axes.annotate(lines, (x, y), (across * APART, up * APART), **place, **(SMALL | {"size": 8}))
    key = "   ".join(f"{SIGNS[shape]} {team}" for team, shape in SHAPES.items())
    words(figure, 0.012, 0.068, f"{key}   hollow: not hired yet", size=8)
    source(figure, "table people, synthetic; settings assumed", 0.018)
    return axes, hired


def _values(figure: Figure, box: Box, last: float, label: str, better: str) -> Axes:
    """A row for each route."""
    axes = panel(figure, box, (0, last), (len(ROUTES) - 0.5, -0.5), label)
    axes.grid(axis="x", color=RULE, lw=0.6)
    words(figure, box[0], 0.775, better)
    return axes


def _key(axes: Axes) -> None:
    """Names and lines of the routes, left of their rows."""
    beside = axes.get_yaxis_transform()
    for place, (route, look) in enumerate(LINES.items()):
        axes.text(-0.12, place - 0.1, ROUTES[route], ha="right", transform=beside, **SMALL)
        axes.plot([-0.9, -0.12], [place + 0.2] * 2, transform=beside, clip_on=False, **look)


def _marks(axes: Axes) -> list[Line2D]:
    return [
        axes.plot([], [], MARKERS[route], color=look["color"], ms=8, zorder=3, **MOVING)[0]
        for route, look in LINES.items()
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: which routes are most often right, and which soonest; level ones together."""
    best = frame[frame["right"] >= frame["right"].max() - LEVEL["right"]]
    soon = frame[frame["time"] <= frame["time"].min() + LEVEL["time"]]
    return (
        f"Most often right: {_names(best)}, {best['right'].max():.0%}. "
        f"Soonest: {_names(soon)}, {soon['time'].min():.1f} hours"
    )


def _names(rows: pd.DataFrame) -> str:
    return " and ".join(inside(row) for row in rows.to_dict("records"))


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    columns = {
        "Route": "{name}",
        "Kept in one try": "{intact:.0%}",
        "Hours of one try": "{hours:.1f}",
        "Ends right": "{right:.0%}",
        "Hours until it ends": "{time:.1f}",
        "Hours a right message": "{price:.1f}",
        "Beside direct": "{verdict}",
        "People": "{staff}",
        "Pairs": "{channels}",
        "Helped": "{helped} of {asked}",
    }
    return table(frame.replace({"verdict": {"": "-"}}), columns)
