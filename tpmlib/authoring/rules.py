"""The rules that tie the course's files together."""

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from tpmlib import content, figures
from tpmlib.authoring.gather import Course, report, walk
from tpmlib.content.documents import Document
from tpmlib.content.words import Path, brief
from tpmlib.errors import CourseError, nearest, outside
from tpmlib.questions import fill

QUESTIONS = {"00": (10, 10), "11": (10, 10)}  # forms A and B of the starting questions
OTHERS = (5, 8)
RETURNS = 2  # questions of a lesson that come back from an earlier one
NAMES = {
    **{name: name for name in ("claims", "facts", "tables")},
    **{"claim": "claims", "fact": "facts", "table": "tables", "source": "sources"},
    **{"lesson": "lessons", "needs": "lessons", "returns": "lessons", "outcome": "outcomes"},
    **{"model": "models", "assign": "responsibilities"},
}


def names(course: Course) -> Iterator[str]:
    """Every fact, claim, outcome, model, ... that a document names exists."""
    for _, found in course.documents:
        said = report(found)
        for path, value in walk(found.data):
            kind = NAMES.get(str(path[-1])) if path else None
            for name in value if isinstance(value, list) else [value]:
                if kind and isinstance(name, str) and (wrong := course.unknown(kind, name)):
                    said.add(path, wrong)
        yield from said.problems


def ids(course: Course) -> Iterator[str]:
    """An id stands once in its list; ids of questions, predictions and decks once in the course."""
    first: dict[str, str] = {}
    for kind, found in course.documents:
        said = report(found)
        for path, value in walk(found.data):
            if not (isinstance(value, dict) and "id" in value):
                continue
            wide = len(path) < 3 and kind in ("quiz", "deck")
            scope = "" if wide else f"{found.shown} {path[:-1]}"
            key, here = f"{scope} {value['id']}", f"{found.shown}:{found.lines[(*path, 'id')]}"
            if first.setdefault(key, here) != here:
                said.add((*path, "id"), f"{brief(value['id'])} is already at {first[key]}; once only")
        yield from said.problems


def figures_of(course: Course) -> Iterator[str]:
    """Every figure that a model computes can be computed, and every {name} has one."""
    for kind, found in course.documents:
        said = report(found)
        for path, value in walk(found.data):
            if isinstance(value, dict) and {"model", "row", "column"} <= value.keys():
                _try(said, path, lambda value=value: figures.value(value))
            if kind == "quiz" and len(path) == 2 and isinstance(value, dict):
                given = dict.fromkeys(value.get("values", {}), "")
                _try(said, path, lambda value=value, given=given: fill(value, given))
        yield from said.problems


def _try(said: Document, path: Path, compute: Callable[[], Any]) -> None:
    try:
        compute()
    except CourseError as error:
        said.add(path, str(error))


def lessons(course: Course) -> Iterator[str]:
    """A lesson's id, file and outcomes agree; a ready lesson's outcomes have questions."""
    for found in course.of("course"):
        said = report(found)
        for path, lesson in course.lessons:
            if lesson["file"][10:12] != lesson["id"]:
                said.add((*path, "file"), f"{lesson['file']}; notebooks/{lesson['id']}_name.ipynb")
            if lesson["minutes"][0] > lesson["minutes"][1]:
                said.add((*path, "minutes"), f"{lesson['minutes']}; low before high")
            for number, outcome in enumerate(lesson["outcomes"]):
                if not outcome["id"].startswith(f"{lesson['id']}-"):
                    place = (*path, "outcomes", number, "id")
                    said.add(place, f"{outcome['id']!r}; an id that starts with {lesson['id']}-")
        for path, lesson in course.ready:
            asked = {one["outcome"] for each in course.of("quiz") for one in each.data["questions"]}
            for number, outcome in enumerate(lesson["outcomes"]):
                if outcome["id"] not in asked and not course.broken:
                    said.add((*path, "outcomes", number), "no question; one or more in a quiz")
        yield from said.problems


def claims(course: Course) -> Iterator[str]:
    """Each claim has its lesson; in a ready one a prediction, a question, evidence and a reading."""
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


def quizzes(course: Course) -> Iterator[str]:
    """Right options exist, not always in the same place; a ready lesson has its share of questions."""
    for found in course.of("quiz"):
        said = report(found)
        for number, question in enumerate(found.data["questions"]):
            right = [bool(option.get("right")) for option in question.get("options", [])]
            path = ("questions", number, "options")
            if question["kind"] == "one" and sum(right) != 1:
                said.add(path, f"{sum(right)} right options; exactly one")
            if question["kind"] == "many" and not any(right):
                said.add(path, "no right option; one or more")
            if question.get("returns", "") >= found.data["lesson"]:
                said.add(("questions", number, "returns"), "not an earlier lesson; an earlier one")
        for number, prediction in enumerate(found.data["predictions"]):
            options = prediction.get("options", [])
            if prediction["kind"] == "choice" and not any(one.get("right") for one in options):
                said.add(("predictions", number, "options"), "no right option; one or more")
        yield from said.problems
    for path, lesson in course.ready:
        yield from _share(course, path, lesson)


def _share(course: Course, path: Path, lesson: dict[str, Any]) -> Iterator[str]:
    quiz = course.quiz(lesson["id"])
    if not quiz:
        if not any(f"quizzes/{lesson['id']}_" in name for name in course.broken):
            yield f"data/quizzes: no quiz of lesson {lesson['id']}; one file {lesson['id']}_name.yml"
        return
    said, questions = report(quiz), quiz.data["questions"]
    low, high = QUESTIONS.get(lesson["id"], OTHERS)
    if not low <= len(questions) <= high:
        said.add(("questions",), str(outside("number of questions", len(questions), low, high)))
    back = sum("returns" in question for question in questions)
    if lesson["id"] != "00" and back < RETURNS:
        said.add(("questions",), f"{back} come back from earlier lessons; {RETURNS} or more")
    if lesson["claims"] and not quiz.data.get("assign"):
        said.add((), "assign: missing; the responsibilities that the learner gives to somebody")
    places = [
        [bool(option.get("right")) for option in question["options"]].index(True)
        for question in questions
        if question["kind"] == "one" and any(one.get("right") for one in question["options"])
    ]
    if len(places) > 2 and len(set(places)) == 1:
        said.add(("questions",), f"the right option is always number {places[0] + 1}; vary its place")
    yield from said.problems


def decks(course: Course) -> Iterator[str]:
    """Every card has a text and a pile that exists, its own or computed."""
    duties = course.names.get("responsibilities", set())
    for found in course.of("deck"):
        said, deck = report(found), found.data
        piles = {pile["id"] for pile in deck["piles"]}
        computed = _computed(said, deck) if "answers" in deck else {}
        for number, card in enumerate(deck["cards"]):
            if "text" not in card and card["id"] not in duties:
                said.add(("cards", number, "id"), nearest(card["id"], duties))
            chosen = card.get("pile", computed.get(card["id"]))
            for pile in [chosen] if isinstance(chosen, str) else chosen or []:
                if pile not in piles:
                    said.add(("cards", number), f"pile {nearest(pile, piles)}")
            if chosen is None and not said.problems:
                said.add(("cards", number), "no pile; a pile, or a row of the model that answers")
        unscored = deck.get("unscored", [])
        for pile in [unscored] if isinstance(unscored, str) else unscored:
            if pile not in piles:
                said.add(("unscored",), nearest(pile, piles))
        yield from said.problems


def _computed(said: Document, deck: dict[str, Any]) -> dict[str, str]:
    rule = deck["answers"]
    try:
        rows = figures.frame(rule["model"], rule["preset"])
    except CourseError as error:
        said.add(("answers",), str(error))
        return {}
    for part in ("key", "column"):
        if rule[part] not in rows:
            said.add(("answers", part), nearest(rule[part], rows))
            return {}
    return {str(key): str(pile) for key, pile in zip(rows[rule["key"]], rows[rule["column"]])}


def adverts(course: Course) -> Iterator[str]:
    """Counted responsibilities are the columns of adverts.csv, and their terms can be searched."""
    duties, counts = course.tables.get("responsibilities"), course.tables.get("adverts")
    if not duties or not counts:
        return
    columns = list(counts.columns)[6:]  # after advert_id, role, company, year, full_text, words
    counted = set()
    keys = ("responsibility_id", "source", "terms")
    for line, name, source, terms in zip(duties.lines, *map(duties.columns.get, keys), strict=True):
        where = f"{duties.shown}:{line}"
        if source == "counted":
            counted.add(name)
            if name not in columns:
                yield f"{where} responsibility_id: {nearest(name, columns)} (columns of adverts.csv)"
        if (source == "counted") != (terms is not None):
            yield f"{where} terms: {brief(terms)}; terms for a counted row, none for a local one"
        try:
            re.compile(terms or "")
        except re.error as error:
            yield f"{where} terms: {error}; a regular expression"
    for name in columns:
        if name not in counted:
            yield f"{counts.shown}:1 {name}: {nearest(name, counted)} (counted responsibilities)"


def models(course: Course) -> Iterator[str]:
    """A model's settings are exactly its arguments, and every value fits its control."""
    for found in course.of("models"):
        said = report(found)
        for name, model in found.data.items():
            given = {*model["parameters"], *model["tables"]}
            _signature(said, name, name, "parameters", given)
            _signature(said, name, "view", "view", set(model.get("view", {})))
            entries = {**model["parameters"], **model.get("view", {})}
            for part in ("parameters", "view"):
                for key, entry in model.get(part, {}).items():
                    _fits(said, (name, part, key, "value"), entry, entry["value"])
            for preset, one in model["presets"].items():
                for key, value in one["values"].items():
                    path = (name, "presets", preset, "values", key)
                    if key in entries:
                        _fits(said, path, entries[key], value)
                    else:
                        said.add(path, nearest(key, entries))
        yield from said.problems


def _signature(said: Document, name: str, function: str, part: str, given: set[str]) -> None:
    try:
        module = importlib.import_module(f"tpmlib.models.{name}")
        wanted = set(inspect.signature(getattr(module, function)).parameters)
    except (ModuleNotFoundError, AttributeError):
        if given:
            said.add((name, part), f"no {function}() in tpmlib/models/{name}.py; a function")
        return
    wanted -= {"frame"}
    for key in sorted(given - wanted):
        said.add((name, part, key), f"{nearest(key, wanted)} (arguments of {function})")
    for key in sorted(wanted - given):
        said.add((name, part), f"{key} is missing; every argument of {function}")


def _fits(said: Document, path: Path, entry: dict[str, Any], value: Any) -> None:
    if entry["kind"] in ("number", "fixed"):
        if not isinstance(value, int | float) or isinstance(value, bool):
            said.add(path, f"{brief(value)} is not a number")
        elif not entry["min"] <= value <= entry["max"]:
            said.add(path, str(outside("", value, entry["min"], entry["max"])).removeprefix(": "))
    elif entry["kind"] == "switch" and not isinstance(value, bool):
        said.add(path, f"{brief(value)} is not true or false")
    elif entry["kind"] == "choice":
        options = [option["value"] for option in entry.get("options", [])]
        try:
            options += _options(entry["options_from"]) if "options_from" in entry else []
        except CourseError as error:
            said.add((*path[:-1], "options_from"), str(error))
            return
        if value not in options:
            said.add(path, nearest(value, map(str, options)))


def _options(source: dict[str, Any]) -> list[Any]:
    """The values of a list that a table gives. Raises CourseError for an unknown table or column."""
    frame = content.table(source["table"])
    for part in ("value", "label"):
        if part in source and source[part] not in frame:
            raise CourseError(f"{part}: {nearest(source[part], frame)}")
    first = [option["value"] for option in source.get("first", [])]
    return first + list(frame[source["value"]])


RULES: tuple[Callable[[Course], Iterator[str]], ...] = (
    *(names, ids, figures_of, lessons, claims, quizzes, decks, adverts, models),
)
