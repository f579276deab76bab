"""Which duties stand on both roles' lists, and which on one only, at a cut: a stage's model.

A list is made by a cut, the share of a role's adverts that must mention a duty. So the frame holds
all duties, each with the list it stands on and its place there, and a lower cut moves them.
"""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, checked
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.mentions import counted, mentions, second_study

KEY = "name"
MOVES = ("x", "y", "seen")
LISTS = ("TPM only", "both", "PM only", "neither")
ROWS = 15  # names that a column of the picture holds
COLUMNS = {"TPM only": 0, "both": 1, "PM only": 2}  # of the picture


@checked
def duty_lists(
    *, adverts: pd.DataFrame, responsibilities: pd.DataFrame, cut: Annotated[int, Range(1, 60)]
) -> pd.DataFrame:
    """Every duty, the list that it stands on, and its place there.

    adverts, responsibilities: the tables of those names.
    cut: share of a role's adverts that must mention a duty [percent].

    Returns one row per counted responsibility: `id`, `name`, `list` (of LISTS), `tpm`, `pm` [share
    of the role's adverts that mention it, 0 to 1], `x` [column of the picture], `y` [row], `seen`
    (1 where there is room for its name, else 0). On every row `cut`, `tpm_n`, `pm_n` [adverts],
    `tpm_list`, `pm_list`, `shared` [duties].
    Raises CourseError for a cut out of range or a role without adverts.
    """
    hits = [mentions(second_study(adverts), responsibilities, role)[0] for role in ("tpm", "pm")]
    # whole numbers on both sides, so that 3 of 60 is exactly at a cut of 5%
    tpm, pm = (part.sum(axis=0) * 100 >= cut * len(part) for part in hits)
    kinds = np.select([tpm & ~pm, tpm & pm, pm & ~tpm], LISTS[:3], LISTS[3])
    names = counted(responsibilities)[["responsibility_id", "name"]].reset_index(drop=True)
    frame = names.set_axis(["id", "name"], axis=1).assign(list=kinds)
    frame["tpm"], frame["pm"] = (part.mean(axis=0) for part in hits)
    frame = frame.iloc[np.argsort(-frame[["tpm", "pm"]].max(axis=1), kind="stable")]
    frame = frame.reset_index(drop=True)
    numbers = frame.groupby("list").cumcount()
    places = [_place(*pair) for pair in zip(frame["list"], numbers, strict=True)]
    frame[["x", "y", "seen"]] = np.array(places, dtype=float)
    sizes = {"tpm_list": tpm.sum(), "pm_list": pm.sum(), "shared": (tpm & pm).sum()}
    return frame.assign(cut=cut, tpm_n=len(hits[0]), pm_n=len(hits[1]), **sizes)


def _place(kind: str, number: int) -> tuple[float, float, float]:
    """Column, row and visibility of the duty of this number [from 0] on its list."""
    if kind in COLUMNS and number < ROWS:
        return COLUMNS[kind], number, 1
    return COLUMNS.get(kind, 1), ROWS, 0


def unseen(frame: pd.DataFrame, kind: str) -> int:
    """How many duties of a list have no room for their names."""
    return int((frame["list"] == kind).sum() - (frame["list"] == kind)[frame["seen"] > 0].sum())


def describe(frame: pd.DataFrame) -> str:
    """How long the two lists are at the cut, and how many duties are on both."""
    row = frame.iloc[0]
    tpm, pm = (int(-(-row["cut"] * row[f"{role}_n"] // 100)) for role in ("tpm", "pm"))
    return say("duty_lists.lists", tpm_least=tpm, pm_least=pm, **row)
