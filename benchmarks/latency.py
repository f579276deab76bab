"""From a key press on a slider to changed pixels, in JupyterLab: ours, `interact`, a bare round trip.

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
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests/browser"))
from lab import FLAGS, Lesson, copy_of_course, server  # noqa: E402  its folder comes first

ROUNDS, PRESSES, WARM = 5, 8, 3  # 43 presses: the slider has 46 steps
QUIET = 150  # milliseconds without a further change end a press
WITHIN = {"a round trip": 1.5, "interact": 1 / 3.5}  # the targets of the explorers
OURS = """import tpmlib as tpm
tpm.explore("role_profile")"""
TWIN = """# a second one, so that each slider starts from the same picture
tpm.explore("role_profile").set(order="tpm")"""
INTERACT = f"""import sys; sys.path.insert(0, {str(HERE)!r})
import matplotlib.pyplot as plt
from ipywidgets import interact
from plain import draw, table
frame = table()
@interact(first=(1, 47))
def picture(first=1):
    draw(frame, first)
    plt.show()"""
TRIP = """from tpmlib.widgets.form import Form
field = {"id": "x", "kind": "range", "label": "Round trip", "min": 1, "max": 47, "step": 1}
trip = Form(fields=[field], values={"x": 1})
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
    const watched = (node) => window.watched?.contains(node);
    addEventListener("keydown", (event) => presses.push(press = { at: event.timeStamp }), true);
    addEventListener("load", (event) => watched(event.target) && painted(), true);
    new MutationObserver((all) => all.some((one) => window.watched?.matches(".tpm-status")
        && watched(one.target)) && painted()).observe(document, { childList: true, subtree: true });
}"""
SETTLED = """quiet => { const last = presses.at(-1);
    return last.end && performance.now() - last.end > quiet && last.end - last.at; }"""


@dataclass
class Variant:
    """One slider and what its key presses change."""

    name: str
    slider: Locator
    watched: Locator
    times: list[float] = field(default_factory=list)  # milliseconds

    def press(self, count: int) -> Iterator[float]:
        """The time of each press that changed something."""
        page = self.slider.page
        self.watched.scroll_into_view_if_needed()
        self.watched.evaluate("node => { window.watched = node; }")
        self.slider.focus()
        for _ in range(count):
            page.keyboard.press("ArrowRight")
            yield float(page.wait_for_function(SETTLED, arg=QUIET, polling=20).json_value())


def variants(lesson: Lesson) -> list[Variant]:
    ours, plain, trip = (lesson.output(text) for text in ("as tpm", "interact(", "trip.observe"))
    return [
        Variant("a round trip", trip.get_by_role("slider"), trip.locator(".tpm-status").last),
        Variant("ours", ours.get_by_label("Start the list at row"), ours.locator("figure")),
        Variant("interact", plain.get_by_role("slider"), plain.locator(".jp-OutputArea").last),
    ]
