"""A running order: the parts of a lesson, what to do in each and about how long it takes."""

import re
from collections import Counter
from typing import Any

from tpmlib.authoring.cells import Cell, calls, read, text_of
from tpmlib.kit import content
from tpmlib.kit.content.files import root
from tpmlib.kit.content.workshop import kept
from tpmlib.kit.panels.progress import skipped

PART = re.compile(r"^##? +(.+?) *#*$", re.M)


def running_order(lesson: str) -> list[tuple[str, float, str]]:
    """Each part of a lesson's notebook: heading, share of the lesson's time [0 to 1], what to do.

    The shares come from `pace` in data/course.yml (assumed): words to read and things to do. They
    sum to 1, but for the parts that a workshop skips. Without a notebook or `pace` there are none.
    """
    pace = content.course().get("pace")
    path = root() / content.lesson(lesson)["file"]
    if not pace or not path.is_file():
        return []
    cells = read(path)["cells"]
    whole = sum(minutes for _, minutes, _ in _timed(cells, pace))
    parts = _timed(kept(cells, skipped(content.lesson(lesson)["id"])), pace)
    return [(title, minutes / whole, to_do) for title, minutes, to_do in parts if whole]


def late(lesson: str) -> list[str]:
    """The parts to skip when it is late, without those that a workshop skips anyway."""
    short = content.lesson(lesson).get("teaching", {}).get("short", [])
    parts = [title for title, *_ in running_order(lesson)]
    return [title for title in short if title in parts]


def _timed(cells: list[Cell], pace: dict[str, Any]) -> list[tuple[str, float, str]]:
    """Heading of each part, minutes, what to do."""
    return [(title, *_pace_of_part(part, pace)) for title, part in _parts(cells)]


def _parts(cells: list[Cell]) -> list[tuple[str, list[Cell]]]:
    """The cells below each heading of the first two levels, the lesson's title among them."""
    parts: list[tuple[str, list[Cell]]] = []
    for cell in cells:
        heading = PART.search(text_of(cell)) if cell["cell_type"] == "markdown" else None
        if heading or not parts:
            parts.append((heading[1] if heading else "", []))
        parts[-1][1].append(cell)
    return parts


def _pace_of_part(cells: list[Cell], pace: dict[str, Any]) -> tuple[float, str]:
    """Minutes and things to do."""
    words = sum(len(text_of(cell).split()) for cell in cells if cell["cell_type"] == "markdown")
    times = Counter(name for _, name, _ in calls(cells))
    paced = {name: pace["calls"][name] for name in times if name in pace["calls"]}
    minutes = sum(entry["minutes"] * times[name] for name, entry in paced.items())
    to_do = [
        f"{times[name]} {entry['one' if times[name] == 1 else 'many']}"
        for name, entry in paced.items()
    ]
    return words / pace["words"] + minutes, ", ".join(to_do)
