"""Four architectures under one load: down time, response time, run cost and time to release.

A request passes the parts one after another, so all of them must work. Parts fail independently of
each other (assumed); copies of one part do not, as far as `shared` says.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Share, checked

MONTH = 43_200  # minutes in 30 days
LARGEST = 200  # load [thousand shops], at which the search for a crossover ends


@checked
def architecture(
    *,
    architectures: pd.DataFrame,
    components: pd.DataFrame,
    shops: Annotated[float, Range(1, LARGEST)],
    slo: Annotated[float, Range(90, 99.999)],
    copies: Annotated[float, Range(1, 5)],
    shared: Share,
    hop: Annotated[float, Range(0, 1000)],
) -> pd.DataFrame:
    """What each architecture gives and costs.

    architectures: `architecture_id`, `name`, `weeks`, and its costs [thousand dollars a month].
    components: `architecture_id`, `availability` of one copy [0 to 1], `latency` [ms], `copied`.
    shops: load [thousand shops].
    slo: availability promised [%].
    copies: of each part that can be copied.
    shared: share of a part's down time that hits all its copies at once.
    hop: time from one part to the next [ms].

    Returns one row an architecture: `availability` [0 to 1], `down` and `budget` [minutes in 30
    days], `kept` [bool], `latency` [ms], `cost` [thousand dollars a month], `weeks`; on every row
    `count_kept`, `cheapest` of those that keep the budget, or "none", and `crossover`, the load
    from which the architecture that is cheapest for 1,000 shops no longer is [thousand shops].
    Raises CourseError for a value out of range.
    """
    count = np.where(components["copied"] == 1, copies, 1)
    up = redundant(components["availability"].to_numpy(float), count, shared)
    parts = components.assign(up=up).groupby("architecture_id")
    frame = architectures[["architecture_id", "name", "weeks"]].copy()
    names = frame["architecture_id"]
    frame["weeks"] = frame["weeks"].astype(float)
    frame["availability"] = names.map(parts["up"].prod())
    frame["down"] = (1 - frame["availability"]) * MONTH
    frame["budget"] = error_budget(slo)
    frame["kept"] = frame["down"] <= frame["budget"]
    frame["latency"] = names.map(parts["latency"].sum() + hop * (parts.size() - 1)).astype(float)
    frame["cost"] = run_cost(architectures, shops, copies)
    kept = frame[frame["kept"]]
    frame["count_kept"] = float(len(kept))
    frame["cheapest"] = "none" if kept.empty else kept.loc[kept["cost"].idxmin(), "name"]
    frame["crossover"] = crossover(architectures, copies)
    return frame.assign(shops=float(shops), slo=float(slo), copies=float(copies))


def redundant(availability: np.ndarray, copies: np.ndarray | float, shared: float) -> np.ndarray:
    """Availability of parts with copies: 1 - (1 - a)^n, but for what hits all copies at once."""
    down = 1 - availability
    return np.asarray(1 - (shared * down + (1 - shared) * down**copies))


def error_budget(slo: float) -> float:
    """Minutes in 30 days that a promise of `slo` [%] leaves to be down."""
    return (1 - slo / 100) * MONTH


def run_cost(architectures: pd.DataFrame, shops: float | np.ndarray, copies: float) -> np.ndarray:
    """Thousand dollars a month: machines, once for each copy, and what goes by load."""
    fixed, each, holds, step = (
        architectures[name].to_numpy(float)
        for name in ("fixed", "per_thousand", "step_shops", "step_cost")
    )
    return np.asarray(copies * (fixed + np.ceil(shops / holds) * step) + each * shops)


def crossover(architectures: pd.DataFrame, copies: float) -> float:
    """The first load [thousand shops] at which the one cheapest for 1,000 shops no longer is."""
    cost = run_cost(architectures, np.arange(1, LARGEST + 1)[:, None], copies)
    is_other = cost.argmin(axis=1) != cost[0].argmin()
    return float(is_other.argmax() + 1) if is_other.any() else float("inf")


def describe(frame: pd.DataFrame) -> str:
    """How many keep the error budget, which of them is cheapest, and the range of response."""
    row, kept = frame.iloc[0], frame[frame["kept"]]
    quick, slow = frame.loc[frame["latency"].idxmin()], frame.loc[frame["latency"].idxmax()]
    cheapest = ""
    if not kept.empty:
        best = kept.loc[kept["cost"].idxmin()]
        cheapest = (
            f" Cheapest of those: {best['name'].lower()}, {best['cost']:.1f} thousand dollars a "
            f"month, first release after {best['weeks']:.0f} engineer-weeks."
        )
    return (
        f"A promise of {row['slo']:g}% leaves {row['budget']:.1f} minutes in 30 days; "
        f"{len(kept)} of {len(frame)} architectures keep it.{cheapest} A request takes "
        f"{quick['latency']:.0f} ms ({quick['name'].lower()}) to {slow['latency']:.0f} ms "
        f"({slow['name'].lower()})."
    )
