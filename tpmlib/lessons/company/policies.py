"""Who plays the company game without looking: three fixed policies."""

import numpy as np

from tpmlib.lessons.company.company import State, opening, quarter
from tpmlib.lessons.company.world import NOTHING, PICKS, Decision, World

FIXED = ("pm", "tpm", "pm_tpm")  # staffings, the rest by one rule
SHARES = (40, 30, 20)  # a tenth is slack
PROMISE = 12


def sensible(world: World, state: State, staffing: str) -> Decision:
    """What is not done and brings most for its effort first; in between the best control.

    The rule looks at what is done and at nothing else that the staffing changes.
    """
    rest = world.worth() - world.worth(state.done)
    order = np.argsort(-rest / world.need[:, 0], kind="stable")[:PICKS]
    picks = tuple(world.initiatives.index[order])
    return Decision(staffing, picks, SHARES, PROMISE, _best_control(world, state))


def _best_control(world: World, state: State) -> str:
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
