"""Learners' record files: which belong together, what they hold, and what is wrong with them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError
from tpmlib.kit.record import read

COLUMNS = ["learner", "order", "kind", "item", "lesson", "text_hash", "answer", "right"]
Read = tuple[str, list[dict[str, Any]]]  # a file's name and its events


def gather(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers of a class, and the files with something to say about them.

    folder: holds the downloads (*.jsonl), at any depth.

    Returns one row an event, by learner [a number that means nothing] and in order, and one row a
    remark: `file` and `remark`. Files that share a session are one learner, counted once.
    Raises CourseError if the folder is missing or no file has an answer.
    """
    if not folder.is_dir():
        raise CourseError(f"{folder}: missing; a folder of learners' records")
    paths = sorted(folder.rglob("*.jsonl"))
    remarks: list[tuple[str, str]] = []
    found = [_file(path, path.relative_to(folder).as_posix(), remarks) for path in paths]
    whole = [one for one in found if one[1]]
    if not whole:
        raise CourseError(f"{folder}: {len(paths)} files and no answer; downloads such as *.jsonl")
    learners = _learners(whole, remarks)
    rows = [row for number, events in enumerate(learners, 1) for row in _rows(number, events)]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame, pd.DataFrame(sorted(remarks), columns=["file", "remark"])


def _file(path: Path, name: str, remarks: list[tuple[str, str]]) -> Read:
    try:
        found = read(path.read_bytes())
    except OSError as error:
        remarks.append((name, f"cannot be read ({error.strerror}); left out"))
        return name, []
    if found.damaged:
        lines = ", ".join(map(str, found.damaged[:5])) + (", ..." if found.damaged[5:] else "")
        many = "lines" if found.damaged[1:] else "line"
        remarks.append((name, f"{len(found.damaged)} damaged {many} left out: {lines}"))
    if found.newer:
        remarks.append((name, f"{found.newer} answers of a newer course left out"))
    if found.older:
        remarks.append((name, f"{found.older} answers of the first edition left out"))
    if not found.events:
        remarks.append((name, "no answer in it; left out"))
    return name, found.events


def _learners(files: list[Read], remarks: list[tuple[str, str]]) -> list[list[dict[str, Any]]]:
    """The events of each learner, once each; a session stands for its owner."""
    groups: list[tuple[set[str], list[Read]]] = []
    for name, events in files:
        sessions = {event["session"] for event in events}
        mine = [group for group in groups if group[0] & sessions]
        groups = [group for group in groups if not group[0] & sessions]
        joined = [one for group in mine for one in group[1]]
        if joined:
            remarks.append((name, f"the same learner as {joined[0][0]}; counted once"))
        groups.append((sessions.union(*(group[0] for group in mine)), [*joined, (name, events)]))
    # by what they hold and not by name, so that the numbers tell nothing of the files
    return sorted((_union(group[1]) for group in groups), key=_sessions)


def _union(files: Iterable[Read]) -> list[dict[str, Any]]:
    once = {(one["sequence"], one["session"]): one for _, events in files for one in events}
    return [once[key] for key in sorted(once)]


def _sessions(events: list[dict[str, Any]]) -> str:
    return min(str(event["session"]) for event in events)


def _rows(number: int, events: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("kind", "item", "lesson", "text_hash", "answer", "right")
    return [(number, order, *(event[name] for name in names)) for order, event in enumerate(events)]
