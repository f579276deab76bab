"""The rules of data/decision.yml: conditions that exist, no rule that is never heard."""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from tpmlib.authoring.gather import Course, attempt, report
from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path
from tpmlib.lessons.decide.rules import Decision, Part, every_rule, options, recommended, table
from tpmlib.lessons.decide.words import ground

KINDS = ("is", "is_one_of", "is_not_one_of", "at_least", "at_most")


def decisions(course: Course) -> Iterator[str]:
    """Every condition names an answer on offer, every rule is heard, every question matters."""
    for file in course.of("decision"):
        problems, decision = report(file), file.data
        for number, count in enumerate(decision.get("counts", [])):
            _conditions(problems, decision, ("counts", number, "of"), count["of"])
        told = [each["id"] for each in [*decision["questions"], *decision.get("counts", [])]]
        for number, rule in enumerate(every_rule(decision)):
            _conditions(problems, decision, ("rules", number, "when"), rule["when"])
            for name in set(re.findall(r"\{(.*?)\}", rule["why"])) - {*told}:
                problems.add(("rules", number, "why"), nearest(name, told))
        named = not any(course.unknown(target, name) for _, target, name in file.references)
        if named and not problems.problems:
            _heard(problems, decision)
        for number, part in enumerate(decision["grounds"] if course.computes else ()):
            attempt(course, file, ("grounds", number), partial(ground, decision, part["id"]))
        yield from problems.problems


def _conditions(problems: Document, decision: Decision, path: Path, conditions: list[Part]) -> None:
    """Each condition is one of the kinds, and the question that it names offers its options."""
    offered = {each["id"]: options(each) for each in decision["questions"]}
    for number, condition in enumerate(conditions):
        place: Path = (*path, number)
        kinds = [kind for kind in KINDS if kind in condition]
        if "count" in condition and ("question" in condition or {*kinds} - {*KINDS[3:]}):
            problems.add(place, "a count and an answer; one of them")
        elif "count" in condition and not kinds:
            problems.add(place, "neither at_least nor at_most; one of them")
        elif "count" not in condition and (len(kinds) != 1 or kinds[0] not in KINDS[:3]):
            problems.add(place, f"{len(kinds)} of {', '.join(KINDS[:3])}; exactly one")
        elif "count" not in condition and "question" not in condition:
            problems.add(place, "neither question nor count; one of them")
        elif condition.get("question") in offered:
            named = condition[kinds[0]]
            for option in named if isinstance(named, list) else [named]:
                if option not in (given := offered[condition["question"]]):
                    problems.add((*place, kinds[0]), nearest(option, given))


def _heard(problems: Document, decision: Decision) -> None:
    """Name each rule that never speaks and each question that changes nothing."""
    try:
        spoken, advice = table(decision), recommended(decision)
    except CourseError as error:
        problems.add(("questions",), str(error))
        return
    for number, rule in enumerate(decision["rules"]):
        if number not in spoken:
            text = f"{rule['id']} never speaks; rules before it that leave it some answers"
            problems.add(("rules", number), text)
    if len(decision["rules"]) not in spoken:
        problems.add(("otherwise",), "it never speaks; answers for which no rule holds")
    for number, each in enumerate(decision["recommendations"]):
        if number not in advice:
            text = f"{each['id']} is never given; a rule that gives it"
            problems.add(("recommendations", number), text)
    for axis, question in enumerate(decision["questions"]):
        if (advice == np.take(advice, [0], axis)).all():
            text = f"{question['id']} changes nothing; a rule that asks for it"
            problems.add(("questions", axis), text)
