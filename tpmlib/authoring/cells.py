"""A notebook's cells as its rules see them: texts, code and calls of the course."""

import ast
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from nbformat.validator import get_validator

from tpmlib.errors import CourseError
from tpmlib.kit.content import files
from tpmlib.kit.content.files import shown

Cell = dict[str, Any]
FENCE = re.compile(r"^(```|~~~).*?^\1", re.S | re.M)


def read(path: Path) -> dict[str, Any]:
    """A notebook of format 4.5. Raises CourseError with what is damaged."""
    try:
        notebook: dict[str, Any] = json.loads(files.text_of(path))
    except json.JSONDecodeError as error:
        raise CourseError(f"{shown(path)}:{error.lineno}: {error.msg}; a notebook") from error
    except RecursionError as error:
        raise CourseError(f"{shown(path)}:1: nested too deeply; a notebook") from error
    for wrong in get_validator(4, 5).iter_errors(notebook):  # type: ignore[no-untyped-call]
        raise CourseError(f"{shown(path)}:file: {wrong.message[:100]}; a notebook of format 4.5")
    for place, cell in enumerate(notebook["cells"], 1):  # where tools/merge_notebooks.py leaves one
        if files.MERGE.search(text_of(cell)):
            raise CourseError(f"{shown(path)}:cell {place}: {files.UNFINISHED}")
    return notebook


def text_of(cell: Cell) -> str:
    return "".join(cell["source"])


def of_kind(cells: list[Cell], kind: str) -> list[tuple[int, Cell]]:
    """Number [from 1] and cell of each cell of a kind: code or markdown."""
    return [(place, cell) for place, cell in enumerate(cells, 1) if cell["cell_type"] == kind]


def code(cells: list[Cell]) -> list[tuple[int, str]]:
    """Number [from 1] and source of each code cell."""
    return [(place, text_of(cell)) for place, cell in of_kind(cells, "code")]


def prose(cells: list[Cell]) -> list[tuple[int, str]]:
    """Number [from 1] and text of each Markdown cell, without what stands in code fences."""
    return [(place, FENCE.sub("", text_of(cell))) for place, cell in of_kind(cells, "markdown")]


@lru_cache(maxsize=1024)  # each rule walks through all cells
def tree(source: str) -> ast.Module:
    """The code of a cell; nothing of one that is no Python."""
    try:
        return ast.parse(source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def nodes(cells: list[Cell]) -> Iterator[tuple[int, ast.AST]]:
    """Number of the cell [from 1], and each part of its code."""
    for place, source in code(cells):
        yield from ((place, node) for node in ast.walk(tree(source)))


def called(node: ast.AST) -> str:
    """NAME if this is a call of tpm.NAME(...), else an empty text."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name, value=ast.Name(id="tpm"))):
            return name
    return ""


def calls(cells: list[Cell]) -> list[tuple[int, str, Any]]:
    """Cell, name and first argument of each call of tpm.name(...) in order."""
    listed = []
    for place, node in nodes(cells):
        if isinstance(node, ast.Call) and (name := called(node)):
            first = node.args[0] if node.args else None
            listed.append((place, name, first.value if isinstance(first, ast.Constant) else None))
    return listed
