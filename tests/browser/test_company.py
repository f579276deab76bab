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

GAME, BESIDE = "tpm.company()", 'tpm.compare_company("capstone-first")'
TURNED, WORK = ".tpm-turned", "Next: what they build"
ONWARD = """([confirm, control]) => {
    confirm.click();
    control.checked = true; control.dispatchEvent(new Event("change"));
}"""


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


def go(game: Locator, *labels: str) -> None:
    """Press one button after the other, each once the page shows it."""
    for label in labels:
        button = game.get_by_role("button", name=label)
        expect(button).not_to_have_attribute("aria-disabled", "true")
        button.click()


def to_the_last_screen(game: Locator, *work: str) -> None:
    go(game, WORK)
    for name in work:
        game.get_by_label(name).check()


def test_a_choice_shows_at_once_what_it_would_bring_and_its_button_is_in_sight(
    play: Lesson, game: Locator
) -> None:
    play.page.set_viewport_size({"width": 1280, "height": 800})
    game.get_by_label("A PM and a TPM").check()
    expect(game.get_by_role("button", name=WORK)).to_be_in_viewport(ratio=1)
    to_the_last_screen(game, "Match refunds")
    expect(game).to_contain_text(" of 69")
    expect(game.get_by_role("button", name="Play quarter 1")).to_be_in_viewport(ratio=1)
    expect(game.locator(".tpm-ahead")).to_be_in_viewport(ratio=1)
    game.get_by_label("Match refunds").uncheck()
    go(game, "Back")
    expect(game.get_by_label("A PM and a TPM")).to_be_checked()


def test_a_quarter_is_confirmed_by_keyboard(play: Lesson, game: Locator, home: Path) -> None:
    page = play.page
    game.get_by_label("A PM and a TPM").focus()
    page.keyboard.press("ArrowUp")
    expect(game.get_by_label("A TPM alone")).to_be_checked()
    game.get_by_role("button", name=WORK).focus()
    page.keyboard.press("Enter")
    game.get_by_label("Keep an audit trail").focus()
    page.keyboard.press("Space")
    expect(game).to_contain_text("Weeks used33")
    button = game.get_by_role("button", name="Play quarter 1")
    expect(button).not_to_have_attribute("aria-disabled", "true")
    button.focus()
    page.keyboard.press("Enter")
    expect(game.locator(TURNED)).to_be_in_viewport(ratio=1)
    expect(game.get_by_role("button", name=WORK)).to_be_focused()
    (kept,) = Record(home / "company").history("company-tally")
    assert kept["answer"]["decision"]["picks"][0] == "i06"


def test_what_is_entered_after_a_press_stays_out_of_the_next_screen(
    play: Lesson, game: Locator
) -> None:
    control = game.get_by_label("Two PMs")
    onward = game.get_by_role("button", name=WORK)
    expect(onward).not_to_have_attribute("aria-disabled", "true")
    handles = [onward.element_handle(), control.element_handle()]
    play.ready()  # else the press waits in the page, and what follows goes with it
    play.page.evaluate(ONWARD, handles)
    go(game, "Back")
    expect(game.get_by_label("A TPM alone")).to_be_checked()


def test_a_confirmed_quarter_stays_with_a_new_kernel_to_the_end_of_the_year(
    play: Lesson, game: Locator
) -> None:
    play.page.evaluate(RESTART)
    play.page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(play.outputs).to_have_count(0)
    play.ready().run()
    expect(game.locator(TURNED)).to_be_visible()
    beside = play.output(BESIDE)
    expect(beside).to_contain_text("First play your year")
    for number in (2, 3, 4):
        if number < 4:
            to_the_last_screen(game, *(("Match refunds",) if number == 2 else ()))
        go(game, f"Play quarter {number}")
        expect(game).to_contain_text(f"Quarter {number}")
    expect(game.get_by_role("button", name="Go on below")).to_be_visible()
    expect(beside.get_by_role("img")).to_have_attribute("alt", re.compile("^Your year comes to"))


def test_the_others_are_drawn_once_a_guess_is_committed(play: Lesson) -> None:
    beside = play.output(BESIDE)
    beside.get_by_label("No, since one of the pair").check()
    beside.get_by_label("fairly").check()
    go(beside, "Commit")
    picture = beside.get_by_role("img")
    expect(picture).to_have_attribute(
        "alt", re.compile("^Of the rivals the pair leads, then the TPM alone; you are")
    )
    expect(beside).to_contain_text("You predicted")


def test_it_has_no_barrier_and_fits_a_narrow_window(play: Lesson) -> None:
    assert barriers(play) == []
    play.page.set_viewport_size({"width": 800, "height": 1000})
    assert play.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert play.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    play.page.set_viewport_size({"width": 1280, "height": 1000})
