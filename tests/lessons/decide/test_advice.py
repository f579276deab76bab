"""What the decision says of our models and adverts is what they compute today."""

import pytest

from tpmlib.kit import content, figures
from tpmlib.lessons.decide.words import ground
from tpmlib.lessons.staffing.drift import LEVEL, STAFFINGS, level

DECISION = content.decision()
ONE = [name for name, people in STAFFINGS.items() if len(people) == 1]
TWO = [name for name, people in STAFFINGS.items() if len(people) == 2]


def year(preset="default", **settings):
    return figures.frame("drift", preset, **settings).set_index("staffing")


def value(preset="default", **settings):
    return year(preset, **settings)["value"]


def first_hire():
    first = {x: figures.frame("org_growth", threshold=30 / x)["first_pm"].iloc[0] for x in (0.5, 2)}
    words = ground(DECISION, "first_hire")
    assert f"half as long, the first PM comes at {first[0.5]:g}; if twice, at {first[2]:g}" in words


def one():
    at_six = value(engineers=6, complexity=1)
    assert at_six["tpm"] > at_six[TWO].max() - LEVEL
    assert at_six["pm"] < at_six["pm_tpm"] - LEVEL


def two():
    for preset in ("default", "equal"):
        at_24 = value(preset, engineers=24)
        assert at_24[TWO].min() > at_24[ONE].max()


def turns():
    below, above = value(engineers=24, settled=0.7), value(engineers=24, settled=0.9)
    rows = year(engineers=24, settled=0.8)
    assert below["pm_tpm"] > below["pm_pm"] and above["pm_pm"] > above["pm_tpm"]
    assert level(rows.loc["pm_tpm"], rows.loc["pm_pm"])
    for team, share in (((10, 1), 0.9), ((16, 1), 0.9), ((24, 1.5), 0.6)):
        ahead = []
        for settled in (share - 0.05, share + 0.05):
            pairs = value(engineers=team[0], complexity=team[1], settled=settled)
            ahead.append(pairs["pm_tpm"] > pairs["pm_pm"])
        assert ahead == [True, False], team


def beside_tpm():
    tally, equal = value("tally"), value("equal", engineers=16, complexity=1.5)
    assert abs(tally["pm_tpm"] - tally["tpm_tpm"]) < 0.01 * tally["pm_tpm"]
    assert equal["tpm_tpm"] > equal["pm_tpm"] + 0.5


def day():
    def gain(staffing, complexity):
        free, kept = (value(engineers=16, complexity=complexity, protected=h) for h in (0, 6))
        return kept[staffing] - free[staffing]

    assert gain("tpm", 1.5) > 0.5 and abs(gain("tpm", 1)) < 0.3
    assert gain("tpm", 1.5) > 2 * gain("pm", 1.5)
    assert all(gain(pair, x) < 0 for pair in TWO for x in (1, 1.5))


def dividing():
    shared, divided = value("tally"), value("tally", divide="work")
    assert divided["pm_pm"] <= shared["pm_pm"] and shared["pm_tpm"] > 1.5 * shared["pm_pm"]


MODELS = (first_hire, one, two, turns, beside_tpm, day, dividing)
CHECKS = {check.__name__: check for check in MODELS}


def part(id):
    return next(each for each in DECISION["grounds"] if each["id"] == id)


def test_each_statement_of_a_model_has_its_check():
    assert {each["id"] for each in DECISION["grounds"] if each["from"] == "model"} == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_statement_of_a_model_holds(name):
    CHECKS[name]()


@pytest.mark.parametrize(
    "settled, sizes, ahead",
    [(0.35, (8, 12, 16), "tpm"), (0.75, (8, 12, 16), "pm"), (0.3, (21, 24, 30), "pm")],
)
def test_of_a_first_person_the_advice_tells_where_a_pm_alone_does_as_well(settled, sizes, ahead):
    for engineers in sizes:
        for complexity in (1, 1.5):
            lone = value(engineers=engineers, complexity=complexity, settled=settled)[ONE]
            assert lone.idxmax() == ahead, (engineers, complexity)


def test_the_limits_of_the_sizes_are_those_of_the_model():
    row = figures.frame("org_growth").iloc[0]
    assert row["first_pm"] == 8 and abs(row["first_tpm"] - 20) <= 3
    assert "first PM at 8 engineers and for a first TPM at 23" in ground(DECISION, "first_hire")


@pytest.mark.parametrize("name", [e["id"] for e in DECISION["grounds"] if e["from"] == "adverts"])
def test_no_count_of_adverts_is_typed(name):
    assert not any(sign.isdigit() for sign in part(name)["text"])
    assert "{" not in ground(DECISION, name) and "%" in ground(DECISION, name)


@pytest.mark.parametrize("name", ["feasibility", "program"])
def test_a_count_is_given_with_the_word_of_the_yardstick(name):
    words = [spec for spec in part(name)["values"].values() if spec["column"] == "word"]
    assert words and all(
        f"({figures.Figure(**spec).words()})" in ground(DECISION, name) for spec in words
    )
    assert {figures.Figure(**spec).words() for spec in words} <= {"clear", "hint"}


def test_interfaces_go_with_the_subject():
    rows = figures.frame("subject").set_index("id")
    assert rows.loc["define_apis_and_integration_contracts", "goes_with"] == "subject"


@pytest.mark.parametrize("duty", ["manage_dependencies_across_teams", "remove_blockers"])
def test_a_program_manager_is_asked_for_it_oftener_than_a_tpm(duty):
    row = figures.frame("role_profile", "delivery").set_index("id").loc[duty]
    assert row["other_rate"] > row["tpm_rate"]


def test_the_surveys_say_what_is_said_of_them():
    facts = content.table("facts").set_index("fact_id")
    assert "27% of their time on strategic" in facts.loc["F14", "statement"]
    assert "want 51% strategic" in facts.loc["F14", "statement"]
    assert (
        "(37%) went to meetings; 29% of time was spent on strategic"
        in facts.loc["F15", "statement"]
    )
    assert facts.loc["F28", "statement"].startswith("No official statistic exists for either title")


def test_everything_rests_on_something_that_is_named():
    parts = [*DECISION["rules"], DECISION["otherwise"]]
    used = {id for each in [*parts, *DECISION["recommendations"]] for id in each["rests"]}
    assert used == {each["id"] for each in DECISION["grounds"]}
