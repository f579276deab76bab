"""Lesson 06 in a browser: each control of each explorer, by mouse and by keyboard; no clipping."""

import re
from collections.abc import Callable

import nbformat
import pytest
from lab import ROOT, Lesson
from playwright.sync_api import expect
from test_explorers import Pair, by_keyboard, by_mouse
from test_lessons import CLIPPED, WIDTHS

PATH = "notebooks/04_org_size.ipynb"
SOURCES = [cell.source for cell in nbformat.read(ROOT / PATH, 4).cells]
CALLS = re.findall(r'tpm\.explore\("org_[^)]*\)', "\n".join(SOURCES))


@pytest.fixture(scope="module")
def six(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 06, run; its widgets are shared by the tests."""
    return lesson(PATH).run()


@pytest.fixture(params=CALLS)
def pair(six: Lesson, request: pytest.FixtureRequest) -> Pair:
    pair = Pair(six, request.param)
    pair.start()
    return pair


def test_each_control_is_followed_by_mouse(pair: Pair) -> None:
    moves = []
    for name in [name for name in pair.fields if name != "preset"]:
        by_mouse(pair, name)
        moves.append(pair.follows(name))
    assert any(moves)  # the complexity may be clicked where it was


def test_each_control_is_followed_by_keyboard(pair: Pair) -> None:
    pair.control("preset").focus()
    for name in [name for name in pair.fields if name != "preset"]:
        pair.page.keyboard.press("Tab")
        expect(pair.control(name)).to_be_focused()
        back = by_keyboard(pair, name)
        pair.follows(name)
        pair.page.keyboard.press(back)
        pair.follows(name)


def test_the_lesson_runs_clean_and_fits_a_narrow_window(six: Lesson) -> None:
    expect(six.broken).to_have_count(0)
    six.page.set_viewport_size({"width": 800, "height": 1000})
    assert six.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert six.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    six.page.set_viewport_size({"width": 1280, "height": 1000})
    assert six.problems == []
