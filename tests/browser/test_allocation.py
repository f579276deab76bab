"""Lesson 07 in the page: a split by keyboard, compared once it is given, and there again."""

import re
from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit.record import Record

SPLIT, PRICES = 'tpm.stage("split")', 'tpm.stage("prices")'
REFUNDS = "Match refunds"


@pytest.fixture(scope="module")
def seven(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson("notebooks/07_allocation.ipynb").run()


def test_a_split_is_entered_by_keyboard_and_the_others_show_once_it_is_given(
    seven: Lesson, record: Record
) -> None:
    stage, page = seven.output(SPLIT), seven.page
    expect(stage.locator("figcaption")).to_contain_text("Yours: 32.0 thousand dollars")
    stage.get_by_label(REFUNDS).focus()
    for key in ("End", "Tab", "End", "Tab", "End", "Tab", "End", "Tab", "End"):
        page.keyboard.press(key)
    expect(stage.get_by_role("img")).to_have_attribute("alt", re.compile("is short of weeks"))
    for key in ("Home", "Shift+Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        page.keyboard.press(key)
    expect(stage.locator("figcaption")).to_contain_text("Yours: 39.0 thousand dollars")
    expect(stage).not_to_contain_text("nearest")
    stage.get_by_role("button", name="This is my split").click()
    stage.get_by_label("The founder's").check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.locator("figcaption")).to_contain_text("comes nearest")
    kept = record.latest("split", "own")
    assert kept and kept["answer"]["i01"] == 100 and kept["answer"]["i06"] == 0


def test_an_offer_is_judged_and_prices_follow_the_weeks(seven: Lesson) -> None:
    stage = seven.output(PRICES)
    expect(stage.locator("figcaption")).to_contain_text("thousand dollars, nothing")
    stage.get_by_label("About a third more").check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.locator("figcaption")).not_to_contain_text("One more is worth")
    expect(stage).to_contain_text("You predicted “About a third more”")
    stage.get_by_role("button", name="The next question").click()
    stage.get_by_label("Far less").check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.locator("figcaption")).to_contain_text("thousand dollars, 137 dollars every week")
    stage.get_by_label("Engineer-weeks").fill("80")
    expect(stage.locator("figcaption")).to_contain_text("thousand dollars, nothing")


def test_the_split_is_there_again_after_the_cells_ran_again(seven: Lesson) -> None:
    seven.run()
    stage = seven.output(SPLIT)
    for _ in range(2):
        stage.get_by_role("button", name="Back").click()
    expect(stage.get_by_label(REFUNDS)).to_have_value("100")


def test_it_has_no_barrier_and_fits_a_narrow_window(seven: Lesson) -> None:
    assert barriers(seven) == []
    seven.page.set_viewport_size({"width": 800, "height": 1000})
    assert seven.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert seven.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    seven.page.set_viewport_size({"width": 1280, "height": 1000})
    assert seven.problems == []
