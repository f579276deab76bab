"""Pictures drawn ahead: painted in the task of the move, and always those of the values on show."""

import base64
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from lab import PATIENCE, Lesson
from playwright.sync_api import Locator

import tpmlib as tpm
from tpmlib.authoring.run import KERNEL

MAKE = """import hashlib, tpmlib as tpm
from tpmlib.kit.panels.ahead import Ahead
panel = tpm.explore("allocation"); panel"""
TELL = """kept = sum(owner is panel.ahead for owner, _ in Ahead._kept)
shown = hashlib.sha256(panel.picture.png).hexdigest(), panel.picture.alt, panel.picture.sentence
open({file!r}, "w").write(repr((kept, panel.form.values, shown)))"""
MOVE = """([input, steps]) => {
    const images = [...document.querySelectorAll("figure img")], before = images[0].src;
    for (const step of steps) {
        input.value = Number(input.value) + step * input.step;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return images.map((image) => image.src !== before);
}"""
VIEWS = """figures => figures.map((figure) => {
    const image = figure.querySelector("img");
    return [image.src.split(",")[1], image.alt, figure.querySelector("[role=status]").textContent];
})"""


class Explorer:
    """One explorer, shown twice: what its kernel holds, and what the page shows."""

    def __init__(self, lesson: Lesson, file: Path) -> None:
        self.lesson, self.page, self.file = lesson, lesson.page, file

    def slider(self, label: str) -> Locator:
        return self.lesson.panel.get_by_label(label, exact=True).first

    def kernel(self) -> tuple[int, dict[str, object], tuple[str, ...]]:
        self.lesson.in_kernel(TELL.format(file=str(self.file)))
        told: tuple[int, dict[str, object], tuple[str, ...]] = eval(self.file.read_text())
        return told

    def views(self) -> list[tuple[str, ...]]:
        found = self.lesson.panel.locator("figure").evaluate_all(VIEWS)
        return [
            (hashlib.sha256(base64.b64decode(png)).hexdigest(), *words) for png, *words in found
        ]

    def warm(self, label: str) -> Locator:
        """The slider with the focus, once pictures next to it are kept."""
        slider = self.slider(label)
        slider.focus()
        until(lambda: self.kernel()[0] >= 8)
        return slider

    def move(self, slider: Locator, *steps: int) -> list[bool]:
        """Some moves in one task; for each view, whether its picture changed in that task."""
        return list(self.page.evaluate(MOVE, [slider.element_handle(), steps]))

    def agrees(self) -> None:
        """Both views show what the kernel holds, and the words of a twin with the same values."""
        value = float(self.slider("Test hours").input_value())
        until(lambda: self.kernel()[1]["platform"] == value)
        until(lambda: self.views() == [self.kernel()[2]] * 2)
        _, values, shown = self.kernel()
        twin = tpm.explore("allocation").set(**values).picture
        assert shown[1:] == (twin.alt, twin.sentence)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end


@pytest.fixture(scope="module")
def explorer(course: Path, lesson: Callable[[str], Lesson], tmp_path_factory) -> Explorer:  # type: ignore[no-untyped-def]
    cells = [nbformat.v4.new_code_cell(source) for source in (MAKE, "panel.widget")]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, course / "notebooks/ahead.ipynb")
    shown = lesson("notebooks/ahead.ipynb").run()
    return Explorer(shown, tmp_path_factory.mktemp("ahead") / "told")


def test_a_kept_picture_is_painted_in_the_task_of_the_move_in_both_views(
    explorer: Explorer,
) -> None:
    platform = explorer.warm("Test hours")
    assert explorer.move(platform, 1) == [True, True]
    explorer.agrees()


def test_five_keys_at_once_leave_one_true_picture(explorer: Explorer) -> None:
    explorer.warm("Test hours")
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight", "ArrowRight"):
        explorer.page.keyboard.press(key)
    explorer.agrees()


@pytest.mark.parametrize("steps", [range(1), [1] * 8 + [-1] * 8, [9, -3, 11, -6]])
def test_a_sweep_over_kept_and_new_values_leaves_one_true_picture(
    explorer: Explorer, steps: list[int]
) -> None:
    explorer.move(explorer.warm("Test hours"), *steps)
    explorer.agrees()


def test_another_control_moved_and_at_once_this_one_leaves_one_true_picture(
    explorer: Explorer,
) -> None:
    platform = explorer.warm("Test hours")
    explorer.move(explorer.slider("How fast returns fall"), 2)
    explorer.move(platform, 1)
    explorer.agrees()


def test_a_page_loaded_anew_shows_the_truth_and_gets_what_it_lacks(explorer: Explorer) -> None:
    platform = explorer.warm("Test hours")
    explorer.move(platform, 1)
    explorer.agrees()
    explorer.lesson.do("docmanager:save")
    explorer.page.reload()
    explorer.lesson.ready()
    explorer.lesson.panel.locator("figure").nth(1).wait_for()
    explorer.move(explorer.warm("Test hours"), -1)
    explorer.agrees()
