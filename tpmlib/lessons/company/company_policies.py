"""Who plays the company game without looking: three fixed policies, and random ones."""

from collections.abc import Iterator

import numpy as np

from tpmlib.lessons.company.company import State, opening, quarter
from tpmlib.lessons.company.company_world import (
    FIRST_WEEK,
    NOTHING,
    PICKS,
    STEP,
    WEEKS,
    Decision,
    World,
)
from tpmlib.lessons.staffing.drift import STAFFINGS

FIXED = ("pm", "tpm", "pm_tpm")  # staffings, the rest by one rule
SHARES = (40, 30, 20)  # a tenth is slack
PROMISE = 12


def sensible(world: World, state: State, staffing: str) -> Decision:
    """What is not done and brings most for its effort first; in between the best control.

    The rule looks at what is done and at nothing else that the staffing changes.
    """
    value, scale, need = (world.arrays[name] for name in ("value", "scale", "need"))
    rest = value * (np.exp(-np.array(state.done) / scale) - np.exp(-1 / scale))
    order = np.argsort(-rest / need[:, 0], kind="stable")[:PICKS]
    ids = world.initiatives["initiative_id"]
    return Decision(staffing, tuple(ids.iloc[order]), SHARES, PROMISE, _guard(world, state))


def _guard(world: World, state: State) -> str:
    """The control that takes away most for its cost, if it takes away more than it costs."""
    best, gain = NOTHING, 0.0
    cost, leaves = world.protected(state.controls)
    now = sum(loss * leaves[kind] for kind, loss in world.losses.items()) + cost
    for name in world.controls["control_id"]:
        spent, left = world.protected([*state.controls, name])
        after = sum(loss * left[kind] for kind, loss in world.losses.items()) + spent
        if now - after > gain:
            best, gain = name, now - after
    return best


def fixed(world: World, staffing: str, quarters: int) -> list[Decision]:
    """The decisions of a fixed staffing by the sensible rule, as if nothing ever happened."""
    state, decisions = opening(world), []
    for _ in range(quarters):
        decisions.append(sensible(world, state, staffing))
        state = quarter(world, state, decisions[-1], None, 0.0)[1]
    return decisions


def random(world: World, quarters: int, seed: int) -> Iterator[list[Decision]]:
    """Decisions at random, without end: every possible one of a quarter may come."""
    generator = np.random.default_rng(seed)
    ids = world.initiatives["initiative_id"].to_numpy()
    choices = [NOTHING, *world.architectures, *world.controls["control_id"]]
    while True:
        yield [_random(generator, ids, choices) for _ in range(quarters)]


def _random(generator: np.random.Generator, ids: np.ndarray, choices: list[str]) -> Decision:
    cuts = np.sort(generator.integers(0, 100 // STEP + 1, PICKS))
    shares = np.diff(cuts, prepend=0) * STEP
    return Decision(
        staffing=str(generator.choice(list(STAFFINGS))),
        picks=tuple(map(str, generator.choice(ids, PICKS, replace=False))),
        shares=tuple(int(one) for one in shares),
        promise=int(generator.integers(FIRST_WEEK, WEEKS + 1)),
        choice=str(generator.choice(choices)),
    )
