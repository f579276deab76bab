"""A copy of the course to change: recipes followed, mistakes made, nothing lost."""

import html
import os
import tempfile
from pathlib import Path

from tpmlib.authoring.check import review
from tpmlib.authoring.new import add, parser
from tpmlib.authoring.recipes import copied, follow, sections
from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content import root
from tpmlib.kit.panels.base import Shown

OWN = "notebooks/instructor/"


def lines_shown(lines: list[str]) -> Shown:
    """Lines as a cell shows them."""
    text = "\n".join(lines)
    style = "white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere"
    return Shown(text, f'<pre style="{style}">{html.escape(text)}</pre>')


class TrialCopy:
    """A fresh copy of the course, which this notebook uses from now on.

    What is changed in it is seen by all that is shown below; the course itself stays as it is.
    """

    _course: Path | None = None

    def __init__(self) -> None:
        # a second copy is made of the course, not of the first
        TrialCopy._course = TrialCopy._course or root()
        self._temporary = tempfile.TemporaryDirectory(prefix="tpm-course-")
        self.folder = copied(Path(self._temporary.name), TrialCopy._course)
        os.environ["TPM_COURSE"] = str(self.folder)
        os.environ["TPM_LOCAL"] = ""  # what is added goes to the copy's own folder

    def close(self) -> None:
        """Remove the copy, as the end of the notebook's kernel does."""
        self._temporary.cleanup()

    def words(self, title: str) -> Shown:
        """A recipe as CONTRIBUTING.md has it."""
        text = self._section(title)
        return Shown(text, text, "text/markdown")

    def _section(self, title: str) -> str:
        texts = sections(self.folder)
        if title not in texts:
            raise CourseError(f"recipe: {nearest(title, texts)}")
        return texts[title]

    def recipe(self, title: str) -> Shown:
        """Follow a recipe of CONTRIBUTING.md, but for its runs, and say what it changed.

        What the course has already is left as it is. Raises CourseError if a command fails.
        """
        already: list[str] = []

        def command(arguments: list[str]) -> None:
            try:
                if arguments[0] == "new":
                    add(parser().parse_args(arguments[1:]))
            except CourseError as error:
                if "exists already" not in str(error):
                    raise
                already.append(str(error))

        done = follow(self._section(title), self.folder, command)
        left = [f"left for you: {line}" if "tpm run " in line else line for line in done]
        return lines_shown(left + already)

    def check(self) -> Shown:
        """What `tpm check` says of the copy, but for runs to do and the instructors' notebooks.

        The one that asks is not finished while it runs.
        """
        return lines_shown(self._problems() or ["No problems"])

    def _problems(self) -> list[str]:
        problems, unwritten, _ = review(self.folder, stale=False)
        return [line for line in unwritten + problems if not line.startswith(OWN)]

    def mistake(self, path: str, old: str, new: str) -> Shown:
        """Write `new` for the first `old` in a file, check, and put the file back.

        Returns the lines that were not there before. Raises CourseError if `old` is not found.
        """
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        if old not in before:
            raise CourseError(f"{path}: {old!r} is not there; a text of the file")
        sound = self._problems()
        file.write_text(before.replace(old, new, 1), encoding="utf-8", newline="\n")
        try:
            problems = [line for line in self._problems() if line not in sound]
        finally:
            file.write_text(before, encoding="utf-8", newline="\n")
        return lines_shown(problems or ["No problem is found"])
