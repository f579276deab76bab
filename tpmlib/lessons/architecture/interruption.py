"""What small questions cost in a week, answered at once or all of a day together."""

from typing import Annotated, Literal

import pandas as pd

from tpmlib.kit.ranges import Range, checked

KEY = "id"
MOVES = ("answering", "back", "waiting")
ROUNDS = 5  # a week, once a day
Minutes = Annotated[float, Range(0, 600)]


@checked
def interruption(
    *,
    questions: Annotated[float, Range(0, 200)],
    answer: Minutes,
    back: Minutes,
    saves: Minutes,
    waits: Minutes,
    when: Literal["at once", "once a day"],
) -> pd.DataFrame:
    """Hours of a week that ad hoc questions cost.

    questions: asked in a week.
    answer, back: to answer one, and to get back into the work left, which happens for each
        question or for each day of them [minutes].
    saves: what one answer saves the person who asks [minutes].
    waits: what this person loses by a question that waits for the answers of the day [minutes].
    when: questions are answered.

    Returns one row: `id`, `when`, `questions`, `answering`, `back` and `waiting` [hours a week],
    their sum `cost`, `saved` by those who ask [hours a week], and `even`, the `waits` at which
    once a day costs as much as at once [minutes].
    Raises CourseError for an unknown choice or a value out of range.
    """
    daily, rounds = when == "once a day", min(questions, ROUNDS)
    row = {
        "answering": questions * answer / 60,
        "back": (rounds if daily else questions) * back / 60,
        "waiting": questions * waits / 60 if daily else 0.0,
    }
    even = back * (questions - rounds) / questions if questions else 0.0
    frame = pd.DataFrame([row | {"id": "week", "when": when, "questions": float(questions)}])
    return frame.assign(cost=sum(row.values()), saved=questions * saves / 60, even=even)


def describe(frame: pd.DataFrame) -> str:
    """The hours of the week, and of once a day the waiting at which it stops being cheaper."""
    row = frame.iloc[0]
    turn = f" Cheaper while one that waits loses less than {row['even']:.0f} minutes."
    return (
        f"{row['questions']:g} questions, answered {row['when']}, cost {row['cost']:.1f} hours a "
        f"week: answering {row['answering']:.1f}, getting back to work {row['back']:.1f}, waiting "
        f"{row['waiting']:.1f}. They save {row['saved']:.1f} to those who ask."
        f"{turn if row['when'] == 'once a day' else ''} Assumed minutes."
    )
