"""Where a message goes on Tally's floor, how often it ends right and after how many hours."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from tpmlib.kit.canvas import BLUE, FONT, GREEN, INK, ORANGE, RULE, Update
from tpmlib.lessons.messages.messages import LEVEL, ROUTES

SIZE = (8.6, 4.7)  # inches
VALUES = 1.57  # where the figures end, right of an axis [its width]
APART = 9.4  # from the middle of a desk to its name [points]
LATEST = 20.0  # end of the axis of hours; a route beyond it is marked at the edge
SMALL: dict[str, Any] = FONT | {"size": 9}
TINY: dict[str, Any] = FONT | {"size": 8}
# colour, line, marker, width: so that none rests on colour alone; the wide one shows under another
STYLES: dict[str, tuple[str, Any, str, float]] = {
    "direct": (INK, ":", "o", 2.0),
    "pm": (ORANGE, "--", "s", 1.8),
    "tpm": (BLUE, "-", "D", 1.8),
    "spot": (GREEN, "-", "^", 4.5),
}
SHAPES = {"engineering": "s", "product": "D", "sales": "^", "support": "v", "leadership": "o"}
SIGNS = {"s": "■", "D": "◆", "^": "▲", "v": "▼", "o": "●"}
GREY = "#767c85"


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `messages`; returns update(frame), which moves routes, marks and words."""
    floor, right, time = _floor(figure, frame.iloc[0]), _right(figure), _time(figure)
    ways, ends, hired = _ways(floor), _ends(floor), _hired(floor, frame.iloc[0])
    marks = {route: (_mark(right, route), _mark(time, route)) for route in ROUTES}
    write: dict[str, Any] = {"animated": True, "ha": "right", "va": "center", **SMALL}
    shares = {
        route: right.text(VALUES, at, "", transform=right.get_yaxis_transform(), **write)
        for at, route in enumerate(ROUTES)
    }
    hours = {
        route: time.text(VALUES, at, "", transform=time.get_yaxis_transform(), **write)
        for at, route in enumerate(ROUTES)
    }
    title = figure.text(
        0.012, 0.935, "", animated=True, **(FONT | {"size": 12.5, "weight": "bold"})
    )
    pairs = figure.text(0.012, 0.865, "", animated=True, **SMALL)

    def update(frame: pd.DataFrame) -> None:
        for at, row in enumerate(frame.to_dict("records")):
            route = str(row["route"])
            # what the TPM solves goes no farther than to her
            path = row["path"][:2] if route == "spot" else row["path"]
            ways[route].set_data(*_desks(row, path))
            for mark, value in zip(marks[route], (row["right"], row["time"]), strict=True):
                mark.set_data([min(value, LATEST)], [at])
            marks[route][1].set_marker(">" if row["time"] > LATEST else STYLES[route][2])
            shares[route].set_text(f"{row['right']:.0%}")
            hours[route].set_text(f"{row['time']:.1f}")
        row = frame.iloc[0]
        ends.set_data(*_desks(row, row["path"]))
        for at, mark in enumerate(hired):
            mark.set_visible(bool(at < row["staff"]))
        pairs.set_text(
            f"{row['staff']} people, {row['channels']} pairs who can talk. The TPM's way is right "
            f"more often for {row['helped']} of {row['asked']} pairs of engineer and business"
        )
        title.set_text(finding(frame))

    return update


def _desks(row: Any, people: tuple[str, ...]) -> tuple[list[float], list[float]]:
    at = [row["ids"].index(one) for one in people]
    return [row["desk_x"][one] for one in at], [row["desk_y"][one] for one in at]


def _floor(figure: Figure, row: pd.Series) -> Axes:
    """Everybody's desk and name, hired or not, so that nothing moves when somebody comes."""
    axes = figure.add_axes((0.03, 0.20, 0.485, 0.62))
    axes.set_xlim(-1, 42)
    axes.set_ylim(0.5, 19.5)
    axes.set_xticks([0, 10, 20, 30, 40])
    axes.set_yticks([])
    axes.set_xlabel("desk, from the left wall [m]", **SMALL)
    _plain(axes)
    for name, team, x, y, side in zip(*(row[part] for part in (*PARTS, "sides")), strict=True):
        axes.plot([x], [y], marker=SHAPES[team], **NODE, mfc="white", zorder=2)
        across, up, look = SIDES[side]
        words = "\n".join(name.rsplit(" ", 1))  # narrow, so that routes find a way past it
        off = (across * APART, up * APART)
        axes.annotate(words, (x, y), off, textcoords="offset points", **look, **TINY)
    key = "   ".join(f"{SIGNS[shape]} {team}" for team, shape in SHAPES.items())
    figure.text(0.012, 0.068, f"{key}   hollow: not hired yet", **TINY)
    figure.text(0.012, 0.018, "Source: table people, synthetic; settings assumed", **SMALL)
    return axes


PARTS = ("names", "departments", "desk_x", "desk_y")
# where a name stands beside its desk: across, up, and how it is set
SIDES: dict[str, tuple[float, float, dict[str, Any]]] = {
    "above": (0, 1, {"ha": "center", "va": "bottom"}),
    "below": (0, -1, {"ha": "center", "va": "top"}),
    "left": (-1, 0, {"ha": "right", "va": "center"}),
    "right": (1, 0, {"ha": "left", "va": "center"}),
    "below right": (0.65, -0.65, {"ha": "left", "va": "top"}),
}
NODE: dict[str, Any] = {"mec": GREY, "mew": 1.2, "ms": 6, "ls": ""}


def _ways(axes: Axes) -> dict[str, Line2D]:
    """A line a route; the fourth lies under the third, since it starts the same way."""
    lines = {}
    for route, (colour, dash, _, width) in STYLES.items():
        look: dict[str, Any] = {"color": colour, "ls": dash, "lw": width, "animated": True}
        look |= {"clip_on": False, "alpha": 0.35 if route == "spot" else 1.0, "zorder": 3}
        (lines[route],) = axes.plot([], [], **look)
    lines["spot"].set_zorder(2.5)
    return lines


def _ends(axes: Axes) -> Line2D:
    """A ring round the two who talk."""
    ring: dict[str, Any] = {"marker": "o", "ms": 13, "mfc": "none", "mec": INK, "mew": 1.6}
    (line,) = axes.plot([], [], ls="", animated=True, clip_on=False, zorder=5, **ring)
    return line


def _hired(axes: Axes, row: pd.Series) -> list[Line2D]:
    filled: dict[str, Any] = NODE | {"mfc": GREY, "animated": True, "clip_on": False, "zorder": 4}
    return [
        axes.plot([x], [y], marker=SHAPES[team], **filled)[0]
        for _, team, x, y in zip(*(row[part] for part in PARTS), strict=True)
    ]


def _right(figure: Figure) -> Axes:
    axes = figure.add_axes((0.695, 0.20, 0.09, 0.53))
    axes.set_xlim(0, 1)
    axes.set_xticks([0, 0.5, 1], ["0", "50", "100"])
    axes.set_xlabel("ends right [%]", **SMALL)
    figure.text(0.695, 0.775, "More is better", **SMALL)
    _rows(axes)
    for at, (route, name) in enumerate(ROUTES.items()):
        colour, dash, _, width = STYLES[route]
        axes.text(-0.12, at - 0.1, name, ha="right", transform=axes.get_yaxis_transform(), **SMALL)
        look: dict[str, Any] = {"color": colour, "ls": dash, "lw": width, "clip_on": False}
        look["alpha"] = 0.35 if route == "spot" else 1.0
        axes.plot([-0.9, -0.12], [at + 0.2] * 2, transform=axes.get_yaxis_transform(), **look)
    return axes


def _time(figure: Figure) -> Axes:
    axes = figure.add_axes((0.85, 0.20, 0.09, 0.53))
    axes.set_xlim(0, LATEST)
    axes.set_xticks([0, 10, 20])
    axes.set_xlabel("time [hours]", **SMALL)
    figure.text(0.85, 0.775, "Less is better", **SMALL)
    _rows(axes)
    return axes


def _mark(axes: Axes, route: str) -> Line2D:
    colour, _, marker, _ = STYLES[route]
    look: dict[str, Any] = {"color": colour, "marker": marker, "ms": 8, "ls": ""}
    (line,) = axes.plot([], [], animated=True, clip_on=False, zorder=3, **look)
    return line


def _rows(axes: Axes) -> None:
    axes.set_ylim(len(ROUTES) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(axis="x", color=RULE, lw=0.6)
    _plain(axes)


def _plain(axes: Axes) -> None:
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.tick_params(length=0, labelsize=9, labelcolor=INK)
    axes.set_axisbelow(True)


def finding(frame: pd.DataFrame) -> str:
    """The title: which routes are most often right, and which soonest; level ones together."""
    best = frame[frame["right"] >= frame["right"].max() - LEVEL["right"]]
    soon = frame[frame["time"] <= frame["time"].min() + LEVEL["time"]]
    return (
        f"Most often right: {_names(best)}, {best['right'].max():.0%}. "
        f"Soonest: {_names(soon)}, {soon['time'].min():.1f} hours"
    )


def _names(rows: pd.DataFrame) -> str:
    return " and ".join(_said(row) for _, row in rows.iterrows())


def _said(row: pd.Series) -> str:
    name = str(row["name"])
    return name if name.startswith("TPM") else name[:1].lower() + name[1:]


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    head = ["Route", "Kept in one try", "Hours of one try", "Ends right", "Hours until it ends"]
    return [[*head, "Hours a right message", "Beside direct", "People", "Pairs", "Helped"]] + [
        [
            row["name"],
            f"{row['intact']:.0%}",
            f"{row['hours']:.1f}",
            f"{row['right']:.0%}",
            f"{row['time']:.1f}",
            f"{row['price']:.1f}",
            row["verdict"] or "-",
            str(row["staff"]),
            str(row["channels"]),
            f"{row['helped']} of {row['asked']}",
        ]
        for row in frame.to_dict("records")
    ]
