"""Each file has a server, course and record of its own, so that none finds what another kept."""

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from answers import give_answers
from lab import PATIENCE, Lesson, chromium, copy_of_course, server
from playwright.sync_api import Browser, expect

from tpmlib.kit.record import Record

expect.set_options(timeout=PATIENCE)
opened: list[Lesson] = []


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def address(course: Path, home: Path) -> Iterator[str]:
    with server(course, home) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def lesson(browser: Browser, address: str) -> Iterator[Callable[[str], Lesson]]:
    """A lesson by its path, open in a page of its own, not run."""

    def lesson(path: str) -> Lesson:
        opened.append(Lesson(browser, address, path))
        return opened[-1].open()

    yield lesson
    while opened:  # else their pages tell of a server that is gone
        opened.pop().close()


@pytest.fixture(scope="module")
def zero(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 00, run; its widgets are shared by the tests."""
    return lesson("notebooks/00_start_here.ipynb").run()


@pytest.fixture(scope="module")
def two(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 02, run; its widgets are shared by the tests."""
    return lesson("notebooks/02_responsibilities.ipynb").run()


@pytest.fixture(scope="module")
def unrun(lesson: Callable[[str], Lesson]) -> Lesson:
    """Lesson 02 as it was saved."""
    return lesson("notebooks/02_responsibilities.ipynb")


@pytest.fixture(scope="module")
def record(home: Path) -> Record:
    """What the shared lessons have written."""
    return Record(home / "record")


@pytest.fixture(scope="module")
def apart(course: Path, home: Path, lesson: Callable[[str], Lesson]) -> Callable[..., Lesson]:
    """A copy of a lesson, not run, with a kernel of its own and a record named `learner`."""

    def apart(name: str, learner: str) -> Lesson:
        notebook = nbformat.read(course / f"notebooks/{name}.ipynb", as_version=4)
        first = f'import os; os.environ["TPM_RECORD"] = {str(home / learner)!r}'
        notebook.cells.insert(0, nbformat.v4.new_code_cell(first))
        (course / learner).mkdir(exist_ok=True)
        nbformat.write(notebook, course / learner / f"{name}.ipynb")
        return lesson(f"{learner}/{name}.ipynb")

    return apart


@pytest.fixture(scope="module")
def answered(apart: Callable[..., Lesson]) -> Lesson:
    """Lesson 02 of a learner who has given one answer of each kind."""
    lesson = apart("02_responsibilities", "answered").run()
    give_answers(lesson)
    return lesson


@pytest.fixture(scope="module", autouse=True)
def twins(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Panels that a test makes itself read the same course, and write a record of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TPM_COURSE", str(course))
        patch.setenv("TPM_RECORD", str(tmp_path_factory.mktemp("twins")))
        yield


@pytest.fixture(autouse=True)
def nothing_goes_wrong() -> Iterator[None]:
    """No console error, no page error, no request to another machine, no broken output."""
    yield
    for one in opened:
        found, one.problems[:] = list(one.problems), []
        assert not found, f"{one.path}: {found}"
        if not one.page.is_closed():
            expect(one.broken).to_have_count(0)
