"""What is entered is kept, or stays in the page and says so, whatever became of Python."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from lab import NOTEBOOK, Lesson
from playwright.sync_api import Locator, expect

from tpmlib.kit.record import Record

CELLS = ['tpm.judge("C12")', "tpm.company()", 'tpm.sort_cards("responsibilities")']
KERNEL = f"{NOTEBOOK}.context.sessionContext.session.kernel"
REASON, TEXT = "Keep my reason", "my own reason"
LOST = "Nobody is listening: run this cell again"
QUICK = "(button, times) => { for (let n = 0; n < times; n++) button.click(); }"
RETURN = "() => document.dispatchEvent(new Event('visibilitychange'))"
DIE = "import os; os._exit(1)"
AWAIT = "import pathlib, time\nwhile not pathlib.Path({!r}).exists(): time.sleep(0.05)"


@pytest.fixture(scope="module")
def small(course: Path, home: Path, lesson: Callable[[str], Lesson]) -> Lesson:
    """A notebook of three panels, with a record of its own, run."""
    first = f'import os; os.environ["TPM_RECORD"] = {str(home / "small")!r}; import tpmlib as tpm'
    cells = [nbformat.v4.new_code_cell(source) for source in (first, *CELLS)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    nbformat.write(notebook, course / "small.ipynb")
    return lesson("small.ipynb").run()


@pytest.fixture
def kept(home: Path) -> Record:
    return Record(home / "small")


@pytest.fixture
def judge(small: Lesson) -> Locator:
    return small.output("tpm.judge(")


def test_what_was_entered_survives_a_new_run_of_its_cell(small: Lesson, judge: Locator) -> None:
    judge.get_by_label("It holds if ...").check()
    judge.get_by_role("textbox").fill(TEXT)
    small.run()
    expect(judge.get_by_role("textbox")).to_have_value(TEXT)
    expect(judge.get_by_label("It holds if ...")).to_be_checked()
    expect(judge).to_contain_text("it is not kept yet", ignore_case=True)


def test_a_panel_of_a_python_that_is_gone_says_so_and_its_text_arrives_later(
    small: Lesson, judge: Locator, kept: Record
) -> None:
    small.page.evaluate(f"async () => {KERNEL}.restart()")
    small.ready()
    judge.get_by_role("textbox").fill(f"{TEXT}, later")
    judge.get_by_role("button", name=REASON).click()
    expect(judge).to_contain_text(LOST)
    assert [event["answer"] for event in kept.history("C12")] == [{"verdict": "holds_if"}]
    small.run()
    expect(judge.get_by_role("textbox")).to_have_value(f"{TEXT}, later")
    judge.get_by_role("button", name=REASON).click()
    expect(judge).to_contain_text("Kept.")
    assert kept.answer("C12", "judge")["reason"] == f"{TEXT}, later"


def test_what_is_kept_elsewhere_shows_when_the_learner_comes_back(
    small: Lesson, judge: Locator, home: Path
) -> None:
    answer = {"verdict": "does_not_hold", "confidence": 75, "reason": "from elsewhere"}
    Record(home / "small").add("judge", "C12", answer, lesson="responsibilities")
    small.page.evaluate(RETURN)
    expect(judge.get_by_role("textbox")).to_have_value("from elsewhere")
    expect(judge.get_by_label("It does not hold")).to_be_checked()
    expect(judge).to_contain_text("You have judged this claim 2 times")


def test_kept_goes_away_while_what_was_kept_is_changed(small: Lesson, judge: Locator) -> None:
    status = judge.get_by_role("status").last
    expect(status).to_contain_text("Kept.")
    judge.get_by_role("textbox").press_sequentially("!")
    expect(status).to_contain_text("Changed, not kept yet.")
    expect(status).not_to_contain_text("Kept.")
    judge.get_by_role("button", name=REASON).click()
    expect(status).to_contain_text("Kept.")


def test_what_was_kept_since_wins_over_an_older_draft(
    small: Lesson, judge: Locator, home: Path
) -> None:
    judge.get_by_role("textbox").fill("an older draft")
    answer = {"verdict": "holds", "confidence": 5, "reason": "kept since"}
    Record(home / "small").add("judge", "C12", answer, lesson="responsibilities")
    small.run()
    expect(judge.get_by_role("textbox")).to_have_value("kept since")


def test_a_click_waits_for_a_busy_python_and_acts_once(
    small: Lesson, judge: Locator, kept: Record, tmp_path: Path
) -> None:
    before, button = len(kept.history("C12")), judge.get_by_role("button", name=REASON)
    code = AWAIT.format(str(tmp_path / "go"))
    small.page.evaluate(f"code => void {KERNEL}.requestExecute({{ code }})", code)
    button.click()
    expect(judge).to_contain_text("Python is busy")
    button.evaluate(QUICK, 5)
    (tmp_path / "go").touch()
    expect(judge).not_to_contain_text("Python is busy")
    expect(judge).to_contain_text("Kept.")
    assert len(kept.history("C12")) == before + 1


def test_sixty_quick_clicks_confirm_a_single_quarter(small: Lesson, kept: Record) -> None:
    game = small.output("tpm.company()")
    game.get_by_role("button", name="Next: what they build").click()
    confirm = game.get_by_role("button", name="Play quarter 1").element_handle()
    confirm.evaluate(QUICK, 60)
    expect(game.locator(".tpm-turned")).to_be_visible()
    assert len(kept.history("company-tally")) == 1


def test_cards_in_piles_come_back_with_a_new_run(small: Lesson) -> None:
    board = small.output("tpm.sort_cards(")
    board.locator(".tpm-deck button").first.press("2")
    small.run()
    expect(board.get_by_role("heading").nth(2)).to_contain_text("(1)")
    expect(board).to_contain_text("It is not kept yet")


def test_a_python_that_died_is_noticed(small: Lesson, judge: Locator, kept: Record) -> None:
    before = len(kept.history("C12"))
    small.page.evaluate(f"() => void {KERNEL}.requestExecute({{ code: {DIE!r} }})")
    small.page.locator(".jp-Dialog .jp-mod-accept").click()
    small.ready()
    judge.get_by_role("textbox").fill("after its death")
    judge.get_by_role("button", name=REASON).click()
    expect(judge).to_contain_text(LOST)
    small.run()
    expect(judge.get_by_role("textbox")).to_have_value("after its death")
    assert len(kept.history("C12")) == before
