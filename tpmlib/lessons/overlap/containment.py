"""Which role's list of duties lies inside the other's, over the cut that makes the lists.

A list is not found in the adverts: it is made by a cut, the share of a role's adverts that must
mention a duty. What is inside what follows the lengths of the lists, so the cut is always shown.
"""

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, check_ranges, nearest
from tpmlib.kit.inference import keep_chance
from tpmlib.lessons.adverts.mentions import counted, mentions

PILES = ("counted", "same_number", "equal_length", "shuffled")
RANGES = {"draws": (20, 5_000), "seed": (0, 2**32 - 1), "cut": (1, 60)}
CUTS = np.arange(1, 61)  # percent of a role's adverts
INSIDE = {"tpm_in_pm": "tpm", "pm_in_tpm": "pm"}  # a containment, and the list it is a share of
LISTS = ("TPM only", "both", "PM only")


def containment(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    piles: str,
    texts: str,
    draws: int,
    seed: int,
) -> pd.DataFrame:
    """Sizes of the two lists and of what they share, for every cut from 1% to 60%.

    adverts, responsibilities: the tables of those names.
    piles: what stands for PM adverts: "counted" (all, as they are), "same_number" (as many as
        there are TPM adverts, drawn anew each time), "equal_length" (mentions thinned as if they
        had a TPM advert's length), or "shuffled" (the titles of both roles dealt out at random).
    texts: "all" adverts, or "full" for those read whole.
    draws: random draws for averages and intervals [20 to 5,000].
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
    if piles not in PILES:
        raise CourseError(f"piles: {nearest(piles, PILES)}")
    check_ranges(RANGES, draws=draws, seed=seed)
    tpm, lengths = mentions(adverts, responsibilities, "tpm", texts=texts)
    pm, words = mentions(adverts, responsibilities, "pm", texts=texts)
    generator = np.random.default_rng(seed)
    many = len(tpm) if piles == "same_number" else len(pm)
    if piles == "counted":
        seen = _sizes(tpm.sum(axis=0)[None], len(tpm), pm.sum(axis=0)[None], len(pm))
    else:
        seen = _sizes(*_drawn(tpm, pm, lengths, words, piles, draws, generator))
    again = seen  # luck is the whole spread: there is nothing to draw again
    if piles != "shuffled":
        again = _again(tpm, pm, lengths, words, piles, draws, generator)
    frame = pd.DataFrame({"cut": CUTS} | {k: v.mean(axis=0) for k, v in seen.items()})
    chance = None
    if piles == "counted":
        generator = np.random.default_rng(seed)  # the very shuffles that "shuffled" shows
        chance = _sizes(*_drawn(tpm, pm, lengths, words, "shuffled", draws, generator))
    for name, whole in INSIDE.items():
        there = frame[whole] >= 1  # an average list of less than one duty is none
        frame[name] = (frame["both"] / frame[whole].clip(lower=1)).where(there)
        for spread, kind in ((again, ""), (chance, "_luck")):
            low, high = _ends(spread, whole)
            frame[f"{name}{kind}_low"] = low.where(there)
            frame[f"{name}{kind}_high"] = high.where(there)
    frame["tpm_n"], frame["pm_n"], frame["piles"], frame["texts"] = len(tpm), many, piles, texts
    return frame


def _ends(drawn: dict[str, np.ndarray] | None, whole: str) -> tuple[pd.Series, pd.Series]:
    """Ends of the middle 90% of a containment over the draws, cut by cut."""
    if drawn is None:
        return pd.Series(np.nan, range(len(CUTS))), pd.Series(np.nan, range(len(CUTS)))
    share = drawn["both"] / np.maximum(drawn[whole], 1)  # an empty list holds nothing
    low, high = np.percentile(share, [5, 95], axis=0)
    return pd.Series(low), pd.Series(high)


Counts = tuple[np.ndarray, int, np.ndarray, int]


def _drawn(
    tpm: np.ndarray,
    pm: np.ndarray,
    lengths: np.ndarray,
    words: np.ndarray,
    piles: str,
    draws: int,
    generator: np.random.Generator,
) -> Counts:
    """Counts of each draw, and the adverts behind them; nothing is drawn with replacement."""
    first, second = [], []
    for _ in range(draws):
        one, other = tpm, pm
        if piles == "shuffled":
            mixed = generator.permutation(np.vstack([tpm, pm]))
            one, other = mixed[: len(tpm)], mixed[len(tpm) :]
        elif piles == "same_number":
            other = generator.permutation(pm)[: len(tpm)]
        elif piles == "equal_length":
            chance = keep_chance(words, lengths, generator)
            other = pm * (generator.random(pm.shape) < chance[:, None])
        first.append(one.sum(axis=0))
        second.append(other.sum(axis=0))
    return np.array(first), len(tpm), np.array(second), len(other)


def _again(
    tpm: np.ndarray,
    pm: np.ndarray,
    lengths: np.ndarray,
    words: np.ndarray,
    piles: str,
    draws: int,
    generator: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Sizes when the adverts of each role are drawn again with replacement."""
    many = len(tpm) if piles == "same_number" else len(pm)
    first = generator.multinomial(len(tpm), np.full(len(tpm), 1 / len(tpm)), draws) @ tpm
    weights = generator.multinomial(many, np.full(len(pm), 1 / len(pm)), draws)
    if piles != "equal_length":
        return _sizes(first, len(tpm), weights @ pm, many)
    second = [
        weight
        @ (pm * (generator.random(pm.shape) < keep_chance(words, lengths, generator)[:, None]))
        for weight in weights
    ]
    return _sizes(first, len(tpm), np.array(second), many)


def _sizes(first: np.ndarray, n: int, second: np.ndarray, m: int) -> dict[str, np.ndarray]:
    """Draws x cuts: the lengths of both lists and of what they share."""
    # whole numbers on both sides, so that 3 of 60 is exactly at a cut of 5%
    listed = first[:, None, :] * 100 >= CUTS[None, :, None] * n
    other = second[:, None, :] * 100 >= CUTS[None, :, None] * m
    parts = {"tpm": listed, "pm": other, "both": listed & other}
    return {name: part.sum(axis=2) for name, part in parts.items()}


def listed(*, adverts: pd.DataFrame, responsibilities: pd.DataFrame, cut: int) -> pd.DataFrame:
    """The responsibilities on one list only and on both, by name, the widest gap first.

    adverts, responsibilities: the tables of those names.
    cut: share of a role's adverts that must mention a responsibility [1 to 60 percent].

    Returns one row per listed responsibility: `list` ("TPM only", "both" or "PM only", in this
    order), `name`, and `tpm`, `pm` [adverts that mention it].
    Raises CourseError for a cut out of range or a role without adverts.
    """
    check_ranges(RANGES, cut=cut)
    hits = [mentions(adverts, responsibilities, role)[0] for role in ("tpm", "pm")]
    one, other = (part.sum(axis=0) * 100 >= cut * len(part) for part in hits)
    frame = pd.DataFrame({"list": np.select([one & ~other, one & other], LISTS[:2], LISTS[2])})
    frame["name"] = counted(responsibilities)["name"].to_numpy()
    frame["tpm"], frame["pm"] = (part.sum(axis=0).astype(int) for part in hits)
    gap = np.abs(hits[0].mean(axis=0) - hits[1].mean(axis=0))
    place = frame["list"].map(LISTS.index)
    order = np.lexsort((-gap, place))
    return frame.iloc[order][(one | other)[order]].reset_index(drop=True)


def view(frame: pd.DataFrame, *, cut: int) -> pd.DataFrame:
    """All rows, with the cut that the picture shows marked in `chosen`.

    cut: share of a role's adverts that must mention a responsibility [1 to 60 percent].
    Raises CourseError for a value outside its range.
    """
    check_ranges(RANGES, cut=cut)
    return frame.assign(chosen=frame["cut"] == cut)


def describe(frame: pd.DataFrame) -> str:
    """What a list is at this cut, and both containments with luck beside them."""
    row = frame[frame["chosen"]].iloc[0]
    least = [int(-(-row["cut"] * row[f"{role}_n"] // 100)) for role in ("tpm", "pm")]
    average = "" if row["piles"] == "counted" else "on average "
    said = (
        f"Cut {row['cut']}%: named in at least {least[0]} of {row['tpm_n']} TPM adverts, or "
        f"{least[1]} of {row['pm_n']} PM adverts{PILE_WORDS[row['piles']]}. The TPM list has "
        f"{average}{_size(row['tpm'])} responsibilities, the PM list {_size(row['pm'])}; "
        f"{_size(row['both'])} are on both. "
    )
    return said + f"{_share(row, 'tpm', 'pm')} {_share(row, 'pm', 'tpm')}"


PILE_WORDS = {
    "counted": "",
    "same_number": " drawn at random",
    "equal_length": " thinned to TPM length",
    "shuffled": " with the titles shuffled",
}


def _size(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def luck(row: pd.Series, name: str) -> tuple[float, float]:
    """Between which 90% of the shuffles lie [share of a list]; nan for piles that have none."""
    part = "" if row["piles"] == "shuffled" else "_luck"
    return row[f"{name}{part}_low"], row[f"{name}{part}_high"]


def _share(row: pd.Series, one: str, other: str) -> str:
    name = f"{one}_in_{other}"
    if np.isnan(row[name]):
        return f"The {one.upper()} list is empty."
    said = f"{row[name]:.0%} of the {one.upper()} list is inside the {other.upper()} list"
    low, high = luck(row, name)
    return said + ("." if np.isnan(low) else f" (nine shuffles in ten: {low:.0%} to {high:.0%}).")
