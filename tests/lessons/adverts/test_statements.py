"""What facts and verdicts say of counted rows is what the adverts give today."""

import re

import pandas as pd
import pytest

from tpmlib.kit import content, figures

PRESETS = ("areas", "default", "program_managers", "delivery", "first_study")
SHARE = re.compile(r"(?<![\d.])(\d{1,3})%")
WORD = re.compile(r"\b(clear|hint|alike|cannot tell)\b")


def slug(name):
    return name.lower().replace(" ", "_")


def counted():
    """Every row of every comparison, by its slug."""
    frames = [figures.frame("role_profile", preset).assign(preset=preset) for preset in PRESETS]
    rows = pd.concat(frames, ignore_index=True)
    return rows.assign(slug=rows["id"].map(slug)).set_index("slug")


def statements():
    """Text and ids of each fact and verdict that rests on counted rows."""
    facts, claims = content.table("facts"), content.table("claims")
    found = [(row.fact_id, row.statement, row.rests_on) for row in facts.itertuples()]
    found += [(row.claim_id, row.reading, row.rests_on) for row in claims.itertuples()]
    return [entry for entry in found if entry[2]]


@pytest.mark.parametrize("name, text, ids", statements())
def test_its_shares_and_words_are_recomputed(name, text, ids):
    rows = counted()
    rows = rows.loc[rows.index.intersection(ids.split())]
    assert set(rows.index) == set(ids.split()), f"{name}: unknown row"
    shares = {f"{share:.0%}" for side in ("tpm", "other") for share in rows[f"{side}_rate"]}
    assert {f"{number}%" for number in SHARE.findall(text)} <= shares
    assert set(WORD.findall(text)) <= set(rows["word"])


def test_a_fact_of_our_own_count_names_its_rows():
    facts = content.table("facts")
    ours = facts[(facts["source_id"] == "course_adverts") | (facts["also"] == "course_adverts")]
    bare = set(ours.loc[ours["rests_on"] == "", "fact_id"])
    assert bare == {"F12"}  # a count of titles, not of duties
