"""What lesson 04 says of sizes and hours is what the model gives."""

from itertools import product

from tpmlib.kit import content, figures, stages
from tpmlib.kit.questions import prediction
from tpmlib.lessons.org_size.org_growth import describe, firsts, org_growth
from tpmlib.lessons.org_size.org_growth import view as view_growth

LESSON = (content.root() / content.lesson("org_size")["file"]).read_text(encoding="utf-8")


def own(**changed):
    """A row of the course's own model."""
    settings = {"workload": content.table("workload")} | content.settings("org_growth")
    return org_growth(**settings | changed).iloc[0]


def test_the_steps_of_the_first_picture_tell_what_the_model_gives():
    says = {step["id"]: step["say"] for step in content.stage("growth")["steps"]}
    row = figures.frame("org_growth", engineers=23).iloc[0]
    assert (row["first_tpm"], row["people"], round(row["technical_hours"], 9)) == (23, 2, 30)
    assert row["too_much"] == 10 and "since the tenth engineer" in says["ours"]
    assert row["second"] == 16 and "A second job comes at sixteen engineers" in says["grown"]
    assert "At 23 the blue alone makes a job, a TPM's" in says["grown"]
    hard = own(complexity=2.5)
    assert (hard["too_much"], hard["first_tpm"]) == (8, 12)
    told = "too much for one at eight engineers, and the blue alone makes a job at twelve"
    assert told in says["complex"]


def test_too_much_for_one_moves_from_five_to_twenty_four_with_the_same_four_guesses():
    ends, workload, settings = (0.5, 2), content.table("workload"), content.settings("org_growth")
    minutes = {name: settings[name] for name in ("specifications", "depth", "security")}
    sizes = set()
    for complexity, each, pair, team_size in product(ends, ends, ends, (4, 14)):
        changed = {"hours_per_engineer": each, "hours_per_pair": pair}
        moved = workload.assign(**{name: workload[name] * by for name, by in changed.items()})
        guess = {name: value * each for name, value in minutes.items()}
        row = own(complexity=complexity, team_size=team_size, workload=moved, **guess)
        sizes.add(row["too_much"])
    assert (min(sizes), max(sizes)) == (5, 24)
    assert "from five to twenty-four" in prediction("org_size-spread").why
    assert "from ten engineers on, but from five to twenty-four" in LESSON


def test_delivery_is_about_as_many_hours_as_tally_has_beyond_a_week():
    frame = figures.frame("org_growth").set_index("kind")
    assert round(frame["hours"]["Tactical delivery"]) == 9
    assert round(frame["product_hours"].iloc[0] - 40) == 9 and "nine hours more" in LESSON


def test_where_the_roles_come_is_not_said_before_it_is_asked():
    frame = figures.frame("org_growth")
    told = "10: too much for one. 12: you are here. 16: a second job. 23: a TPM's job."
    assert told in describe(view_growth(frame, firsts=True))
    assert "you are here" not in describe(view_growth(frame, firsts=False))


def test_sizes_that_are_the_same_stand_together_and_a_role_that_never_comes_stands_last():
    row = figures.frame("org_growth", complexity=2.5)
    assert "8: too much for one. 12: a second job, a TPM's job, you are here. " in firsts(
        view_growth(row, firsts=True)
    )
    shared = figures.frame("org_growth", division="shared")
    assert firsts(view_growth(shared, firsts=True)).endswith("a second job. Never: a TPM's job. ")


def test_where_the_learners_own_guess_leads_is_told_with_the_first_roles():
    """By hand: 30, 24 and 12 minutes are 1.1 hours an engineer, so 30 hours come at 22."""
    stage = content.stage("growth")
    steps = {step["id"]: step for step in stage["steps"]}
    own = dict(specifications=30, depth=24, security=12)
    assert 21 * 1.1 + 3 * 1.55 < 30 < 22 * 1.1 + 6 * 1.55
    for engineers in (23, 30):
        frame = stages.rows(stage, steps["grown"], {"guess": own}, engineers=engineers)
        assert "23: a TPM's job (22 with your 66 minutes)" in describe(frame)
    for step in ("grown", "complex"):  # nothing was guessed, nothing is on show of it
        assert "with your" not in describe(stages.rows(stage, steps[step]))
