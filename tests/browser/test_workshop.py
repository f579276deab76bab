"""A lesson of a workshop: what is skipped is folded, and the last line leads to the next one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lab import Lesson, server
from playwright.sync_api import expect

PART = "Practise, if you like: sort twelve duties"


@pytest.fixture(scope="module")
def address(course: Path, home: Path) -> Iterator[str]:
    lines = (
        "title: Three hours",
        "lessons: [start_here, responsibilities, staffing]",
        f'skip: {{responsibilities: ["{PART}"]}}',
    )
    (course / "local").mkdir()
    (course / "local" / "workshop.yml").write_text("\n".join(lines), encoding="utf-8")
    with server(course, home, TPM_LOCAL="local") as found:
        yield found


@pytest.fixture(scope="module")
def two(lesson: Callable[[str], Lesson]) -> Lesson:
    return lesson("notebooks/02_responsibilities.ipynb").run()


def test_a_skipped_part_is_folded_and_no_other(two: Lesson) -> None:
    folded = two.page.locator(".jp-MarkdownHeadingCollapsed")
    expect(folded).to_have_count(1)
    expect(folded).to_contain_text(PART)
    expect(two.page.get_by_text("1 cell hidden")).to_be_visible()


def test_the_way_on_is_the_one_of_the_workshop(two: Lesson) -> None:
    following = two.page.locator(".tpm-following")
    expect(following).to_have_text("On your path, next: lesson 05")
    expect(two.page.get_by_text("Next: 03, Who does what here?")).to_be_hidden()
    expect(two.page.get_by_text("“Three hours”: next, lesson 05")).to_be_visible()
