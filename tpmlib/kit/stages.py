"""The steps of a stage: their settings, their rows, and the rows on the way between two of them."""

import secrets
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, nearest
from tpmlib.kit import content, figures, registry

Step = dict[str, Any]
GHOST = "ghost_"  # before the name of a column that a step's shadow comes from


def settings(stage: dict[str, Any], step: Step) -> dict[str, Any]:
    """Every setting of the model and its view at a step. Raises CourseError for an unknown one."""
    model, preset = stage["model"], stage.get("preset", "default")
    start = content.settings(model, preset) | content.view_settings(model, preset)
    for name in step.get("values", {}):
        if name not in start:
            raise CourseError(f"settings of {model}: {nearest(name, start)}")
    return {**start, **step.get("values", {})}


def rows(
    stage: dict[str, Any], step: Step, left: dict[str, dict[str, Any]] | None = None, **moved: Any
) -> pd.DataFrame:
    """The rows that a step shows, with the columns of its ghost if it has one.

    left: by the id of a step, the settings with which the learner left it: a ghost stands there.
    moved: settings that the learner has moved.
    """
    model, formula = stage["model"], registry.model(stage["model"])
    values = settings(stage, step) | moved
    frame = figures.frame(model, **{name: values[name] for name in content.settings(model)})
    view = {name: values[name] for name in content.view_settings(model)}
    frame = formula.view(frame, **view) if view else frame
    if "ghost" not in step:
        return frame
    before = {each["id"]: each for each in stage["steps"]}[step["ghost"]]
    own = {name: moved[name] for name in stage.get("own", []) if name in moved}
    shadow = rows(stage, before, **own | (left or {}).get(step["ghost"], {}))
    shadow = shadow.set_index(formula.KEY)[list(formula.MOVES)].add_prefix(GHOST)
    return frame.join(shadow, on=formula.KEY)


def drawn(stage: dict[str, Any], name: str) -> int:
    """A whole number for a setting, by chance, within its range."""
    entry = content.model(stage["model"])["parameters"][name]
    return secrets.randbelow(int(entry["max"] - entry["min"]) + 1) + int(entry["min"])


def between(
    before: pd.DataFrame, after: pd.DataFrame, formula: ModuleType, number: int
) -> Iterator[pd.DataFrame]:
    """`number` frames on the way from one step to the next, neither end among them.

    The columns that the formula names as MOVES go from their old to their new value, slowly at both
    ends; rows are matched by its KEY. All else, texts too, changes at half way.
    """
    old = before.set_index(formula.KEY)
    for place in range(1, number + 1):
        share = place / (number + 1)
        eased = share * share * (3 - 2 * share)
        frame = (before if share < 0.5 else after).copy()
        new = after.set_index(formula.KEY)
        for name in formula.MOVES:
            start = frame[formula.KEY].map(old[name])
            end = frame[formula.KEY].map(new[name])
            moved = start + (end - start) * eased
            frame[name] = moved.fillna(frame[name])
        yield frame
