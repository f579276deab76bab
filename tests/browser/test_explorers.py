"""Each control of each explorer, by mouse and by keyboard: picture, sentence and table follow.

What to expect comes from a twin: the same explorer made here, without a browser.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from lab import Lesson
from playwright.sync_api import Locator, expect

import tpmlib as tpm
from tpmlib.authoring.new import KERNEL

CALLS = ['tpm.explore("role_profile")', 'tpm.explore("role_profile", "one_area")']
CALLS += ['tpm.explore("role_profile", "areas")']
SAME_PICTURE = """async ([image, bytes]) => {
    const found = await fetch(image.src).then((one) => one.arrayBuffer()).catch(() => null);
    return found && btoa(String.fromCharCode(...new Uint8Array(found))) === bytes;
}"""


class Pair:
    """An explorer in a lesson, and its twin."""

    def __init__(self, lesson: Lesson, call: str) -> None:
        self.lesson, self.page = lesson, lesson.page
        self.call, self.output = call, lesson.output(call)
        self.twin = eval(call, {"tpm": tpm})
        self.fields = {field["id"]: field for field in self.twin.form.fields}
        self.reset = self.output.get_by_role("button", name="Back to the start")

    def control(self, name: str) -> Locator:
        return self.output.get_by_label(self.fields[name]["label"], exact=True)

    def value(self, name: str) -> Any:
        control = self.control(name)
        if self.fields[name]["kind"] == "switch":
            return control.is_checked()
        return json.loads(control.input_value())

    def shows(self, name: str) -> None:
        """The control holds what the twin's holds, once Python's answer is there."""
        control, wanted = self.control(name), self.twin.form.values[name]
        if self.fields[name]["kind"] == "switch":
            expect(control).to_be_checked(checked=wanted)
        else:
            number = self.fields[name]["kind"] != "select"
            expect(control).to_have_value(f"{wanted:g}" if number else json.dumps(wanted))

    def follows(self, name: str) -> bool:
        """Picture and sentence became what the twin shows; whether that is a new picture."""
        before = self.twin.picture.png
        self.twin.set(**{name: self.value(name)})
        self.agree()
        return bool(self.twin.picture.png != before)

    def agree(self) -> None:
        expect(self.output.locator("figcaption")).to_have_text(self.twin.picture.sentence)
        image = self.output.locator("figure img")
        expect(image).to_have_attribute("alt", self.twin.picture.alt)
        bytes_ = base64.b64encode(self.twin.picture.png).decode()
        self.page.wait_for_function(SAME_PICTURE, arg=[image.element_handle(), bytes_])
        for name in self.twin.form.options:  # a picture kept by the page comes before these
            labels = [option["label"] for option in self.twin.form.field(name)["options"]]
            expect(self.control(name).locator("option")).to_have_text(labels)

    def same_table(self) -> None:
        """The open table holds the rows of the twin, under its caption."""
        table = self.output.locator("details table")
        expect(table.locator("caption")).to_have_text(self.twin.details.caption)
        rows = self.twin.details.rows
        expect(table.locator("tr")).to_have_count(len(rows))
        expect(table.locator("th, td")).to_have_text([cell for row in rows for cell in row])

    def start(self) -> None:
        """Both as they were when the lesson had run."""
        self.reset.click()
        self.twin.form.click("reset")
        self.agree()


@pytest.fixture(scope="module")
def page(course: Path, lesson: Callable[[str], Lesson]) -> Lesson:
    """A notebook with one explorer under three presets."""
    cells = [nbformat.v4.new_code_cell(source) for source in ("import tpmlib as tpm", *CALLS)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, course / "notebooks/explorers.ipynb")
    return lesson("notebooks/explorers.ipynb").run()


@pytest.fixture(params=CALLS)
def pair(page: Lesson, request: pytest.FixtureRequest) -> Pair:
    pair = Pair(page, request.param)
    pair.start()
    return pair


@pytest.fixture
def first(page: Lesson) -> Pair:
    pair = Pair(page, CALLS[0])
    pair.start()
    return pair


def each_control_is_followed(lesson: Lesson, call: str) -> None:
    """Every control of one explorer, from its start, by keyboard and then with the pointer."""
    pair = Pair(lesson, call)
    for name, field in pair.fields.items():
        pair.start()
        pair.control(name).focus()
        lesson.page.keyboard.press("ArrowDown" if field["kind"] == "select" else "ArrowRight")
        pair.follows(name)
        if name != "preset":
            pair.start()
            by_mouse(pair, name)
            pair.follows(name)


def by_mouse(pair: Pair, name: str) -> None:
    """Move one control with the pointer, to a place where it was not."""
    control, kind = pair.control(name), pair.fields[name]["kind"]
    if kind == "select":
        last = control.locator("option").count() - 1
        now = control.evaluate("one => one.selectedIndex")
        control.select_option(index=0 if now == last else last)
    elif kind == "range":
        box = control.bounding_box()
        assert box
        control.click(position={"x": box["width"] * 0.3, "y": box["height"] / 2})
    else:
        control.click()


def by_keyboard(pair: Pair, name: str) -> str:
    """Move the focused control by one step; the key that brings it back."""
    kind, before = pair.fields[name]["kind"], pair.value(name)
    keys = {"switch": {"Space": "Space"}, "range": {"ArrowRight": "ArrowLeft"}}
    for key, back in keys.get(kind, {"ArrowDown": "ArrowUp", "ArrowUp": "ArrowDown"}).items():
        pair.page.keyboard.press(key)
        if pair.value(name) != before:
            return back
    raise AssertionError(f"{name} stays at {before!r}")


def test_every_control_is_followed_by_mouse(pair: Pair) -> None:
    moves = []
    for name in [name for name in pair.fields if name != "preset"]:
        by_mouse(pair, name)
        moves.append(pair.follows(name))
    assert any(moves)
    pair.start()


def test_every_control_is_followed_by_keyboard(pair: Pair) -> None:
    place = pair.lesson.state
    pair.control("preset").focus()
    for name in [name for name in pair.fields if name != "preset"]:
        pair.page.keyboard.press("Tab")
        expect(pair.control(name)).to_be_focused()
        back = by_keyboard(pair, name)
        pair.follows(name)
        pair.page.keyboard.press(back)
        pair.follows(name)
        expect(pair.control(name)).to_be_focused()
    pair.page.keyboard.press("Tab")
    expect(pair.reset).to_be_focused()
    pair.page.keyboard.press("Enter")
    pair.twin.form.click("reset")
    pair.agree()
    assert pair.lesson.state[0] == place[0]


def test_tab_leads_from_the_cell_to_its_controls(first: Pair) -> None:
    first.lesson.cell(first.call).click(position={"x": 5, "y": 5})
    first.page.keyboard.press("Tab")
    expect(first.control("preset")).to_be_focused()


def test_every_preset_sets_controls_and_picture(first: Pair) -> None:
    for at in range(first.control("preset").locator("option").count()):
        first.control("preset").select_option(index=at)
        first.follows("preset")
        for name in first.fields:
            first.shows(name)


def test_what_is_moved_is_ones_own_until_a_preset_is_chosen_again(first: Pair) -> None:
    start = first.control("preset")
    label = start.locator("option").first.inner_text()
    chosen = "one => one.selectedOptions[0].textContent"
    by_mouse(first, "area")
    assert start.evaluate(chosen) == "Changed by you"  # in the same moment
    start.select_option(label=label)
    assert start.evaluate(chosen) == label
    first.twin.form.click("reset")
    first.agree()
    first.shows("area")


def test_a_key_pressed_on_the_way_back_to_the_start_is_not_lost(first: Pair) -> None:
    by_mouse(first, "area")
    first.reset.click()
    first.control("minimum").press("ArrowRight")  # and no key waits for Python
    first.twin.set(minimum=first.twin.form.values["minimum"] + first.fields["minimum"]["step"])
    first.agree()
    first.shows("minimum")
    first.shows("area")


def test_what_the_picture_does_not_show_leaves_it_alone(first: Pair) -> None:
    first.control("minimum").focus()
    first.page.keyboard.press("ArrowRight")
    assert not first.follows("minimum")  # each row is mentioned at least once


def test_filters_that_nothing_passes_say_so(first: Pair) -> None:
    first.control("area").select_option(label="Resources")
    first.follows("area")
    first.control("pile").select_option(label="Alike")
    first.follows("pile")
    first.control("minimum").focus()
    first.page.keyboard.press("End")
    first.follows("minimum")
    expect(first.output.locator("figcaption")).to_contain_text("No responsibility passes")


def test_two_quick_moves_are_both_followed(first: Pair) -> None:
    first.control("area").focus()
    for key in ("ArrowDown", "ArrowUp"):  # the first changes the rows that can be read
        first.page.keyboard.press(key)
    for area in (first.fields["area"]["options"][1]["value"], "all"):
        first.twin.set(area=area)
    first.agree()
    for name in first.fields:
        first.shows(name)


def test_the_table_opens_and_follows(first: Pair) -> None:
    first.output.locator("summary").focus()
    first.page.keyboard.press("Enter")
    first.twin.details.opened = True
    first.same_table()
    for name in ("order", "pile", "select"):
        by_mouse(first, name)
        first.follows(name)
        first.same_table()
    first.output.locator("summary").click()
    expect(first.output.locator("details table")).to_be_hidden()


@pytest.mark.parametrize("name", ["area", "first", "pile"])
def test_jupyterlab_takes_no_key_from_a_control(first: Pair, name: str) -> None:
    first.control(name).focus()
    before = first.lesson.state
    for key in ("a", "b", "x", "d", "d", "m", "z", "ArrowDown", "ArrowUp", "Enter"):
        first.page.keyboard.press(key)
        expect(first.control(name)).to_be_focused()
    assert first.lesson.state == before


def test_each_explorer_keeps_its_own_state(first: Pair, page: Lesson) -> None:
    other = Pair(page, CALLS[1])
    other.start()
    by_mouse(first, "order")
    first.follows("order")
    other.agree()
