"""What an instructor adds by the recipes is there on the page; the other notebooks run."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lesson, server
from playwright.sync_api import Browser, expect

from tpmlib.authoring.recipes import copied, follow, sections
from tpmlib.cli import main
from tpmlib.kit.questions import quiz

FOLDER = "notebooks/instructor/"


@pytest.fixture(scope="module")
def trial(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(f"{FOLDER}extend_a_lesson.ipynb").run()


def test_an_added_question_is_asked(trial: Lesson) -> None:
    page = trial.page
    page.get_by_label("Little. Any of the titles may be given it.").check()
    number = len(quiz("allocation").questions) + 1
    page.get_by_role("button", name=f"Check question {number}").click()
    expect(page.get_by_text("No page of ours names it.").last).to_be_visible()


def test_an_added_preset_can_be_chosen(trial: Lesson) -> None:
    start = trial.page.get_by_label("Start from").first
    expect(start).to_have_value('"customers"')
    start.select_option(index=0)
    start.select_option(label="Customers, row by row")
    expect(
        trial.page.get_by_text("Interview customers and do user research: ").first
    ).to_be_visible()


def test_an_added_card_goes_to_its_pile(trial: Lesson) -> None:
    page = trial.page
    card = page.get_by_role("button", name="Keeps the incident diary.")
    card.focus()
    page.keyboard.press("2")
    expect(page.get_by_text("2 TPM (1)")).to_be_visible()


def test_an_added_fact_names_its_source(trial: Lesson) -> None:
    trial.page.get_by_text("Source and trust").last.click()
    expect(trial.page.get_by_text("show of hands in our own class (our_class)")).to_be_visible()


def test_a_mistake_shows_its_line(trial: Lesson) -> None:
    line = "local/decks/diary.yml:8 cards[1]: pile 'pn' is not one of 'pm', 'tpm'"
    expect(trial.page.get_by_text(line)).to_be_visible()


@pytest.mark.parametrize("name", ["class_report", "facilitate"])
def test_the_other_notebooks_run(lesson: Callable[[str], Lesson], name: str) -> None:
    page = lesson(f"{FOLDER}{name}.ipynb").run().page
    details = page.locator("details").first
    details.locator("summary").click()
    expect(details.locator("td").first).to_be_visible()


def test_an_added_lesson_and_responsibility_open_in_the_course(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copied(tmp_path / "course")
    monkeypatch.setenv("TPM_COURSE", str(folder))
    monkeypatch.setenv("TPM_LOCAL", "")
    for title in ("Add a lesson", "Add a responsibility"):
        follow(sections(folder)[title], folder, lambda words: words[0] == "new" and main(words))
    quiz = folder / "local/quizzes/a_title.yml"
    duty = "keep_the_incident_diary"
    quiz.write_text(quiz.read_text().replace("define_product_strategy", duty))
    with server(folder, tmp_path) as address:
        lesson = Lesson(browser, address, "local/notebooks/50_a_title.ipynb").open().run()
        expect(lesson.page.get_by_role("heading", name="A title")).to_be_visible()
        expect(lesson.page.get_by_text("Keep the incident diary").last).to_be_visible()
        assert lesson.problems == []
        lesson.context.close()
