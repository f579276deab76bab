"""The course's YAML: lessons, models, quizzes, decks, sheets, scenarios and the glossary."""

import os
import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.document import Document, document
from tpmlib.kit.content.files import is_local, local, root, shown
from tpmlib.kit.content.workshop import chosen

FOLDERS = {  # many files of one kind
    **{"quiz": "quizzes", "deck": "decks", "sheet": "sheets", "scenario": "scenarios"},
    "stage": "stages",
}


def documents() -> list[tuple[str, Document]]:
    """Kind and document of every file of the course that has a schema."""
    files = ("course", "models", "glossary", "decision", "hiring")
    alone = [(kind, document(root() / "data" / f"{kind}.yml", kind)) for kind in files]
    of_workshop = [("workshop", file) for file in [own("workshop")] if file]
    return alone + of_workshop + [(kind, file) for kind in FOLDERS for file in _folder(kind)]


def problems_of_documents() -> list[str]:
    """Every problem of every YAML file, each as `path:line place: found; allowed`."""
    return [problem for _, file in documents() for problem in file.problems]


def _sound(file: Document) -> Any:
    if file.problems:
        raise CourseError(file.problems[0])
    return deepcopy(file.data)


def _file(kind: str) -> Any:
    return _sound(document(root() / "data" / f"{kind}.yml", kind))


def own(kind: str) -> Document | None:
    """A file that only a local course has, such as local/workshop.yml; None without one."""
    folder = local()
    path = folder / f"{kind}.yml" if folder else None
    return document(path, kind) if path and path.is_file() else None


def _folder(kind: str) -> list[Document]:
    """Every file of a kind, those of ours with what is local on top, then those of one's own."""
    paths: dict[str, Path] = {}
    for folder in filter(None, (root() / "data", local())):
        for path in sorted((folder / FOLDERS[kind]).glob("*.y*ml")):
            paths.setdefault(path.name, path)
    return [document(path, kind) for path in paths.values()]


def _by_id(kind: str) -> dict[str, Any]:
    return {data["id"]: data for data in map(_sound, _folder(kind))}


def _named(what: str, name: str, by_name: dict[str, Any]) -> Any:
    """The one of that name. Raises CourseError for an unknown name."""
    if name not in by_name:
        raise CourseError(f"{what}: {nearest(name, by_name)}")
    return by_name[name]


def course() -> dict[str, Any]:
    """The course: its title and its lessons in order, each with its `number`, as in "07".

    Of a workshop these are its own; `out` holds the lessons that are left out, by id.
    """
    file = document(root() / "data" / "course.yml", "course")
    whole = dict(_sound(file)) | {"lessons": [lesson for _, lesson in lessons_of(file)]}
    return chosen(whole, workshop())


def workshop() -> dict[str, Any] | None:
    """What local/workshop.yml says; None if there is none."""
    file = own("workshop")
    return dict(_sound(file)) if file else None


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


def href(file: str) -> str:
    """The link to a lesson's file from the notebook that runs: its folder is the present one."""
    folder, here = local() or root(), Path.cwd()
    # in the browser's Python the notebooks lie apart from the data
    apart = not here.is_relative_to(root()) and here.parent.name == folder.name
    home = folder if is_local(shown(here)) or apart else root()
    return Path(os.path.relpath(root() / file, home / "notebooks")).as_posix()


def lesson(id: str) -> dict[str, Any]:
    """One lesson of data/course.yml, by its noun, such as "staffing"; also one that is left out."""
    return dict(_named("lesson", id, {lesson["id"]: lesson for lesson in _every_lesson()}))


def _every_lesson() -> list[dict[str, Any]]:
    data = course()
    return [*data["lessons"], *data["out"].values()]


def lesson_named(name: str) -> dict[str, Any]:
    """One lesson as an instructor may call it: by its noun, or its number, such as "07" or "7"."""
    numbers = {lesson["number"]: lesson["id"] for lesson in _every_lesson()}
    return lesson(numbers.get(name.zfill(2), name))


def models() -> dict[str, Any]:
    """data/models.yml: each model with its settings, views and presets."""
    return deepcopy(_models())


def model(name: str) -> dict[str, Any]:
    """One model of data/models.yml with its settings, view and presets, by its name."""
    return deepcopy(_named("model", name, _models()))


def tables_of(model: str) -> list[str]:
    """The names of the tables that a model is given."""
    return list(_models()[model]["tables"])


def _models() -> dict[str, Any]:
    """All models, for this file alone: what is changed here is changed for all."""
    file = document(root() / "data" / "models.yml", "models")
    if file.problems:
        raise CourseError(file.problems[0])
    return _written_out(file)


@lru_cache(maxsize=8)
def _written_out(file: Document) -> dict[str, Any]:
    """A document is read anew when its file changes, so that it stands for the file's state."""
    return with_shared_settings(deepcopy(file.data))


def with_shared_settings(models: dict[str, Any]) -> dict[str, Any]:
    """The models, each setting that is `same_as` in another model written out."""
    for model in models.values():
        for key, entry in model["parameters"].items():
            if "same_as" in entry:
                model["parameters"][key] = models[entry["same_as"]]["parameters"][key]
    return models


def settings(model: str, preset: str = "default") -> dict[str, Any]:
    """The value of every setting of a model under a preset, ready to be passed to the model."""
    return _values(model, preset, "parameters")


def view_settings(model: str, preset: str = "default") -> dict[str, Any]:
    """The value of every setting of a model's view under a preset."""
    return _values(model, preset, "view")


def _values(model: str, preset: str, part: str) -> dict[str, Any]:
    of_model = _named("model", model, _models())
    changed = _named(f"preset of {model}", preset, of_model["presets"])["values"]
    entries = of_model.get(part, {})
    return {name: deepcopy(changed.get(name, entry["value"])) for name, entry in entries.items()}


def quiz_files() -> list[Document]:
    """Every file of data/quizzes, those with problems too."""
    return _folder("quiz")


def decks() -> list[str]:
    """The ids of all decks of cards."""
    return list(_by_id("deck"))


def deck(id: str) -> dict[str, Any]:
    """One deck of cards by its id."""
    return dict(_named("deck", id, _by_id("deck")))


def sheets() -> list[str]:
    """The ids of all sheets."""
    return list(_by_id("sheet"))


def sheet(id: str) -> dict[str, Any]:
    """One form of data/sheets by its id."""
    return dict(_named("sheet", id, _by_id("sheet")))


def stage(id: str) -> dict[str, Any]:
    """One stage of data/stages by its id."""
    return dict(_named("stage", id, _by_id("stage")))


def staged(source: str) -> set[str]:
    """The predictions that the stages of a code cell ask."""
    names = re.findall(r'tpm\.stage\("(\w+)"', source)
    return {step["ask"] for name in names for step in stage(name)["steps"] if "ask" in step}


def scenario(name: str) -> dict[str, Any]:
    """The material of data/scenarios/<name>.yml."""
    by_name = {Path(file.shown).stem: file for file in _folder("scenario")}
    return dict(_sound(_named("scenario", name, by_name)))


def calibration_round(id: str) -> dict[str, Any]:
    """One round of interval questions, with its `lesson` added, by its id."""
    return deepcopy(_named("calibration", id, _rounds()))


def calibration_rounds() -> list[str]:
    """The ids of all rounds of interval questions."""
    return list(_rounds())


def _rounds() -> dict[str, dict[str, Any]]:
    by_name: dict[str, dict[str, Any]] = {}
    for file in _folder("scenario"):
        part = _sound(file).get("calibration", {"rounds": []})
        by_name |= {round_["id"]: round_ | {"lesson": part["lesson"]} for round_ in part["rounds"]}
    return by_name


def decision() -> dict[str, Any]:
    """data/decision.yml: questions, rules in order, recommendations and what they rest on."""
    return dict(_file("decision"))


def hiring() -> dict[str, Any]:
    """data/hiring.yml: questions for an interview, companies, and what is said of pay."""
    return dict(_file("hiring"))


def glossary() -> dict[str, dict[str, Any]]:
    """The entry of each term, in the order of data/glossary.yml."""
    return {entry["term"]: entry for entry in _file("glossary")["terms"]}
