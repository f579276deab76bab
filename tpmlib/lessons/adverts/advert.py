"""What a job advert mentions, and whose adverts it resembles.

An advert is reduced to 62 yes-or-no indicators. Adverts are worded differently; the score says
how this one is worded, and nothing yet about what the holder of the post does.
"""

import re

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError

FEWEST_WORDS = 60  # below this a text names too few duties to compare: the shortest advert has 66
MOST_CHARACTERS = 100_000  # some 15,000 words; the longest counted advert has about 1,000
NEIGHBOURS = 15
ROLES = ("tpm", "pm")


def find_terms(text: str, responsibilities: pd.DataFrame) -> pd.DataFrame:
    """Where the term lists of the counted responsibilities match in `text`.

    text: any length; white space of any kind counts as one space, case does not count.
    Returns one row per match: `responsibility_id`, `name`, `cluster`, `start`, `end` [characters].
    """
    flat, origin = _flat(text)
    rows = []
    counted = responsibilities[responsibilities["source"] == "counted"]
    for row in counted.itertuples():
        terms = str(row.terms)
        # a list in lower case needs no flag, which makes the search three times slower
        case = re.IGNORECASE if terms != terms.lower() else re.NOFLAG
        for match in re.finditer(terms, flat, case):
            if match.end() > match.start():
                start, end = origin[match.start()], origin[match.end() - 1] + 1
                rows.append((row.responsibility_id, row.name, row.cluster, start, end))
    columns = ["responsibility_id", "name", "cluster", "start", "end"]
    return pd.DataFrame(rows, columns=columns)


def _flat(text: str) -> tuple[str, list[int]]:
    """`text` in lower case with single spaces, and where each character of it came from."""
    kept, origin, after_space = [], [], False
    for place, character in enumerate(text):
        space = character.isspace()
        if not (space and after_space):
            low = character.lower()
            kept.append(" " if space else low if len(low) == 1 else character)
            origin.append(place)
        after_space = space
    return "".join(kept), origin


def count_words(text: str) -> int:
    """Words of a text, as separated by white space."""
    return len(text.split())


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
    found = set(find_terms(text, responsibilities)["responsibility_id"])
    rows = []
    members = responsibilities[
        (responsibilities["source"] == "counted")
        & responsibilities["counted_in_cluster"].astype(bool)
    ]
    for cluster, group in members.groupby("cluster"):
        ids = list(group["responsibility_id"])
        here = len(found.intersection(ids))
        row = {"cluster": cluster, "found": here, "text_rate": 100 * here / words}
        for role in ROLES:
            some = adverts[adverts["role"] == role]
            row[f"{role}_rate"] = (100 * some[ids].sum(axis=1) / some["words"]).mean()
        rows.append(row)
    return pd.DataFrame(rows)


def indicators(found: set[str], ids: list[str]) -> np.ndarray:
    """One row of 0/1 for the responsibilities `ids`, 1 where found."""
    return np.array([[name in found for name in ids]], dtype=float)


def score(hits: np.ndarray, tpm: np.ndarray, pm: np.ndarray) -> np.ndarray:
    """Log odds of TPM against PM by multinomial naive Bayes, Laplace 1, equal priors.

    hits: texts x responsibilities.   tpm, pm: mentions per responsibility in each role's adverts.
    Returns one number a text; above 0 the wording is nearer to TPM adverts.
    """
    first = np.log((tpm + 1) / (tpm + 1).sum(axis=-1, keepdims=True))
    second = np.log((pm + 1) / (pm + 1).sum(axis=-1, keepdims=True))
    return np.asarray((hits * (first - second)).sum(axis=-1))


def leave_one_out(adverts: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """Each TPM and PM advert scored by the others.

    adverts: the table; roles other than tpm and pm are left out.   ids: responsibility columns.
    Returns `advert_id`, `role` and `score` [log odds], one row per advert.
    """
    some = adverts[adverts["role"].isin(ROLES)].reset_index(drop=True)
    scores = left_out(some[ids].to_numpy(float), (some["role"] == "tpm").to_numpy())
    return some[["advert_id", "role"]].assign(score=scores)


def left_out(hits: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The score of each text by the others.

    hits: texts x responsibilities, 0 or 1.   own: which texts are TPM adverts.
    Returns one number a text [log odds].
    """
    tpm = hits[own].sum(axis=0) - hits * own[:, None]
    pm = hits[~own].sum(axis=0) - hits * ~own[:, None]
    return score(hits, tpm, pm)


def balanced_accuracy(scores: pd.DataFrame) -> float:
    """Mean of the shares of TPM and of PM adverts on their own side of 0 [0 to 1]."""
    own = (scores["role"] == "tpm").to_numpy()
    return share_right(scores["score"].to_numpy(float), own)


def share_right(scores: np.ndarray, own: np.ndarray) -> float:
    """The same from log odds, above 0 for TPM, and from which texts are TPM adverts."""
    right = (scores > 0) == own
    return float((right[own].mean() + right[~own].mean()) / 2)


def resemblance(
    *, text: str, adverts: pd.DataFrame, responsibilities: pd.DataFrame
) -> dict[str, float]:
    """Whose adverts the wording of `text` resembles, and how far to trust the answer.

    Returns `score` [log odds, above 0 nearer TPM], `accuracy` [balanced, leave one out],
    `neighbours` and `neighbours_tpm`: of the adverts with the nearest scores, how many are TPM;
    `tpm_n` and `all_n`: TPM adverts and all adverts scored.
    """
    counted = responsibilities[responsibilities["source"] == "counted"]
    ids = list(counted["responsibility_id"])
    scores = leave_one_out(adverts, ids)
    sums = {
        role: adverts.loc[adverts["role"] == role, ids].to_numpy(float).sum(axis=0)
        for role in ROLES
    }
    found = set(find_terms(text[:MOST_CHARACTERS], responsibilities)["responsibility_id"])
    own = float(score(indicators(found, ids), sums["tpm"], sums["pm"])[0])
    near = scores.assign(gap=(scores["score"] - own).abs()).sort_values(["gap", "advert_id"])
    near = near.head(NEIGHBOURS)
    return {
        "score": own,
        "accuracy": balanced_accuracy(scores),
        "neighbours": len(near),
        "neighbours_tpm": int((near["role"] == "tpm").sum()),
        "tpm_n": int((scores["role"] == "tpm").sum()),
        "all_n": len(scores),
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
