"""When a release is done, from estimates of its tasks: a network of tasks, played many times.

A task starts when all before it are done, and there are people enough for all that may start: a
choice that makes every release look earlier than it is. Clear tasks are done again more seldom.
"""

from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Seed, Share, checked
from tpmlib.lessons.estimates.pert import pert

KEY = "id"
MOVES = ("day", "height", "y", "start", "work", "again", "end")
BALLS = 100  # that stand for all the releases played
LATE = 80  # the ball by which most are done
TALL = 30.0  # of the picture [balls]
GAPS = {True: 1.38, False: 0.6}  # between bars with names, and above balls [balls]
LAST = 65  # day of the calendar, on which all later ones stand
SPREAD = 0.5  # of the logarithm of the days that are added when a task is done again
LATER = 1.5  # times as late as the team said, if it was wrong (assumed)
BIT, CLOSE = 0.01, 1e-9  # more on a task, and by which days may be off by rounding [days]


@checked
def estimates(
    *,
    backlog: pd.DataFrame,
    specify: bool,
    rework: Share,
    clear: Share,
    specification: Annotated[float, Range(0, 10)],
    at_worst: Literal["early", "said", "later"],
    shared: Annotated[float, Range(0, 1)],
    extra: Annotated[float, Range(0, 3)],
    runs: Annotated[int, Range(100, 100_000)],
    played: Annotated[int, Range(1, "runs")],
    seed: Seed,
) -> pd.DataFrame:
    """How long the release takes, as a hundred balls, and one release task by task.

    backlog: `task_id`, `task`, `predecessors` (ids, separated by spaces), `low`, `likely` and
        `high` [days], `specified` [0 or 1]; a task's days are PERT's, a beta distribution (F43).
    specify: the tasks that are not specified are, before they start.
    rework, clear: chance that an unspecified and a specified task is done again in part.
    specification: time that specifying a task takes [days].
    at_worst: a task can be late by as much as it can be "early", as the table "said", or "later".
    shared: spread of the luck that all tasks of a release have in common [of the logarithm].
    extra: median of the days that doing again adds [share of the task's days]; lognormal.
    runs: releases played.   played: the one that is shown task by task, from 1.
    seed: same seed, same rows.

    Returns rows of two kinds (column `kind`). "task": `id`, `name`, `specified`, its `plan_start`
    and `plan_end` by likely days, if it is on the longest path by these (`longest`) or on that of
    the release shown (`decides`), and there its `start`, `work` (specified, work begins), `again`
    (done once) and `end` [days]. "release": a ball for each hundredth, the earliest first: `day` of
    its end, `height` among those of it, `old_day` and `old_height` of the same ball if nothing more
    is specified, `shown` for the one shown. On every row: `plan` [days, by likely ones],
    `plan_chance` [share of runs done by then], `p50` to `old_p80`, `played_days` [days], settings.
    Raises CourseError for a value out of range.
    """
    shown = played - 1
    listed = backlog["specified"].to_numpy(bool)[:, None]
    low, likely, high = (backlog[end].to_numpy(float) for end in ("low", "likely", "high"))
    most = {"early": likely - low, "said": high - likely, "later": LATER * (high - likely)}
    parts = np.column_stack([low, likely, likely + most[at_worst]])
    days, luck, spread = _drawn(parts.tobytes(), shared, runs, seed)
    more = days * extra * spread
    before = np.where(~listed & specify, specification, 0.0)
    redone, old = (
        np.where(luck < np.where(specified, clear, rework), more, 0)
        for specified in (listed | specify, listed)
    )
    ends = finish(backlog, before + days + redone)
    total, old = ends.max(axis=0), finish(backlog, days + old).max(axis=0)
    bars = [before[:, 0], *(each[:, shown] for each in (days, redone, ends))]
    tasks = _tasks(backlog, (listed | specify)[:, 0], bars)
    frame = pd.concat([tasks, _balls(total, old, shown)], ignore_index=True)
    frame[["p50", "p80", "p95"]] = np.percentile(total, [50, LATE, 95])
    frame["plan"], frame["old_p80"] = frame["plan_end"].max(), np.percentile(old, LATE)
    frame["plan_chance"] = (total <= frame["plan"].iloc[0] + CLOSE).mean()
    return frame.assign(played_days=total[shown], specify=specify, runs=runs)


@lru_cache(maxsize=1)  # drawn for every task, so what is specified changes nothing here
def _drawn(listed: bytes, shared: float, runs: int, seed: int) -> tuple[np.ndarray, ...]:
    """Of each task, in each run: its days, and the chance and spread of being done again."""
    parts, generator = np.frombuffer(listed).reshape(-1, 3), np.random.default_rng(seed)
    days = pert(parts, generator.standard_normal((len(parts), runs)))
    days = days * np.exp(shared * generator.standard_normal(runs))
    luck = generator.random(days.shape)
    return days, luck, np.exp(SPREAD * generator.standard_normal(days.shape))


def _tasks(backlog: pd.DataFrame, specified: np.ndarray, bars: list[np.ndarray]) -> pd.DataFrame:
    """The tasks by likely days and as played (`bars`)."""
    before, once, redone, end = bars
    likely, again = backlog["likely"].to_numpy(float), end - redone
    plan = finish(backlog, likely[:, None])[:, 0]
    frame = pd.DataFrame({"kind": "task", "id": backlog["task_id"], "name": backlog["task"]})
    frame = frame.assign(plan_start=plan - likely, plan_end=plan, specified=specified)
    for path, days in (("longest", likely), ("decides", before + once + redone)):
        more = np.column_stack([days, days[:, None] + BIT * np.eye(len(days))])  # on each in turn
        total = finish(backlog, more).max(axis=0)
        frame[path] = total[1:] > total[0] + CLOSE
    return frame.assign(start=again - once - before, work=again - once, again=again, end=end)


def _balls(total: np.ndarray, old: np.ndarray, shown: int) -> pd.DataFrame:
    """A ball in the middle of each hundredth of the releases, put on the day when it is done."""
    balls = pd.DataFrame({"kind": "release", "id": [f"r{n:03}" for n in range(1, BALLS + 1)]})
    middles = (np.arange(BALLS) + 0.5) / BALLS
    for prefix, days in (("", total), ("old_", old)):
        balls[f"{prefix}day"] = np.ceil(np.quantile(days, middles) - CLOSE).clip(max=LAST)
        balls[f"{prefix}height"] = balls.groupby(f"{prefix}day").cumcount() + 1.0
    return balls.assign(shown=balls.index == int((total < total[shown]).mean() * BALLS))


def finish(backlog: pd.DataFrame, days: np.ndarray) -> np.ndarray:
    """When each task is done (tasks x runs), if it takes these days after those before it."""
    places = {name: place for place, name in enumerate(backlog["task_id"])}
    names = backlog["predecessors"].fillna("").str.split()
    before = {place: [places[name] for name in each] for place, each in enumerate(names)}
    done = np.zeros_like(days)
    for task in TopologicalSorter(before).static_order():
        start = np.maximum.reduce([done[earlier] for earlier in before[task]], initial=0)
        done[task] = start + days[task]
    return done


@checked
def view(
    frame: pd.DataFrame,
    *,
    show: Literal["plan", "played", "all", "late"],
    date: Annotated[int, Range(1, 200)],
) -> pd.DataFrame:
    """The rows as far as they are on show.

    show: the "plan" by likely days; the release "played", and its ball alone; "all" balls; or all,
        with the ball by which 80 of 100 are done ("late"). Of the balls not shown `day` is missing.
    date: the day that is promised, from the start [days].

    A task has its height `y` [balls], and `named` says whether there is room for its name.
    """
    mine = frame["shown"].eq(True)
    ring = mine if show == "played" else frame["id"].eq(f"r{LATE:03}") & (show == "late")
    named, count = show in ("plan", "played"), frame.groupby("kind").cumcount() + 1
    y = (TALL - GAPS[named] * count).where(frame["kind"] == "task")
    longest = frame["decides" if show == "played" else "longest"].eq(True) & named
    frame = frame.assign(show=show, date=date, ring=ring, named=named, y=y, longest=longest)
    if show == "plan":
        plan = frame[["plan_start", "plan_start", "plan_end", "plan_end"]]
        frame[["start", "work", "again", "end"]] = plan.to_numpy()
    if named:
        frame[["day", "old_day"]] = np.nan
        frame.loc[ring, "height"] = 1.0
        frame.loc[ring, "day"] = np.ceil(frame["played_days"] - CLOSE).clip(upper=LAST)
    return frame


def done(frame: pd.DataFrame, day: float) -> int:
    """How many of the hundred balls are done by the end of a day."""
    return int((frame["day"] <= day).sum())


def describe(frame: pd.DataFrame) -> str:
    """The plan, and what is on show of the releases."""
    row = frame.iloc[0]
    told = f"The likely days of the longest path add up to {row['plan']:g}"
    if not row["named"]:
        told = f"Of {row['runs']:,} releases half are done in {row['p50']:.1f} days"
        told += f", 80% in {row['p80']:.1f}, and 95% in {row['p95']:.1f}"
    return f"{told}. Synthetic tasks, assumed settings."
