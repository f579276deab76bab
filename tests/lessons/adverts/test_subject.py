"""Three groups of adverts: every PM is in one of two, and each label follows its rule."""

import pytest

from tpmlib.errors import CourseError
from tpmlib.kit.inference import LEVEL, as_wide
from tpmlib.lessons.adverts.role_profile import role_profile
from tpmlib.lessons.adverts.subject import GROUPS, describe, subject, view


@pytest.fixture
def rows(golden):
    """subject on the frozen tables, with some of them changed."""
    tables = {name: golden[name] for name in ("adverts", "responsibilities")}
    return lambda **changed: subject(**tables | {"cut": 0.01} | changed)


# --- laws


def test_every_pm_is_in_one_of_two_groups(rows, golden):
    duties = role_profile(**golden, study="second", compare="pm", level="responsibilities")
    frame, duties = rows(), duties.set_index("id")
    assert (frame["subject_n"] + frame["other_n"] == duties["other_n"].iloc[0]).all()
    assert list(frame["subject"] + frame["other"]) == list(duties["other_count"][frame["id"]])
    assert list(frame["tpm"]) == list(duties["tpm_count"][frame["id"]])


def test_a_group_is_counted_as_by_hand(rows, adverts):
    second = adverts[(adverts["batch"] == "second") & (adverts["role"] == "pm")]
    row = rows().set_index("id").loc["define_apis_and_integration_contracts"]
    named = second[second["domain"].astype(bool)]["define_apis_and_integration_contracts"]
    assert (row["subject"], row["subject_n"]) == (named.sum(), len(named))


@pytest.mark.parametrize(
    "p, first, rest",
    [
        ("p_title", "tpm", "other"),
        ("p_subject", "subject", "other"),
        ("p_between", "tpm", "subject"),
    ],
)
def test_a_p_is_that_of_the_yardstick(rows, p, first, rest):
    frame = rows()
    sizes = frame[f"{first}_n"].iloc[0], frame[f"{rest}_n"].iloc[0]
    wanted = as_wide(frame[first].to_numpy(), sizes[0], frame[rest].to_numpy(), sizes[1])
    assert list(frame[p]) == pytest.approx(list(wanted))


def test_a_rate_is_of_its_group(rows):
    frame = rows()
    for name in GROUPS:
        assert (frame[f"{name}_rate"] == frame[name] / frame[f"{name}_n"]).all()


def test_what_a_duty_goes_with_follows_the_rule(rows):
    frame = rows(cut=0.2)
    assert set(frame["goes_with"]) == {"title", "subject", "open"}
    for row in frame.itertuples():
        to_tpm, to_other = (abs(row.subject_rate - rate) for rate in (row.tpm_rate, row.other_rate))
        if row.p_subject < LEVEL and row.p_between >= LEVEL and to_tpm < to_other:
            assert row.goes_with == "subject"
        elif row.p_title < LEVEL and row.p_subject >= LEVEL:
            assert row.goes_with == "title"
        else:
            assert row.goes_with == "open"


def test_a_listed_duty_sets_a_group_apart_and_above_the_other_pms(rows):
    frame = rows()
    titled = (frame["p_title"] < 0.01) & (frame["tpm_rate"] > frame["other_rate"])
    themed = (frame["p_subject"] < 0.01) & (frame["subject_rate"] > frame["other_rate"])
    assert (titled | themed).all()


def test_the_picture_stands_in_blocks_of_what_a_duty_goes_with(rows):
    order = view(rows(), subject=False)["goes_with"]
    assert list(order.unique()) == ["subject", "open", "title"] and order.nunique() == 3
    assert (order != order.shift()).sum() == 3


def test_a_duty_with_poor_terms_is_not_listed(rows, responsibilities):
    listed = set(rows()["id"])
    poor = responsibilities["responsibility_id"].isin(listed)
    responsibilities.loc[poor, "precision"] = "low"
    assert listed and not listed & set(rows(responsibilities=responsibilities)["id"])


@pytest.mark.parametrize("drop", [("batch", "third"), ("role", "tpgm"), ("role", "other")])
def test_other_batches_and_roles_change_nothing(rows, adverts, drop):
    assert rows().equals(rows(adverts=adverts[adverts[drop[0]] != drop[1]]))


def test_the_order_of_the_adverts_does_not_matter(rows, adverts):
    assert rows().equals(rows(adverts=adverts[::-1]))


# --- every argument, every error


def test_a_wider_cut_lists_more(rows):
    few, more = set(rows()["id"]), set(rows(cut=0.05)["id"])
    assert few < more


def test_the_adverts_matter(rows, adverts):
    assert not rows().equals(rows(adverts=adverts.assign(domain=~adverts["domain"])))


@pytest.mark.parametrize("cut", [0, 0.3])
def test_a_cut_outside_its_range_is_named(rows, cut):
    with pytest.raises(CourseError, match=f"^cut: {cut} is outside 0.001 to 0.2"):
        rows(cut=cut)


# --- what is said


def test_before_the_third_group_is_drawn_nothing_is_said_of_it_but_its_number(rows):
    text = describe(view(rows(), subject=False))
    assert text.startswith("Adverts of the second study: 34 TPM, 75 PM with a technical subject, ")
    assert not any(name in text for name in rows()["name"])


def test_the_picture_holds_what_tpms_are_asked_for_more_by_the_yardstick_of_the_course(
    rows, golden
):
    duties = role_profile(**golden, study="second", compare="pm", level="responsibilities")
    leads = set(duties[duties["pile"] == "tpm"]["id"]) & set(rows()["id"])
    assert set(view(rows(), subject=False)["id"]) == leads
    assert 0 < len(leads) < len(rows())


def test_each_duty_is_named_once_with_what_it_goes_with(rows):
    frame = view(rows(), subject=True)
    before, after = describe(frame).split("Near other PMs")
    after, left = after.split("Open:")
    for text, goes_with in ((before, "subject"), (after, "title"), (left, "open")):
        for row in frame.itertuples():
            assert (row.name in text) == (row.goes_with == goes_with)
