"""Lesson 02 works in Notebook 7, which has none of JupyterLab's panels."""

from collections.abc import Callable
from pathlib import Path

import nbformat
from answers import give_answers, see_answers
from lab import Lesson, copy_of_course, server
from playwright.sync_api import expect

LESSON = "notebooks/02_responsibilities.ipynb"
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
EMPTY = "notebooks/empty.ipynb"


def test_lesson_02_is_worked_through(lesson: Callable[..., Lesson], tmp_path: Path) -> None:
    course = copy_of_course(tmp_path / "course")
    nbformat.write(nbformat.v4.new_notebook(metadata=KERNEL), course / EMPTY)
    with server(course, tmp_path, "notebook") as address:
        empty = lesson(address, EMPTY, "notebooks")
        one = lesson(address, LESSON, "notebooks").run()
        luck = one.output('tpm.stage("luck")')
        luck.get_by_role("button", name="Shuffle").click()
        expect(luck).to_contain_text("2 of 4.")
        give_answers(one)
        again = lesson(address, LESSON, "notebooks").run()
        see_answers(again)
        for each in (one, again, empty):
            expect(each.broken).to_have_count(0)
            each.close()
    # of Notebook 7 itself, whatever it shows
    own = [text for text in one.problems + again.problems if text not in empty.problems]
    assert own == []
    for each in (one, again, empty):
        each.problems.clear()
