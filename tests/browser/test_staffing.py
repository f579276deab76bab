"""Lesson 07 in a browser: controls that answer at once and in full at rest, a team that stays."""

from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_explorers import Pair, by_keyboard, by_mouse
from test_lessons import CLIPPED, WIDTHS

PATH = "notebooks/05_staffing.ipynb"
YEAR = 'tpm.explore("drift", "same_division")'
MAP = 'tpm.explore("staffing_map")'
TORNADO = 'tpm.explore("staffing_sensitivity", "team")'


@pytest.fixture(scope="module")
def seven(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 07, run; its widgets are shared by the tests."""
    return lesson(PATH).run()


@pytest.mark.parametrize("call", [YEAR, MAP, TORNADO])
def test_each_control_is_followed_by_mouse(seven: Lesson, call: str) -> None:
    pair = Pair(seven, call)
    pair.start()
    moves = []
    for name in [name for name in pair.fields if name != "preset"]:
        by_mouse(pair, name)
        moves.append(pair.follows(name))
    assert any(moves)
    pair.start()


def test_each_control_is_followed_by_keyboard(seven: Lesson) -> None:
    pair = Pair(seven, YEAR)
    pair.start()
    pair.control("preset").focus()
    for name in [name for name in pair.fields if name != "preset"]:
        pair.page.keyboard.press("Tab")
        expect(pair.control(name)).to_be_focused()
        back = by_keyboard(pair, name)
        pair.follows(name)
        pair.page.keyboard.press(back)
        pair.follows(name)


def test_a_moving_control_answers_with_fewer_years_and_a_resting_one_with_all(
    seven: Lesson,
) -> None:
    output = seven.output(YEAR)
    said: list[str] = output.locator("figcaption").evaluate(
        """async (node) => {
            const said = [];
            const watch = new MutationObserver(() => said.push(node.innerText));
            watch.observe(node, { childList: true, characterData: true, subtree: true });
            const slider = node.closest(".jp-OutputArea").querySelector("input[type=range]");
            slider.value = 40;
            slider.dispatchEvent(new Event("input"));
            for (let wait = 0; wait < 600 && !/2,000/.test(said.at(-1)); wait++) {
                await new Promise((done) => setTimeout(done, 100));
            }
            return said;
        }"""
    )
    assert "200 simulated years" in said[0] and "2,000 simulated years" in said[-1]
    output.get_by_role("button", name="Back to the start").click()


def test_a_team_is_kept_and_the_recommendation_follows(seven: Lesson) -> None:
    form, tornado = seven.output('tpm.sheet("team")'), seven.output(TORNADO)
    form.get_by_label("Engineers").fill("40")
    form.get_by_role("button", name="Keep my team").click()
    expect(form.get_by_role("status").last).to_contain_text("Kept.")
    expect(tornado.locator("figcaption")).to_contain_text("For 40 engineers")
    form.get_by_label("Engineers").fill("16")
    form.get_by_role("button", name="Keep my team").click()
    expect(tornado.locator("figcaption")).to_contain_text("For 16 engineers")


def test_the_lesson_runs_clean_and_fits_a_narrow_window(seven: Lesson) -> None:
    expect(seven.broken).to_have_count(0)
    seven.page.set_viewport_size({"width": 800, "height": 1000})
    assert seven.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert seven.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    seven.page.set_viewport_size({"width": 1280, "height": 1000})
    assert seven.problems == []
