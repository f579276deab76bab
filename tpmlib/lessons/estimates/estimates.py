"""When a release is done, from estimates of its tasks: a network of tasks, played many times.

Each task takes between its low and its high days. A task starts when all before it are done, and
there are people enough for everything that may start: a choice that makes every release look
earlier than it is. An unspecified task is now and then done again in part.
"""

import math
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from statistics import NormalDist
from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, Seed, Share, checked
from tpmlib.lessons.estimates.pert import pert

Shape = Literal["pert", "lognormal"]
TENTH = NormalDist().inv_cdf(0.9)  # beyond it lies one normal value in ten
SPREAD = 0.5  # of the logarithm of the days that rework adds
STEP = 1.0  # between two points of the curve [days]
CLOSE = 1e-9  # by which days may be off by rounding [days]


@checked
def estimates(
    *,
    backlog: pd.DataFrame,
    shape: Shape,
    correlation: Annotated[float, Range(0, 0.95)],
    specify: Literal["listed", "path", "all", "none"],
    rework: Share,
    extra: Annotated[float, Range(0, 3)],
    specification: Annotated[float, Range(0, 10)],
    runs: Annotated[int, Range(20, 100_000)],
    seed: Seed,
) -> pd.DataFrame:
    """How long the release takes and which tasks decide it, beside the plan by likely days.

    backlog: `task_id`, `task`, `predecessors` (ids, separated by spaces), `low`, `likely` and
        `high` [days], `specified` [0 or 1].
    shape: "pert", a beta distribution from low to high with weight 4 on likely (F43), or
        "lognormal" with low and high as one in ten either way; it does not use likely.
    correlation: between any two tasks' days, by one common factor.
    specify: tasks that are specified: as "listed", besides those on the plan's "path", "all", or
        "none".
    rework: chance that an unspecified task is done again in part.
    extra: median of the days that rework adds [share of the task's days]; lognormal.
    specification: time that specifying an unspecified task takes, before it starts [days].
    runs: releases played.   seed: same seed, same rows.

    Returns rows of two kinds (column `kind`). "task": one a task, in the table's order, with
    `name`, `specified` and `critical` [share of runs in which it lies on the longest path]. "day":
    one a day from the first finish to the last, `day` and `chance` [share of runs done by then].
    On every row: `plan` [days of the longest path by likely days], `plan_chance` [share of runs
    done by then], `mean`, `p50`, `p80`, `p95` [days], `path_mean` [days of the longest path by
    mean days], `bias` [days by which `mean` lies above it], `unspecified` [tasks],
    `rework` [0 to 1], `specify`, `runs`.
    Raises CourseError for a value out of range, days out of order, an unknown predecessor or a
    circle of tasks.
    """
    tasks, generator = network(backlog), np.random.default_rng(seed)
    days = _days(backlog, shape, correlation, runs, generator)
    likely = backlog["likely"].to_numpy(float)[:, None]
    plan = float(tasks.finish(likely).max())
    specified = listed = backlog["specified"].to_numpy(bool)
    if specify == "path":
        specified = listed | (tasks.critical(likely) == 1)
    elif specify != "listed":
        specified = np.full_like(listed, specify == "all")
    # drawn for every task, so that a change of `specify` changes nothing else
    again = generator.random(days.shape) < rework
    more = extra * np.exp(SPREAD * generator.standard_normal(days.shape))
    days = days * np.where(again & ~specified[:, None], 1 + more, 1)
    days = days + np.where(specified & ~listed, specification, 0.0)[:, None]
    total = tasks.finish(days).max(axis=0)
    frame = _rows(backlog, specified, tasks.critical(days), total)
    frame["plan"], frame["plan_chance"] = plan, float((total <= plan + CLOSE).mean())
    frame["mean"] = float(total.mean())
    frame[["p50", "p80", "p95"]] = np.percentile(total, [50, 80, 95])
    frame["path_mean"] = float(tasks.finish(days.mean(axis=1, keepdims=True)).max())
    frame["bias"] = frame["mean"] - frame["path_mean"]
    frame["unspecified"], frame["runs"] = int((~specified).sum()), runs
    return frame.assign(specify=specify, rework=float(rework))


@dataclass(frozen=True)
class Network:
    """Tasks by their places in the table: `before` has those before each, `order` all of them."""

    before: list[list[int]]
    order: list[int]  # every task after its predecessors

    def finish(self, days: np.ndarray) -> np.ndarray:
        """When each task is done (tasks x runs), if it takes these days."""
        finish = np.zeros_like(days)
        for task in self.order:
            start = np.maximum.reduce([finish[earlier] for earlier in self.before[task]], initial=0)
            finish[task] = start + days[task]
        return finish

    def critical(self, days: np.ndarray) -> np.ndarray:
        """Share of runs in which a task cannot slip without the release slipping."""
        rest = np.zeros_like(days)  # days of the longest way from a task's end to the end of all
        for task in reversed(self.order):
            for earlier in self.before[task]:
                np.maximum(rest[earlier], rest[task] + days[task], out=rest[earlier])
        finish = self.finish(days)
        return np.asarray((finish + rest >= finish.max(axis=0) - CLOSE).mean(axis=1))


def network(backlog: pd.DataFrame) -> Network:
    """The tasks of a backlog, if their days are in order and none comes before itself."""
    places = {name: place for place, name in enumerate(backlog["task_id"])}
    before: list[list[int]] = []
    for row in backlog.to_dict("records"):
        if not 0 < row["low"] <= row["likely"] <= row["high"]:
            days = f"{row['low']:g}, {row['likely']:g}, {row['high']:g}"
            raise CourseError(f"{row['task_id']}: {days}; above 0, low, likely, high in this order")
        names = row["predecessors"].split() if isinstance(row["predecessors"], str) else []
        unknown = [name for name in names if name not in places]
        if unknown:
            raise CourseError(f"{row['task_id']} predecessors: {nearest(unknown[0], places)}")
        before.append([places[name] for name in names])
    try:
        return Network(before, list(TopologicalSorter(dict(enumerate(before))).static_order()))
    except CycleError as error:
        circle = ", ".join(
            str(backlog["task_id"].iloc[place]) for place in sorted({*error.args[1]})
        )
        raise CourseError(f"predecessors: {circle} are in a circle; no circle") from error


def _days(
    backlog: pd.DataFrame,
    shape: Shape,
    correlation: float,
    runs: int,
    generator: np.random.Generator,
) -> np.ndarray:
    """Days of each task in each run (tasks x runs), coupled by one normal factor."""
    own = generator.standard_normal((len(backlog), runs))
    common = generator.standard_normal(runs)
    z = math.sqrt(correlation) * common + math.sqrt(1 - correlation) * own
    if shape == "lognormal":
        low, high = (np.log(backlog[name].to_numpy(float))[:, None] for name in ("low", "high"))
        return np.asarray(np.exp((low + high) / 2 + (high - low) / (2 * TENTH) * z))
    return pert(backlog[["low", "likely", "high"]].to_numpy(float), z)


def _rows(
    backlog: pd.DataFrame, specified: np.ndarray, critical: np.ndarray, total: np.ndarray
) -> pd.DataFrame:
    tasks = pd.DataFrame({"kind": "task", "name": backlog["task"], "specified": specified})
    day = np.arange(math.floor(total.min()), math.ceil(total.max()) + STEP, STEP)
    chance = np.searchsorted(np.sort(total), day, side="right") / len(total)
    curve = pd.DataFrame({"kind": "day", "day": day, "chance": chance})
    return pd.concat([tasks.assign(critical=critical), curve], ignore_index=True)


@checked
def view(frame: pd.DataFrame, *, date: Annotated[float, Range(1, 200)]) -> pd.DataFrame:
    """All rows, with the promised `date` [days] and `date_chance` [share of runs done by then].

    date: from the start [days].   Raises CourseError for a value out of range.
    """
    days = frame[frame["kind"] == "day"]
    chance = np.interp(date, days["day"], days["chance"], left=0.0, right=1.0)
    return frame.assign(date=date, date_chance=float(chance))


def describe(frame: pd.DataFrame) -> str:
    """The plan's chance, the days at three levels, the date's chance and the task that decides."""
    row, tasks = frame.iloc[0], frame[frame["kind"] == "task"]
    unclear = tasks[~tasks["specified"].astype(bool)]
    decides = f"All {len(tasks)} tasks are specified."
    if len(unclear):
        top = unclear.loc[unclear["critical"].idxmax()]
        decides = (
            f"With {len(unclear)} of {len(tasks)} tasks unspecified; of these "
            f"\u201c{top['name']}\u201d is on the longest path most often ({top['critical']:.0%})."
        )
    promise = ""
    if "date" in frame:
        promise = f"A promise of {row['date']:g} days is kept in {row['date_chance']:.0%}."
    return (
        f"The likely days of the longest path add up to {row['plan']:g}; {row['plan_chance']:.0%} "
        f"of the runs are done by then. Half are done in {row['p50']:.0f} days, 80% in "
        f"{row['p80']:.0f}, 95% in {row['p95']:.0f}. {promise} {decides} "
        f"{row['runs']:,} runs; synthetic tasks, assumed settings."
    )
