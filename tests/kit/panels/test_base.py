"""What all panels share: an answer reaches what is on show, at little cost."""

import json
import sys
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
from front import click, front

import tpmlib as tpm
from tpmlib.kit.panels.base import Panel
from tpmlib.kit.record import SCHEMA, record
from tpmlib.kit.words import say

PACKAGE = str(Path(tpm.__file__).parent)


def lesson_on_show():
    """A quiz, one of its questions with an answer chosen, and eight other panels."""
    quiz = tpm.quiz("allocation")
    panels = [
        tpm.explore("allocation"),
        tpm.lesson("allocation"),
        tpm.assign("allocation"),
        tpm.stage("split"),
        *map(tpm.judge, ("C12", "C13", "C14")),
        tpm.judge("C10"),
    ]
    field = next(field for field in quiz.form.fields if field["kind"] == "radio")
    front(quiz.form, values={field["id"]: field["options"][0]["value"]})
    return quiz, field["id"], panels


def many_events(item, count=1500):
    """Lines of earlier sessions, a hundred each, in files of their own."""
    for number in range(count):
        session = sha256(str(number // 100).encode()).hexdigest()[:16]
        event = {"kind": "quiz", "item": item, "lesson": "allocation", "answer": 0, "right": None}
        event |= {"text_hash": "", "time": "", "schema": SCHEMA}
        event |= {"session": session, "sequence": number + 1}
        record().home.mkdir(exist_ok=True)
        with (record().home / f"{session}.jsonl").open("a") as file:
            file.write(json.dumps(event) + "\n")


def test_an_answer_beside_nine_panels_takes_at_most_250_calls():
    calls = []

    def count(frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            calls.append(frame.f_code.co_qualname)

    quiz, name, panels = lesson_on_show()
    assert len(panels) == 8
    sys.settrace(count)
    try:
        quiz.form.click(f"check {name}")
    finally:
        sys.settrace(None)
    assert record().latest(name, "quiz") and len(calls) <= 250


def test_an_answer_to_a_long_record_is_quick():
    quiz, name, panels = lesson_on_show()
    many_events(name)
    click(quiz.form, f"check {name}")
    times = []
    for _ in range(9):
        start = process_time()
        click(quiz.form, f"check {name}")
        times.append(process_time() - start)
    assert len(panels) == 8 and min(times) < 0.02  # seconds; a third of it on a quiet computer


def test_an_answer_of_another_kernel_appears_with_the_next_one_here():
    head, quiz = tpm.lesson("allocation"), tpm.quiz("allocation")
    first, second, *_ = [field for field in quiz.form.fields if field["kind"] == "radio"]
    many_events(first["id"], 1)
    front(quiz.form, values={second["id"]: second["options"][0]["value"]})
    click(quiz.form, f"check {second['id']}")
    assert "Your progress in this lesson: 2 of" in head.form.message
    assert quiz.form.message.startswith("2 of")


def test_an_error_is_shown_in_the_form_if_a_panel_says_nothing_else():
    panel = Panel()
    panel.form = tpm.judge("C10").form
    with pytest.raises(ZeroDivisionError):
        panel.run(lambda: 1 / 0)
    assert panel.form.message == say("panel.sorry", error="ZeroDivisionError")
    panel.run(tpm.lesson, "99")
    assert panel.form.message.startswith("lesson: '99' is not one of")
