"""The made-up comments disagree as the table's description says, and no two are alike."""

import re

import pytest

from tpmlib.kit import content

TECHNICAL = {"audit_trail", "api_limits", "sign_in"}
EVERYDAY = ["export", "phone", "price"]


@pytest.fixture(scope="module")
def comments():
    return content.table("feedback")


def test_by_count_everyday_wishes_lead_clearly(comments):
    count = comments["theme"].value_counts()
    assert list(count.index[:3]) == EVERYDAY and count.iloc[2] > 1.2 * count.iloc[3]


def test_by_money_of_accounts_technical_wishes_lead_clearly(comments):
    once = comments.drop_duplicates(["account", "theme"])
    money = once.groupby("theme")["account_value"].sum().sort_values(ascending=False)
    assert set(money.index[:3]) == TECHNICAL and money.iloc[2] > 1.5 * money.iloc[3]
    assert not TECHNICAL & set(EVERYDAY)


def test_money_summed_over_comments_is_led_by_one_loud_account(comments):
    money = comments.groupby("theme")["account_value"].sum()
    assert money.idxmax() == "own_colours"
    loud = comments[comments["theme"] == "own_colours"]["account"].value_counts()
    assert loud.iloc[0] == 40 and len(loud) == 2


def test_severity_ranks_otherwise_again(comments):
    assert comments.groupby("theme")["severity"].mean().idxmax() == "wrong_match"


def test_technical_is_a_property_of_the_theme_and_value_of_the_account(comments):
    assert (comments.groupby("theme")["is_technical"].nunique() == 1).all()
    assert (comments.groupby("account")["account_value"].nunique() == 1).all()
    assert (comments.groupby("account")["segment"].nunique() == 1).all()


def test_no_two_comments_are_alike_and_lengths_vary(comments):
    bare = [re.sub(r"\W+", " ", text).lower().strip() for text in comments["verbatim"]]
    assert len(set(bare)) == len(bare) == 1200
    words = comments["verbatim"].str.split().str.len()
    assert (
        words.min() <= 2 and words.max() >= 40 and words.quantile(0.75) > 1.5 * words.quantile(0.25)
    )


def test_every_initiative_answers_a_theme_that_is_there(comments):
    themes = set(content.table("initiatives")["theme"].dropna())
    assert themes - {""} < set(comments["theme"])


def test_nothing_starts_like_a_formula_or_is_left_unfilled(comments):
    assert not comments["verbatim"].str.contains(r"^[=+@-]|[{}]").any()
