from collections.abc import Callable, Iterator

import pytest
from lab import PATIENCE, Lesson, chromium
from playwright.sync_api import Browser, expect

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def lesson(browser: Browser) -> Iterator[Callable[..., Lesson]]:
    """A lesson by its server's address and its path, open and not run; nothing may go wrong."""
    opened: list[Lesson] = []

    def lesson(address: str, path: str, app: str = "lab/tree") -> Lesson:
        opened.append(Lesson(browser, address, path, app))
        return opened[-1].open()

    yield lesson
    for one in opened:
        assert not one.problems, f"{one.path}: {one.problems}"
        if not one.page.is_closed():
            expect(one.broken).to_have_count(0)
            one.close()
