"""Which rule of data/decision.yml speaks, the first that holds, and which answers change it."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.record import Record

KIND = "decide"  # of an answer in the record; its item is the question's id
MOST = 4_000_000  # combinations of answers that are looked through
Decision = dict[str, Any]  # data/decision.yml as it stands, checked against its schema
Part = dict[str, Any]  # a question, a condition, a rule or a recommendation of it
Answers = Mapping[str, str]  # id of the option, by the id of the question


class Change(NamedTuple):
    """Other answers, and the recommendation that they would lead to."""

    answers: dict[str, str]
    recommendation: str


def asked(lesson: str) -> list[str]:
    """The questions that a lesson asks, by their ids."""
    decision = content.decision()
    return [each["id"] for each in decision["questions"] if decision["lesson"] == lesson]


def kept(decision: Decision, record: Record) -> dict[str, str]:
    """What a learner has chosen last, as far as the questions still offer it."""
    answers = {}
    for question in decision["questions"]:
        event = record.latest(question["id"], KIND)
        if event and event["answer"] in options(question):
            answers[question["id"]] = event["answer"]
    return answers


def options(question: Part) -> list[str]:
    """The ids of what can be answered."""
    return [option["id"] for option in question["options"]]


def named(parts: list[Part], id: str) -> Part:
    """The part of that id."""
    return next(part for part in parts if part["id"] == id)


def label(decision: Decision, question: str, option: str) -> str:
    """An answer as the learner reads it."""
    return str(named(named(decision["questions"], question)["options"], option)["label"])


def every_rule(decision: Decision) -> list[Part]:
    """The rules in order, the last of them `otherwise`, which always holds."""
    rules = [*decision["rules"], {"when": []} | decision["otherwise"]]
    return [rule | {"place": place} for place, rule in enumerate(rules, 1)]


def holding(decision: Decision, answers: Answers) -> Iterator[Part]:
    """The rules that hold for a whole set of answers, in order; the first of them speaks."""
    for rule in every_rule(decision):
        if all(_holds(decision, condition, answers) for condition in rule["when"]):
            yield rule


def speaking(decision: Decision, answers: Answers) -> Part:
    """The rule that speaks, its why told. Raises CourseError as long as an answer is missing."""
    for question in decision["questions"]:
        if question["id"] not in answers:
            raise CourseError(f"decide: no answer to {question['id']}; one to every question")
    return _told(decision, answers, next(holding(decision, answers)))


def following(decision: Decision, answers: Answers) -> Part | None:
    """The next rule that holds and says something else, if the one that speaks wants it heard."""
    first, *later = holding(decision, answers)
    others = (rule for rule in later if rule["recommendation"] != first["recommendation"])
    rule = next(others, None) if first.get("next") else None
    return _told(decision, answers, rule) if rule else None


def _told(decision: Decision, answers: Answers, rule: Part) -> Part:
    """A rule whose why tells the answers that it names, and what is left to the question log."""
    chosen = {q["id"]: named(q["options"], answers[q["id"]]) for q in decision["questions"]}
    clauses = {id: option.get("clause", "") for id, option in chosen.items()}
    also = "".join(f" {option['also']}" for option in chosen.values() if "also" in option)
    for count in decision.get("counts", []):
        held = [each["question"] for each in count["of"] if _holds(decision, each, answers)]
        clauses[count["id"]] = ", and ".join(clauses[id] for id in held)
    log = decision["open"]
    holds = all(_holds(decision, each, answers) for each in log["when"])
    told = log["text"] * (holds and rule["recommendation"] not in log["unless"])
    return rule | {"why": rule["why"].format_map(clauses), "log": told, "also": also}


def _holds(decision: Decision, condition: Part, answers: Answers) -> bool:
    if "count" not in condition:
        answer = answers[condition["question"]]
        if "is_not_one_of" in condition:
            return answer not in condition["is_not_one_of"]
        return answer in condition.get("is_one_of", [condition.get("is")])
    of = named(decision["counts"], condition["count"])["of"]
    number = sum(_holds(decision, each, answers) for each in of)
    return bool(condition.get("at_least", 0) <= number <= condition.get("at_most", number))


def changes(decision: Decision, answers: Answers, n: int = 1, to: str = "") -> Iterator[Change]:
    """Every change of exactly n answers that changes the advice, or leads `to` it (not by who)."""
    now = speaking(decision, answers)["recommendation"]
    asked = [q for q in decision["questions"] if not to or q["id"] != "who"]
    for questions in combinations(asked, n):
        others = [[o for o in options(q) if o != answers[q["id"]]] for q in questions]
        for chosen in product(*others):
            changed = {q["id"]: option for q, option in zip(questions, chosen, strict=True)}
            then = speaking(decision, {**answers, **changed})["recommendation"]
            if then != now and to in ("", then):
                yield Change(changed, then)


def fewest(decision: Decision, answers: Answers, to: str = "") -> list[Change]:
    """The changes of as few answers as change anything, or lead to that; none if three do not."""
    return next(filter(None, ([*changes(decision, answers, n, to)] for n in (1, 2, 3))), [])


def table(decision: Decision) -> np.ndarray:
    """The place of the rule that speaks, for every combination of answers.

    Returns an array with an axis a question and, along it, an entry an option.
    Raises CourseError for more than MOST combinations.
    """
    shape = [len(question["options"]) for question in decision["questions"]]
    if np.prod(shape) > MOST:
        raise CourseError(f"{np.prod(shape):,} combinations of answers; {MOST:,} at most")
    spoken, is_open = np.full(shape, -1), np.ones(shape, dtype=bool)
    for place, rule in enumerate(every_rule(decision)):
        holds = is_open.copy()
        for condition in rule["when"]:
            holds &= _where(decision, condition)
        spoken[holds] = place
        is_open &= ~holds
    return spoken


def _where(decision: Decision, condition: Part) -> np.ndarray:
    """Where a condition holds, in a shape that broadcasts to all combinations."""
    if "count" in condition:
        of = named(decision["counts"], condition["count"])["of"]
        number = sum(_where(decision, each).astype(int) for each in of)
        least, most = condition.get("at_least", 0), condition.get("at_most", len(of))
        return np.asarray((number >= least) & (number <= most))
    axis = [question["id"] for question in decision["questions"]].index(condition["question"])
    offered = np.array(options(decision["questions"][axis]))
    refused = condition.get("is_not_one_of")
    chosen = refused or condition.get("is_one_of", [condition.get("is")])
    holds = np.isin(offered, chosen, invert=bool(refused))
    return holds.reshape([-1 if n == axis else 1 for n in range(len(decision["questions"]))])


def recommended(decision: Decision) -> np.ndarray:
    """The place of the recommendation, for every combination of answers; shaped as `table`."""
    ids = [each["id"] for each in decision["recommendations"]]
    places = [ids.index(rule["recommendation"]) for rule in every_rule(decision)]
    return np.asarray(np.array(places)[table(decision)])
