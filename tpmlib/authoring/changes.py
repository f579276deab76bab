"""Which numbers of a notebook's outputs differ from those saved before."""

import html
import re
from difflib import SequenceMatcher
from itertools import zip_longest

from nbformat import NotebookNode

from tpmlib.authoring.cells import Cell, of_kind

NUMBER = re.compile(r"(?<![\w.])[-+−]?\d+(?:,\d{3})*(?:\.\d+)?%?")
SHOWN = 3  # changes named of one cell; the rest are counted


def changes(before: NotebookNode, after: NotebookNode) -> list[str]:
    """One line a cell whose numbers changed: `cell 9: 16 -> 18, 0.21 -> 0.24 and 4 more`.

    A cell is known by its id, so that one added above it changes nothing; a new cell is not named.
    """
    shown_before = {cell.get("id"): _numbers(cell) for cell in before.cells if cell.get("outputs")}
    lines = []
    for place, cell in of_kind(after.cells, "code"):
        old = shown_before.get(cell.get("id"))
        if old is not None and (pairs := _pairs(old, _numbers(cell))):
            more = f" and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
            lines.append(f"cell {place}: {', '.join(pairs[:SHOWN])}{more}")
    return lines


def _pairs(old: list[str], new: list[str]) -> list[str]:
    pairs = []
    for what, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for gone, come in zip_longest(old[i:j], new[k:n]) if what != "equal" else ():
            both = f"{gone} -> {come}"
            pairs.append(both if gone and come else f"{gone} gone" if gone else f"{come} new")
    return pairs


def _numbers(cell: Cell) -> list[str]:
    numbers: list[str] = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        page = html.unescape(re.sub(r"<[^>]*>", " ", data.get("text/html", "")))
        numbers += NUMBER.findall(page or data.get("text/plain", "") or output.get("text", ""))
    return numbers
