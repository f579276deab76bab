"""How many duties a study calls clear, a hint, alike, or cannot tell."""

from typing import Unpack

import pandas as pd

from tpmlib.kit.ranges import checked
from tpmlib.lessons.adverts.mentions import Compare
from tpmlib.lessons.adverts.role_profile import Reading, role_profile


@checked
def piles(*, compare: Compare, **read: Unpack[Reading]) -> pd.DataFrame:
    """One row a word of the yardstick: `word`, `number` of duties that have it, `total` of all.

    Arguments and errors are those of `role_profile`.
    """
    frame = role_profile(**read, compare=compare, level="responsibilities")
    words = frame.loc[frame["word"] != "local", "word"]
    number = words.value_counts()
    return pd.DataFrame({"word": number.index, "number": number.to_numpy(), "total": len(words)})
