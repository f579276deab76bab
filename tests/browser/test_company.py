"""The company game in the page: a year by keyboard, resumed, compared; nothing typed is lost."""

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect
from test_access import barriers
from test_keeping import RESTART
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit.record import Record

SLOWLY = """
import time
from tpmlib.lessons.company import compare_company
at_once = compare_company.by_chance
compare_company.by_chance = lambda game: (time.sleep(0.02) or one for one in at_once(game))
"""
GAME, BESIDE = "tpm.company()", "tpm.compare_company()"
AT_ONCE = """([who, share, typed]) => {
    who.value = '"tpm"'; who.dispatchEvent(new Event("change"));
    share.value = typed; share.dispatchEvent(new Event("input"));
}"""
ONWARD = """([confirm, control, value, event]) => {
    confirm.click();
    control.value = value; control.dispatchEvent(new Event(event));
}"""
SHARES = (
    ("Raise the limits of the API", "40"),
    ("Sign in through the company", "30"),
    ("Keep an audit trail", "20"),
)


@pytest.fixture(scope="module")
def play(course: Path, home: Path, lesson: Callable[[str], Lesson]) -> Lesson:
    """A notebook that holds the game and the comparison, and a record of its own."""
    own = f'import os; os.environ["TPM_RECORD"] = {str(home / "company")!r}'
    cells = [nbformat.v4.new_code_cell(one) for one in (own, "import tpmlib as tpm", GAME, BESIDE)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    (course / "company").mkdir(exist_ok=True)
    nbformat.write(notebook, course / "company/game.ipynb")
    return lesson("company/game.ipynb").run()


@pytest.fixture
def game(play: Lesson) -> Locator:
    return play.output(GAME)


def fill(game: Locator, shares: tuple[tuple[str, str], ...] = SHARES) -> None:
    for name, share in shares:
        game.get_by_label(f"{name}: Share [%]").fill(share)


def confirming(game: Locator, quarter: int) -> Locator:
    """The button that confirms this quarter, once the page shows the quarter."""
    button = game.get_by_role("button", name=f"Confirm quarter {quarter}")
    expect(button).to_be_visible()
    expect(button).not_to_have_attribute("aria-disabled", "true")  # a press before is none
    return button


def test_what_is_typed_while_the_kernel_answers_is_not_lost(play: Lesson, game: Locator) -> None:
    """The kernel's answer to the choice comes between the first keys and their sending."""
    who = game.get_by_label("Who is there").element_handle()
    share = game.get_by_label(f"{SHARES[0][0]}: Share [%]").element_handle()
    play.page.evaluate(AT_ONCE, [who, share, SHARES[0][1]])
    play.page.wait_for_timeout(200)
    fill(game, SHARES[1:2])
    play.page.wait_for_timeout(600)
    fill(game, SHARES[2:])
    game.get_by_role("button", name="Try it out").click()
    expect(game).to_contain_text("takes 56.0 of 74.4 engineer-weeks")


def test_a_quarter_is_undone_and_confirmed_by_keyboard(
    play: Lesson, game: Locator, home: Path
) -> None:
    page = play.page
    game.get_by_role("button", name="Undo my entries").click()
    expect(game.get_by_label("Keep an audit trail: Share [%]")).to_have_value("")
    game.get_by_label("Who is there").focus()
    page.keyboard.press("ArrowDown")
    expect(game.get_by_label("Who is there")).to_have_value('"tpm"')
    fill(game)
    game.get_by_label("Week you promise").focus()
    page.keyboard.press("ArrowLeft")
    game.get_by_role("button", name="Confirm quarter 1").focus()
    page.keyboard.press("Enter")
    expect(game).to_contain_text("Quarter 1: what happened, and why")
    expect(game).to_contain_text("week 12 was promised")
    expect(game.get_by_role("button", name="Confirm quarter 2")).to_be_focused()
    (kept,) = Record(home / "company").history("company-tally")
    assert kept["answer"]["decision"]["shares"] == [40, 30, 20]


def test_it_goes_on_with_a_new_kernel_to_the_end_of_the_year(play: Lesson, game: Locator) -> None:
    play.page.evaluate(RESTART)
    play.page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(play.outputs).to_have_count(0)
    play.ready().run()
    for number in (2, 3, 4):
        confirm = confirming(game, number)
        fill(game, (("Match refunds with payments", "50"), ("Make the dashboard fast", "30")))
        confirm.click()
        expect(game).to_contain_text(f"Quarter {number}: what happened, and why")
    expect(game).to_contain_text("4 quarters are over.")
    picture = play.output(BESIDE).get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("^You end "))


@pytest.mark.parametrize(
    "quarter, label, entered, event",
    [(1, "Keep an audit trail: Share [%]", "90", "input"), (2, "Who is there", '"tpm"', "change")],
)
def test_what_is_entered_after_a_quarter_is_confirmed_stays_out_of_the_next(
    play: Lesson, game: Locator, quarter: int, label: str, entered: str, event: str
) -> None:
    if quarter == 1:
        game.get_by_role("button", name="New game").click()
    control, confirm = game.get_by_label(label), confirming(game, quarter)
    before = control.input_value()
    handles = [confirm.element_handle(), control.element_handle()]
    play.ready()  # else the press waits in the page, and what follows goes with it
    play.page.evaluate(ONWARD, [*handles, entered, event])
    confirming(game, quarter + 1)
    game.get_by_role("button", name="Try it out").click()
    expect(game).to_contain_text("If nothing happens")
    expect(control).to_have_value(before)


def test_random_policies_are_played_and_can_be_stopped(play: Lesson) -> None:
    beside = play.output(BESIDE)
    bar = beside.get_by_role("progressbar", name="Random policies played")
    play.in_kernel(SLOWLY)  # else they are played before a busy browser has pressed Stop
    beside.get_by_role("button", name="Play 500").click()
    expect(bar).not_to_have_js_property("value", 0)
    beside.get_by_role("button", name="Stop").click()
    expect(beside.locator("button[aria-disabled=true]")).to_have_count(0)  # Python has heard it
    play.in_kernel("compare_company.by_chance = at_once")
    stopped = bar.evaluate("node => node.value")
    play.page.wait_for_timeout(1000)  # three steps, were it still playing
    assert bar.evaluate("node => node.value") == stopped < 500
    expect(beside).not_to_contain_text("500 at random")
    beside.get_by_role("button", name="Play 500").click()
    expect(beside).to_contain_text("500 at random, middle")
    expect(bar).to_have_js_property("value", 500)


def test_it_has_no_barrier_and_fits_a_narrow_window(play: Lesson) -> None:
    assert barriers(play) == []
    play.page.set_viewport_size({"width": 800, "height": 1000})
    assert play.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert play.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    play.page.set_viewport_size({"width": 1280, "height": 1000})
