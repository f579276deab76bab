"""A prediction is committed before its outcome is shown, and never lost."""

import pytest
from front import click, edit, put, restart

from tpmlib.kit import questions
from tpmlib.kit.figures import DIGITS
from tpmlib.kit.panels.predict import predict
from tpmlib.kit.panels.quiz import Quiz
from tpmlib.kit.record import record

ITEMS = questions.predictions()
NUMBERS = [id for id, item in ITEMS.items() if item.kind == "number"]
CHOICES = [id for id, item in ITEMS.items() if item.kind == "choice"]


def commit(item, answer, confidence=80):
    panel = predict(item)
    click(panel.form, "commit", answer=answer, confidence=confidence)
    return panel


def answers(item):
    """Two different answers that the form allows."""
    asked = questions.prediction(item)  # as its file has it now
    return [option.id for option in asked.options[:2]] or [asked.min, asked.max]


def shown(outcome):
    return "\n".join(field["label"] for field in outcome.form.fields)


@pytest.mark.parametrize("item", ITEMS)
def test_the_outcome_is_hidden_until_something_is_committed(item):
    outcome = predict(item, reveal=True)
    hidden = outcome.item.outcome_words()
    assert shown(outcome) == "" and hidden not in outcome.form.message
    panel = commit(item, answers(item)[0])
    assert f"Outcome: {hidden}." in shown(outcome) and outcome.form.buttons == []
    assert all(panel.item.why not in said for said in (panel.html(), panel.form.message))


@pytest.mark.parametrize("item", ITEMS)
def test_the_outcome_can_be_asked_for(item):
    outcome = predict(item, reveal=True)
    click(outcome.form, "show")
    assert outcome.item.outcome_words() in shown(outcome)
    assert "You predicted" not in shown(outcome) and record().events() == []


@pytest.mark.parametrize("item", ITEMS)
def test_an_outcome_that_was_asked_for_stays_when_an_answer_comes_elsewhere(item):
    outcome, quiz = predict(item, reveal=True), Quiz("staffing")
    click(outcome.form, "show")
    before = shown(outcome)
    question = next(each for each in quiz.questions.values() if each.options)
    chosen = question.options[0].id
    chosen = [chosen] if question.kind == "many" else chosen
    click(quiz.form, f"check {question.id}", **{question.id: chosen})
    assert record().events() and (shown(outcome), outcome.form.message) == (before, "")
    commit(item, answers(item)[0])
    assert "You predicted" in shown(outcome)


@pytest.mark.parametrize("item", ITEMS)
def test_a_commit_and_a_change_are_both_kept_and_told(item):
    first, second = answers(item)
    panel = commit(item, first, 80)
    assert "80% sure" in panel.form.message and "Later" not in panel.form.message
    click(panel.form, "commit", answer=second, confidence=35)
    assert "80% sure" in panel.form.message and "35% sure." in panel.form.message
    kept = [event["answer"] for event in record().history(item, "predict")]
    assert kept == [{"answer": a, "confidence": c} for a, c in ((first, 80), (second, 35))]


@pytest.mark.parametrize("item", ITEMS)
def test_the_outcome_is_set_beside_the_first_prediction(item):
    commit(item, answers(item)[0], 80), commit(item, answers(item)[1], 35)
    outcome = predict(item, reveal=True)
    assert "80% sure" in shown(outcome) and "35% sure" not in shown(outcome)


@pytest.mark.parametrize("item", NUMBERS)
@pytest.mark.parametrize("off, right", [(0, True), (0.99, True), (1.01, False)])
@pytest.mark.parametrize("side", [-1, 1])
def test_a_number_is_right_within_its_tolerance(item, side, off, right):
    asked = ITEMS[item]
    value = asked.outcome.number()
    guess = value + side * off * asked.tolerance
    if not asked.min <= guess <= asked.max:  # nobody can: the other side again
        guess = value - side * off * asked.tolerance
    commit(item, float(guess))
    assert record().latest(item)["right"] is right
    told = shown(predict(item, reveal=True))
    digits = DIGITS[asked.outcome.format]  # as many as the outcome has
    assert f"That is {off * asked.tolerance:.{digits}f} away" in told
    assert ("which came true" in told) is right


@pytest.mark.parametrize("item", CHOICES)
def test_a_choice_is_right_if_its_option_is(item):
    for option in ITEMS[item].options:
        commit(item, option.id)
        assert record().latest(item)["right"] is option.right


@pytest.mark.parametrize("item", CHOICES)
def test_no_choice_is_no_commit(item):
    panel = predict(item)
    click(panel.form, "commit")
    assert panel.form.message == "Choose an answer first." and record().events() == []


@pytest.mark.parametrize("item", NUMBERS)
def test_a_slider_stays_on_its_scale(item):
    panel, asked = predict(item), ITEMS[item]
    assert panel.form.values["answer"] == asked.start
    put(panel.form, answer=asked.max + 1, confidence=-5)
    assert panel.form.values == {"answer": asked.max, "confidence": 0}


@pytest.mark.parametrize("item", ITEMS)
def test_a_prediction_is_there_again_after_a_restart(item):
    before = commit(item, answers(item)[1])
    restart()
    again = predict(item)
    assert again.form.values == {"answer": answers(item)[1], "confidence": 80}
    assert again.form.message == before.form.message
    assert "You predicted" in shown(predict(item, reveal=True))


def rename(data, item):
    """Another text and other options for a choice; the id stays."""

    def change(quiz):
        raw = next(one for one in quiz["predictions"] if one["id"] == item)
        raw["text"] += " Or not?"
        for option in raw["options"]:
            option["id"] += "-2"

    path = data / f"quizzes/{ITEMS[item].lesson}.yml"
    edit(path, change)


@pytest.mark.parametrize("item", CHOICES)
def test_an_answer_to_an_older_question_is_kept_but_not_chosen(data, item):
    commit(item, answers(item)[0])
    rename(data, item)
    panel = predict(item)
    assert panel.form.values["answer"] is None
    assert "otherwise" in shown(predict(item, reveal=True))
    click(panel.form, "commit", answer=answers(item)[0])
    old, new = record().history(item)
    assert old["text_hash"] != new["text_hash"]


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("answer", ["?", ["a"], {"answer": ["a"], "x": 1}, {}, None])
def test_a_record_changed_by_hand_breaks_nothing(item, answer):
    record().add("predict", item, answer, lesson="responsibilities")
    assert predict(item).form.values["confidence"] == 50
    assert "Outcome: " in shown(predict(item, reveal=True))


@pytest.mark.parametrize("item", ITEMS)
def test_without_a_disk_the_answer_stays_in_memory_and_it_says_so(no_disk, item):
    panel = commit(item, answers(item)[0])
    assert "Your answers are in memory only" in panel.form.message
    assert record().latest(item)["answer"]["answer"] == answers(item)[0]
    assert predict(item).form.values["answer"] == answers(item)[0]
