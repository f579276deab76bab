"""Run All stays where the reader is, and a cell without its code shows that it runs."""

from collections.abc import Callable

import pytest
from lab import NOTEBOOK, Lesson
from playwright.sync_api import expect

RUN = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
ENTER = f"""() => [...{NOTEBOOK}.node.querySelectorAll(".jp-OutputArea-output summary")]
    .findLast((each) => each.checkVisibility()).focus()"""
ALL = f"() => void ({RUN})()"
PLACE = f'() => {NOTEBOOK}.node.querySelector(".jp-WindowedPanel-outer").scrollTop'
RESTED = f"() => {NOTEBOOK}.content.widgets.every(cell => cell.model.executionState !== 'running')"
# what is shown of the last cell, picture by picture
WATCH = f"""() => {{
    window.shown = [];
    new IntersectionObserver(all => shown.push(...all.map(each => each.isIntersecting)))
        .observe({NOTEBOOK}.content.widgets.at(-1).node);
}}"""


@pytest.fixture
def held(apart: Callable[..., Lesson], request: pytest.FixtureRequest) -> Lesson:
    return apart("02_responsibilities", f"run{request.node.name}")


def test_run_all_never_leaves_the_top_and_ends_at_the_header(held: Lesson) -> None:
    held.page.evaluate(WATCH)
    held.run()
    held.page.wait_for_function(RESTED)
    assert held.page.evaluate("shown") == [False] and held.page.evaluate(PLACE) == 0
    assert held.state[1] == 0  # the first cell with code, as the arrow keys go on from there


def test_a_page_whose_first_import_is_not_ours_stays_at_the_top_too(
    lesson: Callable[[str], Lesson],
) -> None:
    deeper = lesson("notebooks/deeper/02_responsibilities.ipynb")
    deeper.run().page.wait_for_function(RESTED)
    assert deeper.page.evaluate(PLACE) == 0


def test_whoever_turns_the_wheel_is_left_alone(held: Lesson) -> None:
    held.page.evaluate(ALL)
    held.panel.locator(".jp-WindowedPanel-outer").hover()
    held.page.mouse.wheel(0, 900)
    held.page.wait_for_function(f"({PLACE})() > 500")
    held.page.wait_for_function(RESTED)
    assert held.page.evaluate(PLACE) > 500


def test_whoever_enters_a_panel_keeps_the_focus_there(held: Lesson) -> None:
    held.page.evaluate(f"async () => {{ await ({RUN})(); ({ENTER})(); }}")
    held.page.wait_for_timeout(400)  # within the time that a notebook is held at its place
    held.page.keyboard.press("2")
    assert held.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_cell_alone_moves_the_notebook_as_ever(held: Lesson) -> None:
    held.run().page.wait_for_function(RESTED)
    held.page.keyboard.press("Shift")  # the reader is there
    held.page.evaluate(f"() => {{ {NOTEBOOK}.content.activeCellIndex = 10; }}")
    held.do("notebook:run-cell-and-select-next")
    assert held.state[1] == 11 and held.page.evaluate(PLACE) > 0


def test_a_cell_without_its_code_shows_that_it_runs(held: Lesson) -> None:
    running = held.panel.locator(".tpm-running .jp-InputPlaceholder")
    held.page.evaluate(ALL)
    expect(running.last).to_be_visible()
    held.page.wait_for_function(RESTED)
    expect(running).to_have_count(0)


def test_the_sentence_of_a_step_is_in_sight_once_it_is_reached(held: Lesson) -> None:
    held.run().page.set_viewport_size({"width": 1280, "height": 800})
    stage = held.output('tpm.stage("second_study")')
    stage.get_by_role("button", name="Show it all the same").click()
    stage.get_by_label("Nearly as wide, because").check()
    stage.get_by_label("hardly: a guess").check()
    stage.get_by_role("button", name="Commit").click()
    onward = stage.get_by_role("button", name="What stands?")
    onward.scroll_into_view_if_needed()
    onward.click()  # it stands below a long answer, and then the panel shrinks
    expect(stage.get_by_text("3 of 3.")).to_be_in_viewport()
