"""What the course says of its own facts holds for each of them."""

from tpmlib.kit import content


def test_the_courses_own_counts_and_readings_carry_no_better_mark_than_c():
    """As lesson 00 says of the marks."""
    facts = content.table("facts")
    assert set(facts.loc[facts["read"].isin(["count", "reading"]), "trust"]) == {"C"}


def test_no_interval_is_scored_against_a_figure_on_which_the_sources_disagree():
    for name in content.calibration_rounds():
        for question in content.calibration_round(name)["questions"]:
            assert "disagree" not in content.fact(question["fact"])["statement"]
