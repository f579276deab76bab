"""How far the first TPM moves with the assumptions of `org_growth`.

Each guess is divided and multiplied by the same factor, alone and then all at once. The factor is
a choice: nobody was found who has measured how wrong the guesses are. What a TPM takes on is no
guess, so it stands apart, whatever the factor.
"""

from itertools import product
from typing import Annotated, Any, Literal, Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.lessons.org_size.org_growth import NEAR, READINGS, Assumed, of_tpm, pairs

KEY = "id"
MOVES = ("low", "high")
MOVED = {
    "complexity": "Complexity of the product",
    "per_engineer": "Hours for each engineer",
    "per_pair": "Hours between two teams",
    "team_size": "Engineers in a team",
}
TOGETHER, MEANING = "All four at once", "What a TPM takes on"
FAR = 1000  # engineers: beyond it the model says "never"


@checked
def org_spread(
    *,
    workload: pd.DataFrame,
    times: Annotated[float, Range(1, 10)],
    **assumed: Unpack[Assumed],
) -> pd.DataFrame:
    """The smallest size with a first TPM, each guess moved.

    workload: as for `org_growth`.
    times: each guess is divided and multiplied by this.
    assumed: the middle: `complexity`, `threshold`, `tpm_means`, `team_size` and `neighbours`, as
        for `org_growth`.

    Returns one row a guess, one for all of them at once at worst, and one for the readings of
    `tpm_means`: `id`, `name`, `later` [bool, for these last two], `low` and `high` [engineers; NaN
    when never up to 1,000], `middle` [engineers], `fold` [high over low], `times`.
    Raises CourseError for an unknown choice or a value out of range.
    """
    middle: dict[str, Any] = {**assumed, "per_engineer": 1.0, "per_pair": 1.0}
    ends: dict[str, list[Any]] = {n: _ends(n, float(middle[n]), times) for n in MOVED}
    moved = {name: [{name: value} for value in values] for name, values in ends.items()}
    corners = product(*ends.values())
    moved["together"] = [dict(zip(ends, corner, strict=True)) for corner in corners]
    moved["tpm_means"] = [{"tpm_means": reading} for reading in READINGS]
    usual = _sizes(workload, pd.DataFrame([middle]))[0]
    sizes = {
        name: _sizes(workload, pd.DataFrame([middle | change for change in changes]))
        for name, changes in moved.items()
    }
    frame = pd.DataFrame([_range(name, each, usual) for name, each in sizes.items()])
    frame["later"] = ~frame["id"].isin(MOVED)
    return frame.assign(fold=frame["high"] / frame["low"], times=float(times))


@checked
def view(frame: pd.DataFrame, *, shown: Literal["names", "each", "all"]) -> pd.DataFrame:
    """The rows as far as they are told: the names alone, each guess moved, the last two as well.

    What is not told yet lies in the middle, from where it grows.
    """
    hidden = {"names": np.ones(len(frame), bool), "each": frame["later"].to_numpy(), "all": False}
    still = hidden[shown] | np.zeros(len(frame), bool)
    frame = frame.assign(shown=shown)
    for end in MOVES:
        frame[end] = frame[end].mask(still, frame["middle"])
    return frame


def _ends(name: str, value: float, times: float) -> list[float]:
    """An assumption divided and multiplied; a team is of whole engineers, two or more."""
    low, high = value / times, value * times
    return [max(2, round(low)), round(high)] if name == "team_size" else [low, high]


def _sizes(workload: pd.DataFrame, moved: pd.DataFrame) -> np.ndarray:
    """The first size with a TPM under each row of assumptions; infinite beyond FAR.

    moved: the arguments `assumed`, and the factors `per_engineer` and `per_pair` on the hours.
    """
    of = {name: moved[[name]].to_numpy(float) for name in (*MOVED, "threshold", "neighbours")}
    kinds = {reading: of_tpm(workload, reading) for reading in READINGS}
    taken = np.stack([kinds[reading] for reading in moved["tpm_means"]])
    technical = workload["technical"].to_numpy(bool)
    each = workload["hours_per_engineer"].to_numpy(float) * of["per_engineer"]
    each = (taken * each * np.where(technical, of["complexity"], 1.0)).sum(axis=1, keepdims=True)
    between = (taken * workload["hours_per_pair"].to_numpy(float)).sum(axis=1, keepdims=True)
    sizes = np.arange(1, FAR + 1)
    joined = pairs(np.ceil(sizes / of["team_size"]), of["neighbours"])
    work = each * sizes + between * of["per_pair"] * of["complexity"] * joined
    full = work >= of["threshold"] - NEAR
    return np.where(full.any(axis=1), full.argmax(axis=1) + 1.0, np.inf)


def _range(name: str, moved: np.ndarray, usual: float) -> dict[str, Any]:
    """From the lowest to the highest of the sizes, the usual one among them; NaN for "never"."""
    sizes = {"low": min(*moved, usual), "high": max(*moved, usual), "middle": usual}
    ends = {end: np.nan if np.isinf(size) else size for end, size in sizes.items()}
    label = {"together": TOGETHER, "tpm_means": MEANING} | MOVED
    return {"id": name, "name": label[name]} | ends


def place_ids(frame: pd.DataFrame) -> list[str]:
    """What each row is called where its place on the picture is clicked."""
    return list(frame["id"])


def describe(frame: pd.DataFrame) -> str:
    """The middle, the guess that moves most, all of them at once, and the choice."""
    rows = frame.set_index("id")
    usual, times = _size(frame["middle"].iloc[0]), frame["times"].iloc[0]
    text = f"The model puts the first TPM at {usual} engineers."
    if frame["shown"].iloc[0] == "names":
        return text
    alone = rows[~rows["later"]]
    widest = alone.loc[(alone["high"] / alone["low"]).fillna(np.inf).idxmax()]
    text += (
        f" Each guess divided and multiplied by {times:g}: the widest row is "
        f"{widest['name'][0].lower()}{widest['name'][1:]}, from {span(widest)}."
    )
    if frame["shown"].iloc[0] == "each":
        return text
    return (
        f"{text} All four at once, at worst: {span(rows.loc['together'])}. And by what a TPM "
        f"takes on: {span(rows.loc['tpm_means'])}."
    )


def span(row: pd.Series) -> str:
    """A range of sizes in words."""
    low, high = _size(row["low"]), _size(row["high"])
    return low if low == high else f"{low} to {high}"


def _size(engineers: float) -> str:
    return f"more than {FAR:,}" if np.isnan(engineers) else f"{engineers:,.0f}"
