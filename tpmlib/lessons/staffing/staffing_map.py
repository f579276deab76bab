"""Which staffing is worth most, over team size and complexity: the year of `drift` in each cell."""

from functools import lru_cache
from typing import Annotated, Any, Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.kit.words import say
from tpmlib.lessons.staffing.drift import LEVEL, NAMES, STAFFINGS, requests, worth, years
from tpmlib.lessons.staffing.settings import Terms

KEY = "cell"
MOVES = ("lead",)
SIDE = 20  # cells along each side
LARGEST, HIGHEST = 60, 3.0  # engineers and complexity at the far end
TEAMS, COMPLEXITIES = (end * np.arange(1, SIDE + 1) / SIDE for end in (LARGEST, HIGHEST))
IDS = np.array(list(STAFFINGS))


@checked
def staffing_map(**terms: Unpack[Terms]) -> pd.DataFrame:
    """The best of five staffings for 20 team sizes x 20 complexities.

    terms: the arguments of `drift`, but for `engineers` and `complexity`.

    Returns one row a cell: `cell` [from 0], `engineers` [3 to 60], `complexity` [0.15 to 3],
    `best`, `second` (ids), `name`, `second_name`, `lead` of the best [engineers], `turn` (the share
    settled at which a pair of PMs is worth as much as PM + TPM, whatever `settled` is; above 1 it
    never is), `doubtful` (more engineers make no more there, or in a simpler product of that size)
    and `runs`.
    Raises CourseError for a value outside its range.
    """
    given: dict[str, Any] = {**terms}
    settled = given.pop("settled")
    none, every = (_worths(end, tuple(sorted(given.items()))) for end in (0.0, 1.0))
    # What nobody settles lapses and lapses take their share off throughput, so that worth is a
    # straight line in the share settled: its two ends give every map between them at once.
    values = none + settled * (every - none)
    order = np.argsort(-values, axis=1, kind="stable")
    ranked = np.take_along_axis(values, order, axis=1)
    places = [(up, across) for up in COMPLEXITIES for across in TEAMS]
    frame = pd.DataFrame(places, columns=["complexity", "engineers"])
    frame[KEY] = frame.index
    frame["best"], frame["second"] = IDS[order[:, 0]], IDS[order[:, 1]]
    frame["name"], frame["second_name"] = frame["best"].map(NAMES), frame["second"].map(NAMES)
    frame["lead"] = ranked[:, 0] - ranked[:, 1]
    frame["turn"] = _turns(none, every)
    frame["doubtful"] = _doubtful(ranked[:, 0])
    return frame.assign(runs=int(given["runs"]), settled=float(settled))


@lru_cache(maxsize=16)  # a slider that has been moved before answers at once
def _worths(settled: float, terms: tuple[tuple[str, Any], ...]) -> np.ndarray:
    """The worth of each staffing in each cell, 400 x 5, the team sizes of a row at once."""
    given = dict(terms)
    rows = []
    for complexity in COMPLEXITIES:
        rate = TEAMS * complexity * given["rate"]
        asked = requests(tuple(rate), given["share"], given["hours"], given["runs"], given["seed"])
        here = {**given, "settled": settled, "engineers": TEAMS, "complexity": complexity}
        output = [worth(year).mean(axis=-1) for year in years(asked, here).values()]
        rows.append(np.stack(output, axis=1))
    cost = given["cost"] * np.array([len(people) for people in STAFFINGS.values()])
    return np.asarray(np.concatenate(rows) - cost)


def _turns(none: np.ndarray, every: np.ndarray) -> np.ndarray:
    """The share settled at which PM + PM draw level with PM + TPM; nan where they never do."""
    both, alike = (int(np.flatnonzero(IDS == name)[0]) for name in ("pm_tpm", "pm_pm"))
    ahead = none[:, both] - none[:, alike]
    won = (every - none)[:, alike] - (every - none)[:, both]
    turns = np.full(len(ahead), np.nan)
    return np.asarray(np.divide(ahead, won, out=turns, where=won > 0))


def _doubtful(best: np.ndarray) -> np.ndarray:
    """Cells in which a larger team makes no more than a smaller one of the same complexity."""
    rows = best.reshape(SIDE, SIDE)
    beaten = rows[:, 1:] <= np.maximum.accumulate(rows, axis=1)[:, :-1]
    stuck = np.concatenate([np.zeros((SIDE, 1), dtype=bool), beaten], axis=1)
    return np.asarray(np.logical_or.accumulate(stuck, axis=0)).ravel()


@checked
def view(
    frame: pd.DataFrame,
    *,
    engineers: Annotated[float, Range(1, LARGEST)],
    complexity: Annotated[float, Range(0.1, HIGHEST)],
) -> pd.DataFrame:
    """The map with the cell nearest to a team `selected`, and the team itself in each row.

    engineers: of the team [people].   complexity: of its product [1 is usual].
    Raises CourseError for a team outside the map.
    """
    x, y = (frame["engineers"] - engineers) / LARGEST, (frame["complexity"] - complexity) / HIGHEST
    return frame.assign(
        selected=np.arange(len(frame)) == int(np.hypot(x, y).to_numpy().argmin()),
        team_engineers=float(engineers),
        team_complexity=float(complexity),
    )


def describe(frame: pd.DataFrame) -> str:
    """The best staffing at the ring, its lead, and where the map cannot be trusted."""
    here = frame[frame["selected"]].iloc[0]
    best = say("staffing_map.best", by="level" if here["lead"] < LEVEL else "ahead", **here)
    return f"{best} {say('staffing_map.hatched', cells=len(frame), runs=here['runs'])}"
