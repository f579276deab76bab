"""Lesson 04 in the page: five rankings move, an objective is checked point by point and kept."""

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

PATH = "notebooks/06_priorities.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CALLS = re.findall(r'tpm\.explore\("priorities"(?:, "\w+")?\)$', "\n".join(SOURCES), re.M)
OBJECTIVE = 'tpm.reflect("priorities-objective")'


@pytest.fixture(scope="module")
def four(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


@pytest.mark.parametrize("call", CALLS)
def test_each_control_moves_the_picture_by_mouse_and_keyboard(four: Lesson, call: str) -> None:
    each_control_is_followed(four, call)


def test_an_objective_is_checked_point_by_point_by_keyboard(four: Lesson, record: Record) -> None:
    output = four.output(OBJECTIVE)
    output.get_by_role("textbox").focus()
    four.page.keyboard.type("Launch the audit trail for all chains by March.")
    four.page.keyboard.press("Tab")
    four.page.keyboard.press("Enter")
    expect(output).to_contain_text("From which value to which?")
    expect(output).to_contain_text("That is a thing to do.")
    assert "Launch the audit trail" in str(
        record.latest("priorities-objective", "reflect")["answer"]
    )


def test_all_is_there_again_after_the_cells_ran_again(four: Lesson) -> None:
    four.run()
    expect(four.output(OBJECTIVE).get_by_role("textbox")).to_have_value(re.compile("^Launch the"))
    expect(four.output(OBJECTIVE)).to_contain_text("That is a thing to do.")


def test_it_has_no_barrier_and_fits_a_narrow_window(four: Lesson) -> None:
    assert barriers(four) == []
    four.page.set_viewport_size({"width": 800, "height": 1000})
    assert four.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert four.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    four.page.set_viewport_size({"width": 1280, "height": 1000})
    assert four.problems == []
