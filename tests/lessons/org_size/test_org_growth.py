"""Loads follow their equations; roles appear where the load says; each setting matters."""

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures
from tpmlib.lessons.org_size import org_spread_picture
from tpmlib.lessons.org_size.org_growth import (
    GUESSED,
    READINGS,
    dedicated,
    describe,
    org_growth,
)
from tpmlib.lessons.org_size.org_growth import view as view_growth
from tpmlib.lessons.org_size.org_spread import FAR, MOVED, org_spread, view
from tpmlib.lessons.org_size.org_spread import describe as describe_spread

# a table of the test's own, so that an instructor's hours break nothing
WORK = pd.DataFrame(
    [
        ("Strategy", 0, "none", 1.0, 0.2),
        ("Tactical delivery", 0, "wide", 0.5, 0.4),
        ("Specifications and feasibility", 1, "middle", 0.4, 0.5),
        ("Engineering depth", 1, "narrow", 0.6, 1.0),
        ("Security and compliance", 1, "middle", 0.1, 0.2),
    ],
    columns=["cluster", "technical", "tpm_reading", "hours_per_engineer", "hours_per_pair"],
)
MIDDLE = dict(complexity=1.0, threshold=30, tpm_means="middle", team_size=7, neighbours=4)
BASE = dict(workload=WORK, largest=120, engineers=20, division="by_kind")
BASE |= MIDDLE | dict(specifications=24, depth=36, security=6, week=40)
SPREAD = MIDDLE | dict(workload=WORK, times=2.0)
KINDS = ("by_kind", "shared")
LESSON = (content.root() / content.lesson("org_size")["file"]).read_text(encoding="utf-8")


def growth(**changed):
    return org_growth(**BASE | changed)


def spread(**changed):
    return org_spread(**SPREAD | changed).set_index("id")


def test_hours_are_those_of_engineers_and_of_pairs_of_teams():
    # 20 engineers are 3 teams, so 3 pairs
    hours = growth().set_index("kind")["hours"]
    assert hours["Strategy"] == pytest.approx(20 * 1.0 + 3 * 0.2)
    assert hours["Engineering depth"] == pytest.approx(20 * 0.6 + 3 * 1.0)


def test_a_team_works_with_so_many_others_and_no_more():
    # 70 engineers are 10 teams: 45 pairs, but 4 neighbours each are 20
    hours = growth(engineers=70).set_index("kind")["hours"]
    assert hours["Strategy"] == pytest.approx(70 * 1.0 + 20 * 0.2)


def test_complexity_raises_technical_work_and_work_between_teams():
    hours = growth(complexity=2).set_index("kind")["hours"]
    assert hours["Engineering depth"] == pytest.approx(2 * (20 * 0.6 + 3))
    assert hours["Strategy"] == pytest.approx(20 + 2 * 3 * 0.2)


def test_a_guess_stands_in_place_of_the_hours_of_the_table():
    least, most = (growth(depth=depth).set_index("kind")["hours"] for depth in (0, 120))
    assert most["Engineering depth"] - least["Engineering depth"] == pytest.approx(2 * 20)
    assert least.drop("Engineering depth").equals(most.drop("Engineering depth"))


def test_a_wider_reading_of_tpm_has_more_hours():
    hours = [growth(tpm_means=reading)["technical_hours"].iloc[0] for reading in READINGS]
    assert hours[0] < hours[1] < hours[2]


@pytest.mark.parametrize("work, people", [(0, 0), (29.9, 0), (30, 1), (69.9, 1), (70, 2), (110, 3)])
def test_the_next_person_comes_when_what_is_left_fills_a_role(work, people):
    assert dedicated(np.array([work]), 30, 40)[0] == people


def test_a_load_exactly_at_the_threshold_counts_despite_rounding():
    # 23 * 0.9 + 6 * 1.55 is 30, and 29.999999999999996 in floating point
    assert dedicated(np.array([23 * 0.9 + 6 * 1.55]), 30, 40)[0] == 1


@pytest.mark.parametrize(
    "column, hours, full",
    [("first_pm", "product_hours", 30), ("second", "product_hours", 70)]
    + [("first_tpm", "technical_hours", 30), ("too_much", "product_hours", 40)],
)
def test_a_role_comes_at_the_first_size_that_fills_it(column, hours, full):
    size = int(growth()[column].iloc[0])
    at, before = (growth(engineers=number)[hours].iloc[0] for number in (size, size - 1))
    assert at >= full > before


def test_shared_work_has_the_same_hours_and_people_and_no_tpm():
    divided, shared = (growth(engineers=30, division=way).iloc[0] for way in KINDS)
    assert shared["people"] == divided["people"] and shared["hours"] == divided["hours"]
    assert divided["tpms"] == 1 and shared["tpms"] == 0 and np.isnan(shared["first_tpm"])


# --- the course's own numbers


def test_the_three_guesses_start_from_the_hours_of_the_table():
    hours = content.table("workload").set_index("cluster")["hours_per_engineer"]
    settings = content.settings("org_growth")
    named = zip(("specifications", "depth", "security"), GUESSED, strict=True)
    assert all(settings[name] == 60 * hours[kind] for name, kind in named)


def test_a_tpm_at_nine_engineers_is_earlier_than_the_model_would_hire_one():
    row = figures.frame("org_growth", engineers=9).iloc[0]
    assert (row["first_pm"], row["first_tpm"], row["people"], row["tpms"]) == (8, 23, 1, 0)
    assert 0.2 < row["technical_hours"] / row["week"] < 0.3  # a quarter of the week


def test_with_guesses_good_to_a_quarter_the_choice_moves_more_than_all_four():
    rows = figures.frame("org_spread", times=1.25).set_index("id")
    assert list(rows.loc["tpm_means", ["low", "high"]]) == [15, 52]
    assert "that choice alone moves the first TPM from 15 to 52 engineers" in LESSON
    assert rows.loc["together", "fold"] < rows.loc["tpm_means", "fold"]
    title = org_spread_picture.finding(view(figures.frame("org_spread", times=1.25), shown="all"))
    assert title == "All four out by 1.25: 17 to 37 engineers. What a TPM takes on: 15 to 52"
    says = content.stage("spread")["steps"][-1]["say"]
    assert "at 15 engineers; with engineering depth alone, at 52" in says
    frames = [figures.frame("org_growth", tpm_means=reading) for reading in ("wide", "narrow")]
    assert [frame["first_tpm"].iloc[0] for frame in frames] == [15, 52]


def test_at_a_factor_of_two_complexity_moves_most_and_all_four_fifteenfold():
    rows = figures.frame("org_spread").set_index("id")
    assert rows.loc[~rows["later"], "fold"].idxmax() == "complexity"
    assert list(rows.loc["together", ["low", "high"]]) == [7, 106]
    assert list(rows.loc["complexity", ["low", "high"]]) == [15, 43]


# --- the spread


def test_each_row_of_the_spread_is_what_org_growth_finds():
    """A second method: the long way round, with the whole model."""
    frame = spread()
    for name, ends in (("complexity", (0.5, 2.0)), ("team_size", (4, 14))):
        sizes = [growth(largest=FAR, **{name: end})["first_tpm"][0] for end in ends]
        assert [min(*sizes, frame["middle"].iloc[0]), max(sizes)] == list(
            frame.loc[name, ["low", "high"]]
        )


def test_all_at_once_spans_every_guess():
    frame = spread()
    guesses, last = frame.loc[[*MOVED]], frame.loc["together"]
    assert (guesses["low"] >= last["low"]).all() and (guesses["high"] <= last["high"]).all()
    assert frame["middle"].between(frame["low"], frame["high"]).all()


def test_a_factor_of_one_moves_nothing_but_the_meaning():
    frame = spread(times=1.0)
    still = frame.drop("tpm_means")
    assert (still["low"] == still["high"]).all()
    assert frame.loc["tpm_means", "fold"] == spread().loc["tpm_means", "fold"] > 1


def test_what_is_not_told_yet_lies_in_the_middle_and_in_no_sentence():
    frame = org_spread(**SPREAD)
    names, each = view(frame, shown="names"), view(frame, shown="each")
    assert (names["low"] == names["middle"]).all() and (names["high"] == names["middle"]).all()
    assert (each["high"] == each["middle"]).tolist()[-2:] == [True] * 2
    assert "widest" not in describe_spread(names) and "at once" not in describe_spread(each)


def test_a_role_that_never_appears_is_said_to():
    frame = view(org_spread(**SPREAD | dict(threshold=400, times=3.0)), shown="all")
    assert np.isnan(frame.set_index("id").loc["together", "high"])
    assert "more than 1,000" in describe_spread(frame)


# --- every argument, every error


@pytest.mark.parametrize(
    "name, other",
    [("workload", WORK.iloc[[0, 3]]), ("engineers", 21), ("complexity", 2.0), ("threshold", 20)]
    + [("specifications", 60), ("depth", 60), ("security", 60), ("tpm_means", "wide")]
    + [("division", "shared"), ("week", 35), ("team_size", 5), ("neighbours", 1), ("largest", 21)],
)
def test_every_argument_matters(name, other):
    assert not growth().equals(growth(**{name: other}))


@pytest.mark.parametrize(
    "name, other",
    [("workload", WORK.iloc[[0, 3]]), ("times", 1.5), ("complexity", 2.0), ("threshold", 20)]
    + [("tpm_means", "wide"), ("team_size", 5), ("neighbours", 1)],
)
def test_every_argument_of_the_spread_matters(name, other):
    assert not spread().equals(spread(**{name: other}))


@pytest.mark.parametrize(
    "model, name, bad, text",
    [
        (growth, "engineers", 121, "121 is outside 1 to 120"),
        (growth, "depth", 2401, "2401 is outside 0 to 2400"),
        (growth, "complexity", float("nan"), "nan is outside 0.1 to 10"),
        (growth, "division", "kind", "'kind' is not one of 'by_kind', 'shared'"),
        (spread, "times", 0.5, "0.5 is outside 1 to 10"),
        (spread, "tpm_means", "all", "'all' is not one of"),
    ],
)
def test_a_wrong_value_is_named(model, name, bad, text):
    with pytest.raises(CourseError) as caught:
        model(**{name: bad})
    assert str(caught.value).startswith(f"{name}: {text}")


def test_the_table_passed_in_stays_as_it_is():
    before = WORK.copy()
    growth(), spread()
    assert before.equals(WORK)


@pytest.mark.parametrize(
    "changed, words",
    [
        (dict(engineers=1), "1 engineer: 3 hours of product work a week, too little"),
        (dict(engineers=14), "a week, 1 job"),
        (dict(engineers=60, complexity=2.5), "60 engineers, complexity 2.5: "),
        (dict(engineers=60), "a TPM's)"),
    ],
)
def test_the_sentence_says_what_the_row_holds(changed, words):
    assert words in describe(view_growth(growth(**changed), firsts=True))


def test_the_hours_are_about_the_nine_areas_and_all_assumed():
    work, duties = content.table("workload"), content.table("responsibilities")
    assert set(work["cluster"]) == set(duties["cluster"]) and {*GUESSED} <= {*work["cluster"]}
    assert set(work["source"]) == {"assumed"}
