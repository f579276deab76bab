"""A company game: quarters at Tally, played on what the models of lessons 04 to 10 say.

A quarter goes: an event; the staffing serves questions and keeps the team aligned (lesson 07);
engineer-weeks, money and environment-hours go into three initiatives with falling returns (05),
whose work is in part done again when messages end wrong (10); all is released when it is done,
beside a promised date (08); parts fail and accounts are taken (09). Six couplings tie these
together; each is assumed, and a control.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import erf, log, sqrt
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges
from tpmlib.lessons.allocation.resource_prices import worth
from tpmlib.lessons.company.company_world import (
    BUDGETS,
    QUANTITIES,
    WEEKS,
    Decision,
    Event,
    World,
    check,
)
from tpmlib.lessons.staffing.drift import NAMES, STAFFINGS, aligned

MONTHS = 3  # of a quarter
YEAR = 4  # quarters
MONEY = ("value", "early", "people", "initiatives", "running", "controls", "late", "down", "losses")
Row = dict[str, Any]
Factors = Mapping[str, float]


class State(NamedTuple):
    """Between two quarters."""

    alignment: float
    done: tuple[float, ...]  # share of each initiative
    weekly: float  # what is released brings [k$ a week]
    cash: float  # of the budget for initiatives, carried over [k$]
    architecture: str
    controls: tuple[str, ...]


def opening(world: World) -> State:
    """Nothing is built yet, and the first architecture runs."""
    nothing = (0.0,) * len(world.initiatives)
    return State(world.start, nothing, 0.0, 0.0, next(iter(world.architectures)), ())


def company(*, world: World, decisions: Sequence[Decision], seed: int) -> pd.DataFrame:
    """The quarters that follow from the decisions.

    decisions: one a quarter, at most as many as there are events.
    seed: of the events and of how long each release takes; same seed, same quarters, whatever is
        decided.

    Returns one row a quarter: what was decided; `event`; `throughput`, `alignment` (mean), `right`;
    for each budget `given_...`, `used_...`, `left_...`; `done` [share of all initiatives, by
    effort]; `finished` and `expected` [week], `chance` of the promise [0 to 1]; `weekly` [k$ a
    week, of all that is released]; and in thousand dollars `value`, `early`, and the costs
    `people`, `initiatives`, `running`, `controls`, `late`, `down`, `losses`; `net`, and `total` so
    far.
    Raises CourseError for a decision that is not possible, saying which.
    """
    check_ranges({"seed": (0, 2**32 - 1)}, seed=seed)
    rows = [row for row, _ in played(world, decisions, seed)]
    frame = pd.DataFrame(rows)
    return frame.assign(total=frame["net"].cumsum()) if rows else frame


def played(world: World, decisions: Sequence[Decision], seed: int) -> Iterator[tuple[Row, State]]:
    """Quarter by quarter: its row, and the state that it leaves."""
    state, luck = opening(world), luck_of(world, seed, len(decisions))
    for number, (decision, (event, slip)) in enumerate(zip(decisions, luck, strict=True), 1):
        row, state = quarter(world, state, decision, event, slip)
        yield {"quarter": number} | row, state


def luck_of(world: World, seed: int, quarters: int) -> list[tuple[Event, float]]:
    """The event of each quarter, none twice, and how far its release slips [standard normal]."""
    if quarters > len(world.events):
        raise CourseError(f"quarters: {quarters} is more than the {len(world.events)} events")
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(world.events))
    slips = generator.standard_normal(len(world.events))
    return [(world.events[order[at]], float(slips[at])) for at in range(quarters)]


def quarter(
    world: World, state: State, decision: Decision, event: Event | None, slip: float
) -> tuple[Row, State]:
    """One quarter, and the state that it leaves.

    event: None for a quarter in which nothing happens.   slip: standard normal, 0 for as expected.
    Raises CourseError for a decision that is not possible.
    """
    check(world, decision)
    factor = dict.fromkeys(QUANTITIES, 1.0)
    if event is not None:
        factor[event.quantity] = event.amount
    team = _team(world, state, decision, factor)
    built, done = _built(world, state, decision, factor, team)
    spread = world.spread * factor["date"]
    dates = _dates(decision, WEEKS * built["load"], spread, slip)
    fresh = built["fresh"] * (1 - world.couplings["fit"] * (1 - team["alignment"]))
    after = State(
        alignment=team["next"],
        done=tuple(done.tolist()),
        weekly=state.weekly + fresh,
        cash=built["left_money"],
        architecture=decision.choice if team["moving"] else state.architecture,
        controls=_owned(world, state, decision),
    )
    couplings, count = world.couplings, len(STAFFINGS[decision.staffing])
    running = WEEKS * state.weekly + fresh * max(0.0, WEEKS - dates["finished"])
    money = {
        "value": factor["value"] * running,
        "early": couplings["early_price"] * dates["early_weeks"],
        "people": -couplings["week_price"] * world.person * WEEKS * count,
        "initiatives": -built["used_money"],
        "late": -couplings["late_price"] * dates["late_weeks"] * factor["late"],
    } | _risks(world, after, factor)
    row = decision._asdict() | {"event": event.event_id if event else ""} | team | built | dates
    row |= {"weekly": after.weekly} | money
    return row | {"net": float(sum(money.values()))}, after


def _team(world: World, state: State, decision: Decision, factor: Factors) -> Row:
    """What the staffing makes of the quarter's questions: engineer-weeks, alignment, messages."""
    key = (decision.staffing, factor["requests"])
    gain = world.gain[key]
    path = aligned(np.full((1, WEEKS + 1), gain), world.decay, state.alignment)[0]
    moved = decision.choice in world.architectures and decision.choice != state.architecture
    moving = float(world.architectures[decision.choice]["weeks"]) if moved else 0.0
    people = world.budgets["people"] * world.throughput[key] * factor["people"]
    return {
        "throughput": world.throughput[key],
        "alignment": float(path[:WEEKS].mean()),
        "next": float(path[WEEKS]),
        "right": min(1.0, world.right[decision.staffing] * factor["right"]),
        "moving": min(moving, people),
        "weeks": max(0.0, people - moving),
    }


def _built(
    world: World, state: State, decision: Decision, factor: Factors, team: Row
) -> tuple[Row, np.ndarray]:
    """What the budgets of a quarter get done, and the share of each initiative that then is."""
    money = world.budgets["money"] * factor["money"] + state.cash
    budget = np.array([team["weeks"], money, world.budgets["platform"]])
    need, value, scale = (world.arrays[name] for name in ("need", "value", "scale"))
    effort = need[:, 0]
    again = factor["effort"] * (1 + world.couplings["rework"] * (1 - team["right"]))
    need = np.column_stack([effort * again, need[:, 1:]])
    before, more = np.array(state.done), np.zeros(len(need))
    for name, share in zip(decision.picks, decision.shares, strict=True):
        at = world.places[name]
        more[at] = min(1 - before[at], share / 100 * budget[0] / need[at, 0])
    used = more @ need
    short = used > budget
    if short.any():  # all three wait for what is short
        more *= (budget[short] / used[short]).min()
        used = more @ need
    done = np.minimum(before + more, 1.0)
    row: Row = {
        "fresh": float(worth(value, scale, done).sum() - worth(value, scale, before).sum()),
        "done": float(done @ effort / effort.sum()),
        "load": float(used[0] / budget[0]) if budget[0] else 0.0,
    }
    for name, given, taken in zip(BUDGETS, budget.tolist(), used.tolist(), strict=True):
        row |= {f"given_{name}": given, f"used_{name}": taken, f"left_{name}": given - taken}
    return row, done


def _dates(decision: Decision, expected: float, spread: float, slip: float) -> Row:
    """When the release is done beside what was promised; nothing to release breaks no promise."""
    if not expected:
        return {
            "expected": 0.0,
            "finished": 0.0,
            "chance": 1.0,
            "late_weeks": 0.0,
            "early_weeks": 0.0,
        }
    finished = expected * float(np.exp(spread * slip))
    chance = _below(log(decision.promise / expected), spread)
    weeks_late = max(0.0, finished - decision.promise)
    row: Row = {"expected": expected, "finished": finished, "chance": chance}
    return row | {"late_weeks": weeks_late, "early_weeks": float(WEEKS - decision.promise)}


def _below(point: float, spread: float) -> float:
    """Chance that a normal of this spread and mean 0 lies below `point`."""
    if not spread:
        return float(point >= 0)
    return 0.5 * (1 + erf(point / spread / sqrt(2)))


def _owned(world: World, state: State, decision: Decision) -> tuple[str, ...]:
    bought = {decision.choice} & world.guards.keys()
    return tuple(sorted({*state.controls, *bought}))


def _risks(world: World, state: State, factor: Factors) -> dict[str, float]:
    """What runs and what goes wrong costs in a quarter [thousand dollars, below 0]."""
    runs = world.architectures[state.architecture]
    over = max(0.0, runs["down"] * factor["down"] - world.down_budget) * MONTHS
    cost, leaves = world.protected(state.controls)
    lost = sum(loss * factor[kind] * leaves[kind] for kind, loss in world.losses.items())
    return {
        "running": -MONTHS * runs["cost"],
        "controls": -cost / YEAR,
        "down": -over * world.couplings["down_price"],
        "losses": -lost / YEAR,
    }


def describe(frame: pd.DataFrame) -> str:
    """What the quarters came to, and what of the work is done."""
    row = frame.iloc[-1]
    names = " then ".join(dict.fromkeys(NAMES[one] for one in frame["staffing"]))
    return (
        f"After {len(frame)} quarters ({names}) Tally is {row['total']:+,.0f} thousand dollars, "
        f"{row['done']:.0%} of the work on its eight initiatives is done, and what is released "
        f"brings {row['weekly']:.1f} thousand a week."
    )
