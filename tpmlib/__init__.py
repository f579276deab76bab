"""TPM or PM? The public names that the lessons use, each loaded when it is first asked for."""

from importlib import import_module
from typing import Any

# the public name, its module, and its name there
_HOMES = {
    "CourseError": "errors.CourseError",
    "assign": "widgets.assign.Assign",
    "calibrate": "widgets.calibrate.Calibrate",
    "charts": "charts",
    "check_environment": "widgets.environment.Environment",
    "choose_controls": "widgets.choose_controls.ChooseControls",
    "cite": "widgets.cite.Cite",
    "class_report": "instructor.class_report",
    "company": "widgets.company.Company",
    "compare_company": "widgets.compare_company.CompareCompany",
    "compare_titles": "widgets.titles.CompareTitles",
    "explore": "widgets.explorer.Explorer",
    "facilitate": "authoring.facilitate.facilitate",
    "judge": "widgets.judge.Judge",
    "lesson": "widgets.header.Lesson",
    "look_back": "widgets.look_back.LookBack",
    "mark_threats": "widgets.mark_threats.MarkThreats",
    "models": "models",
    "plan": "widgets.plan.Plan",
    "portfolio": "widgets.portfolio.Portfolio",
    "predict": "widgets.predict.predict",
    "profile": "widgets.profile.Profile",
    "quiz": "widgets.quiz.Quiz",
    "raci": "widgets.raci.Raci",
    "read_advert": "widgets.advert.ReadAdvert",
    "reflect": "widgets.reflect.Reflect",
    "settings": "content.settings",
    "sort_cards": "widgets.cards.SortCards",
    "table": "content.table",
    "tables": "content.tables",
    "team": "widgets.team.Team",
    "workshop": "instructor.Workshop",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'tpmlib' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].rpartition(".")
    if not module:
        return import_module(f"tpmlib.{attribute}")
    return getattr(import_module(f"tpmlib.{module}"), attribute)


def __dir__() -> list[str]:
    return __all__
