"""The decision in words: what there is now, what speaks for it, and what would change it."""

from collections.abc import Iterable

from tpmlib.kit.figures import Figure
from tpmlib.kit.questions.items import Item
from tpmlib.lessons.decide.rules import (
    Answers,
    Change,
    Decision,
    Part,
    changes,
    every_rule,
    fewest,
    label,
    named,
)

MODEL = "All figures of the model are assumed."
ADVERTS = "Counted in the whole adverts of our second study."
FEW = 4  # changes of two answers that are spelt out


def ground(decision: Decision, id: str) -> str:
    """What something rests on, its figures computed, with where it comes from."""
    part = named(decision["grounds"], id)
    values = {name: Figure(**spec) for name, spec in part.get("values", {}).items()}
    item = Item(id=id, lesson=decision["lesson"], text=part["text"], text_hash="", values=values)
    tail = {"model": MODEL, "adverts": ADVERTS}.get(part["from"], "")
    facts = ", ".join(part.get("facts", []))
    return " ".join(filter(None, [item.filled().text, tail, f"({facts})" * bool(facts)]))


def grounds(decision: Decision, ids: Iterable[str]) -> list[str]:
    """All that something rests on, each in words."""
    return [ground(decision, id) for id in ids]


def recommendation(decision: Decision, rule: Part) -> Part:
    """What a rule recommends."""
    return named(decision["recommendations"], rule["recommendation"])


def number(decision: Decision, rule: Part) -> str:
    """Rule 3 of 27: its place in the order in which rules are asked."""
    ids = [each["id"] for each in every_rule(decision)]
    return f"Rule {ids.index(rule['id']) + 1} of {len(ids)}"


def now(decision: Decision, answers: Answers) -> str:
    """What there is now, in one sentence."""
    phrases = (
        named(question["options"], answers[question["id"]]).get("now")
        for question in decision["questions"]
    )
    return f"You have now: {'; '.join(filter(None, phrases))}."


def hanging(decision: Decision, answers: Answers) -> list[list[str]]:
    """Row by row: the question, the answer, and which other answer would lead to what."""
    single = [*changes(decision, answers)]
    rows = []
    for question in decision["questions"]:
        id = question["id"]
        others = [change for change in single if id in change.answers]
        words = "; ".join(
            f"{label(decision, id, change.answers[id])}: {_brief(decision, change)}"
            for change in others
        )
        rows.append([question["label"], label(decision, id, answers[id]), words or "nothing"])
    return rows


def how_firm(decision: Decision, answers: Answers) -> str:
    """How many single answers change the recommendation; if none does, which ones together."""
    found = fewest(decision, answers)
    if not found:
        return "No change of up to three answers changes it."
    count = len(found[0].answers)
    if count == 1:
        total = sum(len(question["options"]) - 1 for question in decision["questions"])
        return f"Of {total} single answers that you could change, {len(found)} would change it."
    spelt = "; ".join(
        " and ".join(
            f"{named(decision['questions'], id)['label'].lower()} "
            f"“{label(decision, id, option).lower()}”"
            for id, option in change.answers.items()
        )
        + f": {_brief(decision, change)}"
        for change in found[:FEW]
    )
    more = f" and {len(found) - FEW} more" if len(found) > FEW else ""
    many = {2: "two", 3: "three"}[count]
    return f"No single answer changes it; {many} together do: {spelt}{more}."


def _brief(decision: Decision, change: Change) -> str:
    return str(named(decision["recommendations"], change.recommendation)["brief"])


def conditions(decision: Decision, rule: Part) -> str:
    """When a rule speaks, in words."""
    return "; ".join(_condition(decision, each) for each in rule["when"]) or "in all other cases"


def _condition(decision: Decision, condition: Part) -> str:
    if "count" in condition:
        least, most = condition.get("at_least"), condition.get("at_most")
        limits = [f"at least {least}" if least else "", f"at most {most}" if most else ""]
        amount = "no" if most == 0 else ", ".join(filter(None, limits))
        count = named(decision["counts"], condition["count"])
        listed = ", ".join(_condition(decision, each) for each in count["of"])
        return f"{amount} {count['label']} ({listed})"
    id = condition["question"]
    asked = named(decision["questions"], id)["label"]
    refused = condition.get("is_not_one_of")
    chosen = refused or condition.get("is_one_of") or [condition["is"]]
    words = " or ".join(f"“{label(decision, id, option)}”" for option in chosen)
    return f"{asked}: {'not ' if refused else ''}{words}"
