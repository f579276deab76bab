"""Lesson 06 in the page: bars are clicked, errors are moved, an objective is checked and kept."""

import re
from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit.record import Record

PATH = "notebooks/06_priorities.ipynb"
COMMENTS, SURE = 'tpm.stage("comments")', 'tpm.stage("sure")'
WHOLE = """() => [...document.querySelectorAll(".tpm-beside")].every((node) => {
    const [left, right] = [...node.children].map((child) => child.getBoundingClientRect());
    const box = node.querySelector(".tpm-scroll");
    return box.clientWidth && box.scrollWidth <= box.clientWidth && right.left >= left.right;
})"""
OBJECTIVE, OWN = 'tpm.reflect("priorities-objective")', 'tpm.sheet("own_priorities")'


@pytest.fixture(scope="module")
def six(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


def test_each_picture_is_whole_beside_its_controls_while_the_file_list_is_open(six: Lesson) -> None:
    six.page.wait_for_function(WHOLE)


def test_a_bar_is_clicked_and_the_count_changes_beneath_it(six: Lesson, record: Record) -> None:
    stage = six.output(COMMENTS)
    stage.get_by_role("button", name="Add up the money").click()
    stage.get_by_label("One customer who wrote often").check()
    stage.get_by_label("fairly (70%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.get_by_role("img")).to_have_attribute("alt", re.compile("wrote 40 of the 41"))
    stage.get_by_role("button", name="The next question").click()
    stage.locator('.tpm-spot[title="Raise the limits of the API"]').click()
    expect(stage.get_by_label("Raise the limits of the API")).to_be_checked()
    stage.get_by_label("hardly: a guess (30%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage).to_contain_text("It ends as the third.")
    assert record.latest("priorities-once", "predict")["answer"]["answer"] == "api_limits"
    stage.get_by_label("Count", exact=True).select_option(label="money, at each comment")
    expect(stage.locator("figcaption")).to_contain_text("Tally in a partner's colours 15,230")


def test_the_row_that_is_chosen_stays_marked_on_every_list(six: Lesson, record: Record) -> None:
    stage = six.output('tpm.stage("lists")')
    title = stage.get_by_role("img")
    before = title.get_attribute("src")
    stage.get_by_label("What you would build first").select_option(label="Roles for staff")
    expect(title).not_to_have_attribute("src", before or "")
    stage.get_by_role("button", name="See the five lists").click()
    expect(stage.locator("figcaption")).to_contain_text("Roles for staff, your choice")
    assert record.latest("lists", "own")["answer"]["mine"] == "i13"


def test_fewer_errors_keep_the_same_three(six: Lesson) -> None:
    stage = six.output(SURE)
    stage.get_by_label("About 10").check()
    stage.get_by_label("half and half (50%)").check()
    stage.get_by_role("button", name="Commit").click()
    expect(stage.get_by_role("button", name="Deal again")).to_be_visible()
    for name in ("Errors in the weeks", "Errors in the values"):
        stage.get_by_label(name).press("Home")
    expect(stage.locator("figcaption")).to_contain_text(re.compile("100%.*100%.*100%"))


def test_an_objective_is_checked_point_by_point_by_keyboard(six: Lesson, record: Record) -> None:
    output = six.output(OBJECTIVE)
    output.get_by_role("textbox").focus()
    six.page.keyboard.type("Launch the audit trail for all chains by March.")
    six.page.keyboard.press("Tab")
    six.page.keyboard.press("Enter")
    expect(output).to_contain_text("From which value to which?")
    expect(output).to_contain_text("That is a thing to do.")
    assert "Launch the audit trail" in str(
        record.latest("priorities-objective", "reflect")["answer"]
    )


def test_the_line_about_oneself_is_kept_by_its_three_ids(six: Lesson, record: Record) -> None:
    sheet = six.output(OWN)
    sheet.get_by_label("Now and then").check()
    sheet.get_by_label("Not yet").check()
    sheet.get_by_role("button", name="Keep my line").click()
    expect(sheet.get_by_role("status").last).to_contain_text("Kept.")
    kept = record.latest("own_priorities", "sheet")["answer"]
    assert (kept["like_it"], kept["could_do_it"]) == ("some", "not_yet")


def test_all_is_there_again_after_the_cells_ran_again(six: Lesson) -> None:
    six.run()
    expect(six.output(OBJECTIVE).get_by_role("textbox")).to_have_value(re.compile("^Launch the"))
    expect(six.output(OBJECTIVE)).to_contain_text("That is a thing to do.")


def test_it_has_no_barrier_and_fits_a_narrow_window(six: Lesson) -> None:
    assert barriers(six) == []
    six.page.set_viewport_size({"width": 800, "height": 1000})
    assert six.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert six.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    six.page.set_viewport_size({"width": 1280, "height": 1000})
    assert six.problems == []
