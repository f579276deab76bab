"""Comments by theme, counted in four ways.

A row of the table is one comment. Whoever adds up over rows what customers pay counts each customer
as often as they wrote; counted once a theme, a customer who names two themes still counts in both.
"""

from typing import Literal

import pandas as pd

from tpmlib.kit.ranges import checked

KEY = "theme"
MOVES = ("length", "part", "place")
COUNTS = {
    "comments": "number of comments",
    "summed": "what the writer of each comment pays, added up [thousand dollars a year]",
    "customers": "number of customers",
    "money": "what customers pay, each customer once [thousand dollars a year]",
}


@checked
def themes(
    *,
    feedback: pd.DataFrame,
    initiatives: pd.DataFrame,
    count: Literal["comments", "summed", "customers", "money"],
) -> pd.DataFrame:
    """What stands behind each theme by one count, and how much of it is one customer's.

    feedback, initiatives: the columns of these tables; a theme is named by its initiative, and
        comments on no initiative are left out.
    count: comments, what their writers pay summed over comments, customers, or what they pay with
        each customer once a theme.

    Returns one row a theme: `theme`, `name`, `value` (by the count), `largest` (of the customer
    with most of it), `comments`, `most` [by one customer], `customers`, `length` and `largest_length` (as shares of the
    highest value), `place` [row from 0, the highest first], and on every row `count`.
    """
    once = feedback.drop_duplicates(["account", "theme"])
    rows = once if count in ("customers", "money") else feedback
    worth = rows["account_value"] if count in ("summed", "money") else 1
    by_account = rows.assign(worth=worth).groupby(["theme", "account"])["worth"].sum()
    by_theme = by_account.groupby("theme")
    frame = initiatives[initiatives["theme"].isin(by_theme.groups)][["theme", "name"]]
    columns = {"value": by_theme.sum(), "largest": by_theme.max()}
    written = feedback.groupby(["theme", "account"]).size().groupby("theme")
    columns |= {"comments": written.sum(), "most": written.max(), "customers": by_theme.size()}
    frame = frame.merge(pd.DataFrame(columns), left_on="theme", right_index=True)
    frame["length"], frame["largest_length"] = (
        frame[name] / frame["value"].max() for name in ("value", "largest")
    )
    frame["place"] = frame["value"].rank(ascending=False, method="first") - 1
    return frame.assign(count=count)


@checked
def view(frame: pd.DataFrame, *, split: bool) -> pd.DataFrame:
    """The rows, with the part of each bar that is one customer's, if the bars are split."""
    return frame.assign(part=frame["largest_length"] * split, split=split)


def ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """The themes by their places, the highest value first."""
    return frame.sort_values("place")


def describe(frame: pd.DataFrame) -> str:
    """The count, its first three themes, and what of the first is one customer's if it shows."""
    rows = ordered(frame)
    first, pairs = rows.iloc[0], zip(rows["name"], rows["value"], strict=True)
    listed = ", ".join(f"{name} {value:,.0f}" for name, value in list(pairs)[:3])
    told = f"By {COUNTS[first['count']]}: {listed}."
    if first["split"]:
        told += f" Of the first, {first['largest'] / first['value']:.0%} is one customer's."
    return told
