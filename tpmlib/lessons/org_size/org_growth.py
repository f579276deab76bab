"""Hours of product work that a company's engineers make, laid into weeks of one person each.

The model is told much of what it says: hours grow with engineers because the table of workload
says so, and people specialise because `division` does. What is left to learn is how far the
points move when the assumptions do.
"""

from typing import Annotated, Literal, TypedDict, Unpack, get_args

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.kit.words import say

KEY = "kind"
MOVES = ("hours", "first_tpm", "minutes")
Reading = Literal["narrow", "middle", "wide"]
READINGS: tuple[Reading, ...] = get_args(Reading)
NEAR = 1e-9  # hours that differ by less are the same: sums of decimals miss by this much
GUESSED = ("Specifications and feasibility", "Engineering depth", "Security and compliance")
Minutes = Annotated[float, Range(0, 2400)]


class Assumed(TypedDict):
    """What `org_growth` assumes and `org_spread` moves; the former says what each of them means."""

    complexity: Annotated[float, Range(0.1, 10)]
    threshold: Annotated[float, Range(1, 400)]
    tpm_means: Reading
    team_size: Annotated[int, Range(1, 1000)]
    neighbours: Annotated[int, Range(0, 100)]


@checked
def org_growth(
    *,
    workload: pd.DataFrame,
    largest: Annotated[int, Range(1, 10_000)],
    engineers: Annotated[int, Range(1, "largest")],
    specifications: Minutes,
    depth: Minutes,
    security: Minutes,
    division: Literal["by_kind", "shared"],
    week: Annotated[float, Range(1, 168)],
    **assumed: Unpack[Assumed],
) -> pd.DataFrame:
    """Hours a week of each kind of product work at one size, and when roles are full.

    workload: one row a kind of work: `technical` [0 or 1], `tpm_reading`, `hours_per_engineer`
        and `hours_per_pair` of teams that work together [hours a week].
    largest: the largest size at which a role is looked for [engineers].
    engineers: the size asked about.
    specifications, depth, security: work that each engineer makes of these three technical
        kinds, in place of the hours of the table [minutes a week].
    division: work is divided "by_kind" or "shared" by all product people; shared, there is no TPM.
    week: hours of one person [hours a week].
    assumed: the arguments below.
    complexity: times an ordinary product; it raises technical kinds and work between teams.
    threshold: work that makes somebody dedicated to it [hours a week].
    tpm_means: the kinds that a TPM would take: "narrow", "middle" or "wide" reading.
    team_size: engineers in a team, at most.
    neighbours: other teams that a team works with, at most.

    Returns one row a kind of work: `kind`, `of_tpm` [bool], `hours` [a week]; and the same in
    every row: `product_hours`, `technical_hours` [a week], `people` (product people, TPMs among
    them), `tpms`, `first_pm`, `too_much`, `second`, `first_tpm` [engineers at which the first job
    is filled, one week is too short, the second job and the first TPM come; NaN up to `largest`],
    `minutes` [of the three kinds], and the arguments `engineers`, `complexity`, `threshold`,
    `week`, `division`.
    Raises CourseError for an unknown choice or a value out of range.
    """
    complexity, threshold = assumed["complexity"], assumed["threshold"]
    guesses = dict(zip(GUESSED, (specifications / 60, depth / 60, security / 60), strict=True))
    guessed = workload["cluster"].map(guesses).fillna(workload["hours_per_engineer"])
    workload = workload.assign(hours_per_engineer=guessed)
    sizes = np.arange(1, largest + 1)
    each = hours(workload, sizes, complexity, assumed["team_size"], assumed["neighbours"])
    technical = of_tpm(workload, assumed["tpm_means"])
    product, narrow = each.sum(axis=0), each[technical].sum(axis=0)
    people = dedicated(product, threshold, week)
    tpms = dedicated(narrow, threshold, week) * (division == "by_kind")
    here = engineers - 1
    frame = pd.DataFrame({"kind": workload["cluster"], "of_tpm": technical, "hours": each[:, here]})
    return frame.assign(
        product_hours=product[here],
        technical_hours=narrow[here],
        people=people[here],
        tpms=tpms[here],
        first_pm=first(people),
        too_much=first(product > week + NEAR),
        second=first(people - 1),
        first_tpm=first(tpms),
        engineers=engineers,
        complexity=float(complexity),
        threshold=float(threshold),
        minutes=specifications + depth + security,
        week=float(week),
        division=division,
    )


@checked
def view(frame: pd.DataFrame, *, firsts: bool) -> pd.DataFrame:
    """The same rows. firsts: say at which sizes the roles are full."""
    return frame.assign(firsts=firsts)


def teams(sizes: np.ndarray, team_size: int) -> np.ndarray:
    """Teams at each size: as few as hold all engineers."""
    return np.asarray(np.ceil(sizes / team_size), dtype=int)


def pairs(count: np.ndarray, neighbours: int) -> np.ndarray:
    """Pairs of teams that work together, among so many teams."""
    return np.asarray(np.minimum(count * (count - 1) / 2, count * neighbours / 2))


def hours(
    workload: pd.DataFrame, sizes: np.ndarray, pull: float, team_size: int, neighbours: int
) -> np.ndarray:
    """Hours a week of each kind of work (rows) at each size (columns).

    pull: factor on the technical kinds and on the work between teams.
    """
    per_engineer = workload["hours_per_engineer"].to_numpy(float)
    per_engineer = per_engineer * np.where(workload["technical"].to_numpy(bool), pull, 1.0)
    between = pairs(teams(sizes, team_size), neighbours)
    return np.asarray(
        np.outer(per_engineer, sizes) + pull * np.outer(workload["hours_per_pair"], between)
    )


def of_tpm(workload: pd.DataFrame, tpm_means: str) -> np.ndarray:
    """Which kinds of work a TPM would take: each reading holds the narrower ones."""
    readings = READINGS[: READINGS.index(tpm_means) + 1]
    return np.asarray(workload["tpm_reading"].isin(readings), dtype=bool)


def dedicated(work: np.ndarray, threshold: float, week: float) -> np.ndarray:
    """People dedicated to some hours a week: each further one when what is left fills a threshold.

    The first comes at the threshold, the second at the threshold and one week, and so on.
    """
    whole = np.floor((np.asarray(work) - threshold + NEAR) / week + 1).astype(int)
    return np.asarray(np.maximum(whole, 0))


def first(people: np.ndarray) -> float:
    """The smallest size with somebody dedicated; NaN when there is none."""
    return float(np.argmax(people > 0) + 1) if (people > 0).any() else float("nan")


def describe(frame: pd.DataFrame) -> str:
    """What the size asked about needs, and perhaps where the roles are full."""
    row = frame.iloc[0]
    hard = "" if row["complexity"] == 1 else f", complexity {row['complexity']:g}"
    return (
        f"{size(row['engineers'])}{hard}: {in_hours(row['product_hours'])} of product work a week, "
        f"{staff(row)}. The technical part takes {in_hours(row['technical_hours'])}. "
        f"{firsts(frame)}All hours are assumed."
    )


def firsts(frame: pd.DataFrame) -> str:
    """The sizes at which roles are full, and the one on show; empty before these are told."""
    row = frame.iloc[0]
    if not row["firsts"]:
        return ""
    tpm = "a TPM's job"
    if own := row.get("ghost_minutes", 0):  # as the learner guessed them; no others lead anywhere
        yours = row["ghost_first_tpm"]
        tpm += f" ({'never' if np.isnan(yours) else f'{yours:.0f}'} with your {own:.0f} minutes)"
    places = {"too much for one": row["too_much"], "a second job": row["second"]}
    places |= {tpm: row["first_tpm"], "you are here": row["engineers"]}
    names: dict[str, list[str]] = {}
    for name, engineers in pd.Series(places, dtype=float).sort_values(kind="stable").items():
        names.setdefault("Never" if np.isnan(engineers) else f"{engineers:.0f}", []).append(name)
    return "".join(f"{at}: {', '.join(those)}. " for at, those in names.items())


def staff(row: pd.Series) -> str:
    """How many jobs the hours fill, in words, and what is left over beyond full weeks."""
    if not row["people"]:
        return "too little for one job"
    over = row["product_hours"] - row["people"] * row["week"]
    jobs = f"{row['people']:.0f} job{'s' if row['people'] > 1 else ''}"
    jobs += f" ({row['tpms']:.0f} of them a TPM's)" if row["tpms"] else ""
    return f"{jobs} and {in_hours(over)} more" if over >= 0.5 else jobs


def in_hours(number: float) -> str:
    """A number of hours in words, rounded."""
    return say("picture.hours", n=round(number))


def size(engineers: float) -> str:
    """A number of engineers in words."""
    return f"{engineers:.0f} engineer{'' if engineers == 1 else 's'}"
