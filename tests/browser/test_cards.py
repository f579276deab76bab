"""Cards are sorted by dragging, by clicks and by keys, and the counts explain each."""

import re

import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect

from tpmlib.kit import content
from tpmlib.kit.panels.cards import cards
from tpmlib.kit.record import Record

DECK = content.deck("responsibilities")
FOCUSED = "one => one === document.activeElement"
TEXTS = [card.text for card in cards(DECK).values()]


@pytest.fixture
def board(two: Lesson) -> Locator:
    """The board with all cards unplaced."""
    output = two.output("tpm.sort_cards(")
    output.get_by_role("button", name="Start again").click()
    expect(output.get_by_role("heading").first).to_have_text(f"0 Not placed ({len(TEXTS)})")
    return output


def pile(board: Locator, name: str) -> Locator:
    return board.get_by_role("list", name=re.compile(rf"^\d {name} "))


def card(board: Locator, text: str) -> Locator:
    return board.get_by_role("button", name=re.compile(rf"^{re.escape(text)}, in "))


def test_a_card_is_dragged_to_a_pile_and_back(board: Locator) -> None:
    board.locator(".tpm-board").scroll_into_view_if_needed()  # else it moves below the pointer
    card(board, TEXTS[0]).drag_to(pile(board, "TPM"))
    expect(pile(board, "TPM").get_by_role("button")).to_have_text([TEXTS[0]])
    expect(board.get_by_role("status").first).to_contain_text(
        f"{len(TEXTS) - 1} cards left to place."
    )
    card(board, TEXTS[0]).drag_to(pile(board, "Not placed"))
    expect(pile(board, "TPM").get_by_role("button")).to_have_count(0)


def test_a_card_is_clicked_and_then_a_pile(board: Locator) -> None:
    card(board, TEXTS[1]).click()
    expect(card(board, TEXTS[1])).to_have_attribute("aria-pressed", "true")
    expect(board.get_by_role("status").last).to_contain_text("is held")
    pile(board, "No difference").click()
    expect(pile(board, "No difference").get_by_role("button")).to_have_text([TEXTS[1]])
    expect(card(board, TEXTS[1])).to_have_attribute("aria-pressed", "false")
    expect(board.get_by_role("status").last).to_have_text(
        f"{TEXTS[1]} moved to No difference shown"
    )


def test_keys_place_move_and_take_back_a_card(two: Lesson, board: Locator) -> None:
    first, second = board.locator(".tpm-deck button").all_text_contents()[:2]
    card(board, first).focus()
    before, keyboard = two.state, two.page.keyboard
    keyboard.press("1")
    expect(pile(board, "TPM").get_by_role("button")).to_have_text([first])
    expect(card(board, second)).to_be_focused()  # a digit deals the next card
    for key in ("a", "b", "d", "d"):
        keyboard.press(key)
    keyboard.press("ArrowRight")
    expect(pile(board, "TPM").get_by_role("button")).to_have_text([first, second])
    keyboard.press("ArrowRight")
    expect(pile(board, "PM").get_by_role("button")).to_have_text([second])
    keyboard.press("ArrowLeft")
    expect(pile(board, "TPM").get_by_role("button")).to_have_text([first, second])
    expect(card(board, second)).to_be_focused()
    keyboard.press("ArrowUp")
    expect(card(board, first)).to_be_focused()
    keyboard.press("0")
    expect(pile(board, "TPM").get_by_role("button")).to_have_text([second])
    assert two.state == before


def test_keys_alone_sort_check_and_explain_every_card(
    two: Lesson, board: Locator, record: Record
) -> None:
    card(board, TEXTS[0]).focus()
    for at, _ in enumerate(TEXTS):
        two.page.keyboard.press(str(at % len(DECK["piles"]) + 1))
    expect(board.get_by_role("status").first).to_contain_text("All cards are placed.")
    two.page.keyboard.press("Tab")
    while not board.get_by_role("button", name="Check my piles").evaluate(FOCUSED):
        two.page.keyboard.press("Tab")
    two.page.keyboard.press("Enter")
    expect(board.locator("small", has_text="of TPM and")).to_have_count(len(TEXTS))
    expect(board.get_by_role("status").first).to_have_text(
        re.compile(r"\d+ of \d+ cards in the right pile.* Kept\.$")
    )
    last = record.latest(DECK["id"], "cards")
    assert last and len(last["answer"]) == len(TEXTS)


def test_a_note_goes_when_the_cards_move_again(two: Lesson, board: Locator) -> None:
    card(board, TEXTS[0]).press("1")
    board.get_by_role("button", name="Check my piles").click()
    expect(board.locator("small", has_text="of TPM and")).to_have_count(1)
    card(board, TEXTS[1]).press("1")
    expect(board.locator("small", has_text="of TPM and")).to_have_count(0)
    expect(board.get_by_role("status").first).to_contain_text(
        f"{len(TEXTS) - 2} cards left to place."
    )


def test_an_empty_board_is_not_checked(board: Locator) -> None:
    board.get_by_role("button", name="Check my piles").click()
    expect(board.get_by_role("status").first).to_have_text("Place a card first.")
