"""A path is chosen in one click, kept, and leads from lesson to lesson."""

import pytest
from front import displayed, edit, is_plain, put, restart, tags

from tpmlib.kit import content, questions
from tpmlib.kit.panels.header import Lesson
from tpmlib.kit.panels.progress import asked, chosen_path, next_step
from tpmlib.kit.record import record
from tpmlib.lessons.start_here.paths import Paths, duration

PATHS = content.course()["paths"]
PATHS_BY_ID = {path["id"]: path for path in PATHS}
ORDER = [lesson["id"] for lesson in content.course()["lessons"]]


def choose(name):
    panel = Paths()
    put(panel.form, path=name)
    return panel


def walked(start):
    """The lessons that one comes to by always taking the next step."""
    here, way = start, []
    while following := next_step(here, chosen_path(record()), record()):
        way.append(here := following["id"])
    return way


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path["id"])
def test_a_chosen_path_is_kept_and_walked_to_its_end(path):
    panel = choose(path["id"])
    assert [event["answer"] for event in record().history("path", "path")] == [path["id"]]
    assert walked(path["steps"][0]) == path["steps"][1:]
    assert content.lesson(path["steps"][1])["title"] in panel.form.message


def test_without_a_choice_the_course_is_walked_in_order():
    assert chosen_path(record()) is None and walked(ORDER[0]) == ORDER[1:]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path["id"])
def test_a_detour_leads_back_to_the_path(path):
    choose(path["id"])
    for lesson in set(ORDER) - set(path["steps"]):
        later = [step for step in path["steps"] if ORDER.index(step) > ORDER.index(lesson)]
        assert walked(lesson) == later


def test_a_lesson_whose_questions_are_all_answered_is_no_next_step():
    choose("need")
    here, taken, after, *_ = PATHS_BY_ID["need"]["steps"]
    first, *others = questions.quiz(taken).questions
    for question in others:
        record().add("quiz", question.id, "given", lesson=taken)
    assert walked(here)[0] == taken
    record().add("quiz", first.id, "given", lesson=taken)
    assert walked(here)[0] == after
    assert f"next, lesson {content.lesson(after)['number']}" in Lesson(here).form.message


def test_the_choice_can_be_changed_and_is_there_after_a_restart():
    put(choose("hour").form, path="become")
    restart()
    assert Paths().form.values == {"path": "become"}
    assert [event["answer"] for event in record().history("path", "path")] == ["hour", "become"]


def test_a_choice_shows_at_once_in_the_head_of_the_lesson():
    head = Lesson(ORDER[0])
    assert "Your path" not in head.form.message
    choose("need")
    assert "Do we need one?”: next, lesson " in head.form.message


@pytest.mark.parametrize("answer", ["gone", None, {"a": 1}, ["hour"], 3])
def test_a_choice_that_is_gone_is_none(answer):
    record().add("path", "path", answer, lesson=ORDER[0])
    assert chosen_path(record()) is None and Paths().form.values == {}


def test_a_path_takes_its_own_minutes_or_those_of_its_lessons():
    assert duration({"minutes": 80, "steps": ORDER}) == "80 minutes"
    low, high = (sum(content.lesson(step)["minutes"][end] for step in ORDER) for end in (0, 1))
    assert (
        duration({"steps": ORDER}) == f"{round(low / 30) / 2:g} to {round(high / 30) / 2:g} hours"
    )


def test_a_course_without_paths_works(data):
    edit(data / "course.yml", lambda course: course.pop("paths"))
    assert Paths().form.fields == [] and ("path", "path") not in asked(ORDER[0])
    assert walked(ORDER[0]) == ORDER[1:] and Lesson(ORDER[0]).html()


def test_only_the_first_lesson_asks_for_a_path():
    assert [name for name in ORDER if ("path", "path") in asked(name)] == ORDER[:1]


def test_a_reader_without_a_kernel_can_follow_each_path(monkeypatch):
    choose("hour")
    live, page = displayed(Paths(), monkeypatch)
    links = [attributes["href"] for tag, attributes in tags(page["text/html"]) if tag == "a"]
    assert len(links) == sum(len(path["steps"]) for path in PATHS)
    assert "as far as" in page["text/html"] and is_plain(live["text/html"])
