"""Weekly hours of product work as a company grows, and when a role has enough of them.

The model is told much of what it says: hours grow with engineers because the table of workload
says so, and people specialise because `division` does. What is left to learn is how far the
points move when the assumptions do.
"""

from typing import Annotated, Literal, TypedDict, Unpack, get_args

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked

KINDS = 9  # kinds of work: the nine areas of the counted responsibilities
Reading = Literal["narrow", "middle", "wide"]
READINGS: tuple[Reading, ...] = get_args(Reading)
NEAR = 1e-9  # hours that differ by less are the same: sums of decimals miss by this much


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
    scale: Annotated[float, Range(0.01, 100)],
    complex_work: Literal["raises", "lowers"],
    division: Literal["by_kind", "shared"],
    week: Annotated[float, Range(1, 168)],
    **assumed: Unpack[Assumed],
) -> pd.DataFrame:
    """Hours, load and dedicated people at each size from 1 engineer to `largest`.

    workload: one row a kind of work: `technical` [0 or 1], `tpm_reading`, `hours_per_engineer`
        and `hours_per_pair` of teams that work together [hours a week].
    largest: the last size [engineers].   engineers: the size asked about.
    scale: factor on all hours.
    complex_work: complexity "raises" the hours of technical kinds and of teams, or "lowers" them
        by the same factor, since the engineers see to it themselves.
    division: work is divided "by_kind" or "shared" by all product people; shared, there is no TPM.
    week: hours of one person [hours a week].
    assumed: the arguments below.
    complexity: times an ordinary product; see `complex_work`.
    threshold: work that makes somebody dedicated to it [hours a week].
    tpm_means: the kinds that a TPM would take: "narrow", "middle" or "wide" reading.
    team_size: engineers in a team, at most.
    neighbours: other teams that a team works with, at most.

    Returns one row a size: `engineers`, `teams`, `product_hours`, `technical_hours` [a week],
    `product_load`, `technical_load` [people], `people` (product people, TPMs among them), `tpms`,
    `per_person` [engineers a product person, NaN without one], `kinds` [of work a product person,
    on average], `own` [bool: the size asked about]; and the same in every row: `first_pm`,
    `first_tpm` [engineers, NaN when not reached], `threshold`, `complexity`, `week`.
    Raises CourseError for an unknown choice or a value out of range.
    """
    complexity, threshold = assumed["complexity"], assumed["threshold"]
    sizes = np.arange(1, largest + 1)
    pull = complexity if complex_work == "raises" else 1 / complexity
    each = scale * hours(workload, sizes, pull, assumed["team_size"], assumed["neighbours"])
    product = each.sum(axis=0)
    technical = each[of_tpm(workload, assumed["tpm_means"])].sum(axis=0)
    people = dedicated(product, threshold, week)
    tpms = dedicated(technical, threshold, week) * (division == "by_kind")
    frame = pd.DataFrame({"engineers": sizes, "teams": teams(sizes, assumed["team_size"])})
    frame["product_hours"], frame["technical_hours"] = product, technical
    frame["product_load"], frame["technical_load"] = product / week, technical / week
    frame["people"], frame["tpms"] = people, tpms
    frame["per_person"] = np.where(people > 0, sizes / np.maximum(people, 1), np.nan)
    frame["kinds"] = kinds(people) if division == "by_kind" else float(KINDS)
    frame["own"] = sizes == engineers
    frame["first_pm"], frame["first_tpm"] = first(people), first(tpms)
    given = {"threshold": threshold, "complexity": complexity, "week": week}
    return frame.assign(**{name: float(value) for name, value in given.items()})


def teams(sizes: np.ndarray, team_size: int) -> np.ndarray:
    """Teams at each size: as few as hold all engineers."""
    return np.asarray(np.ceil(sizes / team_size), dtype=int)


def hours(
    workload: pd.DataFrame, sizes: np.ndarray, pull: float, team_size: int, neighbours: int
) -> np.ndarray:
    """Hours a week of each kind of work (rows) at each size (columns).

    pull: factor on the technical kinds and on the work between teams.
    """
    count = teams(sizes, team_size)
    pairs = np.minimum(count * (count - 1) / 2, count * neighbours / 2)
    per_engineer = workload["hours_per_engineer"].to_numpy(float)
    per_engineer = per_engineer * np.where(workload["technical"].to_numpy(bool), pull, 1.0)
    between = pull * np.outer(workload["hours_per_pair"], pairs)
    return np.asarray(np.outer(per_engineer, sizes) + between)


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


def kinds(people: np.ndarray) -> np.ndarray:
    """Kinds of work a person, when the work is divided by kind as far as whole people allow.

    Lay the nine kinds end to end and cut the row into as many equal shares as there are people:
    each cut splits one kind in two. Without product people somebody does all nine on the side.
    """
    return np.asarray(1 + (KINDS - 1) / np.maximum(people, 1))


def first(people: np.ndarray) -> float:
    """The smallest size with somebody dedicated; NaN when there is none."""
    return float(np.argmax(people > 0) + 1) if (people > 0).any() else float("nan")


def describe(frame: pd.DataFrame) -> str:
    """What the size asked about needs, and where the two roles appear."""
    row = frame[frame["own"]].iloc[0]
    staff = "too little for one person, so all nine kinds are done on the side"
    if row["people"]:
        staff = (
            f"{row['people']:.0f} {product_people(row['people'])}, one for "
            f"{short(row['per_person'])} engineers, each with {short(row['kinds'])} of nine kinds "
            f"of work"
        )
    tpms = f"{row['tpms']:.0f} TPM{'' if row['tpms'] == 1 else 's'}" if row["tpms"] else "no TPM"
    return (
        f"{size(row['engineers'])}, complexity {row['complexity']:g}: "
        f"{row['product_hours']:.0f} hours of product work a week, {staff}. "
        f"The technical part takes {row['technical_hours']:.0f} hours: {tpms}. "
        f"With {row['threshold']:.0f} hours to a role: {appears('PM', frame, 'first_pm')}, "
        f"{appears('TPM', frame, 'first_tpm')}. All hours are assumed."
    )


def short(number: float) -> str:
    """One decimal, and none for a whole number."""
    return f"{number:.1f}".removesuffix(".0")


def size(engineers: float) -> str:
    """A number of engineers in words."""
    return f"{engineers:.0f} engineer{'' if engineers == 1 else 's'}"


def product_people(count: float) -> str:
    """The noun for a number of them."""
    return "product person" if count == 1 else "product people"


def appears(role: str, frame: pd.DataFrame, column: str) -> str:
    """Where a role first appears, in words."""
    first_size = frame[column].iloc[0]
    if np.isnan(first_size):
        return f"no {role} up to {size(frame['engineers'].max())}"
    return f"the first {role} at {size(first_size)}"
