"""What a recommendation hangs on: each assumption of `drift` moved alone from low to high."""

from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.lessons.staffing.drift import LEVEL, LIMITS, NAMES, drift

RELATIVE = ("engineers", "complexity")  # the table gives these as multiples of the team's own


def staffing_sensitivity(
    *,
    staffing_ranges: pd.DataFrame,
    engineers: float,
    complexity: float,
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
    """The lead of the best staffing when one assumption at a time is low or high.

    staffing_ranges: the table of that name: `parameter`, `label`, `low`, `high`, `unit`.
    The others: as in `drift`.

    Returns one row an assumption, the one that matters most first: `parameter`, `label`, `low`,
    `high`, `unit`, `lead_low`, `lead_high` (the recommended staffing less the best other one,
    below 0 when another is better) and `winner_low`, `winner_high` (names); in each row `staffing`,
    `name` and `lead` of the recommendation, its `runner_up`, and the team.
    Raises CourseError for a value outside its range, or a parameter that drift does not know.
    """
    given = {name: value for name, value in locals().items() if name != "staffing_ranges"}
    base = drift(**given)
    best = base.loc[base["value"].idxmax()]
    rows = []
    for entry in staffing_ranges.to_dict("records"):
        if entry["parameter"] not in LIMITS:
            raise CourseError(f"staffing_ranges: {nearest(entry['parameter'], LIMITS)}")
        ends = {side: _moved(given, entry, side, best["staffing"]) for side in ("low", "high")}
        rows.append(
            {name: entry[name] for name in ("parameter", "label", "low", "high", "unit")}
            | {f"lead_{side}": lead for side, (lead, _) in ends.items()}
            | {f"winner_{side}": winner for side, (_, winner) in ends.items()}
        )
    frame = pd.DataFrame(rows)
    frame["staffing"], frame["name"], frame["lead"] = best["staffing"], best["name"], best["lead"]
    frame["runner_up"] = base.drop(index=best.name).nlargest(1, "value")["name"].iloc[0]
    frame["engineers"], frame["complexity"], frame["runs"] = engineers, complexity, int(runs)
    swing = frame[["lead_low", "lead_high", "lead"]]
    frame = frame.assign(swing=swing.max(axis=1) - swing.min(axis=1))
    return frame.sort_values(["swing", "parameter"], ascending=[False, True], ignore_index=True)


def _moved(given: dict[str, Any], entry: dict[str, Any], side: str, best: str) -> tuple[float, str]:
    """Lead of `best`, and who wins, with one assumption at its low or high end."""
    name, value = entry["parameter"], float(entry[side])
    if name in RELATIVE:
        value *= given[name]
    frame = drift(**given | {name: value})
    lead = float(frame.set_index("staffing").loc[best, "lead"])
    return lead, best_name(frame)


def best_name(frame: pd.DataFrame) -> str:
    """The name of the staffing worth most."""
    return NAMES[str(frame.loc[frame["value"].idxmax(), "staffing"])]


def describe(frame: pd.DataFrame) -> str:
    """The recommendation, and the assumptions under which another one is better."""
    first = frame.iloc[0]
    weakest = frame.loc[frame[["lead_low", "lead_high"]].min(axis=1).idxmin()]
    flips = [
        f"{_inside(row['label'])} at {row[side]:g} {row['unit']} ({row[f'winner_{side}']})"
        for _, row in frame.iterrows()
        for side in ("low", "high")
        if row[f"lead_{side}"] < -LEVEL
    ]
    turned = f"Another is better with {'; '.join(flips[:3])}." if flips else ""
    more = f" So it is with {len(flips) - 3} more." if len(flips) > 3 else ""
    steady = "" if flips else "No single assumption turns it within its range."
    return (
        f"For {first['engineers']:g} engineers at complexity {first['complexity']:g}: "
        f"{first['name']}, {_ahead(first)} {first['runner_up']}. "
        f"It falls furthest with this: {_inside(weakest['label'])}. "
        f"{turned}{more}{steady} {first['runs']:,} simulated years; assumed figures."
    )


def _ahead(row: pd.Series) -> str:
    return (
        "level with" if row["lead"] < LEVEL else f"{row['lead']:.1f} engineer-equivalents ahead of"
    )


def _inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    return label[:1].lower() + label[1:]
