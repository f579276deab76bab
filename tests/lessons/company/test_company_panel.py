"""A quarter is tried, undone and confirmed; what was confirmed is kept, and goes on later."""

import pytest
from front import HOSTILE, click, edit_rows, is_plain, put, restart

from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.lessons.company.company import played
from tpmlib.lessons.company.company_panel import Company
from tpmlib.lessons.company.games import ITEM, games
from tpmlib.lessons.company.world import tally_world
from tpmlib.lessons.staffing.drift import STAFFINGS

PLAN = {"i04.share": 40, "i05.share": 30, "i06.share": 20}


def enter(panel, plan=PLAN, **values):
    put(panel.form, plan=plan, **values)


def confirm(panel, **values):
    enter(panel, **values)
    click(panel.form, "confirm")


def year(panel, quarters=4):
    for _ in range(quarters):
        confirm(panel, staffing="tpm", promise=12)


def kept():
    return record().history(ITEM, "company")


def rows(panel):
    return panel.game.rows


def test_trying_shows_a_forecast_and_keeps_nothing():
    panel = Company()
    enter(panel, staffing="tpm", promise=12)
    click(panel.form, "try")
    said = panel.form.message
    assert said.startswith("If nothing happens: this is done in week 9.8") and kept() == []
    enter(panel, promise=4)
    click(panel.form, "try")
    assert panel.form.message != said and "0% sure to keep week 4" in panel.form.message


def test_undo_takes_back_what_is_entered_and_nothing_else():
    panel = Company()
    confirm(panel, staffing="tpm", promise=10)
    before = dict(panel.form.values)
    enter(panel, staffing="pm_pm", choice="c01")
    click(panel.form, "undo")
    assert panel.form.values == before and len(kept()) == 1


def test_a_confirmed_quarter_is_played_told_and_kept():
    panel = Company()
    confirm(panel, staffing="tpm", promise=12, choice="c03")
    (row,) = rows(panel)
    assert [row] == played(tally_world(), panel.game.decisions, 1)
    assert "Kept." in panel.form.message
    event = content.table("events").set_index("event_id").loc[row["event"]]
    assert event["text"] in panel.told.value and f"together {row['net']:+.0f}" in panel.told.value
    assert "Quarter 2." in panel.form.fields[0]["label"]
    assert "c03" not in [one["value"] for one in panel.form.fields[4]["options"]]


def test_it_goes_on_after_a_killed_kernel():
    panel = Company()
    year(panel, 3)
    restart()
    again = Company()
    assert rows(again) == rows(panel) and again.told.value == panel.told.value
    assert again.form.fields == panel.form.fields and again.form.values == panel.form.values


def test_after_four_quarters_come_four_more_if_wanted():
    panel = Company()
    year(panel)
    assert [one["id"] for one in panel.form.buttons] == ["more", "new"]
    assert panel.form.fields[0]["label"].startswith("4 quarters are over. Tally stands at ")
    click(panel.form, "more")
    year(panel)
    assert len(rows(panel)) == 8 and [one["id"] for one in panel.form.buttons] == ["new"]
    assert len(rows(Company())) == 8


def test_a_new_game_has_other_events_and_loses_nothing():
    panel = Company()
    year(panel)
    events = [row["event"] for row in rows(panel)]
    click(panel.form, "new")
    assert rows(panel) == [] and "(Game 2;" in panel.form.fields[0]["label"]
    year(panel)
    assert [row["event"] for row in rows(panel)] != events
    assert [len(one.decisions) for one in games(record()).values()] == [4, 4]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"plan": dict.fromkeys(["i01.share", "i02.share", "i04.share", "i05.share"], 10)},
            "4 init",
        ),
        ({"plan": {"i04.share": 45}}, "A share of 45%; shares go in tens"),
        ({"plan": {"i04.share": 80, "i05.share": 30}}, "The shares come to 110%; at most 100%"),
        ({"couplings": {"fit.value": 2}}, ": None; from 0 to 12"),
    ],
)
def test_what_cannot_be_played_is_said_and_not_kept(values, told):
    panel = Company()
    enter(panel, **values)
    for button in ("try", "confirm"):
        click(panel.form, button)
        assert told in panel.form.message and kept() == []


def test_a_quarter_without_work_can_be_played():
    panel = Company()
    confirm(panel, plan={})
    assert rows(panel)[0]["used_people"] == 0 and "nothing was built" in panel.told.value


def test_the_couplings_are_set_before_the_first_quarter_and_stay():
    panel = Company()
    ties = dict(panel.form.values["couplings"]) | {"fit.value": 0.2, "week_price.value": 6}
    confirm(panel, couplings=ties)
    assert "couplings" not in panel.form.values
    restart()
    again = Company()
    assert again.game.couplings["fit"] == 0.2 and rows(again) == rows(panel)
    assert rows(again)[0]["people"] == pytest.approx(-6 * 0.9 * 13)


def test_two_tabs_play_one_game_and_the_first_to_confirm_counts():
    one, two = Company(), Company()
    confirm(one, staffing="tpm")
    assert len(rows(two)) == 1  # told at once
    other = two.game
    record().add("company", ITEM, dict(kept()[0]["answer"]) | {"quarter": 2}, lesson="capstone")
    enter(two, staffing="pm")
    click(two.form, "confirm")
    assert two.game != other and len(rows(two)) == 2 and "played elsewhere" in two.form.message
    assert rows(two)[1]["staffing"] == "tpm" and len(kept()) == 2


@pytest.mark.parametrize(
    "damage",
    [
        {"decision": {}},
        {"decision": "x"},
        {"couplings": {"fit": 9}},
        {"quarter": "1"},
        {"game": -1},
        {
            "decision": {
                "staffing": HOSTILE,
                "picks": [],
                "shares": [],
                "promise": 4,
                "choice": "none",
            }
        },
    ],
)
def test_a_damaged_quarter_is_left_out(damage):
    confirm(Company())
    answer = kept()[0]["answer"]
    restart()
    record().add("company", ITEM, answer | {"game": 3} | damage, lesson="capstone")
    assert len(rows(Company())) == (0 if "game" not in damage and "quarter" not in damage else 1)


def test_hostile_names_are_escaped(data):
    edit_rows(
        data / "initiatives.csv", lambda rows: [row.update(name=HOSTILE[:34]) for row in rows]
    )
    edit_rows(data / "events.csv", lambda rows: [row.update(text=HOSTILE) for row in rows])
    panel = Company()
    confirm(panel)
    assert is_plain(panel.told.value.replace(' class="tpm"', ""), panel.html())
    assert "&lt;script&gt;" in panel.told.value and "&lt;script&gt;" in panel.html()


def test_the_page_without_a_kernel_shows_the_work_and_the_events_whatever_was_played():
    before = Company().html()
    confirm(Company())
    assert Company().html() == before
    assert before.count("<tr>") == 2 + 8 + len(content.table("events"))


HAD, WOULD = "You had what softens it: A second", "What would have softened the event: A second"


@pytest.mark.parametrize(("staffing", "told"), [("tpm", WOULD), ("pm_tpm", HAD)])
def test_what_you_had_is_not_advised_afterwards(staffing, told):
    panel = Company()
    confirm(panel, staffing=staffing, promise=12)
    panel.game.rows[-1]["event"] = "new_hires"
    assert told in panel._story()


def test_each_thing_that_softens_an_event_can_be_had():
    for event in content.table("events").to_dict("records"):
        helps = event["softened"].startswith("Nothing")
        eased = set(event["eased_by"].split())
        assert eased <= {*STAFFINGS, *tally_world().controls, "slack"} and not (helps and eased)
