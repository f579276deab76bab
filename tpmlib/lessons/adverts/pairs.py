"""Pairs of real adverts as lists of their duties: one for a TPM, one for a PM, titles hidden."""

from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.adverts.mentions import counted, second_study

TECHNICAL = ("Engineering depth", "Specifications and feasibility")  # areas of engineering duties
APART = 2  # engineering duties by which the two adverts of a pair differ, at least
ROLES = ("tpm", "pm")
JOINT = " · "  # between the duties of a list


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

    adverts, responsibilities: the tables of those names. Duties whose term lists are of low
        precision are left out; those that count for
        the areas of TECHNICAL are its engineering duties.
    obvious: pairs whose TPM advert has more engineering duties.   caught: pairs in which the PM
        advert has more.
    fewest, most: duties of each advert that is drawn.   seed: same seed, same pairs.

    Returns one row a pair: `pair` [from 1], `tpm` and `pm` (duties by name, joined by JOINT),
    `tpm_depth` and `pm_depth` [engineering duties], `technical` (the duties that are engineering,
    of both), `first` ("tpm" or "pm": which stands on the left), `obvious` [bool]; and on every row
    `share`, how often the advert with more engineering duties is the TPM's [0 to 1], of `number`
    pairs: all that have as many duties and part by APART or more, however long their lists.
    Raises CourseError if there are too few such pairs.
    """
    lists = _lists(adverts, responsibilities)
    generator = np.random.default_rng(seed)
    fit = lists.same & (np.abs(lists.gap) >= APART)
    length = lists.hits["tpm"].sum(axis=1)
    short = fit & ((length >= fewest) & (length <= most))[:, None]
    chosen = _drawn(short & (lists.gap > 0), obvious, generator, [])
    chosen += _drawn(short & (lists.gap < 0), caught, generator, chosen)
    order = generator.permutation(len(chosen))
    rows = [_row(lists, chosen[place], str(generator.choice(ROLES))) for place in order]
    frame = pd.DataFrame(rows)
    frame.insert(0, "pair", range(1, len(frame) + 1))
    return frame.assign(share=float((lists.gap[fit] > 0).mean()), number=int(fit.sum()))


class _Lists(NamedTuple):
    names: list[str]  # of the duties, in their order
    technical: np.ndarray  # which of them are engineering
    hits: dict[str, np.ndarray]  # by role: adverts x duties, in the order of their ids
    same: np.ndarray  # TPM x PM adverts: as many duties
    gap: np.ndarray  # TPM x PM adverts: how many engineering duties more the TPM advert has


def _lists(adverts: pd.DataFrame, responsibilities: pd.DataFrame) -> _Lists:
    duties = counted(responsibilities)
    duties = duties[duties["precision"] != "low"].sort_values("name")
    in_area = duties["counted_in_cluster"].astype(bool) & duties["cluster"].isin(TECHNICAL)
    technical = in_area.to_numpy(dtype=bool)
    texts = second_study(adverts).sort_values("advert_id")
    columns = list(duties["responsibility_id"])
    hits = {role: texts.loc[texts["role"] == role, columns].to_numpy(dtype=bool) for role in ROLES}
    number, depth = (
        {role: rows[:, which].sum(axis=1) for role, rows in hits.items()}
        for which in (technical | True, technical)
    )
    same = number["tpm"][:, None] == number["pm"]
    return _Lists(list(duties["name"]), technical, hits, same, depth["tpm"][:, None] - depth["pm"])


def _row(lists: _Lists, chosen: tuple[int, int], first: str) -> dict[str, object]:
    tpm, pm = chosen
    marks = {"tpm": lists.hits["tpm"][tpm], "pm": lists.hits["pm"][pm]}
    row: dict[str, object] = {role: _joined(lists.names, mark) for role, mark in marks.items()}
    row |= {f"{role}_depth": int((mark & lists.technical).sum()) for role, mark in marks.items()}
    both = (marks["tpm"] | marks["pm"]) & lists.technical
    obvious = bool(lists.gap[tpm, pm] > 0)
    return row | {"technical": _joined(lists.names, both), "first": first, "obvious": obvious}


def _joined(names: list[str], marks: np.ndarray) -> str:
    return JOINT.join(name for name, mark in zip(names, marks, strict=True) if mark)


def _drawn(
    fit: np.ndarray, number: int, generator: np.random.Generator, taken: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """`number` of the pairs that fit, no advert in two of them nor in one that is taken."""
    drawn: list[tuple[int, int]] = []
    for tpm, pm in generator.permutation(np.argwhere(fit)):
        if len(drawn) < number and all(tpm != a and pm != b for a, b in [*taken, *drawn]):
            drawn.append((int(tpm), int(pm)))
    if len(drawn) < number:
        raise CourseError(f"pairs: {len(drawn)} in these adverts; {number}")
    return drawn
