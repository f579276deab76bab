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
    supplier: Annotated[float, Range(0.1, 10)],
) -> pd.DataFrame:
    """What each architecture gives and costs.

    architectures: `architecture_id`, `name`, `weeks` of engineers that the move to it takes, and
        its COSTS [thousand dollars a month].
    components: `architecture_id`, `availability` of one copy [0 to 1], `copied`.
    shops: load [thousand shops].
    slo: availability promised [%].
    copies: of each part that can be copied.
    shared: share of a part's down time that hits all its copies at once.
    supplier: price by load where a supplier buys the machines [times that of the table].

    Returns one row an architecture: its columns of the table, `down` and `budget` [minutes in 30
    days], `kept` [bool], `cost` [thousand dollars a month]; on every row `cheapest`, and
    `crossover`, the load from which the architecture that is cheapest for 1,000 shops no longer is
    [thousand shops, infinite if it always is]; `last` is the one before.
    Raises CourseError for a value out of range.
    """
    count = np.where(components["copied"] == 1, copies, 1)
    up = redundant(components["availability"].to_numpy(float), count, shared)
    parts = components.assign(up=up).groupby("architecture_id")
    frame = architectures.astype(dict.fromkeys(("weeks", *COSTS), float))
    frame["per_thousand"] *= np.where(frame["step_cost"] == 0, supplier, 1.0)
    frame["down"] = (1 - frame["architecture_id"].map(parts["up"].prod())) * MONTH
    frame["budget"] = error_budget(slo)
    frame["kept"] = frame["down"] <= frame["budget"]
    frame["cost"] = run_cost(frame, shops, copies)
    frame["cheapest"] = frame.loc[frame["cost"].idxmin(), "name"]
    frame["crossover"] = crossover(frame, copies)
    frame["last"] = frame["crossover"] - 1
    return frame.assign(
        shops=float(shops), slo=float(slo), copies=float(copies), supplier=float(supplier)
    )


@checked
def view(frame: pd.DataFrame, *, until: Annotated[float, Range(1, LARGEST)]) -> pd.DataFrame:
    """The rows, and the load up to which costs are drawn [thousand shops]."""
    return frame.assign(until=float(until))


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
    """The first load [thousand shops] at which the one cheapest for 1,000 shops no longer is."""
    cost = run_cost(architectures, np.arange(1, LARGEST + 1)[:, None], copies)
    is_other = cost.argmin(axis=1) != cost[0].argmin()
    return float(is_other.argmax() + 1) if is_other.any() else float("inf")


def describe(frame: pd.DataFrame) -> str:
    """What each costs at the load, and how the one with the least down time stands to the promise.

    Of those that miss the promise it says by how much less down time one would keep it.
    """
    row, best = frame.iloc[0], frame.loc[frame["down"].idxmin()]
    costs = ", ".join(f"{name.lower()} {cost:.1f}" for name, cost in frame[["name", "cost"]].values)
    promise = f"{row['slo']:g}% leaves {row['budget']:.0f} minutes to be down in 30 days"
    if frame["kept"].any():
        after = f"{frame['kept'].sum()} of {len(frame)} keep it in a month of the average"
    else:
        less = 1 - row["budget"] / best["down"]
        after = (
            f"nearest is the {best['name'].lower()} with {best['down']:.0f}, which would need "
            f"{less:.0%} less"
        )
    return (
        f"At {row['shops']:g} thousand shops, in thousand dollars a month: {costs}. {promise}; "
        f"{after}. Synthetic figures."
    )
