"""Twenty tasks as bars, and under them a hundred releases that fall on the day of their end."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from tpmlib.kit.canvas import BLUE, GREEN, INK, ORANGE, OVER, RULE, Update
from tpmlib.kit.parts import MOVING, SMALL, panel, table, title, words
from tpmlib.kit.words import choices
from tpmlib.lessons.estimates.estimates import LAST, TALL, done

SIZE = (7.6, 4.4)  # inches
BOX = (0.018, 0.15, 0.964, 0.7)  # of the axes [share of the figure]
GREY = "#5d6670"
PLACES = {"earlier": 42.5, "same": 45, "later": 49}  # that the 80th ball may go to [days], 3 wide
BARS = (  # of a task: from, to, the tasks that have it (None: all), colour, width [points], line
    ("start", "again", ("longest", True), INK, 6.4, "-"),  # an edge round what lies on it
    ("start", "work", None, GREEN, 6.4, "-"),  # thick, since half a day is short
    ("work", "again", ("specified", True), BLUE, 3.2, "-"),
    ("work", "again", ("specified", False), ORANGE, 3.2, "-"),
    ("again", "end", None, INK, 5.0, (0, (0.3, 0.3))),  # striped
)
DAYS = {"plan": ("plan", "--", ORANGE), "date": ("you", "-", INK)}  # word, line, colour
CLEAR, UNCLEAR, AGAIN = ("▬ clear", BLUE), ("▬ unclear", ORANGE), ("▮▮▮ done again", INK)
BALL, BEFORE = ("● one of a hundred releases", BLUE), ("○ where it was before", GREY)
WRITING, WITHOUT = ("▬ being written up", GREEN), ("○ the same without the writing", GREY)
LONGEST = ("▬ dark edge: the longest chain", INK)
KEYS = {  # the few that a step needs
    "plan": (CLEAR, UNCLEAR, LONGEST),
    "played": (CLEAR, AGAIN, LONGEST, UNCLEAR),
    "all": (BALL, BEFORE),
    "late": (("◯ the 80th of a hundred", ORANGE), WITHOUT, WRITING),
}
GROUND = {"fc": "white", "ec": "none", "pad": 0}  # keeps lines off a name
NAMED: dict[str, Any] = SMALL | {"animated": True, "gid": OVER, "va": "center", "bbox": GROUND}
FAR = 19  # a bar that starts on this day or later has its name before it


def draw(figure: Figure, frame: pd.DataFrame) -> Update:
    """Draw the rows of `estimates.view`; returns update(frame), which moves bars and balls."""
    axes = _axes(figure)
    kinds: Any = [{"colors": c, "linewidths": w, "linestyles": [line]} for *_, c, w, line in BARS]
    bars = [axes.add_collection(LineCollection([], animated=True, **kind)) for kind in kinds]
    dots: dict[str, Any] = MOVING | {"ls": "", "marker": "o", "ms": 6.5, "mfc": "none"}
    (was,) = axes.plot([], [], color=GREY, **dots | {"mew": 1.2})
    (balls,) = axes.plot([], [], color=BLUE, **dots | {"mfc": BLUE, "mew": 0})
    (ring,) = axes.plot([], [], color=ORANGE, **dots | {"ms": 11, "mew": 2.5})
    look: dict[str, Any] = SMALL | {"animated": True, "gid": OVER, "weight": "bold"}
    labels = {name: axes.text(0, TALL + 0.2, "", **look) for name in DAYS}
    days = {n: axes.plot([], [], d, color=c, lw=1.6, **MOVING)[0] for n, (_, d, c) in DAYS.items()}
    grounds, names, keys = (
        [axes.text(0.5 + 6 * (n // 3), 4.7 - 2 * (n % 3), "", **NAMED) for n in range(number)]
        for number in (*[(frame["kind"] == "task").sum()] * 2, max(map(len, KEYS.values())))
    )
    for name in names:  # grounds lie below all names, so that none cuts the name beside it
        name.set_bbox(None)
    head = title(figure, 0.935)

    def update(frame: pd.DataFrame) -> None:
        row, releases = frame.iloc[0], frame[frame["kind"] == "release"]
        tasks = frame[frame["kind"] == "task"]
        _bars(bars, tasks)
        _names(grounds, tasks)
        _names(names, tasks)
        shadow = "ghost_" if "ghost_day" in frame else "old_"
        was.set_data(releases[f"{shadow}day"] - 0.5, releases[f"{shadow}height"])
        for dots, rows in ((balls, releases), (ring, releases[releases["ring"]])):
            dots.set_data(rows["day"] - 0.5, rows["height"])
        _keys(keys, row, not releases["day"].equals(releases[f"{shadow}day"]))
        is_late = row["date"] >= row["plan"]  # so that no label covers the other
        for name, (word, *_) in DAYS.items():
            day, is_shown = row[name], name == "plan" or row["show"] != "late"
            days[name].set_data([day, day], [0, TALL * is_shown])
            side, gap = ("right", -0.4) if is_late == (name == "plan") else ("left", 0.4)
            labels[name].set(text=f"{word}: {day:g}" if is_shown else "", x=day + gap, ha=side)
        head.set_text(finding(frame))

    return update


def _axes(figure: Figure) -> Axes:
    ticks = {float(day): f"{day}" for day in range(5, LAST, 5)} | {LAST: f"{LAST}+"}
    label = "from the start [working days]; the thin grey lines are Fridays"
    axes = panel(figure, BOX, (0, LAST), (0, TALL), label, ticks)
    axes.grid(axis="x", color=RULE, lw=0.6)
    words(figure, 0.988, 0.02, "Source: table backlog, synthetic; the rest assumed", ha="right")
    return axes


def _bars(bars: list[Any], tasks: pd.DataFrame) -> None:
    for bar, (start, end, which, *_) in zip(bars, BARS, strict=True):
        part = tasks[tasks[which[0]] == which[1]] if which else tasks
        ends = part[[start, "y", end, "y"]].to_numpy(float).reshape(-1, 2, 2)
        bar.set_segments(ends[ends[:, 1, 0] > ends[:, 0, 0]])


def _names(texts: list[Text], tasks: pd.DataFrame) -> None:
    """The names of the tasks with an edge, while there is room for names."""
    for text, row in zip(texts, tasks.itertuples(), strict=True):
        side, x = ("right", row.start - 0.5) if row.start >= FAR else ("left", row.end + 0.5)
        colour = "none" if text.get_bbox_patch() else INK if row.specified else ORANGE
        text.set(text=row.name if row.longest else "", x=x, y=row.y, ha=side, color=colour)


def _keys(texts: list[Text], row: pd.Series, moved: bool) -> None:
    """The keys of this step, but for rings behind their balls and for writing that is not done."""
    absent = {BEFORE: not moved, WITHOUT: not moved, WRITING: not row["specify"]}
    keys = [key for key in KEYS[row["show"]] if not absent.get(key)]
    for text, (told, colour) in zip(texts, [*keys, *[("", INK)] * len(texts)], strict=False):
        text.set(text=told, color=colour)


def places(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Days that can be clicked; they stay where they were asked for, wherever the balls go."""
    left, bottom, width, height = BOX
    scale, above = width / LAST, 1 - bottom - height
    starts = {id: left + (day - 1.5) * scale for id, day in PLACES.items()}
    return [
        {"id": id, "label": f"about day {PLACES[id]:.0f}", "box": [x, above, 3 * scale, height]}
        for id, x in starts.items()
    ]


def finding(frame: pd.DataFrame) -> str:
    """The title: what the plan and the promise come to, or what specifying does to the late end."""
    row, releases = frame.iloc[0], frame[frame["kind"] == "release"]
    plan, date = (f"day {row[name]:g}" for name in ("plan", "date"))
    if row["show"] == "plan":
        return f"The plan says {plan}, and you promise {date}"
    if row["show"] == "played":
        return f"This one is done on day {np.ceil(row['played_days']):g}; the plan said {plan}"
    if row["show"] == "all":
        early, kept = (done(releases, row[name]) for name in ("plan", "date"))
        return f"Of a hundred, {early} done by the plan's {plan}, {kept} by your {date}"
    late, old = round(float(row["p80"]), 1), round(float(row["old_p80"]), 1)
    gain = round(old - late, 1)
    told = f"gains {gain} days" if gain > 0 else f"costs {-gain} days" if gain else "gains nothing"
    before = f"The writing {told}: " * bool(row["specify"])
    return f"{before}80 of 100 are done by day {late}{f', without it by {old}' * bool(gain)}"


def numbers(frame: pd.DataFrame) -> list[list[str]]:
    """The head and the rows of the table behind the picture: tasks until the balls have fallen."""
    days = frame.loc[frame["old_day"].notna(), ["day"]].drop_duplicates()
    if days.empty:
        tasks = frame[frame["kind"] == "task"]
        clear = np.where(tasks["specified"], "yes", "not yet")
        return table(tasks.assign(clear=clear), choices("estimates.tasks"))
    days = days.assign(count=[done(frame, day) for day in days["day"]])
    return table(days, choices("estimates.columns"))
