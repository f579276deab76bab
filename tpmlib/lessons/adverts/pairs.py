"""Pairs of real adverts as lists of their duties: one for a TPM, one for a PM, titles hidden."""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.adverts.mentions import counted, second_study

TECHNICAL = ("Engineering depth", "Specifications and estimates")  # areas of engineering duties
APART = 2  # engineering duties by which the two adverts of a pair differ, at least


@checked
def pairs(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    obvious: Annotated[int, Range(0, 10)],
    caught: Annotated[int, Range(0, 10)],
    fewest: Annotated[int, Range(1, 62)],
    most: Annotated[int, Range(1, 62)],
    seed: Seed,
) -> pd.DataFrame:
    """Pairs drawn from the second study by rule, with as many duties on either side.

    adverts, responsibilities: the tables of those names. Duties are taken from term lists of high
        precision only; those of the areas of TECHNICAL are its engineering duties.
    obvious: pairs whose TPM advert has more engineering duties.   caught: pairs in which the PM
        advert has more.
    fewest, most: duties of each advert.   seed: same seed, same pairs.

    Returns one row a pair: `pair` [from 1], `tpm` and `pm` (duties by name, joined by " · "),
    `first` ("tpm" or "pm": which stands on the left), `obvious` [bool], and on every row `share`:
    of all such pairs, how often the advert with more engineering duties is the TPM's [0 to 1].
    Raises CourseError if there are too few such pairs.
    """
    duties = counted(responsibilities)
    duties = duties[duties["precision"] == "high"].sort_values("name")
    technical = duties["cluster"].isin(TECHNICAL)
    texts = second_study(adverts).sort_values("advert_id")
    hits = {
        role: texts.loc[texts["role"] == role, list(duties["responsibility_id"])].to_numpy(bool)
        for role in ("tpm", "pm")
    }
    number = {role: rows.sum(axis=1) for role, rows in hits.items()}
    depth = {role: rows[:, technical.to_numpy()].sum(axis=1) for role, rows in hits.items()}
    gap = depth["tpm"][:, None] - depth["pm"][None, :]
    fits = (number["tpm"][:, None] == number["pm"][None, :]) & (np.abs(gap) >= APART)
    fits &= (number["tpm"] >= fewest)[:, None] & (number["tpm"] <= most)[:, None]
    generator = np.random.default_rng(seed)
    chosen = _drawn(fits & (gap > 0), obvious, generator)
    chosen += _drawn(fits & (gap < 0), caught, generator, chosen)
    names, rows = duties["name"].to_numpy(str), []
    for place in generator.permutation(len(chosen)):
        tpm, pm = chosen[place]
        lists = {"tpm": names[hits["tpm"][tpm]], "pm": names[hits["pm"][pm]]}
        rows.append({role: " · ".join(each) for role, each in lists.items()})
        rows[-1] |= {"first": generator.choice(["tpm", "pm"]), "obvious": gap[tpm, pm] > 0}
    frame = pd.DataFrame(rows)
    frame.insert(0, "pair", np.arange(1, len(frame) + 1))
    return frame.assign(share=(gap[fits] > 0).mean())


def _drawn(
    fits: np.ndarray,
    number: int,
    generator: np.random.Generator,
    taken: list[tuple[int, int]] | None = None,
) -> list[tuple[int, int]]:
    """`number` of the pairs that fit, no advert in two of them."""
    drawn: list[tuple[int, int]] = []
    for tpm, pm in generator.permutation(np.argwhere(fits)):
        used = [*(taken or []), *drawn]
        if len(drawn) < number and all(tpm != a and pm != b for a, b in used):
            drawn.append((int(tpm), int(pm)))
    if len(drawn) < number:
        raise CourseError(f"pairs: {len(drawn)} in these adverts; {number}")
    return drawn
