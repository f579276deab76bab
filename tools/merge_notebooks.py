"""Git's merge driver for notebooks: sources by cell id, outputs of neither side.

`make env` names it in the repository's own settings, and .gitattributes gives it every notebook.
A cell that one side changed, added or removed comes out as that side has it; one that both changed
holds git's marks of a conflict in its source, where a person reads and mends it. `tpm run` makes
the outputs anew. nbdime's driver is not used: its 4.0.4 breaks off where both sides add a cell at
one place, and it puts buttons of git on every learner's page.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

Cell = dict[str, Any]
RUN = {"outputs": [], "execution_count": None}  # of a code cell that nobody has run
LABELS = ("yours", "the new version")


def cells(notebook: dict[str, Any]) -> dict[str, Cell]:
    """By id, each cell without what a run made. KeyError without an id, ValueError for a twin."""
    named = {
        cell["id"]: {name: cell[name] for name in cell.keys() - RUN}
        | {"source": "".join(cell["source"])}
        for cell in notebook["cells"]
    }
    if len(named) < len(notebook["cells"]):
        raise ValueError("two cells of one id")
    return named


def order(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """All ids as the side has them that moved some; behind which cell the other side added its."""
    moved = [id for id in ours if id in base] != [id for id in base if id in ours]
    merged, other = ([*ours], theirs) if moved else ([*theirs], ours)
    for place, id in enumerate(other):
        if id not in merged:
            before = [each for each in other[:place] if each in merged]
            merged.insert(merged.index(before[-1]) + 1 if before else 0, id)
    return merged


def text(*sides: str) -> tuple[str, bool]:
    """The text of base, ours and theirs in one, and whether it holds a conflict."""
    with tempfile.TemporaryDirectory() as folder:
        base, ours, theirs = (Path(folder, name) for name in ("base", "ours", "theirs"))
        for file, lines in zip((base, ours, theirs), sides, strict=True):
            file.write_bytes(f"{lines}\n".encode() if lines else b"")
        named = ("-L", LABELS[0], "-L", "before", "-L", LABELS[1])
        command = ["git", "merge-file", "-p", *named, ours, base, theirs]
        done = subprocess.run(command, capture_output=True)
    if done.returncode > 127:  # else: how many conflicts there are
        raise OSError(done.stderr.decode())
    return done.stdout.decode().removesuffix("\n"), done.returncode != 0


def merged(base: Cell | None, ours: Cell | None, theirs: Cell | None) -> tuple[Cell | None, bool]:
    """One cell of three, None where it is not there; and whether it holds a conflict."""
    if ours == theirs or base in (ours, theirs):
        return (theirs if ours == base else ours), False
    source, broken = text(*(side["source"] if side else "" for side in (base, ours, theirs)))
    return {**(theirs or {}), **(ours or {}), "source": source}, broken


def merge(base: Any, ours: Any, theirs: Any) -> tuple[Any, bool]:
    """One notebook of three, run by nobody, and whether a cell of it holds a conflict."""
    sides, kept, broken = [cells(book) for book in (base, ours, theirs)], [], False
    for id in order(*map(list, sides)):
        cell, is_broken = merged(*(side.get(id) for side in sides))
        broken |= is_broken
        if cell:
            unrun = RUN if cell["cell_type"] == "code" else {}
            kept.append(cell | unrun | {"source": cell["source"].splitlines(True)})
    metadata = {name: part for name, part in ours["metadata"].items() if name != "tpm"}
    return ours | {"cells": kept, "metadata": metadata}, broken


def main(base: str, ours: str, theirs: str) -> int:
    """Merge three files into the second, as git asks. Returns 1 if a conflict is left."""
    texts = [Path(name).read_text(encoding="utf-8") for name in (base, ours, theirs)]
    try:
        book, broken = merge(*(json.loads(text or '{"cells": []}') for text in texts))
    except (KeyError, TypeError, ValueError):  # no notebook with ids: line by line, as git would
        return subprocess.run(["git", "merge-file", ours, base, theirs]).returncode
    whole = json.dumps(book, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    Path(ours).write_text(whole, encoding="utf-8", newline="\n")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
