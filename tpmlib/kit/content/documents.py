"""The course's YAML: lessons, models, quizzes, decks, sheets, scenarios and the glossary."""

import re
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.document import Document, document
from tpmlib.kit.content.files import below, local, root

FOLDERS = {"quiz": "quizzes", "words": "words"}  # many files of one kind
FOLDERS |= {kind: f"{kind}s" for kind in ("deck", "sheet", "scenario", "stage")}


def documents() -> list[tuple[str, Document]]:
    """Kind and document of every file of the course that has a schema."""
    files = ("course", "models", "glossary", "decision", "hiring")
    alone = [(kind, document(below(root(), "data", f"{kind}.yml"), kind)) for kind in files]
    of_workshop = [("workshop", file) for file in [own("workshop")] if file]
    return alone + of_workshop + [(kind, file) for kind in FOLDERS for file in _folder(kind)]


def problems_of_documents() -> list[str]:
    """Every problem of every YAML file, each as `path:line place: found; allowed`."""
    return [problem for _, file in documents() for problem in file.problems]


def sound(file: Document) -> Any:
    """What a file says, one's own to change. Raises CourseError with its first problem."""
    if file.problems:
        raise CourseError(file.problems[0])
    return deepcopy(file.data)


def _file(kind: str) -> Any:
    return sound(document(below(root(), "data", f"{kind}.yml"), kind))


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
    return {data["id"]: data for data in map(sound, _folder(kind))}


def named(what: str, name: str, by_name: dict[str, Any]) -> Any:
    """The one of that name. Raises CourseError for an unknown name."""
    if name not in by_name:
        raise CourseError(f"{what}: {nearest(name, by_name)}")
    return by_name[name]


def models() -> dict[str, Any]:
    """data/models.yml: each model with its settings, views and presets."""
    return deepcopy(_models())


def model(name: str) -> dict[str, Any]:
    """One model of data/models.yml with its settings, view and presets, by its name."""
    return deepcopy(named("model", name, _models()))


def tables_of(model: str) -> list[str]:
    """The names of the tables that a model is given."""
    return list(_models()[model]["tables"])


def _models() -> dict[str, Any]:
    """All models, for this file alone: what is changed here is changed for all."""
    file = document(below(root(), "data", "models.yml"), "models")
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
    of_model = named("model", model, _models())
    changed = named(f"preset of {model}", preset, of_model["presets"])["values"]
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
    return dict(named("deck", id, _by_id("deck")))


def sheets() -> list[str]:
    """The ids of all sheets."""
    return list(_by_id("sheet"))


def sheet(id: str) -> dict[str, Any]:
    """One form of data/sheets by its id."""
    return dict(named("sheet", id, _by_id("sheet")))


def stage(id: str) -> dict[str, Any]:
    """One stage of data/stages by its id."""
    return dict(named("stage", id, _by_id("stage")))


def staged(source: str) -> set[str]:
    """The predictions that the stages of a code cell ask."""
    names = re.findall(r'tpm\.stage\("(\w+)"', source)
    return {step["ask"] for name in names for step in stage(name)["steps"] if "ask" in step}


def scenario(name: str) -> dict[str, Any]:
    """The material of data/scenarios/<name>.yml."""
    by_name = {Path(file.shown).stem: file for file in _folder("scenario")}
    return dict(sound(named("scenario", name, by_name)))


def calibration_round(id: str) -> dict[str, Any]:
    """One round of interval questions, with its `lesson` added, by its id."""
    return deepcopy(named("calibration", id, _rounds()))


def calibration_rounds() -> list[str]:
    """The ids of all rounds of interval questions."""
    return list(_rounds())


def _rounds() -> dict[str, dict[str, Any]]:
    by_name: dict[str, dict[str, Any]] = {}
    for file in _folder("scenario"):
        part = sound(file).get("calibration", {"rounds": []})
        by_name |= {round_["id"]: round_ | {"lesson": part["lesson"]} for round_ in part["rounds"]}
    return by_name


def decision() -> dict[str, Any]:
    """data/decision.yml: questions, rules in order, recommendations and what they rest on."""
    return dict(_file("decision"))


def hiring() -> dict[str, Any]:
    """data/hiring.yml: questions for an interview, companies, and what is said of pay."""
    return dict(_file("hiring"))


def spoken() -> dict[str, Document]:
    """The file of each language in data/words and local/words, such as that of "en"."""
    return {Path(file.shown).stem: file for file in _folder("words")}


def glossary() -> dict[str, dict[str, Any]]:
    """The entry of each term, in the order of data/glossary.yml."""
    return {entry["term"]: entry for entry in _file("glossary")["terms"]}
