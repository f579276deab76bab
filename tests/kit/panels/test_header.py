"""The head of a lesson says what it is for, where to go and where the answers are."""

from html import escape
from pathlib import Path

import pytest
from front import click, displayed, edit, is_plain, judge, tags, upload

from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.kit.panels import header
from tpmlib.kit.panels.base import VIEW
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.header import Lesson, link
from tpmlib.kit.panels.judge import Judge
from tpmlib.kit.panels.progress import asked, progress
from tpmlib.kit.panels.stage import Stage
from tpmlib.kit.record import Record, record
from tpmlib.kit.words import say

LESSONS = content.course()["lessons"]
READY = [one["id"] for one in LESSONS if one["status"] == "ready"]


def links(html):
    return [attributes["href"] for tag, attributes in tags(html) if tag == "a"]


@pytest.mark.parametrize("lesson", READY)
def test_outcomes_minutes_and_claims_are_told(lesson):
    html, one = Lesson(lesson).html(), content.lesson(lesson)
    low, high = one["minutes"]
    assert (f"{low} to {high} minutes" if low < high else f"{low} minutes") in html
    for outcome in one["outcomes"]:
        assert escape(outcome["text"]) in html
    for claim in one["claims"]:
        assert escape(content.claim(claim)["claim"]) in html
    assert is_plain(html)


@pytest.mark.parametrize("lesson", READY)
def test_only_ready_lessons_are_linked_and_each_link_leads_to_a_file(lesson):
    ready = {Path(content.lesson(name)["file"]).name for name in READY}
    others = ready - {Path(content.lesson(lesson)["file"]).name}
    assert set(links(Lesson(lesson).html())) <= others | {"help.ipynb"}


@pytest.mark.parametrize("lesson", READY)
def test_all_but_one_line_is_folded(lesson):
    line, _, about = (
        Lesson(lesson).html().partition("<details><summary>About this lesson</summary>")
    )
    assert '<a href="help.ipynb">Help</a>' in line and "<ul>" not in line
    assert about.endswith("</details>") and (content.root() / header.HELP).is_file()


def test_the_chosen_path_leads_on():
    record().add("path", "path", "hour", lesson="start_here")
    following = content.lesson("staffing")
    head = Lesson("responsibilities")
    words = f"lesson {following['number']}"
    assert f"for our next hire?”: next, {words}." in head.form.message
    assert head.page.following == {"file": Path(following["file"]).name, "words": words}
    last = Lesson("staffing")
    assert "you are at its end" in last.form.message and last.page.following == {}


def test_what_the_questions_rest_on_is_named():
    assert "Pragmatic Institute" in Lesson("start_here").html().partition("Sources: ")[2]


@pytest.mark.parametrize("one", LESSONS, ids=[one["id"] for one in LESSONS])
def test_a_lesson_is_linked_if_it_is_ready_and_else_called_planned(one):
    assert bool(links(link(one))) is (one["status"] == "ready")
    assert ("(planned)" in link(one)) is (one["status"] == "planned")


@pytest.mark.parametrize("lesson", READY)
def test_the_ways_lead_to_the_lessons_before_and_after(lesson):
    at = [one["id"] for one in LESSONS].index(lesson)
    html = Lesson(lesson).html()
    assert ("Previous by number: " in html) is (at > 0)
    assert ("Next by number: " in html) is (at + 1 < len(LESSONS))


def test_a_planned_lesson_between_is_jumped_over(data):
    edit(data / "course.yml", lambda course: course["lessons"][1].update(status="planned"))
    assert (
        f"Next ready lesson: {link(content.lesson('responsibilities'))}"
        in Lesson("start_here").html()
    )


def test_the_progress_grows_with_each_answer():
    head = Lesson("responsibilities")
    prediction = questions.quiz("responsibilities").predictions[0]
    total = len(asked("responsibilities"))
    assert f"Your progress in this lesson: 0 of {total} done." in head.form.message
    Stage("first_study").answer(prediction.options[0].id)
    assert f"Your progress in this lesson: 1 of {total} done." in head.form.message


def test_answers_to_other_things_are_no_progress():
    record().add("quiz", "gone-question", 0, lesson="responsibilities")
    record().add("predict", "responsibilities-clearest", 0, lesson="responsibilities")
    assert progress("responsibilities", record()).done == 0


def test_on_a_computer_of_ones_own_answers_are_kept():
    assert Lesson("start_here").form.message.endswith(
        "Each answer is kept on the computer that runs this page, as you give it."
    )


@pytest.mark.parametrize("name", ["BINDER_SERVICE_HOST", "BINDER_LAUNCH_HOST"])
def test_on_binder_it_warns_that_the_machine_forgets(monkeypatch, name):
    monkeypatch.setenv(name, "https://mybinder.org")
    assert Lesson("start_here").form.message.endswith(say("lesson.kept", place="binder"))


def test_where_answers_may_be_lost_they_can_be_saved_and_brought_back(monkeypatch, tmp_path):
    assert not Lesson("responsibilities").form.buttons + Lesson("responsibilities").form.fields
    monkeypatch.setenv("BINDER_SERVICE_HOST", "127.0.0.1")
    record().add("quiz", "responsibilities-clearest", 0, lesson="responsibilities")
    sent, one = [], Lesson("responsibilities")
    monkeypatch.setattr(Form, "send", lambda form, message: sent.append(message))
    click(one.form, "save")
    assert sent == [
        {"download": "tpm-or-pm.jsonl", "text": record().lines(), "type": "application/jsonl"}
    ]
    monkeypatch.setenv("TPM_RECORD", str(tmp_path / "next time"))
    other = Lesson("responsibilities")
    upload(other.form, "restore", sent[0]["text"])
    assert "1 answer brought back" in other.form.message
    assert record().latest("responsibilities-clearest", "quiz")["answer"] == 0


def test_a_course_that_is_published_leads_to_binder(data):
    assert "mybinder" not in Lesson("responsibilities").html()
    place = {"repository": "someone/course", "tag": "v1.0.0"}
    edit(data / "course.yml", lambda course: course.update(binder=place))
    assert (
        "https://mybinder.org/v2/gh/someone/course/v1.0.0"
        "?urlpath=lab/tree/notebooks/02_responsibilities.ipynb"
    ) in links(Lesson("responsibilities").html())


def test_a_page_without_code_does_not_ask_to_run_it(monkeypatch):
    assert "Shift+Enter" in Lesson("responsibilities").html()
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5.13")
    assert "Shift+Enter" not in Lesson("responsibilities").html()


def test_in_a_browser_answers_are_kept_beside_the_lessons_or_not_at_all(monkeypatch, tmp_path):
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    monkeypatch.setattr(header.sys, "platform", "emscripten")
    assert header.place_of(tmp_path / "answers") == "browser"
    assert header.place_of(tmp_path / "elsewhere" / "answers") == "window"


def offers(head):
    """Whether it offers to save and to restore, and does not promise that answers are kept."""
    shown = [part["id"] for part in head.form.fields + head.form.buttons]
    is_told = "Your answers are in memory only" in head.form.message
    assert (say("lesson.kept", place="here") in head.form.message) is not is_told and shown in (
        [],
        ["restore", "save"],
    )
    assert bool(shown) is is_told
    return is_told


@pytest.mark.parametrize("lesson", READY)
def test_without_a_disk_every_lesson_offers_to_save_from_the_first_moment(no_disk, lesson):
    assert offers(Lesson(lesson))


def test_without_a_disk_no_panel_says_that_an_answer_is_kept(no_disk):
    verdict = Judge("C03")
    for reason in ("since", "because"):
        judge(verdict, verdict="holds", reason=reason)
        assert "in memory only" in verdict.form.message and "kept" not in verdict.form.message


def test_a_disk_that_fails_later_and_comes_back_is_told_each_time(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv("TPM_RECORD", str(home))
    head, verdict = Lesson("responsibilities"), Judge("C03")
    assert not offers(head) and [*home.iterdir()] == []
    home.rmdir(), home.write_text("a file in the place of the folder")
    judge(verdict, verdict="holds", reason="since")
    assert offers(head)
    home.unlink()
    judge(verdict, verdict="holds", reason="because")
    assert not offers(head) and len(Record(home).events()) == 3  # the verdict, and why twice


def test_a_head_that_cannot_be_refreshed_says_why_and_spoils_no_answer(monkeypatch):
    def broken(*_):
        raise CourseError("data/course.yml:7: long is no number")

    head, verdict = Lesson("titles"), Judge("C03")
    monkeypatch.setattr(header, "progress", broken)
    judge(verdict, verdict="holds")
    assert head.form.message.startswith("data/course.yml:")
    assert record().latest("C03", "judge") and "data/" not in verdict.form.message


def test_an_unknown_lesson_is_refused():
    with pytest.raises(CourseError, match="^lesson: '99' is not one of "):
        Lesson("99")


def test_a_cell_shows_the_words_apart_from_what_lives(monkeypatch):
    words, live = displayed(Lesson("responsibilities"), monkeypatch)
    assert words["text/html"] == Lesson("responsibilities").html() and VIEW not in words
    assert VIEW in live and "Run All Cells" in live["text/html"]
