"""A copy of the course to change: recipes followed, mistakes made, nothing lost."""

import contextlib
import html
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tpmlib.authoring.check import review
from tpmlib.authoring.recipes import copied, follow, recipes, words
from tpmlib.authoring.report import page
from tpmlib.authoring.report.example import write_class
from tpmlib.authoring.report.page import ClassReport
from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content import root
from tpmlib.kit.panels.base import Shown

OWN = "notebooks/instructor/"
EXISTS = "exists already"  # what `tpm new` says of what the course has


def said(lines: list[str]) -> Shown:
    """Lines as a cell shows them."""
    text = "\n".join(lines)
    style = "white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere"
    return Shown(text, f'<pre style="{style}">{html.escape(text)}</pre>')


class Workshop:
    """A fresh copy of the course, which this notebook uses from now on.

    What is changed in it is seen by all that is shown below; the course itself stays as it is.
    """

    _course: Path | None = None

    def __init__(self) -> None:
        # a second workshop copies the course, not the first
        Workshop._course = Workshop._course or root()
        self._temporary = tempfile.TemporaryDirectory(prefix="tpm-course-")
        self.folder = copied(Path(self._temporary.name), Workshop._course)
        os.environ["TPM_COURSE"] = str(self.folder)

    def close(self) -> None:
        """Remove the copy, as the end of the notebook's kernel does."""
        self._temporary.cleanup()

    def recipe(self, title: str) -> Shown:
        """Follow a recipe of CONTRIBUTING.md, but for its runs, and say what it changed.

        What the course has already is left as it is. Raises CourseError if a command fails.
        """
        known = recipes(self.folder)
        if title not in known:
            raise CourseError(f"recipe: {nearest(title, known)}")

        complaint = io.StringIO()
        there: list[str] = []

        def command(arguments: list[str]) -> int:
            if arguments[0] == "run":
                return 0
            command = [sys.executable, "-m", "tpmlib.cli", *arguments]
            done = subprocess.run(command, capture_output=True, text=True)
            complaint.write(done.stderr)
            if not done.returncode:
                return 0
            there.append(done.stderr.strip())
            return 0 if EXISTS in there[-1] else 1

        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(complaint):
            try:
                done = follow(known[title], self.folder, command)
            except CourseError as error:
                raise CourseError(f"{error}. {complaint.getvalue()}".strip()) from error
        return said(
            [f"left for you: {line}" if "tpm run " in line else line for line in done + there]
        )

    def words(self, title: str) -> Shown:
        """A recipe as CONTRIBUTING.md has it."""
        text = words(title, self.folder)
        return Shown(text, text, "text/markdown")

    def check(self) -> Shown:
        """What `tpm check` says of the copy, but for the notebooks for instructors.

        The one that asks is not finished while it runs.
        """
        return said(self._problems() or ["No problems"])

    def _problems(self) -> list[str]:
        problems, unwritten = review(self.folder)
        return [line for line in unwritten + problems if not line.startswith(OWN)]

    def mistake(self, path: str, old: str, new: str) -> Shown:
        """Write `new` for the first `old` in a file, check, and put the file back.

        Returns the lines that were not there before. Raises CourseError if `old` is not found.
        """
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        if old not in before:
            raise CourseError(f"{path}: {old!r} is not there; a text of the file")
        known = set(self._problems())
        file.write_text(before.replace(old, new, 1), encoding="utf-8", newline="\n")
        try:
            found = [line for line in self._problems() if line not in known]
        finally:
            file.write_text(before, encoding="utf-8", newline="\n")
        return said(found or ["No problem is found"])


def class_report(folder: str = "", lesson: str = "") -> ClassReport:
    """A class by its learners' downloads in a folder; without one, a synthetic class of 40.

    lesson: a noun or number, such as "staffing", for a report on that one alone.
    """
    if folder:
        return page.class_report(Path(folder), lesson)
    with tempfile.TemporaryDirectory() as example:
        write_class(Path(example))
        return page.class_report(Path(example), lesson)
