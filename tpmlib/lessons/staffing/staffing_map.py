"""Which staffing is worth most, over team size and complexity: the year of `drift` in each cell."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from tpmlib.errors import check_ranges
from tpmlib.lessons.staffing.drift import NAMES, STAFFINGS, check, needed, requests, worth, years

SIDE = 20  # cells along each side
LARGEST, MOST = 60, 3.0  # engineers and complexity at the far end
ENDS = {"engineers": (1, LARGEST), "complexity": (0.1, MOST)}  # where a team may stand
LEVEL = 0.1  # a lead below this is called level [engineer-equivalents]


def staffing_map(
    *,
    gain_tpm: float,
    gain_pm: float,
    settled: float,
    protected: float,
    divide: str,
    rate: float,
    hours: float,
    share: float,
    slowness: float,
    meetings: float,
    sync: float,
    harm: float,
    decay: float,
    start: float,
    cost: float,
    runs: int,
    seed: int,
) -> pd.DataFrame:
    """The best of five staffings for 20 team sizes x 20 complexities; arguments as in `drift`.

    Returns one row a cell: `engineers` [3 to 60], `complexity` [0.15 to 3], `best`, `second` (ids),
    `name`, `second_name`, `lead` of the best [engineer-equivalents], `both_lead` (PM + TPM less the
    better of two alike), `cells` (of the whole map) and `runs`.
    Raises CourseError for a value outside its range.
    """
    *_, last = grow(**locals())
    return last


def grow(**settings: Any) -> Iterator[pd.DataFrame]:
    """The map as it fills, a row of cells at a time; the last is the whole."""
    check(settings)
    rows: list[pd.DataFrame] = []
    for step in range(1, SIDE + 1):
        rows.append(_row(MOST * step / SIDE, settings))
        yield pd.concat(rows, ignore_index=True)


def _row(complexity: float, settings: dict[str, Any]) -> pd.DataFrame:
    engineers = LARGEST * np.arange(1, SIDE + 1) / SIDE
    rate = engineers * complexity * settings["rate"]
    asked = requests(
        rate, settings["share"], settings["hours"], int(settings["runs"]), settings["seed"]
    )
    taken = needed(settings | {"engineers": engineers, "complexity": complexity})
    values = {
        name: worth(one).mean(axis=-1) - settings["cost"] * len(STAFFINGS[name])
        for name, one in years(asked, taken).items()
    }
    table = pd.DataFrame(values)
    order = np.argsort(-table.to_numpy(), axis=1, kind="stable")
    ranked = np.take_along_axis(table.to_numpy(), order, axis=1)
    ids = np.array(list(STAFFINGS))
    frame = pd.DataFrame({"engineers": engineers, "complexity": complexity})
    frame["best"], frame["second"] = ids[order[:, 0]], ids[order[:, 1]]
    frame["name"], frame["second_name"] = frame["best"].map(NAMES), frame["second"].map(NAMES)
    frame["lead"] = ranked[:, 0] - ranked[:, 1]
    frame["both_lead"] = table["pm_tpm"] - table[["pm_pm", "tpm_tpm"]].max(axis=1)
    frame["cells"], frame["runs"] = SIDE * SIDE, int(settings["runs"])
    return frame


def view(frame: pd.DataFrame, *, engineers: float, complexity: float) -> pd.DataFrame:
    """The map with the cell nearest to a team `selected`, and the team itself in each row.

    engineers: of the team [1 to 60].   complexity: of its product [0.1 to 3].
    Raises CourseError for a team outside the map.
    """
    check_ranges(ENDS, engineers=engineers, complexity=complexity)
    away = np.hypot(
        (frame["engineers"] - engineers) / LARGEST, (frame["complexity"] - complexity) / MOST
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
