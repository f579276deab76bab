"""A lesson that was saved while it ran opens with its pictures, whatever became of its kernel."""

from collections.abc import Callable

import pytest
from lab import NOTEBOOK, Lesson
from playwright.sync_api import expect

SESSION = f"{NOTEBOOK}.context.sessionContext.session"


@pytest.mark.parametrize("end", ["shutdown()", "kernel.restart()"])
def test_a_saved_lesson_opens_with_pictures_once_its_kernel_is_gone(
    apart: Callable[..., Lesson], end: str
) -> None:
    lesson = apart("02_responsibilities", f"reopening-{end[:-2]}").run()
    lesson.do("docmanager:save")
    lesson.page.evaluate(f"() => {SESSION}.{end}")
    lesson.open()
    expect(lesson.broken).to_have_count(0)
    expect(lesson.output('tpm.stage("first_study")').locator("img")).to_be_visible()
    assert not lesson.page.evaluate(f"() => {NOTEBOOK}.context.model.dirty")


def test_jupyterlab_saves_nothing_by_itself(unrun: Lesson) -> None:
    toggled = "() => window.jupyterapp.commands.isToggled('docmanager:toggle-autosave')"
    assert unrun.page.evaluate(toggled) is False
