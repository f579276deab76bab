"""The claims in one table, then all 25: a click each, filled in, the course's after it."""

import pytest
from front import HOSTILE, click, is_plain, put

from tpmlib.kit import content
from tpmlib.kit.panels.judge import VERDICTS, Judge
from tpmlib.kit.panels.progress import asked
from tpmlib.kit.record import record
from tpmlib.kit.words import say
from tpmlib.lessons.look_back import verdicts
from tpmlib.lessons.look_back.made import my_record
from tpmlib.lessons.look_back.verdicts import Verdicts

CLAIMS = content.table("claims").set_index("claim_id")
HIDDEN = say("verdicts.hidden")


def judged(claim="C03", **other):
    answer = {"verdict": "holds", "confidence": 70, "reason": "since"} | other
    record().add("judge", claim, answer, lesson="responsibilities")


def left_by_the_others():
    lessons = content.course()["lessons"][:-1]
    return {claim for each in lessons for claim in each.get("later", ())}


def asked_here(panel):
    return [field for field in panel.form.fields if field["kind"] == "radio"]


def whole():
    """The table with every claim, as its button shows it."""
    panel = Verdicts()
    for _ in range(2):
        click(panel.form, "more")
    return panel


def test_four_of_what_the_lessons_left_open_are_asked_then_the_rest_and_then_all_on_demand():
    panel = Verdicts()
    later = left_by_the_others()
    first = {field["id"] for field in asked_here(panel)}
    assert len(first) == verdicts.FEW and first < later
    assert panel.form.buttons[0]["label"] == "Show the other 10"
    click(panel.form, "more")
    assert {field["id"] for field in asked_here(panel)} == later and len(later) == 14
    put(panel.form, C01="holds")
    click(panel.form, "more")
    order = [field["id"] for field in asked_here(panel)]
    assert sorted(order) == sorted(CLAIMS.index) and set(order[:14]) == later
    assert panel.form.buttons == [] and panel.form.values["C01"] == "holds"
    for field in asked_here(panel):
        assert [option["value"] for option in field["options"]] == [*VERDICTS]


def test_the_button_says_how_many_more_there_are():
    panel = Verdicts()
    click(panel.form, "more")
    assert panel.form.buttons[0]["label"].startswith("Show all 25, with the 11 ")


def test_by_the_course_claims_hold_under_a_condition_or_cannot_be_told_with_hardly_an_exception():
    """The lesson says so."""
    counts = CLAIMS["verdict"].value_counts()
    assert "holds" not in counts and min(counts["holds_if"], counts["cannot_tell"]) >= 8
    assert counts["holds_if"] + counts["cannot_tell"] >= 24


def test_every_claim_is_judged_in_its_lesson_or_in_the_table():
    """25 of 25; the last lesson lets each stay open, so none counts in its progress."""
    lessons = content.course()["lessons"]
    here = {
        item for lesson in lessons[:-1] for kind, item in asked(lesson["id"]) if kind == "judge"
    }
    later = left_by_the_others()
    assert here | later == {*CLAIMS.index} and not here & later
    assert {*lessons[-1]["claims"]} == {*CLAIMS.index}
    assert "judge" not in {kind for kind, _ in asked("capstone")}


def test_a_verdict_of_the_last_lesson_begins_no_other_in_the_record():
    put(Verdicts().form, C01="holds")
    table = my_record(record()).sections[-1].rows
    assert {row[2] for row in table} == {"not begun"}


def test_a_click_keeps_the_verdict_and_shows_the_course_only_then():
    panel = whole()
    assert panel.form.feedback == {} and record().events() == []
    put(panel.form, C19="does_not_hold")
    (event,) = record().events()
    assert (event["kind"], event["item"], event["lesson"]) == ("judge", "C19", "staffing")
    assert event["answer"] == {"verdict": "does_not_hold"}
    line, reading = panel.form.feedback["C19"]["more"]
    assert (
        "it holds if engineers settle less than" in line
        and "Lesson 05" in line
        and [*panel.form.feedback] == ["C19"]
    )
    assert reading == CLAIMS.loc["C19", "reading"]


def test_verdicts_given_in_a_lesson_are_filled_in_and_a_change_is_a_second_entry():
    judged()
    panel = whole()
    assert (
        panel.form.values["C03"] == "holds"
        and "The course:" in panel.form.feedback["C03"]["more"][0]
    )
    put(panel.form, C03="cannot_tell")
    assert len(record().history("C03", "judge")) == 2
    assert "The course, too: " in panel.form.feedback["C03"]["more"][0]
    assert Judge("C03").form.values["verdict"] == "cannot_tell"


def test_a_verdict_given_elsewhere_shows_at_once():
    panel = whole()
    put(Judge("C12").form, verdict="holds")
    judged("C12")
    panel.tell()
    assert panel.form.values["C12"] == "holds"
    assert panel.form.message.startswith("1 of 25 claims is judged; on 0 your verdict is")


@pytest.mark.parametrize("verdict", ["?", None, ["holds"], {}, HOSTILE])
def test_a_verdict_changed_by_hand_is_none(verdict):
    judged(verdict=verdict)
    assert Verdicts().form.feedback == {}
    assert all(row[2].startswith(HIDDEN) for row in verdicts.rows(record()))


def test_the_document_keeps_the_course_back_until_there_is_a_verdict():
    judged("C12")
    rows = {row[0]: row[1:] for row in verdicts.rows(record())}
    assert rows.pop(CLAIMS.loc["C12", "claim"]) == ["It holds", "The evidence cannot tell"]
    assert len(rows) == 24 and {mine for mine, _ in rows.values()} == {"not judged yet"}
    assert {ours for _, ours in rows.values()} == {HIDDEN}


def test_the_document_says_under_which_condition_a_claim_holds_by_the_course():
    for claim in CLAIMS.index[CLAIMS["verdict"] == "holds_if"]:
        judged(claim)
    rows = {row[0]: row[2] for row in verdicts.rows(record())}
    assert rows[CLAIMS.loc["C02", "claim"]] == "It holds if TPMs do what their adverts say"
    assert not any(ours.endswith("...") for ours in rows.values())


def test_a_saved_notebook_holds_the_claims_and_nothing_of_the_learner():
    before = Verdicts().html()
    judged(reason="secret")
    assert Verdicts().html() == before and is_plain(before)
    assert all(claim.split("'")[0] in before for claim in CLAIMS["claim"])


def test_a_condition_that_the_reading_begins_with_stands_in_the_line():
    claims = {claim["claim_id"]: claim for claim in verdicts._claims()}
    heading = verdicts._compared(claims["C02"], "holds")["more"][0]
    assert heading == ("The course: it holds if TPMs do what their adverts say. Why? (Lesson 01)")
