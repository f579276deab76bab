"""The decision in words: what there is now, what speaks for it, and what would change it."""

from tpmlib.kit.figures import Figure
from tpmlib.kit.questions.items import Item
from tpmlib.lessons.decide import rules
from tpmlib.lessons.decide.rules import Answers, Decision, Part, changes, label, named, speaking

MODEL = "All figures of the model are assumed."
ADVERTS = "Counted in the whole adverts of the course's second study."
OWN = ("label", "brief", "text", "hangs", "after", "meanwhile", "cost")  # that a rule may say


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
    asked, first = {q["id"]: q for q in decision["questions"]}, speaking(decision, answers)
    wanted = rules.fewest(decision, answers, first["first"]) if "first" in first else []
    if not (found := wanted or rules.fewest(decision, answers)):
        return "No change of up to three answers changes it."
    told: dict[tuple[str, str], str] = {}  # what can be counted comes before what can be seen
    for id in (id for id in asked if "counted" in asked[id]):
        told |= {(id, o["id"]): o["clause"] for o in asked[id]["options"] if o["id"] != "unknown"}
    other = max((each.answers for each in found), key=lambda each: len(each.items() & told.keys()))
    then = recommendation(decision, speaking(decision, {**answers, **other}))["brief"]
    plain = {x: f"“{asked[x]['label']}” is “{label(decision, x, v)}”" for x, v in other.items()}
    case = ", and ".join(told.get((x, v), plain[x]) for x, v in other.items())
    count = next((asked[x]["counted"] for x in other if "counted" in asked[x]), "")
    number = ("one answer", "two answers", "three answers")[len(other) - 1]
    return f"This advice is {number} away from “{then}”: it becomes that if {case}. {count}".strip()


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
