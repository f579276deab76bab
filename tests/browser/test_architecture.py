"""Lesson 09 in the page: controls move, threats are sorted, a budget is spent, all by keyboard."""

import re
from collections.abc import Callable

import nbformat
import pytest
from lab import ROOT, Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_explorers import each_control_is_followed
from test_lessons import CLIPPED, WIDTHS

from tpmlib import content
from tpmlib.record import Record

PATH = "notebooks/09_architecture.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CHOOSE = 'tpm.choose_controls("default")'
THREATS = content.deck("threats")
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
    expect(output).not_to_contain_text("The best of all 256 sets")
    output.get_by_role("button", name="Keep and compare").click()
    expect(output).to_contain_text("The best of all 256 sets")
    assert record.latest("controls-default", "controls")["answer"]["c03.take"] == "yes"


def test_threats_are_sorted_by_keyboard_and_each_says_why(nine: Lesson, record: Record) -> None:
    board, page = nine.output('tpm.sort_cards("threats")'), nine.page
    piles = [pile["id"] for pile in THREATS["piles"]]
    for card in THREATS["cards"]:
        home = card["pile"] if isinstance(card["pile"], str) else card["pile"][0]
        board.get_by_role("button", name=f"{card['text']}, in ").focus()
        page.keyboard.press(str(1 + piles.index(home)))
    board.get_by_role("button", name="Check my piles").click()
    for card in THREATS["cards"]:
        expect(board).to_contain_text(card["why"])
    kept = record.latest("threats", "cards")
    assert kept["right"] and len(kept["answer"]) == len(THREATS["cards"])
