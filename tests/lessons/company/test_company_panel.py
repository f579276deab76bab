"""A quarter is tried, undone and confirmed; what was confirmed is kept, and goes on later."""

import re
from dataclasses import replace
from html import escape
from itertools import combinations

import pytest
from front import HOSTILE, click, edit_rows, front, is_plain, put, restart

from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.lessons.company import account, screen
from tpmlib.lessons.company.account import ACCOUNT, parted
from tpmlib.lessons.company.company import played, quarter
from tpmlib.lessons.company.company_panel import Company
from tpmlib.lessons.company.games import FIRST, ITEM, Game, games
from tpmlib.lessons.company.policies import PROMISE, fixed, sensible
from tpmlib.lessons.company.world import tally_world
from tpmlib.lessons.staffing.drift import STAFFINGS

WORK = ["i04", "i05", "i06"]


def confirm(panel, **values):
    """Fill the screens of a quarter in, each on its own, and confirm."""
    values = {"work": WORK, "promise": 12} | values
    for step in panel.steps:
        offered = offered_in(panel) if step == "work" else []
        chosen = {"work": [name for name in values["work"] if name in offered]}
        put(panel.form, **{n: v for n, v in (values | chosen).items() if n in panel.form.values})
        click(panel.form, "confirm" if step == panel.steps[-1] else "next")


def offered_in(panel):
    return [each["value"] for each in panel.form.fields[1]["options"]]


def asked_in(panel):
    return [field["id"] for field in panel.form.fields if field["kind"] != "note"]


def year(panel, quarters=4):
    for _ in range(quarters):
        confirm(panel, staffing="tpm", work=[option(panel)])


def option(panel):
    """A piece of work that is not done."""
    done = panel.game.state.done
    return next(
        n for n, part in zip(tally_world().initiatives.index, done, strict=True) if part < 1
    )


def kept():
    return record().history(ITEM, "company")


def rows(panel):
    return panel.game.rows


def test_a_quarter_asks_for_the_people_then_the_work_and_back_loses_nothing():
    panel = Company()
    press = {"id": "next", "n": 1}  # may stand before the choice in one message
    asked = asked_in(panel)
    front(panel.form, clicked=press, values={"staffing": "pm_pm"})
    assert [*asked, *asked_in(panel)] == ["staffing", "work"]
    put(panel.form, work=WORK)
    click(panel.form, "back")
    assert panel.form.values == {"staffing": "pm_pm"} and kept() == []
    click(panel.form, "next")
    assert panel.form.values == {"work": WORK}


def test_sales_asks_for_a_date_from_april_on_and_the_last_quarter_runs_by_itself():
    panel, asked = Company(), []
    while not panel.game.is_over:
        if panel.place + 1 < len(panel.steps):
            click(panel.form, "next")
        asked.append(asked_in(panel))
        put(panel.form, **{"work": offered_in(panel)[:1]} if "work" in asked[-1] else {})
        click(panel.form, "confirm")
    assert asked == [["work"], ["work", "promise"], ["work", "promise"], []]
    assert rows(panel)[3]["staffing"] == rows(panel)[2]["staffing"]
    assert [row["promise"] for row in rows(panel)] == [PROMISE] * 4


def test_the_first_screen_says_what_each_staffing_is_paid_and_brings():
    panel, game = Company(), Game()
    for name in STAFFINGS:
        work = screen.best(game, name)
        row, idle = (alone(staffing=name, work=each, promise=12) for each in (work, []))
        brings = screen.by_december(game, row) - screen.by_december(game, idle)
        ((pay, shown),) = re.findall(
            rf"{screen.TEAM[name]}</th><td[^>]*>{row['given_people']:.0f}</td>"
            r"<td[^>]*>(.*?)</td><td[^>]*>(.*?)<",
            panel.beside.value,
        )
        assert int(pay) == round(row["people"])
        assert abs(int(shown.replace(",", "")) - brings) <= 1
        assert pay in panel.html() and shown in panel.html()


def test_three_other_pieces_may_bring_more_than_those_whose_own_figures_are_highest():
    """The text beside the table dares you to look for them."""
    game = Game()
    for name in ("pm", "pm_tpm"):
        best, *others = (
            screen.by_december(game, alone(staffing=name, work=list(work), promise=12))
            for work in [screen.best(game, name), *combinations(screen.gains(game, name), 3)]
        )
        assert max(others) > best + 1


def test_two_who_talk_to_each_other_leave_fewer_weeks_than_a_tpm_alone():
    """For no other reason; how long they talk stands beside the table."""
    usual, silent = tally_world().throughput, tally_world(sync=0).throughput
    assert usual["pm_tpm", 1.0] < usual["tpm", 1.0] == silent["pm_tpm", 1.0]
    lost = {who: 1 - usual[who, 1.0] for who in ("pm", "tpm")}
    assert lost["tpm"] < lost["pm"] / 2  # she "saves most of them"
    assert "since they also talk to each other, 4 hours a week" in Company().beside.value


def test_a_kept_date_counts_as_expected():
    """So the money for it is no part of what the work brought by being done sooner."""
    game = Game()
    row, later = (alone(staffing="pm", work=WORK, promise=week) for week in (12, 13))
    assert row["early"] == 2 and later["early"] == 0
    years = [screen.by_december(game, each) for each in (row, later)]
    assert years[0] - years[1] == pytest.approx(2)


def test_the_year_as_it_stands_means_the_same_on_every_sheet():
    """It stands above, begins the next sheet, and no money is missing between two sheets."""
    panel, ends = Company(), None
    while not panel.game.is_over:
        if ends:
            last = int(
                re.findall(r"stands</th><td[^>]*>([^<]*)<", panel.told.value)[0].replace(",", "")
            )
            parts = [
                int(n)
                for n in re.findall(
                    r"(?:The card|Luck with the date)</th><td[^>]*>([^<]*)<", panel.told.value
                )
            ]
            assert ends + sum(parts) == last
        if panel.place + 1 < len(panel.steps):
            put(panel.form, staffing="pm_tpm" if not ends else "tpm")
            click(panel.form, "next")
            put(panel.form, work=offered_in(panel)[:3])
        sheet = {
            words: int(n.replace(",", "")) for words, n in board(panel).items() if n[:1] in "+-"
        }
        stands = sheet["The year as it stands"]
        assert f"The year as it stands: {stands:+,d}<" in panel.strip.value
        assert not ends or stands == last
        ends = sheet.pop("The year then")
        assert sum(sheet.values()) == ends
        click(panel.form, "confirm")
    assert f"stands: {round(rows(panel)[-1]['total']):+,d}<" in panel.strip.value


def test_the_year_as_it_stands_at_first_is_what_running_costs():
    """A second method: four quarters in which nothing is built, without their pay and cards."""
    world, state, year = tally_world(), Game().state, 0.0
    for each in fixed(world, "pm", 4):
        row = quarter(world, state, each._replace(shares=(0, 0, 0)))
        year, state = year + row["net"] - row["people"], row["after"]
    assert screen.by_december(Game()) == pytest.approx(year) and year < 0


def test_what_a_choice_would_bring_stands_beside_it_at_once():
    panel = Company()
    put(panel.form, staffing="pm_tpm")
    click(panel.form, "next")
    told = panel.beside.value
    put(panel.form, work=WORK)
    used = f"{alone(staffing='pm_tpm', work=WORK)['used_people']:.0f} of 69"
    assert panel.beside.value != told and used in panel.beside.value and kept() == []


def test_a_date_shows_at_once_how_likely_it_is_kept():
    panel = Company()
    confirm(panel)
    click(panel.form, "next")
    put(panel.form, work=["i01"], promise=4)
    assert "Week 4 is kept</th>" in panel.beside.value


def alone(game=None, **decided):
    game, filled = game or Game(), {"staffing": "pm", "work": [], "promise": 13} | decided
    return quarter(game.world, game.state, screen.decided(game, filled))


def test_work_shows_what_it_alone_brings_by_december():
    """A second method: what it brings each week from its week on, less what it costs."""
    game = Game()
    gains = screen.gains(game, "pm_tpm")
    row, idle = alone(staffing="pm_tpm", work=["i01"]), alone(staffing="pm_tpm")
    weeks = 4 * 13 - row["finished"]
    assert gains["i01"] == pytest.approx(row["weekly"] * weeks - row["used_money"], abs=0.01)
    assert idle["weekly"] == 0 and len(gains) == len(tally_world().initiatives)


def test_what_does_not_pay_by_december_any_more_is_not_offered():
    late = Game(decisions=tuple(fixed(tally_world(), "pm", 3)))
    gains = screen.gains(late, "pm")
    assert 0 < len(gains) < 5 and min(gains.values()) >= 1
    assert "finish what still pays" in screen.fields(late, "rest", "pm")[0]["label"]
    picked = screen.decided(late, {"staffing": "pm", "work": ["i10"], "promise": 4})
    busy = [name for name, share in zip(picked.picks, picked.shares, strict=True) if share]
    assert set(busy) == set(sorted(gains, key=gains.get)[-3:]) and picked.promise == PROMISE


def test_whom_july_chooses_is_paid_until_december_and_the_board_counts_both_quarters():
    """A second method: the quarter, then one in which all stands still but the pay."""
    panel = Company()
    confirm(panel)
    confirm(panel)
    assert "July to December" in panel.form.fields[1]["label"]
    assert "the pay comes twice" in panel.form.fields[0]["label"]
    put(panel.form, staffing="pm_tpm")
    click(panel.form, "next")
    put(panel.form, work=offered_in(panel)[:1])
    game, shown = panel.game, board(panel)
    row = quarter(game.world, game.state, screen.decided(game, panel.entered))
    assert shown["Pay, July to December"] == f"{2 * row['people']:+.0f}"
    rule = sensible(game.world, row["after"], "pm_tpm")._replace(shares=(0, 0, 0))
    year = game.rows[-1]["total"] + row["net"] + quarter(game.world, row["after"], rule)["net"]
    assert shown["The year then"] == f"{year:+,.0f}"


@pytest.mark.parametrize("staffing", ["tpm", "pm_tpm"])
def test_what_a_small_piece_leaves_goes_to_the_others(staffing):
    """So to tick one more never finishes less of the rest while many weeks stay empty."""
    game = Game(decisions=tuple(fixed(tally_world(), staffing, 1)))
    offered, ids = screen.gains(game, staffing), list(tally_world().initiatives.index)
    idle = []
    for work in [w for size in (1, 2, 3) for w in combinations(offered, size)]:
        row = alone(game, staffing=staffing, work=list(work))
        if min(row["after"].done[ids.index(name)] for name in work) < 0.995:
            idle.append(1 - row["used_people"] / row["given_people"])
    assert idle and 0.1 - 1e-9 <= min(idle) and max(idle) < 0.2


def board(panel):
    """The board's rows, by their words."""
    return dict(
        re.findall(r"<th scope=.row.[^>]*>([^<]*)</th><td[^>]*>([^<]*)<", panel.beside.value)
    )


def test_what_was_expected_the_date_and_the_card_add_up_to_where_the_year_stands():
    panel = Company()
    confirm(panel, staffing="tpm")
    told = dict(re.findall(r"row.[^>]*>([^<]*)</th><td[^>]*>([^<]*)<", panel.told.value))
    *parts, stands = (int(amount.replace(",", "")) for amount in told.values())
    assert sum(parts) == stands and f"This card takes {-parts[-1]} off the year" in panel.told.value


@pytest.mark.parametrize("staffing", STAFFINGS)
def test_that_all_gets_done_is_said_of_work_that_is_all_done_and_of_no_other(staffing):
    """With a TPM alone two pieces may leave a third of the weeks empty, and one of them undone."""
    game = Game()
    for work in combinations(screen.gains(game, staffing), 2):
        entered = screen.values(game) | {"staffing": staffing, "work": list(work)}
        told = account.ahead(game, entered)
        (shares,) = re.findall(r"Then on sale: (.*?)[.][ <]", told)
        is_done = re.findall(r"(\d+)%", shares) == ["100", "100"]
        assert ("All that is ticked gets done" in told) == is_done


@pytest.mark.parametrize("work, shares", [("i01 i04 i05", (30, 30, 30)), ("i01 i04", (50, 40, 0))])
def test_the_weeks_are_shared_and_the_best_paying_work_gets_what_is_left_over(work, shares):
    decision = screen.decided(Game(), screen.values(Game()) | {"work": work.split()})
    assert decision.picks[0] == "i04" and decision.shares == shares


def test_security_buys_for_the_learner_as_for_the_rivals():
    panel = Company()
    year(panel)
    rule = fixed(tally_world(), "tpm", 4)
    assert [row["choice"] for row in rows(panel)] == [each.choice for each in rule]


def test_a_confirmed_quarter_is_played_told_and_kept():
    panel = Company()
    confirm(panel, staffing="tpm")
    (row,) = rows(panel)
    assert [row] == played(tally_world(), panel.game.decisions, FIRST)
    assert panel.form.message == "" and asked_in(panel) == ["staffing"]
    event = content.table("events").set_index("event_id").loc[row["event"]]
    assert escape(event["text"]) in panel.told.value
    click(panel.form, "next")
    assert panel.told.value == ""


def test_each_card_of_a_first_year_changes_something():
    for staffing in ("tpm", "pm_tpm"):
        game = Game(decisions=tuple(fixed(tally_world(), staffing, 4)))
        for row, each in zip(game.rows, game.decisions, strict=True):
            calm = quarter(game.world, row["before"], each, None, row["delay"])
            assert abs(row["net"] - calm["net"]) >= 4


def test_the_account_adds_up_to_the_quarter():
    panel = Company()
    confirm(panel, staffing="pm", work=[])
    confirm(panel, staffing="pm", promise=5)
    row = rows(panel)[-1]
    assert sum(row[name] for names in ACCOUNT.values() for name in names) == pytest.approx(
        row["net"]
    )
    late = f"{row['late_weeks']:.1f} weeks later than the promised week 5, which costs "
    late += f"{-row['late']:.0f}."
    assert late in panel.told.value


@pytest.mark.parametrize(("late", "word"), [(0.04, "was kept"), (0.06, "0.1 weeks later")])
def test_a_date_is_late_where_its_delay_as_shown_is_not_nil(monkeypatch, late, word):
    panel = Company()
    confirm(panel, staffing="tpm")
    game = panel.game
    (row,) = game.rows
    monkeypatch.setattr(
        Game, "rows", property(lambda game: [row | {"late_weeks": late, "late": -8 * late}])
    )
    told = account.told(game, panel.deck.loc[row["event"]])
    assert word in told and "-0" not in told and "0.0 weeks" not in told


def test_it_goes_on_after_a_killed_kernel():
    panel = Company()
    year(panel, 3)
    restart()
    again = Company()
    assert rows(again) == rows(panel) and again.told.value == panel.told.value
    assert again.strip.value == panel.strip.value and again.form.buttons == panel.form.buttons


def test_a_year_is_over_after_four_quarters_and_a_new_one_has_other_events_and_loses_nothing():
    panel = Company()
    year(panel)
    assert [button["id"] for button in panel.form.buttons] == ["onward", "new"]
    events = [row["event"] for row in rows(panel)]
    click(panel.form, "new")
    assert rows(panel) == [] and panel.place == 0
    year(panel)
    assert [row["event"] for row in rows(panel)] != events
    assert [len(each.decisions) for each in games(record()).values()] == [4, 4]


def test_a_fourth_piece_of_work_is_refused_and_nothing_kept():
    panel = Company()
    click(panel.form, "next")
    put(panel.form, work=[*WORK, "i01"])
    assert "4 are ticked; 3 at most" in panel.beside.value
    click(panel.form, "confirm")
    assert panel.form.message == "4 are ticked; 3 at most" and panel.place == 1 and kept() == []


def test_a_quarter_without_work_can_be_played():
    panel = Company()
    confirm(panel, work=[])
    assert rows(panel)[0]["used_people"] == 0 and "Nothing was built" in panel.told.value


def test_nothing_built_is_told_before():
    panel = Company()
    click(panel.form, "next")
    assert "No work is ticked" in panel.beside.value


def test_the_people_and_the_date_stay_for_the_next_quarter():
    panel = Company()
    confirm(panel, staffing="pm_pm")
    confirm(panel, promise=9)
    assert panel.form.values == {"staffing": "pm_pm"}
    click(panel.form, "next")
    assert panel.form.values["promise"] == 9


def test_weeks_that_are_not_used_have_their_reason_beside_them():
    panel = Company()
    put(panel.form, staffing="pm_tpm")
    click(panel.form, "next")
    put(panel.form, work=["i01", "i04", "i06"])
    assert board(panel)["Weeks used"] == "60 of 69; 9 kept free for the date"
    assert "built again, so each piece takes more weeks" in panel.form.fields[0]["label"]
    put(panel.form, work=["i04"])
    assert "; no work for " in board(panel)["Weeks used"]


def test_what_takes_no_week_any_more_cannot_be_ticked(monkeypatch):
    start = Game().state
    near = start._replace(done=(0.999, *start.done[1:]))
    monkeypatch.setattr(Game, "state", property(lambda game: near))
    options = screen.fields(Game(), "work", "pm")[1]["options"]
    first, *rest = tally_world().initiatives.index
    assert [option["value"] for option in options] == rest and first not in rest


def test_two_tabs_play_one_game_and_the_first_to_confirm_counts():
    one, two = Company(), Company()
    confirm(one, staffing="tpm")
    assert len(rows(two)) == 1  # told at once
    click(two.form, "next")
    record().add("company", ITEM, dict(kept()[0]["answer"]) | {"quarter": 2}, lesson="capstone")
    click(two.form, "confirm")
    assert len(rows(two)) == 2 and "played elsewhere" in two.form.message
    assert rows(two)[1]["staffing"] == "tpm" and len(kept()) == 2


@pytest.mark.parametrize(
    "damage",
    [
        {"decision": {}},
        {"decision": "x"},
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
    record().add("company", ITEM, answer | {"game": FIRST + 2} | damage, lesson="capstone")
    assert len(rows(Company())) == (0 if "game" not in damage and "quarter" not in damage else 1)


def test_hostile_names_are_escaped(data):
    edit_rows(
        data / "initiatives.csv", lambda rows: [row.update(name=HOSTILE[:34]) for row in rows]
    )
    edit_rows(data / "events.csv", lambda rows: [row.update(text=HOSTILE) for row in rows])
    panel = Company()
    confirm(panel)
    assert is_plain(panel.told.value, panel.strip.value, panel.beside.value, panel.html())
    assert "&lt;script&gt;" in panel.told.value and "&lt;script&gt;" in panel.html()


def test_the_page_without_a_kernel_shows_the_work_and_the_events_whatever_was_played():
    before = Company().html()
    confirm(Company())
    assert Company().html() == before
    assert all(name in before for name in tally_world().initiatives["name"])
    assert before.count("<tr>") == 2 + len(STAFFINGS) + len(content.table("events"))


@pytest.mark.parametrize(
    ("strength", "did"), [(0, "changes nothing"), (1, r"takes \d+ off the year")]
)
def test_a_card_tells_in_money_what_it_did_to_the_year(monkeypatch, strength, did):
    world = tally_world()
    cards = [card._replace(amount=card.amount**strength) for card in world.cards]
    monkeypatch.setattr(
        "tpmlib.lessons.company.games.tally_world", lambda: replace(world, cards=cards)
    )
    panel = Company()
    confirm(panel, staffing="pm")
    assert re.search(f"This card {did}", panel.told.value)


def test_what_is_on_sale_of_each_work_is_named_before_and_after_also_where_it_is_a_part():
    """A second method: the part that is done of each that was begun."""
    panel = Company()
    confirm(panel, staffing="pm_tpm", work=["i01", "i04", "i05"])
    done = dict(zip(tally_world().initiatives.index, panel.game.state.done, strict=True))
    for name in ("i01", "i04", "i05"):
        assert f"{tally_world().initiatives['name'][name]} {done[name]:.0%}" in panel.told.value
    assert done["i01"] < 0.9 and "What is undone can be ticked" in panel.told.value
    click(panel.form, "next")
    put(panel.form, work=["i10"])
    assert re.search(r"Then on sale: An app for the phone \d\d%\.", panel.beside.value)
    assert "pays too" in panel.form.fields[0]["label"]


def test_a_part_pays_and_its_first_half_most():
    """The note beside the work says so."""
    world = tally_world()
    assert (world.worth(0.5) > 0.5 * world.worth(1.0)).all()


def test_the_first_note_says_what_work_off_the_plan_is_worth_and_changed_people_are_named():
    note, asked = (field["label"] for field in Company().form.fields)
    assert "worth 30% as much" in note and asked.endswith("January to March?")
    same, moved = Game(decisions=(*fixed(tally_world(), "tpm", 4),)), fixed(tally_world(), "pm", 2)
    moved = replace(same, decisions=(*moved, *same.decisions[2:]))
    assert "at no cost" in parted(moved) and "at no cost" not in parted(same)
