"""Find the course's files and read them as text."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tpmlib.errors import CourseError

MARK = Path("data", "course.yml")  # the file that makes a folder a course
NONE = "none"  # of TPM_LOCAL: the course alone
PACKAGE = Path(__file__).resolve().parents[2]
UTF_16 = "UTF-16; save as UTF-8, in Excel as CSV UTF-8"
OTHERS = {  # how a file begins that another program saved, and what to say
    b"\xef\xbb\xbf": "a byte order mark; UTF-8 without one, which an editor of code saves",
    b"\xff\xfe": UTF_16,
    b"\xfe\xff": UTF_16,
    b"PK\x03\x04": "a workbook or another zip; a text, from Excel as CSV UTF-8",
}
MERGE = re.compile(r"^<{7} .*?^={7}\r?$.*?^>{7} ", re.S | re.M)
UNFINISHED = "an unfinished merge (<<<<<<<); one version, saved"
SEPARATED = re.compile(r"(?:sep=)?[^,;\t\r\n]*([;\t])[^,\r\n]*(?:[\r\n]|$)")
below = lru_cache(maxsize=1024)(Path)  # joined once: pathlib takes as long for it as the disk
BUNDLED = PACKAGE / "course"  # in an installed package: the data alone, for reading alone


def root() -> Path:
    """The folder that holds `data/course.yml`.

    $TPM_COURSE if set, else the present folder or one above it, else the checkout this package
    lies in, else the data bundled with the package. Raises CourseError if there is none.
    """
    return _root(os.environ.get("TPM_COURSE", ""), os.getcwd())


@lru_cache  # `tpm check` asks ten thousand times
def _root(named: str, cwd: str) -> Path:
    here = Path(cwd)
    if named:
        if not (Path(named) / MARK).is_file():
            raise CourseError(f"TPM_COURSE: {named} holds no data/course.yml")
        return (here / named).resolve()
    for folder in (here, *here.parents, PACKAGE.parent, BUNDLED):
        if (folder / MARK).is_file():
            return folder
    raise CourseError(f"{here}: no data/course.yml here or above; set TPM_COURSE to the course")


def local() -> Path | None:
    """The folder of an instructor's own course, read on top of ours; None if there is none.

    $TPM_LOCAL, from the course's folder, if set; else `local` beside `data`. Set to NONE, there is
    none. Raises CourseError if it is set and no folder is there.
    """
    named = os.environ.get("TPM_LOCAL", "")
    home = _root(os.environ.get("TPM_COURSE", ""), os.getcwd())
    folder = Path(os.path.normpath(home / named)) if named else below(home, "local")
    if named == NONE or not (there := os.path.isdir(folder)) and not named:
        return None
    if not there:
        raise CourseError(f"TPM_LOCAL: {named} is no folder; the folder of your own course")
    return folder


def beside(path: Path, inside: str = "") -> Path | None:
    """The local file, `inside` a folder, of the name of a table or YAML file of data/, if any."""
    folder = local() if path.suffix != ".json" else None
    if not folder or not path.is_relative_to(data := below(root(), "data")):
        return None
    own = folder / inside / path.relative_to(data)
    return own if own.is_file() else None


def over(path: Path) -> tuple[Path | None, Path | None]:
    """What is local of a file of data/: the file beside it, and the one in words/LANGUAGE."""
    if not (folder := local()):
        return None, None
    translated = (folder / "words").is_dir()
    return beside(path), beside(path, f"words/{language()}") if translated else None


def language() -> str:
    """The language of the course: of its workshop, else `lang` of course.yml, else English."""
    folders = (local() or root(), below(root(), "data"))
    paths = [folder / f"{name}.yml" for folder in folders for name in ("workshop", "course")]
    texts = [text_of(path) for path in paths if path.is_file()]
    named = re.search(r"^lang(?:uage)?: *[\"']?([\w-]+)", "\n".join(texts), re.M)
    return named[1] if named else "en"  # by its line: all other files are read in that language


def is_local(place: str) -> bool:
    """Whether what messages show, a file or a whole problem, is of the folder of one's own."""
    folder = local()
    return folder is not None and place.startswith(f"{shown(folder)}/")


@contextmanager
def course_at(folder: Path | None) -> Iterator[Path]:
    """Within it `root()` is this folder, for this process and the kernels it starts."""
    with _named("TPM_COURSE", str(folder) if folder else None):
        yield root()


@contextmanager
def ours_alone() -> Iterator[None]:
    """Within it nothing local is read."""
    with _named("TPM_LOCAL", NONE):
        yield


@contextmanager
def _named(variable: str, value: str | None) -> Iterator[None]:
    """Within it the environment has this value; the present one if it is None."""
    before = os.environ.get(variable)
    if value is not None:
        os.environ[variable] = value
    try:
        yield
    finally:
        os.environ.pop(variable, None)
        if before is not None:
            os.environ[variable] = before


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


@dataclass(eq=False)
class Lines:
    """Where a line stands: those of a local file are counted on after the last of ours.

    shown: our file. local: the one on top of it, whose first line is `after` + 1; may be empty.
    translated: where a text in place of ours stands. strange: what of such texts fits nothing of
    ours. untold: how many texts of ours have none.
    """

    shown: str
    local: str = field(default="", kw_only=True)
    after: int = field(default=0, kw_only=True)
    translated: dict[tuple[str | int, ...], str] = field(default_factory=dict, kw_only=True)
    strange: list[str] = field(default_factory=list, kw_only=True)
    untold: str = field(default="", kw_only=True)

    def file(self, line: int) -> str:
        """The file of a line."""
        return self.local if self.local and line > self.after else self.shown

    def at(self, line: int) -> str:
        """File and line, as messages begin."""
        file = self.file(line)
        return f"{file}:{line - self.after if file == self.local else line}"


def line_of(problem: str) -> tuple[int, str]:
    """By what problems of a file stand in order."""
    number = re.search(r":(\d+)(?=[ :])", problem)
    return int(number[1]) if number else 0, problem


def stamp(path: Path) -> tuple[int, int]:
    """Modification time [ns] and size [bytes]: another stamp, another content."""
    try:
        status = path.stat()
    except OSError as error:
        raise CourseError(f"{shown(path)}: missing; a file that can be read") from error
    return status.st_mtime_ns, status.st_size


def text_of(path: Path) -> str:
    """The text of a file. Raises CourseError with the cause if another program spoilt it."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise CourseError(f"{shown(path)}: {error.strerror}; a file that can be read") from error
    if path.suffix == ".csv" and is_local(shown(path)):
        raw = raw.removeprefix(b"\xef\xbb\xbf")  # Excel's "CSV UTF-8" begins so
    for beginning, problem in OTHERS.items():
        if raw.startswith(beginning):
            raise CourseError(f"{shown(path)}:1: {problem}")
    if raw.count(b"\0") > len(raw) // 10:
        raise CourseError(f"{shown(path)}:1: a binary file; a text in UTF-8")
    if not raw.strip():
        raise CourseError(f"{shown(path)}:1: empty; at least one line")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start : error.start + 1]
        meant = f" ({byte.decode('cp1252', 'replace')!r} in Windows-1252)"
        problem = f"byte 0x{byte.hex()} is not UTF-8; save as UTF-8{meant}"
        raise CourseError(f"{shown(path)}:{line}: {problem}") from error
    if merge := MERGE.search(text):
        line = text.count("\n", 0, merge.start()) + 1
        raise CourseError(f"{shown(path)}:{line}: {UNFINISHED}")
    if path.suffix == ".csv" and (wrong := SEPARATED.match(text)):
        problem = "tabs" if wrong[1] == "\t" else "semicolons"
        raise CourseError(f"{shown(path)}:1: separated by {problem}; commas (Excel: CSV UTF-8)")
    return text
