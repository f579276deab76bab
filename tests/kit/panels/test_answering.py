"""What is kept elsewhere shows, what is changed and not kept stays, and a draft comes back."""

import pytest
from front import click, front, put

import tpmlib as tpm
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.panels.form import Form
from tpmlib.kit.panels.pieces import Board
from tpmlib.kit.record import Record, record

FIELDS = [{"id": name, "kind": "text", "label": ""} for name in "ab"]


def elsewhere(kind, item, answer):
    """Another notebook of the same learner gives an answer, and this one is looked at again."""
    Record(record().home).add(kind, item, answer, lesson="responsibilities")
    front(tpm.lesson("responsibilities").form, looked=1)


@pytest.mark.parametrize(
    "typed, base, shown",
    [
        ({}, {"a": "new"}, {"a": "new"}),
        ({"b": "mine"}, {"a": "new"}, {"a": "new", "b": "mine"}),
        ({"a": "mine"}, {"a": "new"}, {"a": "mine"}),
        ({"a": "new"}, {"a": "new"}, {"a": "new"}),
        ({}, {}, {}),
    ],
)
def test_what_is_kept_shows_where_nothing_was_changed(typed, base, shown):
    form = Form(fields=FIELDS)
    form.recall({"a": "old"})
    put(form, **typed)
    form.recall(base)
    assert (form.values, form.base) == (shown, base)


def test_a_draft_of_an_earlier_run_comes_back_as_far_as_it_fits():
    form = Form(fields=FIELDS, values={"b": "here"})
    front(form, drafted={"a": "back", "gone": 1})
    assert form.values == {"a": "back", "b": "here"}
    board = Board(cards=[{"id": "a"}, {"id": "b"}], piles=[{"id": "p"}], places={"b": "p"})
    front(board, drafted={"a": "p", "b": None, "gone": "p"})
    assert board.places == {"a": "p"}


def test_a_draft_is_named_by_its_item_and_the_learners_record(monkeypatch, tmp_path):
    first, again, other = (tpm.judge(claim).form.item for claim in ("C12", "C12", "C13"))
    monkeypatch.setenv("TPM_RECORD", str(tmp_path))
    assert first == again and len({first, other, tpm.judge("C12").form.item}) == 3


def test_an_answer_given_elsewhere_shows_in_every_kind_of_panel():
    judge, cards = tpm.judge("C12"), tpm.sort_cards("responsibilities")
    elsewhere("judge", "C12", {"verdict": "holds", "confidence": 5, "reason": "kept"})
    card, pile = cards.board.cards[0]["id"], cards.board.piles[0]["id"]
    elsewhere("cards", cards.deck["id"], {card: pile})
    assert judge.form.values["reason"] == "kept" and "Kept." in judge.form.message
    assert cards.board.places == {card: pile} and cards.board.notes


def test_a_quiz_answered_elsewhere_is_shown_and_explained():
    quiz = tpm.quiz("responsibilities")
    asked = next(field for field in quiz.form.fields if field["kind"] == "radio")
    twin = tpm.quiz("responsibilities")
    Panel._alive.discard(quiz)
    put(twin.form, **{asked["id"]: asked["options"][0]["value"]})
    click(twin.form, f"check {asked['id']}")
    quiz.refresh()
    assert quiz.form.values == twin.form.values and quiz.form.feedback == twin.form.feedback


def test_what_is_kept_is_the_base_of_every_form_that_keeps():
    verdict = tpm.judge("C12")
    put(verdict.form, verdict="holds")
    for panel in (verdict, tpm.company()):
        click(panel.form, panel.form.buttons[0]["id"])
        assert panel.form.values == panel.form.base and panel.form.item
