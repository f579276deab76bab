"""The course as its rules see it: the sound files, the names in them, the line of each place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from tpmlib.authoring.causes import caused, home, plain
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content
from tpmlib.kit.content.document import Document, document
from tpmlib.kit.content.documents import documents
from tpmlib.kit.content.files import Lines, is_local, ours_alone, shown
from tpmlib.kit.content.lessons import lessons_of
from tpmlib.kit.content.relations import names as inside
from tpmlib.kit.content.relations import walk
from tpmlib.kit.content.rows import Table
from tpmlib.kit.content.tables import checked
from tpmlib.kit.content.words import Path
from tpmlib.kit.questions import Quiz, made

NUMBER = re.compile(r"\b(?:[FL]\d{2,}[a-z]?|C\d{2,})\b")  # a fact or a claim in a text
NUMBERS = {"C": "claims.claim_id", "F": "facts.fact_id", "L": "facts.fact_id"}
COPY = re.compile(r"\(\d+\)|[ _-]copy\b|-Copy\d", re.I)
STRAY = {
    COPY: "a copy; one file of that name",
    re.compile(r"^(~\$|\.~lock)"): "a lock file of a spreadsheet; the file closed there",
    re.compile(r"\.(orig|bak|rej)$"): "left by another program; no such file",
    re.compile(r"\.(xlsx?|ods|numbers)$"): "a workbook; a table saved as CSV UTF-8",
    re.compile(r"\.yaml$"): "the ending .yaml; .yml",
}


@dataclass(frozen=True)
class Course:
    """Documents and tables without a problem of their own; `broken` names the other files."""

    documents: list[tuple[str, Document]]
    tables: dict[str, Table]
    broken: dict[str, str]  # kind of each
    listed: set[str]  # names of all tables, also of broken ones
    # place in course.yml and data of each; none if the file is broken
    lessons: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    # what a model says, and where
    refused: dict[str, dict[str, None]] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)  # why no model can compute anything

    def of(self, kind: str) -> list[Document]:
        return [file for each, file in self.documents if each == kind]

    @cached_property
    def places(self) -> list[tuple[str, Document, list[tuple[Path, Any]]]]:
        """Kind and every place of each document, walked through once for all rules."""
        return [(kind, file, [*walk(file.data)]) for kind, file in self.documents]

    @cached_property
    def texts(self) -> list[tuple[str, str, str]]:
        """Lesson (empty if it is of none), place as messages begin, and each text of a file."""
        in_documents = [
            (_lesson(kind, file, path), file.where(path), value)
            for kind, file, places in self.places
            for path, value in places
            if isinstance(value, str)
        ]
        return in_documents + [
            ("", f"{table.at(line)} {column}", cell)
            for table in self.tables.values()
            for column in table.columns
            for line, cell in table.cells(column)
            if isinstance(cell, str)
        ]

    @cached_property
    def ready(self) -> list[tuple[Path, dict[str, Any]]]:
        return [lesson for lesson in self.lessons if lesson[1]["status"] == "ready"]

    def names(self, target: str) -> set[str] | None:
        """The names that an x-ref allows, such as "claims.claim_id" or "quiz.questions.id".

        target: "tables" for all tables, table and column, or kind of document and the way inside.

        Returns None if a broken file may hold more of them: then no name is refused.
        """
        kind, *way = target.split(".")
        if kind in self.broken.values():
            return None
        if kind == "tables":
            return self.listed or None
        if not self.of(kind):
            cells = self.tables[kind].columns.get(*way[:1] or [""]) if kind in self.tables else None
            # a figure may be assumed in place of having a source
            assumed = {"assumed"} if kind in ("sources", "facts") else set()
            return assumed.union(cells) if cells else None
        return {name for file in self.of(kind) for _, name in inside(file.data, way)}

    def unknown(self, target: str, name: str) -> str:
        """Empty if the name exists or cannot be looked up, else the sentence that refuses it."""
        names = self.names(target)
        new = "; new? add a row to local/misconceptions.csv" * target.startswith("misconceptions.")
        return "" if names is None or name in names else nearest(name, names) + new

    def unnamed(self, text: str) -> Iterator[str]:
        """Refuses each number of a fact or a claim in a text that no row has."""
        return filter(None, (self.unknown(NUMBERS[n[0]], n) for n in NUMBER.findall(text)))

    def before(self, earlier: str, later: str) -> bool:
        """Whether one lesson stands before another in course.yml; if one is unknown, it may."""
        order = [lesson["id"] for _, lesson in self.lessons]
        both = {earlier, later} <= set(order)
        return not both or order.index(earlier) < order.index(later)

    @property
    def computes(self) -> bool:
        """Whether models can run; else each of their figures would repeat one problem."""
        return not self.unsound and bool(self.of("models") and self.listed)

    @cached_property
    def quizzes(self) -> list[tuple[Document, Quiz]]:
        """Each quiz with its document, which knows the line of each place."""
        return [(file, made(file)) for file in self.of("quiz")]

    def quizzes_of(self, lesson: str) -> list[tuple[Document, Quiz]]:
        """The quiz of a lesson with its document; none if it is missing or broken."""
        return [(file, quiz) for file, quiz in self.quizzes if quiz.lesson == lesson][:1]


def gather() -> tuple[Course, list[str]]:
    """The course and every problem that its files have on their own."""
    problems = content.problems_of_tables()
    unsound = set(problems)
    tables: dict[str, Table] = {}
    try:
        tables = {name: checked(name) for name in content.tables()}
    except CourseError:
        pass  # the descriptor is broken, which problems_of_tables() has said
    every = [caused(*pair) for pair in documents() if not COPY.search(pair[1].shown)]
    files: list[Lines] = [*tables.values(), *(file for _, file in every)]
    problems += [problem for _, file in every for problem in file.problems]
    read = {name for each in files for name in (each.shown, each.local) if name}
    broken = {file.shown: kind for kind, file in every if file.problems}
    # what cannot be read, and so is told, is not stray as well
    problems += _stray(read | {line.partition(":")[0] for line in problems}, broken)
    good = {name: file for name, file in tables.items() if not file.problems}
    sound = [(kind, file) for kind, file in every if not file.problems]
    course = Course(sound, good, broken, {*tables}, unsound=unsound)
    for file in course.of("course"):
        course.lessons.extend(lessons_of(file))
    nouns = {lesson["number"]: lesson["id"] for _, lesson in course.lessons}
    return course, [plain(problem, nouns) for problem in problems]


def ours_of(course: Course) -> Course:
    """The course without what is local."""
    if content.local() is None:
        return course
    with ours_alone():
        return gather()[0]


def _lesson(kind: str, file: Document, path: Path) -> str:
    """The lesson that a place of a document is of; empty if it is of none."""
    if kind == "course" and path[:1] == ("lessons",) and len(path) > 1:
        return str(file.data["lessons"][path[1]]["id"])
    return str(file.data.get("lesson", ""))


def _stray(read: set[str], broken: dict[str, str]) -> Iterator[str]:
    """Files that another program or a second download left, or that nobody reads: `broken` too."""
    for folder in (content.root() / "data", *filter(None, [content.local()])):
        for path in sorted(folder.rglob("*")):
            why = [why for name, why in STRAY.items() if name.search(path.name)]
            places = {name.partition("/")[2] for name in read}
            name = path.relative_to(folder).as_posix()
            if name.removeprefix(f"words/{content.language()}/") in places:
                continue  # read, or a translation of what is read
            if not why and path.suffix in (".csv", ".yml") and (file := shown(path)) not in read:
                data = document(path, "deck").data if path.suffix == ".yml" else None
                kind, text = home(data, path.name)
                broken |= {file: kind} if kind else {}
                if text or is_local(file):
                    why = [text or nearest(name, places - {path.name})]
            yield from (f"{shown(path)}: {text}" for text in why)


def report(file: Document) -> Document:
    """A report on a document, with its lines and no problem yet."""
    return replace(file, problems=[])


def attempt(course: Course, file: Document, path: Path, compute: Callable[[], Any]) -> Any:
    """What a model computes, or None: what it refuses `refusals` says, once for all places."""
    try:
        return compute()
    except CourseError as error:
        text = plain(str(error), {})
    except (KeyError, TypeError, ValueError) as error:
        # settings or tables that do not fit the model, which another rule says better
        text = f"{type(error).__name__} {error}; a figure that can be computed"
    course.refused.setdefault(text, {})[file.where(path)] = None
    return None
