"""The command says one line a problem, gives exit code 1 for any, and never a traceback."""

import json
import shutil

import pytest

from tpmlib.cli import main
from tpmlib.kit import content
from tpmlib.kit.content import files


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of the course's data, in which the command runs."""
    shutil.copytree(content.root() / "data", tmp_path / "data")
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    monkeypatch.setenv("TPM_LOCAL", "")
    text = (tmp_path / "data/course.yml").read_text()
    (tmp_path / "data/course.yml").write_text(text.replace("status: ready", "status: planned"))
    return tmp_path


def said(capsys, *arguments: str) -> tuple[int, list[str]]:
    """Exit code, and the lines on both streams."""
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, (out + err).splitlines()


def test_a_sound_course_has_no_problems(course, capsys):
    assert said(capsys, "check") == (0, ["No problems"])


def test_a_problem_is_a_line_and_exit_code_1(course, capsys):
    (course / "README.md").write_text("[a](none.md)")
    line = "README.md:1: the link none.md leads nowhere; a file of the course"
    assert said(capsys, "check") == (1, [line])


def test_another_folder_can_be_named(course, capsys, monkeypatch):
    monkeypatch.delenv("TPM_COURSE")
    (course / "README.md").write_text("![](https://example.org)")
    code, lines = said(capsys, "check", str(course))
    assert (code, len(lines)) == (1, 1)


def test_json_parts_are_path_place_and_problem(course, capsys):
    (course / "data/claims.csv").write_text("x")
    assert main(["check", "--json"]) == 1
    first = json.loads(capsys.readouterr().out)[0]
    fields = "claim_id, section, paragraph, claim, lesson, explorer, reading, verdict, rests_on"
    parts = {"path": "data/claims.csv", "place": "1", "text": f"'x'; the fields {fields}"}
    assert first == {"kind": "problem"} | parts


def test_json_of_a_sound_course_is_an_empty_list(course, capsys):
    assert said(capsys, "check", "--json") == (0, ["[]"])


def test_a_folder_without_a_course_is_one_line(tmp_path, capsys):
    expected = [f"TPM_COURSE: {tmp_path} holds no data/course.yml"]
    assert said(capsys, "check", str(tmp_path)) == (1, expected)


def test_new_writes_a_lesson_and_says_what_to_fill(course, capsys):
    code, lines = said(capsys, "new", "lesson", "Your own lesson")
    assert code == 0
    assert lines[0] == "local/notebooks/50_your_own_lesson.ipynb: written"
    assert lines[-2] == "local/notebooks/50_your_own_lesson.ipynb: run, and its outputs saved"
    assert all((course / line.split(":")[0]).is_file() for line in lines[:-1])


def test_what_is_to_write_is_said_and_is_no_error(course, capsys):
    said(capsys, "new", "lesson", "Your own lesson")
    code, lines = said(capsys, "check")
    assert code == 0
    assert lines[-1] == f"{len(lines) - 1} to write; no problems"
    assert all(": to write: " in line for line in lines[:-1])
    first = "local/course.yml:{} lessons[0].outcomes[0].text: to write: what the learner can do"
    assert lines[1].startswith(first.format(lines[1].split(":")[1].split()[0]))
    files = {line.split(":")[0] for line in lines[:-1]}
    folders = ("quizzes", "stages", "decks")
    named = (*(f"{each}/your_own_lesson.yml" for each in folders), "course.yml")
    assert files == {
        "local/notebooks/50_your_own_lesson.ipynb",
        *(f"local/{name}" for name in named),
    }


def test_what_is_to_write_has_a_kind_in_json(course, capsys):
    said(capsys, "new", "responsibility", "Keep the diary", "--cluster", "Strategy")
    assert main(["check", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["kind"], one["path"]) == ("to write", "local/responsibilities.csv")
    assert one["text"] == "to write: in one sentence, what this duty is."


def test_new_twice_is_one_line(course, capsys):
    said(capsys, "new", "50", "Own")
    expected = "number: '50'; two digits, above 50 as the last lesson"
    assert said(capsys, "new", "50", "Own") == (1, [expected])


def test_new_adds_a_responsibility(course, capsys):
    area = ["--cluster", "Security and compliance", "--claims", "C22", "C13"]
    code, lines = said(capsys, "new", "responsibility", "Review threat models", *area)
    assert (code, len(lines)) == (0, 1)
    row = content.table("responsibilities").iloc[-1]
    assert (row["name"], row["claims"]) == ("Review threat models", "C22 C13")


def test_a_responsibility_may_say_what_it_is(course, capsys):
    more = ["--cluster", "Strategy", "--does", "Say no, kindly."]
    said(capsys, "new", "responsibility", "Decline requests", *more)
    assert content.table("responsibilities").iloc[-1]["does"] == "Say no, kindly."


def test_a_responsibility_needs_a_cluster(course, capsys):
    code, lines = said(capsys, "new", "responsibility", "Review threat models")
    assert code == 1
    assert lines == ["--cluster: missing; the area of work, such as 'Engineering depth'"]


def test_an_unknown_lesson_is_one_line(course, capsys):
    code, lines = said(capsys, "run", "77")
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("lesson: '77' is not one of")


def test_run_says_what_it_did(course, capsys):
    (course / "notebooks").mkdir()
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path = course / "notebooks/empty.ipynb"
    path.write_text(json.dumps(notebook))
    assert said(capsys, "run", str(path))[1][0].startswith("1 empty.ipynb: changed, ")
    assert said(capsys, "run", str(path))[1][0].startswith("1 empty.ipynb: the same, ")


@pytest.fixture
def installed(course, monkeypatch):
    """The course as an installed package holds it: its lessons are ready and not there."""
    text = (course / "data/course.yml").read_text()
    (course / "data/course.yml").write_text(text.replace("status: planned", "status: ready"))
    monkeypatch.setattr(files, "BUNDLED", course)
    return course


WRITING = ["new lesson Own", "new responsibility Own --cluster Strategy", "run", "run staffing"]


@pytest.mark.parametrize("command", WRITING)
def test_the_installed_package_is_never_written(installed, capsys, command):
    before = sorted(installed.rglob("*"))
    expected = f"{installed}: the installed package, which holds no notebooks and is never written"
    expected += "; run this in a folder of the course"
    assert said(capsys, *command.split()) == (1, [expected])
    assert sorted(installed.rglob("*")) == before


def test_the_installed_package_is_checked_without_notebooks(installed, capsys):
    sentence = "No problems in the data; no notebooks are here to check"
    assert said(capsys, "check") == (0, [sentence])


@pytest.mark.parametrize("command", ["check", "run", "new", "report"])
def test_help_shows_an_example_of_each_command(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert f"example: tpm {command}" in " ".join(capsys.readouterr().out.split())
