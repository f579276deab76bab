"""Which role's list of duties lies inside the other's, over the cut that makes the lists.

A list is not found in the adverts: it is made by a cut, the share of a role's adverts that must
mention a duty. What is inside what follows the lengths of the lists, so the cut is always shown.
"""

from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.kit.words import number, say
from tpmlib.lessons.adverts.mentions import mentions, second_study

Cut = Annotated[int, Range(1, 60)]  # percent of a role's adverts
CUTS = np.arange(1, 61)
INSIDE = {"tpm_in_pm": "tpm", "pm_in_tpm": "pm"}  # a containment, and the list it is a share of
Sizes = dict[str, np.ndarray]  # of "tpm", "pm" and "both": draws x cuts [responsibilities]


@checked
def containment(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    piles: Literal["counted", "shuffled"],
    draws: Annotated[int, Range(20, 5_000)],
    seed: Seed,
) -> pd.DataFrame:
    """Sizes of the two lists and of what they share, for every cut from 1% to 60%.

    adverts, responsibilities: the tables of those names.
    piles: "counted" (titles as printed) or "shuffled" (dealt out at random).
    draws: times the titles are dealt out.   seed: same seed, same rows.

    Returns one row per cut: `cut` [percent], `tpm`, `pm`, `both` [responsibilities; means over the
    draws if shuffled], `tpm_in_pm` = both / tpm and `pm_in_tpm` = both / pm [0 to 1; NaN for a list
    of less than one], each with the ends of what nine in ten deals of the titles give (`_low`,
    `_high`), `tpm_n`, `pm_n` [adverts] and `piles`.
    Raises CourseError for an unknown choice, a value out of range or a role without adverts.
    """
    tpm, pm = (mentions(second_study(adverts), responsibilities, role)[0] for role in ("tpm", "pm"))
    luck = _dealt(tpm, pm, draws, np.random.default_rng(seed))
    printed = _sizes(tpm.sum(axis=0)[None], len(tpm), pm.sum(axis=0)[None], len(pm))
    sizes = printed if piles == "counted" else luck
    frame = pd.DataFrame({"cut": CUTS} | {name: part.mean(axis=0) for name, part in sizes.items()})
    for name, whole in INSIDE.items():
        there = frame[whole] >= 1  # an average list of less than one duty is none
        frame[name] = (frame["both"] / frame[whole].clip(lower=1)).where(there)
        shares = luck["both"] / np.maximum(luck[whole], 1)  # an empty list holds nothing
        low, high = np.percentile(shares, [5, 95], axis=0)
        frame[f"{name}_low"], frame[f"{name}_high"] = low, high
    return frame.assign(tpm_n=len(tpm), pm_n=len(pm), piles=piles)


def _dealt(tpm: np.ndarray, pm: np.ndarray, draws: int, generator: np.random.Generator) -> Sizes:
    """Sizes of the lists in each deal of the titles."""
    n, both = len(tpm), np.vstack([tpm, pm])
    firsts = np.array([generator.permutation(both)[:n].sum(axis=0) for _ in range(draws)])
    return _sizes(firsts, n, both.sum(axis=0) - firsts, len(pm))


def _sizes(tpm: np.ndarray, tpm_n: int, pm: np.ndarray, pm_n: int) -> Sizes:
    """Lengths of both lists and of what they share, from how many adverts mention each duty."""
    # whole numbers on both sides, so that 3 of 60 is exactly at a cut of 5%
    first = tpm[:, None, :] * 100 >= CUTS[None, :, None] * tpm_n
    second = pm[:, None, :] * 100 >= CUTS[None, :, None] * pm_n
    parts = {"tpm": first, "pm": second, "both": first & second}
    return {name: part.sum(axis=2) for name, part in parts.items()}


@checked
def view(frame: pd.DataFrame, *, cut: Cut) -> pd.DataFrame:
    """All rows, with the cut that the picture shows marked in `chosen`.

    cut: share of a role's adverts that must mention a responsibility [percent].
    Raises CourseError for a value outside its range.
    """
    return frame.assign(chosen=frame["cut"] == cut)


def describe(frame: pd.DataFrame) -> str:
    """How long the lists are at the chosen cut, and both containments with luck beside them."""
    row = frame[frame["chosen"]].iloc[0]
    numbers = {name: tenths(row[name]) for name in ("tpm", "pm", "both")}
    lists = say("containment.lists", piles=row["piles"], cut=row["cut"], **numbers)
    return f"{lists} {_share(row, 'tpm', 'pm')} {_share(row, 'pm', 'tpm')}"


def tenths(value: float) -> str:
    """A number to the tenth, and without it if it is whole."""
    return number(f"{value:.1f}".removesuffix(".0"))


def _share(row: pd.Series, role: str, other: str) -> str:
    name = f"{role}_in_{other}"
    if np.isnan(row[name]):
        return say("containment.empty", role=role.upper())
    ends = {"low": row[f"{name}_low"], "high": row[f"{name}_high"]}
    roles = {"role": role.upper(), "other": other.upper()}
    return say("containment.share", share=row[name], **roles, **ends)
