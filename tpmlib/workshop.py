"""A copy of the course to change: recipes followed, mistakes made, nothing lost."""

import contextlib
import html
import io
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tpmlib.errors import CourseError

if TYPE_CHECKING:
    from tpmlib.authoring.report.page import ClassReport

OWN = "notebooks/instructor/"


@dataclass(frozen=True)
class Said:
    """Lines that a cell shows, as plain text and on a page."""

    lines: tuple[str, ...]
    markdown: bool = False

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        text = "\n".join(self.lines)
        if self.markdown:
            return {"text/plain": text, "text/markdown": text}
        style = "white-space: pre-wrap; overflow-wrap: anywhere"
        return {
            "text/plain": text,
            "text/html": f'<pre style="{style}">{html.escape(text)}</pre>',
        }


class Workshop:
    """A fresh copy of the course, which this notebook uses from now on.

    What is changed in it is seen by all that is shown below; the course itself stays as it is.
    """

    def __init__(self) -> None:
        from tpmlib.authoring.recipes import copied

        os.environ.pop("TPM_COURSE", None)  # a second workshop copies the course, not the first
        self.folder: Path = copied()
        os.environ["TPM_COURSE"] = str(self.folder)

    def recipe(self, title: str) -> Said:
        """Follow a recipe of CONTRIBUTING.md, but for its runs, and say what it changed."""
        from tpmlib.authoring.recipes import Step, follow, recipes
        from tpmlib.cli import main
        from tpmlib.errors import nearest

        known = recipes(self.folder)
        if title not in known:
            raise CourseError(f"recipe: {nearest(title, known)}")
        later = [
            line for step in known[title] for line in re.findall(r"^.*tpm run .*$", step.text, re.M)
        ]
        steps = [
            Step(
                one.kind, re.sub(r"^.*tpm run .*\n", "", one.text, flags=re.M), one.path, one.below
            )
            for one in known[title]
        ]
        with contextlib.redirect_stdout(io.StringIO()):
            done = follow(steps, self.folder, main)
        return Said((*done, *(f"left for you: {line}" for line in later)))

    def words(self, title: str) -> Said:
        """A recipe as CONTRIBUTING.md has it."""
        from tpmlib.authoring.recipes import words

        return Said(tuple(words(title, self.folder).splitlines()), markdown=True)

    def check(self) -> Said:
        """What `tpm check` says of the copy, but for the notebooks for instructors.

        The one that asks is not finished while it runs.
        """
        from tpmlib.authoring.check import review

        problems, unwritten = review(self.folder)
        lines = [line for line in unwritten + problems if not line.startswith(OWN)]
        return Said(tuple(lines) or ("No problems",))

    def mistake(self, path: str, old: str, new: str) -> Said:
        """Write `new` for the first `old` in a file, check, and put the file back.

        Returns the lines that were not there before. Raises CourseError if `old` is not found.
        """
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        if old not in before:
            raise CourseError(f"{path}: {old!r} is not there; a text of the file")
        known = set(self.check().lines)
        file.write_text(before.replace(old, new, 1), encoding="utf-8", newline="\n")
        try:
            found = [line for line in self.check().lines if line not in known]
        finally:
            file.write_text(before, encoding="utf-8", newline="\n")
        return Said(tuple(found) or ("No problem is found",))


def class_report(folder: str = "") -> "ClassReport":
    """A class by its learners' downloads in a folder; without one, a synthetic class of 40."""
    from tpmlib.authoring.report.example import write_class
    from tpmlib.authoring.report.page import class_report

    if folder:
        return class_report(Path(folder))
    with tempfile.TemporaryDirectory() as example:
        write_class(Path(example))
        return class_report(Path(example))


@dataclass(frozen=True)
class Plan:
    """What to know before teaching a lesson, as a cell shows it."""

    text: str
    page: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.page}


def facilitate(lesson: str) -> Plan:
    """Minutes, discussion, misconceptions and answers of one lesson, by "02"."""
    from tpmlib.authoring.facilitate import facilitate

    return Plan(*facilitate(lesson))
