"""The prices of three budgets at which every initiative is funded as far as it pays.

value, scale: one an initiative; a share x of it is worth value x (1 - exp(-x / scale)).
need: initiatives x budgets, what the whole initiative takes; budget and price: one a budget.
The prices are those with the lowest bound (Lagrange's dual): Newton's method, then one by one.
"""

import numpy as np

from tpmlib.errors import CourseError

TINY = 1e-12  # below it a price or a share is nothing
STEPS, SWEEPS, ROUNDS = 60, 8, 4  # of the search for prices; it mostly ends in the first ten steps
MAX_WHOLE = 16  # initiatives of which every choice is tried
CLOSE = 1e-9  # share of a budget by which it may be missed


def worth(value: np.ndarray, scale: np.ndarray, share: np.ndarray) -> np.ndarray:
    """What a share of each initiative brings: value x (1 - exp(-share / scale))."""
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
    highest = [
        float((value / scale / np.maximum(part, TINY))[part > 0].max(initial=0)) for part in need.T
    ]
    for _ in range(SWEEPS):
        for place, high in enumerate(highest):
            low = 0.0
            for _ in range(50):
                price[place] = (low + high) / 2
                left = _slope(value, scale, need, budget, price)[place]
                low, high = (low, price[place]) if left > 0 else (price[place], high)
            price[place] = 0.0 if high < 1e-9 * highest[place] else high
    return price


def feasible(share: np.ndarray, need: np.ndarray, budget: np.ndarray) -> np.ndarray:
    """The shares, lowered together until no budget is exceeded, and nothing without a budget."""
    share = np.where((need[:, budget <= 0] > 0).any(axis=1), 0.0, share)
    used = share @ need
    over = used > budget
    return np.asarray(
        share * min(1.0, float((budget[over] / used[over]).min())) if over.any() else share
    )


def in_turn(order: np.ndarray, need: np.ndarray, budget: np.ndarray) -> np.ndarray:
    """Shares when the highest in `order` is done as far as the budgets go, then the next."""
    left, share = budget.copy(), np.zeros(len(order))
    for place in np.argsort(-order, kind="stable"):
        takes = need[place] > 0
        share[place] = (
            min(1.0, float((left[takes] / need[place][takes]).min())) if takes.any() else 1.0
        )
        left = np.maximum(left - share[place] * need[place], 0)
    return share


def wholes(
    value: np.ndarray, need: np.ndarray, budget: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float]:
    """The best of all choices of whole initiatives; what one more of each budget brings; its value.

    Every choice is tried, 2 to the power of the initiatives.
    Raises CourseError for more initiatives than MAX_WHOLE.
    """
    if len(value) > MAX_WHOLE:
        raise CourseError(
            f"resource_needs: {len(value)} initiatives; whole ones, at most {MAX_WHOLE}"
        )
    choices = (np.arange(2 ** len(value))[:, None] >> np.arange(len(value)) & 1).astype(float)
    used, brings = choices @ need, choices @ value

    def best(budget: np.ndarray) -> int:
        fits = (used <= budget * (1 + CLOSE)).all(axis=1)
        return int(np.where(fits, brings, -1.0).argmax())

    first = best(budget)
    more = [brings[best(budget + step)] - brings[first] for step in np.eye(len(budget))]
    return choices[first], np.array(more), float(brings[first])
