"""A lesson that is older than the course says so, and how to take the new one."""

import json
import os
from importlib.metadata import version

import pytest
from jupyter_client.manager import run_kernel

from tpmlib.errors import CourseError
from tpmlib.kit.panels.edition import MARK, older
from tpmlib.kit.panels.header import Lesson


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The notebook that this process runs, by its mark."""

    monkeypatch.setattr(CourseError, "remedy", "")

    def own(**metadata):
        (tmp_path / "lesson.ipynb").write_text(json.dumps({"metadata": metadata}))
        monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "lesson.ipynb"))

    return own


@pytest.mark.parametrize("mark", [{MARK: "0.0.1"}, {}, {MARK: ["?"]}])
def test_the_header_of_an_old_lesson_says_how_to_take_the_new_one(own, mark):
    own(**mark)
    assert Lesson("staffing").form.message.startswith("This lesson is of another version (")
    assert "git pull" in older("staffing") and "Your answers stay." in older("staffing")


def test_on_a_hub_the_way_is_another(own, monkeypatch):
    own()
    monkeypatch.setenv("JUPYTERHUB_USER", "ann")
    assert "start your server again" in older("staffing")


def test_a_lesson_of_this_version_says_nothing(own):
    own(**{MARK: version("tpmlib")})
    assert Lesson("staffing").form.message.startswith("Your progress")


@pytest.mark.parametrize("text", ["{", "[]", '{"metadata": 1}'])
def test_what_is_no_notebook_says_nothing(own, tmp_path, text):
    own()
    (tmp_path / "lesson.ipynb").write_text(text)
    assert older("staffing") == ""


def test_an_old_lesson_that_asks_for_what_is_gone_ends_in_one_sentence(own):
    own(**{MARK: "0.0.1"})
    shown = []
    code = "try: tpm.lesson('staffing')\nfinally: tpm.explore('gone')"
    with run_kernel(kernel_name="python3", env=os.environ) as client:
        client.execute_interactive(code, timeout=60, output_hook=shown.append)
    ((sentence,),) = [
        reply["content"]["traceback"] for reply in shown if "ename" in reply["content"]
    ]
    assert "'gone' is not one of" in sentence and "Take the new lesson: run git" in sentence
