"""What a saved notebook was run with: a hash of each file's part that it shows, and of its cells.

`tpm run` writes the marks into the notebook's metadata, so that `tpm check` names a lesson saved
before its data changed without running it. A mark covers only what the notebook names, and what
that names in turn (a question its model, a model its tables): so a change marks few notebooks, and
two branches that changed different data do not meet in one line.
"""

import ast
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

from tpmlib.authoring.cells import Cell, called, nodes, read, text_of
from tpmlib.authoring.gather import Course
from tpmlib.errors import CourseError
from tpmlib.kit import content, registry
from tpmlib.kit.content.workshop import OUT

ROWS = ("claims", "facts", "misconceptions", "responsibilities", "sources")  # named one by one
APART = ("id", "lesson", "needs", "returns")  # what these name is not shown


class Parts(defaultdict[str, list[tuple[str, Any]]]):
    """By name, each file with what it says under that name."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(list, *parts[1:])

    @cached_property
    def links(self) -> dict[str, list[str]]:
        """By name, the names that stand in its parts."""
        return {
            name: [text for _, data in parts for text in _strings(data) if text in self]
            for name, parts in self.items()
        }


def marks(notebook: dict[str, Any], parts: Parts) -> dict[str, Any]:
    """`cells`: a hash of code and texts shown; `data`: a hash of what is shown of each file."""
    cells = notebook["cells"]
    shown = [[cell["id"], text_of(cell), _texts(cell)] for cell in cells if "outputs" in cell]
    used: dict[str, list[Any]] = defaultdict(list)
    for name in sorted(_closure(_named(cells), parts)):
        for file, data in parts[name]:
            used[file].append(data)
    return {"cells": _hash(shown), "data": {file: _hash(data) for file, data in used.items()}}


def changed(notebook: dict[str, Any], parts: Parts) -> Iterator[str]:
    """The files whose data changed after the notebook was run; "" if its own cells did."""
    saved, now = notebook["metadata"].get("tpm"), marks(notebook, parts)
    if not saved or saved.get("cells") != now["cells"]:
        yield ""
    before = saved.get("data", {}) if saved else now["data"]
    for file in sorted(now["data"].keys() | before.keys()):
        if before.get(file) != now["data"].get(file):
            yield file


def both_parts(course: Course, ours: Course) -> dict[bool, Parts]:
    """The parts of the course, under True with what is local."""
    alone = parts_of(ours)
    return {False: alone, True: alone if ours is course else parts_of(course, alone)}


def parts_of(course: Course, ours: Parts | None = None) -> Parts:
    """What stands under each name of the course, such as `lesson titles`, `drift` or `F01`.

    ours: the parts without what is local; a local file stands beside ours where it changes a part.
    """
    parts = Parts()
    files: list[Any] = [(file, _parts(kind, file.data)) for kind, file in course.documents]
    files += [(table, {f"table {name}": table.columns}) for name, table in course.tables.items()]
    for file, named in files:
        for name, part in named.items():
            before = [each for each in (ours or Parts()).get(name, []) if each[0] == file.shown]
            is_ours = not file.local or (file.shown, part) in before
            parts[name] += [(file.shown, part)] if is_ours else [*before, (file.local, part)]
    for _, lesson in course.lessons:
        with suppress(CourseError):  # a damaged one, told elsewhere
            cells = read(content.root() / lesson["file"])["cells"]
            parts["call facilitate"].append((lesson["file"], [text_of(cell) for cell in cells]))
    for table_name, table in course.tables.items():
        names = list(table.columns)
        for line, *row in table.cells(*names) if table_name in ROWS else ():
            bears_on = str(row[names.index("claims")]).split() if table_name == "facts" else []
            for name in (str(row[0]), *bears_on):
                parts[name].append((table.file(line), tuple(row)))
    return parts


def _parts(kind: str, data: Any) -> dict[str, Any]:
    """The parts of a document by their names."""
    match kind:
        case "course":
            every = {f"lesson {each['id']}": each for each in data["lessons"]}
            out = [name for name, each in every.items() if each["status"] == OUT]
            heads = [(each["title"], each["status"]) for each in every.values()]
            # as one text, since the lessons on a path are called as some models are
            texts = {"paths": data.get("paths", []), "call portfolio": heads}
            texts["call facilitate"] = data.get("pace")
            # any lesson may lead to another, or ask again about it
            named = {name: [each, json.dumps(out)] if out else each for name, each in every.items()}
            named |= {name: json.dumps(text) for name, text in texts.items()}
            return named | {"call class_report": [*every]}
        case "models":
            return dict(data)
        case "quiz":
            return {f"lesson {data['lesson']}": data}
        case "deck" | "sheet" | "stage":
            return {f"{kind} {data['id']}": data}
        case "decision":
            return {"decision": data}
        case "scenario":
            return {f"scenario {name}": part for name, part in data.items()}
    return {}


def _named(cells: list[Cell]) -> Iterator[str]:
    """The names in a notebook's code, and what the panels show that it calls."""
    shows = registry.shows()
    for _, node in nodes(cells):
        yield from (f"call {called(node)}", *shows.get(called(node), ()))
        match node:
            case ast.Call(args=[ast.Constant(value=str(name))]) if called(node) == "stage":
                yield f"stage {name}"
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
            yield from (f"{kind} {node.value}" for kind in ("lesson", "table", "deck", "sheet"))


def _closure(names: Iterator[str], parts: Parts) -> set[str]:
    """The names, and those that stand in their parts, and so on; but for other lessons."""
    used: set[str] = set()
    waiting = [*names]
    while waiting:
        if (name := waiting.pop()) in parts and name not in used:
            used.add(name)
            waiting += parts.links[name]
    return used


def _strings(data: Any) -> Iterator[str]:
    """The texts of a document by which it may name a part; a row of a table names none."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for part in data:
            yield from _strings(part)
    elif isinstance(data, dict):
        yield from (f"table {name}" for name in data.get("tables", ()))
        yield from _strings([part for key, part in data.items() if key not in APART])


def _texts(cell: Cell) -> list[str]:
    """What a cell shows as text, whether saved in lines or whole."""
    shown = (output.get("data", output) for output in cell["outputs"])
    kinds = ("text", "text/plain", "text/html", "text/markdown")
    return ["".join(data.get(kind, "")) for data in shown for kind in kinds]


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()[:8]
