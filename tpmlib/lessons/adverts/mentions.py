"""Which adverts of a role are read, and which of the counted responsibilities each mentions."""

from typing import Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError

Compare = Literal["pm", "tpgm"]  # the role beside TPM
Texts = Literal["all", "full"]  # all adverts, or those read whole


def counted(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The rows with a count: an instructor's own never enter a statistic."""
    return responsibilities[responsibilities["source"] == "counted"]


def of_texts(adverts: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """The adverts to be read."""
    return adverts if texts == "all" else adverts[adverts["full_text"].astype(bool)]


def mentions(
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    role: str,
    *,
    texts: Texts = "all",
    length: Literal["all", "short", "long"] = "all",
) -> tuple[np.ndarray, np.ndarray]:
    """Adverts x counted responsibilities [0 or 1], and the words of each advert.

    role: a role of adverts.csv.
    length: of the adverts left, all, or the short or long half, parted at their median length.
    Raises CourseError when no advert is left.
    """
    rows = of_texts(adverts[adverts["role"] == role], texts)
    if rows.empty:
        raise CourseError(f"adverts: none of role {role!r} among those to be read; 1 or more")
    if length != "all":
        rows = rows[(rows["words"] <= rows["words"].median()) == (length == "short")]
    ids = list(counted(responsibilities)["responsibility_id"])
    return rows[ids].to_numpy(dtype=float), rows["words"].to_numpy(dtype=float)
