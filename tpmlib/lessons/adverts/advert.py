"""What a job advert mentions, and whose adverts it resembles.

An advert is reduced to 62 yes-or-no indicators. Adverts are worded differently; the score says
how this one is worded, and nothing yet about what the holder of the post does.
"""

import re

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.patterns import matches
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.mentions import counted
from tpmlib.lessons.adverts.wording import wording, wordings

FEWEST_WORDS = 60  # below this a text names too few duties to compare: the shortest advert has 66
MOST_CHARACTERS = 100_000  # some 15,000 words; the longest counted advert has about 1,000
NEIGHBOURS = 15
ENDS, BIN = 6.0, 0.5  # of the scale on which adverts stand [log odds]
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
    """Where a text stands among the adverts of the second study, from PM wording to TPM wording.

    text: an advert of 60 words or more; only the first 100,000 characters are read.
    adverts, responsibilities: the tables of those names.

    Returns one row per bin of the scale: `low`, its lower end [log odds, above 0 nearer TPM], and
    `tpm` and `pm`, the adverts in it; one beyond the scale counts at its end. On every row: `own`,
    the text's score [log odds]; `neighbours` and `neighbours_tpm`, of the adverts with the nearest
    scores, how many are TPM; `tpm_n` and `pm_n` [adverts]; `tpm_wrong` and `pm_wrong`, those that
    lie on the other role's side when they are left out; `duties`, responsibilities mentioned, of
    the `counted`.
    Raises CourseError for a shorter text.
    """
    text = text[:MOST_CHARACTERS]
    words = count_words(text)
    if words < FEWEST_WORDS:
        raise CourseError(f"text: {say('advert.short', n=words, least=FEWEST_WORDS)}")
    hits, is_tpm = of_both_roles(adverts, responsibilities)
    scores = leave_one_out(hits, is_tpm)
    mentioned = indicators(text, responsibilities)
    own = float(score(mentioned, hits[is_tpm].sum(axis=0), hits[~is_tpm].sum(axis=0)))
    names = of_roles(adverts)["advert_id"].to_numpy(str)
    nearest = np.lexsort((names, np.abs(scores - own)))[:NEIGHBOURS]  # equally near ones by name
    edges = np.arange(-ENDS, ENDS + BIN, BIN)
    placed = np.clip(scores, -ENDS, ENDS - BIN)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "tpm": np.histogram(placed[is_tpm], edges)[0],
            "pm": np.histogram(placed[~is_tpm], edges)[0],
        }
    ).assign(
        own=own,
        neighbours=len(nearest),
        neighbours_tpm=int(is_tpm[nearest].sum()),
        tpm_n=int(is_tpm.sum()),
        pm_n=int((~is_tpm).sum()),
        tpm_wrong=int((scores[is_tpm] <= 0).sum()),
        pm_wrong=int((scores[~is_tpm] > 0).sum()),
        duties=int(mentioned.sum()),
        counted=len(mentioned),
    )


def indicators(text: str, responsibilities: pd.DataFrame) -> np.ndarray:
    """For each counted responsibility, 1 if the text mentions it and 0 if not."""
    duties = find_terms(text, responsibilities)["responsibility_id"]
    return np.asarray(counted(responsibilities)["responsibility_id"].isin(duties), dtype=float)


def score(hits: np.ndarray, tpm: np.ndarray, pm: np.ndarray) -> np.ndarray:
    """Log odds of TPM against PM by multinomial naive Bayes, Laplace 1, equal priors.

    hits: texts x responsibilities.   tpm, pm: mentions per responsibility in each role's adverts.
    Returns one number a text; above 0 the wording is nearer to TPM adverts.
    """
    tpm_share, pm_share = (each / each.sum(axis=-1, keepdims=True) for each in (tpm + 1, pm + 1))
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
    # Without a text, what it mentions is mentioned once less by its own role: only those columns
    # count in its score, so that two products of a matrix stand for a profile of each text.
    scores = np.zeros(len(hits))
    for own, sign in ((is_tpm, 1), (~is_tpm, -1)):
        ours, theirs = hits[own].sum(axis=0), hits[~own].sum(axis=0) + 1
        weight = np.log(np.maximum(ours, 1)) - np.log(theirs)  # of what none mentions, none counts
        length = hits.sum(axis=1)
        totals = np.log(ours.sum() - length + len(ours)) - np.log(theirs.sum())
        scores += sign * own * (hits @ weight - length * totals)
    return scores


def balanced_accuracy(scores: np.ndarray, is_tpm: np.ndarray) -> float:
    """Mean of the shares of TPM and of PM adverts on their own side of 0 [0 to 1]."""
    right = (scores > 0) == is_tpm
    return float((right[is_tpm].mean() + right[~is_tpm].mean()) / 2)


def describe(frame: pd.DataFrame) -> str:
    """To which side the text's wording lies, and how often such a verdict is wrong."""
    row = frame.iloc[0]
    side = "TPM" if row["own"] > 0 else "PM"
    return say("advert.verdict", side=side, all=row["tpm_n"] + row["pm_n"], **row)
