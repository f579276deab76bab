"""A JupyterLab on a copy of the course, and a lesson open in a page of it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route, sync_playwright

from tpmlib.authoring.run import run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000  # milliseconds: others may share the cores
HERE = "127.0.0.1"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SETTINGS = {
    # else what is beyond the screen is not in the page
    "notebook-extension/tracker": {"windowingMode": "none"},
}
NOTEBOOK = "window.jupyterapp.shell.currentWidget"
IDLE = f"""path => window.jupyterapp && {NOTEBOOK}?.context?.path === path
    && {NOTEBOOK}.context.sessionContext.session?.kernel?.status === "idle" """
PLACES = f"""source => {NOTEBOOK}.content.widgets.flatMap((cell, place) =>
    cell.model.sharedModel.source.includes(source) ? [place] : [])"""
# the live panels of each cell are on the page: each loads its own script after its cell has run
VIEW = "application/vnd.jupyter.widget-view+json"
PANEL = ".tpm, .jupyter-widgets:not(.widget-box)"  # in the end one of ours, or one that failed
DRAWN = f"""() => {NOTEBOOK}.content.widgets.every(({{ model, node }}) => {{
    const outputs = model.outputs?.toJSON() ?? [];
    const views = outputs.filter((output) => output.data?.["{VIEW}"]);
    const areas = [...node.querySelectorAll(".jp-OutputArea-output:not([data-mime-type])")];
    const drawn = areas.filter((area) => area.querySelector("{PANEL}"));
    return drawn.length >= views.length;
}})"""
STATE = f"""() => [{NOTEBOOK}.content.widgets.length, {NOTEBOOK}.content.activeCellIndex]"""


def copy_of_course(folder: Path) -> Path:
    """The lessons and the data in `folder`; a lesson saved without outputs is run there."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CONTRIBUTING.md", folder)  # a trial copy of instructors reads it
    lessons = (folder / "notebooks").glob("*.ipynb")
    bare = [str(path) for path in lessons if not _outputs(path)]
    if bare:
        list(run(bare, root=folder))
    return folder


def _outputs(path: Path) -> int:
    cells = nbformat.read(path, as_version=4).cells
    return sum(len(cell.get("outputs", [])) for cell in cells)


@contextmanager
def server(
    course: Path, home: Path, app: str = "lab", python: str = sys.executable, **variables: str
) -> Iterator[str]:
    """The address of a JupyterLab on a copy of the course, with settings and record in `home`.

    app: "lab", or "notebook" for Notebook 7. python: of which environment.
    variables: more of the process's environment.
    """
    for name, settings in SETTINGS.items():
        file = home / f"settings/@jupyterlab/{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "share",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
        "TPM_RECORD": "record",
    }
    environment = os.environ | {name: str(home / folder) for name, folder in own.items()}
    environment |= variables
    environment.pop("TPM_COURSE", None)
    port = free_port()
    start = str(Path(__file__).with_name("start.py"))
    command = [python, start, app, "--no-browser", "--allow-root", f"--ip={HERE}"]
    command += [f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token="]
    command += [f"--ServerApp.root_dir={course}"]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            wait(process, f"http://{HERE}:{port}/api", home / "server.log")
            yield f"http://{HERE}:{port}"
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=FLAGS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


def wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Until a server answers there; its log is the error if it does not."""
    end = time.monotonic() + 3 * PATIENCE / 1000  # each file starts one, maybe all at once
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nothing answers at {address}:\n{log.read_text()}")


class Lesson:
    """A lesson in a page of its own, of JupyterLab unless said.

    problems: console errors, page errors, requests to other machines; stays empty.
    """

    def __init__(self, browser: Browser, address: str, path: str, app: str = "lab/tree") -> None:
        self.address, self.path, self.app = address, path, app
        self.problems: list[str] = []
        self.context = browser.new_context(viewport={"width": 1280, "height": 1000})
        self.context.set_default_timeout(PATIENCE)
        self.context.route(_is_elsewhere, self._refuse)
        self.page = self._tab()

    def _tab(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"page error: {error}"))
        page.on("console", self._hear)
        page.on("websocket", lambda one: _is_elsewhere(one.url) and self.problems.append(one.url))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text} {message.location}")

    def _refuse(self, route: Route) -> None:
        self.problems.append(f"request: {route.request.url}")
        route.abort()

    def tab(self) -> "Lesson":
        """The same lesson in a second tab of the same browser."""
        twin = copy(self)
        twin.page = self._tab()
        return twin.open()

    def open(self) -> "Lesson":
        """Show the lesson, its kernel ready, nothing run yet."""
        self.page.goto(f"{self.address}/{self.app}/{self.path}?reset")
        return self.ready()

    def ready(self) -> "Lesson":
        """Wait until this lesson is in front and its kernel idle."""
        self.page.wait_for_function(IDLE, arg=self.path)
        return self

    def run(self) -> "Lesson":
        """Run all cells, and wait until their panels are drawn."""
        assert self.do("notebook:run-all-cells"), self.outputs.last.inner_text()
        self.page.wait_for_function(DRAWN)
        return self

    def close(self) -> None:
        """Leave the page: a second page of one kernel hears of widgets it was not told of."""
        self.context.close()

    def do(self, command: str) -> object:
        """A command of JupyterLab, as from its menu."""
        return self.page.evaluate(f"() => window.jupyterapp.commands.execute({command!r})")

    def in_kernel(self, code: str) -> None:
        """Run code that no cell holds."""
        kernel = f"{NOTEBOOK}.context.sessionContext.session.kernel"
        ask = f"async (code) => (await {kernel}.requestExecute({{ code }}).done).content.status"
        assert self.page.evaluate(ask, code) == "ok"

    @property
    def panel(self) -> Locator:
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    @property
    def outputs(self) -> Locator:
        return self.panel.locator(".jp-OutputArea-output")

    @property
    def broken(self) -> Locator:
        """Outputs that no lesson may show."""
        marks = ["vnd.jupyter.stderr", "vnd.jupyter.error"]
        kinds = [f'[data-mime-type="application/{name}"]' for name in marks]
        return self.panel.locator(", ".join([*kinds, ".jupyter-widgets-error-widget"]))

    def cell(self, source: str) -> Locator:
        """The one cell that holds this text."""
        places = self.page.evaluate(PLACES, source)
        assert len(places) == 1, f"{len(places)} cells of {self.path} hold {source}"
        return self.panel.locator(".jp-Notebook-cell").nth(places[0])

    def output(self, source: str) -> Locator:
        """What that cell shows."""
        return self.cell(source).locator(".jp-Cell-outputArea")

    @property
    def state(self) -> list[int]:
        """How many cells there are, and which is active."""
        return list(self.page.evaluate(STATE))


def _is_elsewhere(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != HERE
