"""What a company game at Tally is played on: the world, its events, and what may be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest
from tpmlib.lessons.staffing.drift import STAFFINGS

WEEKS = 13  # of a quarter
PICKS = 3  # initiatives worked on in a quarter
STEP = 10  # of a share [%]
FIRST_WEEK = 4  # that may be promised
NOTHING = "none"
BUDGETS = ("people", "money", "platform")  # engineer-weeks, k$, environment-hours
QUANTITIES = (
    *("requests", "people", "money", "effort", "right", "date"),
    *("down", "takeover", "leak", "outage", "value", "late"),
)
COUPLINGS = {
    "week_price": (0, 100),
    "fit": (0, 1),
    "rework": (0, 5),
    "late_price": (0, 1000),
    "early_price": (0, 1000),
    "down_price": (0, 100),
}


class Event(NamedTuple):
    """What happens in a quarter: `quantity` of QUANTITIES is multiplied by `amount`."""

    event_id: str
    quantity: str
    amount: float


class Decision(NamedTuple):
    """One quarter: staffing, three initiatives, their shares of the engineer-weeks, a date, work.

    shares: percent of the engineer-weeks, in tens, together at most 100; the rest is slack.
    promise: week of the quarter, 4 to 13.   choice: an architecture, a control, or "none".
    """

    staffing: str
    picks: tuple[str, ...]
    shares: tuple[int, ...]
    promise: int
    choice: str = NOTHING


@dataclass(frozen=True)
class World:
    """What the models of the course say, at the settings of the game.

    initiatives: `initiative_id`, `name`, `value` and `scale` of the curve [k$ a week], `need_...`.
    budgets: of a quarter, by name in BUDGETS; money that is left is carried over.
    throughput, gain: by staffing and factor of requests: share of the work that questions do not
        hold up, and alignment won a week [share of the gap].   decay, start: of the alignment.
    right: by staffing, chance that a message ends right.   person: cost [engineers].
    spread: of the logarithm of the time a release takes.
    architectures: by id `name`, `down` [minutes a month], `cost` [k$ a month], `weeks`.
    controls: `control_id`, `name`, `cost` [k$ a year] and shares of the `losses` [k$ a year].
    down_budget: minutes a month.   events: the deck.   couplings: by name in COUPLINGS.
    """

    initiatives: pd.DataFrame
    budgets: Mapping[str, float]
    throughput: Mapping[tuple[str, float], float]
    gain: Mapping[tuple[str, float], float]
    decay: float
    start: float
    right: Mapping[str, float]
    person: float
    spread: float
    architectures: Mapping[str, Mapping[str, Any]]
    controls: pd.DataFrame
    losses: Mapping[str, float]
    down_budget: float
    events: Sequence[Event]
    couplings: Mapping[str, float]
    arrays: dict[str, np.ndarray] = field(init=False, repr=False, compare=False)
    places: dict[str, int] = field(init=False, repr=False, compare=False)
    guards: dict[str, tuple[dict[str, float], float]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_ranges(COUPLINGS, **self.couplings)
        need = self.initiatives[[f"need_{name}" for name in BUDGETS]].to_numpy(float)
        arrays = {name: self.initiatives[name].to_numpy(float) for name in ("value", "scale")}
        object.__setattr__(self, "arrays", arrays | {"need": need})
        places = {name: at for at, name in enumerate(self.initiatives["initiative_id"])}
        object.__setattr__(self, "places", places)
        guards = {
            row["control_id"]: (
                {kind: float(row[kind]) for kind in self.losses},
                float(row["cost"]),
            )
            for row in self.controls.to_dict("records")
        }
        object.__setattr__(self, "guards", guards)

    def coupled(self, **couplings: float) -> "World":
        """The same world with other couplings."""
        for name in couplings:
            if name not in COUPLINGS:
                raise CourseError(f"coupling: {nearest(name, COUPLINGS)}")
        return replace(self, couplings={**self.couplings, **couplings})

    def protected(self, owned: Sequence[str]) -> tuple[float, dict[str, float]]:
        """What these controls cost [k$ a year], and the share of each loss that they leave."""
        leaves, cost = dict.fromkeys(self.losses, 1.0), 0.0
        for name in owned:
            shares, price = self.guards[name]
            cost += price
            leaves = {kind: leaves[kind] * (1 - share) for kind, share in shares.items()}
        return cost, leaves


def check(world: World, decision: Decision) -> None:
    """CourseError for a decision that is not possible: what, what was found, what is allowed."""
    ids = list(world.places)
    choices = [NOTHING, *world.architectures, *world.guards]
    known = [("staffing", decision.staffing, list(STAFFINGS)), ("choice", decision.choice, choices)]
    known += [("picks", name, ids) for name in decision.picks]
    for what, found, allowed in known:
        if found not in allowed:
            raise CourseError(f"{what}: {nearest(found, allowed)}")
    picks, shares = decision.picks, decision.shares
    if len(set(picks)) != PICKS or len(picks) != PICKS:
        raise CourseError(f"picks: {', '.join(picks)}; {PICKS} different initiatives")
    steps = all(type(one) is int and 0 <= one <= 100 and one % STEP == 0 for one in shares)
    if len(shares) != PICKS or not steps or sum(shares) > 100:
        raise CourseError(f"shares: {list(shares)}; {PICKS} in tens, together at most 100")
    if type(decision.promise) is not int or not FIRST_WEEK <= decision.promise <= WEEKS:
        raise CourseError(f"promise: {decision.promise!r}; a week from {FIRST_WEEK} to {WEEKS}")
