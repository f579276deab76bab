"""Everything that `tpm check` finds, one line a problem, all at once."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tpmlib.authoring import decision, models, notebooks, quizzes, rules, sheets, stages
from tpmlib.authoring.calls import misspelt, unimported
from tpmlib.authoring.cells import prose, read
from tpmlib.authoring.counted import counted, of_data, returning, typed
from tpmlib.authoring.gather import Course, gather, ours_of
from tpmlib.authoring.keys import keys
from tpmlib.authoring.links import links
from tpmlib.authoring.marks import both_parts, changed
from tpmlib.authoring.plan import workshops
from tpmlib.authoring.saved import saved, tagged
from tpmlib.errors import CourseError
from tpmlib.kit import content, words
from tpmlib.kit.content.files import course_at, is_installed, is_local, shown, text_of

RULES = (
    models.adverts,
    models.models,
    rules.schemas,
    rules.names,
    rules.ids,
    rules.prefixes,
    rules.plain_text,
    lambda _: words.problems(),
    rules.figures_of,
    rules.lessons,
    rules.claims,
    quizzes.quizzes,
    quizzes.parallels,
    keys,
    of_data,
    quizzes.decks,
    sheets.sheets_of,
    stages.stages_of,
    decision.decisions,
    workshops,
    quizzes.reflections,
    quizzes.rounds,
    rules.refusals,
)
# of the house: advice for what is local, as `_style` is
STYLE = (quizzes.shares, rules.asked, lambda _: words.missing())
WRITE = re.compile(r"TO WRITE: *([^\n]*)")
HELP = "notebooks/help.ipynb"  # linked from the head of every lesson, and none itself
# folders that hold no text of the course; one's own is read beside it, unless it is switched off
SKIP = ("node_modules", "build", "dist", "site", "_site", "local")


def check(root: Path | None = None) -> list[str]:
    """Every problem of the course in `root` (else the present one): path:where: found; allowed."""
    return review(root)[0]


class Review(NamedTuple):
    """Lines: what is wrong, what is still to write, and what the house would do otherwise."""

    problems: list[str]
    unwritten: list[str]
    advice: list[str]


def review(root: Path | None = None, *, stale: bool = True) -> Review:
    """All there is to say of a course. What is to write is a problem in a ready lesson alone, and
    the house's style is one for what is ours. Our notebooks are held to our data alone, and what
    they say otherwise of local data is advice too.

    stale: whether a notebook that was run before its data changed is a problem. It is named last,
        once nothing else is wrong, since a run mends it.
    """
    with course_at(root) as folder:
        course, problems = gather()
        for rule in RULES:
            broken = [*rule(course)]
            problems += broken
            # what no model can compute with is said once, and not at each of its figures
            course.unsound.update(broken if rule in (models.adverts, models.models) else ())
        style = [line for rule in STYLE for line in rule(course)]
        for _, lesson in course.ready:
            if not is_installed(folder) and not (folder / lesson["file"]).is_file():
                problems.append(f"{lesson['file']}: missing; the notebook of a ready lesson")
        texts, books = _read(folder, problems)
        whole = {path: "\n".join(text for _, text in parts) for path, parts in texts.items()}
        ours, beside = ours_of(course), set[str]()
        for path, parts in texts.items():
            inside = folder if path.is_relative_to(folder) else content.local()
            wrong = [*links(path, parts, inside or folder, whole)]
            if path in books:
                held_to = course if is_local(shown(path)) else ours
                wrong += _notebook(path, books[path], held_to)
                style += _told(path, _style(path, books[path], held_to))
                if held_to is not course and _lesson(path, course):
                    for rules_of in (_notebook, _style):
                        beside |= {*_told(path, rules_of(path, books[path], course))}
            problems += _told(path, wrong)
        problems += [*_badge(folder, whole), *(line for line in style if not is_local(line))]
        if stale and not problems:
            problems += _stale(books, course, ours)
        open_ = _to_write(course, {shown(path): parts for path, parts in texts.items()})
        advice = {line for line in style if is_local(line)} | beside - {*problems}
    lines = {*problems, *open_[0]}, {*open_[1]}, advice
    return Review(*(sorted(each, key=_natural) for each in lines))


def _told(path: Path, wrong: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"{shown(path)}:{where}: {text}" for where, text in wrong)


def _badge(folder: Path, read: dict[Path, str]) -> list[str]:
    """The README of a course that names its Binder leads there."""
    readme = folder / "README.md"
    try:
        address = content.binder(content.course()["lessons"][0]["file"])
    except CourseError:  # told elsewhere
        return []
    if not address or address in read.get(readme, address):
        return []
    return [f"README.md: the badge of Binder is missing; [Open it on Binder]({address})"]


def _to_write(
    course: Course, texts: dict[str, list[tuple[str, str]]]
) -> tuple[list[str], list[str]]:
    """The places that `tpm new` marks, until somebody writes there: in ready lessons, elsewhere."""
    files = {lesson["file"]: lesson["id"] for _, lesson in course.lessons}
    parts = [*course.texts]
    for path in texts.keys() & files.keys():
        parts += [(files[path], f"{path}:{where}", text) for where, text in texts[path]]
    marks = [(id, f"{at}: to write: {to}") for id, at, text in parts for to in WRITE.findall(text)]
    ready = {lesson["id"] for _, lesson in course.ready}
    late = [f"{line}; a text, since lesson {id} is ready" for id, line in marks if id in ready]
    in_work = {lesson["id"] for _, lesson in course.lessons if lesson["status"] == "planned"}
    return late, [line for id, line in marks if id in in_work or not id]


def _natural(problem: str) -> list[Any]:
    parts = re.split(r"(\d+)", problem)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def _files(folder: Path) -> list[Path]:
    paths, own = [], content.local()
    for here, folders, files in (
        step for base in {folder, own or folder} for step in os.walk(base)
    ):
        if "course.yml" in files and Path(here) != own:  # data, or a course that is not laid on it
            folders[:], files = [], []
        folders[:] = [name for name in folders if name not in SKIP and not name.startswith(".")]
        paths += [Path(here, name) for name in files if name.endswith((".md", ".ipynb"))]
    return sorted(paths)


def _read(
    folder: Path, problems: list[str]
) -> tuple[dict[Path, list[tuple[str, str]]], dict[Path, dict[str, Any]]]:
    """Place and text of the parts of each Markdown file and notebook, and the notebooks."""
    texts, books = {}, {}
    for path in _files(folder):
        try:
            if path.suffix == ".ipynb":
                books[path] = read(path)
                cells = prose(books[path]["cells"])
                texts[path] = [(f"cell {place}", text) for place, text in cells]
            else:
                texts[path] = [("text", text_of(path))]
        except CourseError as error:
            problems.append(str(error))
    return texts, books


def _stale(books: dict[Path, dict[str, Any]], course: Course, ours: Course) -> Iterator[str]:
    """Notebooks that were saved before something changed that they show, by what changed."""
    parts, late = both_parts(course, ours), defaultdict[str, dict[str, None]](dict)
    for path, notebook in books.items():
        held_to = course if is_local(shown(path)) else ours
        lesson = _lesson(path, held_to) or {"status": "ready"}
        if lesson["status"] == "ready":
            for file in changed(notebook, parts[held_to is course]):
                name = "deeper/" * (path.parent.name == "deeper") + path.stem
                late[file or shown(path)][path.stem[:2] if "id" in lesson else name] = None
    for file, books_of in late.items():
        yield f"{file}: changed after {', '.join(books_of)} ran; tpm run {' '.join(books_of)}"


def _lesson(path: Path, course: Course) -> dict[str, Any] | None:
    """The lesson of a notebook; None if it is of none."""
    return next((each for _, each in course.lessons if each["file"] == shown(path)), None)


def _notebook(path: Path, notebook: dict[str, Any], course: Course) -> Iterator[tuple[str, str]]:
    """The rules for a notebook: all for a ready lesson, fewer for a planned one or none."""
    lesson, cells = _lesson(path, course), notebook["cells"]
    ids = [cell.get("id") for cell in cells]
    for place, name in enumerate(ids, 1):
        if not name or ids.count(name) > 1:
            yield f"cell {place}", f"id {name!r}; an id of its own"
    if ids == [str(place) for place in range(len(ids))]:
        yield "cells", "ids 0, 1, 2, ..., as nbstripout numbers them; those of the course, by git"
    yield from tagged(cells)
    yield from typed(course, ((f"cell {place}", text) for place, text in prose(cells)))
    yield from misspelt(cells, course)
    if unimported(cells):
        return
    if lesson is None:
        if path.parent.name == "notebooks" and course.lessons and shown(path) != HELP:
            # else course.yml is broken, and said
            home = "local" if is_local(shown(path)) else "data"
            yield "file", f"not a lesson of {home}/course.yml; one that names it"
        yield from saved(notebook, path.stat().st_size)
        return
    yield from notebooks.heading(cells, lesson["title"])
    yield from notebooks.valid(cells)
    if lesson["status"] == "ready":
        yield from notebooks.unasked(cells, lesson, course)
        yield from saved(notebook, path.stat().st_size)
        yield from notebooks.lesson_calls(cells, lesson, course)


def _style(path: Path, notebook: dict[str, Any], course: Course) -> Iterator[tuple[str, str]]:
    """The house's style of a lesson: short plain code, counts in its texts, its rhythm."""
    cells = notebook["cells"]
    if lesson := None if unimported(cells) else _lesson(path, course):
        yield from notebooks.plain(cells)
    if lesson and lesson["status"] == "ready":
        yield from counted(cells, course)
        for _, quiz in course.quizzes_of(lesson["id"]):
            yield from returning(cells, quiz, course)
        if lesson["claims"]:
            yield from notebooks.rhythm(cells, lesson, course)
