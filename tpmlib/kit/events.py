"""The lines of a record, the files that hold them, what they add up to, and what is damage."""

import errno
import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

Event = dict[str, Any]  # Any: an answer is whatever JSON holds
Lines = dict[tuple[int, str], tuple[str, Event]]  # by sequence and session: the text, the event
Right = bool | None
SCHEMA = 2  # events of schema 1 are answers of the first edition: kept, never counted or shown
SEQUENCES = 10**12  # a larger sequence is damage
NAME = re.compile(r"[0-9a-f]{1,64}")  # of a session, so of a file: nothing that leaves the home
SURROGATE = re.compile("[\ud800-\udfff]")  # half of a character such as an emoji
LOST = (errno.EIO, errno.ENOSPC, errno.EDQUOT)  # from a sync; others come where none is possible


@dataclass
class File:
    """A file of the record, as it was read last."""

    path: Path
    stamp: tuple[int, ...] = ()  # inode, size and time of change: another stamp, another content
    data: bytes = b""
    lines: Lines = field(default_factory=dict)
    unreadable: int = 0  # lines

    @property
    def damaged(self) -> int:
        """Lines that cannot be read; a file that cannot be read counts as one."""
        return self.unreadable if self.stamp else 1

    def look(self) -> Lines | None:
        """Read it if it has changed: the new lines if it only grew, None if it changed otherwise.

        If it only grew, only its new lines are parsed.
        """
        with suppress(OSError):  # it is gone or cannot be read: what was read before still counts
            state = self.path.stat()
            stamp = (state.st_ino, state.st_size, state.st_mtime_ns)
            if stamp != self.stamp:
                # stat gives size 0 for a device such as /dev/zero, which could be read for ever
                data = self.path.read_bytes() if state.st_size else b""
                grew = data.startswith(self.data) and self.data[-1:] in (b"", b"\n")
                if not grew:
                    self.data, self.lines, self.unreadable = b"", {}, 0
                fresh, damaged = read_lines(data[len(self.data) :])
                self.stamp, self.data = stamp, data
                self.lines |= fresh
                self.unreadable += len(damaged)
                return fresh if grew else None
        return {}


class Fold:
    """What all lines add up to."""

    def __init__(self, lines: Lines) -> None:
        self.lines: Lines = {}  # of all editions, in order
        self.events: list[Event] = []  # of this edition, in order
        self.older: list[Event] = []  # of the first edition, in order
        self.by_item: dict[str, list[Event]] = {}
        self.last: dict[tuple[str, str], Event] = {}  # by kind and item
        self.clock = 0  # the largest sequence that the next one follows
        self.plus(lines)

    def plus(self, lines: Lines) -> "Fold":
        """With more lines: this fold goes on if they come after it, else all is added up anew."""
        if self.lines and lines and min(lines) < next(reversed(self.lines)):
            return Fold(self.lines | lines)
        for key, (text, event) in sorted(lines.items()):
            self.lines[key] = text, event
            # A forged line may carry the largest sequence of all, which nothing could follow. So
            # the clock leaves out the upper half; the lower one is more than anyone can answer.
            if key[0] <= SEQUENCES // 2:
                self.clock = key[0]
            if event["schema"] == SCHEMA:
                self.events.append(event)
                self.by_item.setdefault(event["item"], []).append(event)
                self.last[event["kind"], event["item"]] = event
            elif event["schema"] < SCHEMA:
                self.older.append(event)
        return self


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
            event = well_formed(json.loads(text)) if "\\u" in text else json.loads(text)
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
    return sum(schema > SCHEMA for schema in schemas), sum(schema < SCHEMA for schema in schemas)


def copies(events: Iterable[Event], kind: str | None = None) -> list[Event]:
    """Copies of the events (of one kind) to hand out: changing them does not change the record."""
    return [
        event | {"answer": deepcopy(event["answer"])}
        for event in events
        if kind is None or event["kind"] == kind
    ]


def well_formed(value: Any) -> Any:
    """A JSON value whose lone surrogates, which no page and no file can show, are U+FFFD."""
    text = json.dumps(value, ensure_ascii=False)
    return json.loads(SURROGATE.sub("\ufffd", text)) if SURROGATE.search(text) else value


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


def append(path: Path, texts: list[str]) -> None:
    """Add lines to a file, after the end of a line that was torn, and sync. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        file.seek(max(file.tell() - 1, 0))
        torn = file.read(1) not in (b"", b"\n")
        rest = b"\n" * torn + "".join(f"{text}\n" for text in texts).encode()
        while rest and (done := os.write(file.fileno(), rest)):  # a nearly full disk takes a part
            rest = rest[done:]
        try:
            os.fsync(file.fileno())  # else a power cut could take the last half minute
        except OSError as trouble:
            if trouble.errno in LOST:
                raise


def try_out(folder: Path) -> None:
    """Write into a folder and leave no file there. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # closed, then deleted: not every file system lets a file be written that has no name any more
    with NamedTemporaryFile(dir=folder, prefix=".", buffering=0) as file:
        for _ in range(2):  # a full disk still makes an empty file, a nearly full one takes a part
            file.write(bytes(4096))
