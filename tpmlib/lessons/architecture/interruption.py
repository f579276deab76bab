"""What being asked costs, and what the answer saves: a small sum for one week."""

import pandas as pd

from tpmlib.errors import check_ranges

RANGES = {"questions": (0, 200), "answer": (0, 600), "back": (0, 600), "saves": (0, 600)}


def interruption(*, questions: float, answer: float, back: float, saves: float) -> pd.DataFrame:
    """Hours that ad hoc questions cost one person and save the others, in a week.

    questions: asked in a week [0 to 200].
    answer, back: to answer one, and to get back into the work left [minutes, 0 to 600].
    saves: what one answer saves the person who asks [minutes, 0 to 600].

    Returns one row: `person`, `cost`, `saved` and `net` [hours a week], and `even`, the minutes
    that an answer must save to be worth its interruption.
    Raises CourseError for a value out of range.
    """
    check_ranges(RANGES, questions=questions, answer=answer, back=back, saves=saves)
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
