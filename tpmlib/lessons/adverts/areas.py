"""The nine areas of work in the adverts of two roles, taken step by step: a stage's model."""

from typing import Any, Unpack

import pandas as pd

from tpmlib.kit.ranges import checked
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.mentions import Compare
from tpmlib.lessons.adverts.role_profile import CANNOT_TELL, ROLE_NAMES, Reading, role_profile

KEY = "id"
MOVES = ("tpm_rate", "other_rate", "tpm_low", "tpm_high", "other_low", "other_high")


@checked
def areas(*, compare: Compare, **read: Unpack[Reading]) -> pd.DataFrame:
    """One row an area; arguments and errors are those of `role_profile`, and its columns.

    One column more: `other`, the other role as a sentence names it.
    """
    return role_profile(**read, compare=compare, level="clusters").assign(other=ROLE_NAMES[compare])


@checked
def view(
    frame: pd.DataFrame, *, dots: bool, only: str, intervals: bool, words: bool
) -> pd.DataFrame:
    """The areas by name, and what of each is drawn.

    dots: draw the two shares.   intervals: and their 90% intervals.
    only: the areas to draw them for, with commas between; "all" for each.
    words: say beside each what the yardstick lets you say.
    """
    frame = frame.sort_values("name", ignore_index=True)
    drawn = frame["id"].isin(only.split(", ")) | (only == "all")
    return frame.assign(dots=drawn & dots, intervals=intervals, words=words)


def place_ids(frame: pd.DataFrame) -> list[str]:
    """What each row is called where its place on the picture is clicked."""
    return [name.lower().replace(" ", "_") for name in frame["id"]]


def inside(area: str) -> str:
    """An area as it is called inside a sentence."""
    return say("areas.inside", area=area)


def widest(frame: pd.DataFrame, number: int = 2) -> list[str]:
    """The areas with the widest gaps, as a sentence names them."""
    order = frame["difference"].abs().sort_values(ascending=False).index
    return list(frame.loc[order[:number], "id"].map(inside))


def worded(frame: pd.DataFrame, word: str) -> list[str]:
    """The areas of which the yardstick gives this word, the smallest p first."""
    return list(frame[frame["word"] == word].sort_values("p")["id"].map(inside))


def describe(frame: pd.DataFrame) -> str:
    """What was counted, and where the two roles part most."""
    row = frame.iloc[0]
    counted = say("areas.counted", **row)
    if not frame["dots"].all():
        return f"{counted} {say('areas.counts')}"
    if not row["words"]:
        each = ", ".join(_shares(frame, name) for name in widest(frame))
        return f"{counted} {say('areas.gaps', areas=each)}"
    parts = [
        say("areas.worded", word=word, areas=", ".join(_shares(frame, name) for name in names))
        for word in ("clear", "hint")
        if (names := worded(frame, word))
    ]
    open_rows = frame[frame["word"] == CANNOT_TELL].groupby("reason")["id"].agg(_joined)
    untold = "; ".join(
        say("areas.why", reason=reason, areas=names) for reason, names in open_rows.items()
    )
    differ = "; ".join(parts) or say("areas.alike")
    return f"{counted} {differ[:1].upper() + differ[1:]}. {say('areas.untold', areas=untold)}"


def _joined(names: pd.Series) -> str:
    return ", ".join(names.map(inside))


def _shares(frame: pd.DataFrame, name: str) -> str:
    row: Any = frame[frame["id"].map(inside) == name].iloc[0]
    return say("areas.shares", **{**row, "name": name})
