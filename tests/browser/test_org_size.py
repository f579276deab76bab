"""Lesson 04 in a browser: weeks that fill under the hand, a range that is clicked, no clipping."""

from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit.record import Record


@pytest.fixture(scope="module")
def four(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 04, run; its stages are shared by the tests, in the order of the lesson."""
    return lesson("notebooks/04_org_size.ipynb").run()


def answer(stage: Locator, option: str) -> None:
    stage.get_by_label(option).check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()


def test_a_guess_by_keyboard_fills_the_weeks(four: Lesson) -> None:
    stage = four.output('tpm.stage("growth")')
    expect(stage.locator("figcaption")).to_contain_text("The technical part takes 2 hours.")
    for _ in range(5):
        stage.get_by_role("slider").first.press("ArrowRight")
    expect(stage.locator("figcaption")).to_contain_text("The technical part takes 8 hours.")


def test_people_come_by_mouse_once_the_size_is_predicted(four: Lesson, record: Record) -> None:
    stage = four.output('tpm.stage("growth")')
    stage.get_by_role("button", name="See our guess").click()
    answer(stage, "At about 30")
    expect(stage.locator("figcaption")).to_contain_text("23 engineers")
    slider = stage.get_by_role("slider").first
    box = slider.bounding_box()
    assert box
    slider.click(position={"x": 1, "y": box["height"] / 2})
    expect(stage.locator("figcaption")).to_contain_text("too little for one job")
    assert record.latest("org_size-first", "predict")


def test_a_guess_is_clicked_on_the_picture_that_the_stage_before_opened(four: Lesson) -> None:
    stage = four.output('tpm.stage("spread")')
    stage.locator('.tpm-spot[title="Complexity of the product"]').click()
    expect(stage.get_by_label("Complexity of the product")).to_be_checked()
    answer(stage, "Hours for each engineer")
    expect(stage).to_contain_text("The right answer is \u201cComplexity of the product\u201d.")
    following = stage.get_by_role("button", name="The next question")
    following.evaluate("(button) => button.scrollIntoView({ block: 'start' })")
    following.click()
    expect(stage.locator("p > b").last).to_be_in_viewport(ratio=1)  # the question


def test_the_lesson_runs_clean_and_fits_a_narrow_window(four: Lesson) -> None:
    expect(four.broken).to_have_count(0)
    four.page.set_viewport_size({"width": 800, "height": 1000})
    assert four.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert four.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    four.page.set_viewport_size({"width": 1280, "height": 1000})
    assert four.problems == []
