"""Which rule of data/decision.yml speaks, the first that holds, and which answers change it."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any, NamedTuple

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.record import Record

KIND = "decide"  # of an answer in the record; its item is the question's id
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


def changes(decision: Decision, answers: Answers, number: int = 1) -> Iterator[Change]:
    """Every change of exactly `number` answers that changes the recommendation."""
    now = speaking(decision, answers)["recommendation"]
    for questions in combinations(decision["questions"], number):
        others = [[o for o in options(q) if o != answers[q["id"]]] for q in questions]
        for chosen in product(*others):
            changed = {q["id"]: option for q, option in zip(questions, chosen, strict=True)}
            then = speaking(decision, {**answers, **changed})["recommendation"]
            if then != now:
                yield Change(changed, then)


def fewest(decision: Decision, answers: Answers, wanted: str = "") -> list[Change]:
    """The fewest answers that change it, or lead to what is `wanted` with the same people."""
    ways = (changes(decision, answers, number) for number in (1, 2, 3))
    led = (
        [x for x in way if not wanted or (x.recommendation == wanted and "who" not in x.answers)]
        for way in ways
    )
    return next(filter(None, led), [])
