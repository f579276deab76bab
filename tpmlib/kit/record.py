"""The learner's record: one line for each answer, added and never changed; what holds is a fold.

A session writes a file of its own, records merge by union, what no file holds waits in memory.
"""

import json
import os
import re
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from glob import glob
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from platformdirs import user_data_path

from tpmlib.errors import CourseError

Event = dict[str, Any]  # Any: an answer is whatever JSON holds
Lines = dict[tuple[int, str], tuple[str, Event]]  # sequence, session: as read, what it says
File = tuple[tuple[int, ...], Lines, list[int]]  # stamp, events, numbers of the damaged lines
Right = bool | None
SCHEMA = 2  # events of schema 1 are answers of the first edition: kept, never counted or shown
SEQUENCES = 10**12  # more is damage; only the lower half sets clocks, so there is always a next
NAME = re.compile(r"[0-9a-f]{1,64}")  # of a session, so of a file: nothing that leaves the home
_records: dict[tuple[Path, int], "Record"] = {}


class Restored(NamedTuple):
    added: int  # events, those of a newer course too
    known: int  # events that the record had
    damaged: list[int]  # line numbers
    newer: int  # events of a newer course: kept, not shown
    older: int = 0  # answers of the first edition: kept, not shown


def _is_json(value: object, levels: int = 50) -> bool:
    """Is it JSON, and not so deep that reading or copying it fails in a kernel's deep stack?"""
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and _is_json([*value.values()], levels)
    if isinstance(value, list):
        return levels > 0 and all(_is_json(part, levels - 1) for part in value)
    if isinstance(value, int | float):
        return bool(abs(value) < 1e308)  # no nan, no infinity, nothing beyond a float
    return isinstance(value, str | None)


def _is_event(event: Event) -> bool:
    """Is it whole? Of a newer event only what sorts and stores it is checked."""
    sequence, session, schema = event["sequence"], event["session"], event["schema"]
    whole = type(sequence) is type(schema) is int  # to isinstance, True is one too
    whole = whole and 1 <= sequence <= SEQUENCES and schema > 0 and bool(NAME.fullmatch(session))
    if not whole or schema > SCHEMA:
        return whole
    texts = all(isinstance(event[n], str) for n in ("time", "lesson", "item", "text_hash", "kind"))
    return texts and isinstance(event["right"], Right) and _is_json(event["answer"])


def _read(data: bytes) -> tuple[Lines, list[int]]:
    """The events, and the numbers of the damaged lines."""
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


class Download(NamedTuple):
    events: list[Event]  # in order, those of this edition
    damaged: list[int]  # line numbers
    newer: int  # events of a newer course
    older: int = 0  # answers of the first edition


def read(data: bytes) -> Download:
    """What a downloaded record holds, without adding it to any record."""
    lines, damaged = _read(data)
    events = [event for _, (_, event) in sorted(lines.items())]
    current = [event for event in events if event["schema"] == SCHEMA]
    newer = sum(event["schema"] > SCHEMA for event in events)
    return Download(current, damaged, newer, len(events) - len(current) - newer)


def _append(path: Path, texts: list[str]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        file.seek(max(file.tell() - 1, 0))
        torn = file.read(1) not in (b"", b"\n")
        rest = b"\n" * torn + "".join(f"{text}\n" for text in texts).encode()
        while rest and (done := os.write(file.fileno(), rest)):  # a nearly full disk takes a part
            rest = rest[done:]


class Record:
    """All answers of a learner: the files of the home folder and this session's memory.

    home: folder; without it $TPM_RECORD, else the user's data folder.
    `problem` is empty or one sentence: why answers cannot be written, and what to do.
    """

    def __init__(self, home: Path | None = None) -> None:
        self.home = home.absolute() if home else _home()
        self.session = secrets.token_hex(8)
        self.problem = ""
        self._lock = threading.RLock()
        self._memory: Lines = {}
        self._files: dict[str, File] = {}

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
        if not _is_json(answer):
            raise CourseError(f"{item} answer: {type(answer).__name__} is not a JSON value")
        if not re.fullmatch("([0-9a-f]{12})?", text):
            event["text_hash"] = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        event |= {"answer": answer, "right": right, "schema": SCHEMA, "session": self.session}
        with self._lock:
            clock = [n for n, who in self._union() if n <= SEQUENCES // 2 or who == self.session]
            event |= {"sequence": 1 + max(clock, default=0), "time": f"{datetime.now(UTC):%FT%TZ}"}
            written = json.dumps(event)  # ASCII, so that a lone surrogate can be written
            self._keep({(event["sequence"], self.session): (written, json.loads(written))})
        return dict(json.loads(written))

    def events(self) -> list[Event]:
        """Copies of all events of this edition, in order."""
        return self._copies(lambda schema: schema == SCHEMA)

    def first_edition(self) -> list[Event]:
        """Copies of the answers of the first edition, in order; never among `events`."""
        return self._copies(lambda schema: schema < SCHEMA)

    def _copies(self, wanted: Callable[[int], bool]) -> list[Event]:
        events = (event for _, event in self._union().values() if wanted(event["schema"]))
        return [event | {"answer": deepcopy(event["answer"])} for event in events]

    def history(self, item: str, kind: str | None = None) -> list[Event]:
        return [e for e in self.events() if e["item"] == item and kind in (None, e["kind"])]

    def latest(self, item: str, kind: str | None = None) -> Event | None:
        return next(reversed(self.history(item, kind)), None)

    def items(self, kind: str) -> dict[str, Event]:
        """The last answer of this kind to each item."""
        return {event["item"]: event for event in self.events() if event["kind"] == kind}

    def lines(self) -> str:
        """The whole record as JSON lines, events of the first edition and of a newer course too."""
        return "".join(f"{text}\n" for text, _ in self._union().values())

    @property
    def damaged(self) -> int:
        """Lines of the files that cannot be read; they stay as they are."""
        self._union()
        return sum(len(damaged) for _, _, damaged in self._files.values())

    def restore(self, text: str) -> Restored:
        """Add the events of a download that the record lacks."""
        lines, damaged = _read(text.encode("utf-8", "surrogatepass"))
        schemas = [event["schema"] for _, event in lines.values()]
        newer = sum(schema > SCHEMA for schema in schemas)
        older = sum(schema < SCHEMA for schema in schemas)
        with self._lock:
            known = lines.keys() & self._union()
            self._keep({key: line for key, line in lines.items() if key not in known})
        return Restored(len(lines) - len(known), len(known), damaged, newer, older)

    def _union(self) -> Lines:
        """Files and memory, in order; needs no lock, since memory is never cleared."""
        return dict(sorted((self._held() | self._memory).items()))

    def _held(self) -> Lines:
        """What the files hold; only a file that changed is read again."""
        self._files = {n: self._file(self.home / n) for n in glob("*.jsonl", root_dir=self.home)}
        return {key: line for _, lines, _ in self._files.values() for key, line in lines.items()}

    def _file(self, path: Path) -> File:
        old = self._files.get(path.name, ((), {}, [1]))  # while it is unread it counts as damaged
        with suppress(OSError):
            now = path.stat()  # a device has no size, and no end
            if (stamp := (now.st_ino, now.st_size, now.st_mtime_ns)) != old[0]:
                return stamp, *_read(path.read_bytes() if now.st_size else b"")
        return old

    def _keep(self, fresh: Lines) -> None:
        """Remember, then write what no file holds yet."""
        self._memory |= fresh
        missing = sorted(self._memory.keys() - self._held())
        self.problem = ""
        for session in {session for _, session in missing}:
            texts = [self._memory[key][0] for key in missing if key[1] == session]
            try:
                _append(self.home / f"{session}.jsonl", texts)
            except OSError as trouble:
                why = f"{self.home} cannot be written ({trouble.strerror or trouble})"
                self.problem = f"Your answers are in memory only, since {why}: download them"


def _home() -> Path:
    chosen = os.environ.get("TPM_RECORD")
    return Path(os.path.expanduser(chosen)).absolute() if chosen else user_data_path("tpm-or-pm")


def record() -> Record:
    """The record of this process for the present home; a forked process gets its own."""
    return _records.setdefault((_home(), os.getpid()), Record())
