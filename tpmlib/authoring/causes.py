"""One line with the cause, where the files alone would give several lines, or other words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tpmlib.kit.content.document import Document
from tpmlib.kit.content.documents import FOLDERS
from tpmlib.kit.content.workshop import OUT

HOMES = {"cards": "deck", "fields": "sheet", "questions": "quiz", "steps": "stage"}  # by a field
LESSON = r"(?:lesson|returns|(?:lessons|needs|steps)\[\d+\]|skip\.\d+)"  # where its noun belongs
NUMBERED = re.compile(rf"(.*[ .]{LESSON}): '?(\d+)'?(?=;| would be| is not text).*")
STAYS = "local/workshop.yml names, under lessons, those that stay"
LISTED = re.compile(r"(.*/(?:course|workshop)\.yml:\d+ left_out): .*")  # as if it were a list

RANGE = re.compile(r"(.*: '(\d+) ?[-–] ?(\d+)') is not a list")
PLACE = re.compile(r"(.* \{(\w+)\}): '\2' is not one of nothing yet")


def home(data: Any, name: str) -> tuple[str, str]:
    """The kind of a file by its fields, and what to say if it is not there; else both empty."""
    kinds = [kind for part, kind in HOMES.items() if isinstance(data, dict) and part in data]
    kind = kinds[0] if len(kinds) == 1 else ""
    return kind, f"a {kind} by its fields; {FOLDERS[kind]}/{name}" if kind else ""


def caused(kind: str, file: Document) -> tuple[str, Document]:
    """Kind and document, with the cause alone for one in the folder of another kind."""
    if kind == "course":
        return kind, replace(file, problems=_left_out(file))
    other, text = home(file.data, file.shown.rpartition("/")[2]) if file.problems else ("", "")
    if kind not in HOMES.values() or other in ("", kind):
        return kind, file
    return other, replace(file, problems=[f"{file.shown}:1: {text}"])


def _left_out(file: Document) -> list[str]:
    """The problems of course.yml, with one for an entry that would leave out a lesson of ours."""
    problems, first = file.problems, file.ours.get(("lessons",), 0)
    for place, lesson in enumerate(file.data["lessons"][first:] if first else ()):
        if isinstance(lesson, dict) and lesson.get("status") == OUT and "file" not in lesson:
            inside = f"{file.local}:", f" lessons[{place}]."
            problems = [line for line in problems if not all(part in line for part in inside)]
            where = file.where(("lessons", first + place, "status"))
            problems.append(f"{where}: {OUT}, a lesson of ours; {STAYS}")
    return problems


def plain(problem: str, nouns: Mapping[str, str]) -> str:
    """A problem as an instructor would say it. nouns: of the lessons, by their numbers."""
    if listed := LISTED.fullmatch(problem):
        return f"{listed[1]}: no such list; {STAYS}"
    if bounds := RANGE.fullmatch(problem):
        return f"{bounds[1]}; two numbers: [{bounds[2]}, {bounds[3]}]"
    if place := PLACE.fullmatch(problem):
        return f"{place[1]}: no such figure; one under values, or a text without {{}}"
    if numbered := NUMBERED.fullmatch(problem):
        noun = nouns.get(numbered[2].zfill(2), "such as titles")
        return f"{numbered[1]}: {numbered[2]} is a number; the noun of the lesson, {noun}"
    return problem
