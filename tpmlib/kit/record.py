"""The learner's record: one line for each answer, added and never changed.

A session of Python writes to a file of its own, so that two notebooks never disturb each other. The
record is the union of all files and of this session's memory; what a panel asks for is a fold over
these events. An event that could not be written stays in memory and is written with the next one.
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_data_path

from tpmlib.errors import CourseError
from tpmlib.kit.events import (
    SCHEMA,
    Event,
    File,
    Fold,
    Lines,
    Right,
    append,
    copies,
    is_json,
    other_editions,
    read,
    read_lines,
    try_out,
    well_formed,
)
from tpmlib.kit.words import say

__all__ = ["SCHEMA", "Event", "Record", "Restored", "read", "record"]
_records: dict[tuple[str | None, int], "Record"] = {}


class Restored(NamedTuple):
    added: int  # events, those of another edition too
    known: int  # events that the record had
    damaged: list[int]  # line numbers
    newer: int  # events of a newer course: kept, not shown
    older: int = 0  # answers of the first edition: kept, not shown


class Record:
    """All answers of a learner: the files of the home folder and this session's memory.

    home: folder; without it $TPM_RECORD, else the user's data folder.
    `problem` is empty or one sentence: why answers cannot be written, and what to do.

    Each question to the record first looks whether another session has changed a file; within
    `one_look` only the first question does. What is new is added to the fold.
    """

    def __init__(self, home: Path | None = None) -> None:
        self.home = home.absolute() if home else _home()
        self.session = secrets.token_hex(8)
        self.problem = ""
        self._lock = threading.RLock()
        self._memory: Lines = {}
        self._unwritten: set[tuple[int, str]] = set()  # of the memory
        self._written: set[tuple[int, str]] = set()  # since the last look, which finds them
        self._files: dict[str, File] = {}
        self._folded = Fold({})
        self._sequence = 0  # of this session's last event
        self._looked: bool | None = None  # within `one_look`: whether it has looked

    def add(
        self, kind: str, item: str, answer: Any, *, lesson: str, text: str = "", right: Right = None
    ) -> Event:
        """Keep one answer (a JSON value) to an item of a lesson; the event as it is read back.

        text: the item's text_hash, or its text, of which the hash is kept.
        Disk trouble only sets `problem`. Raises CourseError for an argument of another type.
        """
        event: Event = {"kind": kind, "item": item, "lesson": lesson, "text_hash": text}
        for name, value in event.items():
            if not isinstance(value, str):
                raise CourseError(f"{name}: {value!r} is not a text")
        if not isinstance(right, Right):
            raise CourseError(f"{item} right: {right!r} is not True, False or None")
        if not is_json(answer):
            raise CourseError(f"{item} answer: {type(answer).__name__} is not a JSON value")
        if not re.fullmatch("([0-9a-f]{12})?", text):
            event["text_hash"] = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        event |= {"answer": answer, "right": right, "schema": SCHEMA, "session": self.session}
        with self._lock:
            # A Lamport clock: the next sequence is larger than any that this session has seen. So
            # the order of events does not depend on the computer's clock, which may be wrong. Two
            # sessions that do not see each other may give the same number; their names differ.
            self._sequence = 1 + max(self._fold().clock, self._sequence)
            event |= {"sequence": self._sequence, "time": f"{datetime.now(UTC):%FT%TZ}"}
            written = json.dumps(well_formed(event))
            self._keep({(self._sequence, self.session): (written, json.loads(written))})
        return dict(json.loads(written))

    def events(self) -> list[Event]:
        """Copies of all events of this edition, in order."""
        return copies(self._fold().events)

    def first_edition(self) -> list[Event]:
        """Copies of the answers of the first edition, in order; never among `events`."""
        return copies(self._fold().older)

    def answered(self) -> set[tuple[str, str]]:
        """Kind and item of every answer."""
        return set(self._fold().last)

    def history(self, item: str, kind: str | None = None) -> list[Event]:
        """Copies of all answers to an item, in order."""
        return copies(self._fold().by_item.get(item, []), kind)

    def latest(self, item: str, kind: str | None = None) -> Event | None:
        """A copy of the last answer to an item."""
        if kind is None:
            return next(reversed(self.history(item)), None)
        last = self._fold().last.get((kind, item))
        return copies([last])[0] if last else None

    def answer(self, item: str, kind: str) -> dict[str, Any]:
        """The parts of the last answer; none without one, or if its line was changed by hand."""
        event = self.latest(item, kind)
        return event["answer"] if event and isinstance(event["answer"], dict) else {}

    def items(self, kind: str) -> dict[str, Event]:
        """A copy of the last answer of this kind to each item."""
        last = {item: event for (of, item), event in self._fold().last.items() if of == kind}
        return dict(zip(last, copies(last.values()), strict=True))

    def lines(self) -> str:
        """The whole record as JSON lines, events of the first edition and of a newer course too."""
        return "".join(f"{text}\n" for text, _ in self._fold().lines.values())

    @property
    def damaged(self) -> int:
        """Lines of the files that cannot be read; they stay as they are."""
        self._fold()
        return sum(file.damaged for file in self._files.values())

    def restore(self, text: str) -> Restored:
        """Add the events of a download that the record lacks."""
        lines, damaged = read_lines(text.encode("utf-8", "surrogatepass"))
        with self._lock:
            known = lines.keys() & self._fold().lines.keys()
            self._keep({key: line for key, line in lines.items() if key not in known})
        return Restored(len(lines) - len(known), len(known), damaged, *other_editions(lines))

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Within it the files are looked at once, when the record is first asked something."""
        if self._looked is not None:  # inside another such block
            yield
            return
        self._looked = False
        try:
            yield
        finally:
            self._looked = None

    def try_out(self) -> None:
        """Find out whether answers can be written, before the first one; leaves no file."""
        with self._lock, self._trouble():
            try_out(self.home)

    def _fold(self) -> Fold:
        """All that files and memory hold, added up."""
        with self._lock:
            if not self._looked:
                self._look()
            return self._folded

    def _look(self) -> None:
        """Read each file that has changed since the last look, and write what could not be."""
        before, self._files, fresh = self._files, {}, Lines()
        with suppress(OSError):  # no folder yet, or a file in its place
            for name in sorted(os.listdir(self.home)):
                if name.endswith(".jsonl") and not name.startswith("."):
                    self._files[name] = before.get(name) or File(self.home / name)
        grew = before.keys() <= self._files.keys()
        for file in self._files.values():
            more = file.look()
            grew = grew and more is not None
            fresh |= more or {}
        self._unwritten |= self._written - fresh.keys()  # a file may be gone before it is read
        self._written = set()
        fresh = {key: line for key, line in fresh.items() if key not in self._memory}
        if grew and self._folded.lines.keys().isdisjoint(fresh):
            self._folded = self._folded.plus(fresh)
        else:
            held = {key: line for file in self._files.values() for key, line in file.lines.items()}
            self._folded = Fold(held | self._memory)
            self._unwritten = self._memory.keys() - held
        if self._looked is not None:
            self._looked = True
        self._write()

    def _keep(self, fresh: Lines) -> None:
        """Remember and write."""
        self._memory |= fresh
        self._unwritten |= fresh.keys()
        self._folded = self._folded.plus(fresh)
        self._write()

    def _write(self) -> None:
        """Write what is in memory only; what cannot be written stays there for the next time."""
        if self._unwritten:
            self.problem = ""
        in_order = sorted(self._unwritten, key=lambda key: (key[1], key[0]))
        for session, keys in groupby(in_order, key=lambda key: key[1]):
            with self._trouble():
                of_session = [*keys]
                append(self.home / f"{session}.jsonl", [self._memory[key][0] for key in of_session])
                self._unwritten.difference_update(of_session)
                self._written.update(of_session)

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Say why answers cannot be written."""
        try:
            yield
        except OSError as trouble:
            why = trouble.strerror or trouble
            self.problem = say("panel.in_memory", home=self.home, why=why)


def _home() -> Path:
    chosen = os.environ.get("TPM_RECORD")
    return Path(os.path.expanduser(chosen)).absolute() if chosen else user_data_path("tpm-or-pm")


def record() -> Record:
    """The record of this process for the present home; a forked process gets its own."""
    key = (os.environ.get("TPM_RECORD"), os.getpid())
    if key not in _records:
        _records.setdefault(key, Record())  # atomic, if two threads come here at once
    return _records[key]
