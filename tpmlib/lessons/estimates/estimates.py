"""When a release is done, from estimates of its tasks: a network of tasks, played many times.

Each task takes between its low and its high days. A task starts when all before it are done, and
there are people enough for everything that may start: a choice that makes every release look
earlier than it is. An unspecified task is now and then done again in part.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest
from tpmlib.lessons.estimates.pert import pert

SHAPES = ("pert", "lognormal")
SPECIFY = ("listed", "path", "all", "none")
NORMAL_TENTH = 1.2815515655446004  # normal quantile of 0.9: low and high as one in ten either way
SPREAD = 0.5  # of the logarithm of the days that rework adds
STEP = 1.0  # between two points of the curve [days]
ALL = "all specified first"
RANGES = {
    "correlation": (0.0, 0.95),
    "rework": (0.0, 1.0),
    "extra": (0.0, 3.0),
    "specification": (0.0, 10.0),
    "runs": (20, 100_000),
    "seed": (0, 2**32 - 1),
}


def estimates(
    *,
    backlog: pd.DataFrame,
    shape: str,
    correlation: float,
    specify: str,
    rework: float,
    extra: float,
    specification: float,
    runs: int,
    seed: int,
) -> pd.DataFrame:
    """How long the release takes and which tasks decide it, beside the plan by likely days.

    backlog: `task_id`, `task`, `predecessors` (ids, separated by spaces), `low`, `likely` and
        `high` [days], `specified` [0 or 1].
    shape: "pert", a beta distribution from low to high with weight 4 on likely (F43), or
        "lognormal" with low and high as one in ten either way; it does not use likely.
    correlation: between any two tasks' days, by one common factor [0 to 0.95].
    specify: tasks that are specified: as "listed", besides those on the plan's "path", "all", or
        "none".
    rework: chance that an unspecified task is done again in part [0 to 1].
    extra: median of the days that rework adds [share of the task's days, 0 to 3]; lognormal.
    specification: days that specifying an unspecified task takes, before it starts [0 to 10].
    runs: releases played [20 to 100,000].   seed: same seed, same rows.

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
    for name, value, known in (("shape", shape, SHAPES), ("specify", specify, SPECIFY)):
        if value not in known:
            raise CourseError(f"{name}: {nearest(value, known)}")
    numbers = {"correlation": correlation, "rework": rework, "extra": extra}
    check_ranges(RANGES, **numbers, specification=specification, runs=runs, seed=seed)
    order, before = network(backlog)
    generator = np.random.default_rng(seed)
    days = _days(backlog, shape, correlation, runs, generator)
    listed = backlog["specified"].to_numpy(bool)
    likely = backlog["likely"].to_numpy(float)[:, None]
    planned = _finish(likely, order, before)
    plan = float(planned.max())
    path = _critical(likely, planned, planned.max(axis=0), order, before) == 1
    every, nothing = np.ones_like(listed), np.zeros_like(listed)
    done = {"listed": listed, "path": listed | path, "all": every, "none": nothing}[specify]
    # drawn for every task, so that a change of `specify` changes nothing else
    again = generator.random(days.shape) < rework
    more = extra * np.exp(SPREAD * generator.standard_normal(days.shape))
    days = days * np.where(again & ~done[:, None], 1 + more, 1)
    days = days + np.where(done & ~listed, specification, 0.0)[:, None]
    finish = _finish(days, order, before)
    total = finish.max(axis=0)
    frame = _rows(backlog, done, _critical(days, finish, total, order, before), total)
    frame["plan"], frame["plan_chance"] = plan, float((total <= plan + 1e-9).mean())
    frame["mean"] = float(total.mean())
    frame[["p50", "p80", "p95"]] = np.percentile(total, [50, 80, 95])
    means = days.mean(axis=1, keepdims=True)
    frame["path_mean"] = float(_finish(means, order, before).max())
    frame["bias"] = frame["mean"] - frame["path_mean"]
    frame["unspecified"], frame["runs"] = int((~done).sum()), runs
    frame["specify"], frame["rework"] = specify, float(rework)
    return frame


def network(backlog: pd.DataFrame) -> tuple[list[int], list[list[int]]]:
    """An order in which every task comes after its predecessors, and the predecessors by place."""
    places = {name: at for at, name in enumerate(backlog["task_id"])}
    before: list[list[int]] = []
    for row in backlog.to_dict("records"):
        if not 0 < row["low"] <= row["likely"] <= row["high"]:
            found = f"{row['low']:g}, {row['likely']:g}, {row['high']:g}"
            raise CourseError(
                f"{row['task_id']}: {found}; above 0, low, likely, high in this order"
            )
        names = str(row["predecessors"]).split() if isinstance(row["predecessors"], str) else []
        for name in names:
            if name not in places:
                raise CourseError(f"{row['task_id']} predecessors: {nearest(name, places)}")
        before.append([places[name] for name in names])
    order: list[int] = []
    left = set(places.values())
    while left:
        ready = sorted(at for at in left if not left & set(before[at]))
        if not ready:
            stuck = ", ".join(str(backlog["task_id"].iloc[at]) for at in sorted(left))
            raise CourseError(f"predecessors: {stuck} are in a circle or behind one; no circle")
        order += ready
        left -= set(ready)
    return order, before


def _days(
    backlog: pd.DataFrame,
    shape: str,
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
        return np.asarray(np.exp((low + high) / 2 + (high - low) / (2 * NORMAL_TENTH) * z))
    return pert(backlog[["low", "likely", "high"]].to_numpy(float), z)


def _finish(days: np.ndarray, order: Sequence[int], before: list[list[int]]) -> np.ndarray:
    """When each task is done (tasks x runs)."""
    finish = np.zeros_like(days)
    for at in order:
        start = np.maximum.reduce([finish[one] for one in before[at]]) if before[at] else 0
        finish[at] = start + days[at]
    return finish


def _critical(
    days: np.ndarray,
    finish: np.ndarray,
    total: np.ndarray,
    order: Sequence[int],
    before: list[list[int]],
) -> np.ndarray:
    """Share of runs in which a task cannot slip without the release slipping."""
    rest = np.zeros_like(days)  # days of the longest way from a task's end to the end of all
    for at in reversed(order):
        for one in before[at]:
            np.maximum(rest[one], rest[at] + days[at], out=rest[one])
    return np.asarray((finish + rest >= total - 1e-9).mean(axis=1))


def _rows(
    backlog: pd.DataFrame, done: np.ndarray, critical: np.ndarray, total: np.ndarray
) -> pd.DataFrame:
    tasks = pd.DataFrame({"kind": "task", "name": backlog["task"], "specified": done})
    tasks["critical"] = critical
    first, last = math.floor(total.min()), math.ceil(total.max())
    day = np.arange(first, last + STEP, STEP)
    chance = np.searchsorted(np.sort(total), day, side="right") / len(total)
    curve = pd.DataFrame({"kind": "day", "day": day, "chance": chance})
    return pd.concat([tasks, curve], ignore_index=True)


def view(frame: pd.DataFrame, *, date: float) -> pd.DataFrame:
    """All rows, with the promised `date` [days] and `date_chance` [share of runs done by then].

    date: 1 to 200 days from the start.   Raises CourseError for a value outside this range.
    """
    check_ranges({"date": (1, 200)}, date=date)
    days = frame[frame["kind"] == "day"]
    chance = np.interp(date, days["day"], days["chance"], left=0.0, right=1.0)
    return frame.assign(date=date, date_chance=float(chance))


def describe(frame: pd.DataFrame) -> str:
    """The plan's chance, the days at three levels, the date's chance and the task that decides."""
    row = frame.iloc[0]
    tasks = frame[frame["kind"] == "task"]
    unclear = tasks[~tasks["specified"].astype(bool)]
    top = unclear.loc[unclear["critical"].idxmax()] if len(unclear) else None
    decides = (
        f" With {len(unclear)} of {len(tasks)} tasks unspecified; of these "
        f"\u201c{top['name']}\u201d is on the longest path most often ({top['critical']:.0%})."
        if top is not None
        else f" All {len(tasks)} tasks are specified."
    )
    dated = (
        f"A promise of {row['date']:g} days is kept in {row['date_chance']:.0%}."
        if "date" in frame
        else ""
    )
    return (
        f"The likely days of the longest path add up to {row['plan']:g}; {row['plan_chance']:.0%} "
        f"of the runs are done by then. Half are done in {row['p50']:.0f} days, 80% in "
        f"{row['p80']:.0f}, 95% in {row['p95']:.0f}. {dated.strip()}{decides} "
        f"{row['runs']:,} runs; synthetic tasks, assumed settings."
    )
