"""How far the first PM or TPM moves with the assumptions of `org_growth`, beside published advice.

Each assumption is divided and multiplied by the same factor, alone and then all at once. The
factor is a choice: nobody has measured how wrong the assumptions are.
"""

from itertools import product
from typing import Annotated, Any, Literal, Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.lessons.org_size.org_growth import READINGS, Assumed, dedicated, first, hours, of_tpm

MOVED = {
    "complexity": "Complexity",
    "threshold": "Hours that make a role",
    "per_engineer": "Hours for each engineer",
    "per_pair": "Hours between two teams",
    "team_size": "Engineers in a team",
}
MEANING = "What a TPM takes on"
TOGETHER = "All of them at once"
FAR = 1000  # engineers: beyond it the model says "never"


@checked
def org_spread(
    *,
    workload: pd.DataFrame,
    ratios: pd.DataFrame,
    role: Literal["pm", "tpm"],
    times: Annotated[float, Range(1, 10)],
    **assumed: Unpack[Assumed],
) -> pd.DataFrame:
    """The smallest size with a first PM or TPM: published advice, then each assumption moved.

    workload: as for `org_growth`.   ratios: published figures: `ratio_id`, `says`, `low`, `high`
        [engineers for one PM], `fact`.
    role: "pm" (all nine kinds of work) or "tpm" (those of `tpm_means`).
    times: each assumption is divided and multiplied by this.
    assumed: the middle: `complexity`, `threshold`, `tpm_means`, `team_size` and `neighbours`, as
        for `org_growth`.

    Returns one row a figure or an assumption: `id`, `name`, `kind` ("advice", "model"), `low` and
    `high` [engineers; NaN when never up to 1,000], `middle` [engineers, NaN for advice], `fact`
    (empty for the model), `fold` [high over low], `role`, `times`.
    Raises CourseError for an unknown choice or a value out of range.
    """
    middle: dict[str, Any] = {**assumed, "per_engineer": 1.0, "per_pair": 1.0}
    ends = {name: _ends(name, float(middle[name]), times) for name in MOVED}
    if role == "tpm":
        ends["tpm_means"] = [READINGS[0], READINGS[-1]]
    else:
        middle["tpm_means"] = ""  # of the PM are all kinds of work
    usual = _appears(workload, middle)
    rows = [_advice(row) for row in ratios.to_dict("records")]
    for name, values in ends.items():
        moved = [_appears(workload, middle | {name: value}) for value in values]
        rows.append(_range(name, MOVED.get(name, MEANING), moved, usual))
    corners = (dict(zip(ends, corner, strict=True)) for corner in product(*ends.values()))
    moved = [_appears(workload, middle | corner) for corner in corners]
    frame = pd.DataFrame([*rows, _range("together", TOGETHER, moved, usual)])
    frame["fold"] = frame["high"] / frame["low"]
    return frame.assign(role=role, times=float(times))


def _ends(name: str, value: float, times: float) -> list[Any]:
    """An assumption divided and multiplied; a team is of whole engineers, two or more."""
    low, high = value / times, value * times
    return [max(2, round(low)), round(high)] if name == "team_size" else [low, high]


def _appears(workload: pd.DataFrame, given: dict[str, Any]) -> float:
    """The first size with somebody dedicated, among all up to FAR; infinite when there is none.

    given: the arguments `assumed`, factors `per_engineer` and `per_pair` on the hours of the table;
        `tpm_means` is empty for all kinds of work.
    """
    scaled = workload.assign(
        hours_per_engineer=workload["hours_per_engineer"] * given["per_engineer"],
        hours_per_pair=workload["hours_per_pair"] * given["per_pair"],
    )
    pull, sizes = given["complexity"], np.arange(1, FAR + 1)
    each = hours(scaled, sizes, pull, given["team_size"], given["neighbours"])
    chosen = each[of_tpm(workload, given["tpm_means"])] if given["tpm_means"] else each
    # a week of any length: only the first person counts
    size = first(dedicated(chosen.sum(axis=0), given["threshold"], week=given["threshold"]))
    return np.inf if np.isnan(size) else size


def _advice(row: dict[str, Any]) -> dict[str, Any]:
    ends = {"low": float(row["low"]), "high": float(row["high"]), "middle": np.nan}
    named = {"id": row["ratio_id"], "name": row["says"], "kind": "advice", "fact": row["fact"]}
    return named | ends


def _range(name: str, label: str, moved: list[float], usual: float) -> dict[str, Any]:
    """From the lowest to the highest of the sizes, the usual one among them; NaN for "never"."""
    sizes = {"low": min(*moved, usual), "high": max(*moved, usual), "middle": usual}
    ends = {end: np.nan if np.isinf(size) else size for end, size in sizes.items()}
    return {"id": name, "name": label, "kind": "model", "fact": ""} | ends


def describe(frame: pd.DataFrame) -> str:
    """The span of the advice, of the one assumption that moves most, and of all at once."""
    advice = frame[frame["kind"] == "advice"]
    moved = frame[(frame["kind"] == "model") & (frame["id"] != "together")]
    widest = moved.loc[moved["fold"].fillna(np.inf).idxmax()]
    name = widest["name"][0].lower() + widest["name"][1:]
    all_at_once = frame[frame["id"] == "together"].iloc[0]
    role, times = frame["role"].iloc[0].upper(), frame["times"].iloc[0]
    return (
        f"The model puts the first {role} at {_size(widest['middle'])} engineers. "
        f"Each assumption divided and multiplied by {times:g}: {name} alone "
        f"moves it most, from {_span(widest)}; all at once, from {_span(all_at_once)}. "
        f"Published figures for PMs, ratios and first hires together, run from "
        f"{advice['low'].min():.0f} to {advice['high'].max():.0f} engineers; none was found "
        f"for a TPM."
    )


def _span(row: pd.Series) -> str:
    return f"{_size(row['low'])} to {_size(row['high'])}"


def _size(engineers: float) -> str:
    return f"more than {FAR:,}" if np.isnan(engineers) else f"{engineers:,.0f}"
