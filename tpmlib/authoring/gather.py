"""The course as its rules see it: the sound files, the names in them, the line of each place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.documents import documents
from tpmlib.kit.content.tables import Table, checked
from tpmlib.kit.content.words import Path

TABLES = {"claims": "claim_id", "facts": "fact_id", "sources": "source_id"}
TABLES |= {"responsibilities": "responsibility_id", "misconceptions": "misconception_id"}
HOMES = {  # folders of several files, and the names that stand in them
    "data/quizzes/": ("predictions", "questions", "reflections"),
    "data/decks/": ("decks",),
    "data/scenarios/": ("grids", "rounds"),
}


@dataclass(frozen=True)
class Course:
    """Documents and tables without a problem of their own; `broken` names the other files."""

    documents: list[tuple[str, Document]]
    tables: dict[str, Table]
    broken: set[str]
    listed: set[str]  # names of all tables, also of broken ones

    def of(self, kind: str) -> list[Document]:
        return [found for each, found in self.documents if each == kind]

    @cached_property
    def lessons(self) -> list[tuple[Path, dict[str, Any]]]:
        """Place in course.yml and data of each lesson; none if the file is broken."""
        return [
            (("lessons", number), lesson)
            for found in self.of("course")
            for number, lesson in enumerate(found.data["lessons"])
        ]

    @cached_property
    def ready(self) -> list[tuple[Path, dict[str, Any]]]:
        return [one for one in self.lessons if one[1]["status"] == "ready"]

    @cached_property
    def names(self) -> dict[str, set[str]]:
        """What each kind of name may be; a kind is absent if its file is broken."""
        known: dict[str, set[str]] = {}
        if self.lessons:
            known["lessons"] = {lesson["id"] for _, lesson in self.lessons}
            known["outcomes"] = {one["id"] for _, each in self.lessons for one in each["outcomes"]}
        for found in self.of("models"):
            known["models"] = set(found.data)
            for kind, model in (("plans", "allocation"), ("budgets", "controls")):
                known[kind] = set(found.data.get(model, {"presets": {}})["presets"])
        for name, key in TABLES.items():
            if name in self.tables:
                known[name] = set(self.tables[name].columns[key])
        if "sources" in known:
            known["sources"].add("assumed")
        for kind, part in (("predictions", "predictions"), ("questions", "questions")):
            known[kind] = {one["id"] for found in self.of("quiz") for one in found.data[part]}
        texts = [one for found in self.of("quiz") for one in found.data.get("reflections", [])]
        known["reflections"] = {one["id"] for one in texts}
        grids = [found for found in self.of("scenario") if "raci" in found.data]
        known["grids"] = {found.shown.split("/")[-1].split(".")[0] for found in grids}
        rounds = [found.data.get("calibration", {"rounds": []}) for found in self.of("scenario")]
        known["rounds"] = {one["id"] for part in rounds for one in part["rounds"]}
        known["decks"] = {found.data["id"] for found in self.of("deck")}
        if self.listed:
            known["tables"] = self.listed
        # a name may stand in a file that cannot be read: then none of its kind is refused
        for folder, kinds in HOMES.items():
            if any(name.startswith(folder) for name in self.broken):
                known = {kind: names for kind, names in known.items() if kind not in kinds}
        return known

    def unknown(self, kind: str, name: str) -> str:
        """Empty if the name exists or cannot be looked up, else the sentence that refuses it."""
        known = self.names.get(kind)
        return "" if known is None or name in known else nearest(name, known)

    def before(self, earlier: str, later: str) -> bool:
        """Whether one lesson stands before another in course.yml."""
        order = [lesson["id"] for _, lesson in self.lessons]
        return earlier in order and later in order and order.index(earlier) < order.index(later)

    @property
    def computes(self) -> bool:
        """Whether models can run; else each of their figures would repeat one problem."""
        return bool(self.of("models") and self.tables.keys() == self.listed != set())

    def quiz(self, lesson: str) -> Document | None:
        return next((found for found in self.of("quiz") if found.data["lesson"] == lesson), None)


def gather() -> tuple[Course, list[str]]:
    """The course and every problem that its files have on their own."""
    found = content.problems_of_tables()
    tables: dict[str, Table] = {}
    try:
        tables = {name: checked(name) for name in content.tables()}
    except CourseError:
        pass  # the descriptor is broken, which problems_of_tables() has said
    every = documents()
    found += [problem for _, one in every for problem in one.problems]
    course = Course(
        [(kind, one) for kind, one in every if not one.problems],
        {name: one for name, one in tables.items() if not one.problems},
        {one.shown for _, one in every if one.problems},
        set(tables),
    )
    return course, found


def walk(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every place of a document with what stands there."""
    yield path, data
    inside = dict(enumerate(data)) if isinstance(data, list) else data
    for key, value in inside.items() if isinstance(inside, dict) else ():
        yield from walk(value, (*path, key))


def report(found: Document) -> Document:
    """An empty report on a document, with its lines."""
    return Document(found.shown, lines=found.lines)


def attempt(said: Document, path: Path, compute: Callable[[], Any]) -> Any:
    """What a model computes, or None with the reason said."""
    try:
        return compute()
    except CourseError as error:
        said.add(path, str(error))
    except (KeyError, TypeError, ValueError) as error:
        # settings or tables that do not fit the model, which another rule says better
        said.add(path, f"{type(error).__name__} {error}; a figure that can be computed")
    return None
