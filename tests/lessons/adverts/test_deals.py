"""Dealing the titles anew finds the p of the yardstick, by another way."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.kit import figures
from tpmlib.lessons.adverts import deals_picture
from tpmlib.lessons.adverts.deals import deals, describe
from tpmlib.lessons.adverts.role_profile import role_profile

BASE = dict(study="first", area="Engineering depth", number=1000, seed=3)
AREAS = [
    *("Commercial work", "Customer evidence", "Engineering depth", "Resources", "Strategy"),
    *("Security and compliance", "Specifications and feasibility", "Tactical delivery"),
    "Translation and communication",
]


@pytest.fixture
def dealt(golden):
    """deals on the frozen tables, with some settings changed."""
    return lambda **changed: deals(**golden | BASE | changed)


@pytest.fixture
def profile(golden):
    """The row of an area in role_profile."""

    def row(area, study):
        frame = role_profile(**golden, study=study, compare="pm", level="clusters")
        return frame.set_index("name").loc[area]

    return row


# --- laws


@pytest.mark.parametrize("study", ["first", "second", "old_lists"])
@pytest.mark.parametrize("area", AREAS)
def test_p_and_what_is_printed_are_those_of_role_profile(dealt, profile, area, study):
    frame, row = dealt(area=area, study=study, number=0), profile(area, study)
    wanted = row.p, row.tpm_count, row.tpm_n, row.other_n, row.tpm_count + row.other_count
    assert tuple(frame.loc[0, ["p", "printed", "tpm_n", "other_n", "total"]]) == wanted


@pytest.mark.parametrize("area", ["Engineering depth", "Resources", "Strategy"])
def test_many_deals_come_near_to_p(dealt, area):
    frame = dealt(area=area, number=20_000)
    share, p = frame.loc[frame["wide"], "deals"].sum() / 20_000, frame["p"].iloc[0]
    assert abs(share - p) < 4 * np.sqrt(p * (1 - p) / 20_000) + 1e-9


def test_a_shuffle_by_hand_finds_the_same_p(dealt):
    """13 of 16 and 26 of 60 mention it: 76 titles, torn off and dealt 20,000 times."""
    mentions, generator = np.repeat([1, 0], [39, 37]), np.random.default_rng(1)
    tpm = np.array([generator.permutation(mentions)[:16].sum() for _ in range(20_000)])
    gap = np.abs(tpm / 16 - (39 - tpm) / 60)
    assert (gap >= 13 / 16 - 26 / 60 - 1e-9).mean() == pytest.approx(dealt()["p"].iloc[0], abs=3e-3)


def test_every_deal_is_counted_once(dealt):
    assert dealt(number=777)["deals"].sum() == 777


def test_the_printed_titles_are_as_wide_as_themselves(dealt):
    frame = dealt()
    assert frame.set_index("mentions")["wide"][frame["printed"].iloc[0]]


def test_the_share_is_of_the_commonest_number(dealt):
    frame = dealt()
    assert frame["share"].max() == 1
    assert (frame["share"] == frame["deals"] / frame["deals"].max()).all()


def test_no_row_is_beyond_what_can_be_dealt(dealt):
    frame = dealt(area="Translation and communication")  # 66 of 76: at least 6 of any 16
    assert list(frame["mentions"]) == list(range(6, 17))


# --- the deals


def test_without_a_deal_nothing_is_dealt(dealt):
    frame = dealt(number=0)
    assert not frame["deals"].any() and not frame["share"].any()


def test_the_same_seed_gives_the_same_deals(dealt):
    assert dealt().equals(dealt())


@pytest.mark.parametrize(
    "name, other", [("study", "second"), ("area", "Resources"), ("number", 999), ("seed", 4)]
)
def test_every_argument_matters(dealt, name, other):
    assert not dealt().equals(dealt(**{name: other}))


@pytest.mark.parametrize("few", [1, 10, 100])
def test_the_first_deals_of_many_are_the_few(dealt, few):
    few, many = (dealt(number=number)["deals"] for number in (few, 1000))
    assert (few <= many).all()


# --- errors


@pytest.mark.parametrize("number", [-1, 20_001])
def test_a_number_outside_its_range_is_named(dealt, number):
    with pytest.raises(CourseError, match=f"^number: {number} is outside 0 to 20000"):
        dealt(number=number)


def test_an_unknown_area_is_named(dealt):
    with pytest.raises(CourseError, match="^area: 'Resource' is not one of .*'Resources'"):
        dealt(area="Resource")


# --- what is said


def test_before_the_first_deal_what_is_printed_is_said(dealt):
    assert describe(dealt(number=0)) == (
        "Engineering depth: 39 of all 76 adverts mention it. In the real adverts 13 of the 16 for "
        "TPMs do. Nothing is dealt yet."
    )


def test_a_single_deal_is_said_as_it_fell(dealt):
    frame = dealt(number=1)
    fell = frame.loc[frame["deals"] == 1, "mentions"].item()
    assert describe(frame).startswith(f"In this deal {fell} of the 16 adverts called TPM")


def test_one_advert_mentions_it(dealt):
    frame = dealt(number=1)
    frame["deals"] = (frame["mentions"] == 1).astype(int)
    assert describe(frame).startswith("In this deal 1 of the 16 adverts called TPM mentions it.")


@pytest.mark.parametrize("number", [10, 999, 1000])
def test_many_deals_are_said_with_those_as_wide_and_a_thousand_with_p(dealt, number):
    frame = dealt(number=number)
    wide = frame.loc[frame["wide"], "deals"].sum() or "None"
    text = describe(frame)
    assert text.startswith(f"{wide} of {number:,} deals ha") and "as wide as the real one" in text
    assert (f"it is {1000 * frame['p'].iloc[0]:.0f} in 1,000" in text) is (number >= 1000)


def test_a_bar_of_a_single_deal_is_at_least_five_pixels_high():
    frame = figures.frame("deals", number=1000)
    figure = Figure(figsize=deals_picture.SIZE, dpi=100)
    deals_picture.draw(figure, frame)(frame)
    drawn = [bar.get_height() for bar in figure.axes[0].patches]
    dealt = dict(zip(frame["mentions"], frame["deals"] > 0, strict=True))
    axes = figure.axes[0].get_window_extent().height / 1.08  # pixels of a bar of height 1
    assert dealt[13] and min(frame.loc[frame["deals"] > 0, "share"]) * axes < 5
    for mentions, height in enumerate(drawn):
        assert (height * axes >= 5) if dealt.get(mentions) else height == 0
