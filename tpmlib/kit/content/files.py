"""Find the course's files and read them as text."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tpmlib.errors import CourseError

MARK = Path("data", "course.yml")  # the file that makes a folder a course
PACKAGE = Path(__file__).resolve().parents[2]
BUNDLED = PACKAGE / "course"  # in an installed package: the data alone, for reading alone


def root() -> Path:
    """The folder that holds `data/course.yml`.

    $TPM_COURSE if set, else the present folder or one above it, else the checkout this package
    lies in, else the data bundled with the package. Raises CourseError if there is none.
    """
    named = os.environ.get("TPM_COURSE")
    if named:
        if not (Path(named) / MARK).is_file():
            raise CourseError(f"TPM_COURSE: {named} holds no data/course.yml")
        return Path(named).resolve()
    here = Path.cwd()
    for folder in (here, *here.parents, PACKAGE.parent, BUNDLED):
        if (folder / MARK).is_file():
            return folder
    raise CourseError(f"{here}: no data/course.yml here or above; set TPM_COURSE to the course")


@contextmanager
def course_at(folder: Path | None) -> Iterator[Path]:
    """Within it `root()` is this folder, for this process and the kernels it starts."""
    before = os.environ.get("TPM_COURSE")
    if folder:
        os.environ["TPM_COURSE"] = str(folder)
    try:
        yield root()
    finally:
        os.environ.pop("TPM_COURSE", None)
        if before is not None:
            os.environ["TPM_COURSE"] = before


def is_installed(folder: Path) -> bool:
    """Whether this is the installed package's own course."""
    return folder.resolve() == BUNDLED


def refuse_installed(folder: Path) -> None:
    """CourseError for the installed package, which the next version replaces."""
    if is_installed(folder):
        where = "the installed package, which holds no notebooks and is never written"
        raise CourseError(f"{folder}: {where}; run this in a folder of the course")


def shown(path: Path) -> str:
    """The path as messages show it: from the course's folder, with forward slashes."""
    return path.relative_to(root()).as_posix() if path.is_relative_to(root()) else path.as_posix()


def stamp(path: Path) -> tuple[int, int]:
    """Modification time [ns] and size [bytes]: another stamp, another content."""
    try:
        status = path.stat()
    except OSError as error:
        raise CourseError(f"{shown(path)}: missing; a file that can be read") from error
    return status.st_mtime_ns, status.st_size


def text_of(path: Path) -> str:
    """The text of a file. Raises CourseError unless it is UTF-8 without a byte order mark."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CourseError(f"{shown(path)}: {error.strerror}; a file that can be read") from error
    if not raw.strip():
        raise CourseError(f"{shown(path)}:1: empty; at least one line")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise CourseError(f"{shown(path)}:1: a byte order mark; UTF-8 without one")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x}"
        raise CourseError(f"{shown(path)}:{line}: {found} is not UTF-8; save as UTF-8") from error
