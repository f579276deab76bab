"""The world of the company game, from lessons 04 to 10, and what may be decided in a quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import log, prod
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest
from tpmlib.kit import content, figures
from tpmlib.lessons.allocation.allocation import BUDGETS
from tpmlib.lessons.allocation.resource_prices import worth
from tpmlib.lessons.staffing.drift import STAFFINGS, requests, years

WEEKS = 13  # of a quarter
PICKS = 3  # initiatives worked on in a quarter
STEP = 10  # of a share [%]
FIRST_WEEK = 4  # that may be promised
NOTHING = "none"
PRESETS = {"allocation": "default"} | dict.fromkeys(  # of each model, at Tally's size
    ("drift", "messages", "architecture", "estimates"), "tally"
)
RUNS = 400  # simulated years behind a staffing
WAYS = {"pm": ("direct", "pm"), "tpm": ("direct", "tpm")}  # a message may go by
ByRequests = Mapping[tuple[str, float], float]  # by staffing and factor of requests
Entry = Mapping[str, Any]  # a row of a table


class Card(NamedTuple):
    """An event of the deck: for a quarter it multiplies `quantity` by `amount`."""

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


@dataclass(frozen=True, eq=False)
class World:
    """What the models of the course say, at the settings of the game."""

    initiatives: pd.DataFrame  # by id `name`, `value` [k$ a week] and `scale`, `need_...` by budget
    budgets: Mapping[str, float]  # of a quarter, by name in BUDGETS; money left is carried over
    throughput: ByRequests  # share of the work that questions do not hold up
    gain: ByRequests  # alignment won a week [share of the gap]
    decay: float  # alignment lost a week [share]
    start: float  # alignment at the start [0 to 1]
    right: Mapping[str, float]  # by staffing, chance that a message ends right
    person: float  # cost [engineers]
    spread: float  # of the logarithm of the time that a release takes
    architectures: Mapping[str, Entry]  # `name`, `down` [min a month], `cost` [k$ a month], `weeks`
    controls: Mapping[str, Entry]  # `name`, `cost` [k$ a year], share of each of the losses
    losses: Mapping[str, float]  # by kind [k$ a year]
    down_budget: float  # [minutes a month]
    cards: Sequence[Card]  # the deck
    couplings: dict[str, float]  # by id in table `coupling`

    @cached_property
    def need(self) -> np.ndarray:
        """What the whole of each initiative takes of each budget."""
        return np.asarray(self.initiatives[[f"need_{name}" for name in BUDGETS]], dtype=float)

    @cached_property
    def _curves(self) -> np.ndarray:
        return np.asarray(self.initiatives[["value", "scale"]].T, dtype=float)

    def worth(self, done: Any = 1.0) -> np.ndarray:
        """What each initiative brings when so much of it is done [k$ a week]."""
        value, scale = self._curves
        return worth(value, scale, np.broadcast_to(done, value.shape))

    def coupled(self, **couplings: float) -> "World":
        """The same world with other couplings, each within its range in table `coupling`."""
        rows = content.table("coupling").set_index("coupling_id").to_dict("index")
        for name in couplings:
            if name not in rows:
                raise CourseError(f"coupling: {nearest(name, rows)}")
        check_ranges({name: (row["min"], row["max"]) for name, row in rows.items()}, **couplings)
        return replace(self, couplings=self.couplings | couplings)

    def guarded(self, owned: Sequence[str], factor: Mapping[str, float]) -> tuple[float, float]:
        """What these controls cost, and the losses, times `factor`, that they leave [k$ a year]."""
        controls = [self.controls[name] for name in owned]
        left = (
            loss * factor[kind] * prod(1 - control[kind] for control in controls)
            for kind, loss in self.losses.items()
        )
        return sum(control["cost"] for control in controls), sum(left)


def tally_world(**team: float) -> World:
    """The world at Tally's settings, but for `team`: settings of `drift` in place of Tally's."""
    check_ranges({"engineers": (1, 400), "slowness": (1, 10), "settled": (0, 1)}, **team)
    settings = (str(content.settings(*each)) for each in PRESETS.items())
    tables = {"events", "coupling", "controls", "losses"}.union(
        *(content.model(model)["tables"] for model in PRESETS)
    )
    return _world(tuple(team.items()), *settings, content.state(*sorted(tables)))


@lru_cache(maxsize=40)
def _world(team: tuple[tuple[str, float], ...], *_: object) -> World:
    """The others name the state of settings and tables: what has changed is computed anew."""
    staffing, plan = content.settings("drift", "tally"), content.settings("allocation")
    size = staffing["engineers"]
    staffing |= dict(team)
    plan["people"] *= staffing["engineers"] / size
    release = figures.frame("estimates", "tally").iloc[0]
    architectures = figures.frame("architecture", "tally").set_index("architecture_id")
    coupling = content.table("coupling").set_index("coupling_id")
    deck = content.table("events")[list(Card._fields)]
    cards = [Card(*row) for row in deck.itertuples(index=False)]
    return World(
        initiatives=figures.frame("allocation").set_index("initiative_id"),
        budgets={name: float(plan[name]) for name in BUDGETS},
        **_teams(staffing, cards),
        decay=float(staffing["decay"]),
        start=float(staffing["start"]),
        person=float(staffing["cost"]),
        spread=log(release["p80"] / release["p50"]) / NormalDist().inv_cdf(0.8),
        architectures=architectures.to_dict("index"),
        controls=content.table("controls").set_index("control_id").to_dict("index"),
        losses=content.table("losses").set_index("loss_id")["amount"].astype(float).to_dict(),
        down_budget=float(architectures["budget"].iloc[0]),
        cards=cards,
        couplings=coupling["value"].astype(float).to_dict(),
    )


def _teams(settings: dict[str, Any], cards: Sequence[Card]) -> dict[str, Any]:
    """What each staffing makes of the requests, at each factor of them, and of messages."""
    throughput, gain = {}, {}
    for factor in {1.0, *(card.amount for card in cards if card.quantity == "requests")}:
        rate = settings["engineers"] * settings["complexity"] * settings["rate"] * factor
        asked = requests(rate, settings["share"], settings["hours"], RUNS, settings["seed"])
        for staffing, year in years(asked, settings).items():
            throughput[staffing, factor] = float(year["throughput"].mean())
            gain[staffing, factor] = float(year["gain"].mean())
    routes = figures.frame("messages", "tally").set_index("route")["right"]
    right = {  # by the best way that a staffing has
        staffing: float(max(routes[way] for person in people for way in WAYS[person]))
        for staffing, people in STAFFINGS.items()
    }
    return {"throughput": throughput, "gain": gain, "right": right}


def check(world: World, decision: Decision) -> None:
    """CourseError for a decision that is not possible: what, what was found, what is allowed."""
    ids = world.initiatives.index
    choices = (NOTHING, *world.architectures, *world.controls)
    names = [("staffing", decision.staffing, STAFFINGS), ("choice", decision.choice, choices)]
    for what, name, allowed in [*names, *(("picks", name, ids) for name in decision.picks)]:
        if name not in allowed:
            raise CourseError(f"{what}: {nearest(name, allowed)}")
    picks, shares = decision.picks, decision.shares
    if len(set(picks)) != PICKS or len(picks) != PICKS:
        raise CourseError(f"picks: {', '.join(picks)}; {PICKS} different initiatives")
    steps = all(type(share) is int and share in range(0, 101, STEP) for share in shares)
    if len(shares) != PICKS or not steps or sum(shares) > 100:
        raise CourseError(f"shares: {list(shares)}; {PICKS} in tens, together at most 100")
    if type(decision.promise) is not int or not FIRST_WEEK <= decision.promise <= WEEKS:
        raise CourseError(f"promise: {decision.promise!r}; a week from {FIRST_WEEK} to {WEEKS}")
