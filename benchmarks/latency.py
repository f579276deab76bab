"""From a key on a slider to changed pixels in JupyterLab: ours, `interact`, a bare round trip.

Real key presses, variants in turn. A time runs from the timestamp of the keydown to the first task
after the frame that follows the last change it caused: the load of a picture, or a new text.
Milliseconds say something about this machine only; the ratios travel.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, repeat
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests/browser"))
from lab import FLAGS, Lesson, copy_of_course, server  # noqa: E402  its folder comes first

import tpmlib as tpm  # noqa: E402  as above
from tpmlib.authoring.run import KERNEL  # noqa: E402  as above

ROUNDS, PRESSES, WARM = 5, 5, 3  # 28 presses; the shortest slider has 29 steps
QUIET = 150  # milliseconds without a further change end a press
OURS = """import tpmlib as tpm
tpm.explore("role_profile")"""
FILTER = """# another one, so that both start from the same picture
tpm.explore("role_profile")"""
YEARS = """tpm.explore("drift").set(complexity=0.1)"""  # simulates while it moves
INTERACT = f"""import sys; sys.path.insert(0, {str(HERE)!r})
import matplotlib.pyplot as plt
from ipywidgets import interact
from plain import draw, table
frame = table()
@interact(first=(1, 47))
def picture(first=1):
    draw(frame, first)
    plt.show()"""
TRIP = """from tpmlib.kit.panels.form import Form
field = {"id": "x", "kind": "range", "label": "Round trip", "min": 1, "max": 47, "step": 1}
trip = Form(fields=[field], values={"x": 1}, message="1")
trip.observe(lambda change: setattr(trip, "message", str(change["new"]["x"])), "values")
trip"""
WATCH = """() => {
    let press = {};
    window.presses = [];
    const painted = () => {
        const mine = press;
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => { mine.end = performance.now(); };
            channel.port2.postMessage(0);
        });
    };
    const watched = (node) => window.watched && window.watched.contains(node);
    const note = (event) => presses.push(press = { at: event.timeStamp });
    document.addEventListener("keydown", note, true);
    document.addEventListener("load", (event) => watched(event.target) && painted(), true);
    new MutationObserver((all) => all.some((one) => watched(one.target)
        && window.watched.matches(".tpm-status")) && painted())
        .observe(document, { childList: true, subtree: true });
}"""
SETTLED = """quiet => { const last = presses.at(-1);
    return last.end && performance.now() - last.end > quiet && last.end - last.at; }"""


@dataclass
class Variant:
    """One slider, and the picture or text that its key presses change."""

    name: str
    slider: Locator
    watched: Locator
    changes: Iterator[bool] = field(default_factory=lambda: repeat(True))
    times: list[float] = field(default_factory=list)  # milliseconds

    def press(self, count: int) -> None:
        page = self.slider.page
        self.watched.scroll_into_view_if_needed()
        self.watched.evaluate("node => { window.watched = node; }")
        self.slider.focus()
        for changes in islice(self.changes, count):
            page.keyboard.press("ArrowRight")
            if changes:
                took = page.wait_for_function(SETTLED, arg=QUIET, polling=20)
                self.times.append(float(took.json_value()))
            else:
                page.wait_for_timeout(2 * QUIET)


def pictures_change() -> Iterator[bool]:
    """Whether each step of the filter draws another picture."""
    explorer = tpm.explore("role_profile")
    before = explorer.picture.png
    for adverts in range(1, 41):
        now = explorer.set(minimum=adverts).picture.png
        yield now != before
        before = now


def variants(lesson: Lesson) -> list[Variant]:
    places = ("trip.observe", "as tpm", "another one", "complexity", "interact(")
    trip, ours, filtered, years, plain = (lesson.output(text) for text in places)
    status, figure = trip.locator(".tpm-status").last, "figure"
    first, least = "Start the list at row", "Mentioned in at least"
    return [
        Variant("bare round trip", trip.get_by_role("slider"), status),
        Variant("ours, first row", ours.get_by_label(first), ours.locator(figure)),
        Variant(
            "ours, filter",
            filtered.get_by_label(least),
            filtered.locator(figure),
            iter(list(pictures_change())),
        ),
        Variant("ours, simulation", years.get_by_label("Complexity"), years.locator("figure")),
        Variant("interact", plain.get_by_role("slider"), plain),
    ]


def measure(folder: Path) -> list[Variant]:
    """All variants in one notebook and one kernel, some presses of each in turn."""
    course = copy_of_course(folder / "course")
    cells = [nbformat.v4.new_code_cell(source) for source in (TRIP, OURS, FILTER, YEARS, INTERACT)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, course / "notebooks/latency.ipynb")
    (folder / "home").mkdir()
    browser_path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with server(course, folder / "home") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        lesson = Lesson(browser, address, "notebooks/latency.ipynb").open().run()
        lesson.page.evaluate(WATCH)
        found = variants(lesson)
        for one in found:
            one.press(WARM)
            one.times.clear()
        for _ in range(ROUNDS):
            for one in found:
                one.press(PRESSES)
        browser.close()
    return found


def report(found: list[Variant]) -> None:
    median = {one.name: statistics.median(one.times) for one in found}
    print(f"Load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| slider to pixels | n | median ms | p90 | best | x round trip | interact is x slower |")
    print("|---|---|---|---|---|---|---|")
    for one in found:
        now = median[one.name]
        numbers = [
            f"{len(one.times)}",
            f"{now:.0f}",
            f"{statistics.quantiles(one.times, n=10)[-1]:.0f}",
            f"{min(one.times):.0f}",
            f"{now / median['bare round trip']:.2f}",
            f"{median['interact'] / now:.1f}",
        ]
        print(f"| {one.name} | {' | '.join(numbers)} |")
    print("\nTarget of ours: at most 1.5 x the round trip, interact at least 3.5 x slower.")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        report(measure(Path(folder)))
