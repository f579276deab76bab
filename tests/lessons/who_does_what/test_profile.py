"""Hours beside the words of two roles' adverts: shares, an interval, and the odd weeks."""

import inspect

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from tpmlib.errors import CourseError
from tpmlib.lessons.who_does_what.profile import AREA_HOURS, describe, nearest_role, profile
from tpmlib.lessons.who_does_what.profile_picture import BARS, WIDTH, draw, finding, numbers

AREAS = [
    name
    for name in inspect.signature(profile).parameters
    if name not in ("adverts", "responsibilities", "draws", "seed")
]
NONE = dict.fromkeys(AREAS, 0)


@pytest.fixture
def tables(golden):
    return {name: golden[name] for name in ("adverts", "responsibilities")}


@pytest.fixture
def week(tables):
    def make(**changed):
        return profile(**tables, **NONE | {"draws": 200, "seed": 3} | changed)

    return make


def test_the_areas_are_the_clusters_of_the_table(week, golden):
    clusters = set(golden["responsibilities"]["cluster"])
    frame = week()
    assert len(AREAS) == 9 and set(frame["area"]) == clusters
    assert [area.lower().replace(" ", "_") for area in frame["area"]] == AREAS


def test_shares_sum_to_one(week):
    frame = week(strategy=10, resources=30)
    assert frame[["yours", "tpm", "pm"]].sum().tolist() == pytest.approx([1, 1, 1])


def test_an_area_has_the_share_of_mentions_of_its_members(week, golden):
    """A second method, by way of the table."""
    rows, adverts = golden["responsibilities"], golden["adverts"]
    tpm = (adverts["batch"] == "second") & (adverts["role"] == "tpm")
    counts = adverts.loc[tpm, list(rows["responsibility_id"])].sum()
    shares = counts.groupby(rows.set_index("responsibility_id")["cluster"]).sum() / counts.sum()
    frame = week().set_index("area")
    pd.testing.assert_series_equal(frame["tpm"].sort_index(), shares, check_names=False)


@pytest.mark.parametrize("role", ["tpm", "pm"])
def test_a_week_like_a_role_is_near_it(week, role):
    shares = week()[role]
    frame = week(**dict(zip(AREAS, shares * 40, strict=True)))
    assert frame[f"near_{role}"].iloc[0] == pytest.approx(1)
    assert nearest_role(frame.iloc[0]) == role


def test_a_week_between_the_roles_is_left_open(week):
    shares = (week()["tpm"] + week()["pm"]) / 2
    row = week(**dict(zip(AREAS, shares * 40, strict=True))).iloc[0]
    assert nearest_role(row) == "open" and row["nearer_low"] < 0 < row["nearer_high"]


def test_what_pulls_a_week_to_a_title_is_named(week):
    words = describe(week(customer_evidence=12, commercial_work=16, tactical_delivery=4))
    assert "What pulls it to PM: more commercial work than in adverts, and less " in words
    words = describe(week(engineering_depth=16, tactical_delivery=12, strategy=4))
    assert "What pulls it to TPM: more engineering depth than in adverts" in words


def test_how_sure_it_is_stands_in_the_numbers(week):
    frame = week(strategy=9)
    low, high = (f"{frame[f'near_pm{end}'].iloc[0]:.0%}" for end in ("_low", "_high"))
    assert numbers(frame)[-1][-1] == f"{low} to {high}"


@pytest.mark.parametrize("area, role", [("engineering_depth", "tpm"), ("commercial_work", "pm")])
def test_above_the_lower_share_that_is_named_hours_move_a_week_to_one_role(week, area, role):
    """Below it, an hour more adds to the overlap with both alike."""
    start = week().set_index("area")[["tpm", "pm"]].min(axis=1) * 40
    hours = dict(zip(AREAS, start, strict=True))
    before, after = (week(**hours | {area: hours[area] + n}).iloc[0] for n in (0, 1))
    assert (after["nearer"] > before["nearer"]) == (role == "tpm")


def test_a_week_of_two_areas_is_like_no_advert(week):
    frame = week(specifications_and_feasibility=12, tactical_delivery=12)
    assert nearest_role(frame.iloc[0]) == "neither"
    assert "little of either" in describe(frame)


def test_only_the_split_of_the_hours_counts(week):
    small, large = (week(strategy=n, tactical_delivery=3 * n).iloc[0] for n in (1, 12))
    assert small["near_tpm"] == pytest.approx(large["near_tpm"])


@pytest.mark.parametrize(
    "hours, words",
    [
        ({}, "No hours yet."),
        (dict.fromkeys(AREAS, 4), "This week shares"),
        (dict.fromkeys(AREAS, 40), "A week has 168 hours."),
    ],
)
def test_odd_weeks_are_said(week, hours, words):
    frame = week(**hours)
    assert words in describe(frame)
    assert np.isfinite(frame.select_dtypes("number")).all(axis=None)
    assert (nearest_role(frame.iloc[0]) == "none") == (not hours)


def test_a_sentence_of_no_hours_claims_nothing(week):
    assert "nearer" not in describe(week()) and (week()["yours"] == 0).all()


def test_the_interval_holds_the_overlap_of_a_mixed_week(week):
    row = week(strategy=8, customer_evidence=8, engineering_depth=8, tactical_delivery=8).iloc[0]
    for name in ("near_tpm", "near_pm", "nearer"):
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]


@pytest.mark.parametrize(
    "name, other", [*((area, 7) for area in AREAS), ("draws", 99), ("seed", 4)]
)
def test_every_argument_matters(week, name, other):
    some = dict.fromkeys(AREAS, 4)
    assert not week(**some).equals(week(**some | {name: other}))


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("bad", [-1, AREA_HOURS + 1])
def test_out_of_range_is_named(week, name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside 0 to {AREA_HOURS}$"):
        week(**{name: bad})


@pytest.mark.parametrize("name, bad", [("draws", 19), ("seed", -1)])
def test_draws_and_seed_out_of_range_are_named(week, name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        week(**{name: bad})


# --- the picture


def parts(frame):
    """By bar, the heights of its nine parts, and all words on the picture."""
    figure = Figure()
    draw(figure, frame)(frame)
    boxes = [box for box in figure.axes[0].patches if box.get_width() == WIDTH]
    heights = {
        name: [box.get_height() for box in boxes[9 * n : 9 * n + 9]] for n, name in enumerate(BARS)
    }
    return heights, [text.get_text() for text in figure.axes[0].texts]


def test_each_part_is_as_high_as_its_share(week):
    frame = week(strategy=10, resources=15, tactical_delivery=15)
    for name, heights in parts(frame)[0].items():
        np.testing.assert_allclose(heights, frame[name])


def test_a_part_with_room_for_it_has_its_name_and_share(week):
    words = parts(week(strategy=10, resources=30))[1]
    assert "Strategy 25%" in words and "Resources 75%" in words
    assert not any(word.endswith(" 0%") for word in words)


def test_without_hours_the_bar_is_empty_and_the_title_takes_no_side(week):
    assert sum(parts(week())[0]["yours"]) == 0
    assert finding(week()) == "Give some hours: the bar on the left is empty"
    assert numbers(week(strategy=40))[1][:3] == ["Strategy", "40", "100.0%"]
