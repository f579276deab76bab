"""Hours locked away: a week that adds up, a year of drift, and what the course says of it."""

import pytest

from tpmlib.kit import content, figures, questions
from tpmlib.lessons.staffing.own_week import describe, own_week, summary, view

TALLY = content.settings("own_week", "tally") | {"runs": 200}


def ways(**changed):
    return summary(own_week(**TALLY | changed))


def worth(preset="default", **settings):
    return figures.frame("drift", preset, **settings).set_index("staffing")["value"]


@pytest.mark.parametrize("locked", [0, 8, 22])
@pytest.mark.parametrize("complexity", [0.5, 1, 1.5])
def test_the_forty_hours_of_the_week_are_meetings_answers_and_plan(locked, complexity):
    you = ways(protected=locked, complexity=complexity).loc["yours"]
    assert you["meetings"] + you["spent"] + you["plan"] == 40
    assert you["plan"] >= locked and you["answered"] * TALLY["hours"] <= you["spent"]


def test_eight_locked_hours_leave_fourteen_for_nine_of_fifteen_questions():
    you = ways(protected=8).loc["yours"]
    assert (you["questions"], you["answered"], you["spent"]) == (15, 9, 14)


@pytest.mark.parametrize("locked", [0, 8, 22])
def test_the_year_is_that_of_drift(locked):
    # another method: the mean of the weeks against the mean of the whole years
    year = worth("tally", runs=200, protected=locked)["tpm"]
    assert ways(protected=locked).loc["yours", "value"] == pytest.approx(year)


def test_no_hour_and_every_hour_stand_beside_one_s_own():
    table = ways(protected=0)
    assert table.loc["yours", "value"] == table.loc["none", "value"]
    assert list(table["locked"]) == [0, 0, 22]


def test_nothing_of_the_year_is_told_before_it_is_over():
    frame = own_week(**TALLY)
    assert "year" not in describe(view(frame, week=True, year=False))
    assert "7.0" in describe(view(own_week(**TALLY | {"protected": 8}), week=True, year=True))


def test_a_few_locked_hours_are_worth_most_at_tally_and_change_little_at_an_ordinary_product():
    values = {
        c: [ways(protected=h, complexity=c)["value"]["yours"] for h in (0, 8, 22)] for c in (1, 1.5)
    }
    assert values[1.5][1] > values[1.5][0] + 0.7 > values[1.5][2] + 3
    assert abs(values[1][1] - values[1][0]) < 0.3


def test_a_second_hire_at_tally_is_level_and_locked_hours_harm_the_pair_that_divides_the_work():
    pair, locked = worth("tally"), worth("tally", protected=8)
    assert abs(pair["pm_tpm"] - pair["tpm_tpm"]) < 0.1 and pair["pm_tpm"] > pair["tpm"] + 3
    assert locked["pm_tpm"] < pair["pm_tpm"] - 2


def test_what_a_tpm_adds_grows_to_about_one_and_a_half_times_the_usual_and_by_ratio_all_the_way():
    # E3 of the review: 7.2, 8.4, 8.3, 7.3, 6.2 engineers
    steps = (1, 1.4, 1.5, 1.8, 2)
    both, alone = ([worth(complexity=c)[who] for c in steps] for who in ("pm_tpm", "pm"))
    adds = [b - a for b, a in zip(both, alone, strict=True)]
    assert adds == pytest.approx([7.2, 8.3, 8.3, 7.3, 6.2], abs=0.1)
    times = [b / a for b, a in zip(both, alone, strict=True)]
    assert times == sorted(times)


def test_two_pms_draw_level_when_about_four_fifths_are_settled():
    # E4 of the review
    lead = {share: worth(settled=share) for share in (0.7, 0.8)}
    ahead = {share: value["pm_tpm"] - value["pm_pm"] for share, value in lead.items()}
    assert ahead[0.7] > 0.4 and abs(ahead[0.8]) < 0.1
    assert "four fifths" in content.claim("C19")["reading"]


def test_the_lesson_owns_up_to_a_large_team_that_does_best_without_answers():
    # E12 of the review: 30 engineers, a lone TPM who answers all, and one who answers none
    every, none = (worth(engineers=30, protected=hours)["tpm"] for hours in (0, 22))
    text = (content.root() / content.lesson("staffing")["file"]).read_text(encoding="utf-8")
    assert f"answers *no* question all year makes {none:.1f} and one who" in text
    assert f"answers all she can {every:.1f}" in text


def test_the_right_options_are_what_the_model_says():
    rights = {
        item.id: next(option.id for option in item.options if option.right)
        for item in questions.quiz("staffing").predictions
    }
    lone = {hours: worth("tally", protected=hours)["tpm"] for hours in (0, 8, 22)}
    assert rights["staffing-lock"] == {0: "none", 8: "some", 22: "every"}[max(lone, key=lone.get)]
    assert rights["staffing-second"] == "level"
