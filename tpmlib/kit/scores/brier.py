"""How good stated confidences are: the Brier score, its parts, and how often each came true."""

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, outside
from tpmlib.kit.inference import wilson
from tpmlib.kit.words import say

BANDS = 5  # of equal width; more would leave too few of a course's predictions in each


def brier(*, answers: pd.DataFrame) -> pd.DataFrame:
    """Predictions that came true or not, by how sure their maker was.

    answers: one row a prediction: `confidence` [0 to 1] and `right` [True or False].

    Returns one row a band of confidence: `low` and `high` [0 to 1], `asked` and `hits`
    [predictions], `confidence` (their mean), `rate` (the share that came true), and `rate_low` and
    `rate_high` [its 90% interval, 0 to 1]; an empty band has no confidence and no rate. On every
    row `n` [predictions] and, over all of them, `score` (Brier 1950: the mean of (confidence -
    right) squared, 0 to 1, less is better), which is `unreliable` - `resolved` + `base`
    (Murphy 1973, by confidence as stated); `base` is also the score of always saying the share
    that came true.
    Raises CourseError for a confidence out of range, or a `right` that is neither.
    """
    for row in answers.itertuples():
        if not 0 <= row.confidence <= 1:
            raise outside("confidence", row.confidence, 0, 1)
        if row.right not in (True, False):
            raise CourseError(f"right: {row.right!r} is not True or False")
    sure, right = (answers[name].to_numpy(float) for name in ("confidence", "right"))
    band = bands(sure)
    rows = [_row(number, sure[band == number], right[band == number]) for number in range(BANDS)]
    return pd.DataFrame(rows).assign(n=len(answers), **_parts(sure, right))


def bands(sure: np.ndarray) -> np.ndarray:
    """The band [0 to 4] of each confidence [0 to 1]; 0.2 belongs to the first."""
    # rounded, since 0.6 * 5 is not always 3 in binary
    return np.asarray(np.clip(np.ceil(np.round(sure * BANDS, 9)).astype(int) - 1, 0, BANDS - 1))


def _row(number: int, sure: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """The row of one band, 0 to 4, from its predictions."""
    asked = len(sure)
    (low,), (high,) = wilson(np.array([right.sum()]), asked)
    return {
        "low": number / BANDS,
        "high": (number + 1) / BANDS,
        "asked": asked,
        "hits": int(right.sum()),
        "confidence": float(sure.mean()) if asked else np.nan,
        "rate": float(right.mean()) if asked else np.nan,
        "rate_low": float(low),
        "rate_high": float(high),
    }


def _parts(sure: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """The score and its parts; none of them without a prediction."""
    if not len(sure):
        return dict.fromkeys(("score", "unreliable", "resolved", "base"), np.nan)
    share = right.mean()
    true = np.array([right[sure == stated].mean() for stated in sure])  # of those as sure as this
    return {
        "score": float(np.mean((sure - right) ** 2)),
        "unreliable": float(np.mean((sure - true) ** 2)),
        "resolved": float(np.mean((true - share) ** 2)),
        "base": float(share * (1 - share)),
    }


def mean_confidence(frame: pd.DataFrame) -> float:
    """How sure their maker was on average of all predictions of the bands [0 to 1]."""
    return float((frame["confidence"].fillna(0) * frame["asked"]).sum() / frame["asked"].sum())


def describe(frame: pd.DataFrame) -> str:
    """How many came true against how sure they were, and the score beside two simple ones."""
    n, score, base = int(frame["n"].iloc[0]), frame["score"].iloc[0], frame["base"].iloc[0]
    if not n:
        return say("scores.none")
    hits, sure = frame["hits"].sum(), mean_confidence(frame)
    (low,), (high,) = wilson(np.array([hits]), n)
    fit = "alike" if low <= sure <= high else "more" if sure > high else "less"
    told = {"hits": hits, "share": hits / n, "low": low, "high": high, "sure": sure}
    result = say("scores.brier", n=n, fit=fit, **told)
    return f"{result} {say('scores.meaning', score=score, share=hits / n, base=base)}"
