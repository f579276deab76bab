"""Your team: entered once, kept, offered by every explorer that knows teams."""

import pytest
from front import click, put, restart

import tpmlib as tpm
from tpmlib.kit.panels.team import UNKNOWN, defaults, fields, team
from tpmlib.kit.record import record


def test_until_one_is_kept_it_is_tallys_and_says_so():
    form = tpm.team()
    assert form.form.values == defaults() and form.form.message == UNKNOWN
    assert team(record()) == defaults()


def test_a_team_is_kept_and_comes_back_after_a_restart():
    form = tpm.team()
    click(form.form, "keep", engineers=9, complexity=2)
    assert form.form.message.startswith("Kept.")
    restart()
    assert tpm.team().form.values == defaults() | {"engineers": 9, "complexity": 2}


def test_the_same_team_twice_is_one_answer():
    form = tpm.team()
    for _ in range(2):
        click(form.form, "keep", engineers=9)
    assert len(record().history("team")) == 1


def test_an_empty_field_is_named_and_nothing_kept():
    form = tpm.team()
    click(form.form, "keep", meetings=None)
    assert form.form.message == "Meetings of a product person is empty: enter a number."
    assert record().latest("team") is None


@pytest.mark.parametrize("field", fields(), ids=lambda field: field["id"])
def test_each_field_is_cut_to_its_range(field):
    form = tpm.team()
    put(form.form, **{field["id"]: 1e9})
    assert form.form.values[field["id"]] == field["max"]


@pytest.mark.parametrize("answer", ["x", {"engineers": "many"}, {"else": 1}, [1]])
def test_a_damaged_team_gives_way_to_tallys(answer):
    record().add("team", "team", answer, lesson="staffing")
    assert team(record()) == defaults()


def test_no_disk_is_said(no_disk):
    form = tpm.team()
    click(form.form, "keep", engineers=9)
    assert "in memory only" in form.form.message


@pytest.mark.parametrize("model", ["drift", "staffing_map"])
def test_an_explorer_starts_from_the_team(model):
    click(tpm.team().form, "keep", engineers=10, complexity=0.5, meetings=30)
    explorer = tpm.explore(model, "team")
    assert explorer.form.values["engineers"] == 10
    assert "10 engineers" in explorer.picture.sentence
    explorer.set(preset="default")
    assert explorer.form.values["engineers"] == 24


def test_what_has_no_control_comes_from_the_team_as_well():
    before = tpm.explore("drift", "team").frame["strategic"]
    click(tpm.team().form, "keep", meetings=30)
    assert (tpm.explore("drift", "team").frame["strategic"] < before).all()


def test_an_open_explorer_follows_a_team_that_changes():
    explorer = tpm.explore("drift", "team")
    click(tpm.team().form, "keep", engineers=12)
    assert explorer.form.values["engineers"] == 12
    explorer.settle()
    assert explorer.picture.sentence.startswith("12 engineers")


def test_another_preset_is_left_alone():
    explorer = tpm.explore("drift")
    click(tpm.team().form, "keep", engineers=12)
    assert explorer.form.values["engineers"] == 24
