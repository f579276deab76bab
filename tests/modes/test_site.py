"""The static site, built and served as plain files: lessons run in it, and answers stay.

What it would fetch from Pyodide's CDN is answered from local files (see cdn.py); nothing else is
fetched. Where those files cannot be had, the tests that need them are skipped and say why.
"""

import importlib.util
import json
import re
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import cdn
import pytest
from answers import give_answers, see_answers
from lab import HERE, PATIENCE, ROOT, Lesson
from packaging.metadata import parse_email
from packaging.requirements import Requirement
from packaging.utils import parse_wheel_filename
from playwright.sync_api import Browser, Route, expect

import tpmlib as tpm

specification = importlib.util.spec_from_file_location("builder", ROOT / "tools/site.py")
# by its path: Python has a site of its own
builder = importlib.util.module_from_spec(specification)
specification.loader.exec_module(builder)

START_ALL = """() => {
    const all = window.jupyterapp.commands.execute("notebook:run-all-cells");
    all.then((well) => { window.allHaveRun = well ? "well" : "badly"; });
}"""
KINDS = {".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm"}
# what the kernel has by itself, and the halves of widgets that belong to the page
BROUGHT = {"ipython", "traitlets", "python-dateutil", "jupyterlab-widgets", "widgetsnbextension"}
expect.set_options(timeout=PATIENCE)


class SiteLesson(Lesson):
    """A lesson of the static site; `local` answers for the CDN."""

    def __init__(self, browser: Browser, address: str, path: str, local: Path) -> None:
        self.local = local
        super().__init__(browser, address, path)

    def _refuse(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        file = self.local / Path(address.path).name
        if f"/v{builder.PYODIDE}/" not in address.path or not file.is_file():
            return super()._refuse(route)
        kind = KINDS.get(file.suffix, "application/octet-stream")
        headers = {"access-control-allow-origin": "*"}
        return route.fulfill(path=file, content_type=kind, headers=headers)

    def open(self) -> "SiteLesson":
        self.page.goto(f"{self.address}/lab/index.html?path={self.path}")
        self.ready()
        return self

    def run(self) -> "SiteLesson":
        """Run all cells and say how long the learner waited for the first widget."""
        self.page.evaluate(START_ALL)
        self.panel.locator(".tpm").first.wait_for()
        self.first = self.page.evaluate("() => performance.now() / 1000")
        self.page.wait_for_function("() => window.allHaveRun")
        well = self.page.evaluate("() => window.allHaveRun") == "well"
        assert well, self.outputs.last.inner_text()
        ran = self.page.evaluate("() => performance.now() / 1000")
        print(f"{self.path}: first widget after {self.first:.0f} s, all cells after {ran:.0f} s")
        return self


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        """No line for each request."""


@pytest.fixture(scope="session")
def site() -> Path:
    start = time.monotonic()
    builder.build()
    print(f"built in {time.monotonic() - start:.0f} s")
    return builder.SITE


@pytest.fixture(scope="session")
def local() -> Path:
    try:
        return cdn.files(builder.BUILD / "pyodide", builder.PYODIDE)
    except cdn.Missing as why:
        pytest.skip(f"THE SITE WAS NOT TRIED IN A BROWSER: {why}")


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer((HERE, 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HERE}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def lesson(browser: Browser, address: str, local: Path) -> Iterator[Callable[[str], Lesson]]:
    """A lesson in a browser that has never been here, run; at its end nothing has gone wrong."""
    opened = []

    def lesson(name: str) -> SiteLesson:
        opened.append(SiteLesson(browser, address, f"notebooks/{name}.ipynb", local))
        return opened[-1].open().run()

    yield lesson
    for one in opened:
        assert not one.problems
        expect(one.broken).to_have_count(0)
        one.close()


def settings(site: Path) -> dict:
    page = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]
    return page["litePluginSettings"][f"{builder.KERNEL}:kernel"]


def wheels(site: Path) -> dict[str, Path]:
    """The wheels that the kernel loads from the site, by the name of the package."""
    paths = [path for path in settings(site)["loadPyodideOptions"]["packages"] if "/" in path]
    # the kernel's script lies in this folder, from which it resolves them
    found = [site / "extensions" / builder.KERNEL / "static" / path for path in paths]
    return {parse_wheel_filename(path.name)[0]: path.resolve(strict=True) for path in found}


@pytest.mark.parametrize("folder", ["notebooks", "data"])
def test_lessons_and_data_are_in_the_site_unchanged(site: Path, folder: str) -> None:
    left_out = {"instructor", "build"}
    own = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    own = [path.relative_to(ROOT) for path in own]
    own = [path for path in own if not any(p in left_out or p[0] == "." for p in path.parts)]
    assert own and all((site / "files" / p).read_bytes() == (ROOT / p).read_bytes() for p in own)
    held = [path for path in (site / "files" / folder).rglob("*") if path.is_file()]
    assert {path.relative_to(site / "files") for path in held} == set(own)


def test_the_kernel_loads_whatever_the_course_and_its_wheels_need(site: Path) -> None:
    own = wheels(site)
    here = {"sys_platform": "emscripten", "python_version": "3.12", "extra": ""}
    known = {*own, *builder.LOCKED, *BROUGHT}
    for path in own.values():
        with zipfile.ZipFile(path) as wheel:
            (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
            needs = parse_email(wheel.read(name))[0].get("requires_dist", [])
        wanted = [need for need in map(Requirement, needs)]
        wanted = [need for need in wanted if not need.marker or need.marker.evaluate(here)]
        assert {need.name.replace("_", "-").lower() for need in wanted} <= known, path.name


def test_the_site_has_what_lab_has_against_stray_keys_and_saves(site: Path) -> None:
    page = json.loads((site / "jupyter-lite.json").read_text())["jupyter-config-data"]
    assert "tpmlib" in [extension["name"] for extension in page["federated_extensions"]]
    assert page["settingsOverrides"]["@jupyterlab/docmanager-extension:plugin"]["autosave"] is False


def test_no_wheel_of_the_site_is_compiled(site: Path) -> None:
    for path in wheels(site).values():
        assert path.name.endswith("-none-any.whl")
        assert not re.search(r"\.(so|pyd)$", "\n".join(zipfile.ZipFile(path).namelist()), re.M)


def test_both_halves_of_the_widgets_fit(site: Path) -> None:
    lines = (ROOT / "requirements-site.txt").read_text().splitlines()
    versions = {
        parse_wheel_filename(path.name)[0]: parse_wheel_filename(path.name)[1]
        for path in wheels(site).values()
    }
    for name in ("ipywidgets", "anywidget"):
        assert f"{name}=={versions[name]}" in lines


def test_lesson_00_finds_all_it_needs_and_says_where_answers_are(lesson: Callable) -> None:
    check = lesson("help").output("tpm.check_environment()")
    expect(check).to_contain_text(repr(tpm.check_environment()))
    zero = lesson("00_start_here")
    expect(zero.output('tpm.lesson("start_here")')).to_contain_text("kept in this browser")
    zero.output('tpm.quiz("start_here")').get_by_role("radio").first.check()
    expect(zero.output('tpm.lesson("start_here")')).to_contain_text("1 of")


def move(lesson: SiteLesson, call: str, name: str, key: str) -> None:
    """Move a slider: picture and sentence follow, as on one's own computer."""
    output, twin = lesson.output(call), eval(call, {"tpm": tpm})
    (field,) = [one for one in twin.form.fields if one["id"] == name]
    picture, sentence = output.locator("figure img"), output.locator("figcaption")
    expect(sentence).to_have_text(twin.picture.sentence)
    before = picture.get_attribute("src")
    control = output.get_by_label(field["label"], exact=True)
    control.press(key)
    twin.set(**{name: json.loads(control.input_value())})
    expect(sentence).to_have_text(twin.picture.sentence)
    expect(picture).not_to_have_attribute("src", before or "")


def test_lesson_02_keeps_the_learner_s_record_over_a_reload(lesson: Callable) -> None:
    two = lesson("02_responsibilities")
    give_answers(two)
    two.open().run()
    see_answers(two)


def test_lesson_07_simulates(lesson: Callable) -> None:
    move(
        lesson("05_staffing"),
        'tpm.explore("drift", "team")',
        "engineers",
        "ArrowRight",
    )
