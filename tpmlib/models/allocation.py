"""The best split of three budgets over initiatives with falling returns, and the price of each.

The more of an initiative is done, the less the next part of it brings (assumed). That is why the
best split spreads: with constant returns it would take few initiatives, whole. The split is found
by its prices, one a budget: each initiative is funded until its next part is worth what it costs.
"""

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest

BUDGETS = ("people", "money", "platform")  # engineer-weeks, thousand dollars, environment-hours
BUILD = ("build", "buy")
RANGES = {"people": (0, 10_000), "money": (0, 10_000), "platform": (0, 100_000)}
TINY = 1e-12  # below it a price or a share is nothing
STEPS, SWEEPS, ROUNDS = 60, 8, 4  # of the search for prices; it mostly ends in the first ten steps
CLOSE = 1e-9  # share of a budget by which it may be missed


def allocation(
    *,
    initiatives: pd.DataFrame,
    people: float,
    money: float,
    platform: float,
    sourcing: str,
) -> pd.DataFrame:
    """The share of each initiative in the best split, and what each budget is worth.

    initiatives: `initiative_id`, `name`, `value` [points, above 0], `scale` [share at which 63% of
        the value is reached, above 0], the needs of the whole initiative `people`
        [engineer-weeks], `money` [thousand dollars], `platform` [environment-hours], and
        `buy_people`, `buy_money`: the first two if parts are bought.
    people, money, platform: the budgets, in these units [0 to 10,000, 10,000, 100,000].
    sourcing: "build", or "buy" where that is offered.

    Returns one row an initiative: `initiative_id`, `name`, `share` [0 to 1], `worth` [points],
    `next` [points for the next hundredth] and its `need_...`. On every row, for each budget,
    `budget_...`, `used_...` and `price_...` [points for one more unit]; `total` [points], `bound`
    [points, which no split exceeds] and `gap` [share of the bound].
    Raises CourseError for a budget out of range, an unknown sourcing, or a need below 0.
    """
    if sourcing not in BUILD:
        raise CourseError(f"sourcing: {nearest(sourcing, BUILD)}")
    check_ranges(RANGES, people=people, money=money, platform=platform)
    need = needs(initiatives, sourcing)
    value, scale = (initiatives[name].to_numpy(float) for name in ("value", "scale"))
    budget = np.array([people, money, platform], float)
    price = prices(value, scale, need, budget)
    share = feasible(shares(value, scale, need @ price), need, budget)
    frame = initiatives[["initiative_id", "name"]].reset_index(drop=True)
    frame["share"], frame["worth"] = share, worth(value, scale, share)
    frame["next"] = worth(value, scale, share + 0.01) - frame["worth"]
    total, bound = float(frame["worth"].sum()), dual(value, scale, need, budget, price)
    for at, name in enumerate(BUDGETS):
        frame[f"need_{name}"], frame[f"budget_{name}"] = need[:, at], budget[at]
        frame[f"used_{name}"], frame[f"price_{name}"] = float(share @ need[:, at]), price[at]
    frame["total"], frame["bound"] = total, bound
    # beside a thousandth of all value, since nothing beside nothing is no gap
    frame["gap"] = (bound - total) / max(bound, value.sum() / 1000)
    return frame


def needs(initiatives: pd.DataFrame, sourcing: str) -> np.ndarray:
    """What each whole initiative takes of each budget (initiatives x 3)."""
    columns = ["people", "money", "platform"]
    if sourcing == "buy":
        columns = ["buy_people", "buy_money", "platform"]
    need = initiatives[columns].to_numpy(float)
    if (need < 0).any() or not np.isfinite(need).all():
        raise CourseError("initiatives: a need is below 0 or missing; 0 or more")
    return np.asarray(need)


def worth(value: np.ndarray, scale: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Points that a share of each initiative brings: value x (1 - exp(-share / scale))."""
    return np.asarray(value * -np.expm1(-share / scale))


def shares(value: np.ndarray, scale: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """The share at which the next part brings what it costs, within 0 to 1."""
    with np.errstate(divide="ignore"):
        best = scale * np.log(value / scale / np.maximum(cost, 0))
    return np.asarray(np.clip(best, 0, 1))


def dual(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> float:
    """What no split can exceed, at these prices."""
    share = shares(value, scale, need @ price)
    return float((worth(value, scale, share) - share * (need @ price)).sum() + price @ budget)


def prices(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray
) -> np.ndarray:
    """The prices with the lowest bound: Newton's method, kept at 0 or above."""
    unit = np.maximum(need.sum(axis=0), TINY)  # so that all three budgets are of one size
    need, budget = need / unit, budget / unit
    price = np.full(len(budget), value.sum() / 10)
    for _ in range(ROUNDS):
        price = _newton(value, scale, need, budget, price)
        if _slack(value, scale, need, budget, price) < CLOSE:
            break
        # where a share meets 0 or 1 the bound has a kink, and Newton may stick to it
        price = _one_by_one(value, scale, need, budget, price)
    return np.asarray(price / unit)


def _slope(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> np.ndarray:
    """What is left of each budget: how the bound grows with its price."""
    return np.asarray(budget - shares(value, scale, need @ price) @ need)


def _slack(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> float:
    """How far the prices are from best: a budget exceeded, or left although it has a price."""
    slope = _slope(value, scale, need, budget, price)
    return float(np.abs(np.where((price > TINY) | (slope < 0), slope, 0)).max())


def _newton(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> np.ndarray:
    now = dual(value, scale, need, budget, price)
    for _ in range(STEPS):
        if _slack(value, scale, need, budget, price) < CLOSE:
            break
        slope, cost = _slope(value, scale, need, budget, price), need @ price
        share, free = shares(value, scale, cost), (price > TINY) | (slope < 0)
        bent = np.where((share > 0) & (share < 1), scale / np.maximum(cost, TINY), 0)
        bend = (need * bent[:, None]).T @ need
        bend += np.eye(len(price)) * max(1e-9, 1e-9 * np.trace(bend))
        step = np.zeros_like(price)
        step[free] = np.linalg.solve(bend[np.ix_(free, free)], slope[free])
        lengths = 0.5 ** np.arange(47)
        trials = (np.maximum(price - length * step, 0) for length in lengths)
        for trial in trials:
            then = dual(value, scale, need, budget, trial)
            if then <= now - 1e-4 * slope @ (price - trial):
                price, now = trial, then
                break
        else:
            break
    return price


def _one_by_one(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> np.ndarray:
    """Each price halved in on while the others stand still: slow, and sure."""
    price = price.copy()
    most = [
        float((value / scale / np.maximum(part, TINY))[part > 0].max(initial=0)) for part in need.T
    ]
    for _ in range(SWEEPS):
        for at, high in enumerate(most):
            low = 0.0
            for _ in range(50):
                price[at] = (low + high) / 2
                left = _slope(value, scale, need, budget, price)[at]
                low, high = (low, price[at]) if left > 0 else (price[at], high)
            price[at] = 0.0 if high < 1e-9 * most[at] else high
    return price


def feasible(share: np.ndarray, need: np.ndarray, budget: np.ndarray) -> np.ndarray:
    """The shares, lowered together until no budget is exceeded, and nothing without a budget."""
    share = np.where((need[:, budget <= 0] > 0).any(axis=1), 0.0, share)
    used = share @ need
    over = used > budget
    return np.asarray(
        share * min(1.0, float((budget[over] / used[over]).min())) if over.any() else share
    )
