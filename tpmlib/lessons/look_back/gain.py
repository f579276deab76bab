"""The starting questions beside their partners: first answers only."""

from math import comb
from typing import Any, NamedTuple

from tpmlib.kit import questions
from tpmlib.kit.questions import Question
from tpmlib.kit.record import Event, Record

LESSON = "capstone"  # holds the second form; each of its questions names its partner
MARKS = {True: "right", False: "wrong", None: "not answered"}


class Pair(NamedTuple):
    """One idea, asked before and after the course; each answer right, wrong or not there."""

    question: Question  # the starting one
    before: bool | None
    after: bool | None
    answer: Any  # to the starting question: the id of an option


def first_answers(record: Record, kind: str) -> dict[str, Event]:
    """The first answer of this kind to each item; later ones came after feedback."""
    first: dict[str, Event] = {}
    for event in record.events():
        if event["kind"] == kind:
            first.setdefault(event["item"], event)
    return first


def pairs(record: Record) -> list[Pair]:
    """Every pair with the first answer to each."""
    answers = first_answers(record, "quiz")
    pairs = []
    for partner in questions.quiz(LESSON).questions:
        before, after = answers.get(partner.parallel, {}), answers.get(partner.id, {})
        question = questions.question(partner.parallel).filled()
        pairs.append(Pair(question, before.get("right"), after.get("right"), before.get("answer")))
    return pairs


def rows(pairs: list[Pair]) -> list[list[str]]:
    """For a table: the starting question, how it was answered before and after."""
    return [[pair.question.text, MARKS[pair.before], MARKS[pair.after]] for pair in pairs]


def sentence(pairs: list[Pair]) -> str:
    """The gain over the pairs that have both answers, and what so few can show."""
    both = [(pair.before, pair.after) for pair in pairs if None not in (pair.before, pair.after)]
    before = sum(pair.before is not None for pair in pairs)
    if not before:
        return "No gain yet: the starting questions are in lesson 00, and none is answered."
    if not both:
        return (
            f"No gain yet: {before} of {len(pairs)} starting questions are answered in lesson 00, "
            f"and none of their partners in lesson {LESSON}."
        )
    better, worse = both.count((False, True)), both.count((True, False))
    luck = (
        f"If each change were a toss of a coin, {better} or more of {better + worse} would become "
        f"right in {chance(better, worse):.0%} of all cases. "
    )
    return (
        f"Of {len(both)} ideas asked twice you had {sum(bool(first) for first, _ in both)} right "
        f"at the start and {sum(bool(second) for _, second in both)} now: {better} became right, "
        f"{worse} became wrong. {luck if better else ''}{len(both)} questions can show a large "
        "gain only: a coin would do as well in under 5% of cases once five are better and none is "
        "worse. Nobody without the course was asked, so what you learned elsewhere counts in."
    )


def chance(better: int, worse: int) -> float:
    """Of so many tosses of a fair coin, the chance of `better` heads or more."""
    tosses = better + worse
    return float(sum(comb(tosses, heads) for heads in range(better, tosses + 1)) / 2**tosses)


def answers(pairs: list[Pair]) -> list[tuple[str, list[str]]]:
    """Each starting question with its reasons, once its partner is answered as well."""
    answered = []
    for question, before, after, answer in pairs:
        if None not in (before, after):
            lines = [
                f"{'Right' if option.right else 'Not so'}"
                f"{' (your answer)' if option.id == answer else ''}: {option.text} {option.why}"
                for option in question.options
            ]
            answered.append((question.text, lines))
    return answered
