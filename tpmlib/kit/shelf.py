"""What an earlier `tpm check` worked out, kept on disk: what has not changed is not done again.

Outside `opened` nothing is kept, so that panels and notebooks never read it.
"""

import hashlib
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import numpy
from platformdirs import user_cache_path

Result = TypeVar("Result")
Shelf = dict[str, bytes]
DAYS = 30  # that a file is kept which no check has written
_open: list[tuple[Shelf, Shelf]] = []  # what lay there, and what this run asked for


def kept(key: tuple[object, ...], compute: Callable[[], Result]) -> Result:
    """The result of an earlier run for the same key, else that of `compute`.

    key: what it rests on; a path stands for the content of its file. An error is never kept.
    """
    if not _open:
        return compute()
    before, now = _open[-1]
    parts = [path_digest(part) if isinstance(part, Path) else repr(part) for part in key]
    name = digest("\n".join(parts).encode())
    if name not in before:
        result = compute()
        now[name] = pickle.dumps(result)  # at once, since whoever asked may change it
        return result
    now[name] = before[name]
    return pickle.loads(now[name])  # type: ignore[no-any-return]  # noqa: S301 as our own code


@contextmanager
def opened(course: Path, own: Path | None) -> Iterator[None]:
    """Within, `kept` knows what the last run for this course left, and leaves what it asked for.

    own: the folder that is laid on the course.
    A course that was never checked begins with what the check of another left. A file that is
    damaged, or of other code, libraries or words, is as good as none; so is one not to be written.
    """
    folders = [folder.resolve() for folder in (course / "data", own) if folder]
    file = user_cache_path("tpm-or-pm") / f"check-{digest(repr(folders).encode())[:16]}.pickle"
    words = [path for folder in folders for path in sorted(folder.glob("words/*.yml"))]
    version, before, now = _version(words), Shelf(), Shelf()
    others = sorted(file.parent.glob("check-*.pickle"), key=lambda path: path.stat().st_mtime)
    for earlier in (*others[-3:], file):  # in a copy of a course nearly all is the same
        with suppress(Exception):  # whatever a damaged file does to pickle
            found_version, shelf = pickle.loads(earlier.read_bytes())  # noqa: S301
            before = shelf if found_version == version else before
    _open.append((before, now))
    try:
        yield
    finally:
        _open.pop()
    if now.keys() != before.keys() or not file.exists():
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(pickle.dumps((version, now)))
            fresh.replace(file)
            for old in file.parent.glob("check-*"):  # of courses that nobody checks any more
                if old.stat().st_mtime < time.time() - DAYS * 86_400:
                    old.unlink()


def digest(content: bytes) -> str:
    """A name that only this content has."""
    return hashlib.sha256(content).hexdigest()


def path_digest(path: Path) -> str:
    """Of a file's content; of one that cannot be read, its own."""
    try:
        return digest(path.read_bytes())
    except OSError as error:
        return str(error)


def _version(words: list[Path]) -> str:
    """Of all code of ours, of the libraries, and of the words that tables are told in."""
    code = sorted(Path(__file__).parents[1].rglob("*.py"))
    installed = sorted(path.name for path in Path(numpy.__file__).parents[1].glob("*.dist-info"))
    return digest(repr([sys.version, installed, *map(path_digest, [*code, *words])]).encode())
