"""Which numbers of a notebook's outputs differ from those saved before."""

import html
import re
from difflib import SequenceMatcher

from nbformat import NotebookNode

NUMBER = re.compile(r"(?<![\w.])[-+−]?\d+(?:,\d{3})*(?:\.\d+)?%?")
SHOWN = 3  # changes named of one cell; the rest are counted


def changes(before: NotebookNode, after: NotebookNode) -> list[str]:
    """One line a cell whose numbers changed: `cell 9: 16 -> 18, 0.21 -> 0.24 and 4 more`.

    A cell is known by its id, so that one added above it changes nothing; a new cell is not named.
    """
    known = {cell.get("id"): cell for cell in before.cells if cell.get("outputs")}
    found = []
    for place, cell in enumerate(after.cells, 1):
        old = known.get(cell.get("id"))
        if cell["cell_type"] == "code" and old is not None and (pairs := _pairs(old, cell)):
            more = f" and {len(pairs) - SHOWN} more" if len(pairs) > SHOWN else ""
            found.append(f"cell {place}: {', '.join(pairs[:SHOWN])}{more}")
    return found


def _pairs(before: NotebookNode, after: NotebookNode) -> list[str]:
    old, new = _numbers(before), _numbers(after)
    pairs = []
    for what, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[i:j], new[k:n]
        if what != "equal":
            pairs += [f"{a} -> {b}" for a, b in zip(gone, come, strict=False)]
            pairs += [f"{a} gone" for a in gone[len(come) :]]
            pairs += [f"{b} new" for b in come[len(gone) :]]
    return pairs


def _numbers(cell: NotebookNode) -> list[str]:
    found: list[str] = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        page = html.unescape(re.sub(r"<[^>]*>", " ", data.get("text/html", "")))
        text = page or data.get("text/plain", "") or output.get("text", "")
        found += NUMBER.findall(text)
    return found
