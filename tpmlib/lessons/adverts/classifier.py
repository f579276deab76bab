"""How well the wording of an advert gives away its title, beside what luck would give."""

import numpy as np
import pandas as pd

from tpmlib.errors import CourseError, nearest, outside
from tpmlib.lessons.adverts.advert import ROLES, left_out, share_right


def classifier(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    texts: str,
    shuffles: int,
    seed: int,
) -> pd.DataFrame:
    """Balanced accuracy of naive Bayes on TPM and PM adverts, each left out once.

    adverts, responsibilities: the tables of those names.
    texts: "all" adverts, or "full" for those read whole.
    shuffles: times the titles are dealt out anew at random, to see what luck gives [20 to 2,000].
    seed: same seed, same rows.

    Returns three rows, `titles` ("as printed", "shuffled, low end", "shuffled, high end": the 5%
    and 95% points) and `accuracy` [0 to 1, chance 0.5].
    Raises CourseError for an unknown choice or a value outside its range.
    """
    if not 20 <= shuffles <= 2_000:
        raise outside("shuffles", shuffles, 20, 2_000)
    counted = responsibilities[responsibilities["source"] == "counted"]
    ids = list(counted["responsibility_id"])
    if texts not in ("all", "full"):
        raise CourseError(f"texts: {nearest(texts, ('all', 'full'))}")
    some = adverts[adverts["role"].isin(ROLES)]
    some = some if texts == "all" else some[some["full_text"].astype(bool)]
    generator = np.random.default_rng(seed)
    hits, own = some[ids].to_numpy(float), (some["role"] == ROLES[0]).to_numpy()
    titles = [generator.permutation(own) for _ in range(shuffles)]
    luck = [share_right(left_out(hits, one), one) for one in titles]
    low, high = np.percentile(luck, [5, 95])
    return pd.DataFrame(
        {
            "titles": ["as printed", "shuffled, low end", "shuffled, high end"],
            "accuracy": [share_right(left_out(hits, own), own), low, high],
        }
    )


def describe(frame: pd.DataFrame) -> str:
    """One sentence: the accuracy, and the range that luck gives."""
    real, low, high = frame["accuracy"]
    return (
        f"Balanced accuracy {real:.2f}; with the titles shuffled, {low:.2f} to {high:.2f} in nine "
        "shuffles of ten."
    )
