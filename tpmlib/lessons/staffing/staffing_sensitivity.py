"""What a recommendation hangs on: each assumption of `drift` moved alone from low to high."""

from typing import Any, Unpack

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, checked, limits
from tpmlib.lessons.staffing.drift import LEVEL, NAMES, NEAR, Few, drift, values
from tpmlib.lessons.staffing.settings import Settings

RELATIVE = ("engineers", "complexity")  # whose ranges are times the team's own
NUMBERS = [name for name, limit in limits(drift).items() if isinstance(limit, Range)]
STOPS = 9  # places on each range at which a year is played


@checked
def staffing_sensitivity(
    *, staffing_ranges: pd.DataFrame, pms: Few = 0, tpms: Few = 0, **settings: Unpack[Settings]
) -> pd.DataFrame:
    """Who is worth most along the range of each assumption, the others as they stand.

    staffing_ranges: the table of that name: `parameter`, `label`, `low`, `high`, `unit`.
    pms, tpms: today's people; beside a single one only what one hire can make of it is compared.
    settings: the arguments of `drift`.

    Returns one row an assumption, the one that matters most first: `parameter`, `label`, `low`,
    `high`, `unit`, `now` (its value, in the unit of the table), `lead_low`, `lead_high` (the
    recommended staffing less the best other one, below 0 when another is better), `names` (who is
    best along the range, from low to high), `turns` (the values at which that changes), `turning`
    [bool]: another is better somewhere by half an engineer or more. In each row `staffing`,
    `name` and `lead` of the recommendation [engineers, after pay], its `runner_up`, and the team.
    Raises CourseError for a value outside its range, or a parameter that drift does not know.
    """
    choice = list(NEAR.get("_".join(["pm"] * int(pms) + ["tpm"] * int(tpms)), NAMES))
    value = drift(**settings).set_index("staffing")["value"][choice].sort_values(ascending=False)
    best, second, *_ = choice = list(value.index)
    rows = [_along(settings, row, choice) for row in staffing_ranges.to_dict("records")]
    frame = pd.DataFrame(rows).assign(
        staffing=best,
        name=NAMES[best],
        lead=value[best] - value[second],
        runner_up=NAMES[second],
        **{name: settings[name] for name in ("engineers", "complexity", "runs")},
    )
    return frame.sort_values(["swing", "parameter"], ascending=[False, True], ignore_index=True)


def _along(settings: Settings, entry: dict[str, Any], choice: list[str]) -> dict[str, Any]:
    """One assumption from low to high, the first choice against the rest: who is best where."""
    name = entry["parameter"]
    if name not in NUMBERS:
        raise CourseError(f"staffing_ranges: {nearest(name, NUMBERS)}")
    given: dict[str, Any] = {**settings}
    own = given[name] if name in RELATIVE else 1.0
    stops = np.linspace(entry["low"], entry["high"], STOPS)
    order = [[*NAMES].index(staffing) for staffing in choice]
    worth = np.array([values(**given | {name: stop * own})[order] for stop in stops])
    leads = worth[:, 0] - worth[:, 1:].max(axis=1)
    winners, turns = _changes(stops, worth)
    return {
        **{each: entry[each] for each in ("parameter", "label", "low", "high", "unit")},
        "now": given[name] / own,
        "lead_low": leads[0],
        "lead_high": leads[-1],
        "swing": leads.max() - leads.min(),
        "turning": bool(leads.min() < -LEVEL),
        "names": tuple(NAMES[choice[winner]] for winner in winners),
        "turns": turns,
    }


def _changes(stops: np.ndarray, values: np.ndarray) -> tuple[list[int], tuple[float, ...]]:
    """Who is best in turn, and where one passes the other, on a straight line between two stops."""
    first = values.argmax(axis=1)
    places = np.flatnonzero(first[1:] != first[:-1])
    old, new = first[places], first[places + 1]
    before, after = (values[rows, old] - values[rows, new] for rows in (places, places + 1))
    turns = stops[places] + before / (before - after) * (stops[places + 1] - stops[places])
    return [int(first[0]), *new.tolist()], tuple(turns.tolist())


@checked
def view(frame: pd.DataFrame, *, every: bool) -> pd.DataFrame:
    """The assumptions that turn the answer, or, with `every`, all."""
    shown = frame if every else frame[frame["turning"]]
    kept = shown if len(shown) else frame.head(1)
    return kept.assign(asked=len(frame)).reset_index(drop=True)


def amount(value: float, unit: str) -> str:
    """A value as it is told, with its unit; a share in per cent."""
    if unit.startswith(("share", "of a PM")):
        percent = round(100 * value, 1 if value < 0.1 else None)
        return f"{percent:g}% {unit.removeprefix('share').strip()}".strip()
    return f"{value:.2g} {unit}"


def describe(frame: pd.DataFrame) -> str:
    """The recommendation, and what it is compared with."""
    first = frame.iloc[0]
    ahead = f"{first['lead']:.1f} ahead of" if first["lead"] >= LEVEL else "level with"
    team = f"For {first['engineers']:g} engineers at complexity {first['complexity']:g}"
    told = f"{team} {first['name']} is {ahead} {first['runner_up']}."
    return f"{told} {first['runs']:,.0f} simulated years; assumed figures."
