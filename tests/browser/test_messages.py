"""Lesson 10 in the page: a message moves by every control, and one is translated by keyboard."""

import re
from collections.abc import Callable

import nbformat
import pytest
from lab import ROOT, Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_explorers import Pair, by_mouse
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit import questions
from tpmlib.kit.record import Record

PATH = "notebooks/09_messages.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CALLS = re.findall(r'tpm\.explore\("messages[^)]*\)', "\n".join(SOURCES))
LATE = 'tpm.reflect("messages-late")'


@pytest.fixture(scope="module")
def ten(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


@pytest.mark.parametrize("call", CALLS)
def test_each_control_moves_the_picture_by_mouse_and_keyboard(ten: Lesson, call: str) -> None:
    pair = Pair(ten, call)
    for name, field in pair.fields.items():
        pair.start()
        pair.control(name).focus()
        keys = {"select": "ArrowDown", "switch": "Space"}
        ten.page.keyboard.press(keys.get(field["kind"], "ArrowLeft"))
        pair.follows(name)
        if name != "preset":
            pair.start()
            by_mouse(pair, name)
            pair.follows(name)


def test_a_translation_is_written_by_keyboard_and_its_checklist_follows(
    ten: Lesson, record: Record
) -> None:
    output, page, item = ten.output(LATE), ten.page, questions.reflection("messages-late")
    expect(output).not_to_contain_text(item.model_answer[:40])
    output.get_by_role("textbox").focus()
    page.keyboard.type("The migration dropped an index. Shops get their money a day late.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output).to_contain_text(item.model_answer[:40])
    expect(output).to_contain_text("A search for words finds 1 of 6")
    assert record.latest("messages-late", "reflect")["answer"]["text"].startswith("The migration")


def test_a_translation_is_there_again_after_the_cells_ran_again(ten: Lesson) -> None:
    ten.run()
    expect(ten.output(LATE).get_by_role("textbox")).to_have_value(re.compile("^The migration"))


def test_it_has_no_barrier_and_fits_a_narrow_window(ten: Lesson) -> None:
    assert barriers(ten) == []
    ten.page.set_viewport_size({"width": 800, "height": 1000})
    assert ten.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert ten.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    ten.page.set_viewport_size({"width": 1280, "height": 1000})
    assert ten.problems == []
