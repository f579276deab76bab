"""Lesson 08 in the page: a day is promised, a hundred releases fall, five ranges and a story."""

import re
from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit import content
from tpmlib.kit.record import Record

ROUND, STORY = 'tpm.calibrate("first")', 'tpm.reflect("estimates-fails-text")'


@pytest.fixture(scope="module")
def eight(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson("notebooks/08_estimates.ipynb").run()


def test_a_promise_holds_while_releases_are_played_and_the_hundred_fall(
    eight: Lesson, record: Record
) -> None:
    stage, page = eight.output('tpm.stage("release")'), eight.page
    title = stage.get_by_role("img")
    for _ in range(11):
        stage.get_by_role("slider").press("ArrowRight")
    expect(title).to_have_attribute("alt", re.compile("you promise day 45"))
    stage.get_by_role("button", name="Play one release").click()
    expect(title).to_have_attribute("alt", re.compile("^This one is done on day"))
    before = title.get_attribute("src")
    stage.get_by_role("button", name="Play another").click()
    expect(title).not_to_have_attribute("src", before or "")
    number = stage.locator("input[inputmode=decimal]")
    number.press_sequentially("50")
    number.press("Tab")
    page.keyboard.press("Space")
    stage.get_by_role("button", name="Commit").click()
    expect(title).to_have_attribute("alt", re.compile("1 done by the plan's day 34, 80 by your"))
    expect(stage).to_contain_text("You predicted 50 of 100")
    kept = record.latest("estimates-plan", "predict")
    assert kept and kept["answer"]["answer"] == 50 and kept["right"] is False


def test_the_ball_is_clicked_to_its_day_and_the_price_turns_it(eight: Lesson) -> None:
    stage = eight.output('tpm.stage("clear_words")')
    stage.locator('.tpm-spot[title="about day 49"]').click()
    expect(stage.get_by_label("About day 49")).to_be_checked()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage).to_contain_text(
        "The right answer is \u201cAbout day 42, two or three days earlier\u201d."
    )
    stage.get_by_label("Days of writing for a task").press("End")
    later = re.compile(r"The writing costs \d\.\d days: .* by day 48\.\d, without it by 45\.0")
    expect(stage.get_by_role("img")).to_have_attribute("alt", later)


def test_five_intervals_are_typed_by_keyboard_and_then_the_figures_show(
    eight: Lesson, record: Record
) -> None:
    output, page = eight.output(ROUND), eight.page
    questions = content.calibration_round("first")["questions"]
    output.get_by_label(f"{questions[0]['text']}: Low", exact=True).focus()
    for at in range(len(questions)):
        for number in ("1", "" if at == 4 else "900"):
            page.keyboard.type(number)
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output).to_contain_text("Question 5 has no high number yet.")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("900")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(output.get_by_role("img")).to_have_attribute(
        "alt", "5 of your 5 held; at 80% you want 4"
    )
    expect(output.get_by_role("table").last).to_contain_text("F51")
    kept = record.latest("calibration-first", "calibrate")
    assert kept and kept["answer"]["F15.low"] == 1


def test_a_story_is_checked_point_by_point(eight: Lesson) -> None:
    output = eight.output(STORY)
    output.get_by_role("textbox").fill("Given a bank, when it refuses, the owner is told quickly.")
    output.get_by_role("button", name="Keep my text").click()
    expect(output).to_contain_text("A search for words finds 2 of 6")
    expect(output).to_contain_text("Seen: \u201cGiven\u201d.")
    expect(output).to_contain_text("Add then: what can be seen afterwards?")
    expect(output).to_contain_text("Put what you would measure in its place.")


def test_one_line_about_oneself_is_kept(eight: Lesson, record: Record) -> None:
    output = eight.output('tpm.sheet("own_estimates")')
    output.get_by_label("Now and then").check()
    output.get_by_label("Not yet").check()
    output.get_by_role("button", name="Keep my line").click()
    expect(output).to_contain_text("It stands in “Should I become one?”")
    kept = record.latest("own_estimates", "sheet")
    assert kept and kept["answer"]["could_do_it"] == "not_yet"


def test_all_is_there_again_after_the_cells_ran_again(eight: Lesson) -> None:
    eight.run()
    expect(eight.output('tpm.stage("clear_words")')).to_contain_text("2 of 2.")
    expect(eight.output(ROUND).locator("input[inputmode=decimal]").first).to_have_value("1")
    expect(eight.output(STORY)).to_contain_text("2 of 6")


def test_it_has_no_barrier_and_fits_a_narrow_window(eight: Lesson) -> None:
    assert barriers(eight) == []
    eight.page.set_viewport_size({"width": 800, "height": 1000})
    assert eight.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert eight.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    eight.page.set_viewport_size({"width": 1280, "height": 1000})
    assert eight.problems == []
