"""How far a learner is: what a lesson asks for, what the record holds of it, and what is next."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tpmlib.kit import content, questions, registry
from tpmlib.kit.content.workshop import asks, kept
from tpmlib.kit.record import Record
from tpmlib.kit.words import say

# of these, a call names the item
NAMED = ("predict", "judge", "reflect", "sheet", "cards", "own", "calibrate")
Entry = dict[str, Any]  # a lesson or a path of data/course.yml
PATH = "path"  # the item and the kind of the choice of a path


@dataclass(frozen=True)
class Progress:
    """Done and asked for in one lesson."""

    done: int
    asked: int


def asked(lesson: str) -> set[tuple[str, str]]:
    """Every (kind, item) that a lesson asks the learner for, and none before it has asked for."""
    quiz = questions.quiz(lesson)
    parts = {"predict": quiz.predictions, "quiz": quiz.questions, "reflect": quiz.reflections}
    items = {(kind, item.id) for kind, part in parts.items() for item in part}
    items |= registry.asked(lesson)
    entry = content.lesson(lesson)
    own = content.claims().query("lesson == @lesson")["claim_id"]  # a later table asks all again
    items |= {("judge", claim) for claim in own if claim not in entry.get("later", ())}
    course = content.course()
    before = [each["id"] for each in course["lessons"] if each["number"] < entry["number"]]
    items -= {("assign", duty) for each in before for duty in questions.quiz(each).assign}
    if course.get("paths") and lesson == course["lessons"][0]["id"] and not content.workshop():
        items.add((PATH, PATH))
    items |= {("cards", name) for name in content.decks() if content.deck(name)["lesson"] == lesson}
    return _not_skipped(items, entry) if skipped(lesson) else items


def skipped(lesson: str) -> list[str]:
    """The headings of the parts of a lesson that a workshop leaves out."""
    workshop = content.workshop() or {}
    return list(workshop.get("skip", {}).get(lesson, []))


def _not_skipped(items: set[tuple[str, str]], entry: Entry) -> set[tuple[str, str]]:
    """What the other parts of the lesson's notebook ask for; all, where it is not to be found."""
    # in the browser it lies beside those that run, already without these parts
    paths = (content.root() / entry["file"], Path(entry["file"]).name)
    path = next((Path(each) for each in paths if Path(each).is_file()), None)
    if not path:
        return items
    cells = kept(json.loads(path.read_text(encoding="utf-8"))["cells"], skipped(entry["id"]))
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    codes, like = [(source, content.staged(source)) for source in sources], registry.acts_as()
    least = {item: 2 if item[0] in NAMED else 1 for item in items}
    return {
        item
        for item in items
        for code, staged in codes
        if asks(code, *item, staged, like) >= least[item]
    }


def progress(lesson: str, record: Record, wanted: set[tuple[str, str]] | None = None) -> Progress:
    """What the record holds of a lesson; `wanted` is what it asks for, if that is known already."""
    wanted = asked(lesson) if wanted is None else wanted
    return Progress(len(record.answered() & wanted), len(wanted))


def minutes(lesson: Entry) -> str:
    """How long a lesson takes, in words: "60 to 85 minutes"."""
    low, high = lesson["minutes"]
    return say("lesson.time", low=low, high=high) if low < high else say("lesson.minutes", n=low)


def chosen_path(record: Record) -> Entry | None:
    """The path that the learner chose last, in a workshop its own; None without one."""
    event, paths = record.latest(PATH, PATH), content.course().get("paths", [])
    if content.workshop():
        return dict(paths[0])
    return next((path for path in paths if event and path["id"] == event["answer"]), None)


def next_step(lesson: str, path: Entry | None, record: Record | None = None) -> Entry | None:
    """The next lesson on a path, else in the course, whose quiz the record does not hold whole."""
    answered = record.answered() if record else set()
    lessons = {each["id"]: each for each in content.course()["lessons"]}
    order = list(lessons)
    steps = path["steps"] if path else order
    place = order.index(lesson) if lesson in order else len(order)
    # a detour: back to the path where it comes later in the course
    back = [step for step in steps if order.index(step) > place]
    later = steps[steps.index(lesson) + 1 :] if lesson in steps else back
    return next((lessons[step] for step in later if not _quiz(lessons[step]) <= answered), None)


def _quiz(lesson: Entry) -> set[tuple[str, str]]:
    """Of a lesson that is still planned, an item that nobody can answer."""
    quiz = questions.quiz(lesson["id"]).questions if lesson["status"] == "ready" else ()
    return {("quiz", question.id) for question in quiz} or {("quiz", "")}
