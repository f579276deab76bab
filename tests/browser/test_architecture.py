"""Lesson 10 in the page: stages move, and a card opens at the arrow, by mouse and by keyboard."""

import re
from collections.abc import Callable

import pytest
from lab import Lesson
from playwright.sync_api import expect
from test_access import barriers
from test_lessons import CLIPPED, WIDTHS

from tpmlib.kit import content
from tpmlib.kit.record import Record

PATH = "notebooks/10_architecture.ipynb"
FLOWS = content.table("flows")
THREATS = content.table("threats")
# whether the card lies beside the picture, and its last answer within 660 pixels, what a window of
# 1280 by 800 shows below its bars
BESIDE = """([card, picture]) => {
    const [c, p] = [card, picture].map((node) => node.getBoundingClientRect());
    const last = Math.max(...[...card.querySelectorAll(".tpm-why")].map(
        (node) => node.getBoundingClientRect().bottom));
    return c.left >= p.right && last - c.top < 660;
}"""
FILES = "window.jupyterapp.commands.execute('application:toggle-left-area')"


@pytest.fixture(scope="module")
def ten(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson(PATH).run()


def test_a_promise_moves_the_months_that_break_it(ten: Lesson) -> None:
    output = ten.output('tpm.stage("promise")')
    expect(output.get_by_role("img")).to_have_attribute("alt", re.compile("broken in 10 of 12"))
    output.get_by_label("Promise for each month").fill("99.5")
    expect(output.get_by_role("img")).to_have_attribute("alt", re.compile("kept in all 12"))
    output.get_by_role("button", name="Offer this promise").click()
    output.locator('.tpm-spot[title="bug, Apr"]').click()
    expect(output.get_by_label("A bug in a new release")).to_be_checked()


def test_threats_are_marked_by_keyboard_on_the_card_of_each_arrow(
    ten: Lesson, record: Record
) -> None:
    output, page = ten.output("tpm.mark_threats()"), ten.page
    for number, (name, row) in enumerate(FLOWS.set_index("flow_id").iterrows(), 1):
        output.get_by_label(f"{number}. {row['start']} to {row['end']}").focus()
        page.keyboard.press("Space")
        threats = THREATS[THREATS["flow_id"] == name]
        expect(output).to_contain_text(row["carries"])
        boxes = output.get_by_role("checkbox", checked=False)  # ticked are those of the last arrow
        expect(boxes).to_have_count(len(threats))
        for box, wanted in zip(output.get_by_role("checkbox").all(), threats["open"], strict=True):
            box.focus()
            if wanted:
                page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        for reason in threats["reason"]:
            expect(output).to_contain_text(reason)
    picture = output.get_by_role("img")
    expect(picture).to_have_attribute(
        "alt", re.compile(f"3 of 3 arrows checked: {THREATS['open'].sum()} threats")
    )
    kept = record.items("threats")
    assert len(kept) == len(FLOWS) and all(event["right"] for event in kept.values())


def test_a_card_lies_beside_its_picture_and_fits_the_window_with_all_its_answers(
    ten: Lesson,
) -> None:
    output = ten.output("tpm.mark_threats()")
    ten.page.set_viewport_size({"width": 1280, "height": 800})
    ten.page.evaluate(FILES)  # closed, as they are while somebody reads
    for row in FLOWS.to_dict("records"):
        output.locator(f'.tpm-spot[title="{row["start"]} to {row["end"]}"]').click()
        expect(output).to_contain_text(row["carries"])
        for box in output.get_by_role("checkbox").all():
            box.check()
        output.get_by_role("button", name="Check this arrow").click()
        expect(output).to_contain_text("though we call it closed")
        card, picture = output.locator(".tpm-marks"), output.get_by_role("img")
        assert ten.page.evaluate(BESIDE, [card.element_handle(), picture.element_handle()])
    ten.page.evaluate(FILES)


def test_it_has_no_barrier_and_fits_a_narrow_window(ten: Lesson) -> None:
    assert barriers(ten) == []
    ten.page.set_viewport_size({"width": 800, "height": 1000})
    assert ten.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert ten.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []
    ten.page.set_viewport_size({"width": 1280, "height": 1000})
    assert ten.problems == []
