"""What a job advert mentions, and whose adverts it resembles.

An advert is reduced to 62 yes-or-no indicators. Adverts are worded differently; the score says
how this one is worded, and nothing yet about what the holder of the post does.
"""

import re

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.patterns import matches
from tpmlib.lessons.adverts.mentions import counted, mentions, second_study
from tpmlib.lessons.adverts.wording import wording, wordings

FEWEST_WORDS = 60  # below this a text names too few duties to compare: the shortest advert has 66
MOST_CHARACTERS = 100_000  # some 15,000 words; the longest counted advert has about 1,000
NEIGHBOURS = 15
ROLES = ("tpm", "pm")


def find_terms(text: str, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """Where the term lists of the counted responsibilities match in `text`.

    text: any length; read as `wording` does, so that only its words count.
    Returns one row per match: `responsibility_id`, `name`, `cluster`, `start`, `end` [characters].
    """
    readings, rows = wordings(text), []
    for row in counted(responsibilities).itertuples():
        # a list in lower case needs no flag, which makes the search three times slower
        case = re.IGNORECASE if row.terms != row.terms.lower() else re.NOFLAG
        for reading in readings:
            for match in matches(row.terms, reading.words, case):
                place = reading.place(*match.span())
                rows.append((row.responsibility_id, row.name, row.cluster, *place))
    columns = ["responsibility_id", "name", "cluster", "start", "end"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def count_words(text: str) -> int:
    """Words of a text, as separated by white space; a tag is none."""
    return len(wording(text).words.split())


def read_advert(
    *, text: str, adverts: pd.DataFrame, responsibilities: pd.DataFrame
) -> pd.DataFrame:
    """The profile of a text beside those of TPM and PM adverts, area by area.

    text: an advert of 60 words or more; only the first 100,000 characters are read.
    adverts, responsibilities: the tables of those names.

    Returns one row per area (cluster): `cluster`, `found` [counted members mentioned],
    `text_rate`, `tpm_rate`, `pm_rate` [distinct members mentioned per 100 words; for a role the
    mean over its adverts].
    Raises CourseError for a shorter text.
    """
    text = text[:MOST_CHARACTERS]
    words = count_words(text)
    if words < FEWEST_WORDS:
        raise CourseError(f"text: too short to tell: {words} words; {FEWEST_WORDS} or more")
    rows = counted(responsibilities).assign(found=indicators(text, responsibilities).astype(int))
    for role in ROLES:
        hits, lengths = mentions(second_study(adverts), responsibilities, role)
        rows[f"{role}_rate"] = (100 * hits / lengths[:, None]).mean(axis=0)
    members = rows[rows["counted_in_cluster"].astype(bool)]
    frame = members.groupby("cluster")[["found", "tpm_rate", "pm_rate"]].sum().reset_index()
    frame.insert(2, "text_rate", 100 * frame["found"] / words)
    return frame


def indicators(text: str, responsibilities: pd.DataFrame) -> np.ndarray:
    """For each counted responsibility, 1 if the text mentions it and 0 if not."""
    found = find_terms(text, responsibilities)["responsibility_id"]
    return np.asarray(counted(responsibilities)["responsibility_id"].isin(found), dtype=float)


def score(hits: np.ndarray, tpm: np.ndarray, pm: np.ndarray) -> np.ndarray:
    """Log odds of TPM against PM by multinomial naive Bayes, Laplace 1, equal priors.

    hits: texts x responsibilities.   tpm, pm: mentions per responsibility in each role's adverts.
    Returns one number a text; above 0 the wording is nearer to TPM adverts.
    """
    tpm_share, pm_share = (
        (mentioned + 1) / (mentioned + 1).sum(axis=-1, keepdims=True) for mentioned in (tpm, pm)
    )
    return np.asarray((hits * (np.log(tpm_share) - np.log(pm_share))).sum(axis=-1))


def of_roles(adverts: pd.DataFrame) -> pd.DataFrame:
    """The TPM and PM adverts of the second study."""
    return adverts[adverts["role"].isin(ROLES) & (adverts["batch"] == "second")]


def of_both_roles(
    adverts: pd.DataFrame, responsibilities: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """The second study's adverts x counted responsibilities [0 or 1], and which are for TPMs."""
    rows = of_roles(adverts)
    ids = list(counted(responsibilities)["responsibility_id"])
    return rows[ids].to_numpy(float), (rows["role"] == "tpm").to_numpy()


def leave_one_out(hits: np.ndarray, is_tpm: np.ndarray) -> np.ndarray:
    """The score of each text by the others.

    hits: texts x responsibilities, 0 or 1.   is_tpm: which texts are TPM adverts.
    Returns one number a text [log odds].
    """
    tpm = hits[is_tpm].sum(axis=0) - hits * is_tpm[:, None]
    pm = hits[~is_tpm].sum(axis=0) - hits * ~is_tpm[:, None]
    return score(hits, tpm, pm)


def balanced_accuracy(scores: np.ndarray, is_tpm: np.ndarray) -> float:
    """Mean of the shares of TPM and of PM adverts on their own side of 0 [0 to 1]."""
    right = (scores > 0) == is_tpm
    return float((right[is_tpm].mean() + right[~is_tpm].mean()) / 2)


def resemblance(
    *, text: str, adverts: pd.DataFrame, responsibilities: pd.DataFrame
) -> dict[str, float]:
    """Whose adverts the wording of `text` resembles, and how far to trust the answer.

    Returns `score` [log odds, above 0 nearer TPM], `accuracy` [balanced, leave one out],
    `neighbours` and `neighbours_tpm`: of the adverts with the nearest scores, how many are TPM;
    `tpm_n` and `all_n`: TPM adverts and all adverts scored; `duties`: responsibilities mentioned,
    of the `counted`.
    """
    hits, is_tpm = of_both_roles(adverts, responsibilities)
    scores = leave_one_out(hits, is_tpm)
    mentioned = indicators(text[:MOST_CHARACTERS], responsibilities)
    own = float(score(mentioned, hits[is_tpm].sum(axis=0), hits[~is_tpm].sum(axis=0)))
    names = of_roles(adverts)["advert_id"].to_numpy(str)
    nearest = np.lexsort((names, np.abs(scores - own)))[:NEIGHBOURS]  # equally near ones by name
    return {
        "score": own,
        "accuracy": balanced_accuracy(scores, is_tpm),
        "neighbours": len(nearest),
        "neighbours_tpm": int(is_tpm[nearest].sum()),
        "tpm_n": int(is_tpm.sum()),
        "all_n": len(scores),
        "duties": int(mentioned.sum()),
        "counted": len(mentioned),
    }


def describe(frame: pd.DataFrame) -> str:
    """One sentence: the area in which the text stands out most, beside the two roles."""
    gap = frame["text_rate"] - frame[["tpm_rate", "pm_rate"]].max(axis=1)
    row = frame.loc[gap.idxmax()]
    total = int(frame["found"].sum())
    if not total:
        return "No responsibility that counts for an area is found in this text."
    return (
        f"{total} responsibilities found that count for an area; most for its length in "
        f"{row['cluster']}: {row['text_rate']:.2f} per 100 words, against {row['tpm_rate']:.2f} in "
        f"TPM and {row['pm_rate']:.2f} in PM adverts."
    )
