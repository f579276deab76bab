"""Names, ids, figures, lessons and claims: the rules that tie the course's files together."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from tpmlib.authoring.gather import Course, attempt, report
from tpmlib.errors import CourseError
from tpmlib.kit import figures
from tpmlib.kit.content.words import brief
from tpmlib.kit.questions import fill

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def names(course: Course) -> Iterator[str]:
    """Every fact, claim, outcome, model, ... that a document names exists."""
    for _, found in course.documents:
        said = report(found)
        for path, target, name in found.references:
            if wrong := course.unknown(target, name):
                said.add(path, wrong)
        yield from said.problems


def plain_text(course: Course) -> Iterator[str]:
    """Texts are plain: a tag would be shown as it stands, since every text is escaped."""
    for _, found, places in course.places:
        said = report(found)
        for path, value in places:
            if isinstance(value, str) and (tag := TAG.search(value)):
                said.add(path, f"HTML {tag[0]!r}; plain text")
        yield from said.problems
    for table in course.tables.values():
        for column, cells in table.columns.items():
            for line, cell in zip(table.lines, cells, strict=True):
                if isinstance(cell, str) and (tag := TAG.search(cell)):
                    yield f"{table.shown}:{line} {column}: HTML {tag[0]!r}; plain text"


def ids(course: Course) -> Iterator[str]:
    """An id stands once in its list; ids of questions, predictions and decks once in the course."""
    first: dict[str, str] = {}
    for kind, found, places in course.places:
        said = report(found)
        for path, value in places:
            if not (isinstance(value, dict) and "id" in value):
                continue
            wide = kind == "deck" and not path or kind == "quiz" and len(path) == 2
            scope = "" if wide else f"{found.shown} {path[:-1]}"
            key, here = f"{scope} {value['id']}", f"{found.shown}:{found.lines[(*path, 'id')]}"
            if first.setdefault(key, here) != here:
                said.add(
                    (*path, "id"), f"{brief(value['id'])} is already at {first[key]}; once only"
                )
        yield from said.problems


def figures_of(course: Course) -> Iterator[str]:
    """Every figure that a model computes can be computed, and every {name} has one."""
    for kind, found, places in course.places:
        said = report(found)
        for path, value in places:
            figure = isinstance(value, dict) and {"model", "row", "column"} <= value.keys()
            if figure and course.computes:
                attempt(said, path, partial(figures.value, value))
            if kind == "quiz" and len(path) == 2 and isinstance(value, dict):
                attempt(
                    said, path, partial(fill, value, dict.fromkeys(value.get("values", {}), ""))
                )
                scaled = path[0] == "predictions" and value["kind"] == "number"
                if scaled and course.computes:
                    attempt(said, (*path, "outcome"), partial(_within, value))
        yield from said.problems


def _within(prediction: dict[str, Any]) -> None:
    """Raises CourseError when what came out cannot be predicted on the scale."""
    spec = prediction["outcome"]
    value = float(figures.number(spec)) * (100 if spec.get("format") == "percent" else 1)
    if not prediction["min"] <= value <= prediction["max"]:
        raise CourseError(f"{value:g} is outside {prediction['min']} to {prediction['max']}")


def lessons(course: Course) -> Iterator[str]:
    """A lesson's id, file and outcomes agree; a ready lesson's outcomes have questions."""
    for found in course.of("course"):
        said = report(found)
        numbers = [lesson["file"][10:12] for _, lesson in course.lessons]
        for place, (path, lesson) in enumerate(course.lessons):
            if lesson["file"][13:-6] != lesson["id"]:
                said.add((*path, "file"), f"{lesson['file']}; notebooks/NN_{lesson['id']}.ipynb")
            if lesson["minutes"][0] > lesson["minutes"][1]:
                said.add((*path, "minutes"), f"{lesson['minutes']}; low before high")
            if place and numbers[place] <= numbers[place - 1]:
                said.add((*path, "file"), f"{lesson['file']}; a number above the one before it")
            for number, outcome in enumerate(lesson["outcomes"]):
                if not outcome["id"].startswith(f"{lesson['id']}-"):
                    said.add(
                        (*path, "outcomes", number, "id"),
                        f"{outcome['id']!r}; an id that starts with {lesson['id']}-",
                    )
        for path, lesson in course.ready:
            asked = {one["outcome"] for each in course.of("quiz") for one in each.data["questions"]}
            for number, outcome in enumerate(lesson["outcomes"]):
                if outcome["id"] not in asked and not course.broken:
                    said.add((*path, "outcomes", number), "no question; one or more in a quiz")
        yield from said.problems


def claims(course: Course) -> Iterator[str]:
    """A claim has a lesson; in a ready one a prediction, a question, evidence and a reading."""
    table, known = course.tables.get("claims"), {each["id"]: each for _, each in course.lessons}
    if not table or not known:
        return
    facts = course.tables["facts"].columns["claims"] if "facts" in course.tables else None
    ready = {lesson["id"] for _, lesson in course.ready}
    for place, (line, name, home) in enumerate(
        zip(table.lines, table.columns["claim_id"], table.columns["lesson"], strict=True)
    ):
        where = f"{table.shown}:{line}"
        if name not in known.get(home, {"claims": []})["claims"]:
            yield f"{where} lesson: {home} does not list {name}; a lesson that treats it"
        if home not in ready:
            continue
        for column in ("reading", "verdict"):
            if table.columns[column][place] is None:
                yield f"{where} {column}: missing; needed once lesson {home} is ready"
        if facts is not None and not any(name in str(cell).split() for cell in facts):
            yield f"{where} claim_id: no fact bears on {name}; one or more in facts.csv"
        quiz = course.quiz(home)
        for part in ("predictions", "questions") if quiz else ():
            if quiz and not any(item.get("claim") == name for item in quiz.data[part]):
                yield f"{quiz.shown}:1 {part}: none for {name}; one or more"
