"""The recipes of CONTRIBUTING.md work as they stand there: followed on a copy, checked and run."""

import os
import subprocess
import sys

import pytest
import run_notebooks
from front import click, put

import tpmlib as tpm
from tpmlib.authoring.check import review
from tpmlib.authoring.recipes import BLOCK, copied, follow, sections
from tpmlib.cli import main
from tpmlib.kit import content, questions
from tpmlib.kit.panels.made import documents
from tpmlib.kit.panels.progress import progress
from tpmlib.kit.record import record

RECIPES = {title: text for title, text in sections().items() if BLOCK.search(text)}
LONGEST = 10  # lines that an instructor copies, first lines with a file's name aside
# what each shows, in the notebook that it names or that was made: the text of a saved output
SHOWS = {
    "Add a responsibility": ("", ""),  # at the end of the explorer's list, and in the map
    "Add a question": ("", ""),  # asked in the quiz, below
    "Add a preset": ("", ""),  # seen in the browser
    "Show a preset first": ("07_allocation", "role_profile, preset program_managers"),
    "Add cards to sort": ("07_allocation", "Keeps the notes of interviews."),
    "Put a duty of your own on a card": ("02_responsibilities", "Keep the incident diary"),
    "Add a duty to Who does what": ("07_allocation", "Own revenue and growth targets"),
    "Add a fact with its source": ("07_allocation", "7 of 12 in our class"),
    "Add a step to a stage": ("", ""),  # the last step of its stage, below
    "Ask for a free text": ("07_allocation", "who keeps the incident diary in your team"),
    "Add a grid of who does what": ("07_allocation", "The incident diary"),
    "Add a question or a rule to the decision": ("", ""),  # in `tpm.decide()`, below
    "Add a round of figures to bracket": ("08_estimates", "has version 5.0.0 of ASVS?"),
    "Add a lesson": ("50_a_title", "TO WRITE"),
    "Translate the texts of a lesson": ("07_allocation", "Ob die drei Neuen so gut sind"),
}

# answers for which no rule of the decision holds
DEPTH = {"engineers": "up_to_20", "who": "one_far", "hours": "up_to_15", "left": "open"}
DEPTH |= {"settle": "few", "specs": "nobody", "late": "misjudged", "teams": "one"}


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_LOCAL", "")
    return copied(tmp_path / "course")


def test_each_recipe_has_its_test():
    assert list(RECIPES) == list(SHOWS)


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_is_short(title):
    lines = [line for _, text in BLOCK.findall(RECIPES[title]) for line in text.splitlines()]
    assert len([line for line in lines if not line.startswith("# ")]) <= LONGEST


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_works_as_it_is_written(course, title, monkeypatch, tmp_path):
    monkeypatch.setenv("TPM_COURSE", str(course))
    recipe = RECIPES[title]
    follow(recipe, course, main)
    lesson, shown = SHOWS[title]
    notebook = course / f"local/notebooks/{lesson}.ipynb"
    main(["run", str(notebook)]) if lesson else None
    problems, unwritten, _ = review(course)
    assert problems == []
    assert bool(unwritten) == (title in ("Add a responsibility", "Add a lesson"))
    if lesson:
        assert shown in notebook.read_text()
        assert strict_nbval(notebook, course, tmp_path) == 0


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_leaves_what_is_ours_as_it_is(course, title, monkeypatch):
    monkeypatch.setenv("TPM_COURSE", str(course))
    before = {path: path.read_bytes() for path in course.rglob("*.*")}
    follow(RECIPES[title], course, lambda words: main(words) if words[0] != "run" else 0)
    assert {path: path.read_bytes() for path in before} == before


def test_a_question_and_a_step_added_by_their_recipes_come_last(course, monkeypatch):
    monkeypatch.setenv("TPM_COURSE", str(course))
    for title in ("Add a question", "Add a step to a stage"):
        follow(RECIPES[title], course, main)
    assert "who keeps the incident diary" in questions.quiz("allocation").questions[-1].text
    assert "Here is strategy" in content.stage("luck")["steps"][-1]["say"]


def test_a_grid_added_by_its_recipe_counts_and_stands_in_the_portfolio(course, monkeypatch):
    monkeypatch.setenv("TPM_COURSE", str(course))
    follow(RECIPES["Add a grid of who does what"], course, main)
    panel, before = tpm.sheet("diary"), progress("allocation", record())
    click(panel.form, "keep", who={"write.tpm": "AR"})
    after = progress("allocation", record())
    assert (after.done, after.asked) == (before.done + 1, before.asked)
    (work,) = [one for one in documents(record()) if one.name == "my-answers"]
    (diary,) = [section for section in work.sections if section.title == "The incident diary"]
    assert diary.rows == [["Write it", "TPM: AR"]]


def test_a_question_and_a_rule_added_by_their_recipe_are_asked_and_speak(course, monkeypatch):
    monkeypatch.setenv("TPM_COURSE", str(course))
    follow(RECIPES["Add a question or a rule to the decision"], course, main)
    firsts = {each["id"]: each["options"][-1]["id"] for each in content.decision()["questions"]}
    for id, option in (firsts | DEPTH).items():
        record().add("decide", id, option, lesson="staffing")
    panel = tpm.decide()
    assert "Approval" in panel.more.value and "Probably a TPM" in panel.advice.value
    put(panel.glance, audit="outside")
    assert "Somebody has to answer for the dates" in panel.advice.value


def strict_nbval(notebook, course, folder):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "run_notebooks", "--nbval"]
    command += ["--nbval-current-env", "--nbval-cell-timeout=60", str(notebook)]
    tests = os.path.dirname(run_notebooks.__file__)
    settings = {"TPM_RECORDS": str(folder), "PYTHONPATH": tests, "TPM_COURSE": str(course)}
    return subprocess.run(command, cwd=course, env=os.environ | settings).returncode
