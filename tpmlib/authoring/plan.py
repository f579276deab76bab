"""A workshop as its teacher sees it: the clock, what to skip when late, and what does not fit."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tpmlib.authoring.cells import prose, read, text_of
from tpmlib.authoring.gather import Course
from tpmlib.authoring.pace import late, running_order
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, questions
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.files import is_local, root
from tpmlib.kit.content.words import Path as Place
from tpmlib.kit.content.workshop import kept, titles
from tpmlib.kit.panels.progress import next_step, skipped

ROOM = 1.5  # minutes in a room for each minute alone, since people talk (assumed)
NEXT = re.compile(r"^\*\*Next:\*\* .*$", re.M)  # the last line of a lesson
NAMED = re.compile(r"\blessons? (\d\d)\b")


def plan() -> str:
    """The running order of the workshop, or of the whole course, as plain text."""
    course, workshop = content.course(), content.workshop() or {}
    lines, clock = [], 0.0
    for lesson in course["lessons"]:
        parts, low_high = running_order(lesson["id"]), lesson["minutes"]
        lines += ["", f"{lesson['number']} {lesson['title']}"]
        for title, share, to_do in parts:
            minutes = share * sum(low_high) / 2 * ROOM
            lines.append(f"  {_clock(clock)}  {title}: {_minutes(minutes)}. {to_do}".rstrip(". "))
            clock += minutes
        lines += [f"        Left out: {title}" for title in skipped(lesson["id"])]
        discuss = lesson.get("teaching", {}).get("discuss", [])
        lines += [f"        Discuss: {text}" for text in discuss]
        lines += [f"        When it is late, skip: {title}" for title in late(lesson["id"])]
    lines += ["", f"{_clock(clock)}  End"]
    head = f"{course['title']}: {len(course['lessons'])} lessons, {_minutes(clock)} in a room"
    more = round(clock) - workshop.get("minutes", clock)
    which = "more" if more > 0 else "less"
    fits = f"; that is {_minutes(abs(more))} {which} than you have" if round(more) else ""
    about = f"Half as long again as for one who learns alone (assumed){fits}."
    return "\n".join([head, about, *lines, *_unmet(course["lessons"], course["out"])])


def taught(lesson: dict[str, Any]) -> dict[str, Any]:
    """The saved notebook of a lesson without what the workshop leaves out: parts, and links."""
    notebook, course = read(content.root() / lesson["file"]), content.course()
    cells = kept(notebook["cells"], skipped(lesson["id"]))
    following, onward = next_step(lesson["id"], None), ""
    if following:
        place = os.path.relpath(following["file"], Path(lesson["file"]).parent)
        onward = f"**Next:** [{following['number']}, {following['title']}]({place})"
    gone = "|".join(re.escape(Path(each["file"]).name) for each in course["out"].values())
    for cell in cells if gone else ():
        if cell["cell_type"] == "markdown":
            text = NEXT.sub(lambda _: onward, text_of(cell))
            text = re.sub(rf"\[([^\]]*)\]\((?:{gone})[^)]*\)", r"\1", text)
            cell["source"] = text.splitlines(True)
    return notebook | {"cells": cells}


def _clock(minutes: float) -> str:
    return f"{round(minutes) // 60}:{round(minutes) % 60:02}"


def _minutes(minutes: float) -> str:
    return "1 minute" if round(minutes) <= 1 else f"{round(minutes)} minutes"


def _unmet(lessons: list[dict[str, Any]], out: dict[str, Any]) -> list[str]:
    """What the lessons still take from those that are left out: for the teacher to say."""
    numbers = {lesson["number"] for lesson in out.values()}
    lines = []
    for lesson in lessons:
        texts = " ".join(text for _, text in prose(taught(lesson)["cells"]))
        names = {*NAMED.findall(texts)} & numbers
        back = {each.returns for each in questions.quiz(lesson["id"]).questions} & out.keys()
        asked = {out[name]["number"] for name in back if name}
        lines += [f"  {lesson['number']} names lesson {number}" for number in sorted(names)]
        lines += [f"  {lesson['number']} asks about lesson {number}" for number in sorted(asked)]
    return ["", "To say yourself, since the lesson is left out:", *lines] if lines else []


def workshops(course: Course) -> Iterator[str]:
    """The parts that a workshop skips, or a lesson when it is late, are parts of that lesson."""
    files = {lesson["id"]: lesson["file"] for _, lesson in course.lessons}
    named: list[tuple[Document, Place, str, list[str]]] = []
    for file in course.of("workshop"):
        skipped = file.data.get("skip", {}).items()
        named += [(file, ("skip", name), name, headings) for name, headings in skipped]
    for file in course.of("course"):
        for place, each in course.lessons:
            if is_local(each["file"]) == file.is_local(place):  # and no copy in place of ours
                short = each.get("teaching", {}).get("short", [])
                named.append((file, (*place, "teaching", "short"), each["id"], short))
    for file, path, name, headings in named:
        if path[0] == "skip" and name not in file.data["lessons"]:
            yield file.problem(path, nearest(name, file.data["lessons"]))
            continue
        try:
            parts = [*titles(read(root() / files[name])["cells"])]
        except (CourseError, KeyError):  # told elsewhere
            continue
        for number, heading in enumerate(headings):
            if heading not in parts:
                yield file.problem((*path, number), nearest(heading, parts))
