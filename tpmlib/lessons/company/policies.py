"""Who plays the company game without looking: three fixed policies, and random ones."""

from collections.abc import Iterator

import numpy as np

from tpmlib.lessons.company.company import State, opening, quarter
from tpmlib.lessons.company.world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, Decision, World
from tpmlib.lessons.staffing.drift import STAFFINGS

FIXED = ("pm", "tpm", "pm_tpm")  # staffings, the rest by one rule
SHARES = (40, 30, 20)  # a tenth is slack
PROMISE = 12


def sensible(world: World, state: State, staffing: str) -> Decision:
    """What is not done and brings most for its effort first, whoever is there; the best control."""
    rest = world.worth() - world.worth(state.done)
    order = np.argsort(-rest / world.need[:, 0], kind="stable")[:PICKS]
    picks = tuple(world.initiatives.index[order])
    return Decision(staffing, picks, SHARES, PROMISE, best_control(world, state))


def best_control(world: World, state: State) -> str:
    """Of the controls not yet owned that which saves most beyond its cost, if any does."""
    usual = dict.fromkeys(world.losses, 1.0)

    def yearly(*bought: str) -> float:
        return sum(world.guarded((*state.controls, *bought), usual))

    left = [name for name in world.controls if name not in state.controls]
    best = min(left, key=yearly, default=NOTHING)
    return best if left and yearly(best) < yearly() else NOTHING


def fixed(world: World, staffing: str, quarters: int) -> list[Decision]:
    """The decisions of a fixed staffing by the sensible rule, as if nothing ever happened."""
    state, decisions = opening(world), []
    for _ in range(quarters):
        decisions.append(sensible(world, state, staffing))
        state = quarter(world, state, decisions[-1])["after"]
    return decisions


def random(world: World, quarters: int, seed: int) -> Iterator[list[Decision]]:
    """Decisions at random, without end: every possible one of a quarter may come."""
    generator = np.random.default_rng(seed)
    while True:
        yield [_random(world, generator) for _ in range(quarters)]


def _random(world: World, generator: np.random.Generator) -> Decision:
    shares = np.diff(np.sort(generator.integers(0, 100 // STEP + 1, PICKS)), prepend=0) * STEP
    return Decision(
        staffing=str(generator.choice(list(STAFFINGS))),
        picks=tuple(map(str, generator.choice(world.initiatives.index, PICKS, replace=False))),
        shares=tuple(shares.tolist()),
        promise=int(generator.integers(FIRST_WEEK, WEEKS + 1)),
        choice=str(generator.choice([NOTHING, *world.architectures, *world.controls])),
    )
