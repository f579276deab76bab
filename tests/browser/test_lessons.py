"""A lesson opens, reads well before it is run, runs clean, and leads to the next."""

import re
from collections.abc import Callable, Iterator

import pytest
from lab import IDLE, Lesson
from playwright.sync_api import expect

from tpmlib.kit import content

HEARD = ".tpm-hidden, .tpm-unread figcaption"  # for screen readers, one pixel wide
WIDTHS = f"""nodes => nodes.filter(node => node.offsetParent && !node.closest("{HEARD}")
    && node.scrollWidth > node.clientWidth)
    .map(node => `${{node.className}}: ${{node.scrollWidth}} in ${{node.clientWidth}}`)"""
CLIPPED = f"""nodes => nodes.filter(node => getComputedStyle(node).overflowX === "hidden"
    && node.scrollWidth > node.clientWidth && !node.closest("{HEARD}"))
    .map(node => `${{node.className}}: ${{node.textContent.slice(0, 60)}}`)"""
DRAWN = "nodes => nodes.every(node => node.complete && node.naturalWidth > 0)"


@pytest.fixture(params=["zero", "two"])
def ran(request: pytest.FixtureRequest) -> Lesson:
    found: Lesson = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def narrow(ran: Lesson) -> Iterator[Lesson]:
    ran.page.set_viewport_size({"width": 800, "height": 1000})
    yield ran
    ran.page.set_viewport_size({"width": 1280, "height": 1000})


def test_every_cell_runs_and_shows_what_it_calls(ran: Lesson) -> None:
    expect(ran.broken).to_have_count(0)
    calls = ran.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets"
        ".filter(cell => cell.model.type === 'code').map(cell => cell.model.sharedModel.source)"
    )
    for call in [call for call in calls if call.startswith("tpm.")]:
        expect(ran.output(call).locator(".jp-OutputArea-output").first).to_be_visible()


def test_a_narrow_window_needs_no_sideways_scrolling(narrow: Lesson) -> None:
    assert narrow.outputs.locator(".tpm").evaluate_all(WIDTHS) == []
    assert narrow.outputs.locator(".tpm *").evaluate_all(CLIPPED) == []


def test_an_unrun_lesson_shows_pictures_and_tables(unrun: Lesson) -> None:
    pictures = unrun.outputs.locator("img")
    expect(pictures.first).to_be_visible()
    sources = unrun.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.content.widgets"
        ".map(cell => cell.model.sharedModel.source)"
    )
    names = re.findall(r'^tpm.stage[(]"(\w+)"[)]$', "\n".join(sources), re.M)
    open_ones = [name for name in names if "after" not in content.stage(name)]
    assert len(names) > len(open_ones) > 0 and pictures.count() >= len(open_ones)
    assert pictures.evaluate_all(DRAWN)
    expect(unrun.output("tpm.sort_cards(").get_by_role("table").first).to_be_visible()
    expect(unrun.panel).not_to_contain_text("model not found")
    expect(unrun.broken).to_have_count(0)


def test_links_lead_to_the_next_lesson(lesson: Callable[[str], Lesson]) -> None:
    start = lesson("notebooks/00_start_here.ipynb")
    links = start.panel.locator('a[href*="01_titles"]:visible')
    assert links.count() >= 1  # of those in a fold none is visible
    for at in range(links.count()):
        links.nth(at).click()
        start.page.wait_for_function(IDLE, arg="notebooks/01_titles.ipynb")
        start.page.get_by_role("tab", name="00_start_here.ipynb").click()
        start.ready()
    start.close()  # lesson 01 runs in another page of the same kernel
