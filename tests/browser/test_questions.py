"""Predictions, quizzes, duties and verdicts: answered as a learner does, explained, and kept."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from answers import HOSTILE
from lab import Lesson
from playwright.sync_api import Locator, expect

import tpmlib as tpm
from tpmlib.kit import questions
from tpmlib.kit.questions import Question
from tpmlib.kit.record import Record

Item = dict[str, Any]
CALLS = ['tpm.stage("release")', 'tpm.quiz("org_size")']


def status(output: Locator) -> Locator:
    return output.get_by_role("status").last


@pytest.fixture(scope="module")
def six(course: Path, lesson: Callable[[str], Lesson]) -> Lesson:
    """A notebook, run, whose predictions and questions have cells of their own."""
    cells = [nbformat.v4.new_code_cell(source) for source in ("import tpmlib as tpm", *CALLS)]
    notebook = nbformat.read(course / "notebooks/00_start_here.ipynb", as_version=4)
    notebook.cells = cells  # its metadata name a kernel; without one JupyterLab asks
    nbformat.write(notebook, course / "notebooks/predictions.ipynb")
    return lesson("notebooks/predictions.ipynb").run()


def test_a_number_is_predicted_by_keyboard_and_its_outcome_shows(
    six: Lesson, record: Record
) -> None:
    ask = six.output('tpm.stage("release")')
    ask.get_by_role("button", name="Play one release").click()
    button = ask.get_by_role("button", name="Commit")
    button.click()
    expect(status(ask)).to_have_text("Choose an answer first.")
    place, told = button.bounding_box(), status(ask).bounding_box()
    assert place and told and told["y"] + told["height"] <= place["y"]  # seen above it
    before, item = six.state, questions.prediction("estimates-plan").filled()
    ask.get_by_role("textbox").focus()
    for key in ("7", "Tab", "Space", "a", "b", "ArrowDown", "Tab", "Enter"):
        six.page.keyboard.press(key)
    guess = f"You predicted {item.words({'answer': 7, 'confidence': 50})}"
    expect(ask).to_contain_text(guess)
    expect(ask).to_contain_text(item.why)
    (kept,) = record.history("estimates-plan")
    assert kept["answer"] == {"answer": 7, "confidence": 50}
    assert six.state[0] == before[0]


def test_a_stage_is_answered_on_its_picture_and_by_keyboard(two: Lesson, record: Record) -> None:
    stage, page = two.output('tpm.stage("first_study")'), two.page
    stage.locator('.tpm-spot[title="Strategy"]').click()
    expect(stage.get_by_label("Strategy: vision, roadmap")).to_be_checked()
    flag = """spot => {
      const style = getComputedStyle(spot, "::after");
      return [style.content, parseFloat(style.left) > spot.clientWidth - 2];
    }"""
    own = stage.locator(".tpm-spot.chosen")
    assert own.evaluate(flag) == ['"you"', True]  # beside its row, whose marks stay in sight
    stage.get_by_label("Strategy: vision, roadmap").focus()
    for key in ("ArrowDown", "ArrowUp", "Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(stage).to_contain_text("2 of 2.")
    expect(stage).to_contain_text("You predicted “Strategy: ")
    answer = record.latest("responsibilities-widest", "predict")
    assert answer and answer["answer"] == {"answer": "strategy", "confidence": 30}


def test_places_lie_on_a_picture_that_is_wider_than_its_page(two: Lesson) -> None:
    stage = two.output('tpm.stage("first_study")')
    size = two.page.viewport_size
    two.page.set_viewport_size({"width": 800, "height": 800})
    sides = "one => [one, one.querySelector('img')].map(e => e.getBoundingClientRect().width)"
    frame, image = stage.locator(".tpm-frame").evaluate(sides)
    assert frame == image
    assert size
    two.page.set_viewport_size(size)


def test_a_stage_says_its_sentence_once_at_the_end_of_a_move(two: Lesson) -> None:
    stage = two.output('tpm.stage("luck")')
    button = stage.get_by_role("button", name="Shuffle")
    button.click()
    expect(stage).to_contain_text("2 of 4.")
    sentence = re.compile(
        r"In this deal \d+ of the 16 adverts called TPM mention it[.] In the real"
    )
    expect(stage.locator("figcaption")).to_have_text(sentence)


def answer(question: Question, right: bool) -> Any:
    """A right or a wrong answer to a question, as the form holds it."""
    if question.answer:
        return question.answer.rounded() + (0 if right else 50)
    if question.kind == "many":
        return [option.id for option in question.options if option.right or not right]
    return next(option.id for option in question.options if option.right is right)


def give(output: Locator, asked: Item, chosen: Any) -> Locator:
    """Enter an answer to the field of a quiz; the field."""
    if asked["kind"] == "number":
        output.get_by_label(asked["label"], exact=True).fill(str(chosen))
        return output.locator(".tpm-field").filter(has_text=asked["label"])
    group = output.get_by_role("group", name=asked["label"], exact=True)
    for option in asked["options"]:
        box = group.get_by_label(option["label"], exact=True)
        if asked["kind"] == "checks":
            box.set_checked(option["value"] in chosen)
        elif option["value"] == chosen:
            box.check()
    return group


@pytest.mark.parametrize("right", [False, True], ids=["wrong", "right"])
@pytest.mark.parametrize(
    "name", [question.id for question in questions.quiz("responsibilities").questions]
)
def test_the_options_are_explained_first_the_chosen_and_the_right_one(
    two: Lesson, record: Record, name: str, right: bool
) -> None:
    twin, output = tpm.quiz("responsibilities"), two.output('tpm.quiz("responsibilities")')
    asked = next(one for one in twin.form.fields if one["id"] == name)
    chosen = answer(twin.questions[name], right)
    group = give(output, asked, chosen)
    check = next(one for one in twin.form.fields if one["id"] == f"check {name}")
    output.get_by_role("button", name=check["label"], exact=True).click()
    twin.form.put(**{name: chosen})
    twin.form.click(check["id"])
    said = twin.form.feedback[name]
    expect(group.locator("xpath=following-sibling::*[1]")).to_have_text(said.get("text", ""))
    told = [said["options"].get(str(one["value"])) for one in asked.get("options", [])]
    expect(group.locator(".tpm-why:visible")).to_have_text([why["text"] for why in told if why])
    fold = group.locator("xpath=following-sibling::*[2]")
    assert [fold.locator("summary").inner_text()] == said["more"][:1]
    expect(fold.locator("p")).to_have_text(re.sub(r"\s+", " ", said["more"][1]))
    last = record.latest(name, "quiz")
    assert last and last["right"] is right
    several = asked["kind"] == "checks"
    assert (sorted(last["answer"]) if several else last["answer"]) == (
        sorted(chosen) if several else chosen
    )


def test_a_question_without_an_answer_asks_for_one(six: Lesson, record: Record) -> None:
    output = six.output('tpm.quiz("org_size")')
    output.get_by_role("button", name="Check question").last.click()
    expect(output).to_contain_text("Choose an answer first.")


def test_the_starting_questions_are_kept_and_not_explained(zero: Lesson, record: Record) -> None:
    output = zero.output('tpm.quiz("start_here")')
    twin = tpm.quiz("start_here")
    for asked in twin.form.fields[:-1]:
        give(output, asked, answer(twin.questions[asked["id"]], False))
    expect(status(output)).to_contain_text("5 of 6 answered. Kept.")
    expect(output.get_by_role("button")).to_have_count(0)
    expect(output.locator(".tpm-why:visible")).to_have_count(0)


def test_duties_are_given_by_keyboard_and_kept(two: Lesson, record: Record) -> None:
    output = two.output('tpm.assign("responsibilities")')
    boxes = output.get_by_role("combobox")
    boxes.first.focus()
    before = two.state
    for _ in range(boxes.count()):
        for key in ("ArrowDown", "ArrowDown", "b", "Tab"):
            two.page.keyboard.press(key)
    two.page.keyboard.press("Enter")
    expect(status(output)).to_contain_text("Kept.")
    expect(output).to_contain_text("In the counted adverts")
    kept = record.items("assign")
    assert len(kept) == boxes.count() / 2
    assert {who for one in kept.values() for who in one["answer"].values()} == {"tpm"}
    assert two.state == before


def test_a_duty_that_nobody_answers_for_is_noticed(two: Lesson) -> None:
    output = two.output('tpm.assign("responsibilities")')
    output.get_by_role("combobox").nth(1).select_option(label="nobody")
    output.get_by_role("button", name="Keep my map").click()
    expect(output).to_contain_text("Nobody answers for it: who notices when it is not done?")


def test_the_reading_appears_after_a_verdict_and_a_reason_stays_text(
    two: Lesson, record: Record
) -> None:
    output = two.output('tpm.judge("C13")')
    expect(output).not_to_contain_text(tpm.judge("C13").reading()[0])
    output.get_by_label("It holds if ...").check()
    expect(output).to_contain_text(tpm.judge("C13").reading()[0])
    output.get_by_role("textbox").fill(HOSTILE)
    output.get_by_role("button", name="Keep my reason").click()
    expect(output).to_contain_text(tpm.judge("C13").reading()[0])
    expect(output).to_contain_text("Kept.")
    expect(output.get_by_role("textbox")).to_have_value(HOSTILE)
    assert two.page.evaluate("() => window.hacked") is None
    last = record.latest("C13", "judge")
    assert last and last["answer"] == {"verdict": "holds_if", "reason": HOSTILE}


def test_letters_typed_into_a_reason_stay_there(two: Lesson) -> None:
    output, before = two.output('tpm.judge("C03")'), two.state
    output.get_by_label("It holds if ...").check()
    box = output.get_by_role("textbox")
    box.click()
    two.page.keyboard.type("add b x dd 0")
    two.page.keyboard.press("ArrowUp")
    expect(box).to_have_value("add b x dd 0")
    expect(box).to_be_focused()
    assert two.state[0] == before[0]
