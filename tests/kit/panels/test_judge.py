"""A verdict comes before the course's reading, and each verdict is kept."""

import re

import pytest
from front import HOSTILE, judge, put, restart

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.panels.form import MOST_TEXT
from tpmlib.kit.panels.judge import VERDICTS, Judge, evidence
from tpmlib.kit.record import record
from tpmlib.kit.words import say

CLAIMS = list(content.table("claims")["claim_id"])
READ = [name for name in CLAIMS if content.claim(name)["reading"]]


@pytest.mark.parametrize("claim", READ)
@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_reading_comes_after_the_verdict(claim, verdict):
    panel, reading = Judge(claim), content.claim(claim)["reading"]
    assert reading not in panel.form.message + str(panel.form.feedback)
    judge(panel, verdict=verdict, reason="since")
    ((_, reply),) = panel.form.feedback.items()

    assert reply["text"].startswith(f"{say('judge.yours', verdict=verdict)} The course's verdict:")
    assert panel.form.message == "Kept."
    kept = {"verdict": verdict, "reason": "since"}
    assert record().latest(claim, "judge")["answer"] == kept


@pytest.mark.parametrize("claim", READ)
def test_of_a_reading_three_sentences_are_read_at_once_and_the_rest_is_folded(claim):
    panel, reading = Judge(claim), content.claim(claim)["reading"]
    judge(panel, verdict="holds")
    reply = panel.form.feedback["verdict"]
    *_, first = reply["text"].partition("The course's verdict: ")
    *_, begins = first.partition(". ")
    heading, rest = reply.get("more", ["", ""])
    rest = rest.split("\n\n")
    also, begins = "Also bearing on it: ", begins.strip()
    begins, *here = begins.split(f" {also}")
    assert re.split(r"(?<=[.?!]) ", reading)[:3] == re.split(r"(?<=[.?!]) ", begins)
    assert reading in (begins, f"{begins} {rest[0]}") and len(begins.split()) <= 75
    others = [f["fact_id"] for f in evidence(claim) if f["fact_id"] not in reading]
    assert bool(here) + rest[-1].startswith(also) == bool(others)
    assert not here or rest == [""]  # nobody opens a line for four numbers


@pytest.mark.parametrize("claim", CLAIMS)
def test_every_claim_can_be_judged(claim):
    panel = Judge(claim)
    judge(panel, verdict="holds")
    assert "verdict: " in panel.form.feedback["verdict"]["text"] and claim in repr(panel)
    assert record().latest(claim)["lesson"] == content.claim(claim)["lesson"]


def test_nothing_but_the_verdict_is_asked_before_it_is_given_and_one_click_keeps_it():
    panel = Judge("C03")
    assert [field["id"] for field in panel.form.fields] == ["verdict"] and not panel.form.buttons
    judge(panel, verdict="holds")
    assert record().latest("C03", "judge")["answer"]["verdict"] == "holds"
    assert len(record().history("C03", "judge")) == 1
    assert [field["id"] for field in panel.form.fields] == ["verdict", "reason"]


def test_a_reason_given_later_is_no_second_verdict():
    panel = Judge("C03")
    judge(panel, verdict="holds", reason="since")
    assert panel.form.message == "Kept."
    assert record().latest("C03", "judge")["answer"]["reason"] == "since"


def test_a_second_verdict_is_kept_beside_the_first():
    panel = Judge("C03")
    for verdict in ("holds", "cannot_tell"):
        judge(panel, verdict=verdict)
    assert "You have judged this claim 2 times" in panel.form.message
    kept = [event["answer"]["verdict"] for event in record().history("C03", "judge")]
    assert kept == ["holds", "cannot_tell"]


def test_a_verdict_and_its_reading_are_there_again_after_a_restart():
    before = Judge("C12")
    judge(before, verdict="holds_if", reason=HOSTILE)
    restart()
    after = Judge("C12")
    assert after.form.values == before.form.values
    assert after.form.message == before.form.message
    assert after.form.feedback == before.form.feedback


@pytest.mark.parametrize("reason", [HOSTILE, "", "a\n\n|b|`", "\x00\ufffe", "é" * MOST_TEXT])
def test_a_reason_is_kept_as_it_was_written(reason):
    judge(Judge("C03"), verdict="holds", reason=reason)
    restart()
    assert record().latest("C03")["answer"]["reason"] == reason


def test_a_reason_of_a_megabyte_is_cut():
    judge(Judge("C03"), verdict="holds", reason="x" * 1_000_000)
    assert record().latest("C03")["answer"]["reason"] == "x" * MOST_TEXT


@pytest.mark.allow_logged
def test_an_unknown_verdict_is_refused():
    panel = Judge("C03")
    put(panel.form, verdict="maybe")
    assert "verdict" not in panel.form.values


@pytest.mark.parametrize("answer", ["?", None, ["a"], {"verdict": "maybe", "reason": 3, "x": 1}])
def test_a_record_changed_by_hand_breaks_nothing(answer):
    record().add("judge", "C03", answer, lesson="responsibilities")
    assert Judge("C03").form.values == {}


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_evidence_is_every_fact_that_names_the_claim_the_most_trusted_first(claim):
    facts = content.table("facts").to_dict("records")
    bears = {fact["fact_id"] for fact in facts if claim in str(fact["claims"]).split()}
    found = evidence(claim)
    assert {fact["fact_id"] for fact in found} == bears
    assert [fact["trust"] for fact in found] == sorted(fact["trust"] for fact in found)


def test_an_unknown_claim_is_refused():
    with pytest.raises(CourseError, match="C99"):
        Judge("C99")


def test_without_a_disk_the_verdict_stays_in_memory_and_it_says_so(no_disk):
    panel = Judge("C03")
    judge(panel, verdict="holds")
    assert "Your answers are in memory only" in panel.form.message
    assert Judge("C03").form.values["verdict"] == "holds"
