"""Lesson 03 in the page: a grid by keyboard, kept; deeper: two explorers, and a week, kept."""

from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_explorers import Pair, by_mouse
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit import content
from tpmlib.kit.record import Record

DEEPER = ['tpm.explore("overlap")', 'tpm.explore("containment")']


@pytest.fixture(scope="module")
def three(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson("notebooks/03_who_does_what.ipynb").run()


@pytest.fixture(scope="module")
def deeper(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson("notebooks/deeper/03_overlap.ipynb").run()


@pytest.mark.parametrize("call", DEEPER)
def test_each_control_moves_the_picture_by_keyboard_and_mouse(deeper: Lesson, call: str) -> None:
    pair, before = Pair(deeper, call), deeper.state
    pair.start()
    for name, field in pair.fields.items():
        pair.control(name).focus()
        deeper.page.keyboard.press("ArrowDown" if field["kind"] == "select" else "ArrowRight")
        assert pair.follows(name), name
        pair.start()
        if name != "preset":
            by_mouse(pair, name)
            pair.follows(name)
            pair.start()
    assert deeper.state[0] == before[0]


def test_a_grid_is_filled_by_keyboard_checked_and_compared(three: Lesson, record: Record) -> None:
    output, grid = three.output("tpm.sheet("), content.sheet("release")["fields"][0]
    task, roles = grid["rows"][1]["label"], [column["label"] for column in grid["columns"]]
    example = {f"estimate.{column}": choice for column, choice in grid["rows"][0]["worked"].items()}
    checked = output.get_by_role("status").first
    output.get_by_label(f"{task}: {roles[0]}").focus()
    three.page.keyboard.press("ArrowDown")  # R
    three.page.keyboard.press("ArrowDown")  # A
    expect(checked).to_contain_text(f"{task}: no R, at least one does it.")
    three.page.keyboard.press("ArrowDown")  # AR
    expect(checked).to_contain_text("2 of 7 rows have one A and at least one R.")
    for _ in range(6 * len(roles)):
        three.page.keyboard.press("Tab")
    three.page.keyboard.press("Enter")
    expect(output.get_by_role("table").last).to_contain_text("; A as yours.")
    assert record.latest("release", "sheet")["answer"] == {"who": example | {"plan.pm": "AR"}}


def test_a_week_is_kept(deeper: Lesson, record: Record) -> None:
    week = deeper.output("tpm.profile()")
    week.get_by_label("Strategy", exact=True).press("End")
    week.get_by_role("button", name="Keep my week").click()
    expect(week).to_contain_text("Kept.")
    assert record.latest("own-week", "profile")["answer"]["strategy"] == 40


def test_all_is_there_again_after_the_cells_ran_again(three: Lesson) -> None:
    three.run()
    grid = content.sheet("release")["fields"][0]
    own = f"{grid['rows'][1]['label']}: {grid['columns'][0]['label']}"
    expect(three.output("tpm.sheet(").get_by_label(own)).to_have_value("AR")
    expect(three.output("tpm.sheet(").get_by_role("table").last).to_contain_text("A as yours")


def test_it_has_no_barrier_and_fits_a_narrow_window(three: Lesson) -> None:
    assert barriers(three) == []
    three.page.set_viewport_size({"width": 800, "height": 1000})
    assert three.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert three.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    three.page.set_viewport_size({"width": 1280, "height": 1000})
