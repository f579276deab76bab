"""What the header gives its page: cards for numbers and words, and the way back and on."""

import pytest
from front import HOSTILE, edit, edit_rows

from tpmlib.kit import content
from tpmlib.kit.panels.header import Lesson
from tpmlib.kit.panels.page import Page, heading
from tpmlib.kit.panels.progress import asked
from tpmlib.kit.record import record

READY = [one["id"] for one in content.course()["lessons"] if one["status"] == "ready"]


def test_every_number_and_word_has_a_card():
    names = {*content.table("facts")["fact_id"], *content.table("claims")["claim_id"]}
    assert set(Page().cards) == names | set(content.glossary())
    assert all(card["text"] for card in Page().cards.values())


def test_a_fact_comes_with_its_source_and_trust_and_a_claim_without_its_verdict():
    fact, claim = Page().cards["F71"], Page().cards["C13"]
    assert fact["source"] == content.source("course_adverts")["title"]
    assert fact["trust"].startswith("Trust C: ")
    assert claim["text"] == content.claim("C13")["claim"]
    assert content.claim("C13")["reading"] not in str(claim)


def test_only_web_addresses_are_linked(data):
    edit_rows(data / "sources.csv", lambda rows: [row.update(url="") for row in rows])
    assert {card.get("url", "") for card in Page().cards.values()} == {""}


def test_a_word_may_have_other_forms_in_a_text(data):
    def rename(all):
        all["terms"][0] |= {"term": HOSTILE, "forms": ["one form", "another"]}
        all["terms"][1].pop("forms", None)

    edit(data / "glossary.yml", rename)
    forms = Page().forms
    assert forms[HOSTILE] == ["one form", "another"] and forms["TPgM"] == ["TPgM"]


@pytest.mark.parametrize("lesson", READY)
def test_whatever_a_lesson_asks_stands_under_a_heading(lesson):
    file = content.lesson(lesson)["file"]
    assert [item for kind, item in asked(lesson) if not heading(file, kind, item)] == []


@pytest.mark.parametrize(
    ("kind", "item", "title"),
    [
        ("stage", "luck", "Could that be luck?"),
        ("predict", "responsibilities-widest", "What is different?"),
        ("quiz", "responsibilities-any", "Check what you have seen"),
        ("cards", "responsibilities", "Practise, if you like: sort twelve duties"),
        ("assign", "coding", "Who does what in your team?"),
        ("judge", "C03", "Judge"),
    ],
)
def test_the_way_back_leads_to_the_last_answer(kind, item, title):
    record().add(kind, item, 1, lesson="responsibilities")
    record().add("quiz", "staffing-any", 1, lesson="staffing")
    assert Lesson("responsibilities").page.back == title
    assert Lesson("who_does_what").page.back == ""


def test_where_no_notebook_lies_there_is_no_way_back(data):
    record().add("judge", "C03", 1, lesson="responsibilities")
    assert Lesson("responsibilities").page.back == ""


def test_the_end_of_a_lesson_leads_to_the_next_step_of_the_path():
    head = Lesson("start_here")
    assert head.page.following == {}
    record().add("path", "path", "hour", lesson="start_here")
    head.refresh()
    assert head.page.following == {"file": "02_responsibilities.ipynb", "words": "lesson 02"}
    assert Lesson("staffing").page.following == {}
