"""Published figures are reproduced from the frozen adverts; each setting does what it says."""

from typing import get_args

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.lessons.adverts.role_profile import (
    LEAN_CUT,
    SLOTS,
    Label,
    describe,
    describe_row,
    p_text,
    role_profile,
    view,
)

LABELS = get_args(Label)
BASE = dict(
    compare="pm",
    level="responsibilities",
    members="distinct",
    equal_length=False,
    texts="all",
    draws=200,
    thinnings=40,
    seed=2,
)
ROWS = dict(area="all", lean="all", minimum=0, order="difference", first=1, select="")
# ADVERTS.md, the nine clusters: TPM adverts, PM adverts, % TPM, % PM, % PM cut to TPM length
PUBLISHED = {
    "Engineering depth": (13, 26, 81, 43, 29),
    "Commercial work": (6, 36, 38, 60, 44),
    "Strategy": (14, 52, 88, 87, 67),
    "Tactical delivery": (12, 45, 75, 75, 52),
    "Specifications and estimates": (11, 29, 69, 48, 28),
    "Security and compliance": (6, 12, 38, 20, 11),
    "Customer evidence": (11, 54, 69, 90, 63),
    "Resources": (0, 23, 0, 38, 21),
    "Translation and communication": (10, 56, 62, 93, 64),
}
ONE_ROW = "take_part_in_architecture_decisions"


@pytest.fixture
def profile(adverts, responsibilities):
    """role_profile on the frozen tables, with some settings changed."""
    tables = {"adverts": adverts, "responsibilities": responsibilities}
    return lambda **changed: role_profile(**tables | BASE | changed)


def with_local(responsibilities: pd.DataFrame) -> pd.DataFrame:
    """The responsibilities and two rows of an instructor's own."""
    own = responsibilities.head(2).assign(
        responsibility_id=["aa_own", "zz_own"], name=["Aa own", "Zz own"], source="local", terms=""
    )
    return pd.concat([responsibilities, own], ignore_index=True)


# --- published figures


@pytest.mark.parametrize("compare", ["pm", "tpgm"])
def test_the_published_counts_come_back(profile, responsibilities, compare):
    frame = profile(compare=compare)
    assert list(frame["tpm_count"]) == list(responsibilities["tpm_adverts"])
    assert list(frame["other_count"]) == list(responsibilities[f"{compare}_adverts"])


def test_architecture_is_in_7_of_16_tpm_and_6_of_60_pm_adverts(profile):
    row = profile().set_index("id").loc[ONE_ROW]
    assert [row.tpm_count, row.tpm_n, row.other_count, row.other_n] == [7, 16, 6, 60]


@pytest.mark.parametrize("cluster", PUBLISHED)
def test_the_published_clusters_come_back(profile, cluster):
    row = profile(level="clusters").set_index("id").loc[cluster]
    tpm, pm, tpm_percent, pm_percent, _ = PUBLISHED[cluster]
    assert [row.tpm_count, row.other_count] == [tpm, pm]
    # half a percent up or down: 6 of 16 is 37.5%, printed as 38
    assert 100 * row.tpm_rate == pytest.approx(tpm_percent, abs=0.5)
    assert 100 * row.other_rate == pytest.approx(pm_percent, abs=0.5)


@pytest.mark.parametrize("cluster", PUBLISHED)
def test_equal_length_is_near_the_published_cut(profile, cluster):
    frame = profile(level="clusters", equal_length=True, thinnings=300).set_index("id")
    assert frame.loc[cluster, "other_rate"] == pytest.approx(PUBLISHED[cluster][4] / 100, abs=0.07)


def test_equal_length_takes_two_differences_away_and_makes_two_plain(profile):
    whole, cut = (
        profile(level="clusters", equal_length=on).set_index("id") for on in (False, True)
    )
    vanish = ["Customer evidence", "Translation and communication"]
    appear = ["Specifications and estimates", "Security and compliance"]
    assert (whole.loc[vanish, "p"] < 0.05).all() and (cut.loc[vanish, "p"] > 0.3).all()
    assert (whole.loc[appear, "p"] > 0.15).all() and (cut.loc[appear, "p"] < 0.05).all()


def test_the_smallest_p_of_62_is_about_a_thousandth_and_passes_no_strict_cut(profile):
    p = profile()["p"]
    assert 0.05 / len(p) < p.min() < 0.0015


def test_budgets_and_people_are_in_no_tpm_advert(profile):
    row = profile(level="clusters").set_index("id").loc["Resources"]
    assert row.tpm_count == 0 and row.tpm_high == pytest.approx(0.1447, abs=0.0001)


def test_a_tenth_to_a_quarter_of_the_rows_point_clearly_to_one_role(profile):
    clear = profile(draws=2000)["label"].isin(["tpm", "pm"]).sum()
    assert 62 / 10 < clear < 62 / 4


# --- laws


def test_rates_differences_and_intervals_fit_together(profile):
    frame = profile(level="clusters", equal_length=True)
    for side in ("tpm", "other"):
        assert (frame[f"{side}_rate"] == frame[f"{side}_count"] / frame[f"{side}_n"]).all()
        assert (frame[f"{side}_low"] < frame[f"{side}_high"]).all()
        assert frame[f"{side}_rate"].between(frame[f"{side}_low"], frame[f"{side}_high"]).all()
    assert (frame["difference"] == frame["tpm_rate"] - frame["other_rate"]).all()


def test_a_label_says_where_the_whole_interval_lies(profile):
    frame = profile(draws=2000)
    low, high = frame["lean_low"], frame["lean_high"]
    assert ((low > LEAN_CUT) == (frame["label"] == "tpm")).all()
    assert ((high < -LEAN_CUT) == (frame["label"] == "pm")).all()
    assert (((low > -LEAN_CUT) & (high < LEAN_CUT)) == (frame["label"] == "shared")).all()


def test_swapping_the_roles_turns_every_row_around(profile, adverts):
    other = adverts.assign(role=adverts["role"].replace({"tpm": "pm", "pm": "tpm"}))
    frame, back = profile(), profile(adverts=other)
    assert list(back["lean"]) == pytest.approx(list(-frame["lean"]))
    assert list(back["difference"]) == pytest.approx(list(-frame["difference"]))
    assert list(back["p"]) == pytest.approx(list(frame["p"]))


@pytest.mark.parametrize("members", ["distinct", "every"])
def test_a_cluster_counts_any_of_its_members(profile, adverts, responsibilities, members):
    some = responsibilities[responsibilities["counted_in_cluster"] | (members == "every")]
    frame = profile(level="clusters", members=members).set_index("id")
    tpm = adverts[adverts["role"] == "tpm"]
    for cluster, group in some.groupby("cluster"):
        by_hand = sum(any(advert) for advert in tpm[group["responsibility_id"]].to_numpy())
        assert frame.loc[cluster, "tpm_count"] == by_hand


def test_the_order_of_the_adverts_does_not_matter(profile, adverts):
    columns = ["id", "tpm_count", "other_count", "lean", "p"]
    assert profile()[columns].equals(profile(adverts=adverts[::-1])[columns])


def test_adverts_twice_over_narrow_the_interval_and_keep_the_rates(profile, adverts):
    once, twice = profile(), profile(adverts=pd.concat([adverts, adverts]))
    assert (once["tpm_rate"] == twice["tpm_rate"]).all()
    width = [(frame["lean_high"] - frame["lean_low"]).mean() for frame in (once, twice)]
    assert width[1] < 0.8 * width[0]


def test_the_same_seed_gives_the_same_rows(profile):
    assert profile(equal_length=True).equals(profile(equal_length=True))


@pytest.mark.parametrize("equal_length", [False, True])
def test_another_seed_gives_other_intervals(profile, equal_length):
    frame, other = (profile(seed=seed, equal_length=equal_length) for seed in (2, 3))
    assert (frame["lean_low"] != other["lean_low"]).any()
    assert (frame["tpm_count"] == other["tpm_count"]).all()


def test_equal_length_lowers_the_other_role_and_leaves_the_tpm_alone(profile):
    whole, cut = profile(), profile(equal_length=True)
    assert (cut["other_rate"] <= whole["other_rate"]).all()
    assert (cut["tpm_count"] == whole["tpm_count"]).all()
    assert (cut["other_n"] == whole["other_n"]).all()


def test_equal_length_changes_no_count_when_all_adverts_are_equally_long(profile, adverts):
    same = adverts.assign(words=300)
    counts = ["tpm_count", "other_count", "lean", "p"]
    assert profile(adverts=same, equal_length=True)[counts].equals(profile(adverts=same)[counts])


def test_equal_length_keeps_an_advert_shorter_than_all_tpm_adverts_whole(profile, adverts):
    short = adverts.assign(words=adverts["words"].where(adverts["role"] == "tpm", 50))
    assert list(profile(adverts=short, equal_length=True)["other_count"]) == list(
        profile()["other_count"]
    )


def test_equal_length_leaves_almost_nothing_of_endless_adverts(profile, adverts):
    endless = adverts.assign(words=adverts["words"].where(adverts["role"] == "tpm", 10**9))
    assert profile(adverts=endless, equal_length=True)["other_count"].max() < 0.1


def test_whole_texts_leave_the_excerpts_out(profile, adverts):
    frame = profile(texts="full")
    assert set(frame["tpm_n"]) == {adverts[adverts["role"] == "tpm"]["full_text"].sum()} == {8}
    assert set(frame["other_n"]) == {60}


def test_adverts_of_other_roles_change_nothing(profile, adverts):
    assert profile().equals(profile(adverts=adverts[adverts["role"] != "other"]))


def test_the_tables_passed_in_stay_as_they_are(profile, adverts, responsibilities):
    before = adverts.copy(), responsibilities.copy()
    profile(level="clusters", equal_length=True)
    assert before[0].equals(adverts) and before[1].equals(responsibilities)


# --- every argument, every error


@pytest.mark.parametrize(
    "name, other",
    [
        ("compare", "tpgm"),
        ("level", "clusters"),
        ("members", "every"),
        ("equal_length", True),
        ("texts", "full"),
        ("draws", 300),
        ("thinnings", 60),
        ("seed", 3),
    ],
)
def test_every_argument_matters(profile, name, other):
    needed = {"thinnings": {"equal_length": True}, "members": {"level": "clusters"}}
    base = needed.get(name, {})
    assert not profile(**base).equals(profile(**base | {name: other}))


@pytest.mark.parametrize(
    "name, bad, text",
    [
        ("compare", "tmp", "'tmp' is not one of 'tpgm', 'pm'"),
        ("compare", "tpm", "'tpm' is not one of"),
        ("level", "cluster", "'cluster' is not one of 'clusters', 'responsibilities'; did you"),
        ("members", "all", "'all' is not one of 'distinct', 'every'"),
        ("texts", "whole", "'whole' is not one of 'all', 'full'"),
        ("draws", 0, "0 is outside 1 to 20000"),
        ("draws", 20_001, "20001 is outside 1 to 20000"),
        ("thinnings", 0, "0 is outside 1 to 2000"),
        ("thinnings", 2001, "2001 is outside 1 to 2000"),
        ("seed", -1, "-1 is outside 0 to 4294967295"),
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


def test_one_advert_of_each_role_is_enough(profile, adverts):
    frame = profile(adverts=adverts.groupby("role").head(1), equal_length=True)
    assert np.isfinite(frame.select_dtypes("number")).all(axis=None)
    assert frame["p"].min() >= 0.5


# --- an instructor's own rows, and rows that nobody mentions


def test_a_row_of_ones_own_has_no_count(profile, responsibilities):
    own = profile(responsibilities=with_local(responsibilities)).tail(2)
    assert list(own["label"]) == ["local"] * 2
    assert own[["tpm_count", "other_count", "tpm_rate", "lean", "p"]].isna().all(axis=None)


@pytest.mark.parametrize("level", ["responsibilities", "clusters"])
def test_a_row_of_ones_own_never_changes_a_statistic(profile, responsibilities, level):
    frame = profile(level=level, equal_length=True)
    own = profile(level=level, equal_length=True, responsibilities=with_local(responsibilities))
    pd.testing.assert_frame_equal(own[own["label"] != "local"], frame, check_dtype=False)


@pytest.mark.parametrize("order", ["difference", "tpm", "other"])
def test_rows_of_ones_own_go_last(profile, responsibilities, order):
    frame = profile(responsibilities=with_local(responsibilities))
    assert list(view(frame, **ROWS | {"order": order})["id"].tail(2)) == ["aa_own", "zz_own"]


def test_a_row_of_ones_own_is_described_without_numbers(profile, responsibilities):
    frame = profile(responsibilities=with_local(responsibilities))
    text = describe(view(frame, **ROWS | {"select": "zz_own"}))
    assert text.startswith("Zz own: a row of your own, with no count.")
    assert "nan" not in text


@pytest.mark.parametrize("compare", ["pm", "tpgm"])
def test_a_row_that_nobody_mentions_gets_no_label(profile, adverts, responsibilities, compare):
    """The smoothing alone would give it a lean of +1.5 against PM adverts."""
    rows = responsibilities.head(1).assign(responsibility_id="nothing", name="Nothing")
    frame = profile(
        adverts=adverts.assign(nothing=0),
        responsibilities=pd.concat([responsibilities, rows]),
        compare=compare,
    )
    assert frame.set_index("id").loc["nothing", "label"] == "unclear"


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


@pytest.mark.parametrize("label", LABELS)
def test_the_view_keeps_one_lean(profile, responsibilities, label):
    frame = profile(responsibilities=with_local(responsibilities))
    rows = view(frame, **ROWS | {"lean": label})
    assert len(rows) == (frame["label"] == label).sum() > 0


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
    rows = view(profile(), **ROWS | {"minimum": 77})
    assert rows.empty and {"shown", "selected", "position"} <= set(rows)
    assert describe(rows).startswith("No responsibility passes these filters")


def test_the_view_leaves_the_frame_as_it_is(profile):
    frame = profile()
    before = frame.copy()
    view(frame, **ROWS | {"area": "Strategy", "lean": "shared", "order": "name"})
    assert frame.equals(before)


@pytest.mark.parametrize("name", ["area", "lean", "order"])
def test_an_unknown_choice_of_the_view_is_named(profile, name):
    with pytest.raises(CourseError, match=f"^{name}: 'nam' is not one of"):
        view(profile(), **ROWS | {name: "nam"})


# --- words


def test_the_description_holds_the_numbers_of_the_row(profile):
    text = describe(view(profile(draws=2000), **ROWS | {"select": ONE_ROW}))
    assert text.startswith(
        "Take part in architecture decisions: 7 of 16 TPM adverts (44%, 90% interval 26% to 64%) "
        "and 6 of 60 PM adverts (10%, 5% to 18%); Fisher p = 0.0042; label: leans to TPM."
    )


def test_the_description_says_which_rows_are_on_show(profile):
    text = describe(view(profile(), **ROWS | {"first": 5}))
    assert "5 to 20 of the 62 responsibilities" in text
    assert "all 9 areas" in describe(view(profile(level="clusters"), **ROWS))


def test_the_description_counts_the_rows_that_stand_out(profile):
    frame = profile()
    text = describe(view(frame, **ROWS))
    assert f"{(frame['p'] < 0.01).sum()} differ at p < 0.01, and none" in text
    assert "62 tests (p < 0.0008)" in text


def test_the_description_says_what_was_done_to_the_adverts(profile):
    frame = profile(level="clusters", compare="tpgm", equal_length=True, texts="full")
    row = frame.set_index("id", drop=False).loc["Resources"]
    text, about = describe_row(row), f"about {row.other_count:.0f} of 13 TPgM adverts"
    assert "0 of 8 TPM adverts read whole (0%" in text
    assert f"{about} once thinned to TPM length ({row.other_rate:.0%}, " in text


@pytest.mark.parametrize("label", [name for name in LABELS if name != "local"])
def test_every_label_has_words(profile, label):
    row = profile().iloc[0].copy()
    row["label"] = label
    words = {
        "tpm": "leans to TPM",
        "pm": "leans to PM",
        "shared": "shared",
        "unclear": "cannot tell",
    }
    assert describe_row(row).endswith(f"label: {words[label]}.")


@pytest.mark.parametrize(
    "p, text",
    [(1, "1.000"), (0.0501, "0.050"), (0.01, "0.010"), (0.0042, "0.0042"), (1e-9, "under 0.0001")],
)
def test_a_p_is_never_a_bare_zero(p, text):
    assert p_text(p) == text
