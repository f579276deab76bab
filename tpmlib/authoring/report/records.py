"""Learners' record files: which belong together, what they hold, and what is wrong with them."""

import os
from pathlib import Path
from typing import Any

import pandas as pd

from tpmlib.errors import CourseError, printable
from tpmlib.kit.record import read

COLUMNS = ["learner", "order", "kind", "item", "lesson", "text_hash", "answer", "right"]
LIMIT = 20_000_000  # bytes of a file; a whole course takes some 40,000
MOST = 12  # files named where no file has an answer
Events = list[dict[str, Any]]


def gather(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers of a class, and the files with something to say about them.

    folder: holds the downloads, at any depth: each file with .jsonl in its name, in any case and
        anywhere in it, since mail and browsers add an ending of their own.

    Returns one row an event, by learner [a number that means nothing] and in order, and one row a
    remark: `file` and `remark`. Files that share a session are one learner, counted once.
    Raises CourseError if the folder is missing or no file has an answer.
    """
    if not folder.is_dir():
        raise CourseError(f"{folder}: missing; a folder of learners' records")
    remarks: list[tuple[str, str]] = []
    paths = {path.relative_to(folder).as_posix(): path for path in _paths(folder, remarks)}
    files = {name: _events(path, name, remarks) for name, path in paths.items()}
    learners = _learners({name: events for name, events in files.items() if events}, remarks)
    told = sorted((printable(name), printable(remark)) for name, remark in remarks)
    if not learners:
        lines = "".join(f"\n{name}: {remark}" for name, remark in told[:MOST])
        lines += f"\nand {len(told) - MOST} more" * (len(told) > MOST)
        raise CourseError(
            f"{folder}: {len(paths)} files and no answer; downloads such as *.jsonl{lines}"
        )
    rows = [
        event | {"learner": number, "order": order}
        for number, events in enumerate(learners, 1)
        for order, event in enumerate(events)
    ]
    return pd.DataFrame(rows)[COLUMNS], pd.DataFrame(told, columns=["file", "remark"])


def _paths(folder: Path, remarks: list[tuple[str, str]]) -> list[Path]:
    """All but folders and what is hidden, in order; a remark for a folder that cannot be read."""
    paths = []

    def told(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder).as_posix()
        remarks.append((name, f"cannot be read ({error.strerror}); left out"))

    for here, folders, files in os.walk(folder, onerror=told):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(here, name).is_symlink()]
        paths += [Path(here, name) for name in files + links if not name.startswith(".")]
    return sorted(paths)


def _events(path: Path, name: str, remarks: list[tuple[str, str]]) -> Events:
    """The events of one file; a remark for each thing that is wrong with it."""
    try:
        raw = _raw(path)
    except OSError as error:
        raw = f"cannot be read ({error.strerror}); left out"
    if isinstance(raw, str):
        remarks.append((name, raw))
        return []
    download = read(raw)
    if damaged := download.damaged:
        lines = ", ".join(map(str, damaged[:5])) + (", ..." if damaged[5:] else "")
        noun = "lines" if damaged[1:] else "line"
        remarks.append((name, f"{len(damaged)} damaged {noun} left out: {lines}"))
    if download.newer:
        remarks.append((name, f"{download.newer} answers of a newer course left out"))
    if download.older:
        remarks.append((name, f"{download.older} answers of the first edition left out"))
    if not download.events:
        remarks.append((name, "no answer in it; left out"))
    return download.events


def _raw(path: Path) -> bytes | str:
    """What a file holds, or why it is not read. Its kind comes first: a pipe may never answer."""
    if not path.is_file():
        return "not read; not a plain file"
    if path.suffix.lower() in (".zip", ".gz", ".7z", ".rar"):
        return "not read; unpack it first"
    if ".jsonl" not in path.name.lower():
        return "not read; .jsonl is not in its name"
    with path.open("rb") as file:
        raw = file.read(LIMIT + 1)
    return raw if len(raw) <= LIMIT else f"not read; larger than {LIMIT // 1_000_000} MB"


def _learners(files: dict[str, Events], remarks: list[tuple[str, str]]) -> list[Events]:
    """The events of each learner, once each and in order.

    A session belongs to one learner, so files with a common session are of the same learner, and
    so are two files that each share one with a third. They are joined as soon as that is known.
    """
    learners: list[tuple[set[str], str, Events]] = []  # sessions, first file, events
    for name, events in files.items():
        sessions = {event["session"] for event in events}
        same = [learner for learner in learners if learner[0] & sessions]
        learners = [learner for learner in learners if not learner[0] & sessions]
        if same:
            remarks.append((name, f"the same learner as {same[0][1]}; counted once"))
        first = same[0][1] if same else name
        earlier = [event for learner in same for event in learner[2]]
        learners.append((sessions.union(*(each[0] for each in same)), first, earlier + events))
    # numbered by what the files hold and not by their names, so that a number tells no name
    return [_once(events) for _, _, events in sorted(learners, key=lambda learner: min(learner[0]))]


def _once(events: Events) -> Events:
    by_key = {(event["sequence"], event["session"]): event for event in events}
    return [by_key[key] for key in sorted(by_key)]
