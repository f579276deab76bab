"""Numbers and words open cards by pointer, finger and keyboard; the header leads back and on."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import Lesson
from playwright.sync_api import Locator, expect

from tpmlib.kit import content

ANEW = "node => { const box = node.parentElement; box.textContent = `${box.textContent}`; }"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}


@pytest.fixture(scope="module")
def judged(apart: Callable[..., Lesson]) -> Lesson:
    """Lesson 02 with a verdict, whose reading names facts."""
    lesson = apart("02_responsibilities", "cards").run()
    verdict = lesson.output('judge("C13")')
    verdict.get_by_label("It holds if ...").check()
    expect(card(lesson, "F71")).to_be_visible()
    expect(card(lesson, "F86")).to_be_visible()
    return lesson


def card(lesson: Lesson, name: str) -> Locator:
    """The first button that opens this card, outside what is folded."""
    return lesson.panel.locator(f'.tpm-card[data-card="{name}"]:visible').first


def popup(lesson: Lesson) -> Locator:
    return lesson.page.locator(".tpm-popup")


def test_a_word_of_the_glossary_is_marked_once_and_opens_under_the_pointer(judged: Lesson) -> None:
    expect(judged.panel.locator('.tpm-card[data-card="TPM"]')).to_have_count(1)
    card(judged, "TPM").hover()
    expect(popup(judged)).to_contain_text(content.glossary()["TPM"]["meaning"])
    popup(judged).hover()
    expect(popup(judged)).to_be_visible()
    judged.page.mouse.move(0, 0)
    expect(popup(judged)).to_be_hidden()


def test_a_page_that_moves_below_a_resting_pointer_opens_no_card(judged: Lesson) -> None:
    word, mouse = card(judged, "F71"), judged.page.mouse
    word.scroll_into_view_if_needed()
    box = word.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for apart in (-90, 90):  # where no other card is
        mouse.move(x, y + apart)
        judged.page.wait_for_timeout(600)
        if popup(judged).is_hidden():
            break
    mouse.wheel(0, -apart)  # the word comes to the pointer
    judged.page.wait_for_timeout(1200)
    below = "(node, [x, y]) => node.contains(document.elementFromPoint(x, y))"
    assert word.evaluate(below, [x, y + apart])
    expect(popup(judged)).to_be_hidden()
    mouse.move(x + 1, y + apart)
    expect(popup(judged)).to_be_visible()
    mouse.move(0, 0)
    expect(popup(judged)).to_be_hidden()


def test_a_number_opens_sentence_source_and_trust_and_escape_closes(judged: Lesson) -> None:
    card(judged, "F71").click()
    for words in (content.fact("F71")["statement"], "Source: ", "Trust C"):
        expect(popup(judged)).to_contain_text(words)
    expect(card(judged, "F71")).to_have_accessible_description(re.compile("Trust C"))
    judged.page.keyboard.press("Escape")
    expect(popup(judged)).to_be_hidden()


def test_a_card_stays_open_while_its_panel_is_drawn_anew(judged: Lesson) -> None:
    card(judged, "F71").click()
    card(judged, "F71").evaluate(ANEW)
    expect(card(judged, "F71")).to_have_accessible_description(re.compile("Trust C"))
    expect(popup(judged)).to_be_visible()


def test_the_keyboard_goes_from_a_number_to_its_source_and_on(judged: Lesson) -> None:
    box = judged.panel.locator(".jp-RenderedMarkdown").nth(1)
    box.evaluate("node => node.append('See F01 and F03.')")  # whose sources are on the web
    number = card(judged, "F01")
    number.focus()
    expect(popup(judged)).to_be_visible()
    judged.page.keyboard.press("Tab")
    expect(popup(judged).get_by_role("link")).to_be_focused()
    judged.page.keyboard.press("Tab")
    expect(card(judged, "F03")).to_be_focused()
    judged.page.keyboard.press("Shift+Tab")
    expect(number).to_be_focused()


def test_a_text_that_changes_has_its_cards_again(judged: Lesson) -> None:
    box = judged.panel.locator(".jp-RenderedMarkdown").first
    box.evaluate("node => node.append('See F02.')")
    expect(box.locator('.tpm-card[data-card="F02"]')).to_be_visible()


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_an_open_card_has_no_barrier(judged: Lesson, theme: str) -> None:
    change = "name => window.jupyterapp.commands.execute('apputils:change-theme', { theme: name })"
    judged.page.evaluate(change, theme)
    judged.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
    card(judged, "F71").click()
    expect(popup(judged)).to_be_visible()
    include = [[".tpm-popup"], [".jp-RenderedMarkdown .tpm-card"]]
    assert Axe().run(judged.page, {"include": include}, RULES).response["violations"] == []


def test_a_learner_who_comes_back_is_led_to_the_last_answer(
    judged: Lesson, lesson: Callable[[str], Lesson]
) -> None:
    again = lesson(judged.path)
    again.cell("tpm.lesson(").click(position={"x": 2, "y": 2})
    again.do("notebook:run-cell")
    head = again.output("tpm.lesson(")
    expect(head).to_contain_text("You were at: Judge")
    head.get_by_role("button", name="Go there").click()
    expect(again.panel.get_by_role("heading", name="Judge")).to_be_in_viewport()
    again.close()


def test_the_end_of_a_lesson_leads_along_the_path(apart: Callable[..., Lesson], home: str) -> None:
    zero = apart("00_start_here", "way").run()
    choice = zero.output("tpm.paths()").get_by_role("radio").first
    choice.check()
    expect(zero.panel.get_by_text("On your path, next: lesson 02")).to_be_visible()
    expect(zero.panel.get_by_text("Next: 01, What")).to_be_hidden()  # one way on, not two
