"""A year of outages against a promise: what a second copy and a release taken back change."""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, checked
from tpmlib.kit.words import say
from tpmlib.lessons.architecture.architecture import error_budget

KEY = "id"
MOVES = ("down", "start", "budget")
MONTHS, RELEASE = 12, "bug"  # the cause that ends once a release is taken back


@checked
def outages(
    *,
    outages: pd.DataFrame,
    slo: Annotated[float, Range(90, 99.999)],
    copies: Annotated[float, Range(1, 5)],
    back: Annotated[float, Range(0, 1000)],
    excluded: str,
) -> pd.DataFrame:
    """The outages of a year as they would have been.

    outages: `outage_id`, `month` [1 to 12], `minutes`, `cause`, and `every_copy`, 1 if it takes all
        copies of a part down at once.
    slo: availability promised for each month [%].
    copies: of each part; with two or more, an outage of one copy is none (assumed).
    back: a bad release is taken back within [minutes].
    excluded: cause that the contract does not count, or "none".

    Returns one row an outage: `id`, `month`, `cause`, `every_copy` and `excluded` [bool], `down`
    [minutes, 0 for none], `start` [minutes of the month's outages before it], `total` of its month
    [minutes]; on every row `budget` [minutes in 30 days], `broken` [months beyond it], `mean` of 12
    months [minutes].
    Raises CourseError for a value out of range or an unknown cause.
    """
    if excluded not in (causes := {"none", *outages["cause"]}):
        raise CourseError(f"excluded: {nearest(excluded, causes)}")
    frame = outages.rename(columns={"outage_id": "id"})
    frame["every_copy"] = frame["every_copy"] == 1
    frame["excluded"] = frame["cause"] == excluded
    counts = (frame["every_copy"] | (copies < 2)) & ~frame["excluded"]
    most = np.where(frame["cause"] == RELEASE, back, np.inf)
    frame["down"] = frame["minutes"].clip(upper=most) * counts
    month = frame.groupby("month")["down"]
    frame["start"], frame["total"] = month.cumsum() - frame["down"], month.transform("sum")
    totals, budget = month.sum(), error_budget(slo)
    return frame.assign(
        budget=budget,
        broken=int((totals > budget).sum()),
        mean=totals.sum() / MONTHS,
        slo=float(slo),
    )


def in_minutes(number: float) -> str:
    """A number of minutes in words, rounded."""
    return say("picture.minutes", n=round(number))


def describe(frame: pd.DataFrame) -> str:
    """The budget, the months beyond it, the average."""
    row = frame.iloc[0]
    return (
        f"{row['slo']:g}% leaves {in_minutes(row['budget'])} in a month of 30 days. "
        f"The average month is down {in_minutes(row['mean'])}; "
        f"{say('outages.broken', n=row['broken'], months=MONTHS)}."
    )
