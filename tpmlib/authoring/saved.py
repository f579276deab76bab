"""What a saved notebook must not hold: cleared, damaged, personal or unreadable outputs."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from tpmlib.authoring.cells import Cell, of_kind, text_of, tree
from tpmlib.authoring.new import KERNEL

VIEW = "application/vnd.jupyter.widget-view+json"
LARGEST = 1_500_000  # bytes; GitHub shows nothing of much larger notebooks
MACHINE = re.compile(r"(?<![\w.:/])(/(home|Users|root|tmp|mnt|opt|var)/|[A-Z]:\\+Users\\+)[\w.-]+")
TAGS = ("nbval-ignore-output", "raises-exception")


def saved(notebook: dict[str, Any], size: int) -> Iterator[tuple[str, str]]:
    """Run in order, every output there, readable without a kernel, and nothing of one machine."""
    if size > LARGEST:
        yield "file", f"{size:,} bytes; at most {LARGEST:,}"
    if "widgets" in notebook["metadata"]:
        yield "metadata", "widget state; run tpm run, which drops it"
    kernel = notebook["metadata"].get("kernelspec", KERNEL)["name"]
    if kernel != KERNEL["name"]:
        yield "metadata", f"kernel {kernel!r}; {KERNEL['name']}, which tpm run sets"
    cells = of_kind(notebook["cells"], "code")
    if not any(cell["execution_count"] for _, cell in cells):
        yield "cells", "none was run; run tpm run"
        return
    yield from _order(cells)
    for turn, (place, cell) in enumerate(cells, 1):
        where = f"cell {place}"
        if cell["execution_count"] == turn and not cell["outputs"] and _shows(text_of(cell)):
            yield where, "no output; what the call shows, run tpm run"
        if "execution" in cell["metadata"]:
            yield where, "timing; run tpm run, which drops it"
        for output in cell["outputs"]:
            yield from ((where, text) for text in _output(output, _tags(cell)))


def _order(cells: list[tuple[int, Cell]]) -> Iterator[tuple[str, str]]:
    """The first code cell that was not run in its turn stands for all."""
    turns = [(place, cell["execution_count"], turn) for turn, (place, cell) in enumerate(cells, 1)]
    moved = [(place, count, turn) for place, count, turn in turns if count != turn]
    for place, count, turn in moved[:1]:
        more = f" ({len(moved) - 1} more cells)" if moved[1:] else ""
        yield f"cell {place}", f"execution count {count}; {turn}, run tpm run{more}"


def tagged(cells: list[Cell]) -> Iterator[tuple[str, str]]:
    """Only two tags, and an output that is not compared has its reason in the cell above."""
    above = ""
    for place, cell in enumerate(cells, 1):
        for tag in _tags(cell):
            if tag not in TAGS:
                yield f"cell {place}", f"tag {tag!r}; {' or '.join(TAGS)}"
            elif tag == TAGS[0] and "because" not in above:
                yield f"cell {place}", f"tag {tag} without a reason; a text above with `because`"
        above = text_of(cell) if cell["cell_type"] == "markdown" else ""


def _tags(cell: Cell) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def _shows(source: str) -> bool:
    """Whether the cell ends with something that a notebook displays."""
    body = tree(source).body
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    if isinstance(last, ast.Call):
        owner = last.func.value if isinstance(last.func, ast.Attribute) else None
        return isinstance(owner, ast.Name) and owner.id == "tpm"
    return last is not None and not source.rstrip().endswith(";")


def _output(output: dict[str, Any], tags: list[str]) -> Iterator[str]:
    if output["output_type"] == "error" and "raises-exception" not in tags:
        yield f"a stored error, {output['ename']}; none"
    if output.get("name") == "stderr":
        yield "text on stderr; a cell without warnings"
    data = output.get("data", {})
    if VIEW in data:
        yield "a widget view; run tpm run, which drops it"
    kinds = ("text/plain", "text/html", "text/markdown")
    texts = ["".join(text) for text in (output.get("text", ""), *map(data.get, kinds)) if text]
    if any(" at 0x" in text for text in texts):
        yield "an address ( at 0x...); a text that is the same every time"
    for machine in filter(None, map(MACHINE.search, texts)):
        yield f"a path of one machine, {machine[0]}; none"
    plain = "".join(data.get("text/plain", "")).strip()
    if "image/png" in data and (not plain or plain[0] == "<" and plain[-1] == ">"):
        yield f"a picture with the text {plain!r}; a sentence that says what it shows"
