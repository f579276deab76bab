"""How likely a release is done by each day, and which tasks hold it up."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tpmlib.kit.canvas import BLUE, INK, ORANGE, RULE, Update
from tpmlib.kit.parts import HALVES, MOVING, Stems, column, panel, source, title, words, write

SIZE = (8.6, 5.4)  # inches
FIRST, LAST = 25, 80  # of the axis [days]; a curve that goes on is marked at the edge
TASKS = 20
LEVELS = {"p50": 0.5, "p80": 0.8, "p95": 0.95}


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `estimates.view`; returns update(frame), which moves all but the axes."""
    left, right = _curve(figure), _tasks(figure)
    (curve,) = left.plot([], [], color=BLUE, lw=2.2, **MOVING)
    (dots,) = left.plot([], [], "o", color=BLUE, ms=7, **MOVING)
    (plan,) = left.plot([], [], color=ORANGE, lw=1.8, ls="--", **MOVING)
    (date,) = left.plot([], [], color=INK, lw=1.8, **MOVING)
    (beyond,) = left.plot([], [], ">", color=BLUE, ms=9, **MOVING)
    stems, names, head = Stems(right, 7), column(right, -0.07, TASKS, size=8.5), title(figure, 0.95)

    def update(frame: pd.DataFrame) -> None:
        row, days = frame.iloc[0], frame[frame["kind"] == "day"]
        tasks = frame[frame["kind"] == "task"].head(TASKS)
        # nothing is done before the first day of the table, everything after the last
        shown = np.arange(FIRST, LAST + 1)
        chances = np.interp(shown, days["day"], days["chance"], left=0, right=1)
        curve.set_data(shown, chances)
        inside = [name for name in LEVELS if row[name] <= LAST]
        dots.set_data([row[name] for name in inside], [LEVELS[name] for name in inside])
        plan.set_data([row["plan"]] * 2, [0, 1])
        date.set_data([row["date"]] * 2, [0, 1])
        beyond.set_data(*([[LAST], [chances[-1]]] if chances[-1] < 0.995 else [[], []]))
        stems.put(tasks["critical"].to_numpy(float), tasks["specified"].to_numpy(bool))
        write(names, tasks["name"])
        head.set_text(finding(frame))

    return update


def _curve(figure: Figure) -> Axes:
    box, label = (0.065, 0.125, 0.345, 0.66), "time from the start [days]"
    axes = panel(figure, box, (FIRST, LAST), (0, 1.005), label)
    axes.set_yticks([0, 0.25, 0.5, 0.8, 0.95], ["0%", "25%", "50%", "80%", "95%"])
    axes.grid(color=RULE, lw=0.6)
    words(figure, 0.012, 0.885, "releases done by this day", weight="bold")
    words(figure, 0.012, 0.84, "╌ plan", ORANGE)
    words(figure, 0.085, 0.84, "│ promise")
    words(figure, 0.185, 0.84, "● 50, 80, 95%", BLUE)
    return axes


def _tasks(figure: Figure) -> Axes:
    box, ends = (0.735, 0.125, 0.235, 0.66), (TASKS - 0.5, -0.5)
    axes = panel(figure, box, (0, 1), ends, "releases [%]", HALVES)
    axes.grid(axis="x", color=RULE, lw=0.6)
    words(figure, 0.455, 0.885, "how often a task is on the longest path", weight="bold")
    words(figure, 0.455, 0.84, "● specified", BLUE)
    words(figure, 0.565, 0.84, "□ not specified", ORANGE)
    source(figure, "table backlog, synthetic; settings assumed")
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
        [
            f"{task['name']} ({'' if task['specified'] else 'not '}specified)",
            f"{task['critical']:.0%}",
        ]
        for task in tasks.to_dict("records")
    ]
    return [["What", "Value"], *rows]
