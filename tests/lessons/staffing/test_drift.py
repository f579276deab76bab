"""The laws of the staffing year: limits, sums, a second method, and orderings far from ties."""

import numpy as np
import pandas as pd
import pytest

from tpmlib.errors import CourseError
from tpmlib.kit import content, figures, questions
from tpmlib.kit.ranges import Range, limits
from tpmlib.lessons.staffing.drift import LEVEL, WEEKS, describe, drift, requests, years
from tpmlib.lessons.staffing.drift import view as shown
from tpmlib.lessons.staffing.staffing_map import staffing_map, view
from tpmlib.lessons.staffing.staffing_sensitivity import RELATIVE, staffing_sensitivity
from tpmlib.lessons.staffing.staffing_sensitivity import describe as recommendation
from tpmlib.lessons.staffing.staffing_sensitivity import view as of_assumptions

# the article's world, frozen here: an instructor who moves a default breaks no law
BASE = dict(engineers=24, complexity=1, gain_tpm=0.625, gain_pm=0.016, settled=0, protected=0)
BASE |= dict(
    divide="engineers", rate=0.6, hours=1.5, share=0.5, slowness=2, meetings=18, sync=4, harm=0.5
)
BASE |= dict(decay=0.05, start=0.7, cost=0.9, runs=200, seed=1)
MAP = {name: value for name, value in BASE.items() if name not in ("engineers", "complexity")}
MAP["runs"] = 10
LIMITS = {name: limit for name, limit in limits(drift).items() if isinstance(limit, Range)}
EQUAL = dict(gain_tpm=1)
RANGES = pd.DataFrame(
    [("settled", "Settled", 0.0, 1.0, "share"), ("engineers", "Engineers", 0.5, 1.5, "times")],
    columns=["parameter", "label", "low", "high", "unit"],
)


def rows(**changed):
    return drift(**BASE | changed).set_index("staffing")


def week(one, name):
    return one[name].mean()


@pytest.mark.parametrize("settled", [0, 0.4, 1])
@pytest.mark.parametrize("protected", [0, 8, 22])
def test_every_request_is_served_settled_or_lapsed(settled, protected):
    table = rows(settled=settled, protected=protected)
    parts = table[["served", "settled", "lapsed"]].sum(axis=1)
    np.testing.assert_allclose(parts, table["requests"])


def test_mean_requests_are_rate_times_length():
    # 24 engineers x 0.6 requests x 1.5 hours; a compound Poisson sum has this mean
    assert rows(runs=2000)["requests"].iloc[0] == pytest.approx(24 * 0.6 * 1.5, rel=0.01)


def test_requests_vary_as_a_compound_poisson_sum():
    # variance = rate x second moment of an exponential = rate x 2 x mean squared
    hours = requests(14.4, 0.5, 1.5, 4000, 1).sum(axis=(0, 1))
    assert hours.var() == pytest.approx(14.4 * 2 * 1.5**2, rel=0.02)


@pytest.mark.parametrize("engineers", [6, 24, 60])
def test_nobody_serves_more_than_was_asked_or_than_there_is_time(engineers):
    table = rows(engineers=engineers)
    assert (table["served"] <= table["requests"] + 1e-9).all()
    assert table.loc["tpm", "served"] <= 22 and table.loc["pm", "served"] <= 22 / 2


def test_without_requests_nobody_drifts():
    table = rows(rate=0)
    assert table["lapsed"].eq(0).all() and table["throughput"].eq(1).all()
    assert table.loc["pm", "strategic"] == table.loc["tpm", "strategic"] == 22


@pytest.mark.parametrize("gain, hours", [(0.016, 22.0), (0.010, 22.0)])
def test_alignment_settles_where_gain_and_loss_balance(gain, hours):
    steady = gain * hours / (gain * hours + 0.05)
    settings = BASE | dict(rate=0, gain_tpm=gain / 0.016, start=0.2)
    path = years(requests(0, 0.5, 1.5, 1, 1), settings)["tpm"]["alignment"][0]
    assert len(path) == WEEKS and path[0] == pytest.approx(0.2)
    assert path[-1] == pytest.approx(steady, abs=1e-3)


def test_alignment_by_a_second_method():
    # the same recurrence, a year of one staffing walked by hand
    asked = requests(14.4, 0.5, 1.5, 1, 3)
    found = years(asked, BASE)["tpm"]
    now, path = 0.7, []
    for hours in asked.sum(axis=(0, 1))[0]:
        path.append(now)
        now = now * 0.95 + 0.010 * (22 - min(hours, 22)) * (1 - now)
    np.testing.assert_allclose(found["alignment"][0], path)


def test_equal_people_who_divide_the_work_are_both_roles_under_another_title():
    table = rows(**EQUAL, divide="work")
    assert table.loc["tpm_tpm", "value"] == pytest.approx(table.loc["pm_tpm", "value"], rel=1e-12)


def test_when_all_reach_a_pm_who_is_as_quick_the_titles_are_the_same():
    table = rows(**EQUAL, share=1, slowness=1)
    assert table.loc["pm", "value"] == pytest.approx(table.loc["tpm", "value"])
    assert table.loc["pm_pm", "value"] == pytest.approx(table.loc["tpm_tpm", "value"])


@pytest.mark.parametrize(
    "settings, better, worse",
    [
        (dict(engineers=24), "pm_tpm", "pm_pm"),
        (dict(engineers=40), "pm_tpm", "tpm_tpm"),
        (dict(engineers=24, **EQUAL), "tpm_tpm", "pm_tpm"),
        (dict(engineers=24, settled=1), "pm_pm", "pm_tpm"),
        (dict(engineers=24, protected=8), "tpm_tpm", "pm_tpm"),
        (dict(engineers=4, complexity=0.25), "pm", "pm_tpm"),
        (dict(engineers=4, complexity=2), "tpm", "pm"),
    ],
)
def test_orderings_far_from_ties(settings, better, worse):
    table = rows(**settings)
    assert table.loc[better, "value"] > table.loc[worse, "value"] + 0.15


def test_a_few_protected_hours_help_a_lone_tpm_and_too_many_harm():
    none, some, all_of_them = (rows(protected=h).loc["tpm", "value"] for h in (0, 8, 22))
    assert some > none + 1 > all_of_them + 1


@pytest.mark.parametrize("name", sorted(set(LIMITS) - {"runs", "seed"}))
def test_every_argument_matters(name):
    other = BASE[name] * 1.25 if BASE[name] else 0.5
    assert not drift(**BASE | {name: other}).equals(drift(**BASE))


@pytest.mark.parametrize("change", [dict(seed=2), dict(runs=100), dict(divide="work")])
def test_seed_runs_and_division_matter(change):
    assert not drift(**BASE | change).equals(drift(**BASE))


def test_the_same_seed_gives_the_same_rows():
    pd.testing.assert_frame_equal(drift(**BASE), drift(**BASE))


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_out_of_range_is_named(name):
    for bad in (LIMITS[name].low - 1, LIMITS[name].high + 1):
        with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
            drift(**BASE | {name: bad})


@pytest.mark.parametrize(
    "model",
    [
        lambda **changed: drift(**BASE | changed),
        lambda **changed: staffing_map(**MAP | changed),
        lambda **changed: staffing_sensitivity(staffing_ranges=RANGES, **BASE | changed),
    ],
)
def test_a_seed_that_no_generator_takes_is_named(model):
    with pytest.raises(CourseError, match="^seed: -1 is outside 0 to 4294967295$"):
        model(seed=-1)


def test_an_unknown_choice_of_rows_is_named():
    with pytest.raises(CourseError, match="^show: 'tow' is not one of"):
        shown(drift(**BASE), show="tow")


def test_an_unknown_division_is_named():
    with pytest.raises(CourseError, match="^divide: 'day' is not one of 'engineers', 'work'$"):
        drift(**BASE | {"divide": "day"})


@pytest.mark.parametrize("show, count", [("one", 2), ("two", 3), ("all", 5)])
def test_the_best_is_the_best_of_those_on_show(show, count):
    frame = shown(drift(**BASE), show=show)
    assert frame["shown"].sum() == count and frame["best"].sum() == 1
    assert frame.loc[frame["best"], "value"].iloc[0] == frame.loc[frame["shown"], "value"].max()
    assert frame.loc[frame["place"] == 0, "name"].iloc[0] in describe(frame)
    assert sorted(frame["place"]) == [0, 1, 2, 3, 4]


# --- the map


def test_a_cell_of_the_map_is_a_year_of_drift():
    cells = staffing_map(**MAP | {"runs": 400}).set_index(["engineers", "complexity"])
    for place in [(24.0, 1.05), (48.0, 2.1)]:
        year = drift(**BASE | dict(zip(("engineers", "complexity"), place, strict=True)))
        assert cells.loc[place, "best"] == year.loc[year["value"].idxmax(), "staffing"]
        assert cells.loc[place, "lead"] == pytest.approx(year["lead"].max(), abs=0.15)


@pytest.mark.parametrize("settled", [0.3, 0.8])
def test_a_map_between_two_shares_is_played_and_not_guessed(settled):
    cells = staffing_map(**MAP | {"runs": 200, "settled": settled})
    here = cells[(cells["engineers"] == 24) & (cells["complexity"] == 1.5)].iloc[0]
    year = drift(**BASE | dict(complexity=1.5, settled=settled))
    # cells of a row draw their questions together, so the two agree but for the draws
    assert here["lead"] == pytest.approx(year["lead"].max(), abs=0.25)


def test_where_the_map_turns_two_pms_are_level_with_both_roles():
    cells = staffing_map(**MAP | {"runs": 200}).query("engineers == 24 and complexity == 1.05")
    year = rows(complexity=1.05, settled=float(cells["turn"].iloc[0]))["value"]
    assert year["pm_pm"] == pytest.approx(year["pm_tpm"], abs=0.15)


def test_where_a_pm_alone_is_enough_it_is_half_an_engineer_below_both():
    row = rows(engineers=9, complexity=1.5).iloc[0]
    value = rows(engineers=9, complexity=1.5, settled=row["enough"])["value"]
    assert value["pm_tpm"] - value["pm"] == pytest.approx(LEVEL, abs=0.07)  # it is told to 5%


def test_the_turn_does_not_hang_on_what_is_settled_now():
    one, other = (staffing_map(**MAP | {"settled": share})["turn"] for share in (0, 1))
    pd.testing.assert_series_equal(one, other)


def test_more_engineers_make_no_more_in_the_mistrusted_corner_and_more_outside_it():
    cells = staffing_map(**MAP | {"runs": 100})
    corner = cells.pivot(index="complexity", columns="engineers", values="doubtful").to_numpy()
    assert corner[-1, -1] and not corner[:10].any() and corner[-1].sum() > 10
    small, large = (rows(engineers=size, complexity=2.4)["value"].max() for size in (30, 60))
    assert large < small + 0.2
    assert rows(engineers=60)["value"].max() > rows(engineers=30)["value"].max() + 5


def test_the_team_stands_in_its_nearest_cell():
    chosen = view(staffing_map(**MAP), engineers=25, complexity=1.1).query("selected")
    assert chosen[["engineers", "complexity"]].to_numpy().tolist() == [[24.0, 1.05]]


@pytest.mark.parametrize("name, bad", [("engineers", 61), ("complexity", 0)])
def test_a_team_outside_the_map_is_named(name, bad):
    with pytest.raises(CourseError, match=f"^{name}: {bad} is outside"):
        view(staffing_map(**MAP), **dict(engineers=9, complexity=1) | {name: bad})


# --- what it hangs on


def test_each_end_is_a_year_of_its_own():
    table = staffing_sensitivity(staffing_ranges=RANGES, **BASE).set_index("parameter")
    assert table.loc["settled", "lead_high"] == pytest.approx(rows(settled=1).loc["pm_tpm", "lead"])
    assert table.loc["engineers", "lead_low"] == pytest.approx(
        rows(engineers=12).loc["pm_tpm", "lead"]
    )


def test_at_the_figure_at_which_it_turns_two_staffings_are_level():
    table = staffing_sensitivity(staffing_ranges=RANGES, **BASE).set_index("parameter")
    row = table.loc["settled"]
    assert row["names"] == ("PM + TPM", "PM + PM") and row["turning"]
    value = rows(settled=row["turns"][0])["value"]
    assert value["pm_pm"] == pytest.approx(value["pm_tpm"], abs=0.02)


def test_what_an_hour_gives_a_tpm_is_told_as_a_share_of_what_it_gives_a_pm():
    row = pd.DataFrame([("gain_tpm", "Hour", 0.5, 1.0, "of a PM's")], columns=RANGES.columns)
    frame = staffing_sensitivity(staffing_ranges=row, **BASE).iloc[0]
    assert frame["now"] == pytest.approx(0.010 / 0.016)
    assert frame["lead_high"] == pytest.approx(rows(gain_tpm=1).loc["pm_tpm", "lead"])


def test_only_what_turns_the_answer_is_on_show():
    table = pd.concat([RANGES, RANGES.iloc[:1].assign(parameter="cost", low=0.8, high=1.0)])
    frame = staffing_sensitivity(staffing_ranges=table, **BASE)
    turning = of_assumptions(frame, every=False)
    assert list(turning["parameter"]) == ["settled"]
    assert len(of_assumptions(frame, every=True)) == 3
    assert "PM + TPM is" in recommendation(turning)


def test_beside_a_single_person_only_what_one_hire_makes_is_compared():
    frame = staffing_sensitivity(staffing_ranges=RANGES, pms=1, **BASE)
    told = {name for names in frame["names"] for name in names} | {*frame["runner_up"]}
    assert told == {"PM + TPM", "PM + PM"}


def test_what_a_row_is_compared_with_is_told():
    """Who does no hour of work, and costs nothing, stands for nobody at all."""
    lesson = content.root() / content.lesson("staffing")["file"]
    text = lesson.read_text(encoding="utf-8")
    nobody = figures.frame("drift", "tally", meetings=40, cost=0)["value"]
    assert nobody.round().eq(1).all() and "would do the right work of about one" in text


def test_a_range_of_an_unknown_assumption_is_named():
    table = RANGES.assign(parameter=["setled", "engineers"])
    with pytest.raises(CourseError, match="^staffing_ranges: 'setled' is not one of"):
        staffing_sensitivity(staffing_ranges=table, **BASE)


def test_the_ranges_of_the_course_are_inside_the_limits():
    for row in content.table("staffing_ranges").to_dict("records"):
        limit = Range(0, 10) if row["parameter"] in RELATIVE else LIMITS[row["parameter"]]
        assert limit.low <= row["low"] < row["high"] <= limit.high


@pytest.mark.parametrize("complexity, told", [(2, "about six"), (1.5, "about eight")])
def test_a_key_of_lesson_05_says_how_many_engineers_a_tpm_adds(complexity, told):
    worth = figures.frame("drift", complexity=complexity).set_index("staffing")["value"]
    words = {6: "about six", 8: "about eight"}
    assert words[round(worth["pm_tpm"] - worth["pm"])] == told
    (key,) = [o.why for o in questions.question("staffing-complexity").options if o.right]
    assert told in key
