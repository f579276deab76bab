"""All claims in one table: the open ones first, one click a verdict, the course's after it."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect

from tpmlib.kit import content
from tpmlib.kit.record import Record


@pytest.fixture(scope="module")
def lesson_of_verdicts(course: Path, home: Path, lesson: Callable[[str], Lesson]) -> Lesson:
    first = (
        f'import os; os.environ["TPM_RECORD"] = {str(home / "verdicts")!r}; import tpmlib as tpm'
    )
    cells = [nbformat.v4.new_code_cell(source) for source in (first, "tpm.verdicts()")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata=kernel), course / "verdicts.ipynb"
    )
    return lesson("verdicts.ipynb").run()


@pytest.fixture
def table(lesson_of_verdicts: Lesson) -> Locator:
    return lesson_of_verdicts.output("tpm.verdicts()")


def test_a_click_gives_the_verdict_and_shows_the_course(table: Locator, home: Path) -> None:
    table.get_by_role("button", name="Show the other").click()
    table.get_by_role("button", name="Show all 25").click()
    row = table.get_by_role("group", name=content.claim("C19")["claim"])
    expect(table).not_to_contain_text("The course")
    row.get_by_label("It does not hold").check()
    reading = content.claim("C19")["reading"].partition(".")[0]
    condition = reading.removeprefix("The condition: that ")
    shown = table.get_by_text(f"The course: it holds if {condition}. Why? (Lesson 05)")
    expect(shown).to_be_visible()
    expect(table.get_by_text(reading)).to_be_hidden()
    shown.click()
    expect(table.get_by_text(reading)).to_be_visible()
    assert Record(home / "verdicts").answer("C19", "judge") == {"verdict": "does_not_hold"}


def test_the_keys_change_a_verdict(table: Locator, home: Path) -> None:
    row = table.get_by_role("group", name=content.claim("C04")["claim"])
    row.get_by_label("It holds", exact=True).check()
    row.get_by_label("It holds", exact=True).press("ArrowRight")
    begins = content.claim("C04")["reading"].partition(".")[0]
    condition = begins.removeprefix("The condition: that ")
    expect(table).to_contain_text(f"The course, too: it holds if {condition}. Why? (Lesson 04)")
    assert Record(home / "verdicts").answer("C04", "judge") == {"verdict": "holds_if"}


def test_each_claim_can_be_judged(lesson_of_verdicts: Lesson, table: Locator) -> None:
    lesson_of_verdicts.ready()
    if table.get_by_role("button", name="Show all").count():
        table.get_by_role("button", name="Show all").click()
    for claim in table.locator("fieldset").all():
        claim.get_by_role("radio").first.check()
    expect(table).to_contain_text("25 of 25 claims are judged")
