"""A week of one's own: an explorer that keeps what it was given."""

import pytest
from front import click, put, restart

from tpmlib.kit.panels.explorer import Explorer
from tpmlib.kit.record import record
from tpmlib.lessons.who_does_what.profile_panel import ITEM, Profile


def test_a_week_is_kept_and_there_again_after_a_restart():
    panel = Profile()
    put(panel.form, strategy=12, engineering_depth=20)
    click(panel.form, "keep")
    answer = record().latest(ITEM, "profile")["answer"]
    assert (answer["strategy"], answer["engineering_depth"]) == (12, 20)
    restart()
    again = Profile()
    assert again.form.values == panel.form.values and again.picture.png == panel.picture.png
    assert again.form.message == "Your week as you kept it."
    assert "made-up" not in panel.note.value + again.note.value


def test_no_hours_are_not_kept():
    panel = Profile()
    put(panel.form, preset="default")
    click(panel.form, "keep")
    assert record().events() == [] and panel.form.message == "Give some hours first."


def test_the_made_up_week_is_not_kept_as_ones_own():
    panel = Profile()
    click(panel.form, "keep")
    assert record().events() == [] and "Make it yours first" in panel.form.message


def test_what_was_not_kept_is_not_there_again():
    before = Profile().form.values
    put(Profile().form, strategy=12)
    assert Profile().form.values == before


def test_back_to_the_start_forgets_nothing_that_was_kept():
    panel = Profile()
    click(panel.form, "keep", strategy=12)
    click(panel.form, "reset")
    assert panel.form.values["strategy"] != 12
    assert Profile().form.values["strategy"] == 12


def test_it_shows_what_the_explorer_shows():
    panel, explorer = Profile(), Explorer("profile")
    for each in (panel, explorer):
        put(each.form, preset="tally")
    assert panel.picture.png == explorer.picture.png and repr(panel) == repr(explorer)


@pytest.mark.parametrize("answer", ["?", None, {"strategy": "x"}, {"strategy": 1e9, "cat": 4}])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    record().add("profile", ITEM, answer, lesson="who_does_what")
    assert 0 <= Profile().form.values["strategy"] <= 40


def test_without_a_disk_it_stays_in_memory_and_says_so(no_disk):
    panel = Profile()
    click(panel.form, "keep", strategy=12)
    assert "Your answers are in memory only" in panel.form.message
    assert Profile().form.values["strategy"] == 12
