"""Five ways to rank the same initiatives, and how much of a top three survives its own estimates.

RICE (F56), cost of delay over duration and SAFe's variant of it, WSJF (F57), the opportunity score
(F59) and weighted pillars. The same draws serve every way.
"""

from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.estimates.pert import pert

METHODS = {
    "rice": "RICE",
    "delay": "Cost of delay",
    "wsjf": "WSJF",
    "opportunity": "Opportunity",
    "pillars": "Pillars",
}
PILLARS = ("trust", "growth", "ease")
GIVEN = ["reach", "delay_cost", "effort_likely"]  # shown before any list
KEY = "initiative_id"
MOVES = ("share",)
TOP = 3  # places that are worked on
DRAWS = 10  # that are shown one by one
SIGMA = {1.0: 0.1, 0.8: 0.3, 0.5: 0.6}  # of the logarithm of a value, by confidence; assumed
FLOOR = 0.1  # of the likely effort, the least that its low end may be
Lists = Literal["table", "first", "methods", "draws"]
Error = Annotated[float, Range(0, 3)]
Weight = Annotated[float, Range(0, 10)]


@checked
def priorities(
    *,
    initiatives: pd.DataFrame,
    method: Literal["rice", "delay", "wsjf", "opportunity", "pillars"],
    effort_error: Error,
    value_error: Error,
    weight_trust: Weight,
    weight_growth: Weight,
    weight_ease: Weight,
    runs: Annotated[int, Range(20, 100_000)],
    seed: Seed,
) -> pd.DataFrame:
    """The rank of each initiative by every method, and its chance of the top three by one.

    initiatives: the columns of table `initiatives`.
    method: whose first three are drawn; "delay" is cost of delay over duration.
    effort_error: how far low and high effort lie from likely, 1 as listed. A factor common to all
        efforts would move no rank.
    value_error: how far values may be off: what a method counts as worth is multiplied by a
        lognormal, sigma 0.1, 0.3 or 0.6 by confidence, times this.
    weight_trust, weight_growth, weight_ease: of the pillars, not all 0.
    runs: draws.   seed: same seed, same draws, whatever the method.

    Returns one row an initiative, in the table's order: its columns of GIVEN, `score` and `rank` by
    the likely values (a tie goes to the earlier row), `rank_...` by each method, `draw_0` to
    `draw_9`, its rank in the first ten draws, and `chance` of the first three. On every row
    `method`, `distinct` [initiatives in some method's first three] and `same` [chance that a draw
    keeps all three].
    Raises CourseError for an unknown method, a value out of range, or weights that are all 0.
    """
    weights = dict(zip(PILLARS, (weight_trust, weight_growth, weight_ease), strict=True))
    if not any(weights.values()):
        raise CourseError("weight_trust, weight_growth, weight_ease: all are 0; at least one above")
    likely = _scores(initiatives, weights, initiatives["effort_likely"].to_numpy(float), 1.0)
    ranks = {f"rank_{name}": ranked(score[None, :])[0] for name, score in likely.items()}
    rank = ranks[f"rank_{method}"]
    noise, z = np.random.default_rng(seed).standard_normal((2, runs, len(initiatives)))
    effort = _efforts(initiatives, effort_error, z)
    value = np.exp(initiatives["confidence"].map(SIGMA).to_numpy() * value_error * noise)
    drawn = ranked(_scores(initiatives, weights, effort, value)[method])
    is_first = np.array([places <= TOP for places in ranks.values()])
    frame = initiatives[["initiative_id", "name", *GIVEN]].reset_index(drop=True)
    draws = {f"draw_{number}": drawn[number] for number in range(DRAWS)}
    return frame.assign(
        **{"score": likely[method], "rank": rank, **ranks, **draws},
        chance=(drawn <= TOP).mean(axis=0),
        method=method,
        distinct=int(is_first.any(axis=0).sum()),
        same=(drawn[:, rank <= TOP] <= TOP).all(axis=1).mean(),
    )


@checked
def view(frame: pd.DataFrame, *, lists: Lists, mine: str) -> pd.DataFrame:
    """The rows in their order, and `share`: on how many of the lists each is among the first three.

    lists: none but the "table" behind them, "first" the one of the chosen method, "methods" those
        of all, "draws" its own when the estimates err; ten are shown, and all are counted.
    mine: the initiative that the learner follows, or "none"; its row has `mine`.
    """
    columns = columns_of(frame.assign(lists=lists))
    share = frame["chance"] if lists == "draws" else (frame[columns] <= TOP).mean(axis=1)
    still = [f"rank_{name}" for name in METHODS if name != "pillars"]  # which no weight moves
    frame = frame.assign(lists=lists, share=share, place=frame[still].mean(axis=1))
    order = {"table": KEY, "methods": "place"}.get(lists, "rank")
    return frame.assign(mine=frame[KEY].eq(mine)).sort_values(order, kind="stable")


def columns_of(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame that hold the lists on show."""
    names = {
        "table": GIVEN,
        "first": [f"rank_{frame['method'].iloc[0]}"],
        "methods": [f"rank_{name}" for name in METHODS],
        "draws": [f"draw_{number}" for number in range(DRAWS)],
    }
    return names[frame["lists"].iloc[0]]


def _scores(
    initiatives: pd.DataFrame,
    weights: dict[str, float],
    effort: np.ndarray,
    value: np.ndarray | float,
) -> dict[str, np.ndarray]:
    """Score of each initiative by each method; `value` multiplies what stands for its worth."""
    names = initiatives.select_dtypes("number")
    column = {name: initiatives[name].to_numpy(float) for name in names}
    wanted = column["importance"]
    fit = sum(column[name] * weight for name, weight in weights.items()) / sum(weights.values())
    added = column["business_value"] + column["time_criticality"] + column["risk_reduction"]
    return {
        "rice": column["reach"] * column["impact"] * column["confidence"] * value / effort,
        "delay": column["delay_cost"] * value / effort,
        "wsjf": added * value / effort,
        "opportunity": (wanted + np.maximum(wanted - column["satisfaction"], 0)) * value,
        "pillars": fit * value,
    }


def _efforts(initiatives: pd.DataFrame, effort_error: float, z: np.ndarray) -> np.ndarray:
    """Efforts [engineer-weeks] for standard normal values (draws x initiatives)."""
    low, likely, high = (initiatives[f"effort_{end}"] for end in ("low", "likely", "high"))
    low = np.maximum(likely - effort_error * (likely - low), FLOOR * likely)
    high = likely + effort_error * (high - likely)
    return pert(np.stack([low, likely, high], axis=1), z.T).T


def ranked(scores: np.ndarray) -> np.ndarray:
    """Rank from 1 along each row, the highest score first; a tie goes to the earlier column."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1)[None, :], axis=1)
    return ranks


def describe(frame: pd.DataFrame) -> str:
    """The first three of the method; with all methods or draws on show, what these make of them."""
    row, first = frame.iloc[0], frame.sort_values("rank").head(TOP)
    if row["lists"] == "draws":
        names = zip(first["name"], first["chance"], strict=True)
        sure = ", ".join(f"{name} ({chance:.0%})" for name, chance in names)
        return f"{METHODS[row['method']]} puts first: {sure}; in brackets, how often each stays."
    if row["lists"] == "methods":
        told = f"Five lists put {row['distinct']} different things among their first three."
        for name, share in frame.loc[frame["mine"], ["name", "share"]].itertuples(index=False):
            told += f" {name}, your choice, is on {len(METHODS) * share:.0f} of the five lists."
        return told
    listed = f"{METHODS[row['method']]} puts first: {', '.join(first['name'])}."
    return listed if row["lists"] == "first" else "A table of sixteen things, all made up."
