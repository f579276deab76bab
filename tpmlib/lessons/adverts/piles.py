"""How many duties or areas the second study calls clear, a hint, alike, or cannot tell."""

from typing import Any

import pandas as pd

from tpmlib.lessons.adverts.role_profile import role_profile


def piles(**settings: Any) -> pd.DataFrame:
    """One row a word of the yardstick: `word`, `number` of rows that have it, `total` of all rows.

    settings: those of `role_profile`, whose errors it raises.
    """
    frame = role_profile(**settings)
    counts = frame[frame["word"] != "local"]["word"].value_counts()
    return pd.DataFrame({"word": counts.index, "number": counts.to_numpy(), "total": counts.sum()})
