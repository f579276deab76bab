"""Lesson 05 in a browser: a week that is run, controls that answer at once, a team that stays."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_explorers import Pair, by_keyboard, by_mouse
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit.record import Record

LAST = "join_engineering_discussions_on_technology"
PATH = "notebooks/05_staffing.ipynb"
WEEK = 'tpm.stage("own_week")'
YEARS = 'tpm.explore("drift", "team")'


@pytest.fixture(scope="module")
def five(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 05, run; its widgets are shared by the tests."""
    return lesson(PATH).run()


def test_the_locked_hours_stay_from_the_week_to_the_year(five: Lesson) -> None:
    stage = five.output(WEEK)
    slider = stage.get_by_label("Hours you lock away")
    for hours in range(1, 9):
        slider.press("ArrowRight")
        expect(stage.locator("figcaption")).to_contain_text(f"Hours locked: {hours}.")
    stage.get_by_role("button", name="Run my week").click()
    expect(stage.locator("figcaption")).to_contain_text("Answered: 9.")
    stage.get_by_label("It makes next to no difference").check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.locator("figcaption")).to_contain_text("you 7.0")
    expect(slider).to_have_value("8")
    slider.press("End")
    expect(stage.locator("figcaption")).to_contain_text("you 2.3")


def test_a_map_begun_in_lesson_03_is_kept_with_one_press(
    apart: Callable[..., Lesson], home: Path
) -> None:
    given = {"does": "engineers", "answers": "em"}
    Record(home / "mapped").add("assign", LAST, given, lesson="x")
    output = apart("05_staffing", "mapped").run().output('tpm.assign("staffing")')
    boxes = output.get_by_role("combobox")
    expect(boxes.last).to_have_value("em")
    for place in range(boxes.count() - 2):
        boxes.nth(place).select_option(label="TPM")
    expect(output).not_to_contain_text("choices are still open")
    output.get_by_role("button", name="Keep my map").click()
    expect(output).to_contain_text("Kept. No answer here is wrong")
    expect(output).not_to_contain_text("Changed, not kept yet.")


def test_each_control_is_followed_by_mouse(five: Lesson) -> None:
    pair = Pair(five, YEARS)
    pair.start()
    moves = []
    for name in [name for name in pair.fields if name != "preset"]:
        by_mouse(pair, name)
        moves.append(pair.follows(name))
    assert any(moves)
    pair.start()


def test_each_control_is_followed_by_keyboard(five: Lesson) -> None:
    pair = Pair(five, YEARS)
    pair.start()
    pair.control("preset").focus()
    for name in [name for name in pair.fields if name != "preset"]:
        pair.page.keyboard.press("Tab")
        expect(pair.control(name)).to_be_focused()
        back = by_keyboard(pair, name)
        pair.follows(name)
        pair.page.keyboard.press(back)
        pair.follows(name)


def test_a_team_is_kept_and_the_recommendation_follows(five: Lesson) -> None:
    form, years = five.output('tpm.sheet("team")'), five.output(YEARS)
    form.get_by_label("Engineers", exact=True).fill("40")
    form.get_by_role("button", name="Keep my team").click()
    expect(form.get_by_role("status").last).to_contain_text("Kept.")
    expect(years.locator("figcaption")).to_contain_text("Of 40 engineers")
    form.get_by_label("Engineers", exact=True).fill("16")
    form.get_by_role("button", name="Keep my team").click()
    expect(years.locator("figcaption")).to_contain_text("Of 16 engineers")


def test_the_picture_of_one_s_own_team_marks_what_there_is_today(five: Lesson) -> None:
    form, years = five.output('tpm.sheet("team")'), five.output(YEARS)
    form.get_by_label("PMs today", exact=True).fill("2")
    form.get_by_label("TPMs today", exact=True).fill("0")
    form.get_by_role("button", name="Keep my team").click()
    expect(years.get_by_role("img")).to_have_attribute("alt", re.compile("^Today: 6.2 of 16"))


def test_the_lesson_runs_clean_and_fits_a_narrow_window(five: Lesson) -> None:
    expect(five.broken).to_have_count(0)
    five.page.set_viewport_size({"width": 800, "height": 1000})
    assert five.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert five.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    five.page.set_viewport_size({"width": 1280, "height": 1000})
    assert five.problems == []
