"""Three budgets split over initiatives: three plain rules, one's own split, the best, and prices.

The more of an initiative is done, the less the next part of it brings (assumed). That is why the
best split spreads: with constant returns it would take few initiatives, whole. The split is found
by its prices, one a budget: each initiative is funded until its next part is worth what it costs.
"""

from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest
from tpmlib.kit.ranges import Range, checked
from tpmlib.lessons.allocation.resource_prices import (
    CLOSE,
    TINY,
    dual,
    feasible,
    in_turn,
    prices,
    shares,
    worth,
)

KEY = "initiative_id"
BUDGETS = ("people", "money", "platform")  # engineer-weeks, thousand dollars, test hours
NEEDS = ["effort_likely", "money", "platform"]  # what an initiative takes, in the order of BUDGETS
PLAIN = {"people": "Weeks", "money": "Money", "platform": "Test hours"}
UNITS = {"people": "engineer-week", "money": "thousand dollars", "platform": "test hour"}
RULES = {  # a way to split, as the picture calls it
    "yours": "yours",
    "even": "the same of each",
    "largest": "the biggest earner first",
    "weeks": "most per week first",
    "best": "the best split",
}
PARTS = {"yours": "whole only", "best": "parts allowed"}  # the same two, where things are whole
PLAIN_RULES = ("even", "largest", "weeks")
MOVES = ("share", "worth", *(f"total_{rule}" for rule in RULES), *(f"used_{b}" for b in BUDGETS))


@checked
def allocation(
    *,
    initiatives: pd.DataFrame,
    resource_needs: pd.DataFrame,
    people: Annotated[float, Range(0, 10_000)],
    money: Annotated[float, Range(0, 10_000)],
    platform: Annotated[float, Range(0, 100_000)],
    fall: Annotated[float, Range(0.01, 5)],
) -> pd.DataFrame:
    """The share of each initiative by every rule and in the best split, and each budget's price.

    initiatives: `initiative_id`, `name`, `delay_cost` [thousand dollars a week, above 0], which is
        what the whole initiative brings, and `effort_likely` [engineer-weeks].
    resource_needs: some of these ids, `first_half` [share of its value that the first half of an
        initiative brings, above 0.5 and below 1], `money` [thousand dollars] and `platform`
        [hours in a test environment] of the whole.
    people, money, platform: the budgets, in these units.
    fall: how fast returns fall, 1 as listed, near 0 hardly at all.

    Returns one row an initiative: `initiative_id`, `name`, `value` and `scale` of its curve, its
    `need_...`, what the first half and all of it bring (`value_half`, `value_whole`) [thousand
    dollars a week], and `share_...` [0 to 1] by each of RULES but one's own. On every row
    `total_...` by rule; for each budget `budget_...`, `left_...` by the best split and `price_...`
    [thousand dollars a week for one more unit]; and `bound`, which no split exceeds.
    Raises CourseError for a budget out of range, an unknown initiative, or a need below 0.
    """
    frame = _curves(initiatives, resource_needs, fall)
    need, budget = frame[NEEDS].to_numpy(float), np.array([people, money, platform], float)
    if (need < 0).any() or not np.isfinite(need).all():
        raise CourseError("resource_needs: a need is below 0 or missing; 0 or more")
    frame = frame[["initiative_id", "name", "value", "scale"]]
    value, scale, every = frame["value"].to_numpy(), frame["scale"].to_numpy(), np.ones(len(frame))
    whole, price = worth(value, scale, every), prices(value, scale, need, budget)
    a_week = np.divide(whole, need[:, 0], out=np.full(len(frame), np.inf), where=need[:, 0] > 0)
    plans = {
        "even": feasible(every, need, budget),
        "largest": in_turn(whole, need, budget),
        "weeks": in_turn(a_week, need, budget),
        "best": feasible(shares(value, scale, need @ price), need, budget),
    }
    for rule, plan in plans.items():
        frame[f"share_{rule}"], frame[f"total_{rule}"] = plan, worth(value, scale, plan).sum()
    left = budget - plans["best"] @ need
    for place, name in enumerate(BUDGETS):
        frame[f"need_{name}"], frame[f"budget_{name}"] = need[:, place], budget[place]
        frame[f"left_{name}"], frame[f"price_{name}"] = left[place], price[place]
    half, bound = worth(value, scale, every / 2), dual(value, scale, need, budget, price)
    return frame.assign(value_half=half, value_whole=whole, bound=bound)


def _curves(initiatives: pd.DataFrame, resource_needs: pd.DataFrame, fall: float) -> pd.DataFrame:
    """Each initiative with needs, and the curve value x (1 - exp(-share / scale)) of its worth.

    At a share of 1 it is `delay_cost`; at a half `first_half` of that, if `fall` is 1.
    """
    if unknown := set(resource_needs["initiative_id"]) - set(initiatives["initiative_id"]):
        raise CourseError(f"resource_needs: {nearest(min(unknown), initiatives['initiative_id'])}")
    frame = resource_needs.merge(initiatives, on="initiative_id")
    half = frame["first_half"]
    if not half.between(0.5, 1, inclusive="neither").all():
        raise CourseError("resource_needs: first_half is not above 0.5 and below 1")
    frame["scale"] = 0.5 / (np.log(half / (1 - half)) * fall)
    frame["value"] = frame["delay_cost"] / -np.expm1(-1 / frame["scale"])
    return frame


@checked
def view(
    frame: pd.DataFrame,
    *,
    split: Literal["yours", "even", "largest", "weeks", "best"],
    shown: Literal["own", "rules", "prices", "whole"],
    **own: Any,
) -> pd.DataFrame:
    """The rows with the split that is drawn.

    split: whose.   shown: "own" for one's own alone, as it was entered; then what every rule
        brings, and one's own cut back until it fits; then what one more of each budget is worth;
        "whole" for one's own as the best set of whole initiatives.
    own: of each initiative how much is done, by its id [%, 0 to 100]; one left out is not begun.

    Adds `share` [0 to 1] and its `worth` [thousand dollars a week], and on every row `brings`, its
    sum, `total_yours`, whether it was `cut` to fit, `used_...` of each budget, `split` and `shown`.
    Raises CourseError for an unknown initiative, or a share out of range.
    """
    for name in own:
        if name not in set(frame[KEY]):
            raise CourseError(f"own: {nearest(name, frame[KEY])}")
    check_ranges(dict.fromkeys(own, (0, 100)), **own)
    mine = frame[KEY].map(own).fillna(0).to_numpy(float) / 100
    need, budget = needs_and_budgets(frame)
    entered, mine = mine, mine if shown == "own" else feasible(mine, need, budget)
    value, scale = frame["value"].to_numpy(), frame["scale"].to_numpy()
    share = mine if split == "yours" else frame[f"share_{split}"].to_numpy()
    used = {f"used_{name}": amount for name, amount in zip(BUDGETS, share @ need, strict=True)}
    brings, total = worth(value, scale, share), worth(value, scale, mine).sum()
    done = {"share": share, "worth": brings, "brings": brings.sum(), "total_yours": total}
    return frame.assign(**done, **used, split=split, shown=shown, cut=(entered > mine + TINY).any())


def needs_and_budgets(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """What the whole of each initiative takes, and what there is, in the order of BUDGETS."""
    need, budget = (frame[[f"{part}_{n}" for n in BUDGETS]] for part in ("need", "budget"))
    return need.to_numpy(float), budget.to_numpy(float)[0]


def over_budget(row: pd.Series) -> list[str]:
    """The budgets that the split on show exceeds, of a row of `view`."""
    room = 1 + CLOSE  # so that a split that uses all of a budget does not exceed it by rounding
    return [name for name in BUDGETS if row[f"used_{name}"] > row[f"budget_{name}"] * room]


def place_ids(_: pd.DataFrame) -> list[str]:
    """What the budgets are called where they are clicked."""
    return list(BUDGETS)


def worth_of_one(row: pd.Series, name: str, words: str = "{:,.0f} dollars every week") -> str:
    """What one more unit of a budget brings, in words."""
    price = 1000 * float(row[f"price_{name}"])
    return words.format(price) if price > 1000 * TINY else "nothing"


def describe(frame: pd.DataFrame) -> str:
    """What the split on show brings, the plain rule that comes nearest, and each budget's price."""
    row = frame.iloc[0]
    takes = f"{row['used_people']:.0f} of {row['budget_people']:,.0f} {UNITS['people']}s"
    brings = f"{frame['worth'].sum():.1f} thousand dollars a week"
    text = f"{rules_of(row).get(row['split'], 'yours').capitalize()}: {brings}, with {takes}."
    if row["shown"] in ("own", "whole"):
        return text
    if row["shown"] == "prices":
        more = (f"{UNITS[name]}, {worth_of_one(row, name)}" for name in BUDGETS)
        return f"{text} One more is worth, in the best split: {'; '.join(more)}."
    nearest = max(PLAIN_RULES, key=lambda rule: float(row[f"total_{rule}"]))
    return f"{_verdict(row)}{text} Of the plain rules “{RULES[nearest]}” comes nearest."


def _verdict(row: pd.Series) -> str:
    mine, best = (round(float(row[f"total_{rule}"]), 1) for rule in ("yours", "best"))
    more = sum(round(float(row[f"total_{rule}"]), 1) > mine for rule in PLAIN_RULES)
    which = ("No rule brings", "One rule brings", "Two rules bring", "All rules bring")
    told = f"Yours{', cut to fit,' * bool(row['cut'])} brings {mine:.1f}. {which[more]} more"
    return f"{told}, and the best split {best - mine:.1f} more. " * (mine > 0)


def rules_of(row: pd.Series) -> dict[str, str]:
    """The ways that are compared, as they are called: one's own once something is entered."""
    yours = {"yours": "yours, cut" if row["cut"] else "yours"} if row["total_yours"] > 0 else {}
    rules = yours | {rule: RULES[rule] for rule in (*PLAIN_RULES, "best")}
    return {"own": {}, "whole": PARTS}.get(row["shown"], rules)
