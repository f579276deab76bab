"""Your team: entered once, kept, offered by every explorer that knows teams."""

import pytest
from front import click, put, restart

import tpmlib as tpm
from tpmlib.kit import content
from tpmlib.kit.panels.sheet import entered, start
from tpmlib.kit.record import record

SHEET = content.sheet("team")
FIELDS, TALLY = SHEET["fields"], start(SHEET)


def test_until_one_is_kept_it_is_tallys_and_says_so():
    form = tpm.sheet("team")
    assert form.form.values == TALLY and "Once you keep your own" in form.form.fields[0]["label"]
    assert entered("team", record()) == TALLY


def test_a_team_is_kept_and_comes_back_after_a_restart():
    form = tpm.sheet("team")
    click(form.form, "keep", engineers=9, complexity=2)
    assert form.form.message.startswith("Kept. The picture below follows it.")
    restart()
    assert tpm.sheet("team").form.values == TALLY | {"engineers": 9, "complexity": 2}


def test_the_same_team_twice_is_one_answer():
    form = tpm.sheet("team")
    for _ in range(2):
        click(form.form, "keep", engineers=9)
    assert len(record().history("team", "sheet")) == 1


def test_an_empty_field_is_named_and_nothing_kept():
    form = tpm.sheet("team")
    click(form.form, "keep", engineers=None)
    assert form.form.message == "Fill in first: Engineers"
    assert record().latest("team") is None


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field["id"])
def test_each_field_is_cut_to_its_range(field):
    form = tpm.sheet("team")
    put(form.form, **{field["id"]: 1e9})
    assert form.form.values[field["id"]] == field["max"]


@pytest.mark.parametrize("answer", ["x", {"engineers": "many"}, {"else": 1}, [1]])
def test_a_damaged_team_gives_way_to_tallys(answer):
    record().add("sheet", "team", answer, lesson="staffing")
    assert entered("team", record()) == TALLY


def test_no_disk_is_said(no_disk):
    form = tpm.sheet("team")
    click(form.form, "keep", engineers=9)
    assert "in memory only" in form.form.message


def test_an_explorer_starts_from_the_team():
    click(tpm.sheet("team").form, "keep", engineers=10, complexity=0.5)
    explorer = tpm.explore("drift", "team")
    assert explorer.form.values["engineers"] == 10
    assert "10 engineers" in explorer.picture.sentence
    explorer.set(preset="default")
    assert explorer.form.values["engineers"] == 24


def test_one_s_own_team_offers_the_controls_of_the_first_preset():
    own, first = (tpm.explore("drift", name).form.fields for name in ("team", "default"))
    assert [field["id"] for field in own] == [field["id"] for field in first]


def test_what_has_no_control_comes_from_the_team_as_well():
    click(tpm.sheet("team").form, "keep", pms=1, tpms=0)
    frame = tpm.explore("drift", "team").frame
    assert list(frame["staffing"][frame["today"]]) == ["pm"]


def test_an_open_explorer_follows_a_team_that_changes():
    explorer = tpm.explore("drift", "team")
    click(tpm.sheet("team").form, "keep", engineers=12)
    assert explorer.form.values["engineers"] == 12
    explorer.settle()
    assert explorer.picture.sentence.startswith("Of 12 engineers")


def test_an_open_explorer_follows_what_has_no_control():
    explorer = tpm.explore("drift", "team")
    click(tpm.sheet("team").form, "keep", pms=2, tpms=0)
    assert explorer.picture.alt.startswith("Today: 6.2 of 16.")


def test_another_preset_is_left_alone():
    explorer = tpm.explore("drift")
    click(tpm.sheet("team").form, "keep", engineers=12)
    assert explorer.form.values["engineers"] == 24
