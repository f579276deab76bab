"""Titles torn off and dealt anew: how often luck alone makes a gap as wide as the printed one."""

from typing import Annotated, Any, Unpack

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.role_profile import Reading, role_profile

ENOUGH = 1_000  # deals, from which on p is told beside their count
KEY = "mentions"
MOVES = ("share",)


@checked
def deals(
    *, area: str, number: Annotated[int, Range(0, 20_000)], seed: Seed, **read: Unpack[Reading]
) -> pd.DataFrame:
    """How many of the TPM adverts mention an area, over random deals of the titles.

    adverts, responsibilities, first_study, old_lists, study: as in `role_profile`.
    area: its name.   number: deals.   seed: same seed, same deals; the first ten of a thousand are
        the ten.

    Returns one row for each number of TPM adverts that a deal can give: `mentions`, `deals` (how
    many of the deals gave it), `share` of the commonest one [0 to 1], `wide` (whether its gap is at
    least as wide as the printed one). On every row: `printed` [adverts], `tpm_n`, `other_n`,
    `total` [adverts that mention it], `number`, `area`, and `p`, the share of all deals that are
    as wide.
    Raises CourseError for an unknown area.
    """
    profile = role_profile(**read, compare="pm", level="clusters")
    if area not in set(profile["id"]):
        raise CourseError(f"area: {nearest(area, profile['id'])}")
    row: Any = profile[profile["id"] == area].iloc[0]
    n, m = int(row["tpm_n"]), int(row["other_n"])
    total = int(row["tpm_count"] + row["other_count"])
    dealt = np.random.default_rng(seed).hypergeometric(total, n + m - total, n, number)
    mentions = np.arange(max(0, total - m), min(n, total) + 1)
    gaps = np.abs(mentions / n - (total - mentions) / m)
    frame = pd.DataFrame(
        {
            "mentions": mentions,
            "deals": [int((dealt == count).sum()) for count in mentions],
            "wide": gaps >= abs(row["difference"]) - 1e-9,
        }
    )
    frame["share"] = frame["deals"] / max(1, frame["deals"].max())
    about = {"printed": int(row["tpm_count"]), "tpm_n": n, "other_n": m, "total": total}
    return frame.assign(**about, number=number, area=row["name"], p=row["p"])


def describe(frame: pd.DataFrame) -> str:
    """What the last deals gave, and how many are as wide as the printed gap."""
    row = frame.iloc[0]
    told = {**row, "all": row["tpm_n"] + row["other_n"], "thousandth": 1000 * row["p"]}
    if not row["number"]:
        return say("deals.none", **told)
    if row["number"] == 1:
        dealt, wide = frame.loc[frame["deals"] > 0, ["mentions", "wide"]].iloc[0]
        rare = f" {say('deals.rare', **told)}" if wide else ""
        return f"{say('deals.single', dealt=dealt, **told)}{rare}"
    wide = int(frame.loc[frame["wide"], "deals"].sum())
    share = f" {say('deals.all', **told)}" if row["number"] >= ENOUGH else ""
    return f"{say('deals.wide', **told | {'wide': wide})}{share}"
