"""Which of the counted responsibilities each advert of a role mentions."""

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest

TEXTS = ("all", "full")
LENGTHS = ("all", "short", "long")


def counted(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The rows with a count: an instructor's own never enter a statistic."""
    return responsibilities[responsibilities["source"] == "counted"]


def mentions(
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    role: str,
    *,
    texts: str = "all",
    length: str = "all",
) -> tuple[np.ndarray, np.ndarray]:
    """Adverts x counted responsibilities [0 or 1], and the words of each advert.

    role: a role of adverts.csv.   texts: "all" adverts, or "full" for those read whole.
    length: "all", or the "short" or "long" half of those left, parted at their median length.
    Raises CourseError for an unknown choice, or when no advert is left.
    """
    for where, value, known in (("texts", texts, TEXTS), ("length", length, LENGTHS)):
        if value not in known:
            raise CourseError(f"{where}: {nearest(value, known)}")
    rows = adverts[adverts["role"] == role]
    rows = rows if texts == "all" else rows[rows["full_text"].astype(bool)]
    if rows.empty:
        raise CourseError(f"adverts: none of role {role!r} among those to be read; 1 or more")
    middle = rows["words"].median()
    if length != "all":
        rows = rows[(rows["words"] <= middle) == (length == "short")]
    ids = list(counted(responsibilities)["responsibility_id"])
    return rows[ids].to_numpy(dtype=float), rows["words"].to_numpy(dtype=float)
