"""Your week by area of work, beside how much of their wording two roles' adverts give to each.

Adverts count words, you give hours: two different things on one scale. An area with many rows in
the list of responsibilities also collects more mentions. So the picture orders, it does not judge.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.inference import redrawn
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.mentions import counted, mentions, second_study
from tpmlib.lessons.who_does_what.overlap import profile_of, shared, shares

AREA_HOURS = 40  # a week, at most, for one area
WEEK_HOURS = 168
LIKE = 0.65  # overlap with a title's adverts below which a week is little like them (assumed)
Hours = Annotated[float, Range(0, AREA_HOURS)]


@checked
def profile(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    strategy: Hours,
    customer_evidence: Hours,
    commercial_work: Hours,
    specifications_and_feasibility: Hours,
    engineering_depth: Hours,
    security_and_compliance: Hours,
    tactical_delivery: Hours,
    resources: Hours,
    translation_and_communication: Hours,
    draws: Annotated[int, Range(20, 20_000)],
    seed: Seed,
) -> pd.DataFrame:
    """Your hours as shares, beside each role's share of mentions, and how near they are.

    adverts, responsibilities: the tables of those names.
    strategy to translation_and_communication: your hours [a week].
    draws: bootstrap draws over adverts.   seed: same seed, same rows.

    Returns one row per area: `area`, `hours`, `yours`, `tpm`, `pm` [shares, each sums to 1; yours
    are 0 without hours]. On every row: `near_tpm`, `near_pm` (overlap of your shares with the
    role's, 0 to 1, with 90% intervals `_low`, `_high`), `nearer` = near_tpm - near_pm with its
    interval `nearer_low`, `nearer_high`, and `total` [hours].
    Raises CourseError for a value outside its range.
    """
    hours = {
        "Strategy": strategy,
        "Customer evidence": customer_evidence,
        "Commercial work": commercial_work,
        "Specifications and feasibility": specifications_and_feasibility,
        "Engineering depth": engineering_depth,
        "Security and compliance": security_and_compliance,
        "Tactical delivery": tactical_delivery,
        "Resources": resources,
        "Translation and communication": translation_and_communication,
    }
    given = np.array(list(hours.values()), dtype=float)
    yours = given / max(given.sum(), 1e-12)
    frame = pd.DataFrame({"area": list(hours), "hours": given, "yours": yours})
    generator, near = np.random.default_rng(seed), {}
    member = counted(responsibilities)["cluster"].to_numpy()[:, None] == np.array(list(hours))
    for role in ("tpm", "pm"):
        hits = mentions(second_study(adverts), responsibilities, role)[0] @ member
        frame[role] = profile_of(hits)
        near[f"near_{role}"] = shared(yours, shares(redrawn(hits, draws, generator)))
        frame[f"near_{role}"] = shared(yours, frame[role].to_numpy())
    frame["nearer"] = frame["near_tpm"] - frame["near_pm"]
    _add_intervals(frame, near | {"nearer": near["near_tpm"] - near["near_pm"]})
    return frame.assign(total=given.sum())


def _add_intervals(frame: pd.DataFrame, draws: dict[str, np.ndarray]) -> None:
    """Add a 90% interval for each column, from its bootstrap draws."""
    for name, drawn in draws.items():
        frame[f"{name}_low"], frame[f"{name}_high"] = np.percentile(drawn, [5, 95])


def nearest_role(row: pd.Series) -> str:
    """ "tpm", "pm", "open" (the interval holds both), "neither" (unlike both) or "none"."""
    if row["total"] == 0:
        return "none"
    if max(row["near_tpm"], row["near_pm"]) < LIKE:
        return "neither"
    if row["nearer_low"] > 0:
        return "tpm"
    return "pm" if row["nearer_high"] < 0 else "open"


def pulls(frame: pd.DataFrame) -> str:
    """The two areas that pull the week most to the title that it is nearer to."""
    tpm, pm = frame["tpm"], frame["pm"]
    more = frame["yours"] - (tpm + pm) / 2  # than adverts of either title give to it
    is_pm = frame["near_pm"].iloc[0] > frame["near_tpm"].iloc[0]
    first, second = (more * (pm - tpm) * (1 if is_pm else -1)).nlargest(2).index
    amounts = np.where(more > 0, "much", "little")
    areas = [
        say("profile.amount", amount=amounts[n], area=frame["area"][n].lower())
        for n in (first, second)
    ]
    return say("profile.pulls", role="pm" if is_pm else "tpm", first=areas[0], second=areas[1])


def describe(frame: pd.DataFrame) -> str:
    """How near the week is to each title's adverts, whether that tells, and what pulls it."""
    row = frame.iloc[0]
    if row["total"] == 0:
        return say("profile.none")
    week = f" {say('profile.week', hours=WEEK_HOURS)}" if row["total"] > WEEK_HOURS else ""
    verdict = say("profile.verdict", role=nearest_role(row))
    return f"{say('profile.near', **row)} {verdict} {pulls(frame)}{week}"
