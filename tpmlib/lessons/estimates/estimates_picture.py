"""How likely a release is done by each day, and which tasks hold it up."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, FONT, INK, ORANGE, RULE, Update, plain

SIZE = (8.6, 5.4)  # inches
FIRST, LAST = 25, 80  # of the axis [days]; a curve that goes on is marked at the edge
TASKS = 20
LEVELS = {"p50": 0.5, "p80": 0.8, "p95": 0.95}
SMALL: dict[str, Any] = FONT | {"size": 9}
MOVING: dict[str, Any] = {"animated": True, "clip_on": False}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `estimates.view`; returns update(frame), which moves all but the axes."""
    left, right = _curve_axes(figure), _task_axes(figure)
    (curve,) = left.plot([], [], color=BLUE, lw=2.2, **MOVING)
    (dots,) = left.plot([], [], "o", color=BLUE, ms=7, **MOVING)
    (plan,) = left.plot([], [], color=ORANGE, lw=1.8, ls="--", **MOVING)
    (date,) = left.plot([], [], color=INK, lw=1.8, **MOVING)
    (beyond,) = left.plot([], [], ">", color=BLUE, ms=9, **MOVING)
    (clear,) = right.plot([], [], "o", color=BLUE, ms=7, **MOVING)
    (unclear,) = right.plot([], [], "s", color=ORANGE, mfc="white", mew=1.6, ms=7, **MOVING)
    stems = LineCollection([], colors=RULE, linewidths=2, animated=True, zorder=1)
    right.add_collection(stems)
    names = [
        right.text(-0.07, at, "", ha="right", va="center", animated=True, **(SMALL | {"size": 8.5}))
        for at in range(TASKS)
    ]
    title = figure.text(0.012, 0.95, "", **(FONT | {"size": 12.5}), weight="bold", animated=True)

    def update(frame: pd.DataFrame) -> None:
        row, days = frame.iloc[0], frame[frame["kind"] == "day"]
        tasks = frame[frame["kind"] == "task"].head(TASKS)
        # nothing is done before the first day of the table, everything after the last
        shown = np.arange(FIRST, LAST + 1)
        chances = np.interp(shown, days["day"], days["chance"], left=0, right=1)
        curve.set_data(shown, chances)
        seen = [(row[name], level) for name, level in LEVELS.items() if row[name] <= LAST]
        dots.set_data([day for day, _ in seen], [level for _, level in seen])
        plan.set_data([row["plan"]] * 2, [0, 1])
        date.set_data([row["date"]] * 2, [0, 1])
        late = chances[-1]
        beyond.set_data(*([[LAST], [late]] if late < 0.995 else [[], []]))
        at, done = np.arange(len(tasks)), tasks["specified"].to_numpy(bool)
        share = tasks["critical"].to_numpy(float)
        clear.set_data(share[done], at[done])
        unclear.set_data(share[~done], at[~done])
        stems.set_segments([[(0, y), (x, y)] for x, y in zip(share, at, strict=True)])
        for text, name in zip(names, [*tasks["name"], *[""] * (TASKS - len(tasks))], strict=True):
            text.set_text(name)
        title.set_text(finding(frame))

    return update


def _curve_axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0.065, 0.125, 0.345, 0.66))
    axes.set_xlim(FIRST, LAST)
    axes.set_ylim(0, 1.005)
    axes.set_yticks([0, 0.25, 0.5, 0.8, 0.95], ["0%", "25%", "50%", "80%", "95%"])
    axes.set_xlabel("time from the start [days]", **SMALL)
    figure.text(0.012, 0.885, "releases done by this day", weight="bold", **SMALL)
    key = (
        ("╌", "plan", ORANGE, 0.012),
        ("│", "promise", INK, 0.085),
        ("●", "50, 80, 95%", BLUE, 0.185),
    )
    for mark, words, colour, x in key:
        figure.text(x, 0.84, f"{mark} {words}", **(SMALL | {"color": colour}))
    plain(axes)
    axes.grid(color=RULE, lw=0.6)
    return axes


def _task_axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0.735, 0.125, 0.235, 0.66))
    axes.set_xlim(0, 1)
    axes.set_ylim(TASKS - 0.5, -0.5)
    axes.set_yticks([])
    axes.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    axes.set_xlabel("releases [%]", **SMALL)
    figure.text(0.455, 0.885, "how often a task is on the longest path", weight="bold", **SMALL)
    figure.text(0.455, 0.84, "● specified", **(SMALL | {"color": BLUE}))
    figure.text(0.565, 0.84, "□ not specified", **(SMALL | {"color": ORANGE}))
    figure.text(0.012, 0.02, "Source: table backlog, synthetic; settings assumed", **SMALL)
    plain(axes)
    axes.grid(axis="x", color=RULE, lw=0.6)
    return axes


def finding(frame: pd.DataFrame) -> str:
    """The title: how often the plan and the promise are kept."""
    row = frame.iloc[0]
    return (
        f"The plan of {row['plan']:g} days is met in {row['plan_chance']:.0%}, "
        f"the promise of {row['date']:g} in {row['date_chance']:.0%}"
    )


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture."""
    row, tasks = frame.iloc[0], frame[frame["kind"] == "task"]
    rows = [["Longest path of likely days", f"{row['plan']:g} days"]]
    rows += [["Releases done by then", f"{row['plan_chance']:.1%}"]]
    rows += [[f"{level:.0%} done in", f"{row[name]:.1f} days"] for name, level in LEVELS.items()]
    rows += [["Longest path of average days", f"{row['path_mean']:.1f} days"]]
    rows += [["Mean of the releases", f"{row['mean']:.1f} days"]]
    rows += [
        [f"{one['name']} ({'' if one['specified'] else 'not '}specified)", f"{one['critical']:.0%}"]
        for one in tasks.to_dict("records")
    ]
    return [["What", "Value"], *rows]
