"""A course of one's own is read on top of ours, which stays as it is: tests/authoring/local."""

import json
import os
import runpy
import shutil
from pathlib import Path

import pytest

import tpmlib as tpm
from tpmlib.authoring.check import review
from tpmlib.authoring.gather import gather, ours_of
from tpmlib.authoring.marks import both_parts
from tpmlib.authoring.new import new_copy
from tpmlib.authoring.recipes import copied
from tpmlib.authoring.report.example import write_class
from tpmlib.authoring.report.page import class_report
from tpmlib.authoring.run import run
from tpmlib.errors import CourseError
from tpmlib.kit import content, questions
from tpmlib.kit.content.files import course_at, is_local, shown
from tpmlib.kit.panels.progress import asked

OWN = Path(__file__).parent / "local"
TOOLS = Path(__file__).parents[2] / "tools"
LESSON = "local/notebooks/50_interviews.ipynb"


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A copy of the course with a folder of one's own on top, whose lesson was run."""
    folder = copied(tmp_path_factory.mktemp("course"))
    shutil.copytree(OWN, folder / "local")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TPM_LOCAL", "")
        (result,) = run(["50"], folder)
    assert (result.error, result.path) == ("", folder / LESSON)
    return folder


@pytest.fixture
def course(ran, tmp_path, monkeypatch):
    """A course to change, in use until the test ends."""
    folder = shutil.copytree(ran, tmp_path / "course")
    monkeypatch.setenv("TPM_COURSE", str(folder))
    monkeypatch.setenv("TPM_LOCAL", "")
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_course_of_one_s_own_has_no_problem_and_ours_need_not_be_run_for_it(course):
    assert review().problems == [] and review().unwritten == []


def test_the_style_of_the_house_is_advice_for_what_is_local(course):
    found = review().advice
    assert (
        "local/quizzes/interviews.yml:4 questions: number of questions: 1 is outside 4 to 12"
        in (found)
    )
    assert any(line.startswith(f"{LESSON}:") for line in found)
    # ours counts four questions where the class has one more
    beside = [line for line in found if not is_local(line)]
    assert beside == [
        "notebooks/07_allocation.ipynb:cell 11: Four questions; 5, as many as are asked"
    ]


def test_the_same_style_is_an_error_for_what_is_ours(course):
    change(course / "data/quizzes/titles.yml", "returns: ", "hint: ")
    assert any("come back from earlier lessons" in line for line in review().problems)


MISTAKES = [
    ("facts.csv", "2026,our_class", "2026,our_clas", ":2 source_id: 'our_clas' is not one of"),
    ("facts.csv", "L01", "F01", ":2 fact_id: 'F01' is already at data/facts.csv:"),
    ("facts.csv", "L01", "F99", ":2 fact_id: 'F99'; L and a number in local/, F in data/"),
    ("facts.csv", "fact_id,", "", ":2: 13 fields; 12 as in line 1"),
    ("responsibilities.csv", "Tactical", "Tactful", ":2 cluster: 'Tactful delivery' is not one"),
    ("quizzes/allocation.yml", "outcome:", "outcom:", ":3 questions[0].outcom: 'outcom' is not"),
    ("quizzes/allocation.yml", "task-is", "tusk-is", ":8 questions[0].options[1].misconception: "),
    ("quizzes/allocation.yml", "id: allocation-diary", "id: allocation-whose", None),
    ("quizzes/interviews.yml", "right: true, ", "", ":9 questions[0].options: 0 right options"),
    ("models.yml", "area: Customer", "area: Customs", ":6 role_profile.presets.customers.values."),
    (
        "models.yml",
        "    customers:",
        "    default:",
        ":4 role_profile.presets.default.label: 'Customers, row by row'; as data/",
    ),
    ("models.yml", "role_profile", "role_profil", ":2 role_profil."),
    ("course.yml", "claims: []", "claim: []", ":2 lessons[0].claims: missing"),
    ("course.yml", "50_int", "07_int", ":3 lessons[0].file: local/notebooks/07_interviews.ipynb;"),
    ("decks/interviews.yml", "pile: tpm", "pile: tmp", ":7 cards[0]: pile 'tmp' is not one of"),
    ("notebooks/50_interviews.ipynb", 'cite(\\"L01', 'cite(\\"L02', ":cell 5: cite: 'L02' is not"),
    ("notebooks/50_interviews.ipynb", "at L01", "at L03", ":cell 6: 'L03' is not one of"),
    ("notebooks/50_interviews.ipynb", "07_alloc", "07_aloc", ":cell 6: the link ../../notebooks/"),
]


@pytest.mark.parametrize("file, old, new, line", MISTAKES)
def test_a_mistake_is_told_by_the_line_of_its_own_file(course, file, old, new, line):
    if line is None:
        new = f"id: {questions.quiz('allocation').questions[0].id}"
        line = f":2 questions[0].id: {new[4:]!r} is already at data/quizzes/allocation.yml:"
    change(course / "local" / file, old, new)
    problems = review(stale=False).problems
    assert any(problem.startswith(f"local/{file}{line}") for problem in problems), problems
    assert all(is_local(problem) or "local" in problem for problem in problems)


@pytest.mark.parametrize("name", ["fact.csv", "advert.csv", "quizes/allocation.yml"])
def test_a_file_that_nobody_reads_is_named(course, name):
    path = course / "local" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("x: 1")
    assert any(line.startswith(f"local/{name}: {name!r} is not") for line in review().problems)


def test_adverts_of_a_class_are_read_and_a_mistake_told_by_its_line(course):
    (course / "local" / "adverts.csv").write_text("x: 1")
    assert any(line.startswith("local/adverts.csv:1: 'x: 1'; ") for line in review().problems)


def test_rows_and_entries_come_after_ours(course):
    frame = content.table("responsibilities")
    assert frame.iloc[-1]["responsibility_id"] == "keep_the_incident_diary" and len(frame) == 63
    assert questions.quiz("allocation").questions[-1].id == "allocation-diary"
    assert [*content.model("role_profile")["presets"]][-1] == "customers"
    assert content.fact("L01")["source_id"] == "our_class"


def test_nothing_local_is_read_where_it_is_switched_off(course, monkeypatch):
    monkeypatch.setenv("TPM_LOCAL", "none")
    assert content.local() is None and len(content.table("responsibilities")) == 62
    assert review().problems == []


def test_a_folder_elsewhere_can_be_named(course, tmp_path, monkeypatch):
    change(course / LESSON, "[lesson 07](../../notebooks/07_allocation.ipynb)", "lesson 07")
    shutil.move(course / "local", tmp_path / "mine")
    assert "allocation-diary" not in [item.id for item in questions.quiz("allocation").questions]
    monkeypatch.setenv("TPM_LOCAL", "../mine")
    assert questions.quiz("allocation").questions[-1].id == "allocation-diary"
    assert review(stale=False).problems == []
    monkeypatch.setenv("TPM_LOCAL", "nowhere")
    with pytest.raises(CourseError, match="^TPM_LOCAL: nowhere is no folder"):
        content.local()


def test_the_last_lesson_of_ours_leads_to_the_first_of_one_s_own_and_back(course, monkeypatch):
    monkeypatch.chdir(course / "notebooks")
    assert f'href="../{LESSON}">50 Interviewing for the role</a>' in tpm.lesson("capstone").html()
    assert f'href="../{LESSON}"' in tpm.portfolio().html()
    monkeypatch.chdir(course / "local/notebooks")
    page = tpm.lesson("interviews").html()
    assert 'href="../../notebooks/11_capstone.ipynb"' in page and "Binder" not in page
    assert 'href="../../notebooks/help.ipynb"' in page


def test_a_local_lesson_and_question_count_as_progress_and_stand_in_the_plan(course):
    assert ("quiz", "interviews-diary") in asked("interviews")
    assert ("cards", "interviews") in asked("interviews")
    assert ("quiz", "allocation-diary") in asked("allocation")
    plan = tpm.facilitate("50").page
    assert "A title tells what somebody did in the last company." in plan and "Not planned" in plan


def test_the_class_report_knows_what_is_local(course, tmp_path):
    write_class(tmp_path / "class", learners=60)
    report = class_report(tmp_path / "class", "interviews")
    assert "Which question tells most" in report.html()


def test_the_static_site_brings_the_lesson_and_its_data(course, tmp_path, monkeypatch):
    site = runpy.run_path(str(TOOLS / "site.py"))
    site["contents"].__globals__["ROOT"] = course
    shutil.copytree(TOOLS.parent / "deploy/lite/answers", course / "deploy/lite/answers")
    for name in ("LICENSE", "LICENSE-CONTENT"):
        shutil.copy(TOOLS.parent / name, course)
    site["contents"](tmp_path / "files")
    site["add_local"](tmp_path / "tpmlib.whl")
    assert (tmp_path / "files" / LESSON).is_file()
    shutil.unpack_archive(tmp_path / "tpmlib.whl", tmp_path / "site", "zip")
    root = shutil.copytree(course / "data", tmp_path / "site/tpmlib/course/data").parent
    drive = tmp_path / "files/notebooks"
    monkeypatch.chdir(drive)  # where the browser's Python has the lessons
    with course_at(root):
        assert content.lesson("interviews")["number"] == "50"
        assert content.href(content.lesson("interviews")["file"]) == f"../{LESSON}"


def test_a_copy_of_a_lesson_stands_in_place_of_ours(course, monkeypatch):
    before = (course / "notebooks/07_allocation.ipynb").read_bytes()
    assert new_copy("07") == "local/notebooks/07_allocation.ipynb"
    assert content.lesson("allocation")["file"] == "local/notebooks/07_allocation.ipynb"
    with pytest.raises(CourseError, match="^local/notebooks/07_allocation.ipynb: exists already"):
        new_copy("07")
    assert (course / "notebooks/07_allocation.ipynb").read_bytes() == before
    stale = "local/notebooks/07_allocation.ipynb: changed after 07 ran; tpm run 07"
    assert review().problems == [stale]


def spoil_ours(course: Path) -> None:
    """Our lesson 07 as if its data had changed after it ran."""
    path = course / "notebooks/07_allocation.ipynb"
    notebook = json.loads(path.read_text())
    notebook["metadata"]["tpm"]["data"]["data/responsibilities.csv"] = "another"
    path.write_text(json.dumps(notebook))


@pytest.mark.parametrize(
    "names, workshop", [(["07"], ""), ([], "lessons: [titles]\ntitle: Ours\n")]
)
def test_a_run_of_a_copied_lesson_runs_ours_as_well_and_ends_what_check_says(
    course, monkeypatch, names, workshop
):
    new_copy("07")
    spoil_ours(course)
    if workshop:
        (course / "local/workshop.yml").write_text(workshop)
    ran = []
    monkeypatch.setattr("tpmlib.authoring.run._timed", lambda path, parts: ran.append(path))
    assert any(line.endswith(" ran; tpm run 07") for line in review().problems)
    list(run(names))
    own = course / "local/notebooks/07_allocation.ipynb"
    assert {own, course / "notebooks/07_allocation.ipynb"} <= {*ran}
    assert len(ran) == len({*ran}) and len(ran) > 12 or names


def test_what_is_local_and_shown_by_no_copy_makes_none_stale(course):
    shutil.move(course / "local/course.yml", course / "later.yml")
    shutil.move(course / "local/notebooks/50_interviews.ipynb", course / "later.ipynb")
    for name in ("quizzes/interviews.yml", "decks/interviews.yml", "models.yml"):
        (course / "local" / name).unlink()
    new_copy("04")
    (result,) = [each for each in run(["04"]) if is_local(shown(each.path))]
    assert result.error == ""
    shutil.move(course / "later.yml", course / "local/course.yml")
    text = (course / "local/course.yml").read_text().replace("status: ready", "status: planned")
    (course / "local/course.yml").write_text(text)
    shutil.move(course / "later.ipynb", course / "local/notebooks/50_interviews.ipynb")
    shutil.copy(OWN / "models.yml", course / "local/models.yml")
    assert not [line for line in review().problems if "changed after" in line]


def test_a_local_preset_is_named_where_a_copy_shows_its_model(course):
    parts = both_parts(whole := gather()[0], ours_of(whole))
    alone, beside = dict(parts[False]["role_profile"]), dict(parts[True]["role_profile"])
    assert list(beside) == ["data/models.yml", "local/models.yml"]
    assert beside["data/models.yml"] == alone["data/models.yml"]
    assert list(dict(parts[True]["drift"])) == ["data/models.yml"]
    assert list(dict(parts[True]["lesson interviews"]))[0] == "local/course.yml"
    assert list(dict(parts[True]["lesson titles"])) == [
        "data/course.yml",
        "data/quizzes/titles.yml",
    ]


def test_another_course_is_checked_with_its_own_folder(course, tmp_path):
    with course_at(copied(tmp_path / "other")):
        assert content.local() is None
    assert content.local() == course / "local" and os.environ["TPM_LOCAL"] == ""
