"""The prices of three budgets at which every initiative is funded as far as it pays.

value, scale: one an initiative; a share x of it is worth value x (1 - exp(-x / scale)).
need: initiatives x budgets, what the whole initiative takes; budget and price: one a budget.
The prices are those at which the best split cannot exceed the least (Lagrange's dual).
"""

import numpy as np

TINY = 1e-12  # below it a price or a share is nothing
SWEEPS = 400  # over all prices, in the search for them; it mostly ends with the second
TRIALS = 33  # prices looked at together
STEPS = np.arange(float(TRIALS))
FINE = 1e-13  # share of the highest price within which a price is sought
CLOSE = 1e-9  # share of a budget by which it may be missed


def worth(value: np.ndarray, scale: np.ndarray, share: np.ndarray) -> np.ndarray:
    """What a share of each initiative brings: value x (1 - exp(-share / scale))."""
    return np.asarray(value * -np.expm1(-share / scale))


def shares(value: np.ndarray, scale: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """The share at which the next part brings what it costs, within 0 to 1."""
    with np.errstate(divide="ignore"):
        best = scale * np.log(value / scale / np.maximum(cost, 0))
    return np.asarray(np.minimum(np.maximum(best, 0), 1))  # np.clip takes longer


def dual(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray, price: np.ndarray
) -> float:
    """What no split can exceed, at these prices."""
    share = shares(value, scale, need @ price)
    return float((worth(value, scale, share) - share * (need @ price)).sum() + price @ budget)


def prices(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: np.ndarray
) -> np.ndarray:
    """The prices with the lowest bound, one after the other, over and over until all of them clear.

    The bound is smooth and has no valley but the lowest, so going down along one price at a time
    ends there. A price clears when its budget is used up, or is 0 when some of it is left.
    """
    unit = np.maximum(need.sum(axis=0), TINY)  # so that all three budgets are of one size
    need, budget = need / unit, budget / unit
    price = np.zeros(len(budget))
    for _ in range(SWEEPS):
        for place in range(len(price)):
            others = np.delete(need, place, axis=1) @ np.delete(price, place)
            price[place] = _clearing(value, scale, need[:, place], budget[place], others)
        left = budget - shares(value, scale, need @ price) @ need
        if np.abs(np.where((price > TINY) | (left < 0), left, 0)).max() < CLOSE:
            break
    return np.asarray(price / unit)


def _clearing(
    value: np.ndarray, scale: np.ndarray, need: np.ndarray, budget: float, others: np.ndarray
) -> float:
    """The lowest price at which one budget suffices.

    need: of this budget, one an initiative.   others: what each costs at the other prices.
    """
    pays = need > 0
    highest = (value[pays] / scale[pays] / need[pays]).max(initial=0)  # at which nothing is begun
    low, high = 0.0, float(highest)
    # the higher the price the less is used, so the price lies where the used first fits the budget;
    # many prices are looked at together, since numpy takes little longer for many than for one
    while high - low > FINE * highest:
        trials = low + (high - low) / (TRIALS - 1) * STEPS
        trials[-1] = high
        used = shares(value, scale, others + trials[:, None] * need) @ need
        first = int((used > budget)[:-1].sum())
        if first == 0:
            return 0.0
        low, high = float(trials[first - 1]), float(trials[first])
    return high


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
