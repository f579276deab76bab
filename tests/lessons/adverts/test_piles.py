"""How many duties can be told: what the published yardstick says of each."""

import pandas as pd

from tpmlib.kit import figures


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
