"""A comma is a decimal comma in every field, and what may mean two numbers is refused aloud."""

from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import Browser, Page, expect

from tpmlib.kit import content
from tpmlib.kit.panels.base import script
from tpmlib.kit.record import Record
from tpmlib.kit.words import group

SCRIPT = script("answering.js", "numbers.js")
NUMBERS = {
    **{"25": 25, " 25 ": 25, "-3": -3, "\u22123": -3, "+4": 4, "0": 0, "1e3": None},
    **{"2,5": 2.5, "2.5": 2.5, ",5": 0.5, ".5": 0.5, "2,": 2, "0,125": 0.125, "0.125": 0.125},
    **{"1 200": 1200, "1\u202f200,5": 1200.5, "1'200": 1200, "1200,500": 1200.5},
    **{"1.200,5": 1200.5, "1,200.5": 1200.5, "1.200.300": 1200300, "1,200,300.25": 1200300.25},
    **{"": None, "abc": None, "1.2.3": None, "12 5": None, "2,5%": None, "1,200.300,5": None},
}
TWO = {"1.200": "1200 or 1.2", "1,200": "1200 or 1.2", "12.345": "12345 or 12.3450"}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


def parsed(page: Page, text: str) -> dict[str, object]:
    said: dict[str, object] = page.evaluate(
        f"([text, words]) => {{ {SCRIPT}; return parseNumber(text, words); }}",
        [text, group("script")],
    )
    return said


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_what_its_writer_means(page: Page, text: str) -> None:
    result = parsed(page, text)
    assert result["number"] == NUMBERS[text]
    assert bool(result["problem"]) is (NUMBERS[text] is None and text != "")


@pytest.mark.parametrize("text", TWO)
def test_what_may_mean_two_numbers_is_refused_and_each_that_is_offered_is_clear(
    page: Page, text: str
) -> None:
    result = parsed(page, text)
    assert result["number"] is None and TWO[text] in str(result["problem"])
    assert all(parsed(page, offer)["number"] is not None for offer in TWO[text].split(" or "))


def test_a_comma_typed_in_a_field_is_kept_and_shown_as_it_was_understood(
    lesson: Callable[[str], Lesson], record: Record
) -> None:
    seven = lesson("notebooks/05_staffing.ipynb").run()
    team = seven.output('tpm.sheet("team")')
    field = team.get_by_label("Complexity")
    field.fill("1.200")
    field.press("Tab")
    expect(field).to_have_value("1.200")
    expect(team).to_contain_text("may mean 1200 or 1.2: write the one that you mean")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("")
    field.press_sequentially("1,2")
    field.press("Tab")
    expect(field).to_have_value("1.2")
    expect(team).not_to_contain_text("may mean")
    team.get_by_role("button", name="Keep my team").click()
    expect(team).to_contain_text("Kept.")
    assert record.latest("team", "sheet")["answer"]["complexity"] == 1.2


def test_every_cell_of_a_grid_takes_a_comma(lesson: Callable[[str], Lesson]) -> None:
    eight = lesson("notebooks/08_estimates.ipynb").run()
    output = eight.output('tpm.calibrate("first")')
    asked = content.calibration_round("first")["questions"][0]["text"]
    cell = output.get_by_label(f"{asked}: Low", exact=True)
    cell.press_sequentially("2,5")
    cell.press("Tab")
    expect(cell).to_have_value("2.5")
    assert eight.outputs.locator("input[type=number]").count() == 0
