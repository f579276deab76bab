"""The best split of three budgets over initiatives with falling returns, and the price of each.

The more of an initiative is done, the less the next part of it brings (assumed). That is why the
best split spreads: with constant returns it would take few initiatives, whole. The split is found
by its prices, one a budget: each initiative is funded until its next part is worth what it costs.
"""

from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, checked
from tpmlib.lessons.allocation.resource_prices import (
    CLOSE,
    TINY,
    dual,
    feasible,
    in_turn,
    prices,
    shares,
    wholes,
    worth,
)

BUDGETS = ("people", "money", "platform")  # engineer-weeks, thousand dollars, environment-hours
NEEDS = {  # the columns of what an initiative takes, in the order of BUDGETS
    "build": ["effort_likely", "money", "platform"],
    "buy": ["buy_people", "buy_money", "platform"],
}
PLAIN = {"people": "People", "money": "Money", "platform": "Platform"}
SHORT = {"people": "weeks", "money": "k$", "platform": "hours"}
UNITS = {"people": "engineer-week", "money": "thousand dollars", "platform": "environment-hour"}
MANY = UNITS | {"people": "engineer-weeks", "platform": "environment-hours"}


@checked
def allocation(
    *,
    initiatives: pd.DataFrame,
    resource_needs: pd.DataFrame,
    people: Annotated[float, Range(0, 10_000)],
    money: Annotated[float, Range(0, 10_000)],
    platform: Annotated[float, Range(0, 100_000)],
    sourcing: Literal["build", "buy"],
    cut: Literal["parts", "whole"],
    fall: Annotated[float, Range(0.01, 5)],
) -> pd.DataFrame:
    """The share of each initiative in the best split, and what each budget is worth.

    initiatives: `initiative_id`, `name`, `delay_cost` [thousand dollars a week, above 0], which is
        what the whole initiative brings, and `effort_likely` [engineer-weeks].
    resource_needs: some of these ids, `first_half` [share of its value that the first half of an
        initiative brings, above 0.5 and below 1], `money` [thousand dollars] and `platform`
        [environment-hours] of the whole, and `buy_people`, `buy_money` if parts are bought.
    people, money, platform: the budgets, in these units.
    sourcing: "build", or "buy" where that is offered.
    cut: an initiative may be done in "parts", or only "whole".
    fall: how fast returns fall, 1 as listed, near 0 hardly at all.

    Returns one row an initiative: `initiative_id`, `name`, `value` and `scale` of its curve,
    `share` [0 to 1], `worth` and `value_whole`, of all of it [thousand dollars a week], `next` [of
    the next hundredth] and its `need_...`. On every row, for each budget, `budget_...`,
    `used_...`, `left_...` and `price_...` [thousand dollars a week for one more unit; with whole
    initiatives only, mostly nothing]; `whole`, `total` and `bound`, which no split exceeds; `gap`
    [share of the bound]; `even_share` and `even_total` when each gets the same share,
    `largest_total` when the one that brings most is done first, and so on; `even_part`,
    `largest_part` [share of the total]; `cut`.
    Raises CourseError for a budget out of range, an unknown sourcing, an unknown initiative, or a
    need below 0.
    """
    curves = _curves(initiatives, resource_needs, fall)
    need = curves[NEEDS[sourcing]].to_numpy(float)
    if (need < 0).any() or not np.isfinite(need).all():
        raise CourseError("resource_needs: a need is below 0 or missing; 0 or more")
    frame = curves[["initiative_id", "name", "value", "scale"]]
    value, scale, every = frame["value"].to_numpy(), frame["scale"].to_numpy(), np.ones(len(frame))
    budget, whole = np.array([people, money, platform], float), worth(value, scale, every)
    if cut == "parts":
        price = prices(value, scale, need, budget)
        share = feasible(shares(value, scale, need @ price), need, budget)
        bound = dual(value, scale, need, budget, price)
    else:
        share, price, bound = wholes(whole, need, budget)
    frame["share"], frame["worth"] = share, worth(value, scale, share)
    frame["next"] = worth(value, scale, share + 0.01) - frame["worth"]
    _add_budgets(frame, need, budget, price)
    frame["value_whole"], frame["whole"] = whole, float(whole.sum())
    total = float(frame["worth"].sum())
    frame["total"], frame["bound"], frame["cut"] = total, bound, cut
    # beside a thousandth of all value, since nothing beside nothing is no gap
    frame["gap"] = (bound - total) / max(bound, value.sum() / 1000)
    even, largest = feasible(every, need, budget), in_turn(whole, need, budget)
    frame["even_share"] = even.max()
    for name, plan in (("even", even), ("largest", largest)):
        frame[f"{name}_total"] = worth(value, scale, plan).sum()
        frame[f"{name}_part"] = frame[f"{name}_total"] / total if total else 1.0
    return frame


def _add_budgets(
    frame: pd.DataFrame, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> None:
    """Add what each initiative needs of each budget, what is used and left of it, and its price."""
    for place, name in enumerate(BUDGETS):
        used = float(frame["share"].to_numpy() @ need[:, place])
        frame[f"need_{name}"], frame[f"budget_{name}"] = need[:, place], budget[place]
        frame[f"used_{name}"], frame[f"price_{name}"] = used, price[place]
        frame[f"left_{name}"] = budget[place] - used


def _curves(initiatives: pd.DataFrame, resource_needs: pd.DataFrame, fall: float) -> pd.DataFrame:
    """Each initiative with needs, and the curve value x (1 - exp(-share / scale)) of its worth.

    At a share of 1 it is `delay_cost`; at a half `first_half` of that, if `fall` is 1.
    """
    unknown = set(resource_needs["initiative_id"]) - set(initiatives["initiative_id"])
    if unknown:
        raise CourseError(f"resource_needs: {nearest(min(unknown), initiatives['initiative_id'])}")
    frame = resource_needs.merge(initiatives, on="initiative_id")
    half = frame["first_half"]
    if not half.between(0.5, 1, inclusive="neither").all():
        raise CourseError("resource_needs: first_half is not above 0.5 and below 1")
    frame["scale"] = 0.5 / (np.log(half / (1 - half)) * fall)
    frame["value"] = frame["delay_cost"] / -np.expm1(-1 / frame["scale"])
    return frame


def beside(frame: pd.DataFrame, mine: np.ndarray) -> pd.DataFrame:
    """The rows of `allocation` with a learner's own shares [0 to 1, one a row] beside the best.

    Adds `mine`, `mine_total` and for each budget `mine_used_...`, which may exceed it.
    """
    value, scale = (frame[name].to_numpy() for name in ("value", "scale"))
    used = {f"mine_used_{name}": float(mine @ frame[f"need_{name}"]) for name in BUDGETS}
    total = float(worth(value, scale, mine).sum())
    return frame.assign(mine=mine, mine_total=total, **used)


def over_budget(row: pd.Series) -> list[str]:
    """The budgets that a learner's own split exceeds, of a row of `beside`."""
    room = 1 + CLOSE  # so that a split that uses all of a budget does not exceed it by rounding
    return [n for n in BUDGETS if row[f"mine_used_{n}"] > row[f"budget_{n}"] * room]


def describe(frame: pd.DataFrame) -> str:
    """What the best split brings, which budgets hold it back, and what an even one brings."""
    row, held, left = frame.iloc[0], [], []
    for name in BUDGETS:
        price = row[f"price_{name}"]
        if price > TINY:
            held.append(f"one more {UNITS[name]} would bring {1000 * price:,.0f} dollars a week")
        else:
            left.append(f"{row[f'left_{name}']:.0f} {MANY[name]} are left over")
    budgets = "; ".join(held + left)
    what = "The best split" if row["cut"] == "parts" else "The best choice of whole initiatives"
    return (
        f"{what} brings {row['total']:.1f} thousand dollars a week, of {row['whole']:.0f} if all "
        f"were done. {budgets[:1].upper()}{budgets[1:]}. In parts, the same share of everything, "
        f"{row['even_share']:.0%}, brings {row['even_total']:.1f}, the largest first "
        f"{row['largest_total']:.1f}."
    )
