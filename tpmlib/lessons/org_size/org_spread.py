"""How far the first TPM moves with the assumptions of `org_growth`.

Each assumption is divided and multiplied by the same factor, alone and then all at once. The
factor is a choice: nobody was found who has measured how wrong the assumptions are.
"""

from itertools import product
from typing import Annotated, Any, Literal, Unpack

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.org_size.org_growth import NEAR, READINGS, Assumed, of_tpm, pairs

KEY = "id"
MOVES = ("low", "high")
MOVED = {
    "complexity": "Complexity of the product",
    "threshold": "Hours that make a job",
    "per_engineer": "Hours for each engineer",
    "per_pair": "Hours between two teams",
    "team_size": "Engineers in a team",
}
MEANING = "What a TPM takes on"
TOGETHER, CHANCE = "All six at once, at worst", "All six, each by chance"
FAR = 1000  # engineers: beyond it the model says "never"
NINE_OF_TEN = (0.05, 0.95)  # between which the middle nine of ten draws lie


@checked
def org_spread(
    *,
    workload: pd.DataFrame,
    times: Annotated[float, Range(1, 10)],
    draws: Annotated[int, Range(20, 20_000)],
    seed: Seed,
    **assumed: Unpack[Assumed],
) -> pd.DataFrame:
    """The smallest size with a first TPM, each assumption moved.

    workload: as for `org_growth`.
    times: each number is divided and multiplied by this.
    draws: how often all are drawn by chance, a number anywhere between its ends (each factor as
        likely as its reverse), the meaning among its three readings.   seed: of these draws.
    assumed: the middle: `complexity`, `threshold`, `tpm_means`, `team_size` and `neighbours`, as
        for `org_growth`.

    Returns one row an assumption and two for all at once: `id`, `name`, `several` [bool],
    `low` and `high` [engineers; NaN when never up to 1,000; of the draws the middle nine of ten],
    `middle` [engineers], `fold` [high over low], `times`.
    Raises CourseError for an unknown choice or a value out of range.
    """
    middle: dict[str, Any] = {**assumed, "per_engineer": 1.0, "per_pair": 1.0}
    ends: dict[str, list[Any]] = {n: _ends(n, float(middle[n]), times) for n in MOVED}
    ends["tpm_means"] = [READINGS[0], READINGS[-1]]
    usual = _sizes(workload, pd.DataFrame([middle]))[0]
    rows = []
    for name, values in ends.items():
        moved = pd.DataFrame([middle | {name: value} for value in values])
        rows.append(_range(name, MOVED.get(name, MEANING), _sizes(workload, moved), usual))
    corners = [dict(zip(ends, corner, strict=True)) for corner in product(*ends.values())]
    moved = pd.DataFrame([middle | corner for corner in corners])
    rows.append(_range("together", TOGETHER, _sizes(workload, moved), usual))
    drawn = _sizes(workload, _drawn(middle, times, draws, seed))
    nine = np.quantile(drawn, NINE_OF_TEN, method="inverted_cdf")
    frame = pd.DataFrame([*rows, _range("chance", CHANCE, nine, usual)])
    frame["several"] = frame["id"].isin(["together", "chance"])
    return frame.assign(fold=frame["high"] / frame["low"], times=float(times))


@checked
def view(frame: pd.DataFrame, *, shown: Literal["names", "each", "all"]) -> pd.DataFrame:
    """The rows as far as they are told: the names alone, each assumption moved, several as well.

    What is not told yet lies in the middle, from where it grows.
    """
    hidden = {"names": np.ones(len(frame), bool), "each": frame["several"].to_numpy(), "all": False}
    still = hidden[shown] | np.zeros(len(frame), bool)
    frame = frame.assign(shown=shown)
    for end in MOVES:
        frame[end] = frame[end].mask(still, frame["middle"])
    return frame


def _ends(name: str, value: float, times: float) -> list[float]:
    """An assumption divided and multiplied; a team is of whole engineers, two or more."""
    low, high = value / times, value * times
    return [max(2, round(low)), round(high)] if name == "team_size" else [low, high]


def _drawn(middle: dict[str, Any], times: float, draws: int, seed: int) -> pd.DataFrame:
    """Assumptions by chance, a row for each draw."""
    chance = np.random.default_rng(seed)
    frame = pd.DataFrame([middle] * draws)
    for name in MOVED:
        frame[name] = frame[name] * times ** chance.uniform(-1, 1, draws)
    frame["team_size"] = frame["team_size"].round().clip(lower=2)
    return frame.assign(tpm_means=chance.choice(READINGS, draws))


def _sizes(workload: pd.DataFrame, moved: pd.DataFrame) -> np.ndarray:
    """The first size with a TPM under each row of assumptions; infinite beyond FAR.

    moved: the arguments `assumed`, and the factors `per_engineer` and `per_pair` on the hours.
    """
    of = {name: moved[[name]].to_numpy(float) for name in (*MOVED, "neighbours")}
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


def _range(name: str, label: str, moved: np.ndarray, usual: float) -> dict[str, Any]:
    """From the lowest to the highest of the sizes, the usual one among them; NaN for "never"."""
    sizes = {"low": min(*moved, usual), "high": max(*moved, usual), "middle": usual}
    ends = {end: np.nan if np.isinf(size) else size for end, size in sizes.items()}
    return {"id": name, "name": label} | ends


def place_ids(frame: pd.DataFrame) -> list[str]:
    """What each row is called where its place on the picture is clicked."""
    return list(frame["id"])


def describe(frame: pd.DataFrame) -> str:
    """The middle, the one assumption that moves most, and all at once."""
    rows = frame.set_index("id")
    usual, times = _size(frame["middle"].iloc[0]), frame["times"].iloc[0]
    text = f"The model puts the first TPM at {usual} engineers."
    if frame["shown"].iloc[0] == "names":
        return text
    alone = rows[~rows["several"]]
    widest = alone.loc[(alone["high"] / alone["low"]).fillna(np.inf).idxmax()]
    text += (
        f" Each number divided and multiplied by {times:g}: the widest row is "
        f"{widest['name'][0].lower()}{widest['name'][1:]}, from {span(widest)}."
    )
    if frame["shown"].iloc[0] == "each":
        return text
    return (
        f"{text} All six at once, at worst: "
        f"{span(rows.loc['together'])}; by chance, nine times in ten: {span(rows.loc['chance'])}."
    )


def span(row: pd.Series) -> str:
    """A range of sizes in words."""
    low, high = _size(row["low"]), _size(row["high"])
    return low if low == high else f"{low} to {high}"


def _size(engineers: float) -> str:
    return f"more than {FAR:,}" if np.isnan(engineers) else f"{engineers:,.0f}"
