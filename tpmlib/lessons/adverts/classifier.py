"""How well the wording of an advert gives away its title, beside what luck would give."""

from typing import Annotated

import numpy as np
import pandas as pd

from tpmlib.kit.ranges import Range, Seed, checked
from tpmlib.lessons.adverts.advert import balanced_accuracy, leave_one_out, of_both_roles


@checked
def classifier(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    shuffles: Annotated[int, Range(20, 2_000)],
    seed: Seed,
) -> pd.DataFrame:
    """Balanced accuracy of naive Bayes on the second study's adverts, each left out once.

    adverts, responsibilities: the tables of those names.
    shuffles: times the titles are dealt out anew at random, to see what luck gives.
    seed: same seed, same rows.

    Returns three rows, `titles` ("as printed", "shuffled, low end", "shuffled, high end": the 5%
    and 95% points) and `accuracy` [0 to 1, chance 0.5].
    Raises CourseError for an unknown choice or a value outside its range.
    """
    hits, printed = of_both_roles(adverts, responsibilities)
    generator = np.random.default_rng(seed)
    titles = [printed, *(generator.permutation(printed) for _ in range(shuffles))]
    real, *luck = [balanced_accuracy(leave_one_out(hits, is_tpm), is_tpm) for is_tpm in titles]
    names = ["as printed", "shuffled, low end", "shuffled, high end"]
    return pd.DataFrame({"titles": names, "accuracy": [real, *np.percentile(luck, [5, 95])]})
