"""Lesson 09 in a browser: messages that are sent, a way that is clicked, one that is rewritten."""

import re
from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit import questions
from tpmlib.kit.record import Record

ENVELOPES = 'tpm.stage("envelopes")'
LATE = 'tpm.reflect("messages-late")'


@pytest.fixture(scope="module")
def nine(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 09, run; its panels are shared by the tests, in the order of the lesson."""
    return lesson("notebooks/09_messages.ipynb").run()


def test_a_way_is_clicked_on_the_picture_and_the_messages_arrive(
    nine: Lesson, record: Record
) -> None:
    stage = nine.output(ENVELOPES)
    stage.get_by_role("button", name="Send them off").click()
    expect(stage.locator("figcaption")).to_contain_text("the TPM 69")
    stage.locator('.tpm-spot[title="Through the TPM"]').click()
    expect(stage.get_by_label("The way through you, the TPM")).to_be_checked()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.locator("figcaption")).to_contain_text(
        "through the TPM 31 on the first hop and 35"
    )
    expect(stage).to_contain_text("The right answer is \u201cThe direct way\u201d.")
    assert record.latest("messages-way", "predict")["answer"]["answer"] == "tpm"


def test_the_answer_turns_once_people_speak_plainly(nine: Lesson) -> None:
    stage = nine.output(ENVELOPES)
    stage.get_by_role("button", name="What if they spoke plainly?").click()
    expect(stage.get_by_role("img")).to_have_attribute("alt", re.compile("well: by TPM 65"))


def test_a_message_is_written_by_keyboard_and_its_checklist_follows(
    nine: Lesson, record: Record
) -> None:
    output, page, item = nine.output(LATE), nine.page, questions.reflection("messages-late")
    expect(output).not_to_contain_text(item.model_answer[:40])
    output.get_by_role("textbox").focus()
    page.keyboard.type("The migration dropped an index. Shops get their money a day late.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output).to_contain_text(item.model_answer[:40])
    expect(output).to_contain_text("A search for words finds 1 of 6")
    assert record.latest("messages-late", "reflect")["answer"]["text"].startswith("The migration")


def test_a_message_is_there_again_after_the_cells_ran_again(nine: Lesson) -> None:
    nine.run()
    expect(nine.output(LATE).get_by_role("textbox")).to_have_value(re.compile("^The migration"))


def test_it_has_no_barrier_and_fits_a_narrow_window(nine: Lesson) -> None:
    assert barriers(nine) == []
    nine.page.set_viewport_size({"width": 800, "height": 1000})
    assert nine.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert nine.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    nine.page.set_viewport_size({"width": 1280, "height": 1000})
    assert nine.problems == []
