"""How many duties a study calls clear, a hint, alike, or cannot tell."""

import pandas as pd

from tpmlib.kit.ranges import checked
from tpmlib.lessons.adverts.mentions import Compare
from tpmlib.lessons.adverts.role_profile import Study, role_profile


@checked
def piles(
    *,
    adverts: pd.DataFrame,
    responsibilities: pd.DataFrame,
    first_study: pd.DataFrame,
    old_lists: pd.DataFrame,
    study: Study,
    compare: Compare,
) -> pd.DataFrame:
    """One row a word of the yardstick: `word`, `number` of duties that have it, `total` of all.

    Arguments and errors are those of `role_profile`.
    """
    frame = role_profile(
        adverts=adverts,
        responsibilities=responsibilities,
        first_study=first_study,
        old_lists=old_lists,
        study=study,
        compare=compare,
        level="responsibilities",
    )
    words = frame.loc[frame["word"] != "local", "word"]
    number = words.value_counts()
    return pd.DataFrame({"word": number.index, "number": number.to_numpy(), "total": len(words)})
