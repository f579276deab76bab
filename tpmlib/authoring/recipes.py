"""The recipes of CONTRIBUTING.md, followed as they are written: on a copy, never on the course.

A recipe is a section with fenced blocks. A `sh` block holds commands of `tpm`. Any other block
begins with a comment that names its file; what follows is added to that file, where it belongs:

- `yaml`: its first lines are keys that the file has, the rest goes to the end of what is there
- `csv`: rows at the end of the table
- `python`: a code cell, in a notebook, after the text cell with the heading that `below` names
"""

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

from tpmlib.authoring.new import cell_of, joined, saved_text
from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.files import root, text_of

SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.M | re.S)
BLOCK = re.compile(r"^```(sh|yaml|csv|python)\n(.*?)^```", re.M | re.S)
PLACE = re.compile(r"# ([\w./-]+)(?:, below: (.+))?\n")


def copied(folder: Path, source: Path | None = None) -> Path:
    """Copies what a course needs into a new or empty folder, and returns it."""
    folder.mkdir(exist_ok=True)
    for path in ((source or root()) / part for part in ("data", "notebooks", "CONTRIBUTING.md")):
        if path.is_dir():
            hidden = shutil.ignore_patterns(".*", "__pycache__")
            shutil.copytree(path, folder / path.name, ignore=hidden)
        elif path.is_file():
            shutil.copy2(path, folder)
    return folder


def sections(folder: Path | None = None) -> dict[str, str]:
    """The text under each heading of CONTRIBUTING.md; those with a BLOCK are recipes."""
    sections = SECTION.findall(text_of((folder or root()) / "CONTRIBUTING.md"))
    return {title: text.strip() for title, text in sections}


def follow(recipe: str, folder: Path, command: Callable[[list[str]], object]) -> list[str]:
    """Do what a recipe says in the course of this folder. Returns what was done, a line each.

    What a file holds already, word for word, is not added again.

    command: does what `tpm` does with its arguments; anything but 0 or None is a failure.

    Raises CourseError for a command that fails and for a place that the file does not have.
    """
    done = []
    for language, text in BLOCK.findall(recipe):
        if language == "sh":
            for line in text.splitlines():
                program, *arguments = shlex.split(line, comments=True)
                if program != ".venv/bin/tpm" or command(arguments):
                    raise CourseError(f"recipe: {line!r}; a tpm command that succeeds")
                done.append(line)
        else:
            done.append(_add(language, text, folder))
    return done


def _add(language: str, text: str, folder: Path) -> str:
    """Add a block to the file that its first line names."""
    if not (place := PLACE.match(text)):
        raise CourseError(f"recipe: {text.splitlines()[0]!r}; a first line such as # data/x.yml")
    name, heading = place.groups()
    path, addition = folder / name, text[place.end() :]
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if language == "python":
        after = _with_cell(before, heading, addition.rstrip("\n"), name)
    elif addition in before:
        after = before
    else:
        after = joined(before, addition, path.suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(after, encoding="utf-8", newline="\n")
    return f"{name}: {'has it already' if after == before else 'changed' if before else 'written'}"


def _with_cell(before: str, heading: str, source: str, name: str) -> str:
    """The notebook with a code cell after the text that begins with the heading."""
    notebook = json.loads(before)
    cells = notebook["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    if source in sources:
        return before
    first_lines = [text.partition("\n")[0].lstrip("# ") for text in sources]
    if heading not in first_lines:
        raise CourseError(f"{name}: below: {nearest(heading, first_lines)}")
    cells.insert(first_lines.index(heading) + 1, cell_of("code", f"own-{len(cells)}", source))
    return saved_text(notebook)
