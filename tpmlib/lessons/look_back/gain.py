"""The ten starting questions beside their ten partners: first answers only."""

from math import comb
from typing import Any, NamedTuple

from tpmlib.kit import content
from tpmlib.kit.panels.quiz import ready
from tpmlib.kit.record import Record

LESSON = "capstone"  # holds the second form; each of its questions names its partner
MARKS = {True: "right", False: "wrong", None: "not answered"}


class Pair(NamedTuple):
    """One idea, asked before and after the course; each answer right, wrong or not there."""

    first: dict[str, Any]
    second: dict[str, Any]
    before: bool | None
    after: bool | None
    answer: Any  # to the first


def pairs(record: Record) -> list[Pair]:
    """Every pair with the first answer to each; a later one came after feedback."""
    given: dict[str, dict[str, Any]] = {}
    for event in record.events():
        if event["kind"] == "quiz":
            given.setdefault(event["item"], event)
    found = []
    for second in content.quiz(LESSON)["questions"]:
        first = content.question(second["parallel"])
        one, two = given.get(first["id"], {}), given.get(second["id"], {})
        right = (one.get("right"), two.get("right"))
        found.append(Pair(ready(first), ready(second), *right, one.get("answer")))
    return found


def rows(found: list[Pair]) -> list[list[str]]:
    return [[one.first["text"], MARKS[one.before], MARKS[one.after]] for one in found]


def sentence(found: list[Pair]) -> str:
    """The gain over the pairs that have both answers, and what so few can show."""
    both = [(one.before, one.after) for one in found if None not in (one.before, one.after)]
    if not both:
        before = sum(one.before is not None for one in found)
        return (
            f"No gain yet: {before} of {len(found)} starting questions are answered in lesson 00, "
            f"and none of their partners in lesson {LESSON}."
            if before
            else "No gain yet: the starting questions are in lesson 00, and none is answered."
        )
    better, worse = both.count((False, True)), both.count((True, False))
    gain = (
        f"Of {len(both)} ideas asked twice you had {sum(bool(a) for a, _ in both)} right at the "
        f"start and {sum(bool(b) for _, b in both)} now: {better} became right, {worse} became "
        "wrong."
    )
    luck = (
        f" If each change were a toss of a coin, {better} or more of {better + worse} would become "
        f"right in {chance(better, worse):.0%} of all cases."
    )
    few = (
        f" {len(both)} questions can show a large gain only: a coin would do as well in under 5% "
        "of cases once five are better and none is worse. Nobody without the course was asked, so "
        "what you learned elsewhere counts in."
    )
    return gain + (luck if better else "") + few


def chance(better: int, worse: int) -> float:
    """Of so many tosses of a fair coin, the chance of `better` heads or more."""
    tosses = better + worse
    return float(sum(comb(tosses, heads) for heads in range(better, tosses + 1)) / 2**tosses)


def answers(found: list[Pair]) -> list[tuple[str, list[str]]]:
    """Each starting question with its reasons, once its partner is answered as well."""
    said = []
    for one in found:
        if one.before is None or one.after is None:
            continue
        options = one.first["options"]
        mine = one.answer if type(one.answer) is int else -1
        lines = [
            f"{'Right' if option.get('right') else 'Not so'}"
            f"{' (your answer)' if at == mine else ''}: {option['text']} {option['why']}"
            for at, option in enumerate(options)
        ]
        said.append((one.first["text"], lines))
    return said
