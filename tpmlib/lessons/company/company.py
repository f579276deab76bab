"""A company game: quarters at Tally, played on what the models of lessons 05 to 10 say.

Questions and the plan are of lesson 05, budgets of 07, work done again of 09, the date of 08, and
what fails and is stolen of 10. Six couplings tie these together; each is assumed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from tpmlib.errors import CourseError, check_ranges
from tpmlib.lessons.allocation.allocation import BUDGETS
from tpmlib.lessons.company.world import WEEKS, Card, Decision, World, check
from tpmlib.lessons.staffing.drift import STAFFINGS, aligned

MONTHS = 3  # of a quarter
YEAR = 4  # quarters
Row = dict[str, Any]
Factors = Mapping[str, float]  # by quantity, what the event multiplies it by; mostly 1


class State(NamedTuple):
    """What one quarter leaves to the next."""

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


def played(world: World, decisions: Sequence[Decision], seed: int) -> list[Row]:
    """The quarters that follow from the decisions, one row each.

    decisions: one a quarter, at most as many as there are cards in the deck.
    seed: of events (none twice) and delays, whatever is decided [0 to 2**32 - 1]; same seed, same.

    A row holds `quarter` [from 1]; what was decided; `event`; `throughput`, `alignment` (mean),
    `right` [0 to 1]; for each budget `given_...`, `used_...`, `left_...`; `done` [share of all
    initiatives, by effort]; `finished` and `expected` [week], `chance` of the promise [0 to 1];
    `weekly` [k$ a week, of all that is released]; the parts of the account [k$, costs below 0],
    their sum `net`, and `total` so far; `delay`; and the state `before` and `after` it.
    Raises CourseError for a seed out of its range, or a decision that is not possible.
    """
    check_ranges({"seed": (0, 2**32 - 1)}, seed=seed)
    if len(decisions) > len(world.cards):
        raise CourseError(f"quarters: {len(decisions)} is more than the {len(world.cards)} events")
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(world.cards))
    delays = generator.standard_normal(len(world.cards)).tolist()
    state, total = opening(world), 0.0
    rows: list[Row] = []
    for decision, place, delay in zip(decisions, order, delays, strict=False):
        row = quarter(world, state, decision, world.cards[place], delay)
        row |= {"before": state, "delay": delay}
        state, total = row["after"], total + row["net"]
        rows.append({"quarter": len(rows) + 1, **row, "total": total})
    return rows


def quarter(
    world: World, state: State, decision: Decision, card: Card | None = None, delay: float = 0.0
) -> Row:
    """One quarter, a row of `played` without `quarter` and `total`; without a card all is calm."""
    check(world, decision)
    factor = defaultdict(lambda: 1.0, {card.quantity: card.amount} if card else {})
    team = _team(world, state, decision, factor)
    built, done = _built(world, state, decision, factor, team)
    dates = _dates(decision, WEEKS * built["load"], world.spread * factor["date"], delay)
    # what is released is worth its full value only as far as the team is aligned with its aim
    fresh = built["fresh"] * (1 - world.couplings["fit"] * (1 - team["alignment"]))
    after = State(
        alignment=team["next"],
        done=tuple(done.tolist()),
        weekly=state.weekly + fresh,
        cash=built["left_money"],
        architecture=decision.choice if team["moving"] else state.architecture,
        controls=tuple(sorted({*state.controls, *({decision.choice} & world.controls.keys())})),
    )
    couplings, people = world.couplings, len(STAFFINGS[decision.staffing])
    released = WEEKS * state.weekly + fresh * max(0.0, WEEKS - dates["finished"])
    money = {
        "value": factor["value"] * released,
        "early": couplings["early_price"] * dates["early_weeks"],
        "people": -couplings["week_price"] * world.person * WEEKS * people,
        "initiatives": -built["used_money"],
        "late": -couplings["late_price"] * dates["late_weeks"] * factor["late"],
        **_risks(world, after, factor),
    }
    row = decision._asdict() | {"event": card.event_id if card else ""} | team | built | dates
    return row | money | {"weekly": after.weekly, "net": float(sum(money.values())), "after": after}


def _team(world: World, state: State, decision: Decision, factor: Factors) -> Row:
    """What the staffing makes of the quarter's questions: engineer-weeks, alignment, messages."""
    key = (decision.staffing, factor["requests"])
    gain = np.full((1, WEEKS + 1), world.gain[key])
    path = aligned(gain, world.decay, state.alignment)[0]
    moved = decision.choice in world.architectures and decision.choice != state.architecture
    moving = float(world.architectures[decision.choice]["weeks"]) if moved else 0.0
    weeks = world.budgets["people"] * world.throughput[key] * factor["people"]
    return {
        "throughput": world.throughput[key],
        "alignment": float(path[:WEEKS].mean()),
        "next": float(path[WEEKS]),
        "right": min(1.0, world.right[decision.staffing] * factor["right"]),
        "moving": min(moving, weeks),
        "weeks": max(0.0, weeks - moving),
    }


def _built(
    world: World, state: State, decision: Decision, factor: Factors, team: Row
) -> tuple[Row, np.ndarray]:
    """What the budgets of a quarter get done, and the share of each initiative that then is."""
    money = world.budgets["money"] * factor["money"] + state.cash
    budget = np.array([team["weeks"], money, world.budgets["platform"]])
    again = factor["effort"] * (1 + world.couplings["rework"] * (1 - team["right"]))
    need = world.need * [again, 1, 1]  # only the engineers do work twice
    before, more = np.array(state.done), np.zeros(len(need))
    for name, share in zip(decision.picks, decision.shares, strict=True):
        place = world.initiatives.index.get_loc(name)
        more[place] = min(1 - before[place], share / 100 * budget[0] / need[place, 0])
    used = more @ need
    short = used > budget
    if short.any():  # all three wait for what is short
        more *= (budget[short] / used[short]).min()
        used = more @ need
    done = np.minimum(before + more, 1.0)
    effort = world.need[:, 0]
    row: Row = {
        "fresh": float(world.worth(done).sum() - world.worth(before).sum()),
        "done": float(done @ effort / effort.sum()),
        "load": float(used[0] / budget[0]) if budget[0] else 0.0,
    }
    for name, given, taken in zip(BUDGETS, budget.tolist(), used.tolist(), strict=True):
        row |= {f"given_{name}": given, f"used_{name}": taken, f"left_{name}": given - taken}
    return row, done


def _dates(decision: Decision, expected: float, spread: float, delay: float) -> Row:
    """When the release is done beside what was promised; nothing to release breaks no promise.

    The time that it takes is log-normal, of the given spread and with `expected` in the middle.
    """
    if not expected:
        nothing = dict.fromkeys(("expected", "finished", "late_weeks", "early_weeks"), 0.0)
        return nothing | {"chance": 1.0}
    finished, room = expected * float(np.exp(spread * delay)), log(decision.promise / expected)
    return {
        "expected": expected,
        "finished": finished,
        "chance": NormalDist(0, spread).cdf(room) if spread else float(room >= 0),
        "late_weeks": max(0.0, finished - decision.promise),
        "early_weeks": float(WEEKS - decision.promise),
    }


def _risks(world: World, state: State, factor: Factors) -> dict[str, float]:
    """What runs and what goes wrong costs in a quarter [thousand dollars, below 0]."""
    runs = world.architectures[state.architecture]
    over = max(0.0, runs["down"] * factor["down"] - world.down_budget) * MONTHS
    cost, lost = world.guarded(state.controls, factor)
    return {
        "running": -MONTHS * runs["cost"],
        "controls": -cost / YEAR,
        "down": -over * world.couplings["down_price"],
        "losses": -lost / YEAR,
    }
