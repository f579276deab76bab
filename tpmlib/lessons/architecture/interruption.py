"""What being asked costs, and what the answer saves: a small sum for one week."""

from typing import Annotated

import pandas as pd

from tpmlib.kit.ranges import Range, checked

Minutes = Annotated[float, Range(0, 600)]


@checked
def interruption(
    *, questions: Annotated[float, Range(0, 200)], answer: Minutes, back: Minutes, saves: Minutes
) -> pd.DataFrame:
    """Hours that ad hoc questions cost one person and save the others, in a week.

    questions: asked in a week.
    answer, back: to answer one, and to get back into the work left [minutes].
    saves: what one answer saves the person who asks [minutes].

    Returns one row: `person`, `cost`, `saved` and `net` [hours a week], and `even`, the minutes
    that an answer must save to be worth its interruption.
    Raises CourseError for a value out of range.
    """
    cost, saved = questions * (answer + back) / 60, questions * saves / 60
    row = {"person": "TPM", "cost": cost, "saved": saved, "net": saved - cost}
    return pd.DataFrame([row | {"even": float(answer + back)}])


def describe(frame: pd.DataFrame) -> str:
    """The two sums of the week."""
    row = frame.iloc[0]
    return (
        f"Questions cost {row['cost']:.1f} hours a week and save {row['saved']:.1f}; "
        f"each must save {row['even']:.0f} minutes to pay."
    )
