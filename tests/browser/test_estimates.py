"""Lesson 08 in the page: a release moves, ten intervals and a story by keyboard, all kept."""

import re
from collections.abc import Callable

import nbformat
import pytest
from lab import ROOT, Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_explorers import each_control_is_followed
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit import content
from tpmlib.kit.record import Record

PATH = "notebooks/08_estimates.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CALLS = re.findall(r'tpm\.explore\("estimates[^)]*\)', "\n".join(SOURCES))
ROUND = 'tpm.calibrate("first")'


@pytest.fixture(scope="module")
def eight(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


@pytest.mark.parametrize("call", CALLS)
def test_each_control_moves_the_picture_by_mouse_and_keyboard(eight: Lesson, call: str) -> None:
    each_control_is_followed(eight, call)


def test_ten_intervals_are_typed_by_keyboard_and_then_the_figures_show(
    eight: Lesson, record: Record
) -> None:
    output, page = eight.output(ROUND), eight.page
    questions = content.calibration_round("first")["questions"]
    output.get_by_label(f"{questions[0]['text']}: Low", exact=True).focus()
    for at in range(len(questions)):
        for number in ("10", "" if at == 9 else "200000"):
            page.keyboard.type(number)
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output).to_contain_text("Question 10 has no high number yet.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("200000")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output).to_contain_text("10 of 10 intervals hold the figure")
    expect(output.get_by_role("img")).to_have_attribute("alt", re.compile("80% should"))
    expect(output.get_by_role("table").last).to_contain_text("F41")
    assert record.latest("calibration-first", "calibrate")["answer"]["F21.low"] == 10


def test_a_story_is_checked_point_by_point(eight: Lesson) -> None:
    output = eight.output('tpm.reflect("estimates-fast")')
    output.get_by_role("textbox").fill("Given a shop, when the list opens, it is there quickly.")
    output.get_by_role("button", name="Keep my text").click()
    expect(output).to_contain_text("A search for words finds 2 of 6")
    expect(output).to_contain_text("Seen: \u201cGiven\u201d.")
    expect(output).to_contain_text("Add then: what can be seen afterwards?")
    expect(output).to_contain_text("Put what you would measure in its place.")


def test_all_is_there_again_after_the_cells_ran_again(eight: Lesson) -> None:
    eight.run()
    expect(eight.output(ROUND)).to_contain_text("10 of 10 intervals hold the figure")
    expect(eight.output(ROUND).locator("input[inputmode=decimal]").first).to_have_value("10")
    expect(eight.output('tpm.reflect("estimates-fast")')).to_contain_text("2 of 6")


def test_it_has_no_barrier_and_fits_a_narrow_window(eight: Lesson) -> None:
    assert barriers(eight) == []
    eight.page.set_viewport_size({"width": 800, "height": 1000})
    assert eight.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert eight.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    eight.page.set_viewport_size({"width": 1280, "height": 1000})
    assert eight.problems == []
