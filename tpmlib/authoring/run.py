"""Run lessons and save what they show, the same bytes every time."""

import asyncio
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError

from tpmlib.authoring.cells import read
from tpmlib.authoring.changes import changes
from tpmlib.authoring.gather import gather, ours_of
from tpmlib.authoring.marks import Parts, both_parts, marks
from tpmlib.authoring.new import KERNEL
from tpmlib.authoring.saved import VIEW
from tpmlib.errors import CourseError
from tpmlib.kit import content
from tpmlib.kit.content.files import NONE, course_at, is_local, refuse_installed, shown, text_of
from tpmlib.kit.panels.edition import MARK

TIMEOUT = 120  # seconds for one cell


@dataclass(frozen=True)
class Result:
    """What became of one notebook: `error` is empty if it ran, `changes` names changed numbers."""

    path: Path
    changed: bool
    seconds: float
    changes: list[str]
    error: str = ""


def run(lessons: Iterable[str] = (), root: Path | None = None, jobs: int = 0) -> Iterator[Result]:
    """Run lessons, by default the ready ones and the instructor's notebooks, several at a time.

    Each runs in its own folder with a record of its own. A notebook of ours shows our data alone,
    so that it stays as it is whatever is local.

    lessons: nouns or numbers, such as "staffing" or "07", names of an instructor's notebooks,
        or paths of notebooks.
    jobs: how many at a time, 0 for one a core.

    Yields a result for each as it ends. A notebook with a cell that fails is left alone.
    Raises CourseError for an unknown lesson, before anything runs.
    """
    with course_at(root) as folder:
        ours = ours_of(course := gather()[0])
        content.ready()  # refuses a broken course.yml
        named = [path for name in lessons for path in _paths(name, folder)]
        paths = dict.fromkeys(named or notebooks(folder, [*ours.ready, *course.ready]))
        parts = both_parts(course, ours)
        workers = ThreadPoolExecutor(jobs or os.cpu_count() or 1)
        waiting: list[Future[Result]] = [
            workers.submit(_timed, path, parts[is_local(shown(path))]) for path in paths
        ]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:
            workers.shutdown(cancel_futures=True)


def notebooks(folder: Path, lessons: Sequence[tuple[Any, dict[str, Any]]]) -> list[Path]:
    """The notebooks of the lessons, the help page, the deeper ones, the instructors'."""
    refuse_installed(folder)
    others = sorted(folder.glob("notebooks/help.ipynb"))
    for more in ("deeper", "instructor"):
        others += sorted((folder / "notebooks" / more).glob("*.ipynb"))
    return [_existing(folder / lesson["file"]) for _, lesson in lessons] + others


def _paths(name: str, folder: Path) -> list[Path]:
    """The notebook of that name, and ours where a copy stands in the place of ours."""
    others = [folder / f"notebooks/{place}{name}.ipynb" for place in ("instructor/", "")]
    if name.endswith(".ipynb"):
        return [_existing(Path(name))]
    refuse_installed(folder)
    if there := [path for path in others if path.is_file()]:
        return there[:1]
    path = folder / content.lesson_named(name)["file"]
    ours = folder / "notebooks" / path.name
    return [_existing(each) for each in (ours, path) if each == path or each.is_file()]


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise CourseError(f"{shown(path.resolve())}: missing; a notebook")
    return path.resolve()


def _timed(path: Path, parts: Parts) -> Result:
    start = time.perf_counter()
    try:
        changed, numbers, error = *_run(path, parts), ""
    except CourseError as problem:
        changed, numbers, error = False, [], str(problem)
    return Result(path, changed, time.perf_counter() - start, numbers, error)


def _run(path: Path, parts: Parts) -> tuple[bool, list[str]]:
    """Whether the file changed, and which of its numbers did."""
    read(path)  # refuses a damaged one in a sentence
    before = text_of(path)
    notebook = nbformat.reads(before, as_version=4)  # type: ignore[no-untyped-call]
    _strip(notebook)
    with tempfile.TemporaryDirectory() as record:
        _execute(notebook, path, record)
    _strip(notebook)
    notebook.metadata["tpm"] = marks(notebook, parts)
    after = nbformat.writes(notebook) + "\n"  # type: ignore[no-untyped-call]
    if after == before:
        return False, []
    fresh = path.with_suffix(".running")  # beside it, so that the replacement is one step
    try:
        fresh.write_text(after, encoding="utf-8", newline="\n")
        fresh.chmod(path.stat().st_mode)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return True, changes(nbformat.reads(before, as_version=4), notebook)  # type: ignore[no-untyped-call]


def _execute(notebook: nbformat.NotebookNode, path: Path, record: str) -> None:
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=TIMEOUT,
        coalesce_streams=True,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],  # a kernel's warnings at its start help nobody here
        resources={"metadata": {"path": str(path.parent)}},
    )
    # without folders it finds only the kernel of this very environment
    client.create_kernel_manager().kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    environment = os.environ | {"TPM_RECORD": record, "TPM_COURSE": str(content.root())}
    if not is_local(shown(path)):
        environment["TPM_LOCAL"] = NONE
    try:
        asyncio.run(client.async_execute(env=environment))  # a loop of its own for each thread
    except (CellControlSignal, DeadKernelError) as error:
        # the last cell that was started; nbclient notes the time of each in its metadata
        started = [n for n, cell in enumerate(notebook.cells, 1) if "execution" in cell.metadata]
        name = getattr(error, "ename", type(error).__name__)
        text = f"{name}: {getattr(error, 'evalue', error)}".strip().splitlines()[0]
        where = f"{shown(path)}:cell {max(started, default=1)}"
        raise CourseError(f"{where}: {text}; a cell without an error") from error


def _strip(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from one run or machine to the next."""
    notebook.metadata.pop("widgets", None)
    language = {"name": "python", "file_extension": ".py"}  # else nbconvert writes a script as .txt
    notebook.metadata |= {"kernelspec": KERNEL, "language_info": language}
    notebook.metadata[MARK] = version("tpmlib")
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.pop("mystnb", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
            if picture := output.get("metadata", {}).get("image/png"):
                cell.metadata["mystnb"] = {"image": picture}  # Jupyter Book reads it here alone
