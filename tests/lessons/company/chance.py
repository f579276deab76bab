"""Who plays the company game by chance: what the lesson says of choosing is measured against it."""

from collections.abc import Iterator

import numpy as np

from tpmlib.lessons.company.world import FIRST_WEEK, NOTHING, PICKS, STEP, WEEKS, Decision, World
from tpmlib.lessons.staffing.drift import STAFFINGS


def random(world: World, quarters: int, seed: int) -> Iterator[list[Decision]]:
    """Decisions at random, without end: every possible one of a quarter may come."""
    generator = np.random.default_rng(seed)
    while True:
        yield [_random(world, generator) for _ in range(quarters)]


def _random(world: World, generator: np.random.Generator) -> Decision:
    cuts = np.sort(generator.integers(0, 100 // STEP + 1, PICKS))
    shares = np.diff(cuts, prepend=0) * STEP
    return Decision(
        staffing=str(generator.choice(list(STAFFINGS))),
        picks=tuple(map(str, generator.choice(world.initiatives.index, PICKS, replace=False))),
        shares=tuple(shares.tolist()),
        promise=int(generator.integers(FIRST_WEEK, WEEKS + 1)),
        choice=str(generator.choice([NOTHING, *world.architectures, *world.controls])),
    )
