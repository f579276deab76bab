"""How many duties can be told: what the published yardstick says of each."""

import re

import pandas as pd

from tpmlib.kit import content, figures
from tpmlib.lessons.adverts.reasons import reason


def test_the_counts_are_those_of_the_yardstick():
    published = pd.read_csv("tests/golden/yardstick.csv", keep_default_na=False)
    duties = published.loc[published["kind"] != "area", "word"]
    frame = figures.frame("piles").set_index("word")
    assert frame["number"].to_dict() == duties.value_counts().to_dict()
    assert set(frame["total"]) == {len(duties)}


def test_against_program_managers_more_can_be_told():
    def told(**changed):
        frame = figures.frame("piles", **changed).set_index("word")
        return frame["total"].iloc[0] - frame.loc["cannot tell", "number"]

    assert told(compare="tpgm") > told()


def test_what_a_gap_shows_is_said_in_words_and_not_by_a_mark_in_brackets():
    frame = figures.frame("role_profile")
    told = {row["word"]: reason(row) for row in frame.to_dict("records")}
    shares = "in [0-9]+% of TPM and [0-9]+% of PM adverts"
    ends = {
        "clear": ", a clear difference",
        "hint": ", a hint of a difference",
        "alike": ", which counts as alike",
        "cannot tell": "",  # a pile or a line of its own says so, once
    }
    assert told.keys() == ends.keys()
    assert all(re.fullmatch(shares + end, told[word]) for word, end in ends.items())
    assert re.fullmatch(shares, reason({**frame.iloc[0], "word": ""}))  # of few adverts
    facts = content.table("facts")["statement"]
    assert not facts.str.contains(r"\((?:all: )?(?:clear|hint|cannot tell)\)").any()
