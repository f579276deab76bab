"""Nothing in our outputs that axe-core knows to be a barrier, before and after answers."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import Lesson

from tpmlib.authoring.new import KERNEL

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}
NAMES = """nodes => nodes.filter(node => node.offsetParent && ![node.getAttribute("aria-label"),
    ...[...(node.labels || [])].map(label => label.textContent), node.textContent]
    .some(text => text && text.trim())).map(node => node.outerHTML)"""
# one cell for each kind of output that the lessons have
KINDS = """
lesson("responsibilities") explore("role_profile","areas") sheet("team")
explore("staffing_sensitivity") stage("own_week") stage("two_people")
stage("promise") stage("crossover") stage("comments") stage("lists") stage("split")
stage("envelopes")
sheet("release")
stage("release") stage("first_study") stage("luck") stage("second_study") stage("subject")
stage("duty_lists") what_stands() pairs()
short_answer() paths()
sort_cards("responsibilities") assign("responsibilities") quiz("responsibilities") judge("C13")
read_advert() compare_titles() mark_threats() company() compare_company("capstone-first")
profile() calibrate("first") reflect("priorities-objective") look_back() verdicts() portfolio()
cite("F71") check_environment()
""".split()
# what each of them leaves in a saved notebook
SAVED = """
from IPython.display import HTML, display
from tpmlib.kit.panels.base import Panel
for panel in sorted(Panel._alive, key=lambda panel: type(panel).__name__):
    display(*(HTML(bundle["text/html"]) for bundle in panel.bundles() if "text/html" in bundle))
"""
# every field, card and button is used, every folded part is open
USE = """() => {
    const keep = /^(Commit|Give|Keep|Check|Read|Confirm|Play)/;
    const say = (field, event, value) => {
        if (value !== undefined) field.value = value;
        field.dispatchEvent(new Event(event));
    };
    for (const root of document.querySelectorAll(".jp-NotebookPanel .tpm")) {
        const all = (fields) => root.querySelectorAll(fields);
        for (const group of all("fieldset")) group.querySelector("input").click();
        for (const field of all("td select")) say(field, "change", field.options[1].value);
        for (const field of all("input[type=number]")) say(field, "input", "1");
        for (const field of all("input[type=range]")) say(field, "input", field.max);
        for (const field of all("textarea")) say(field, "input", field.value || "With the team.");
        for (const card of all(".tpm-deck button"))
            card.dispatchEvent(new KeyboardEvent("keydown", { key: "2", bubbles: true }));
        for (const button of all("button")) if (keep.test(button.textContent)) button.click();
    }
    for (const part of document.querySelectorAll(".jp-OutputArea-output details")) part.open = true;
}"""
# what the Tab key should reach: of some radio buttons the one that is chosen, or the first
STOPS = """() => {
    const all = [...document.querySelectorAll(".jp-OutputArea-output :is(" +
        "button, input, select, textarea, summary, a[href], [tabindex='0'])")];
    const radios = all.filter((one) => one.type === "radio");
    const of = (one) => radios.filter((radio) => radio.name === one.name);
    const passed = (one) => one.type === "radio" &&
        one !== (of(one).find((radio) => radio.checked) || of(one)[0]);
    const stops = all.filter((one) => one.checkVisibility() && !one.disabled && !passed(one));
    stops[0].focus();
    window.left = new Set(stops);
    window.dim = [];
    return stops.length;
}"""
PASS = """() => {
    const now = document.activeElement, outline = getComputedStyle(now).outlineStyle;
    if (window.left.delete(now) && outline === "none") window.dim.push(now.outerHTML);
    // a panel that was built anew meanwhile has other buttons
    for (const stop of window.left) if (!stop.isConnected) window.left.delete(stop);
    return window.left.size;
}"""
LEFT = "() => [[...window.left].map((one) => one.outerHTML.slice(0, 200)), window.dim]"
NARROW = """() => [...document.querySelectorAll(".tpm img")].filter((one) => one.clientWidth)
    .every((one) => one.clientWidth === 585 && one.naturalWidth === 585)"""
THEME = """name => window.jupyterapp.commands.execute("apputils:change-theme", { theme: name })"""


def barriers(lesson: Lesson, rules: dict[str, list[str]] = RULES) -> list[str]:
    found = Axe().run(lesson.page, {"include": [[".jp-OutputArea-output"]]}, rules)
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


@pytest.fixture(scope="module")
def kinds(course: Path, home: Path, lesson: Callable[[str], Lesson]) -> Lesson:
    """A page with every kind of output, each used."""
    record = f"import os; os.environ['TPM_RECORD'] = {str(home / 'kinds')!r}\nimport tpmlib as tpm"
    sources = [record, *(f"tpm.{call}" for call in KINDS), SAVED]
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, course / "notebooks/kinds.ipynb")
    page = lesson("notebooks/kinds.ipynb").run()
    page.outputs.get_by_text("Commit", exact=True).first.wait_for()
    page.page.evaluate(USE)
    page.do("application:toggle-left-area")
    return page.ready()


def test_no_kind_of_output_has_a_barrier_once_used(kinds: Lesson) -> None:
    assert barriers(kinds) == []


def test_every_stop_of_the_keyboard_is_reached_and_seen(kinds: Lesson) -> None:
    stops = kinds.page.evaluate(STOPS)
    for _ in range(2 * stops):  # JupyterLab has some of its own between the cells
        if not kinds.page.evaluate(PASS):
            break
        kinds.page.keyboard.press("Tab")
    assert kinds.page.evaluate(LEFT) == [[], []]


def test_every_kind_is_readable_on_the_dark_theme(kinds: Lesson) -> None:
    kinds.page.evaluate(THEME, "JupyterLab Dark")
    kinds.page.wait_for_function("document.body.dataset.jpThemeName === 'JupyterLab Dark'")
    assert barriers(kinds, {"runOnly": ["cat.color"]}) == []


def test_a_narrow_page_scrolls_what_is_wide_and_draws_pictures_for_it(kinds: Lesson) -> None:
    kinds.page.set_viewport_size({"width": 400, "height": 1000})
    kinds.page.wait_for_function(NARROW)
    assert barriers(kinds) == []
