"""Comments by theme, counted in four ways; over rows a customer counts as often as they wrote."""

from typing import Literal

import pandas as pd

from tpmlib.kit.ranges import checked

KEY = "theme"
MOVES = ("length", "part", "place")
SHORT = 70  # letters of a comment that is shown
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

    Returns one row a theme, the highest value first: `theme`, `name`, `comments`, `customers`,
    `most` [comments of one customer], `example` [a short comment], `value` (by the count),
    `largest` (of the customer with most of it), `length` and `largest_length` (as shares of the
    highest value), `place` [row from 0], and on every row `count`.
    """
    by_theme = feedback.groupby("theme")
    columns = {"comments": by_theme.size(), "customers": by_theme["account"].nunique()}
    columns["most"] = feedback.groupby(["theme", "account"]).size().groupby("theme").max()
    short = feedback[feedback["verbatim"].str.len() <= SHORT]
    columns["example"] = short.groupby("theme")["verbatim"].first()
    is_once, is_money = count in ("customers", "money"), count in ("summed", "money")
    rows = feedback.drop_duplicates(["account", "theme"]) if is_once else feedback
    worth = rows.assign(worth=rows["account_value"] if is_money else 1)
    by_account = worth.groupby(["theme", "account"])["worth"].sum().groupby("theme")
    columns |= {"value": by_account.sum(), "largest": by_account.max()}
    named = initiatives[["theme", "name"]]
    frame = named.merge(pd.DataFrame(columns), left_on="theme", right_index=True)
    frame = frame.sort_values("value", ascending=False, kind="stable", ignore_index=True)
    length, largest = (frame[name] / frame["value"].max() for name in ("value", "largest"))
    return frame.assign(length=length, largest_length=largest, place=frame.index, count=count)


@checked
def view(frame: pd.DataFrame, *, split: bool) -> pd.DataFrame:
    """The rows, with the part of each bar that is one customer's, if the bars are split."""
    split = split and frame["count"].iloc[0] != "customers"  # of whom each is one
    return frame.assign(part=frame["largest_length"] * split, split=split)


def describe(frame: pd.DataFrame) -> str:
    """The count, its first three themes, and what of the first is one customer's if it shows."""
    first, pairs = frame.iloc[0], frame.head(3)[["name", "value"]].itertuples(index=False)
    listed = ", ".join(f"{name} {value:,.0f}" for name, value in pairs)
    told = f"By {COUNTS[first['count']]}: {listed}."
    if first["split"]:
        told += f" Of the first, {first['largest']:,.0f} is one customer's."
    return told
