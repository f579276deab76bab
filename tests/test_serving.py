"""`make lab` and `make app` go on where the learner left off."""

import pytest
from front import edit
from serving import left_off, out

from tpmlib.kit.record import record


def test_without_an_answer_the_first_lesson_opens():
    assert left_off() == "notebooks/00_start_here.ipynb"


def test_the_lesson_that_was_answered_last_opens():
    for lesson in ("responsibilities", "staffing", "who_does_what"):
        record().add("quiz", f"{lesson}-any", 1, lesson=lesson)
    assert left_off() == "notebooks/03_who_does_what.ipynb"


@pytest.mark.parametrize("status", ["planned", "ready"])
def test_a_lesson_that_is_gone_or_planned_does_not_open(data, status):
    edit(data / "course.yml", lambda course: course["lessons"][6].update(status=status))
    record().add("quiz", "who_does_what-any", 1, lesson="who_does_what")
    record().add("quiz", "priorities-any", 1, lesson="priorities")
    record().add("quiz", "gone-any", 1, lesson="gone")
    assert left_off() == (
        "notebooks/03_who_does_what.ipynb"
        if status == "planned"
        else "notebooks/06_priorities.ipynb"
    )


def test_a_course_with_a_mistake_opens_its_first_lesson_and_says_so(data, capsys):
    edit(data / "course.yml", lambda course: course["lessons"][0].update(status="maybe"))
    assert left_off() == "notebooks/00_start_here.ipynb" and "status" in capsys.readouterr().err


def test_the_list_of_files_has_no_lesson_that_is_left_out(data):
    assert out() == []
    edit(data / "course.yml", lambda course: course["lessons"][1].update(status="left_out"))
    assert out() == ["01_titles.ipynb"]
