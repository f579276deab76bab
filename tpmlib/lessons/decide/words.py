"""The decision in words: what there is now, what speaks for it, and what would change it."""

from tpmlib.kit.figures import Figure
from tpmlib.kit.questions.items import Item
from tpmlib.lessons.decide import rules
from tpmlib.lessons.decide.rules import (
    Answers,
    Change,
    Decision,
    Part,
    changes,
    label,
    named,
    speaking,
)

MODEL = "All figures of the model are assumed."
ADVERTS = "Counted in the whole adverts of the course's second study."
OWN = ("label", "brief", "text", "hangs", "after", "meanwhile", "cost")  # that a rule may say
HIRES = ("pm", "tpm", "tpgm")  # recommendations that cost a salary
NEAREST = "This advice is {} away from another: if {}, it becomes “{}”. {}"
FURTHER = "And “{2}” is {0} away: if {1}. {3}"


def ground(decision: Decision, id: str) -> str:
    """What something rests on, its figures computed, with where it comes from."""
    part = named(decision["grounds"], id)
    values = {name: Figure(**spec) for name, spec in part.get("values", {}).items()}
    item = Item(id=id, lesson=decision["lesson"], text=part["text"], text_hash="", values=values)
    tail = {"model": MODEL, "adverts": ADVERTS}.get(part["from"], "")
    facts = ", ".join(part.get("facts", []))
    return " ".join(filter(None, [item.filled().text, tail, f"({facts})" * bool(facts)]))


def grounds(decision: Decision, *parts: Part) -> str:
    """All that a rule, and what it recommends, rest on, in words."""
    ids = dict.fromkeys(id for part in parts for id in part["rests"])
    return " ".join(ground(decision, id) for id in ids)


def recommendation(decision: Decision, rule: Part) -> Part:
    """What a rule recommends, in its own words where it has some."""
    own = {name: rule[name] for name in OWN if name in rule}
    return named(decision["recommendations"], rule["recommendation"]) | own


def second(decision: Decision, answers: Answers) -> str:
    """What the next rule says, where the one that speaks wants it heard."""
    if not (rule := rules.following(decision, answers)):
        return ""
    brief = recommendation(decision, rule)["brief"]
    return str(rule.get("then") or f"Once that is settled, {brief}. {rule['why']}")


def now(decision: Decision, answers: Answers) -> str:
    """What there is now, in one sentence."""
    chosen = [named(each["options"], answers[each["id"]]) for each in decision["questions"]]
    return f"Today: {'; '.join(each['now'] for each in chosen if 'now' in each)}."


def hanging(decision: Decision, answers: Answers) -> list[list[str]]:
    """Row by row: a question that counts, the answer, and what others to it would lead to."""
    single = [*changes(decision, answers)]
    rows = []
    for question in decision["questions"]:
        id = question["id"]
        leads: dict[str, list[str]] = {}
        for change in single:
            if id in change.answers:
                answer = label(decision, id, change.answers[id])
                then = recommendation(decision, speaking(decision, {**answers, **change.answers}))
                leads.setdefault(then["brief"], []).append(f"“{answer}”")
        words = " ".join(f"If {' or '.join(others)}: {brief}." for brief, others in leads.items())
        rows += [[question["label"], label(decision, id, answers[id]), words]] * bool(words)
    return rows


def how_firm(decision: Decision, answers: Answers) -> str:
    """How many answers away another advice is, by which answers, and what to count first."""
    near, wanted = _nearest(decision, answers), speaking(decision, answers).get("first", "")
    if not near:
        return "No change of up to three answers changes it."
    told = [NEAREST.format(*_case(decision, answers, near))]
    if wanted not in ("", near.recommendation) and (far := _nearest(decision, answers, wanted)):
        told.append(FURTHER.format(*_case(decision, answers, far)))
    return " ".join(told).strip()


def _nearest(decision: Decision, answers: Answers, wanted: str = "") -> Change | None:
    """The fewest answers that change it, best those that are counted and change who is hired."""
    questions = {question["id"]: question for question in decision["questions"]}
    hires = speaking(decision, answers)["recommendation"] in HIRES

    def worth(change: Change) -> tuple[bool, int, bool, int]:
        known = "unknown" not in change.answers.values()
        counted, steps = sum("counted" in questions[id] for id in change.answers), 0
        for id, option in change.answers.items():
            offered = rules.options(questions[id])
            if answers[id] != "unknown":
                steps += abs(offered.index(option) - offered.index(answers[id]))
        return known, counted, (change.recommendation in HIRES) != hires, -steps

    return max(rules.fewest(decision, answers, wanted), key=worth, default=None)


def _case(decision: Decision, answers: Answers, change: Change) -> tuple[str, str, str, str]:
    """Their number, what they say, what they lead to, and what to count first."""
    asked = [(named(decision["questions"], id), option) for id, option in change.answers.items()]
    then = recommendation(decision, speaking(decision, {**answers, **change.answers}))["brief"]
    number = ("one answer", "two answers", "three answers")[len(asked) - 1]
    first = next((question["counted"] for question, _ in asked if "counted" in question), "")
    return number, ", and ".join(_stated(*each) for each in asked), then, first


def _stated(question: Part, option: str) -> str:
    clause = named(question["options"], option).get("clause", "")
    if clause and option != "unknown" and question["id"] != "who":  # there it is no sentence
        return str(clause)
    return f"the answer to “{question['label']}” is “{named(question['options'], option)['label']}”"


def conditions(decision: Decision, rule: Part) -> str:
    """When a rule speaks, in words."""
    return "; ".join(_condition(decision, each) for each in rule["when"]) or "in all other cases"


def _condition(decision: Decision, condition: Part) -> str:
    if "count" in condition:
        least, most = condition.get("at_least"), condition.get("at_most")
        limits = [f"at least {least}" if least else "", f"at most {most}" if most else ""]
        amount = "none" if most == 0 else ", ".join(filter(None, limits))
        count = named(decision["counts"], condition["count"])
        listed = ", ".join(_condition(decision, each) for each in count["of"])
        return f"{count['label']}: {amount} ({listed})"
    id = condition["question"]
    asked = named(decision["questions"], id)["label"]
    refused = condition.get("is_not_one_of")
    chosen = refused or condition.get("is_one_of") or [condition["is"]]
    words = " or ".join(f"“{label(decision, id, option)}”" for option in chosen)
    return f"{asked}: {'not ' if refused else ''}{words}"
