"""Names, ids, figures, lessons and claims: the rules that tie the course's files together."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from tpmlib.authoring.gather import Course, attempt
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.document import document
from tpmlib.kit.content.files import is_local
from tpmlib.kit.content.relations import walk
from tpmlib.kit.content.words import Path, brief
from tpmlib.kit.figures import Figure, frame
from tpmlib.kit.questions import Prediction

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # a terminal obeys some


def names(course: Course) -> Iterator[str]:
    """Every fact, claim, outcome, model, ... that a document names exists, in its texts too."""
    for _, where, text in course.texts:
        yield from (f"{where}: {wrong}" for wrong in course.unnamed(text))
    for _, file in course.documents:
        for path, target, name in file.references:
            if wrong := course.unknown(target, name):
                yield file.problem(path, wrong)
    for table in course.tables.values():
        for line, column, target, name in table.references:
            if wrong := course.unknown(target, name):
                yield f"{table.at(line)} {column}: {wrong}"


def schemas(course: Course) -> Iterator[str]:
    """A schema is one, and what it and the descriptor refer to exists."""
    data = content.root() / "data"
    kinds = {*course.listed, *course.broken.values(), *(kind for kind, _ in course.documents)}
    files = [(path, "schema") for path in sorted((data / "schema").glob("*.json"))]
    for path, rules in [*files, (data / "datapackage.json", "datapackage")]:
        schema = document(path, rules)
        yield from schema.problems
        if not schema.problems and rules == "schema" and "$schema" not in schema.data:
            yield schema.problem(("$schema",), "missing; the standard that this schema follows")
        for place, value in walk(schema.data) if course.listed else ():
            if place[-1:] == ("x-ref",) and isinstance(value, str):
                kind, *way = value.split(".")
                columns = course.tables[kind].columns if kind in course.tables else way
                if kind not in {*kinds, "tables"}:
                    yield schema.problem(place, nearest(kind, kinds))
                elif (way or [""])[0] not in (columns or [""]):
                    yield schema.problem(place, nearest((way or [""])[0], columns))


def plain_text(course: Course) -> Iterator[str]:
    """Texts are plain: a tag would be shown as it stands, since every text is escaped."""
    for _, where, text in course.texts:
        if wrong := _not_plain(text):
            yield f"{where}: {wrong}"


def _not_plain(text: str) -> str:
    if tag := TAG.search(text):
        return f"HTML {tag[0]!r}; plain text"
    hidden = HIDDEN.search(text)
    return f"the control character {hidden[0]!r}; plain text" if hidden else ""


def prefixes(course: Course) -> Iterator[str]:
    """A fact of ours is F and a number, one of one's own L: no update brings the same."""
    facts = course.tables.get("facts")
    for line, name in facts.cells("fact_id") if facts else ():
        if facts and (name[0] == "L") != is_local(facts.file(line)):
            yield f"{facts.at(line)} fact_id: {name!r}; L and a number in local/, F in data/"


def ids(course: Course) -> Iterator[str]:
    """An id stands once in its list; ids of questions, predictions and decks once in the course."""
    first: dict[str, str] = {}
    for kind, file, places in course.places:
        stem = file.shown.split("/")[-1].split(".")[0]
        for path, value in places:
            if not (isinstance(value, dict) and "id" in value):
                continue
            if not path and value["id"] != stem:
                fits = f"{stem}, as the file is called"
                if not re.fullmatch(r"\w+", stem):  # no id can be so
                    fits = f"{value['id']}.yml, the file's name, not {stem!r}"
                yield file.problem(("id",), f"{value['id']}; {fits}")
            wide = kind in ("deck", "sheet") and not path or kind == "quiz" and len(path) == 2
            scope = "" if wide else f"{file.shown} {path[:-1]}"
            key, here = f"{scope} {value['id']}", file.at(file.lines[(*path, "id")])
            if first.setdefault(key, here) != here:
                text = f"{brief(value['id'])} is already at {first[key]}; once only"
                yield file.problem((*path, "id"), text)


def figures_of(course: Course) -> Iterator[str]:
    """Every model computes with its tables, every figure too, and every {name} has one."""
    for file in course.of("models") if course.computes else ():
        for name, model in file.data.items():
            compute = partial(frame, name, **model.get("moving", {}))
            if model["tables"]:
                attempt(course, file, (name, "tables"), compute)
    for _, file, places in course.places:
        for path, value in places:
            figure = isinstance(value, dict) and {"model", "row", "column"} <= value.keys()
            if figure and course.computes:
                attempt(course, file, path, partial(_words, value))
    for file, quiz in course.quizzes:
        for part in ("predictions", "questions", "reflections"):
            for number, item in enumerate(getattr(quiz, part)):
                blank = dict.fromkeys(item.values, "")
                attempt(course, file, (part, number), partial(item.with_words, blank))
        for number, prediction in enumerate(quiz.predictions if course.computes else ()):
            place: Path = ("predictions", number, "outcome")
            attempt(course, file, place, partial(_within, prediction))
    return iter(())


def _words(spec: dict[str, Any]) -> str:
    return Figure(**spec).words()


def _within(prediction: Prediction) -> None:
    """Raises CourseError when what came out cannot be predicted on the scale."""
    value = prediction.outcome.number() if prediction.outcome else prediction.min
    if not prediction.min <= value <= prediction.max:
        raise CourseError(f"{value:g} is outside {prediction.min} to {prediction.max}")


def refusals(course: Course) -> Iterator[str]:
    """What models refuse, at the first place that asks; last, when all have been asked."""
    for text, (first, *more) in course.refused.items():
        yield f"{first}: {text}{f' (and at {len(more)} more places)' if more else ''}"


def lessons(course: Course) -> Iterator[str]:
    """A lesson's id, file and outcomes agree; a ready lesson's outcomes have questions."""
    for file in course.of("course"):
        numbers = [lesson["number"] for _, lesson in course.lessons]
        order = [lesson["id"] for _, lesson in course.lessons]
        for place, (path, lesson) in enumerate(course.lessons):
            if lesson["file"].rpartition("/")[2][3:-6] != lesson["id"]:
                text = f"{lesson['file']}; notebooks/NN_{lesson['id']}.ipynb"
                yield file.problem((*path, "file"), text)
            if lesson["minutes"][0] > lesson["minutes"][1]:
                yield file.problem((*path, "minutes"), f"{lesson['minutes']}; low before high")
            if place and numbers[place] <= numbers[place - 1]:
                text = f"{lesson['file']}; a number above the one before it"
                yield file.problem((*path, "file"), text)
            for number, name in enumerate(lesson["needs"]):
                if name in order[place:]:
                    text = f"{name} is no earlier lesson; an earlier one"
                    yield file.problem((*path, "needs", number), text)
            for number, outcome in enumerate(lesson["outcomes"]):
                if not outcome["id"].startswith(f"{lesson['id']}-"):
                    text = f"{outcome['id']!r}; an id that starts with {lesson['id']}-"
                    yield file.problem((*path, "outcomes", number, "id"), text)
        for path, lesson in course.ready:
            home = lesson["file"].rpartition("notebooks/")[0] or "data/"
            quiz_file = f"{home}quizzes/{lesson['id']}.yml"
            either = {quiz_file, f"data/quizzes/{lesson['id']}.yml"}  # a copy of ours has both
            if not course.quizzes_of(lesson["id"]) and not either & course.broken.keys():
                yield f"{quiz_file}: missing; the quiz of a ready lesson"
            asked = {each.outcome for _, quiz in course.quizzes for each in quiz.questions}
            for number, outcome in enumerate(lesson["outcomes"]):
                if outcome["id"] not in asked and not course.broken:
                    text = "no question; one or more in a quiz"
                    yield file.problem((*path, "outcomes", number), text)


def claims(course: Course) -> Iterator[str]:
    """A claim has a lesson; in a ready one evidence and a reading."""
    table, lessons = course.tables.get("claims"), {each["id"]: each for _, each in course.lessons}
    if not table or not lessons:
        return
    homes = {name: home for _, name, home in table.cells("claim_id", "lesson")}
    (file,) = course.of("course")
    for path, lesson in course.lessons:
        looks_back = homes.keys() <= set(lesson["claims"])
        for number, name in enumerate(() if looks_back else lesson["claims"]):
            if homes.get(name, lesson["id"]) != lesson["id"]:
                text = f"{name} is a claim of {homes[name]} in claims.csv; each in one lesson"
                yield file.problem((*path, "claims", number), text)
    facts = course.tables["facts"].columns["claims"] if "facts" in course.tables else None
    ready = {lesson["id"] for _, lesson in course.ready}
    for line, name, home, *texts in table.cells("claim_id", "lesson", "reading", "verdict"):
        where = table.at(line)
        if name not in lessons.get(home, {"claims": []})["claims"]:
            yield f"{where} lesson: {home} does not list {name}; a lesson that treats it"
        if home not in ready:
            continue
        for column, text in zip(("reading", "verdict"), texts, strict=True):
            if text is None:
                yield f"{where} {column}: missing; needed once lesson {home} is ready"
        if facts is not None and not any(name in str(cell).split() for cell in facts):
            yield f"{where} claim_id: no fact bears on {name}; one or more in facts.csv"


def asked(course: Course) -> Iterator[str]:
    """The quiz of a ready lesson asks about each of its claims."""
    table, ready = course.tables.get("claims"), {each["id"] for _, each in course.ready}
    for _, name, home in table.cells("claim_id", "lesson") if table else ():
        for file, quiz in course.quizzes_of(home) if home in ready else ():
            if not any(item.claim == name for item in [*quiz.predictions, *quiz.questions]):
                yield f"{file.shown}:1 questions: none for {name}; one or more"
