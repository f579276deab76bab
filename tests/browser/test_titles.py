"""Lesson 01: two titles are compared by mouse and keys, and the piles fit the page."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect

from tpmlib.kit import content
from tpmlib.kit.record import Record
from tpmlib.kit.words import say
from tpmlib.lessons.adverts.titles import CompareTitles

NARROW, WIDE = ({"width": width, "height": 1000} for width in (800, 1280))
TOPS = "nodes => nodes.map(node => Math.round(node.getBoundingClientRect().top))"
OVERFLOWS = "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth + 1).length"


@pytest.fixture(scope="module")
def one(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 01, run; its widgets are shared by the tests."""
    return lesson("notebooks/01_titles.ipynb").run()


@pytest.fixture
def titles(one: Lesson) -> Locator:
    return one.output('tpm.compare_titles("TPM", "TPgM")')


def words(html: str) -> str:
    """The text of a page, with single spaces."""
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign]
    parser.feed(html)
    return " ".join("".join(found).split())


def agrees(titles: Locator, first: str, second: str) -> None:
    twin = CompareTitles(first, second)
    expect(titles.get_by_role("status")).to_have_text(say("titles.how"))
    expect(titles.locator("table").first.locator("thead")).to_have_text(f"Aspect{first}{second}")
    shown = titles.locator(".widget-html .tpm").evaluate("node => node.textContent")
    assert " ".join(shown.split()) == words(twin.page.value)


def test_two_titles_are_chosen_and_the_table_follows(titles: Locator) -> None:
    titles.get_by_label("First title").select_option(label="PM")
    titles.get_by_label("Second title").select_option(label="Tech lead")
    agrees(titles, "PM", "Tech lead")


def test_keys_choose_a_title_and_leave_the_notebook_alone(one: Lesson, titles: Locator) -> None:
    titles.get_by_label("Second title").select_option(label="TPgM")
    titles.get_by_label("First title").select_option(label="PM")
    titles.get_by_label("First title").focus()
    before = one.state
    one.page.keyboard.press("ArrowDown")
    agrees(titles, "TPM", "TPgM")
    assert one.state == before


@pytest.mark.parametrize("size, a_row", [(NARROW, 2), (WIDE, 4)], ids=["narrow", "wide"])
def test_the_table_and_four_piles_fit_the_page(
    one: Lesson, titles: Locator, size: dict[str, int], a_row: int
) -> None:
    one.page.set_viewport_size(size)
    board = one.output('tpm.sort_cards("titles")')
    assert titles.locator(".tpm").evaluate_all(OVERFLOWS) == 0
    assert board.locator(".tpm-pile, .tpm-pile button").evaluate_all(OVERFLOWS) == 0
    tops = board.locator(".tpm-pile").evaluate_all(TOPS)
    assert max(tops.count(top) for top in tops) == a_row and len(tops) == 5
    one.page.set_viewport_size(WIDE)


@pytest.mark.parametrize("deck", ["titles", "translations"])
def test_keys_alone_sort_a_deck_right_and_each_card_names_its_source(
    one: Lesson, record: Record, deck: str
) -> None:
    cards, piles = (content.deck(deck)[part] for part in ("cards", "piles"))
    places = [pile["id"] for pile in piles]
    board = one.output(f'tpm.sort_cards("{deck}")')
    for card in cards:
        home = card["pile"] if isinstance(card["pile"], str) else card["pile"][0]
        board.get_by_role("button", name=f"{card['text']}, in ").focus()
        one.page.keyboard.press(str(places.index(home) + 1))
    board.get_by_role("button", name="Check my piles").press("Enter")
    expect(board.get_by_role("status").first).to_contain_text(
        f"{len(cards)} of {len(cards)} cards in the right pile. Kept."
    )
    notes = board.locator(".tpm-pile:not(.tpm-deck) small").all_text_contents()
    assert len(notes) == len(cards)
    assert [note for note in notes if "Yes. " not in note or ". (F" in note] == []
    assert [note for note in notes if not re.search(r"\bF\d\d", note)] == []
    latest = record.latest(deck, "cards")
    assert latest is not None and latest["right"] is True
