"""Mistakes that people make in notebooks, each with the line that `tpm check` gives for it."""

import json
import shutil
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from tpmlib.authoring.calls import misspelt
from tpmlib.authoring.cells import read
from tpmlib.authoring.check import check, review
from tpmlib.authoring.counted import counted, returning
from tpmlib.authoring.gather import gather
from tpmlib.authoring.marks import changed, marks, parts_of
from tpmlib.authoring.notebooks import lesson_calls
from tpmlib.authoring.pace import running_order
from tpmlib.authoring.recipes import copied
from tpmlib.authoring.run import run
from tpmlib.authoring.saved import saved
from tpmlib.errors import CourseError
from tpmlib.kit import content

COURSE = gather()[0]
LESSONS = {lesson["id"]: lesson for _, lesson in COURSE.lessons}
MISTAKES = yaml.safe_load(Path(__file__).with_name("notebook_mistakes.yml").read_text())


def spoilt(lesson: str, old: str, new: str) -> dict:
    """The notebook of a lesson with a mistake in its text."""
    text = (content.root() / LESSONS[lesson]["file"]).read_text()
    if old not in text:
        old, new = (json.dumps(part)[1:-1] for part in (old, new))
    assert old in text
    return json.loads(text.replace(old, new, 1))


def lines(notebook: dict, lesson: str) -> list[str]:
    """What the rules for one notebook say."""
    cells = notebook["cells"]
    (pair,) = COURSE.quizzes_of(lesson)
    wrong = [*misspelt(cells, COURSE), *lesson_calls(cells, LESSONS[lesson], COURSE)]
    wrong += [*counted(cells, COURSE), *returning(cells, pair[1], COURSE), *saved(notebook, 1)]
    return [f"{where}: {text}" for where, text in wrong]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["what"])
def test_a_mistake_gives_its_line(mistake):
    found = lines(spoilt(mistake["lesson"], mistake["old"], mistake["new"]), mistake["lesson"])
    assert [line for line in found if line.startswith(mistake["line"])], found
    assert len(found) == mistake.get("lines", 1), found


@pytest.mark.parametrize("lesson", LESSONS)
def test_without_a_mistake_there_is_no_line(lesson):
    assert lines(read(content.root() / LESSONS[lesson]["file"]), lesson) == []


def test_a_notebook_on_a_copy_may_name_what_only_the_copy_has():
    make = {"cell_type": "code", "source": "import tpmlib as tpm\ntpm.trial_copy()"}
    cite = {"cell_type": "code", "source": "tpm.cite('F99')"}
    assert list(misspelt([make, cite], COURSE)) == []
    assert len(list(misspelt([make | {"source": "import tpmlib as tpm"}, cite], COURSE))) == 1


@pytest.fixture(scope="module")
def notebook():
    return read(content.root() / LESSONS["staffing"]["file"])


def test_a_saved_lesson_is_as_its_data_are(notebook):
    assert list(changed(notebook, parts_of(COURSE))) == []


STALE = [
    ("lesson staffing", ["data/quizzes/staffing.yml", "data/course.yml"]),
    ("drift", ["data/models.yml"]),
    ("table workload", ["data/workload.csv"]),
    ("table backlog", []),
    ("lesson who_does_what", []),
]


@pytest.mark.parametrize("name, files", STALE)
def test_a_change_of_what_a_lesson_shows_makes_it_stale_and_no_other(notebook, name, files):
    parts = deepcopy(parts_of(COURSE))
    parts[name] = [(file, [data, "another"]) for file, data in parts[name]]
    assert sorted(changed(notebook, parts)) == sorted(files)


@pytest.mark.parametrize("lesson, files", [("responsibilities", 1), ("who_does_what", 0)])
def test_a_changed_step_makes_stale_the_lesson_that_stages_it(lesson, files):
    parts = deepcopy(parts_of(COURSE))
    parts["stage luck"] = [(file, [data, "another"]) for file, data in parts["stage luck"]]
    notebook = read(content.root() / LESSONS[lesson]["file"])
    assert list(changed(notebook, parts)) == ["data/stages/luck.yml"] * files


@pytest.mark.parametrize("name", ["capstone", "estimates", "help", "class_report", "facilitate"])
def test_a_lesson_left_out_makes_stale_what_may_name_it(name):
    course = deepcopy(COURSE)
    (file,) = course.of("course")
    lessons = {lesson["id"]: lesson for lesson in file.data["lessons"]}
    lessons["allocation"]["status"] = "left_out"
    (path,) = (content.root() / "notebooks").rglob(
        f"{name}.ipynb" if name not in LESSONS else f"[01]*_{name}.ipynb"
    )
    assert list(changed(read(path), parts_of(course))) == ["data/course.yml"]


def test_the_class_report_shows_every_quiz_and_facilitate_the_text_of_every_lesson():
    parts = deepcopy(parts_of(COURSE))
    parts["lesson titles"] = [(file, [data, "other"]) for file, data in parts["lesson titles"]]
    parts["call facilitate"] = [(file, [data, "other"]) for file, data in parts["call facilitate"]]
    report, plan = (
        read(content.root() / f"notebooks/instructor/{name}.ipynb")
        for name in ("class_report", "facilitate")
    )
    assert "data/quizzes/titles.yml" in changed(report, parts)
    assert "notebooks/01_titles.ipynb" in changed(plan, parts)


@pytest.mark.parametrize("part", ["source", "outputs", "id"])
def test_a_cell_changed_by_hand_after_the_run_is_noticed(notebook, part):
    other = deepcopy(notebook)
    cell = next(each for each in other["cells"] if each.get("outputs"))
    cell[part] = [] if part == "outputs" else "tpm"
    assert list(changed(other, parts_of(COURSE))) == [""]


def test_a_picture_and_the_layout_of_the_file_are_in_no_mark(notebook):
    other = deepcopy(notebook)
    for cell in other["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("image/png", None)
    assert marks(other, parts_of(COURSE)) == notebook["metadata"]["tpm"]


@pytest.fixture
def course(tmp_path):
    return copied(tmp_path / "course")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_stale_lessons_are_one_line_by_what_changed(course):
    edit(course / "data/quizzes/who_does_what.yml", "Little is not nothing.", "It is something.")
    line = "data/quizzes/who_does_what.yml: changed after 03, class_report, facilitate ran; "
    assert check(course) == [f"{line}tpm run 03 class_report facilitate"]
    assert review(course, stale=False) == ([], [], [])


def test_what_the_rules_for_a_notebook_say_is_said_by_check(course):
    path = course / LESSONS["org_size"]["file"]
    edit(path, "tpm.sort_cards(", "tpm.sort_card(")
    edit(path, "Four questions, each", "Five questions, each")
    lines = [line.removeprefix(f"{LESSONS['org_size']['file']}:") for line in check(course)]
    assert [line[:24] for line in lines] == [
        "cell 7: tpm.sort_card: '",
        "cell 10: Five questions;",
        "sort_cards: ratios of da",
    ]


def test_ids_that_nbstripout_renumbered_are_named(course):
    path = course / LESSONS["who_does_what"]["file"]
    notebook = json.loads(path.read_text())
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = str(number)
    path.write_text(json.dumps(notebook))
    line = ":cells: ids 0, 1, 2, ..., as nbstripout numbers them; those of the course, by git"
    assert check(course) == [f"{LESSONS['who_does_what']['file']}{line}"]


DAMAGED = {
    "<<<<<<< HEAD\n{}\n=======\n[]\n>>>>>>> other\n": ":1: an unfinished merge (<<<<<<<);",
    "{": ":1: Expecting property name",
    "[" * 100_000: ":1: nested too deeply; a notebook",
    "null": ":file: data must be object; a notebook of format 4.5",
}


@pytest.mark.parametrize("written, line", DAMAGED.items(), ids=["merge", "cut", "deep", "null"])
def test_a_damaged_notebook_is_a_sentence_for_every_command(course, monkeypatch, written, line):
    monkeypatch.setenv("TPM_COURSE", str(course))
    file = LESSONS["who_does_what"]["file"]
    (course / file).write_text(written)
    with pytest.raises(CourseError, match="who_does_what.ipynb"):
        running_order("who_does_what")
    (result,) = run(["03"])
    assert result.error.startswith(f"{file}{line}")
    assert [each for each in check(course) if each.startswith(file)] == [result.error]


def test_a_folder_in_place_of_a_notebook_is_named(course):
    path = course / LESSONS["who_does_what"]["file"]
    path.unlink()
    path.mkdir()
    assert f"{LESSONS['who_does_what']['file']}: missing; the notebook of a ready lesson" in check(
        course
    )
    shutil.rmtree(path)


STRAY = [
    ("~$claims.csv", "a lock file of a spreadsheet; the file closed there"),
    ("decks/titles (1).yml", "a copy; one file of that name"),
    ("decks/titles - Copy.yml", "a copy; one file of that name"),
    ("claims.csv.orig", "left by another program; no such file"),
    ("claims.xlsx", "a workbook; a table saved as CSV UTF-8"),
]


@pytest.mark.parametrize("name, line", STRAY)
def test_a_stray_file_is_one_line_and_nothing_is_read_of_it(data, name, line):
    (data / name).write_bytes((data / "decks/titles.yml").read_bytes())
    assert gather()[1] == [f"data/{name}: {line}"]
