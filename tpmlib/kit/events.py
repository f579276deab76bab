"""The lines of a record and the files that hold them: what an event is, and what is damage."""

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

Event = dict[str, Any]  # Any: an answer is whatever JSON holds
Lines = dict[tuple[int, str], tuple[str, Event]]  # by sequence and session: the text, the event
Right = bool | None
SCHEMA = 2  # events of schema 1 are answers of the first edition: kept, never counted or shown
SEQUENCES = 10**12  # a larger sequence is damage
NAME = re.compile(r"[0-9a-f]{1,64}")  # of a session, so of a file: nothing that leaves the home


class File(NamedTuple):
    """What was read of one file, and its state at that time."""

    stamp: tuple[int, ...]  # inode, size and time of change: another stamp, another content
    data: bytes
    lines: Lines
    damaged: int  # lines that cannot be read


EMPTY = File((), b"", {}, 0)
UNREAD = EMPTY._replace(damaged=1)  # as long as a file cannot be read, it counts as damaged


class Download(NamedTuple):
    events: list[Event]  # in order, those of this edition
    damaged: list[int]  # line numbers
    newer: int  # events of a newer course
    older: int  # answers of the first edition


def read(data: bytes) -> Download:
    """What a downloaded record holds, without adding it to any record."""
    lines, damaged = read_lines(data)
    return Download(current(lines), damaged, *other_editions(lines))


def read_lines(data: bytes) -> tuple[Lines, list[int]]:
    """The events of some JSON lines, and the numbers of the damaged lines."""
    lines, damaged = {}, []
    for number, raw in enumerate(data.split(b"\n"), 1):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            text = raw.decode("utf-8-sig").strip()
            event = json.loads(text)
            if _is_event(event):
                lines[event["sequence"], event["session"]] = text, event
                continue
        if raw.strip():
            damaged.append(number)
    return lines, damaged


def current(lines: Lines) -> list[Event]:
    """The events of this edition, in order."""
    return [event for _, (_, event) in sorted(lines.items()) if event["schema"] == SCHEMA]


def other_editions(lines: Lines) -> tuple[int, int]:
    """How many events are of a newer course, and how many of the first edition."""
    schemas = [event["schema"] for _, event in lines.values()]
    return sum(one > SCHEMA for one in schemas), sum(one < SCHEMA for one in schemas)


def copies(events: Iterable[Event], kind: str | None = None) -> list[Event]:
    """Copies of the events (of one kind) to hand out: changing them does not change the record."""
    return [
        event | {"answer": deepcopy(event["answer"])}
        for event in events
        if kind is None or event["kind"] == kind
    ]


def is_json(value: object, levels: int = 50) -> bool:
    """Is it JSON, and not so deep that reading or copying it fails in a kernel's deep stack?"""
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and is_json([*value.values()], levels)
    if isinstance(value, list):
        return levels > 0 and all(is_json(part, levels - 1) for part in value)
    if isinstance(value, int | float):
        return bool(abs(value) < 1e308)  # no nan, no infinity, nothing beyond a float
    return isinstance(value, str | None)


def _is_event(event: Event) -> bool:
    """Is it whole? Of a newer event, only what is needed to sort and store it is checked."""
    sequence, session, schema = event["sequence"], event["session"], event["schema"]
    whole = type(sequence) is type(schema) is int  # isinstance would take True for a number
    whole = whole and 1 <= sequence <= SEQUENCES and schema > 0 and bool(NAME.fullmatch(session))
    if not whole or schema > SCHEMA:
        return whole
    texts = all(isinstance(event[n], str) for n in ("time", "lesson", "item", "text_hash", "kind"))
    return texts and isinstance(event["right"], Right) and is_json(event["answer"])


def read_file(path: Path, old: File) -> File:
    """A file as it is now. If it only grew, only its new lines are parsed."""
    with suppress(OSError):  # it is gone or cannot be read: what was read before still counts
        state = path.stat()
        stamp = (state.st_ino, state.st_size, state.st_mtime_ns)
        if stamp != old.stamp:
            # stat gives size 0 for a device such as /dev/zero, which could be read for ever
            data = path.read_bytes() if state.st_size else b""
            grew = old.data.endswith(b"\n") and data.startswith(old.data)
            start = old if grew else EMPTY
            lines, damaged = read_lines(data[len(start.data) :])
            return File(stamp, data, start.lines | lines, start.damaged + len(damaged))
    return old


def append(path: Path, texts: list[str]) -> None:
    """Add lines to a file, after the end of a line that was torn. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        file.seek(max(file.tell() - 1, 0))
        torn = file.read(1) not in (b"", b"\n")
        rest = b"\n" * torn + "".join(f"{text}\n" for text in texts).encode()
        while rest and (done := os.write(file.fileno(), rest)):  # a nearly full disk takes a part
            rest = rest[done:]
