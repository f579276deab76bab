"""Everything that `tpm check` finds, one line a problem, all at once."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat.validator import get_validator

from tpmlib.authoring import notebooks
from tpmlib.authoring.gather import Course, gather
from tpmlib.authoring.links import links
from tpmlib.authoring.models import adverts, models
from tpmlib.authoring.quizzes import decks, grids, parallels, quizzes, reflections, rounds
from tpmlib.authoring.rules import claims, figures_of, ids, lessons, names
from tpmlib.authoring.saved import saved, tagged
from tpmlib.content.files import course_at, shown, text_of
from tpmlib.errors import CourseError

RULES = (
    names,
    ids,
    figures_of,
    lessons,
    claims,
    quizzes,
    parallels,
    decks,
    grids,
    reflections,
    rounds,
    adverts,
    models,
)
SKIP = ("node_modules", "build", "dist", "site")  # folders that hold no text of the course


def check(root: Path | None = None) -> list[str]:
    """Every problem of the course in `root` (else the present one): path:where: found; allowed."""
    with course_at(root) as folder:
        course, found = gather()
        for rule in RULES:
            found += rule(course)
        known = {lesson["file"]: lesson for _, lesson in course.lessons}
        for _, lesson in course.ready:
            if not (folder / lesson["file"]).is_file():
                found.append(f"{lesson['file']}: missing; the notebook of a ready lesson")
        texts = {path: _texts(path, found) for path in _files(folder)}
        read = {path: "\n".join(text for _, text in parts) for path, parts in texts.items()}
        for path, parts in texts.items():
            wrong = [*links(path, parts, folder, read)]
            if path.suffix == ".ipynb" and parts:
                wrong += _notebook(path, known.get(shown(path)), course)
            found += (f"{shown(path)}:{where}: {text}" for where, text in wrong)
    return sorted(set(found), key=_natural)


def _natural(problem: str) -> list[Any]:
    parts = re.split(r"(\d+)", problem)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def _files(folder: Path) -> list[Path]:
    found = []
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in SKIP and not name.startswith(".")]
        found += [Path(here, name) for name in files if name.endswith((".md", ".ipynb"))]
    return sorted(found)


def _texts(path: Path, found: list[str]) -> list[tuple[str, str]]:
    """Place and text of the parts of a Markdown file or a notebook; nothing if it is damaged."""
    try:
        text = text_of(path)
        if path.suffix == ".md":
            return [("text", text)]
        notebook = json.loads(text)
        errors = get_validator(4, 5).iter_errors(notebook)  # type: ignore[no-untyped-call]
    except CourseError as error:
        found.append(str(error))
        return []
    except ValueError as error:
        found.append(f"{shown(path)}:1: {error}; a notebook")
        return []
    for wrong in errors:
        found.append(f"{shown(path)}:file: {wrong.message[:100]}; a notebook of format 4.5")
        return []
    return [(f"cell {place}", text) for place, text in notebooks.prose(notebook["cells"])]


def _notebook(
    path: Path, lesson: dict[str, Any] | None, course: Course
) -> Iterator[tuple[str, str]]:
    """The rules for a notebook: all for a ready lesson, fewer for a planned one or none."""
    notebook = json.loads(text_of(path))
    cells = notebook["cells"]
    ids = [cell.get("id") for cell in cells]
    for place, name in enumerate(ids, 1):
        if not name or ids.count(name) > 1:
            yield f"cell {place}", f"id {name!r}; an id of its own"
    yield from tagged(cells)
    if lesson is None:
        if path.parent.name == "notebooks":
            yield "file", "not a lesson of data/course.yml; one that names it"
        yield from saved(notebook, path.stat().st_size)
        return
    yield from notebooks.heading(cells, lesson["title"])
    yield from notebooks.plain(cells)
    if lesson["status"] == "ready":
        yield from saved(notebook, path.stat().st_size)
        yield from notebooks.lesson_calls(cells, lesson, course)
        if lesson["claims"]:
            yield from notebooks.rhythm(cells, lesson, course)
