"""The head of a lesson says what it is for, where to go and where the answers are."""

import sys
from html import escape
from pathlib import Path

import pytest

from tpmlib import content
from tpmlib.errors import CourseError
from tpmlib.record import record
from tpmlib.widgets.base import VIEW
from tpmlib.widgets.header import Lesson, link, place_of
from tpmlib.widgets.predict import predict
from tpmlib.widgets.progress import asked, progress

from .front import click, displayed, edit, is_plain, tags

LESSONS = content.course()["lessons"]
READY = [one["id"] for one in LESSONS if one["status"] == "ready"]


def links(html):
    return [attributes["href"] for tag, attributes in tags(html) if tag == "a"]


@pytest.mark.parametrize("lesson", READY)
def test_outcomes_minutes_and_claims_are_told(lesson):
    html, one = Lesson(lesson).html(), content.lesson(lesson)
    assert f"{one['minutes'][0]} to {one['minutes'][1]} minutes" in html
    for outcome in one["outcomes"]:
        assert escape(outcome["text"]) in html
    for claim in one["claims"]:
        assert escape(content.claim(claim)["claim"]) in html
    assert is_plain(html)


@pytest.mark.parametrize("lesson", READY)
def test_only_ready_lessons_are_linked_and_each_link_leads_to_a_file(lesson):
    ready = {Path(content.lesson(name)["file"]).name for name in READY}
    assert set(links(Lesson(lesson).html())) <= ready - {Path(content.lesson(lesson)["file"]).name}


@pytest.mark.parametrize("one", LESSONS, ids=[one["id"] for one in LESSONS])
def test_a_lesson_is_linked_if_it_is_ready_and_else_called_planned(one):
    assert bool(links(link(one))) is (one["status"] == "ready")
    assert ("(planned)" in link(one)) is (one["status"] == "planned")


@pytest.mark.parametrize("lesson", READY)
def test_the_ways_lead_to_the_lessons_before_and_after(lesson):
    at = [one["id"] for one in LESSONS].index(lesson)
    html = Lesson(lesson).html()
    assert ("Previous: " in html) is (at > 0) and ("Next: " in html) is (at + 1 < len(LESSONS))


def test_a_planned_lesson_between_is_jumped_over(data):
    edit(data / "course.yml", lambda course: course["lessons"][1].update(status="planned"))
    assert f"Next ready lesson: {link(content.lesson('02'))}" in Lesson("00").html()


def test_the_progress_grows_with_each_answer():
    head, prediction = Lesson("02"), content.quiz("02")["predictions"][0]["id"]
    total = len(asked("02"))
    assert f"Your progress in this lesson: 0 of {total} done." in head.form.message
    click(predict(prediction).form, "commit", answer=content.prediction(prediction).get("start", 5))
    assert f"Your progress in this lesson: 1 of {total} done." in head.form.message


def test_answers_to_other_things_are_no_progress():
    record().add("quiz", "q99-gone", 0, lesson="02")
    record().add("predict", "q02-clearest", 0, lesson="02")
    assert progress("02", record()).done == 0


def test_on_a_computer_of_ones_own_answers_are_kept():
    assert Lesson("00").form.message.endswith(
        "Each answer is kept on this computer as you give it."
    )


@pytest.mark.parametrize("name", ["BINDER_SERVICE_HOST", "BINDER_LAUNCH_HOST"])
def test_on_binder_it_warns_that_the_machine_forgets(monkeypatch, name):
    monkeypatch.setenv(name, "https://mybinder.org")
    assert "This Binder machine forgets everything when it stops" in Lesson("00").form.message


def test_python_in_the_browser_keeps_answers_where_the_lessons_are(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.chdir(tmp_path)
    assert "kept in this browser as you give it" in place_of(tmp_path / "answers")
    assert "keeps nothing when you leave the page" in place_of(
        tmp_path.parent / "drive" / "answers"
    )


def test_a_record_without_a_disk_is_told(no_disk):
    record().add("quiz", "q02-clearest", 0, lesson="02")
    assert "Your answers are in memory only" in Lesson("02").form.message


def test_a_head_that_cannot_be_refreshed_says_why_and_spoils_no_answer(data, caplog):
    head, prediction = Lesson("02"), predict("p02-depth")
    edit(data / "course.yml", lambda course: course["lessons"][2].update(minutes="long"))
    click(prediction.form, "commit", answer=50)
    assert head.form.message.startswith("data/course.yml:")
    assert prediction.form.message.startswith("You predicted 50%")


def test_an_unknown_lesson_is_refused():
    with pytest.raises(CourseError, match="^lesson: '99' is not one of "):
        Lesson("99")


def test_a_cell_shows_the_words_apart_from_what_lives(monkeypatch):
    words, live = displayed(Lesson("02"), monkeypatch)
    assert words["text/html"] == Lesson("02").html() and VIEW not in words
    assert VIEW in live and "when the notebook runs" in live["text/html"]
