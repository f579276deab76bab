"""The second study comes back as it was evaluated; each setting does what it says."""

from typing import get_args

import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.lessons.adverts.role_profile import (
    SLOTS,
    Pile,
    describe,
    describe_row,
    p_text,
    role_profile,
    view,
)

PILES = get_args(Pile)
BASE = dict(study="second", compare="pm", level="responsibilities")
ROWS = dict(area="all", pile="all", minimum=0, order="difference", first=1, select="")
# the first edition, nine areas: TPM adverts of 16, PM adverts of 60
FIRST = {
    "Engineering depth": (13, 26),
    "Commercial work": (6, 36),
    "Strategy": (14, 52),
    "Tactical delivery": (12, 45),
    "Specifications and feasibility": (11, 29),
    "Security and compliance": (6, 12),
    "Customer evidence": (11, 54),
    "Resources": (0, 23),
    "Translation and communication": (10, 56),
}
ONE_ROW = "take_part_in_architecture_decisions"
YARDSTICK = pd.read_csv("tests/golden/yardstick.csv", keep_default_na=False)


@pytest.fixture
def profile(golden):
    """role_profile on the frozen tables, with some settings changed."""
    return lambda **changed: role_profile(**golden | BASE | changed)


def with_local(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The responsibilities and two rows of an instructor's own."""
    own = responsibilities.head(2).assign(
        responsibility_id=["aa_own", "zz_own"], name=["Aa own", "Zz own"], source="local", terms=""
    )
    return pd.concat([responsibilities, own], ignore_index=True)


# --- published figures


@pytest.mark.parametrize("level, kind", [("responsibilities", "duty"), ("clusters", "area")])
def test_the_yardstick_says_what_the_evaluation_said(profile, level, kind):
    wanted = YARDSTICK[YARDSTICK["kind"] == kind].set_index("id")
    frame = profile(level=level).set_index("id").loc[wanted.index]
    assert list(frame["word"]) == list(wanted["word"])
    for column, other in {"tpm_count": "tpm", "other_count": "pm", "tpm_n": "tpm_n"}.items():
        assert list(frame[column]) == list(wanted[other])
    for column, other in {"p": "p", "difference_low": "low", "difference_high": "high"}.items():
        assert list(frame[column]) == pytest.approx(list(wanted[other]), abs=1e-5)


@pytest.mark.parametrize("cluster", FIRST)
def test_the_first_study_comes_back(profile, cluster):
    row = profile(level="clusters", study="first").set_index("id").loc[cluster]
    assert (row.tpm_count, row.other_count) == FIRST[cluster]
    assert (row.tpm_n, row.other_n) == (16, 60)


def test_the_first_study_gets_no_word(profile):
    assert set(profile(level="clusters", study="first")["word"]) == {""}


def test_the_old_lists_find_more_in_the_same_texts(profile):
    old, new = (profile(level="clusters", study=name) for name in ("old_lists", "second"))
    assert (old["tpm_n"] == new["tpm_n"]).all() and (old["other_n"] == new["other_n"]).all()
    assert (old["other_count"] > new["other_count"]).mean() > 0.8


def test_a_duty_with_poor_terms_gets_no_other_word_than_cannot_tell(profile, responsibilities):
    low = set(responsibilities.query("precision == 'low'")["responsibility_id"])
    frame = profile()
    assert len(low) == 5 and set(frame[frame["id"].isin(low)]["word"]) == {"cannot tell"}


def test_an_area_loses_a_word_that_its_poor_terms_made(profile, responsibilities):
    area, frame = "Translation and communication", profile(level="clusters").set_index("id")
    sure = responsibilities.assign(precision="high")
    assert frame.loc[area, "word"] == "cannot tell"
    kept = profile(level="clusters", responsibilities=sure).set_index("id")
    assert kept.loc[area, "word"] == "alike"


# --- laws


def test_rates_differences_and_intervals_fit_together(profile):
    frame = profile(level="clusters")
    for side in ("tpm", "other"):
        assert (frame[f"{side}_rate"] == frame[f"{side}_count"] / frame[f"{side}_n"]).all()
        assert frame[f"{side}_rate"].between(frame[f"{side}_low"], frame[f"{side}_high"]).all()
    assert (frame["difference"] == frame["tpm_rate"] - frame["other_rate"]).all()
    assert frame["difference"].between(frame["difference_low"], frame["difference_high"]).all()


def test_a_pile_is_the_word_and_its_side(profile):
    frame = profile()
    differs = frame["word"].isin(["clear", "hint"])
    assert (frame["pile"].isin(["tpm", "other"]) == differs).all()
    assert ((frame["pile"] == "tpm") == (differs & (frame["difference"] > 0))).all()
    assert (frame["side"] == frame["pile"].where(differs, "neither")).all()


def test_swapping_the_roles_turns_every_row_around(profile, adverts):
    other = adverts.assign(role=adverts["role"].replace({"tpm": "pm", "pm": "tpm"}))
    frame, back = profile(), profile(adverts=other)
    assert list(back["difference"]) == pytest.approx(list(-frame["difference"]))
    assert list(back["p"]) == pytest.approx(list(frame["p"]))
    assert list(back["word"]) == list(frame["word"])


def test_a_cluster_counts_any_of_its_members(profile, adverts, responsibilities):
    some = responsibilities[responsibilities["counted_in_cluster"]]
    frame = profile(level="clusters").set_index("id")
    tpm = adverts[(adverts["role"] == "tpm") & (adverts["batch"] == "second")]
    for cluster, group in some.groupby("cluster"):
        by_hand = sum(any(advert) for advert in tpm[group["responsibility_id"]].to_numpy())
        assert frame.loc[cluster, "tpm_count"] == by_hand


@pytest.mark.parametrize("drop", [("batch", "third"), ("role", "other")])
def test_other_batches_and_roles_change_nothing(profile, adverts, drop):
    column, value = drop
    assert profile().equals(profile(adverts=adverts[adverts[column] != value]))


def test_the_order_of_the_adverts_does_not_matter(profile, adverts):
    assert profile().equals(profile(adverts=adverts[::-1]))


def test_the_tables_passed_in_stay_as_they_are(profile, adverts, responsibilities):
    before = adverts.copy(), responsibilities.copy()
    profile(level="clusters", adverts=adverts, responsibilities=responsibilities)
    assert before[0].equals(adverts) and before[1].equals(responsibilities)


# --- every argument, every error


@pytest.mark.parametrize(
    "name, other", [("study", "first"), ("compare", "tpgm"), ("level", "clusters")]
)
def test_every_argument_matters(profile, name, other):
    assert not profile().equals(profile(**{name: other}))


@pytest.mark.parametrize(
    "name, bad, text",
    [
        ("study", "third", "'third' is not one of"),
        ("compare", "tmp", "'tmp' is not one of 'tpgm', 'pm'"),
        ("level", "cluster", "'cluster' is not one of 'clusters', 'responsibilities'; did you"),
    ],
)
def test_a_wrong_value_is_named(profile, name, bad, text):
    with pytest.raises(CourseError) as caught:
        profile(**{name: bad})
    assert str(caught.value).startswith(f"{name}: {text}")


@pytest.mark.parametrize("role", ["tpm", "pm"])
def test_a_role_without_adverts_is_named(profile, adverts, role):
    with pytest.raises(CourseError, match=f"^adverts: none of role '{role}' among those to be"):
        profile(adverts=adverts[adverts["role"] != role])


# --- an instructor's own rows


def test_a_row_of_ones_own_has_no_count(profile, responsibilities):
    own = profile(responsibilities=with_local(responsibilities)).tail(2)
    assert list(own["word"]) == ["local"] * 2 and list(own["pile"]) == ["none"] * 2
    assert own[["tpm_count", "other_count", "tpm_rate", "p"]].isna().all(axis=None)


@pytest.mark.parametrize("level", ["responsibilities", "clusters"])
def test_a_row_of_ones_own_never_changes_a_statistic(profile, responsibilities, level):
    frame = profile(level=level)
    own = profile(level=level, responsibilities=with_local(responsibilities))
    pd.testing.assert_frame_equal(own[own["word"] != "local"], frame, check_dtype=False)


@pytest.mark.parametrize("order", ["difference", "tpm", "other"])
def test_rows_of_ones_own_go_last(profile, responsibilities, order):
    frame = profile(responsibilities=with_local(responsibilities))
    assert list(view(frame, **ROWS | {"order": order})["id"].tail(2)) == ["aa_own", "zz_own"]


def test_a_row_of_ones_own_is_described_without_numbers(profile, responsibilities):
    frame = profile(responsibilities=with_local(responsibilities))
    text = describe(view(frame, **ROWS | {"select": "zz_own"}))
    assert text.startswith("Zz own: a row of your own, with no count.")
    assert "nan" not in text


# --- view


def test_the_view_shows_every_row_that_passes_in_order(profile):
    rows = view(profile(), **ROWS)
    assert list(rows["position"]) == list(range(1, 63)) and set(rows["matching"]) == {62}
    assert rows["difference"].is_monotonic_decreasing


@pytest.mark.parametrize(
    "order, column", [("tpm", "tpm_rate"), ("other", "other_rate"), ("difference", "difference")]
)
def test_the_view_sorts_by_a_number_with_ties_by_name(profile, order, column):
    rows = view(profile(), **ROWS | {"order": order})
    wanted = sorted(zip(-rows[column], rows["id"], strict=True))
    assert list(rows["id"]) == [name for _, name in wanted]


def test_the_view_sorts_by_name(profile):
    names = list(view(profile(), **ROWS | {"order": "name"})["name"])
    assert names == sorted(names)


def test_the_view_keeps_one_area(profile):
    frame = profile()
    rows = view(frame, **ROWS | {"area": "Resources"})
    assert set(rows["id"]) == set(frame[frame["cluster"] == "Resources"]["id"])


@pytest.mark.parametrize("pile", PILES)
def test_the_view_keeps_one_pile(profile, responsibilities, pile):
    frame = profile(responsibilities=with_local(responsibilities))
    rows = view(frame, **ROWS | {"pile": pile})
    assert len(rows) == (frame["pile"] == pile).sum() > 0


@pytest.mark.parametrize("minimum", [0, 1, 13, 40])
def test_the_view_keeps_rows_that_enough_adverts_mention(profile, minimum):
    frame = profile()
    rows = view(frame, **ROWS | {"minimum": minimum})
    assert set(rows["id"]) == set(frame[frame["tpm_count"] + frame["other_count"] >= minimum]["id"])


@pytest.mark.parametrize("first, start", [(1, 1), (5, 5), (47, 47), (62, 47), (0, 1)])
def test_the_window_stays_full(profile, first, start):
    rows = view(profile(), **ROWS | {"first": first})
    assert list(rows[rows["shown"]]["position"]) == list(range(start, start + SLOTS))


def test_the_window_shows_all_of_a_few_rows(profile):
    rows = view(profile(level="clusters"), **ROWS | {"first": 9})
    assert rows["shown"].all() and len(rows) == 9


def test_the_selected_row_is_the_one_asked_for(profile):
    rows = view(profile(), **ROWS | {"select": ONE_ROW})
    assert list(rows[rows["selected"]]["id"]) == [ONE_ROW]


@pytest.mark.parametrize("select", ["", "no_such_row", ONE_ROW])
def test_a_selection_that_does_not_pass_falls_back_to_the_first_on_show(profile, select):
    rows = view(profile(), **ROWS | {"area": "Strategy", "select": select})
    assert list(rows["selected"]) == [True] + [False] * (len(rows) - 1)
    rows = view(profile(), **ROWS | {"first": 5, "select": "no_such_row"})
    assert list(rows[rows["selected"]]["position"]) == [5]


def test_nothing_may_pass_the_filters(profile):
    rows = view(profile(), **ROWS | {"minimum": 489})
    assert rows.empty and {"shown", "selected", "position"} <= set(rows)
    assert describe(rows).startswith("No responsibility passes these filters")


def test_the_view_leaves_the_frame_as_it_is(profile):
    frame = profile()
    before = frame.copy()
    view(frame, **ROWS | {"area": "Strategy", "pile": "alike", "order": "name"})
    assert frame.equals(before)


@pytest.mark.parametrize("name", ["area", "pile", "order"])
def test_an_unknown_choice_of_the_view_is_named(profile, name):
    with pytest.raises(CourseError, match=f"^{name}: 'nam' is not one of"):
        view(profile(), **ROWS | {name: "nam"})


# --- words


def test_the_description_holds_the_numbers_of_the_row(profile):
    text = describe(view(profile(), **ROWS | {"select": ONE_ROW}))
    assert text.startswith(
        "Take part in architecture decisions: 8 of 34 TPM adverts (24%, 90% interval 14% to 37%) "
        "and 49 of 454 PM adverts (11%, 9% to 13%); p = 0.033: hint."
    )


def test_the_description_says_which_rows_are_on_show(profile):
    text = describe(view(profile(), **ROWS | {"first": 5}))
    assert "5 to 20 of the 62 responsibilities" in text
    assert "all 9 areas" in describe(view(profile(level="clusters"), **ROWS))


def test_the_description_counts_the_rows_that_stand_out(profile):
    frame = profile()
    text = describe(view(frame, **ROWS))
    assert f"{(frame['p'] < 0.05).sum()} differ at p < 0.05, and 1 at" in text
    assert "62 rows (p < 0.0008)" in text


def test_the_description_says_why_the_first_study_has_no_word(profile):
    assert describe_row(profile(study="first").iloc[0]).endswith("30 texts a side, so no word.")


@pytest.mark.parametrize(
    "p, text",
    [(1, "1.000"), (0.0501, "0.050"), (0.01, "0.010"), (0.0042, "0.0042"), (1e-9, "under 0.0001")],
)
def test_a_p_is_never_a_bare_zero(p, text):
    assert p_text(p) == text
