"""Is everything here? What is missing, and the one line that mends it."""

import sys
from html import escape
from importlib.metadata import PackageNotFoundError, requires, version

from IPython.display import display
from packaging.requirements import Requirement

from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.html import without_formulas
from tpmlib.kit.record import record
from tpmlib.kit.words import say

OLDEST = (3, 11)


class Environment:
    """`check_environment()`: one sentence when all is well, else one line a thing to mend."""

    def __init__(self) -> None:
        self.problems = [*_python(), *_packages(), *_course(), *_answers()]

    def __repr__(self) -> str:
        return "\n".join(self.problems) or say("environment.whole")

    def _ipython_display_(self) -> None:
        lines = "".join(f"<li>{escape(problem)}</li>" for problem in self.problems)
        html = f"<ul>{lines}</ul>" if lines else f"<p>{escape(repr(self))}</p>"
        shown = {"text/plain": repr(self), "text/html": without_formulas(html)}
        display(shown, raw=True)  # type: ignore[no-untyped-call]


def _python() -> list[str]:
    if sys.version_info >= OLDEST:
        return []
    return [say("environment.python")]


def _packages() -> list[str]:
    problems = []
    try:
        needs = requires("tpmlib") or []
    except PackageNotFoundError:
        return [say("environment.course")]
    for line in needs:
        need = Requirement(line)
        if need.marker and not need.marker.evaluate({"extra": ""}):
            continue
        try:
            installed = version(need.name)
        except PackageNotFoundError:
            problems.append(say("environment.missing", name=need.name, need=need))
            continue
        if not need.specifier.contains(installed, prereleases=True):
            fits = {"name": need.name, "version": installed, "need": need}
            problems.append(say("environment.other", **fits))
    return problems


def _course() -> list[str]:
    try:
        return content.problems_of_tables() + content.problems_of_documents()
    except CourseError as error:
        return [str(error)]


def _answers() -> list[str]:
    """Whether the learner's answers can be written, found out by writing."""
    record().try_out()
    problem = record().problem
    return [f"{problem} {say('environment.folder')}"] if problem else []
