"""Grades answers, each option with its own why, and scores how sure the learner was."""

import re
import reprlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from tpmlib.errors import CourseError, nearest, outside

Question = dict[str, Any]  # Any: as its YAML has it, checked against the schema there
NAME = re.compile(r"\{([A-Za-z_]\w*)\}")  # a place for a value, in any text
MOST_SEEN = 60  # characters of a learner's text that are quoted back
SLACK = 1e-9  # share of the figure; so that 0.4 is within 0.1 of 0.3 in binary too


@dataclass(frozen=True)
class Feedback:
    text: str  # of an option, or the number given
    chosen: bool
    right: bool | None
    why: str


@dataclass(frozen=True)
class Grade:
    right: bool | None  # None: nothing here is right or wrong
    feedback: tuple[Feedback, ...]  # in the order of the options
    summary: str


def grade(question: Question, answer: object) -> Grade:
    """Compare an answer with what is right; CourseError for another type or an unknown option.

    answer: the index of an option for kind one, a list of them for many; for number a number in the
    question's unit, right if it is `answer_value` or within `tolerance` of it.
    """
    kind = question["kind"]
    if kind == "number":
        return _grade_number(question, answer)
    if kind not in ("one", "many"):
        raise CourseError(f"{question['id']} kind: {nearest(kind, ('one', 'many', 'number'))}")
    chosen = [answer] if kind == "one" else answer
    if not isinstance(chosen, list):
        raise _refused(question, answer, "a list of whole numbers")
    return _grade_options(question, {_index(question, at) for at in chosen})


def _refused(question: Question, answer: object, allowed: str) -> CourseError:
    return CourseError(f"{question['id']} answer: {reprlib.repr(answer)} is not {allowed}")


def _index(question: Question, at: object) -> int:
    last = len(question["options"]) - 1
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at <= last:
        raise _refused(question, at, f"a whole number from 0 to {last}")
    return at


def _grade_options(question: Question, chosen: set[int]) -> Grade:
    options, many = question["options"], question["kind"] == "many"
    right = {at for at, option in enumerate(options) if option.get("right")}
    feedback = tuple(
        Feedback(option["text"], at in chosen, at in right if right else None, option["why"])
        for at, option in enumerate(options)
    )
    if not right:
        return Grade(None, feedback, "Noted")
    if chosen == right if many else chosen <= right:
        return Grade(True, feedback, "Right")
    count = f"{len(options) - len(chosen ^ right)} of {len(options)}"
    more = f": {count} options are marked as they should be" if many else ""
    return Grade(False, feedback, f"Not right{more}")


def _grade_number(question: Question, answer: object) -> Grade:
    if isinstance(answer, bool) or not isinstance(answer, int | float) or not abs(answer) < 1e300:
        raise _refused(question, answer, "a finite number")
    if question.get("answer_value") is None:
        raise CourseError(f"{question['id']} answer_value: missing; the figure that is right")
    value, unit = question["answer_value"], f" {question['unit']}" if "unit" in question else ""
    right = bool(abs(answer - value) <= question.get("tolerance", 0) + SLACK * abs(value))
    summary = f"{'Right' if right else 'Not right'}: it is {value:,.10g}{unit}"
    return Grade(right, (Feedback(f"{answer:,.10g}{unit}", True, right, question["why"]),), summary)


def seek(point: Mapping[str, Any], text: str) -> Feedback:
    """Whether the words of a point of a free text occur in it; `right` says if they should.

    point: {text, any, found, missing}: one of the regular expressions in `any` is enough, case does
    not count; with `avoid` the words should be absent. Words only: a text may still be wrong.
    """
    hits = (re.search(one, text, re.IGNORECASE) for one in point["any"])
    hit = next((one[0].strip() for one in hits if one and one[0].strip()), "")
    seen = f"Seen: \u201c{' '.join(hit.split())[:MOST_SEEN]}\u201d. " if hit else ""
    said = point["found"] if hit else point["missing"]
    right = bool(hit) is not point.get("avoid", False)
    return Feedback(point["text"], bool(hit), right, seen + said)


def order(question: Question) -> list[int]:
    """Indexes of the options as shown: shuffled by the question's id, so the same every time."""
    places = range(len(question.get("options", [])))
    seed = f"as shown {question['id']}"
    return sorted(places, key=lambda at: sha256(f"{seed}:{at}".encode()).digest())


def fill(question: Question, values: Mapping[str, str]) -> Question:
    """A copy with each {name} in its texts replaced; CourseError for a name without a value."""

    def filled(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: filled(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [filled(inner) for inner in part]
        for name in NAME.findall(part) if isinstance(part, str) else ():
            if name not in values:
                raise CourseError(f"{question['id']} {{{name}}}: {nearest(name, values)}")
        return NAME.sub(lambda found: values[found[1]], part) if isinstance(part, str) else part

    return dict(filled(question))


def brier(p: float, happened: bool) -> float:
    """Squared distance of a probability [0 to 1] from what happened: 0 is best, 1 is worst."""
    if not isinstance(p, int | float) or not 0 <= p <= 1:
        raise outside("p", p, 0, 1)
    return (p - bool(happened)) ** 2


def text_hash(item: Mapping[str, Any]) -> str:
    """12 hex digits that change with the text of an item or with the texts of its options."""
    texts = [item.get("text", ""), *(option["text"] for option in item.get("options", []))]
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
