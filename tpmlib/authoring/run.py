"""Run lessons and save what they show, the same bytes every time."""

import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError

from tpmlib import content
from tpmlib.authoring.saved import VIEW
from tpmlib.content.files import course_at, shown
from tpmlib.errors import CourseError

TIMEOUT = 120  # seconds for one cell
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


Result = tuple[Path, bool, float]  # the file, whether it changed, the time it took [s]


def run(lessons: Iterable[str] = (), root: Path | None = None) -> Iterator[Result]:
    """Run lessons, by default the ready ones, each in its own folder with a record of its own.

    lessons: ids such as "02", or paths of notebooks.

    Yields path, whether the file changed, and the time it took [s].
    Raises CourseError for an unknown lesson and for a cell that fails; that file is left alone.
    """
    with course_at(root) as folder:
        ready = (each["id"] for each in content.course()["lessons"] if each["status"] == "ready")
        for name in lessons or ready:
            path = Path(name) if name.endswith(".ipynb") else folder / content.lesson(name)["file"]
            if not path.is_file():
                raise CourseError(f"{shown(path.resolve())}: missing; a notebook")
            start = time.perf_counter()
            yield path, _run(path.resolve()), time.perf_counter() - start


def _run(path: Path) -> bool:
    """Whether the file changed."""
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)  # type: ignore[no-untyped-call]
    _strip(notebook)
    with tempfile.TemporaryDirectory() as record:
        _execute(notebook, path, record)
    _strip(notebook)
    after = nbformat.writes(notebook) + "\n"  # type: ignore[no-untyped-call]
    if after == before:
        return False
    fresh = path.with_suffix(".running")  # beside it, so that the replacement is one step
    try:
        fresh.write_text(after, encoding="utf-8", newline="\n")
        fresh.chmod(path.stat().st_mode)
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    return True


def _execute(notebook: nbformat.NotebookNode, path: Path, record: str) -> None:
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=TIMEOUT,
        coalesce_streams=True,
        store_widget_state=False,
        extra_arguments=[
            "--log-level=ERROR"
        ],  # a kernel greets with warnings that help nobody here
        resources={"metadata": {"path": str(path.parent)}},
    )
    # without folders it finds only the kernel of this very environment
    client.create_kernel_manager().kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
    environment = os.environ | {"TPM_RECORD": record, "TPM_COURSE": str(content.root())}
    try:
        client.execute(env=environment)
    except (CellControlSignal, DeadKernelError) as error:
        place = max((n for n, cell in enumerate(notebook.cells, 1) if _started(cell)), default=1)
        what = getattr(error, "ename", type(error).__name__)
        text = f"{what}: {getattr(error, 'evalue', error)}".strip().splitlines()[0]
        raise CourseError(f"{shown(path)}:cell {place}: {text}; a cell that runs") from error


def _started(cell: nbformat.NotebookNode) -> bool:
    return "execution" in cell.metadata


def _strip(notebook: nbformat.NotebookNode) -> None:
    """Drop what differs from one run or machine to the next."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata |= {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
