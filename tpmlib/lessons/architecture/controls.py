"""Which security controls to choose under a budget: the best set of all, and two plain rules.

Controls overlap: each takes its share of the loss that the others leave (assumed).
"""

from itertools import product
from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked

KINDS = ("takeover", "leak", "outage")
Loss = Annotated[float, Range(0, 10_000)]


@checked
def controls(
    *,
    controls: pd.DataFrame,
    budget: Annotated[float, Range(0, 1000)],
    takeover: Loss,
    leak: Loss,
    outage: Loss,
) -> pd.DataFrame:
    """Three ways to spend the budget.

    controls: `control_id`, `name`, `cost` [thousand dollars a year], and the share of each kind of
        loss that it removes [0 to 1].
    budget: [thousand dollars a year].
    takeover, leak, outage: expected loss without controls [thousand dollars a year].

    Returns one row a `way`: "best" of all sets, "dearest" first, "ratio", most removed alone for
    its cost first. Columns: `chosen` [ids], `names`, `cost`, `left` and `removed` [thousand
    dollars a year].
    Raises CourseError for a value out of range.
    """
    loss = np.array([takeover, leak, outage])  # in the order of KINDS
    cost, effect = controls["cost"].to_numpy(float), controls[list(KINDS)].to_numpy(float)
    alone = effect @ loss
    sets = np.array(list(product((False, True), repeat=len(cost))))
    fits = sets[sets @ cost <= budget]
    ways = {
        "best": min(fits, key=lambda chosen: left(chosen, effect, loss)),
        "dearest": greedy(cost, cost, budget),
        "ratio": greedy(alone / np.maximum(cost, 1e-9), cost, budget),
    }
    rows = [
        {
            "way": way,
            "chosen": " ".join(controls["control_id"][chosen]),
            "names": "; ".join(controls["name"][chosen]),
            "cost": float(cost[chosen].sum()),
            "left": left(chosen, effect, loss),
        }
        for way, chosen in ways.items()
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(removed=loss.sum() - frame["left"])


def left(chosen: np.ndarray, effect: np.ndarray, loss: np.ndarray) -> float:
    """The loss that a set of controls leaves, each taking its share of the rest."""
    return float(loss @ (1 - effect[chosen]).prod(axis=0))


def apart(chosen: np.ndarray, effect: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """What each chosen control takes away beyond the others [thousand dollars a year]; else 0."""
    without = np.where(np.eye(len(chosen), dtype=bool), False, chosen)
    more = np.array([left(rest, effect, loss) for rest in without]) - left(chosen, effect, loss)
    return np.where(chosen, more, 0.0)


def exchange(
    chosen: np.ndarray, cost: np.ndarray, budget: float, effect: np.ndarray, loss: np.ndarray
) -> tuple[int | None, int | None, float]:
    """The best single step within the budget: which goes, which comes, what it adds.

    A step drops one control or none, and takes one or none. Returns the two places, None for none,
    and what is added [thousand dollars a year], 0 where no step helps.
    """
    goes, comes = [None, *np.flatnonzero(chosen)], [None, *np.flatnonzero(~chosen)]
    best: tuple[int | None, int | None, float] = (None, None, 0.0)
    now = left(chosen, effect, loss)
    for out, new in product(goes, comes):
        step = chosen.copy()
        step[[place for place in (out, new) if place is not None]] ^= True
        gain = now - left(step, effect, loss)
        if cost[step].sum() <= budget and gain > best[2] + 1e-9:
            best = (out, new, gain)
    return best


def greedy(order: np.ndarray, cost: np.ndarray, budget: float) -> np.ndarray:
    """Take the highest first, and whatever still fits."""
    chosen, spent = np.zeros(len(cost), bool), 0.0
    for place in np.argsort(-order, kind="stable"):
        if spent + cost[place] <= budget:
            chosen[place], spent = True, spent + cost[place]
    return chosen


def describe(frame: pd.DataFrame) -> str:
    """What the best set takes away, and what the plain rules do."""
    rows = frame.set_index("way")["removed"]
    return (
        f"The best set removes {rows['best']:.0f} thousand dollars of loss a year, the dearest "
        f"first {rows['dearest']:.0f}, the best value first {rows['ratio']:.0f}."
    )
