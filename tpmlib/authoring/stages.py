"""The rules of stages: settings that exist and fit, steps in order, predictions of the lesson."""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from functools import partial
from typing import Any

from tpmlib.authoring.gather import Course, attempt, report
from tpmlib.authoring.models import fits
from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, registry, stages
from tpmlib.kit.content.document import Document
from tpmlib.kit.content.words import Path
from tpmlib.kit.questions import Prediction


def stages_of(course: Course) -> Iterator[str]:
    """Each step of a stage can be shown, and what it asks is answered before the step after it."""
    models: dict[str, Any] = {}
    for file in course.of("models"):
        with suppress(CourseError):  # a setting that is the same as none is told elsewhere
            models |= content.with_shared_settings(deepcopy(file.data))
    asked = {item.id: item for _, quiz in course.quizzes for item in quiz.predictions}
    staged = [name for name in registry.drawn() if hasattr(registry.model(name), "MOVES")]
    for document in course.of("stage"):
        problems, stage = report(document), document.data
        model = models.get(stage["model"])
        if model is None:
            continue  # an unknown one is named by its reference
        if stage["model"] not in staged:
            problems.add(("model",), f"{nearest(stage['model'], staged)} (made for a stage)")
        elif stage.get("preset", "default") not in model["presets"]:
            problems.add(("preset",), nearest(stage["preset"], model["presets"]))
        if not problems.problems:
            _steps(course, problems, stage, model, asked)
        if course.computes and not problems.problems:
            _shown(course, problems, stage, asked)
        yield from problems.problems


def _steps(
    course: Course,
    problems: Document,
    stage: dict[str, Any],
    model: dict[str, Any],
    asked: dict[str, Prediction],
) -> None:
    entries = {**model["parameters"], **model.get("view", {})}
    free = [name for name, entry in entries.items() if entry.get("kind") != "fixed"]
    numbers = [name for name, entry in entries.items() if entry.get("kind") in ("fixed", "number")]
    ids: list[str] = []
    for number, step in enumerate(stage["steps"]):
        place: Path = ("steps", number)
        for name, value in step.get("values", {}).items():
            if name not in entries:
                problems.add((*place, "values", name), nearest(name, entries))
            elif "kind" in entries[name]:  # one that is another model's is checked there
                fits(course, problems, (*place, "values", name), entries[name], value)
        again = step.get("again", "")
        if again and again not in numbers:
            problems.add((*place, "again"), nearest(again, numbers))
        for position, name in enumerate(step.get("free", [])):
            if name not in free:
                problems.add((*place, "free", position), nearest(name, free))
        if "ghost" in step and step["ghost"] not in ids:
            allowed = nearest(step["ghost"], ids) if ids else "the first step; a later one"
            problems.add((*place, "ghost"), f"{allowed} (earlier steps)")
        if "ask" in step and number + 1 == len(stage["steps"]):
            problems.add((*place, "ask"), "the last step; one with a step after it that answers")
        item = asked.get(step.get("ask", ""))
        if item and item.lesson != stage["lesson"]:
            problems.add((*place, "ask"), f"of lesson {item.lesson}; of {stage['lesson']}")
        ids.append(step["id"])


def _shown(
    course: Course, problems: Document, stage: dict[str, Any], asked: dict[str, Prediction]
) -> None:
    """Each step can be computed, and an option that is nearly a place of its picture is one."""
    formula = registry.model(stage["model"])
    for number, step in enumerate(stage["steps"]):
        place: Path = ("steps", number)
        frame = attempt(course, problems, place, partial(stages.rows, stage, step))
        if frame is None or not hasattr(formula, "place_ids") or step.get("ask") not in asked:
            continue
        places = formula.place_ids(frame)
        for option in asked[step["ask"]].options:
            text = nearest(option.id, places)
            if option.id not in places and "did you mean" in text:
                problems.add((*place, "ask"), f"place of an option: {text}")
