"""Lesson 05 in the page: budgets move, a split is typed by keyboard, counted, kept and compared."""

import re
from collections.abc import Callable

import nbformat
import pytest
from lab import ROOT, Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_explorers import each_control_is_followed
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit.record import Record

PATH = "notebooks/07_allocation.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CALLS = re.findall(r'tpm\.explore\("allocation[^)]*\)', "\n".join(SOURCES))
PLAN = 'tpm.plan("default")'


@pytest.fixture(scope="module")
def five(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


@pytest.mark.parametrize("call", CALLS)
def test_each_control_moves_the_picture_by_mouse_and_keyboard(five: Lesson, call: str) -> None:
    each_control_is_followed(five, call)


def test_a_split_is_typed_by_keyboard_and_the_best_shows_once_it_fits(
    five: Lesson, record: Record
) -> None:
    output, page = five.output(PLAN), five.page
    expect(output.get_by_role("row", name="Match refunds")).to_contain_text("12")
    output.get_by_label("Match refunds with payments: Done [%]").focus()
    for share in ("100", "100", "100", "100", "100", "100", "100", "100"):
        page.keyboard.type(share)
        page.keyboard.press("Tab")
    expect(output.get_by_role("img")).to_have_attribute("alt", re.compile("over budget: people"))
    page.keyboard.press("Enter")
    expect(output).to_contain_text("People: 288.0 of 80 engineer-weeks; lower a share")
    output.get_by_label("Match refunds with payments: Done [%]").focus()
    for share in ("50", "40", "80", "100", "90", "0", "0", "0"):
        page.keyboard.press("Control+A")
        page.keyboard.type(share)
        page.keyboard.press("Tab")
    expect(output).not_to_contain_text("of the best split")
    page.keyboard.press("Enter")
    expect(output).to_contain_text("of the best split")
    assert record.latest("plan-default", "plan")["answer"]["i01.share"] == 50


@pytest.mark.parametrize("typed, counted", [("400", "100"), ("-5", "0"), ("100", "100")])
def test_a_number_beyond_its_range_shows_what_is_counted_once_it_is_left(
    five: Lesson, typed: str, counted: str
) -> None:
    output, page = five.output(PLAN), five.page
    cell = output.get_by_label("Match refunds with payments: Done [%]")
    before = cell.input_value()
    for text, shown, pause in ((typed, counted, 1000), (typed, counted, 0), (before, before, 0)):
        cell.focus()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(text)
        page.wait_for_timeout(pause)  # the kernel has answered, or not yet
        page.keyboard.press("Tab")
        expect(cell).to_have_value(shown)


def test_all_is_there_again_after_the_cells_ran_again(five: Lesson) -> None:
    five.run()
    expect(five.output(PLAN)).to_contain_text("of the best split")
    expect(five.output(PLAN).locator("input[inputmode=decimal]").first).to_have_value("50")


def test_it_has_no_barrier_and_fits_a_narrow_window(five: Lesson) -> None:
    assert barriers(five) == []
    five.page.set_viewport_size({"width": 800, "height": 1000})
    assert five.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert five.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    five.page.set_viewport_size({"width": 1280, "height": 1000})
    assert five.problems == []
