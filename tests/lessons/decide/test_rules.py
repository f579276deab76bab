"""The rules of data/decision.yml over all answers, and what invented teams are told."""

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import yaml

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.lessons.decide import rules
from tpmlib.lessons.decide.words import OWN, recommendation

DECISION = content.decision()
IDS = [question["id"] for question in DECISION["questions"]]
TEAMS = yaml.safe_load(Path(__file__).with_name("teams.yml").read_text())
TEAM = pytest.mark.parametrize("team", TEAMS, ids=lambda team: team["team"])
LOW, HIGH = 0.05, 0.35  # share of all answers that each recommendation may have


@pytest.fixture(scope="module")
def said():
    return rules.recommended(DECISION)


def answers_of(place):
    pairs = zip(DECISION["questions"], place, strict=True)
    return {question["id"]: rules.options(question)[at] for question, at in pairs}


def given(team):
    return dict(zip(IDS, team["answers"], strict=True))


def axis_of(question, option):
    axis = IDS.index(question)
    return axis, rules.options(DECISION["questions"][axis]).index(option)


def test_there_are_nine_questions_and_eight_recommendations():
    assert len(IDS) == 9 and len(DECISION["recommendations"]) == 8


def test_no_rule_is_dead():
    heard = Counter(rules.table(DECISION).ravel().tolist())
    assert set(heard) == set(range(len(rules.every_rule(DECISION))))


def test_each_recommendation_has_its_share_of_all_answers(said):
    shares = np.bincount(said.ravel()) / said.size
    ids = [each["id"] for each in DECISION["recommendations"]]
    assert [(id, x) for id, x in zip(ids, shares, strict=True) if not LOW <= x <= HIGH] == []


@pytest.mark.parametrize("question", IDS)
def test_every_question_matters_somewhere(said, question):
    first = np.take(said, [0], IDS.index(question))
    assert (said != first).any()


def test_who_does_not_know_what_is_settled_hires_a_tpm_only_where_nobody_does_product(said):
    axis, unknown = axis_of("settle", "unknown")
    who, nobody = axis_of("who", "nobody")
    places = [each["id"] for each in DECISION["recommendations"]]
    cases = np.argwhere(np.take(said, [unknown], axis) == places.index("tpm"))
    assert len(cases) and set(cases[:, who]) == {nobody}


def test_of_several_a_tpm_comes_first_only_if_all_of_this_holds(said):
    tpm = [each["id"] for each in DECISION["recommendations"]].index("tpm")
    told = [answers_of(place) for place in np.argwhere(said == tpm)]
    told = [a for a in told if (a["who"], a["engineers"]) == ("several_far", "up_to_20")]
    assert {a["hours"] for a in told} == {"over_15"} and "kept" not in {a["left"] for a in told}
    assert {a["settle"] for a in told} == {"half", "few"}
    assert all(a["specs"] == "nobody" or a["late"] == "misjudged" for a in told)


def test_nobody_locks_hours_where_several_do_product(said):
    who = IDS.index("who")
    protect = [each["id"] for each in DECISION["recommendations"]].index("protect")
    told = {
        rules.options(DECISION["questions"][who])[at[who]] for at in np.argwhere(said == protect)
    }
    assert told == {"one_far", "one_learns", "one_does"}


def test_who_does_not_know_something_is_told_to_leave_it_only_where_there_is_no_work_for_one(said):
    leave = [each["id"] for each in DECISION["recommendations"]].index("leave")
    spoken, every = rules.table(DECISION), rules.every_rule(DECISION)
    for question in ("hours", "settle", "specs", "late"):
        axis, unknown = axis_of(question, "unknown")
        cases = np.take(said, unknown, axis) == leave
        told = {every[place]["id"] for place in np.take(spoken, unknown, axis)[cases]}
        assert told == {"founder"}, question


def test_nobody_is_hired_where_somebody_technical_only_lacks_a_duty_with_a_name(said):
    """More than twenty engineers are another case: there one person is too few anyway."""
    who, engineers = IDS.index("who"), IDS.index("engineers")
    axis, nobody = axis_of("specs", "nobody")
    ids = [each["id"] for each in DECISION["recommendations"]]
    told = set()
    for place in np.ndindex(said.shape):
        technical = place[who] in (axis_of("who", "one_does")[1], axis_of("who", "several_do")[1])
        if technical and place[axis] == nobody and place[engineers] != 2:
            told.add(ids[said[place]])
    assert told <= {"divide", "protect", "measure", "tpgm"}


def test_who_says_that_nobody_tells_what_is_feasible_never_hears_that_it_is_looked_after():
    axis, nobody = axis_of("specs", "nobody")
    spoken, every = rules.table(DECISION), rules.every_rule(DECISION)
    for place in np.unique(np.take(spoken, nobody, axis)):
        advice = recommendation(DECISION, every[place])
        words = " ".join([every[place]["why"], *(advice[name] for name in OWN)])
        assert not re.search("looked after|somebody writes down what is feasible", words)


def test_what_comes_after_a_duty_has_a_name_is_what_is_said_once_it_has_one():
    ids = [each["id"] for each in rules.every_rule(DECISION)]
    cases = np.argwhere(rules.table(DECISION) == ids.index("unnamed_loaded"))
    for place in cases[::23]:
        answers = answers_of(place)
        then = rules.following(DECISION, answers)["recommendation"]
        assert then == rules.speaking(DECISION, answers | {"specs": "engineer"})["recommendation"]


def test_what_comes_then_names_no_condition_that_the_answers_meet_already():
    axis, most = axis_of("settle", "most")
    spoken, every = rules.table(DECISION), rules.every_rule(DECISION)
    for place, rule in enumerate(every):
        then = recommendation(DECISION, rule)["after"]
        settled = set(np.argwhere(spoken == place)[:, axis])
        if "fewer than about four in five" in then:
            assert settled == {most}, rule["id"]
        elif "four in five" in then:
            assert most not in settled, rule["id"]
        assert not re.search(r"If [^.]*more than a day of", then), rule["id"]


def test_a_memo_hangs_on_what_is_not_known_only_where_something_is_not_known():
    spoken, every = rules.table(DECISION), rules.every_rule(DECISION)
    unknown = np.zeros(spoken.shape, dtype=bool)
    for condition in rules.named(DECISION["counts"], "unknowns")["of"]:
        unknown |= rules._where(DECISION, condition)
    for place, rule in enumerate(every):
        if "not known" in recommendation(DECISION, rule)["hangs"]:
            assert unknown[spoken == place].all(), rule["id"]


def test_the_table_of_all_answers_says_what_the_rules_say_one_by_one(said):
    spoken = rules.table(DECISION)
    every = rules.every_rule(DECISION)
    generator = np.random.default_rng(7)
    for flat in generator.choice(spoken.size, 500, replace=False):
        place = np.unravel_index(flat, spoken.shape)
        assert rules.speaking(DECISION, answers_of(place))["id"] == every[spoken[place]]["id"]


def test_single_changes_are_those_of_the_table(said):
    ids = [each["id"] for each in DECISION["recommendations"]]
    for flat in np.random.default_rng(8).choice(said.size, 60, replace=False):
        place = np.unravel_index(flat, said.shape)
        expected = Counter()
        for axis in range(said.ndim):
            line = said[(*place[:axis], slice(None), *place[axis + 1 :])]
            expected.update(ids[at] for at in line if at != said[place])
        single = rules.changes(DECISION, answers_of(place))
        assert Counter(each.recommendation for each in single) == expected


def test_two_answers_always_suffice_to_change_it(said):
    firm = np.ones(said.shape, dtype=bool)
    for axis in range(said.ndim):
        firm &= (said == np.take(said, [0], axis)).all(axis=axis, keepdims=True)
    for place in np.argwhere(firm)[::37]:
        found = rules.fewest(DECISION, answers_of(place))
        assert {len(each.answers) for each in found} == {2}


@TEAM
def test_a_team_is_told_what_suits_it(team):
    rule = rules.speaking(DECISION, given(team))
    assert (rule["recommendation"], rule["id"]) == (team["says"], team["rule"])


@TEAM
def test_what_comes_after_is_told_where_it_is_worth_hearing(team):
    then = rules.following(DECISION, given(team))
    assert (then and then["recommendation"]) == team.get("then")


@TEAM
def test_where_no_single_answer_changes_it_the_pairs_are_told(team):
    found = rules.fewest(DECISION, given(team))
    assert {len(each.answers) for each in found} == {team.get("fewest", 1)}


def test_why_tells_the_answers_that_were_given():
    dana = ["up_to_20", "one_far", "up_to_15", "open", "half", "inside", "engineer", "misjudged"]
    answers = dict(zip(IDS, [*dana, "one"], strict=True))
    rule = rules.speaking(DECISION, answers)
    assert rule["id"] == "depth" and "releases went wrong over something technical" in rule["why"]
    assert "engineers settle about half" in rule["why"] and "hours" not in rule["why"]
    also = rules.speaking(DECISION, answers | {"specs": "nobody"})["why"]
    assert "because nobody says what is feasible and writes it down, and releases went" in also


def test_no_why_has_a_hole_for_any_answers(said):
    for flat in np.random.default_rng(9).choice(said.size, 400, replace=False):
        rule = rules.speaking(DECISION, answers_of(np.unravel_index(flat, said.shape)))
        assert not any(hole in rule["why"] for hole in ("{", "because .", " ,", "  ", "know ."))


def test_the_rule_of_all_other_cases_does_not_say_hire():
    advice = recommendation(DECISION, DECISION["otherwise"])
    assert advice["label"].startswith("Probably") and advice["id"] == "tpm"


def test_a_missing_answer_is_named():
    with pytest.raises(CourseError, match="^decide: no answer to who; one to every question$"):
        rules.speaking(DECISION, {"engineers": "over_20"})


def test_too_many_combinations_are_refused():
    many = DECISION | {"questions": DECISION["questions"] * 2}
    with pytest.raises(CourseError, match="combinations of answers; 4,000,000 at most"):
        rules.table(many)
