"""A card opens at an arrow; what is ticked or open says why once checked, and comes back."""

import pandas as pd
import pytest
from front import HOSTILE, click, edit_rows, is_plain, put, restart

from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.lessons.architecture import flows_picture as chart
from tpmlib.lessons.architecture.flows_picture import finding
from tpmlib.lessons.architecture.made import asked_threats, called
from tpmlib.lessons.architecture.mark_threats import KINDS, MarkThreats

THREATS = content.table("threats")
OPEN = THREATS[THREATS["open"] == 1].groupby("flow_id")["kind"].apply(list)


def said(panel, name):
    return panel.form.feedback.get(name, {})


def tick(panel, name, *kinds):
    put(panel.form, arrow=name)
    put(panel.form, **{name: list(kinds)})


def check(panel, name, *kinds):
    tick(panel, name, *kinds)
    click(panel.form, "check")


def ids(panel):
    return [field["id"] for field in panel.form.fields]


def test_every_arrow_has_six_kinds_and_some_but_not_all_are_open():
    assert (THREATS.groupby("flow_id")["kind"].apply(set) == set(KINDS)).all()
    assert list(OPEN.index) == list(content.table("flows")["flow_id"])
    assert OPEN.map(len).between(1, len(KINDS) - 1).all()
    assert set(KINDS) == set(THREATS[THREATS["open"] == 1]["kind"])


@pytest.mark.parametrize("name", OPEN.index)
def test_a_card_opens_for_the_arrow_that_is_clicked_or_chosen_and_says_what_stands_there(name):
    clicked, chosen = MarkThreats(), MarkThreats()
    assert ids(clicked) == ["arrow"]
    clicked.picture.pin = name
    put(chosen.form, arrow=name)
    for panel in (clicked, chosen):
        assert ids(panel) == ["arrow", name, "check"] and panel.picture.pin == name
        row = content.table("flows").set_index("flow_id").loc[name]
        assert f"{row['carries']} Now: {row['now']}" in panel.picture.sentence
        assert "Read “Now” first" in panel.form.field(name)["label"]  # a reader ticked first


def test_the_mark_of_a_chosen_arrow_stands_beside_the_next_box_and_not_on_it():
    for spot in chart.places(content.table("flows")):
        left, top, wide, tall = spot["box"]
        ends = [x - chart.HALF for x, y in chart.PLACES.values() if top < 1 - y < top + tall]
        assert all(not left + wide < end < left + wide + chart.YOU - 0.001 for end in ends)


@pytest.mark.parametrize("name", OPEN.index)
def test_each_threat_says_why_it_is_open_or_closed_also_where_it_is_not_ticked(name):
    panel = MarkThreats()
    check(panel, name, *reversed(OPEN[name]))
    rows = THREATS[THREATS["flow_id"] == name]
    options = said(panel, name)["options"]
    for kind, is_open, reason in rows[["kind", "open", "reason"]].values:
        told = f"{'Open' if is_open else 'Closed'}. {reason} ({called(kind)})"
        assert options[kind] == {"tone": "right", "text": told}
    assert set(options) == set(KINDS) and record().events()[0]["right"]


def test_missed_and_extra_are_told_apart():
    panel = MarkThreats()
    check(panel, "f3", "spoofing", "repudiation")
    options = said(panel, "f3")["options"]
    assert said(panel, "f3")["text"].startswith("Open threats that you ticked: 1 of 3. Ticked, ")
    assert options["repudiation"]["text"].endswith("(repudiation)")
    assert options["tampering"]["text"].startswith("Open, not ticked. On the way")
    tones = {kind: entry["tone"] for kind, entry in options.items()}
    wrong = dict.fromkeys(("repudiation", "tampering", "disclosure"), "wrong")
    assert tones == dict.fromkeys(KINDS, "right") | wrong


def test_nothing_ticked_gives_nothing_away_and_is_not_kept():
    panel = MarkThreats()
    check(panel, "f4")
    assert "options" not in said(panel, "f4") and record().events() == []
    put(panel.form, f4=["denial"])
    assert said(panel, "f4") == {}


def test_what_was_said_goes_when_the_ticks_change_and_stays_with_its_arrow():
    panel = MarkThreats()
    check(panel, "f4", "denial")
    put(panel.form, arrow="f3")
    assert panel.form.feedback == {}
    put(panel.form, arrow="f4")
    assert said(panel, "f4")["tone"] == "right"
    put(panel.form, f4=["denial", "spoofing"])
    assert panel.form.feedback == {}


def test_ticks_that_are_not_kept_stay_when_an_answer_elsewhere_is_told():
    panel = MarkThreats()
    check(panel, "f4", "denial")
    put(panel.form, f4=["spoofing"])
    record().add("judge", "C22", {"verdict": "cannot_tell"}, lesson="architecture")
    panel.tell()
    assert panel.form.values["f4"] == ["spoofing"] and said(panel, "f4") == {}


def test_the_picture_names_what_is_open_on_checked_arrows_alone():
    panel = MarkThreats()
    before = panel.picture.png
    tick(panel, "f3", "tampering")
    assert panel.picture.alt == "None of 3 arrows is checked yet"
    click(panel.form, "check")
    assert panel.picture.png != before
    assert panel.picture.alt == "1 of 3 arrows checked: 3 threats are open on them"


def test_no_threat_is_called_denial_beside_the_question_who_can_deny():
    """A reader took "denial" on the picture for the tick at "deny what they did?"."""
    panel = MarkThreats()
    check(panel, "f4", "denial")
    assert said(panel, "f4")["options"]["denial"]["text"].endswith("(overload)")
    assert list(panel._frame()["open"]) == ["", "overload", ""] and "denial" not in panel.html()


def test_one_arrow_is_all_that_the_lesson_asks_for():
    assert asked_threats("architecture") == ["threats-f3"] and asked_threats("messages") == []


@pytest.mark.parametrize(
    "kinds, told",
    [("", "no threat is"), ("denial", "1 threat is"), ("denial spoofing", "2 threats are")],
)
def test_the_open_threats_are_counted_in_words_that_fit(kinds, told):
    frame = pd.DataFrame({"open": [kinds or " "]})
    assert finding(frame) == f"1 of 1 arrows checked: {told} open on them"


def test_a_checked_arrow_is_there_again():
    panel = MarkThreats()
    check(panel, "f7", "elevation", "repudiation")
    restart()
    again = MarkThreats()
    assert again.picture.alt == panel.picture.alt and len(record().events()) == 1
    put(again.form, arrow="f7")
    assert again.form.feedback == panel.form.feedback


def test_an_answer_to_another_arrow_text_is_not_explained(data):
    check(MarkThreats(), "f4", "denial")
    edit_rows(data / "flows.csv", lambda rows: rows[1].update(now="All is encrypted and logged."))
    restart()
    panel = MarkThreats()
    put(panel.form, arrow="f4")
    assert panel.form.feedback == {} and panel.form.values["f4"] is None


def test_hostile_texts_are_escaped(data):
    edit_rows(data / "flows.csv", lambda rows: rows[0].update(carries=HOSTILE))
    edit_rows(data / "threats.csv", lambda rows: rows[0].update(reason=HOSTILE))
    panel = MarkThreats()
    page = panel.html()
    assert is_plain(page) and page.count("&lt;script&gt;") == 2
