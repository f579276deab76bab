"""Which staffing is worth most, over team size and complexity: the year of `drift` in each cell."""

from collections.abc import Iterator
from typing import Annotated, Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.lessons.staffing.drift import NAMES, STAFFINGS, requests, worth, years
from tpmlib.lessons.staffing.settings import Terms

SIDE = 20  # cells along each side
LARGEST, HIGHEST = 60, 3.0  # engineers and complexity at the far end
LEVEL = 0.1  # a lead below this is called level [engineer-equivalents]


@checked
def staffing_map(**terms: Unpack[Terms]) -> pd.DataFrame:
    """The best of five staffings for 20 team sizes x 20 complexities.

    terms: the arguments of `drift`, but for `engineers` and `complexity`.

    Returns one row a cell: `engineers` [3 to 60], `complexity` [0.15 to 3], `best`, `second` (ids),
    `name`, `second_name`, `lead` of the best [engineer-equivalents], `both_lead` (PM + TPM less the
    better of two alike), `cells` (of the whole map) and `runs`.
    Raises CourseError for a value outside its range.
    """
    *_, last = grow(**terms)
    return last


@checked
def grow(**terms: Unpack[Terms]) -> Iterator[pd.DataFrame]:
    """The map as it fills, a row of cells at a time; the last is the whole."""
    rows: list[pd.DataFrame] = []
    for step in range(1, SIDE + 1):
        rows.append(_row(HIGHEST * step / SIDE, terms))
        yield pd.concat(rows, ignore_index=True)


def _row(complexity: float, terms: Terms) -> pd.DataFrame:
    """The cells of one complexity, all their team sizes simulated at once."""
    engineers, runs = LARGEST * np.arange(1, SIDE + 1) / SIDE, int(terms["runs"])
    rate = engineers * complexity * terms["rate"]
    asked = requests(rate, terms["share"], terms["hours"], runs, terms["seed"])
    simulated = years(asked, {**terms, "engineers": engineers, "complexity": complexity})
    output = pd.DataFrame({name: worth(year).mean(axis=-1) for name, year in simulated.items()})
    values = output - [terms["cost"] * len(people) for people in STAFFINGS.values()]
    order = np.argsort(-values.to_numpy(), axis=1, kind="stable")
    ranked = np.take_along_axis(values.to_numpy(), order, axis=1)
    ids = np.array(list(STAFFINGS))
    frame = pd.DataFrame({"engineers": engineers, "complexity": complexity})
    frame["best"], frame["second"] = ids[order[:, 0]], ids[order[:, 1]]
    frame["name"], frame["second_name"] = frame["best"].map(NAMES), frame["second"].map(NAMES)
    frame["lead"] = ranked[:, 0] - ranked[:, 1]
    frame["both_lead"] = values["pm_tpm"] - values[["pm_pm", "tpm_tpm"]].max(axis=1)
    frame["cells"], frame["runs"] = SIDE * SIDE, runs
    return frame


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
    away = np.hypot(
        (frame["engineers"] - engineers) / LARGEST, (frame["complexity"] - complexity) / HIGHEST
    )
    return frame.assign(
        selected=np.arange(len(frame)) == int(away.to_numpy().argmin()),
        team_engineers=float(engineers),
        team_complexity=float(complexity),
    )


def describe(frame: pd.DataFrame) -> str:
    """The best staffing at the team's place, its lead, and how much of the map each one holds."""
    cells, whole = len(frame), int(frame["cells"].iloc[0])
    runs = int(frame["runs"].iloc[0])
    if cells < whole:
        return f"{cells} of {whole} cells computed, {runs} simulated years each."
    here = frame[frame["selected"]].iloc[0]
    shares = frame["name"].value_counts(normalize=True)
    parts = ", ".join(f"{name} in {share:.0%}" for name, share in shares.items())
    near = "level with" if here["lead"] < LEVEL else f"{here['lead']:.1f} more than"
    both = (frame["both_lead"] > LEVEL).mean()
    return (
        f"At {here['team_engineers']:g} engineers and complexity {here['team_complexity']:g}, "
        f"{here['name']} is worth most, {near} {here['second_name']}. Over the map: {parts}. "
        f"At two people, both roles beat two alike in {both:.0%} of the cells. "
        f"{whole} cells, {runs} simulated years each; assumed figures."
    )
