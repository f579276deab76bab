"""The places that `tpm new` marks, until somebody writes there."""

import re
from collections.abc import Iterator

from tpmlib.authoring.gather import Course, report
from tpmlib.kit.content.document import Document

MARK = re.compile(r"TO WRITE: *([^\n]*)")


def of_documents(course: Course) -> Iterator[tuple[str, str]]:
    """Lesson, if it is of one, and line of each mark in the YAML files."""
    for _, found, places in course.places:
        for path, value in places:
            if isinstance(value, str) and (mark := MARK.search(value)):
                said = report(found)
                said.add(path, f"to write: {mark[1]}")
                yield _lesson(found, path), said.problems[0]


def of_tables(course: Course) -> Iterator[tuple[str, str]]:
    """Lesson (none) and line of each mark in the tables."""
    for found in course.tables.values():
        for column, cells in found.columns.items():
            for line, value in zip(found.lines, cells, strict=True):
                if isinstance(value, str) and (mark := MARK.search(value)):
                    yield "", f"{found.shown}:{line} {column}: to write: {mark[1]}"


def of_texts(shown: str, parts: list[tuple[str, str]], lesson: str) -> Iterator[tuple[str, str]]:
    """Lesson and line of each mark in the texts of a notebook."""
    for where, text in parts:
        for mark in MARK.findall(text):
            yield lesson, f"{shown}:{where}: to write: {mark}"


def _lesson(found: Document, path: tuple[str | int, ...]) -> str:
    if path[0] == "lessons" and len(path) > 1:
        return str(found.data["lessons"][path[1]]["id"])
    return str(found.data.get("lesson", ""))
