"""Lesson 09 in the page: controls move, threats are marked, a budget is spent, all by keyboard."""

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

PATH = "notebooks/10_architecture.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CHOOSE = 'tpm.choose_controls("default")'
FLOWS = list(content.table("flows")["flow_id"])
THREATS = content.table("threats")
CALLS = re.findall(r'tpm\.explore\("architecture[^)]*\)', "\n".join(SOURCES))


@pytest.fixture(scope="module")
def nine(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


@pytest.mark.parametrize("call", CALLS)
def test_each_control_moves_the_picture_by_mouse_and_keyboard(nine: Lesson, call: str) -> None:
    each_control_is_followed(nine, call)


def test_it_has_no_barrier_and_fits_a_narrow_window(nine: Lesson) -> None:
    assert barriers(nine) == []
    nine.page.set_viewport_size({"width": 800, "height": 1000})
    assert nine.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert nine.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    nine.page.set_viewport_size({"width": 1280, "height": 1000})
    assert nine.problems == []


def test_controls_are_taken_by_keyboard_counted_and_compared(nine: Lesson, record: Record) -> None:
    output, page = nine.output(CHOOSE), nine.page
    output.get_by_label("Second factor at sign-in: Take it").focus()
    for take in ("yes", "no", "yes", "yes", "no", "no", "no", "no"):
        page.keyboard.press("y" if take == "yes" else "n")
        page.keyboard.press("Tab")
    expect(output).to_contain_text("Your set costs 12 of 10 thousand dollars, 2 too much")
    page.keyboard.press("Enter")
    expect(output).to_contain_text("Over the budget.")
    output.get_by_label("Second factor at sign-in: Take it").select_option("no")
    expect(output).to_contain_text("Your set costs 8 of 10 thousand dollars, 2 is left")
    expect(output).not_to_contain_text("The best of all sets that fit")
    output.get_by_role("button", name="Keep and compare").click()
    expect(output).to_contain_text("The best of all sets that fit")
    assert record.latest("controls-default", "controls")["answer"]["c03.take"] == "yes"


def test_threats_are_marked_by_keyboard_and_each_says_why(nine: Lesson, record: Record) -> None:
    output, page = nine.output("tpm.mark_threats()"), nine.page
    for at, name in enumerate(FLOWS):
        rows = THREATS[THREATS["flow_id"] == name]
        group = output.get_by_role("group").nth(at)
        for box, wanted in zip(group.get_by_role("checkbox").all(), rows["open"], strict=True):
            box.focus()
            if wanted:
                page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for reason in rows["reason"]:
            expect(group).to_contain_text(reason)
    expect(output).to_contain_text("7 of 7 arrows checked; 13 of their 13 open threats found")
    picture = output.get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("7, Support desk to API, marked R E"))
    kept = record.items("threats")
    assert len(kept) == len(FLOWS) and all(event["right"] for event in kept.values())
