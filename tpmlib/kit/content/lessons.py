"""The lessons of the course, or of a workshop: which there are, where they lie, what they treat."""

import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import pandas as pd

from tpmlib.kit.content.document import Document, document
from tpmlib.kit.content.documents import named, own, sound
from tpmlib.kit.content.files import below, is_local, local, root, shown
from tpmlib.kit.content.tables import table
from tpmlib.kit.content.workshop import chosen


def course() -> dict[str, Any]:
    """The course: its title and its lessons in order, each with its `number`, as in "07".

    Of a workshop these are its own; `out` holds the lessons that are left out, by id.
    """
    file = document(below(root(), "data", "course.yml"), "course")
    whole = dict(sound(file)) | {"lessons": [lesson for _, lesson in lessons_of(file)]}
    return chosen(whole, workshop())


def workshop() -> dict[str, Any] | None:
    """What local/workshop.yml says; None if there is none."""
    file = own("workshop") if local() else None
    return dict(sound(file)) if file else None


def lessons_of(file: Document) -> list[tuple[tuple[str, int], dict[str, Any]]]:
    """Place and entry of each lesson of course.yml, with its `number`, as in "07".

    Its `file` is named from the course's folder, for one's own lessons too. A notebook of the name
    of ours that lies in local/notebooks stands in place of ours.
    """
    lessons, folder = deepcopy(file.data["lessons"]), local()
    for place, lesson in enumerate(lessons):
        lesson["number"] = Path(lesson["file"]).stem[:2]
        own = folder / lesson["file"] if folder else None
        if own and (file.is_local(("lessons", place)) or own.is_file()):
            lesson["file"] = shown(own)
    return [(("lessons", place), lesson) for place, lesson in enumerate(lessons)]


def binder(file: str) -> str:
    """The address that opens a lesson's file on Binder; empty if course.yml names no repository."""
    place = course().get("binder")
    if not place or is_local(file):
        return ""
    where = f"{place['repository']}/{place['tag']}"
    return f"https://mybinder.org/v2/gh/{where}?urlpath=lab/tree/{file}"


def ready() -> list[dict[str, Any]]:
    """The lessons that a learner can take, in order; not those that are only planned."""
    return [lesson for lesson in course()["lessons"] if lesson["status"] == "ready"]


def href(file: str) -> str:
    """The link to a lesson's file from the notebook that runs: its folder is the present one."""
    folder, here = local() or root(), Path.cwd()
    # in the browser's Python the notebooks lie apart from the data
    apart = not here.is_relative_to(root()) and here.parent.name == folder.name
    home = folder if is_local(shown(here)) or apart else root()
    return Path(os.path.relpath(root() / file, home / "notebooks")).as_posix()


def lesson(id: str) -> dict[str, Any]:
    """One lesson of data/course.yml, by its noun, such as "staffing"; also one that is left out."""
    return dict(named("lesson", id, {lesson["id"]: lesson for lesson in _every_lesson()}))


def _every_lesson() -> list[dict[str, Any]]:
    data = course()
    return [*data["lessons"], *data["out"].values()]


def lesson_named(name: str) -> dict[str, Any]:
    """One lesson as an instructor may call it: by its noun, or its number, such as "07" or "7"."""
    numbers = {lesson["number"]: lesson["id"] for lesson in _every_lesson()}
    return lesson(numbers.get(name.zfill(2), name))


def claims() -> pd.DataFrame:
    """The claims whose lesson is not left out."""
    frame = table("claims")
    return frame[~frame["lesson"].isin(list(course()["out"]))]
