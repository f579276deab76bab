"""A split is counted as it is entered; only one within the budgets is kept; then the best shows."""

import pytest
from front import HOSTILE, click, edit_rows, is_plain, put, restart

from tpmlib.errors import CourseError
from tpmlib.kit import figures
from tpmlib.kit.record import record
from tpmlib.lessons.allocation.allocation import BUDGETS
from tpmlib.lessons.allocation.plan import Plan

BEST = figures.frame("allocation")


def enter(panel, **shares):
    put(panel.form, grid={f"{name}.share": share for name, share in shares.items()})


def test_each_entry_is_counted_at_once():
    panel = Plan()
    before = panel.picture.png
    enter(panel, i01=50)
    assert (
        panel.picture.png != before and "takes 16.0 of 80 engineer-weeks" in panel.picture.sentence
    )
    row = BEST.set_index("initiative_id").loc["i01"]
    assert f"brings {0.75 * row['value_whole']:.1f} thousand" in panel.picture.sentence
    enter(panel, i01=None)
    assert panel.picture.png == before


def test_the_best_split_shows_only_once_a_split_is_kept():
    panel = Plan()
    enter(panel, i01=50)
    assert "best" not in panel.picture.sentence + panel.picture.alt
    click(panel.form, "keep")
    assert f"best split's {BEST['total'].iloc[0]:.1f}" in panel.picture.sentence
    enter(panel, i01=60)
    assert "best" not in panel.picture.sentence + panel.picture.alt


def test_what_exceeds_a_budget_is_named_and_not_kept():
    panel = Plan()
    enter(panel, **dict.fromkeys(BEST["initiative_id"], 100))
    assert panel.picture.alt.endswith("over budget: people, money, platform")
    click(panel.form, "keep")
    assert panel.form.message.startswith("People: 288.0 of 80 engineer-weeks; lower")
    assert record().events() == []


def test_an_empty_table_is_not_kept():
    panel = Plan()
    click(panel.form, "keep")
    assert panel.form.message == "Enter a share first." and record().events() == []


def test_a_kept_split_is_there_again_and_kept_once():
    panel = Plan()
    enter(panel, i05=100, i06=100)
    click(panel.form, "keep")
    click(panel.form, "keep")
    restart()
    again = Plan()
    assert again.form.values == panel.form.values
    assert again.picture.png == panel.picture.png and len(record().events()) == 1


def test_the_best_split_itself_reaches_all_of_it():
    panel = Plan()
    shares = dict(zip(BEST["initiative_id"], 100 * BEST["share"], strict=True))
    enter(panel, **shares)
    click(panel.form, "keep")
    assert "That is 100% of the best split" in panel.picture.sentence


def test_the_budgets_are_those_of_the_preset():
    said = Plan("more_people").html()
    assert "160 engineer-weeks" in said and "80 engineer-weeks" in Plan().html()
    with pytest.raises(CourseError, match="'talley' is not one of"):
        Plan("talley")


def test_a_number_out_of_range_is_cut():
    panel = Plan()
    enter(panel, i01=400, i02=-5)
    assert panel.form.values["grid"] == {"i01.share": 100, "i02.share": 0}


def test_a_hostile_name_is_escaped(data):
    edit_rows(data / "initiatives.csv", lambda rows: rows[0].update(name=HOSTILE[:34]))
    said = Plan().html()
    assert is_plain(said) and "&lt;script&gt;" in said


def test_the_page_without_a_kernel_shows_needs_and_the_best():
    said = Plan().html()
    assert said.count("<tr>") == 2 * (1 + len(BEST)) + len(BUDGETS) + 1
