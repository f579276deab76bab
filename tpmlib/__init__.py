"""TPM or PM? The public names that the lessons use, each loaded when it is first asked for."""

from typing import Any

from tpmlib.kit import registry
from tpmlib.kit.panels import PANELS
from tpmlib.kit.scores import SCORES
from tpmlib.lessons import LESSONS

# the public names of the kit and of authoring, and their places; lessons add those of their panels
_PLACES = {
    "CourseError": "tpmlib.errors.CourseError",
    "calibrate": "tpmlib.kit.panels.calibrate.Calibrate",
    "cite": "tpmlib.kit.panels.cite.Cite",
    "class_report": "tpmlib.authoring.report.page.class_report",
    "explore": "tpmlib.kit.panels.explorer.Explorer",
    "facilitate": "tpmlib.authoring.facilitate.facilitate",
    "judge": "tpmlib.kit.panels.judge.Judge",
    "lesson": "tpmlib.kit.panels.header.Lesson",
    "portfolio": "tpmlib.kit.panels.portfolio.Portfolio",
    "quiz": "tpmlib.kit.panels.quiz.Quiz",
    "reflect": "tpmlib.kit.panels.reflect.Reflect",
    "settings": "tpmlib.kit.content.settings",
    "sheet": "tpmlib.kit.panels.sheet.Sheet",
    "sort_cards": "tpmlib.kit.panels.cards.SortCards",
    "stage": "tpmlib.kit.panels.stage.Stage",
    "table": "tpmlib.kit.content.table",
    "tables": "tpmlib.kit.content.tables",
    "trial_copy": "tpmlib.authoring.trial.TrialCopy",
}
models = registry.Formulas()
registry.hand_down((SCORES, *LESSONS, PANELS), _PLACES)
__all__ = sorted([*registry.public, "models"])


def __getattr__(name: str) -> Any:
    if name not in registry.public:
        raise AttributeError(f"module 'tpmlib' has no attribute {name!r}")
    return registry.load(registry.public[name])


def __dir__() -> list[str]:
    return __all__
