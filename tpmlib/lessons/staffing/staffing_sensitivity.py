"""What a recommendation hangs on: each assumption of `drift` moved alone from low to high."""

from typing import Any, Unpack

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, checked, limits
from tpmlib.lessons.staffing.drift import LEVEL, NAMES, drift
from tpmlib.lessons.staffing.settings import Settings

RELATIVE = ("engineers", "complexity")  # the table gives these as multiples of the team's own
NUMBERS = [name for name, limit in limits(drift).items() if isinstance(limit, Range)]


@checked
def staffing_sensitivity(
    *, staffing_ranges: pd.DataFrame, **settings: Unpack[Settings]
) -> pd.DataFrame:
    """The lead of the best staffing when one assumption at a time is low or high.

    staffing_ranges: the table of that name: `parameter`, `label`, `low`, `high`, `unit`.
    settings: the arguments of `drift`.

    Returns one row an assumption, the one that matters most first: `parameter`, `label`, `low`,
    `high`, `unit`, `lead_low`, `lead_high` (the recommended staffing less the best other one,
    below 0 when another is better) and `winner_low`, `winner_high` (names); in each row `staffing`,
    `name` and `lead` of the recommendation, its `runner_up`, and the team.
    Raises CourseError for a value outside its range, or a parameter that drift does not know.
    """
    base = drift(**settings).set_index("staffing")
    best = base["value"].idxmax()
    rows = []
    for entry in staffing_ranges.to_dict("records"):
        moved = {side: _moved(settings, entry, side) for side in ("low", "high")}
        rows.append(
            {name: entry[name] for name in ("parameter", "label", "low", "high", "unit")}
            | {f"lead_{side}": year.loc[best, "lead"] for side, year in moved.items()}
            | {f"winner_{side}": NAMES[year["value"].idxmax()] for side, year in moved.items()}
        )
    frame = pd.DataFrame(rows).assign(
        staffing=best,
        name=NAMES[best],
        lead=base.loc[best, "lead"],
        runner_up=NAMES[base["value"].drop(best).idxmax()],
        engineers=settings["engineers"],
        complexity=settings["complexity"],
        runs=int(settings["runs"]),
    )
    leads = frame[["lead_low", "lead_high", "lead"]]
    frame["swing"] = leads.max(axis=1) - leads.min(axis=1)
    return frame.sort_values(["swing", "parameter"], ascending=[False, True], ignore_index=True)


def _moved(settings: Settings, entry: dict[str, Any], side: str) -> pd.DataFrame:
    """A year by staffing, one assumption at its low or high end."""
    name, value = entry["parameter"], float(entry[side])
    if name not in NUMBERS:
        raise CourseError(f"staffing_ranges: {nearest(name, NUMBERS)}")
    given: dict[str, Any] = {**settings}
    given[name] = value * given[name] if name in RELATIVE else value
    return drift(**given).set_index("staffing")


def describe(frame: pd.DataFrame) -> str:
    """The recommendation, and the assumptions under which another one is better."""
    first = frame.iloc[0]
    ahead = f"{first['lead']:.1f} engineer-equivalents ahead of"
    # labels as they stand inside a sentence
    inside = frame["label"].str[:1].str.lower() + frame["label"].str[1:]
    weakest = inside[frame[["lead_low", "lead_high"]].min(axis=1).idxmin()]
    flips = [
        f"{label} at {row[side]:g} {row['unit']} ({row[f'winner_{side}']})"
        for label, (_, row) in zip(inside, frame.iterrows(), strict=True)
        for side in ("low", "high")
        if row[f"lead_{side}"] < -LEVEL
    ]
    turned = "No single assumption turns it within its range."
    if flips:
        more = f" So it is with {len(flips) - 3} more." if len(flips) > 3 else ""
        turned = f"Another is better with {'; '.join(flips[:3])}.{more}"
    return (
        f"For {first['engineers']:g} engineers at complexity {first['complexity']:g}: "
        f"{first['name']}, {ahead if first['lead'] >= LEVEL else 'level with'} "
        f"{first['runner_up']}. It falls furthest with this: {weakest}. "
        f"{turned} {first['runs']:,} simulated years; assumed figures."
    )
