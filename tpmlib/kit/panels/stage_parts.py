"""What a stage asks, what it answers, and the page of a step in a saved notebook."""

from contextlib import suppress
from html import escape
from types import ModuleType
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit import questions, registry, stages
from tpmlib.kit.html import folded, paragraphs, rounded, table_html
from tpmlib.kit.panels.base import parts
from tpmlib.kit.panels.controls import Controls
from tpmlib.kit.panels.form import Field, allowed
from tpmlib.kit.questions import Prediction
from tpmlib.kit.record import Record
from tpmlib.kit.words import choices, joined, say

NEXT, BACK, COMMIT, SKIP, AGAIN = "next", "back", "commit", "skip", "again"
OPEN = "open"  # all the same
ASK = "ask"  # the next question, once the verdict on the last is read
OWN = "own"  # kind of what the learner moves for all steps
SURE = (30, 50, 70, 90)  # % sure, which have words


def fields_of(item: Prediction) -> list[Field]:
    """What a step asks, without anything chosen yet, so that an untouched field is no answer.

    The question is read above the picture, so that beside it stands what can be chosen.
    """
    field: Field = {"id": "answer", "label": item.text, "above": True}
    if item.kind == "number":
        field |= {"kind": "number", "min": item.min, "max": item.max, "step": item.step}
        field |= {"unit": item.unit}
    else:
        options = [{"value": option.id, "label": option.text} for option in item.options]
        field |= {"kind": "radio", "options": options}
    labels = choices("stage.share")
    sure = [{"value": share, "label": labels[str(share)]} for share in SURE]
    confidence = {"id": "confidence", "kind": "radio", "label": say("stage.sure")}
    return [field, confidence | {"options": sure}]


def first_given(record: Record, item: Prediction | None) -> dict[str, Any]:
    """What the learner predicted first; nothing without a prediction."""
    past = record.history(item.id, "predict") if item else []
    return parts(past[0]) if past else {}


def notes(item: Prediction, given: dict[str, Any]) -> list[str]:
    """What the learner predicted, and what came of it."""
    answer, words = given.get("answer"), item.words(given)
    near = item.outcome and not words.startswith(item.outcome_words())
    id = f"stage.{'near' if near else 'right'}" if item.is_right(answer) else "predict.given"
    return [say(id, answer=words), *_reasons(item, answer)]


def told(asked: Prediction | None, before: Prediction | None, given: dict[str, Any]) -> str:
    """What is read above a picture, as a page: its question, or what came of the one `before`."""
    if asked:
        return f"<p><b>{escape(asked.text)}</b></p>"
    if not before or not given:
        return ""
    texts = notes(before, given)
    lines = [" ".join(texts[:2]), " ".join(texts[2:])]
    tone = "right" if before.is_right(given.get("answer")) else "wrong"
    return f'<div class="tpm-note {tone}">{paragraphs(filter(None, lines))}</div>'


def _reasons(item: Prediction, answer: Any) -> list[str]:
    """The reason of the chosen option, then of the right one if that is another, then of all."""
    reasons = [option.why for option in item.options if option.id == answer]
    if not item.is_right(answer):
        right = [option for option in item.options if option.right]
        quoted = (say("question.quoted", text=option.text) for option in right)
        words = joined("panel.either", quoted)
        reasons += [f"{say('stage.answer', answer=words)} {right[0].why}"] if right else []
    if item.outcome:
        reasons.append(say("stage.outcome", outcome=item.outcome_words()))
    return [text for text in [*reasons, item.why] if text]


def restored(record: Record, stage: dict[str, Any], controls: Controls) -> dict[str, Any]:
    """What the learner had moved for all steps at the last press, as far as it is still allowed."""
    event = record.latest(stage["id"], OWN)
    kept, values = parts(event) if event else {}, dict[str, Any]()
    for name in stage.get("own", []):
        with suppress(CourseError):
            values |= {name: allowed(controls.field(name), kept[name])} if name in kept else {}
    return values


def asked_by(steps: list[stages.Step]) -> dict[str, Prediction]:
    """What the steps ask, by id, its figures computed."""
    ids = [step["ask"] for step in steps if "ask" in step]
    return {id: questions.prediction(id).filled() for id in ids}


def pin(values: dict[str, Any]) -> str:
    """The place of the picture that an answer stands for; none for a number or no answer."""
    answer = values.get("answer")
    return answer if isinstance(answer, str) else ""


def missing(values: dict[str, Any]) -> str:
    """What an answer still lacks, as the learner is told; empty for a whole one."""
    if values["answer"] is None:
        return say("quiz.first")
    return say("stage.sure_too") if values["confidence"] is None else ""


def free(step: stages.Step, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that are the free controls of a step."""
    return {name: values[name] for name in step.get("free", []) if name in values}


def spots(
    chart: ModuleType, now: pd.DataFrame, asked: pd.DataFrame, item: Prediction | None
) -> list[Field]:
    """Where a picture can be clicked: its places that are options of the prediction.

    They stay where they were `asked`, whatever moves, unless the chart's places `FOLLOW` its rows.
    """
    ids = {option.id for option in item.options} if item else set()
    frame = now if hasattr(chart, "FOLLOW") else asked
    places = chart.places(frame) if ids and hasattr(chart, "places") else []
    return [place for place in places if place["id"] in ids]


def asking() -> list[Field]:
    """The buttons of a question."""
    skip: Field = {"id": SKIP, "label": say("predict.skip"), "plain": True}
    return [{"id": COMMIT, "label": say("predict.commit")}, skip]


def buttons(steps: list[stages.Step], place: int, asks: bool, waits: bool) -> list[Field]:
    """What can be pressed at a step, which asks, or `waits` to ask: first the learner's way."""
    back: list[Field] = [{"id": BACK, "label": say("stage.back"), "plain": True}] if place else []
    if "again" in steps[place]:
        label = steps[place].get("anew", say("stage.deal"))
        back = [{"id": AGAIN, "label": label, "plain": True}, *back]
    if asks:
        return [*asking(), *back]
    if waits:
        return [{"id": ASK, "label": say("stage.ask")}, *back]
    if place + 1 < len(steps):
        return [{"id": NEXT, "label": steps[place].get("next", say("stage.next"))}, *back]
    return [{"id": "onward", "label": say("stage.below"), "onward": True}, *back]


def saved_rows(stage: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
    """The rows of every step by its id: what nbval compares."""
    return {
        step["id"]: rounded({n: list(cells) for n, cells in stages.rows(stage, step).items()})
        for step in stage["steps"]
    }


def saved_html(stage: dict[str, Any], asked: dict[str, Prediction]) -> str:
    """The steps for a reader without a kernel; what an answer would give away is folded."""
    steps = stage["steps"]
    pages = [_page(stage, step, asked) for step in steps]
    behind = [
        folded(say("stage.after" if "ask" in before else "stage.step"), page)
        for before, page in zip(steps, pages[1:], strict=False)
    ]
    page = "".join([pages[0], *behind])
    return folded(say("stage.behind"), page) if "after" in stage else page


def _page(stage: dict[str, Any], step: stages.Step, asked: dict[str, Prediction]) -> str:
    """What a step says and asks, and its numbers, for a reader without a kernel."""
    frame, chart = stages.rows(stage, step), registry.picture(stage["model"])
    head, *lines = chart.numbers(frame)
    texts = [step["say"], registry.model(stage["model"]).describe(frame)]
    if item := asked.get(step.get("ask", "")):
        options = " / ".join(option.text for option in item.options)
        texts.append(f"{say('predict.task')} {item.text} {options}".strip())
    return paragraphs(texts) + (table_html(head, lines, chart.finding(frame)) if lines else "")
