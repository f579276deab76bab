"""Which adverts of a role are read, and which of the counted responsibilities each mentions."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest

CHOICES = {
    "compare": ("pm", "tpgm"),  # the role beside TPM
    "texts": ("all", "full"),  # all adverts, or those read whole
    "length": ("all", "short", "long"),
}


def check_choices(known: Mapping[str, Iterable[str]], **chosen: str) -> None:
    """CourseError for the first choice that is not a known one of its name."""
    for name, value in chosen.items():
        if value not in known[name]:
            raise CourseError(f"{name}: {nearest(value, known[name])}")


def counted(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The rows with a count: an instructor's own never enter a statistic."""
    return responsibilities[responsibilities["source"] == "counted"]


def of_texts(adverts: pd.DataFrame, texts: str) -> pd.DataFrame:
    """The adverts to be read: "all", or those whose "full" text is there.

    Raises CourseError for an unknown choice.
    """
    check_choices(CHOICES, texts=texts)
    return adverts if texts == "all" else adverts[adverts["full_text"].astype(bool)]


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
    check_choices(CHOICES, length=length)
    rows = of_texts(adverts[adverts["role"] == role], texts)
    if rows.empty:
        raise CourseError(f"adverts: none of role {role!r} among those to be read; 1 or more")
    if length != "all":
        rows = rows[(rows["words"] <= rows["words"].median()) == (length == "short")]
    ids = list(counted(responsibilities)["responsibility_id"])
    return rows[ids].to_numpy(dtype=float), rows["words"].to_numpy(dtype=float)
