"""Loads follow their equations; roles appear where the load says; each setting matters."""

import re

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.lessons.org_size.org_growth import KINDS, READINGS, dedicated, describe, org_growth
from tpmlib.lessons.org_size.org_spread import FAR, MOVED, org_spread
from tpmlib.lessons.org_size.org_spread import describe as describe_spread

# a table of the test's own, so that an instructor's hours break nothing
WORK = pd.DataFrame(
    [
        ("Strategy", 0, "none", 1.0, 0.2),
        ("Tactical delivery", 0, "wide", 0.5, 0.4),
        ("Specifications and estimates", 1, "middle", 0.4, 0.5),
        ("Engineering depth", 1, "narrow", 0.6, 1.0),
    ],
    columns=["cluster", "technical", "tpm_reading", "hours_per_engineer", "hours_per_pair"],
)
RATIOS = pd.DataFrame(
    [("a", "Somebody: 2 to 15", 2, 15, "F24"), ("b", "Another: 40", 40, 40, "F25")],
    columns=["ratio_id", "says", "low", "high", "fact"],
)
BASE = dict(
    workload=WORK,
    engineers=20,
    complexity=2.0,
    threshold=30,
    scale=1.0,
    complex_work="raises",
    tpm_means="middle",
    division="by_kind",
    week=40,
    team_size=7,
    neighbours=4,
    largest=120,
)
SPREAD = dict(workload=WORK, ratios=RATIOS, role="tpm", times=2.0, complexity=1.0, threshold=30)
SPREAD |= dict(tpm_means="middle", team_size=7, neighbours=4)
ALONE = WORK.assign(hours_per_pair=0.0)
GRID = [(c, h, r) for c in (0.5, 1, 2, 3) for h in (15, 30, 60) for r in READINGS]


def growth(**changed):
    return org_growth(**BASE | changed)


def spread(**changed):
    return org_spread(**SPREAD | changed)


def at(frame, engineers):
    return frame.set_index("engineers").loc[engineers]


# --- the equations, by hand


def test_hours_at_20_engineers_are_those_worked_out_by_hand():
    # 3 teams, 3 pairs; ordinary kinds 20 * 1.5, technical 20 * 1.0 * 2, pairs 3 * 2.1 * 2
    row = at(growth(), 20)
    assert row.teams == 3
    assert row.product_hours == pytest.approx(30 + 40 + 12.6)
    assert row.technical_hours == pytest.approx(40 + 3 * 1.5 * 2)
    assert row.technical_load == pytest.approx(49 / 40)


@pytest.mark.parametrize(
    "teams, pairs", [(1, 0), (2, 1), (3, 3), (4, 6), (5, 10), (6, 12), (10, 20)]
)
def test_a_team_works_with_at_most_four_others(teams, pairs):
    only = WORK.assign(hours_per_engineer=0.0)
    row = at(growth(workload=only, complexity=1), 7 * teams)
    assert row.product_hours == pytest.approx(2.1 * pairs)


def test_without_work_between_teams_hours_are_in_proportion_to_engineers():
    frame = growth(workload=ALONE)
    for column in ("product_hours", "technical_hours"):
        assert list(frame[column] / frame["engineers"]) == pytest.approx([frame[column][0]] * 120)


@pytest.mark.parametrize("complexity, threshold, tpm_means", GRID)
def test_more_engineers_never_mean_less_work_or_fewer_people(complexity, threshold, tpm_means):
    frame = growth(complexity=complexity, threshold=threshold, tpm_means=tpm_means)
    for column in ("product_hours", "technical_hours", "people", "tpms"):
        assert frame[column].is_monotonic_increasing
    assert (frame["tpms"] <= frame["people"]).all()


@pytest.mark.parametrize("threshold", [15, 30, 60])
@pytest.mark.parametrize("tpm_means", READINGS)
@pytest.mark.parametrize("team_size", [4, 7, 14])
def test_more_complexity_never_brings_a_role_later(threshold, tpm_means, team_size):
    given = dict(threshold=threshold, tpm_means=tpm_means, team_size=team_size, largest=600)
    points = [growth(complexity=c, **given).iloc[0] for c in np.arange(0.5, 3.01, 0.25)]
    for column in ("first_pm", "first_tpm"):
        assert (np.diff([point[column] for point in points]) <= 0).all()


def test_where_engineers_take_over_more_complexity_brings_a_role_later():
    simple, complex_ = (
        growth(complexity=c, complex_work="lowers", largest=600).iloc[0] for c in (1, 3)
    )
    assert complex_["first_tpm"] > 2 * simple["first_tpm"]


def test_at_complexity_1_it_does_not_matter_who_takes_the_complex_work():
    raised, lowered = (growth(complexity=1, complex_work=way) for way in ("raises", "lowers"))
    assert raised.equals(lowered)


def test_twice_the_hours_move_the_first_role_as_half_the_threshold_does():
    twice, half = growth(scale=2).iloc[0], growth(threshold=15).iloc[0]
    assert list(twice[["first_pm", "first_tpm"]]) == list(half[["first_pm", "first_tpm"]])


def test_a_wider_reading_of_tpm_has_more_hours():
    hours = [growth(tpm_means=reading)["technical_hours"] for reading in READINGS]
    assert (hours[0] < hours[1]).all() and (hours[1] < hours[2]).all()


# --- whole people


@pytest.mark.parametrize("work, people", [(0, 0), (29.9, 0), (30, 1), (69.9, 1), (70, 2), (110, 3)])
def test_the_next_person_comes_when_what_is_left_fills_a_role(work, people):
    assert dedicated(np.array([work]), 30, 40)[0] == people


def test_a_role_that_needs_more_than_a_week_overloads_the_last_person_first():
    assert list(dedicated(np.array([59, 60, 99, 100]), 60, 40)) == [0, 1, 1, 2]


def test_a_load_exactly_at_the_threshold_counts_despite_rounding():
    # 23 * 0.9 + 6 * 1.55 is 30, and 29.999999999999996 in floating point
    assert dedicated(np.array([23 * 0.9 + 6 * 1.55]), 30, 40)[0] == 1


def test_the_first_role_is_at_the_first_size_that_fills_it():
    frame = growth()
    for column, load in (("first_pm", "product_hours"), ("first_tpm", "technical_hours")):
        first = int(frame[column].iloc[0])
        assert at(frame, first)[load] >= 30 > at(frame, first - 1)[load]


def test_a_role_that_never_fills_has_no_first_size():
    frame = growth(largest=5, engineers=5)
    assert frame["first_tpm"].isna().all()
    assert "no TPM up to 5 engineers" in describe(frame)


def test_kinds_of_work_fall_from_nine_to_near_one():
    frame = growth(largest=2000)
    assert frame["kinds"].iloc[0] == KINDS and frame["kinds"].is_monotonic_decreasing
    assert 1 < frame["kinds"].iloc[-1] < 1.1


@pytest.mark.parametrize("people", [1, 2, 3, 4, 8, 9, 20])
def test_kinds_are_those_of_nine_unequal_kinds_cut_into_equal_shares(people):
    """A second method: lay random hours end to end, cut, and count the kinds in each share."""
    edges = np.cumsum(np.random.default_rng(people).uniform(1, 5, KINDS))
    cuts = np.linspace(0, edges[-1], people + 1)
    starts = np.concatenate([[0], edges[:-1]])
    each = [
        ((starts < high - 1e-9) & (edges > low + 1e-9)).sum()
        for low, high in zip(cuts, cuts[1:], strict=False)
    ]
    frame = growth(largest=2000)
    row = frame[frame["people"] == people].iloc[0]
    assert row["kinds"] == pytest.approx(np.mean(each))


def test_shared_work_keeps_nine_kinds_and_needs_no_tpm_but_as_many_people():
    divided, shared = growth(), growth(division="shared")
    assert set(shared["kinds"]) == {KINDS} and not shared["tpms"].any()
    assert shared["first_tpm"].isna().all()
    assert shared["people"].equals(divided["people"])


# --- the course's own numbers, orderings far from ties only


def test_with_the_hours_of_the_course_the_tpm_comes_well_after_the_pm():
    row = org_growth(**BASE | {"workload": content.table("workload"), "complexity": 1}).iloc[0]
    assert 5 <= row["first_pm"] <= 12 and 18 <= row["first_tpm"] <= 30


def test_with_the_hours_of_the_course_all_assumptions_out_by_two_move_the_tpm_tenfold():
    frame = spread(workload=content.table("workload")).set_index("id")
    assert frame.loc["together", "fold"] > 10
    assert frame.loc["tpm_means", "fold"] > 2


# --- the spread


def test_each_row_of_the_spread_is_what_org_growth_finds():
    """A second method: the long way round, with the whole model."""
    frame = spread().set_index("id")
    for name, ends in (("complexity", (0.5, 2.0)), ("threshold", (15, 60))):
        given = BASE | dict(complexity=1.0, largest=FAR)
        found = [org_growth(**given | {name: end})["first_tpm"][0] for end in ends]
        assert sorted(found) == list(frame.loc[name, ["low", "high"]])


@pytest.mark.parametrize("role", ["pm", "tpm"])
def test_all_at_once_spans_every_single_row(role):
    frame = spread(role=role)
    model = frame[frame["kind"] == "model"]
    assert (model["low"] >= model["low"].iloc[-1]).all()
    assert (model["high"] <= model["high"].iloc[-1]).all()
    assert model["middle"].between(model["low"], model["high"]).all()


def test_a_factor_of_one_moves_nothing_but_the_meaning():
    frame = spread(times=1.0)
    still = frame[frame["id"].isin(MOVED)]
    assert (still["low"] == still["high"]).all() and (still["fold"] == 1).all()


def test_the_spread_passes_the_advice_on_as_it_is():
    advice = spread()[lambda frame: frame["kind"] == "advice"]
    assert list(advice["low"]) == [2, 40] and list(advice["fact"]) == ["F24", "F25"]
    assert "run from 2 to 40 engineers" in describe_spread(spread())


def test_a_role_that_never_appears_is_said_to():
    frame = spread(complexity=0.1, threshold=400, times=3.0)
    row = frame.set_index("id").loc["together"]
    assert np.isnan(row["high"]) and "more than 1,000" in describe_spread(frame)


# --- every argument, every error


@pytest.mark.parametrize(
    "name, other",
    [
        ("workload", ALONE),
        ("engineers", 21),
        ("complexity", 1),
        ("threshold", 20),
        ("scale", 2.0),
        ("complex_work", "lowers"),
        ("tpm_means", "wide"),
        ("division", "shared"),
        ("week", 35),
        ("team_size", 5),
        ("neighbours", 2),
        ("largest", 60),
    ],
)
def test_every_argument_matters(name, other):
    assert not growth().equals(growth(**{name: other}))


@pytest.mark.parametrize(
    "name, other",
    [
        ("workload", ALONE),
        ("ratios", RATIOS.head(1)),
        ("role", "pm"),
        ("times", 1.5),
        ("complexity", 2.0),
        ("threshold", 20),
        ("tpm_means", "wide"),
        ("team_size", 5),
        ("neighbours", 2),
    ],
)
def test_every_argument_of_the_spread_matters(name, other):
    assert not spread().equals(spread(**{name: other}))


@pytest.mark.parametrize(
    "name, bad, text",
    [
        ("engineers", 0, "0 is outside 1 to 120"),
        ("engineers", 121, "121 is outside 1 to 120"),
        ("complexity", 0, "0 is outside 0.1 to 10"),
        ("complexity", float("nan"), "nan is outside 0.1 to 10"),
        ("threshold", 0, "0 is outside 1 to 400"),
        ("scale", 0, "0 is outside 0.01 to 100"),
        ("week", 169, "169 is outside 1 to 168"),
        ("team_size", 0, "0 is outside 1 to 1000"),
        ("neighbours", -1, "-1 is outside 0 to 100"),
        ("largest", 0, "0 is outside 1 to 10000"),
        ("complex_work", "rises", "'rises' is not one of 'raises', 'lowers'; did you mean"),
        ("tpm_means", "all", "'all' is not one of 'middle', 'narrow', 'wide'"),
        ("division", "kind", "'kind' is not one of 'by_kind', 'shared'; did you mean 'by_kind'?"),
    ],
)
def test_a_wrong_value_is_named(name, bad, text):
    with pytest.raises(CourseError) as caught:
        growth(**{name: bad})
    assert str(caught.value).startswith(f"{name}: {text}")


@pytest.mark.parametrize(
    "name, bad, text",
    [
        ("role", "em", "'em' is not one of 'pm', 'tpm'"),
        ("times", 0.5, "0.5 is outside 1 to 10"),
        ("complexity", 11, "11 is outside 0.1 to 10"),
    ],
)
def test_a_wrong_value_of_the_spread_is_named(name, bad, text):
    with pytest.raises(CourseError) as caught:
        spread(**{name: bad})
    assert str(caught.value).startswith(f"{name}: ")
    assert text.split(";")[0] in str(caught.value)


def test_the_tables_passed_in_stay_as_they_are():
    before = WORK.copy(), RATIOS.copy()
    growth(), spread()
    assert before[0].equals(WORK) and before[1].equals(RATIOS)


# --- the words


@pytest.mark.parametrize(
    "engineers, said",
    [
        (1, "1 engineer, complexity 2: "),
        (1, "too little for one person, so all nine kinds are done on the side"),
        (20, "2 product people, one for 10 engineers, each with 5 of nine kinds of work"),
        (20, "The technical part takes 49 hours: 1 TPM."),
        (60, "hours: 4 TPMs."),
    ],
)
def test_the_sentence_says_what_the_row_holds(engineers, said):
    assert said in describe(growth(engineers=engineers))


# --- the tables


def test_the_hours_are_about_the_nine_areas_and_all_assumed():
    work, duties = content.table("workload"), content.table("responsibilities")
    assert set(work["cluster"]) == set(duties["cluster"]) and len(work) == KINDS
    assert set(work["source"]) == {"assumed"}


@pytest.mark.parametrize("row", content.table("ratios").to_dict("records"))
def test_a_published_figure_stands_in_its_fact_and_its_sources_are_the_fact_s(row):
    fact = content.fact(row["fact"])
    assert {f"{row['low']:g}", f"{row['high']:g}"} <= set(re.findall(r"\d+", fact["statement"]))
    assert set(row["sources"].split()) <= {fact["source_id"], *fact["also"].split()}
