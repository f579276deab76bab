"""Four architectures under one load: down time against a promise, and run cost.

A request passes the parts one after another, so all of them must work. Parts fail independently of
each other (assumed); copies of one part do not, as far as `shared` says.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Share, checked

KEY = "architecture_id"
MOVES = ("until", "per_thousand")
MONTH = 43_200  # minutes in 30 days
LARGEST = 200  # load [thousand shops], at which the search for a crossover ends
COSTS = ("fixed", "per_thousand", "step_shops", "step_cost")


@checked
def architecture(
    *,
    architectures: pd.DataFrame,
    components: pd.DataFrame,
    shops: Annotated[float, Range(1, LARGEST)],
    slo: Annotated[float, Range(90, 99.999)],
    copies: Annotated[float, Range(1, 5)],
    shared: Share,
    supplier: Annotated[float, Range(10, 1000)],
    until: Annotated[float, Range(1, LARGEST)],
) -> pd.DataFrame:
    """What each architecture gives and costs.

    architectures: `architecture_id`, `name`, `weeks` of engineers that the move to it takes, and
        its COSTS [thousand dollars a month].
    components: `architecture_id`, `availability` of one copy [0 to 1], `copied`.
    shops: load [thousand shops].
    slo: availability promised [%].
    copies: of each part that can be copied.
    shared: share of a part's down time that hits all its copies at once.
    supplier: price by load where a supplier buys the machines [% of that of the table].
    until: load up to which costs are drawn [thousand shops].

    Returns one row an architecture: its columns of the table, `down` and `budget` [minutes in 30
    days], `kept` [bool], `cost` [thousand dollars a month]; on every row `cheapest`, and
    `crossover`, the load up to which the one that is cheapest for 1,000 shops stays so
    [thousand shops].
    Raises CourseError for a value out of range.
    """
    count = np.where(components["copied"] == 1, copies, 1)
    up = redundant(components["availability"].to_numpy(float), count, shared)
    parts = components.assign(up=up).groupby("architecture_id")
    frame = architectures.astype(dict.fromkeys(("weeks", *COSTS), float))
    frame["per_thousand"] *= np.where(frame["step_cost"] == 0, supplier / 100, 1.0)
    frame["down"] = (1 - frame["architecture_id"].map(parts["up"].prod())) * MONTH
    frame["budget"] = error_budget(slo)
    frame["kept"] = frame["down"] <= frame["budget"]
    frame["cost"] = run_cost(frame, shops, copies)
    frame["cheapest"] = frame.loc[frame["cost"].idxmin(), "name"]
    frame["crossover"] = crossover(frame, copies)
    asked = {"shops": shops, "slo": slo, "copies": copies, "until": until}
    return frame.assign(**{name: float(value) for name, value in asked.items()})


def redundant(availability: np.ndarray, copies: np.ndarray | float, shared: float) -> np.ndarray:
    """Availability of parts with copies: 1 - (1 - a)^n, but for what hits all copies at once."""
    down = 1 - availability
    return np.asarray(1 - (shared * down + (1 - shared) * down**copies))


def error_budget(slo: float) -> float:
    """Minutes in 30 days that a promise of `slo` [%] leaves to be down."""
    return (1 - slo / 100) * MONTH


def run_cost(architectures: pd.DataFrame, shops: float | np.ndarray, copies: float) -> np.ndarray:
    """Thousand dollars a month: machines, once for each copy, and what goes by load."""
    fixed, each, holds, step = (architectures[name].to_numpy(float) for name in COSTS)
    return np.asarray(copies * (fixed + np.ceil(shops / holds) * step) + each * shops)


def crossover(architectures: pd.DataFrame, copies: float) -> float:
    """The last load at which the one cheapest for 1,000 shops still is [thousand shops]."""
    cost = run_cost(architectures, np.arange(1, LARGEST + 1)[:, None], copies)
    is_other = cost.argmin(axis=1) != cost[0].argmin()
    return float(is_other.argmax() if is_other.any() else LARGEST)


def describe(frame: pd.DataFrame) -> str:
    """What each costs at the load."""
    costs = ", ".join(f"{name.lower()} {cost:.1f}" for name, cost in frame[["name", "cost"]].values)
    load = frame["shops"].iloc[0]
    return f"At {load:g} thousand shops, in thousand dollars a month: {costs}."
