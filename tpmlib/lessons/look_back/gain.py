"""The starting questions beside their partners, in words: first answers only."""

from math import comb
from typing import NamedTuple

from tpmlib.kit import content, questions
from tpmlib.kit.record import Event, Record

LESSON = "capstone"  # holds the second form; each of its questions names its partner
LEARNT = {  # by what was right before and after: the course asks twice
    (False, True): "You learnt",
    (True, True): "You knew before, and know now",
    (False, False): "Not yet, so look again",
    (True, False): "Right at the start and not now, so look again",
}


class Pair(NamedTuple):
    """One idea, asked before and after the course; each answer right, wrong or not there."""

    about: str  # what one knows who answers both
    before: bool | None
    after: bool | None


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
    return [
        Pair(_named(each), *(answers.get(id, {}).get("right") for id in both))
        for each in questions.quiz(LESSON).questions
        for both in [(each.parallel, each.id)]
    ]


def _named(question: questions.Question) -> str:
    """What one knows who answers it, and the lesson to read again."""
    lesson = f" (lesson {content.lesson(question.returns)['number']})" if question.returns else ""
    return f"{question.about or question.text}{lesson}"


def learnt(pairs: list[Pair]) -> list[str]:
    """What was learnt, what was known and what is not yet, a line each, with what is not asked."""
    if all(pair.before is None for pair in pairs):
        return ["Nothing to compare: the six questions of lesson 00 are still open."]
    lines = []
    for results, words in LEARNT.items():
        abouts = [pair.about for pair in pairs if (pair.before, pair.after) == results]
        lines += [f"{words}: {'; '.join(abouts)}."] if abouts else []
    open_ = sum(None in (pair.before, pair.after) for pair in pairs)
    return lines + ([f"Not answered both times: {open_} of {len(pairs)}."] if open_ else [])


def luck(pairs: list[Pair]) -> str:
    """How sure a gain of so few questions is: the sign test, over the pairs with both answers."""
    both = [(pair.before, pair.after) for pair in pairs if None not in (pair.before, pair.after)]
    better, worse = both.count((False, True)), both.count((True, False))
    by_chance = (
        f"{better} became right and {worse} wrong. If each change were a toss of a coin, "
        f"{better} or more of {better + worse} would become right in "
        f"{chance(better, worse):.0%} of all cases. "
    )
    return (
        f"{by_chance if better else ''}So few questions can show a large gain only: a coin would "
        "do as well in under 5% of cases once five are better and none is worse. Nobody without "
        "the course was asked, so what you learnt elsewhere counts in."
    )


def chance(better: int, worse: int) -> float:
    """Of so many tosses of a fair coin, the chance of `better` heads or more."""
    tosses = better + worse
    return float(sum(comb(tosses, heads) for heads in range(better, tosses + 1)) / 2**tosses)
