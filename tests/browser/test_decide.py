"""The decision in a browser: by keyboard from the first question to the memo, and kept."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from lab import Lesson
from playwright.sync_api import Locator, Page, expect

from tpmlib.kit import content

CALL = "tpm.decide()"
QUESTIONS = content.decision()["questions"]
CHOSEN = (2, 4, 3, 3, 2, 3, 2, 2, 1)  # the place of the option chosen, question by question


@pytest.fixture(scope="module")
def open_decision(
    course: Path, home: Path, lesson: Callable[[str], Lesson]
) -> Callable[[], Lesson]:
    """A notebook that holds the decision alone, with a record of its own."""
    own = f'import os; os.environ["TPM_RECORD"] = {str(home / "decide")!r}'
    notebook = nbformat.read(course / "notebooks/05_staffing.ipynb", as_version=4)
    codes = (own, "import tpmlib as tpm", CALL)
    notebook.cells = [nbformat.v4.new_code_cell(code) for code in codes]
    nbformat.write(notebook, course / "decide.ipynb")
    return lambda: lesson("decide.ipynb").run()


@pytest.fixture(scope="module")
def decided(open_decision: Callable[[], Lesson]) -> Lesson:
    """Every question answered, with the keyboard from the first choice on."""
    lesson = open_decision()
    page, panel = lesson.page, lesson.output(CALL)
    # once a press is heard, the run that moves the focus is over
    panel.get_by_role("radio").first.check()
    expect(panel).to_contain_text("Kept.")
    for question, place in zip(QUESTIONS, CHOSEN, strict=True):
        group = panel.get_by_role("group", name=question["text"])
        expect(group).to_be_visible()
        options = group.get_by_role("radio")
        options.first.focus()
        page.keyboard.press("Space")
        expect(options.first).to_be_checked()
        for number in range(1, place):
            page.keyboard.press("ArrowDown")
            expect(options.nth(number)).to_be_checked()
        page.keyboard.press("Tab")
        expect(panel.get_by_role("button", name="Next").or_(all_answers(panel))).to_be_focused()
        if question is not QUESTIONS[-1]:
            page.keyboard.press("Enter")
    return lesson


def all_answers(panel: Locator) -> Locator:
    return panel.get_by_role("button", name="All answers at once")


def advice(panel: Locator) -> Locator:
    return panel.locator(".tpm-head")


def test_the_advice_appears_with_the_last_answer(decided: Lesson) -> None:
    expect(advice(decided.output(CALL))).to_have_text("Hire a PM")


def test_at_a_glance_the_focus_stays_and_the_advice_follows_a_choice(decided: Lesson) -> None:
    panel, page = decided.output(CALL), decided.page
    all_answers(panel).focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="One question at a time")).to_be_focused()
    panel.get_by_label("What went wrong").select_option(label="Nothing went wrong")
    expect(advice(panel)).to_have_text("Hire nobody yet: protect a day first")
    assert decided.problems == []


def test_the_memo_is_downloaded_as_a_page(decided: Lesson, tmp_path: Path) -> None:
    panel = decided.output(CALL)
    with decided.page.expect_download() as download:
        panel.get_by_role("button", name="The memo, a page to print").click()
    download.value.save_as(tmp_path / "memo.html")
    assert "What would change it" in (tmp_path / "memo.html").read_text(encoding="utf-8")


def test_it_fits_a_narrow_page(decided: Lesson) -> None:
    page: Page = decided.page
    page.set_viewport_size({"width": 800, "height": 800})
    fields = decided.output(CALL).locator(".tpm-field")
    assert fields.count() == len(QUESTIONS)
    assert (
        fields.evaluate_all("all => all.filter((e) => e.scrollWidth > e.clientWidth).length") == 0
    )


def test_whoever_comes_back_finds_all_answers(
    decided: Lesson, open_decision: Callable[[], Lesson]
) -> None:
    panel = open_decision().output(CALL)
    expect(advice(panel)).to_be_visible()
    for question in QUESTIONS:
        expect(panel.get_by_label(question["label"], exact=True)).to_be_visible()
