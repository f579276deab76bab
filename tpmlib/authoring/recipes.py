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
from dataclasses import dataclass
from pathlib import Path

from tpmlib.errors import CourseError, nearest
from tpmlib.kit.content.files import course_at, root, text_of

SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.M | re.S)
BLOCK = re.compile(r"^```(sh|yaml|csv|python)\n(.*?)^```", re.M | re.S)
PLACE = re.compile(r"# ([\w./-]+)(?:, below: (.+))?\n")
PARTS = ("data", "notebooks", "CONTRIBUTING.md")  # what a copy needs


@dataclass(frozen=True)
class Step:
    """One block: `kind` is its language; `path` and `below` are empty for commands."""

    kind: str
    text: str
    path: str = ""
    below: str = ""


def recipes(folder: Path | None = None) -> dict[str, list[Step]]:
    """The steps under each heading of CONTRIBUTING.md that has any, in the order of the file."""
    text = text_of((folder or root()) / "CONTRIBUTING.md")
    found = {title: [_step(*block) for block in BLOCK.findall(body)] for title, body in _of(text)}
    return {title: steps for title, steps in found.items() if steps}


def words(title: str, folder: Path | None = None) -> str:
    """The section of CONTRIBUTING.md under a heading, as Markdown."""
    known = dict(_of(text_of((folder or root()) / "CONTRIBUTING.md")))
    if title not in known:
        raise CourseError(f"recipe: {nearest(title, known)}")
    return known[title].strip()


def copied(folder: Path, source: Path | None = None) -> Path:
    """Copies what a course needs into a new or empty folder, and returns it."""
    folder.mkdir(exist_ok=True)
    for part in PARTS:
        path = (source or root()) / part
        if path.is_dir():
            shutil.copytree(path, folder / part, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        elif path.is_file():
            shutil.copy2(path, folder / part)
    return folder


def follow(steps: list[Step], folder: Path, command: Callable[[list[str]], int]) -> list[str]:
    """Do what the steps say in the course of this folder. Returns what was done, a line each.

    What a file holds already, word for word, is not added again.

    command: what `tpm` does with its arguments; its exit code.

    Raises CourseError for a command that fails and for a place that the file does not have.
    """
    done = []
    for step in steps:
        if step.kind == "sh":
            done += [_command(line, folder, command) for line in step.text.splitlines()]
        else:
            path = folder / step.path
            add = {"yaml": _yaml, "csv": _rows, "python": _cell}[step.kind]
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if path.is_file() else ""
            after = add(before, step)
            path.write_text(after, encoding="utf-8", newline="\n")
            made = "changed" if before else "written"
            done.append(f"{step.path}: {made if after != before else 'has it already'}")
    return done


def _of(text: str) -> list[tuple[str, str]]:
    return [(title.strip(), body) for title, body in SECTION.findall(text)]


def _step(kind: str, text: str) -> Step:
    if kind == "sh":
        return Step(kind, text)
    place = PLACE.match(text)
    if not place:
        raise CourseError(f"recipe: {text.splitlines()[0]!r}; a first line such as # data/x.yml")
    return Step(kind, text[place.end() :], place[1], place[2] or "")


def _command(line: str, folder: Path, command: Callable[[list[str]], int]) -> str:
    parts = shlex.split(line, comments=True)
    with course_at(folder):
        if parts[:1] != [".venv/bin/tpm"] or command(parts[1:]):
            raise CourseError(f"recipe: {line!r}; a tpm command that succeeds")
    return line


def _yaml(before: str, step: Step) -> str:
    """The file with the lines added; keys that it has already lead the way to the place."""
    lines, new = before.splitlines(), step.text.splitlines()
    here, end = 0, len(lines)
    while new and (place := _same(lines, new[0], here, end)) is not None:
        depth = _depth(new.pop(0))
        inside = range(place + 1, end)
        here = place + 1
        end = next((at for at in inside if lines[at].strip() and _depth(lines[at]) <= depth), end)
    while end > here and not lines[end - 1].strip():
        end -= 1
    if new and "\n".join(new) in "\n".join(lines[here:end]):
        return before
    return "\n".join([*lines[:end], *new, *lines[end:]]) + "\n"


def _same(lines: list[str], line: str, start: int, end: int) -> int | None:
    """Where the same key stands among these lines, if it is a key."""
    if not re.fullmatch(r" *[\w.-]+:", line):
        return None
    return next((at for at in range(start, end) if lines[at] == line), None)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _rows(before: str, step: Step) -> str:
    return before if step.text in before else before.rstrip("\n") + "\n" + step.text


def _cell(before: str, step: Step) -> str:
    """The notebook with a code cell after the text that begins with the heading."""
    notebook = json.loads(before)
    headings = [re.match("#+ (.+)", "".join(cell["source"])) for cell in notebook["cells"]]
    known = {found[1]: at for at, found in enumerate(headings) if found}
    if step.below not in known:
        raise CourseError(f"{step.path}: below: {nearest(step.below, known)}")
    if any("".join(cell["source"]) == step.text.rstrip("\n") for cell in notebook["cells"]):
        return before
    ids = {cell["id"] for cell in notebook["cells"]}
    name = next(name for name in ("own", *(f"own-{n}" for n in range(2, 99))) if name not in ids)
    cell: dict[str, object] = {"cell_type": "code", "id": name, "metadata": {}, "outputs": []}
    cell |= {"execution_count": None, "source": step.text.rstrip("\n").splitlines(True)}
    notebook["cells"].insert(known[step.below] + 1, cell)
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
