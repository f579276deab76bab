"""The plan of a lesson holds what the course says of it, every misconception, and no tag."""

import json
import shutil
from html import escape

import pytest
import yaml

from tpmlib import content
from tpmlib.authoring.facilitate import facilitate
from tpmlib.errors import CourseError

LESSONS = [lesson["id"] for lesson in content.course()["lessons"]]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data of a copy of the course, in use until the test ends."""
    copy = shutil.copytree(content.root() / "data", tmp_path / "data")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    return copy


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_misconception_and_right_answer_is_there(lesson):
    plan = facilitate(lesson)
    questions = content.quiz(lesson)["questions"]
    options = [one for question in questions for one in question.get("options", [])]
    named = [one for one in options if "misconception" in one]
    right = [one for one in options if one.get("right")]
    right += [one for one in questions if one["kind"] == "number"]
    assert f"{len(named)} misconceptions, {len(right)} answers" in plan.text
    quiz = content.quiz(lesson)
    tables = [named, right, quiz["predictions"], quiz.get("reflections", [])]
    assert plan.page.count("<tr>") == sum(len(rows) + 1 for rows in tables if rows)
    assert all(escape(one["text"]) in plan.page for one in quiz.get("reflections", []))
    assert "{" not in plan.page


def test_every_text_of_a_plan_is_escaped(data):
    path = data / "course.yml"
    course = yaml.safe_load(path.read_text())
    teaching = course["lessons"][1]["teaching"]
    texts = [*teaching["discuss"], teaching["mixed"], teaching["short"]]
    path.write_text(json.dumps(course))
    for number, text in enumerate(texts):
        path.write_text(
            path.read_text().replace(json.dumps(text)[1:-1], f"<b id={number}> bold", 1)
        )
    page = facilitate("01").page
    assert [f"&lt;b id={number}&gt;" in page for number in range(len(texts))] == [True] * len(texts)
    assert "<b id" not in page


def test_a_lesson_without_a_plan_is_named(data):
    path = data / "course.yml"
    text = path.read_text()
    start = text.index("    teaching:", text.index('id: "11"'))
    path.write_text(text[:start])
    with pytest.raises(CourseError, match="^data/course.yml: 11 has no teaching; discuss, mixed"):
        facilitate("11")
