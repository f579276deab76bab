"""Threats are marked arrow by arrow; each of the six says why once checked, and comes back."""

import pytest
from front import HOSTILE, click, edit_rows, is_plain, put, restart

from tpmlib.kit import content
from tpmlib.kit.record import record
from tpmlib.lessons.architecture import flows_picture as chart
from tpmlib.lessons.architecture.mark_threats import KINDS, MarkThreats

THREATS = content.table("threats")
OPEN = THREATS[THREATS["open"] == 1].groupby("flow_id")["kind"].apply(list)


def said(panel, name):
    return panel.form.feedback.get(name, {})


def check(panel, name, *kinds):
    put(panel.form, **{name: list(kinds)})
    click(panel.form, f"check {name}")


def test_every_arrow_has_six_kinds_and_some_but_not_all_are_open():
    assert (THREATS.groupby("flow_id")["kind"].apply(set) == set(KINDS)).all()
    assert list(OPEN.index) == list(content.table("flows")["flow_id"])
    assert OPEN.map(len).between(1, len(KINDS) - 1).all()
    assert set(KINDS) == set(THREATS[THREATS["open"] == 1]["kind"]) == set(chart.LETTERS)


@pytest.mark.parametrize("name", OPEN.index)
def test_each_arrow_says_of_each_kind_why(name):
    panel = MarkThreats()
    check(panel, name, *reversed(OPEN[name]))
    rows = THREATS[THREATS["flow_id"] == name]
    for kind, reason in zip(rows["kind"], rows["reason"], strict=True):
        assert said(panel, name)["options"][kind]["text"].endswith(reason)
    assert said(panel, name)["tone"] == "right" and record().events()[0]["right"]
    assert set(panel.form.feedback) == {name}


def test_missed_and_extra_are_told_apart():
    panel = MarkThreats()
    check(panel, "f1", "spoofing", "tampering")
    options = said(panel, "f1")["options"]
    assert said(panel, "f1")["text"].startswith("1 of 2 open found; 1 ticked")
    tones = {kind: options[kind]["tone"] for kind in KINDS}
    wanted = {"spoofing": "right", "tampering": "wrong", "repudiation": "wrong"}
    assert tones == dict.fromkeys(KINDS, "") | wanted
    assert options["repudiation"]["text"].startswith("Open, and not ticked.")
    assert "1 of 7 arrows checked; 1 of their 2 open" in panel.form.message


def test_nothing_ticked_gives_nothing_away_and_is_not_kept():
    panel = MarkThreats()
    check(panel, "f4")
    assert "options" not in said(panel, "f4") and record().events() == []


def test_the_hint_to_tick_goes_with_the_first_tick():
    panel = MarkThreats()
    check(panel, "f4")
    assert said(panel, "f4")["text"].startswith("Tick a threat first")
    put(panel.form, f4=["denial"])
    assert said(panel, "f4") == {}


def test_what_was_said_goes_when_the_ticks_of_that_arrow_change():
    panel = MarkThreats()
    check(panel, "f1", "spoofing")
    check(panel, "f4", "denial")
    put(panel.form, f1=["spoofing", "repudiation"])
    assert set(panel.form.feedback) == {"f4"}
    assert "1 of 7 arrows checked" in panel.form.message


def test_the_picture_and_its_words_follow_the_ticks():
    panel = MarkThreats()
    before = panel.picture.png
    put(panel.form, f3=["tampering", "spoofing"])
    assert panel.picture.png != before
    assert "2 threats marked, on 1 of 7 arrows" in panel.picture.alt
    assert "3, Bank to API, marked S T; 4, API to Matching;" in panel.picture.alt


def test_a_checked_arrow_is_there_again():
    panel = MarkThreats()
    check(panel, "f2", "elevation", "disclosure")
    restart()
    again = MarkThreats()
    assert again.form.feedback == panel.form.feedback and len(record().events()) == 1
    assert again.picture.alt == panel.picture.alt


def test_an_answer_to_another_arrow_text_is_not_explained(data):
    check(MarkThreats(), "f2", "elevation")
    edit_rows(data / "flows.csv", lambda rows: rows[1].update(now="All is encrypted and logged."))
    restart()
    assert MarkThreats().form.feedback == {}


def test_hostile_texts_are_escaped(data):
    edit_rows(data / "flows.csv", lambda rows: rows[0].update(carries=HOSTILE))
    edit_rows(data / "threats.csv", lambda rows: rows[0].update(reason=HOSTILE))
    page = MarkThreats().html()
    assert is_plain(page) and page.count("&lt;script&gt;") == 2
