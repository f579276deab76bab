"""Which counted adverts belong to a role, and which of the responsibilities each mentions."""

from typing import Literal

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError

Compare = Literal["pm", "tpgm"]  # the role beside TPM


def counted(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The rows with a count: an instructor's own never enter a statistic."""
    return responsibilities[responsibilities["source"] == "counted"]


def second_study(adverts: pd.DataFrame) -> pd.DataFrame:
    """The second study: whole texts, the only ones on which roles are compared."""
    return adverts[adverts["batch"] == "second"]


def fresh(adverts: pd.DataFrame) -> pd.DataFrame:
    """The second study without the adverts that had been in the first."""
    rows = second_study(adverts)
    return rows[~rows["repeated"].fillna(0).astype(bool)]


def of_first_study(first_study: pd.DataFrame, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The first study's rows with a 0/1 column a responsibility, as the adverts have them."""
    ids = list(counted(responsibilities)["responsibility_id"])
    hits = first_study["mentions"].str.get_dummies(" ").reindex(columns=ids, fill_value=0)
    return pd.concat([first_study.drop(columns="mentions"), hits], axis=1)


def of_study(
    study: str, adverts: pd.DataFrame, first_study: pd.DataFrame, responsibilities: pd.DataFrame
) -> pd.DataFrame:
    """The adverts of a study: "first", "fresh", "second" or a class's own, "class"."""
    if study == "first":
        return of_first_study(first_study, responsibilities)
    return fresh(adverts) if study == "fresh" else adverts[adverts["batch"] == study]


def mentions(
    adverts: pd.DataFrame, responsibilities: pd.DataFrame, role: str
) -> tuple[np.ndarray, np.ndarray]:
    """Adverts x counted responsibilities [0 or 1], and the words of each advert.

    role: a role of adverts.csv.
    Raises CourseError when no advert is left.
    """
    rows = adverts[adverts["role"] == role]
    if rows.empty:
        raise CourseError(f"adverts: none of role {role!r} among those to be read; 1 or more")
    ids = list(counted(responsibilities)["responsibility_id"])
    return rows[ids].to_numpy(dtype=float), rows["words"].to_numpy(dtype=float)
