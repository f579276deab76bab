"""A learner plays 00 to 11, takes the portfolio away, and starts again from the saved record."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import Lesson
from playwright.sync_api import Browser, Locator, Page, expect
from test_keeping import download, panel, restore

from tpmlib.kit import content, questions
from tpmlib.kit.record import Record

LESSONS = [Path(one["file"]).stem for one in content.course()["lessons"]]
ENGINEERS = "37"
SHOWN = re.compile(r'tpm\.stage\(\\"(\w+)\\"\)')  # the stages of a saved notebook
TELLING = "Show what the course says"
# an element that is taller inside than outside takes the mouse wheel from the page
KEEPS_WHEEL = """(output) => [output, ...output.querySelectorAll("*")].filter((each) =>
    each.scrollHeight > each.clientHeight
    && ["auto", "scroll"].includes(getComputedStyle(each).overflowY)).map((each) => each.className)
"""
# one answer to each question, prediction, claim and duty that is on the page, as clicks and keys do
ANSWER = """async () => {
    const pause = () => new Promise((done) => setTimeout(done, 50));
    const keep = /^(Commit|Keep my (map|answer|team|week|reason)|Check question [0-9]+)$/;
    for (const root of document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .tpm")) {
        const buttons = [...root.querySelectorAll("button")].filter(
            (one) => keep.test(one.textContent));
        // what has choices alone keeps each at once
        const others = root.querySelector(
            "button:not(.tpm-card), select, input:not([type=radio])");
        if (!buttons.length && others) continue;
        for (const group of root.querySelectorAll("fieldset")) group.querySelector("input").click();
        for (const one of root.querySelectorAll("td select")) {
            const tpm = [...one.options].find((option) => option.value === "tpm");
            if (tpm) { one.value = "tpm"; one.dispatchEvent(new Event("change")); }
        }
        for (const one of root.querySelectorAll("input[inputmode=decimal]")) {
            one.value = "1"; one.dispatchEvent(new Event("input"));
        }
        for (const button of buttons) {
            // all buttons of a form wait until Python has acted on the last press
            while (button.ariaDisabled === "true") await pause();
            button.click();
        }
    }
}"""


def own_inputs(lesson: Lesson) -> None:
    """What clicks alone do not give: a team, stages, the company; and the end of lesson 00."""
    if lesson.path.endswith("00_start_here.ipynb"):
        # it has no button that waits: this one comes once Python has heard all its choices
        telling = lesson.output('tpm.quiz("start_here")').get_by_role("button", name=TELLING)
        expect(telling).to_be_visible()
    if lesson.path.endswith("05_staffing.ipynb"):
        team = lesson.output('tpm.sheet("team")')
        team.get_by_label("Engineers", exact=True).fill(ENGINEERS)
        team.get_by_role("button", name="Keep my team").click()
        expect(team).to_contain_text("Kept.")
    saved = content.root() / "notebooks" / Path(lesson.path).name
    for name in SHOWN.findall(saved.read_text("utf-8")):
        walk(lesson, name)
    if lesson.path.endswith("11_capstone.ipynb"):
        game = lesson.output("tpm.company()")
        for number in range(1, 5):
            if number < 4:  # the last quarter asks for the people alone
                game.get_by_role("button", name="Next: what they build").click()
            game.get_by_role("button", name=f"Play quarter {number}").click()
            expect(game.locator(".tpm-turned")).to_be_visible()
            expect(game).to_contain_text(f"Quarter {number}")
        game.get_by_role("button", name="Go on below").click()
        for name in ("capstone-first", "capstone-fit"):  # each opens once what it follows is there
            beside = lesson.output(f'tpm.compare_company("{name}")')
            for group in ("Would other cards|Who ends first", "How sure"):
                asked = beside.get_by_role("group", name=re.compile(group))
                asked.get_by_role("radio").first.check()
            beside.get_by_role("button", name="Commit").click()
            expect(beside).to_contain_text("You predicted")
        judge_all(lesson.output("tpm.verdicts()"))


def judge_all(table: Locator) -> None:
    """A verdict on every claim, those that the lessons asked too."""
    claims = len(content.table("claims"))
    table.get_by_role("button", name="Show the other").click()
    table.get_by_role("button", name="Show all").click()
    expect(table.locator("fieldset")).to_have_count(claims)
    for claim in table.locator("fieldset").all():
        claim.get_by_role("radio").first.check()
    # Python keeps them one after the other: only then is the record read
    expect(table).to_contain_text(f"{claims} of {claims} claims are judged")


def walk(lesson: Lesson, name: str) -> None:
    """A stage to its last step, each prediction answered."""
    settled(lesson)
    stage = lesson.output(f'tpm.stage("{name}")')
    number = stage.locator("p b").first
    following = stage.get_by_role("button", name="The next question")
    for _ in range(len(content.stage(name)["steps"])):
        if following.count():  # what came of the last is on show
            following.click()
            expect(stage.get_by_role("button", name="Commit")).to_be_visible()
        if stage.get_by_role("button", name="Go on below").count():
            break
        step, groups = number.inner_text(), stage.locator("fieldset")
        for place in range(groups.count()):
            groups.nth(place).get_by_role("radio").first.check()
        numbers = stage.locator("input[inputmode=decimal]")
        if groups.count() == 1 and numbers.count():  # a number is asked, and how sure one is
            numbers.first.fill("1")
        stage.locator(".tpm-buttons button").first.click()
        # the next step, or what came of this one, which is still counted as it
        moved = stage.locator("p b").filter(has_not_text=step)
        expect(following.or_(moved).first).to_be_visible()
        settled(lesson)  # its fields come after its text
        assert stage.evaluate(KEEPS_WHEEL) == []


def rendered(lesson: Lesson) -> None:
    """Wait until no panel has been added to the page for a second: each loads its own script."""
    before, quiet = -1, 0
    while quiet < 3:
        lesson.page.wait_for_timeout(400)
        now = lesson.panel.locator(".tpm button").count()
        before, quiet = now, quiet + 1 if now == before else 0


def settled(lesson: Lesson) -> None:
    """Wait until Python has acted on every press: no button of its form acts before."""
    expect(lesson.panel.locator(".tpm button[aria-disabled=true]")).to_have_count(0)


@pytest.fixture(scope="module")
def learner(apart: Callable[..., Lesson]) -> Lesson:
    """The last lesson of one who has played them all."""
    for name in LESSONS:
        lesson = apart(name, "learner").run()
        rendered(lesson)
        lesson.page.evaluate(ANSWER)
        own_inputs(lesson)
        settled(lesson)
        if name != LESSONS[-1]:
            lesson.close()
    return lesson


def opened(page: Page, folder: Path) -> dict[str, str]:
    """The text of each page of a portfolio, as the browser shows it."""
    texts = {}
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        texts[path.stem] = page.locator("body").inner_text()
    return texts


def unpacked(lesson: Lesson, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(download(lesson, "Everything in one file", folder)) as file:
        file.extractall(folder)
    return folder


def test_every_lesson_was_answered(learner: Lesson, home: Path) -> None:
    record = Record(home / "learner")
    predicted, asked = record.items("predict"), record.items("quiz")
    assert set(questions.predictions()) <= set(predicted)
    for lesson in content.course()["lessons"]:
        quiz = questions.quiz(lesson["id"])
        assert {question.id for question in quiz.questions} <= set(asked), lesson["id"]
    assert len(record.items("judge")) == len(content.table("claims"))


def test_the_portfolio_holds_what_was_entered_here_and_after_a_second_start(
    learner: Lesson, apart: Callable[..., Lesson], browser: Browser, home: Path, tmp_path: Path
) -> None:
    page = browser.new_page()
    first = unpacked(learner, tmp_path / "first")
    texts = opened(page, first)
    assert ENGINEERS in texts["my-answers"]
    charter = content.table("responsibilities").set_index("responsibility_id")["name"]
    for duty in questions.quiz("allocation").assign:
        assert charter[duty] in texts["role-charter"]
    assert "25 of 25 claims are judged" in texts["my-record"]
    zero = apart(LESSONS[0], "second").run()
    saved = (first / "tpm-or-pm.jsonl").read_bytes()
    restore(zero, "tpm-or-pm.jsonl", saved)
    expect(panel(zero)).to_contain_text("answers brought back")
    zero.close()
    again = unpacked(apart(LESSONS[-1], "second").run(), tmp_path / "again")
    assert opened(page, again) == texts
    assert (again / "tpm-or-pm.jsonl").read_bytes() == saved
    page.close()
