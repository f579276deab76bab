"""Which role's list of duties lies inside the other's, over the cut that makes the lists.

A list is not found in the adverts: it is made by a cut, the share of a role's adverts that must
mention a duty. What is inside what follows the lengths of the lists, so the cut is always shown.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
import pandas as pd

from tpmlib.kit.inference import redrawn
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.adverts.mentions import counted, mentions, second_study

PILES = {  # what stands for PM adverts, and how a sentence about them goes on
    "counted": "",
    "same_number": " drawn at random",
    "shuffled": " with the titles shuffled",
}
Cut = Annotated[int, Range(1, 60)]  # percent of a role's adverts
CUTS = np.arange(1, 61)
INSIDE = {"tpm_in_pm": "tpm", "pm_in_tpm": "pm"}  # a containment, and the list it is a share of
LISTS = ("TPM only", "both", "PM only")


@checked
def containment(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    piles: Literal["counted", "same_number", "shuffled"],
    draws: Annotated[int, Range(20, 5_000)],
    seed: Seed,
) -> pd.DataFrame:
    """Sizes of the two lists and of what they share, for every cut from 1% to 60%.

    adverts, responsibilities: the tables of those names.
    piles: what stands for PM adverts: "counted" (all, as they are), "same_number" (as many as
        there are TPM adverts, drawn anew each time), or "shuffled" (the titles of both roles dealt
        out at random).
    draws: random draws for averages and intervals.
    seed: same seed, same rows.

    Returns one row per cut: `cut` [percent], `tpm`, `pm`, `both` [responsibilities; averages over
    the draws unless counted], `tpm_in_pm` = both / tpm and `pm_in_tpm` = both / pm [0 to 1; NaN
    for a list of less than one], each with a 90% bootstrap interval (`_low`, `_high`: adverts
    drawn again with replacement, which can only lose rare duties, so at low cuts the share seen
    lies at the upper end) and the ends of what nine in ten shuffles of the titles give
    (`_luck_low`, `_luck_high`; NaN unless the adverts are as counted), `tpm_n`, `pm_n` [adverts]
    and the settings.
    Raises CourseError for an unknown choice, a value out of range or a role without adverts.
    """
    tpm, pm = (mentions(second_study(adverts), responsibilities, role)[0] for role in ("tpm", "pm"))
    roles, generator = Roles(tpm, pm), np.random.default_rng(seed)
    sizes = roles.dealt(piles, 1 if piles == "counted" else draws, generator)
    again, luck = sizes, None  # the spread of shuffled titles is luck: there is nothing to redraw
    if piles != "shuffled":
        again = roles.drawn_again(piles, draws, generator)
    if piles == "counted":  # by the very shuffles that "shuffled" shows
        luck = roles.dealt("shuffled", draws, np.random.default_rng(seed))
    frame = pd.DataFrame({"cut": CUTS} | {name: part.mean(axis=0) for name, part in sizes.items()})
    for name, whole in INSIDE.items():
        there = frame[whole] >= 1  # an average list of less than one duty is none
        frame[name] = (frame["both"] / frame[whole].clip(lower=1)).where(there)
        for spread, kind in ((again, ""), (luck, "_luck")):
            low, high = _ends(spread, whole)
            frame[f"{name}{kind}_low"] = np.where(there, low, np.nan)
            frame[f"{name}{kind}_high"] = np.where(there, high, np.nan)
    frame["tpm_n"], frame["pm_n"] = len(roles.tpm), roles.pm_drawn(piles)
    return frame.assign(piles=piles)


Sizes = dict[str, np.ndarray]  # of "tpm", "pm" and "both": draws x cuts [responsibilities]


@dataclass(frozen=True)
class Roles:
    """The adverts of both roles: what each mentions (adverts x responsibilities)."""

    tpm: np.ndarray
    pm: np.ndarray

    def pm_drawn(self, piles: str) -> int:
        """How many adverts stand for PM adverts."""
        return len(self.tpm) if piles == "same_number" else len(self.pm)

    def dealt(self, piles: str, draws: int, generator: np.random.Generator) -> Sizes:
        """Sizes of the lists in each draw; no advert is drawn twice."""
        counts = np.array(
            [[hits.sum(axis=0) for hits in self._deal(piles, generator)] for _ in range(draws)]
        )
        return _sizes(counts[:, 0], len(self.tpm), counts[:, 1], self.pm_drawn(piles))

    def _deal(self, piles: str, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The adverts that one draw calls TPM, and those that it calls PM."""
        if piles == "shuffled":
            mixed = generator.permutation(np.vstack([self.tpm, self.pm]))
            return mixed[: len(self.tpm)], mixed[len(self.tpm) :]
        if piles == "same_number":
            return self.tpm, generator.permutation(self.pm)[: len(self.tpm)]
        return self.tpm, self.pm

    def drawn_again(self, piles: str, draws: int, generator: np.random.Generator) -> Sizes:
        """Sizes of the lists when the adverts of each role are drawn again with replacement."""
        tpm, number = redrawn(self.tpm, draws, generator), self.pm_drawn(piles)
        pm = redrawn(self.pm, draws, generator, number)
        return _sizes(tpm, len(self.tpm), pm, number)


def _sizes(tpm: np.ndarray, tpm_n: int, pm: np.ndarray, pm_n: int) -> Sizes:
    """Lengths of both lists and of what they share, from how many adverts mention each duty."""
    # whole numbers on both sides, so that 3 of 60 is exactly at a cut of 5%
    first = tpm[:, None, :] * 100 >= CUTS[None, :, None] * tpm_n
    second = pm[:, None, :] * 100 >= CUTS[None, :, None] * pm_n
    parts = {"tpm": first, "pm": second, "both": first & second}
    return {name: part.sum(axis=2) for name, part in parts.items()}


def _ends(sizes: Sizes | None, whole: str) -> np.ndarray:
    """Ends of the middle 90% of a containment over the draws, cut by cut; nan without draws."""
    if sizes is None:
        return np.full((2, len(CUTS)), np.nan)
    share = sizes["both"] / np.maximum(sizes[whole], 1)  # an empty list holds nothing
    return np.asarray(np.percentile(share, [5, 95], axis=0))


@checked
def listed(*, adverts: pd.DataFrame, responsibilities: pd.DataFrame, cut: Cut) -> pd.DataFrame:
    """The responsibilities on one list only and on both, by name, the widest gap first.

    adverts, responsibilities: the tables of those names.
    cut: share of a role's adverts that must mention a responsibility [percent].

    Returns one row per listed responsibility: `list` ("TPM only", "both" or "PM only", in this
    order), `name`, and `tpm`, `pm` [adverts that mention it].
    Raises CourseError for a cut out of range or a role without adverts.
    """
    hits = [mentions(second_study(adverts), responsibilities, role)[0] for role in ("tpm", "pm")]
    tpm, pm = (part.sum(axis=0) * 100 >= cut * len(part) for part in hits)
    frame = pd.DataFrame({"list": np.select([tpm & ~pm, tpm & pm], LISTS[:2], LISTS[2])})
    frame["name"] = counted(responsibilities)["name"].to_numpy()
    frame["tpm"], frame["pm"] = (part.sum(axis=0).astype(int) for part in hits)
    gap = np.abs(hits[0].mean(axis=0) - hits[1].mean(axis=0))
    place = frame["list"].map(LISTS.index)
    order = np.lexsort((-gap, place))
    return frame.iloc[order][(tpm | pm)[order]].reset_index(drop=True)


@checked
def view(frame: pd.DataFrame, *, cut: Cut) -> pd.DataFrame:
    """All rows, with the cut that the picture shows marked in `chosen`.

    cut: share of a role's adverts that must mention a responsibility [percent].
    Raises CourseError for a value outside its range.
    """
    return frame.assign(chosen=frame["cut"] == cut)


def describe(frame: pd.DataFrame) -> str:
    """What a list is at this cut, and both containments with luck beside them."""
    row = frame[frame["chosen"]].iloc[0]
    least = [int(-(-row["cut"] * row[f"{role}_n"] // 100)) for role in ("tpm", "pm")]
    average = "" if row["piles"] == "counted" else "on average "
    return (
        f"Cut {row['cut']}%: named in at least {least[0]} of {row['tpm_n']} TPM adverts, or "
        f"{least[1]} of {row['pm_n']} PM adverts{PILES[row['piles']]}. The TPM list has "
        f"{average}{tenths(row['tpm'])} responsibilities, the PM list {tenths(row['pm'])}; "
        f"{tenths(row['both'])} are on both. {_share(row, 'tpm', 'pm')} {_share(row, 'pm', 'tpm')}"
    )


def tenths(number: float) -> str:
    """A number to the tenth, and without it if it is whole."""
    return f"{number:.1f}".removesuffix(".0")


def luck(row: pd.Series, name: str) -> tuple[float, float]:
    """Between which 90% of the shuffles lie [share of a list]; nan for piles that have none."""
    part = "" if row["piles"] == "shuffled" else "_luck"
    return row[f"{name}{part}_low"], row[f"{name}{part}_high"]


def _share(row: pd.Series, role: str, other: str) -> str:
    name = f"{role}_in_{other}"
    if np.isnan(row[name]):
        return f"The {role.upper()} list is empty."
    inside = f"{row[name]:.0%} of the {role.upper()} list is inside the {other.upper()} list"
    low, high = luck(row, name)
    return inside + ("." if np.isnan(low) else f" (nine shuffles in ten: {low:.0%} to {high:.0%}).")
