"""Nothing in our outputs that axe-core knows to be a barrier, before and after answers."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import Lesson

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}
NAMES = """nodes => nodes.filter(node => node.offsetParent && ![node.getAttribute("aria-label"),
    ...[...(node.labels || [])].map(label => label.textContent), node.textContent]
    .some(text => text && text.trim())).map(node => node.outerHTML)"""


def barriers(lesson: Lesson) -> list[str]:
    found = Axe().run(lesson.page, {"include": [[".jp-OutputArea-output"]]}, RULES)
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", ["zero", "two", "answered"])
def test_outputs_have_no_barrier(name: str, request: pytest.FixtureRequest) -> None:
    assert barriers(request.getfixturevalue(name)) == []


@pytest.mark.parametrize("name", ["zero", "two", "answered"])
def test_every_control_has_a_name_and_every_picture_a_text(
    name: str, request: pytest.FixtureRequest
) -> None:
    outputs = request.getfixturevalue(name).outputs
    controls = outputs.locator("input, select, textarea, button, summary")
    assert controls.count() and controls.evaluate_all(NAMES) == []
    pictures = outputs.locator("img:visible")
    assert all(text for text in pictures.evaluate_all("all => all.map(one => one.alt)"))


def test_saved_outputs_have_no_barrier_but_the_one_of_jupyterlab(unrun: Lesson) -> None:
    found = barriers(unrun)
    # it drops the alternative text of a saved picture; the table below holds its numbers
    assert [one for one in found if not one.startswith("image-alt: ")] == []
