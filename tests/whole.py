"""A learner who has answered all that the lessons ask, or every so many things, as a page would."""

from itertools import cycle
from typing import Any

from tpmlib.kit import content, questions
from tpmlib.kit.panels.form import fitting
from tpmlib.kit.panels.judge import VERDICTS
from tpmlib.kit.panels.progress import asked
from tpmlib.kit.panels.sheet import fields as fields_of
from tpmlib.kit.record import record
from tpmlib.lessons.adverts.assign import PEOPLE
from tpmlib.lessons.who_does_what.profile_panel import ITEM


def answer_everything(every: int = 1, text: str = "My own words.", choice: int = -1) -> None:
    """Answer every so many of the things asked. text: what is written; choice: of each list."""
    lessons = [each["id"] for each in content.course()["lessons"]]
    items = sorted((kind, item, lesson) for lesson in lessons for kind, item in asked(lesson))
    items.append(("profile", ITEM, "who_does_what"))  # which a deeper page keeps
    people = cycle([*PEOPLE, "tpm", "tpm"])
    for kind, item, lesson in items[::every]:
        right = None
        answer: Any = {"text": text}
        if kind == "quiz":
            chosen = questions.question(item).options[choice]
            answer, right = chosen.id, chosen.right
        elif kind == "predict":
            options = questions.predictions()[item].options
            answer = {"answer": options[choice].id if options else 50, "confidence": 90}
            right = bool(options and options[choice].right)
        elif kind == "judge":
            answer = {"verdict": [*VERDICTS][choice], "confidence": 70, "reason": text}
        elif kind == "decide":
            (asks,) = (each for each in content.decision()["questions"] if each["id"] == item)
            answer = asks["options"][choice]["id"]
        elif kind == "assign":
            answer = {"does": next(people), "answers": next(people)}
        elif kind == "sheet":
            answer = {field["id"]: entry(field, text, choice) for field in sheet_fields(item)}
        elif kind == "profile":
            answer = dict.fromkeys(set(content.model("profile")["parameters"]) - {"draws"}, 4)
        elif kind == "cards":
            deck = content.deck(item)
            answer = {card["id"]: deck["piles"][choice]["id"] for card in deck["cards"]}
        record().add(kind, item, answer, lesson=lesson, right=right)


def sheet_fields(name: str) -> list[dict[str, Any]]:
    return fields_of(content.sheet(name))


def entry(field: dict[str, Any], text: str, choice: int) -> Any:
    """What is entered in a field of a sheet."""
    if field["kind"] == "grid":
        column = field["columns"][0]
        value = column["options"][choice]["value"] if column.get("options") else 1
        return {f"{row['id']}.{column['id']}": value for row in field["rows"]}
    if field["kind"] in ("radio", "checks"):
        value = field["options"][choice]["value"]
        return [value] if field["kind"] == "checks" else value
    value = {"text": text, "number": field.get("min", 1)}[field["kind"]]
    assert fitting([field], {field["id"]: value})
    return value
