"""The places that `tpm new` marks, until somebody writes there."""

import re
from collections.abc import Iterator

from tpmlib.authoring.gather import Course

MARK = re.compile(r"TO WRITE: *([^\n]*)")


def of_files(course: Course) -> Iterator[tuple[str, str]]:
    """Lesson, if it is of one, and line of each mark in the YAML files and the tables."""
    for lesson, where, text in course.texts:
        if mark := MARK.search(text):
            yield lesson, f"{where}: to write: {mark[1]}"


def of_texts(shown: str, parts: list[tuple[str, str]], lesson: str) -> Iterator[tuple[str, str]]:
    """Lesson and line of each mark in the texts of a notebook."""
    for where, text in parts:
        for mark in MARK.findall(text):
            yield lesson, f"{shown}:{where}: to write: {mark}"
