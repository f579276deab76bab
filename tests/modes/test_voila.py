"""`make app` shows a lesson as a page without code: widgets live, answers kept, errors kind."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from lab import HERE, PATIENCE, ROOT, _is_elsewhere, copy_of_course, free_port, wait
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_course(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="module")
def port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def process(
    port: int, course: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[subprocess.Popen[bytes]]:
    home = tmp_path_factory.mktemp("home")
    own = {"TPM_RECORD": str(course / "record"), "JUPYTER_RUNTIME_DIR": str(home)}
    command = [sys.executable, str(ROOT / "tools/app.py"), f"--port={port}", "--no-browser"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=course, env=os.environ | own, stdout=log, stderr=log
        )
        try:
            wait(process, f"http://{HERE}:{port}", home / "log")
            yield process
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def address(port: int, process: subprocess.Popen[bytes]) -> str:
    return f"http://{HERE}:{port}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(PATIENCE)
    problems: list[str] = []
    context.route(_is_elsewhere, lambda route: (problems.append(route.request.url), route.abort()))
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.on("console", lambda one: one.type == "error" and problems.append(f"console: {one.text}"))
    yield page
    assert not problems
    context.close()


def shown(page: Page, address: str, name: str) -> Page:
    page.goto(f"{address}/voila/render/{name}.ipynb")
    expect(page.get_by_text("Your progress in this lesson").first).to_be_visible()
    return page


def test_a_lesson_is_a_page_without_code_whose_controls_live(page: Page, address: str) -> None:
    shown(page, address, "05_staffing")
    assert page.get_by_text("import tpmlib").count() == 0
    assert page.get_by_text("Shift+Enter").count() == 0
    figure = page.locator("figcaption").first
    before = figure.inner_text()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(figure).not_to_have_text(before)


def test_an_answer_is_kept_and_there_when_the_page_is_opened_again(
    page: Page, address: str, course: Path
) -> None:
    shown(page, address, "02_responsibilities")
    page.get_by_label("Strategy: vision, roadmap").first.check()
    page.get_by_label("fairly (70%)").first.check()
    page.get_by_role("button", name="Commit").first.click()
    expect(page.get_by_text("You predicted “Strategy").first).to_be_visible()
    page.get_by_role("button", name="Go on below").first.click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('h2')]"
        ".some((it) => it.innerText.startsWith('Could that be luck?')"
        " && it.getBoundingClientRect().top < 100)"
    )
    (file,) = (course / "record").glob("*.jsonl")
    kept = [json.loads(line) for line in file.read_text().splitlines()]
    assert [event["kind"] for event in kept] == ["predict", "stage"]
    shown(page, address, "02_responsibilities")
    expect(page.get_by_text("You predicted “Strategy").first).to_be_visible()


def test_lessons_lead_to_each_other(page: Page, address: str) -> None:
    shown(page, address, "00_start_here")
    page.get_by_text("All lessons, and how long").first.click()
    links = page.get_by_role("link", name=re.compile("^01")).all()
    assert links
    for href in {link.get_attribute("href") for link in links}:
        shown(page, address, "00_start_here")
        page.get_by_text("All lessons, and how long").first.click()
        link = page.locator(f'a[href="{href}"]:visible:not([target])').first
        link.click()
        expect(
            page.get_by_role("heading", name="What do these three letters mean?")
        ).to_be_visible()
        expect(page.get_by_text("Your progress in this lesson").first).to_be_visible()


def test_a_word_opens_its_card_and_the_path_leads_on(page: Page, address: str) -> None:
    shown(page, address, "00_start_here")
    page.locator('.tpm-card[data-card="TPM"]:visible').first.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("Technical product manager")
    page.get_by_role("radio", name=re.compile("^TPM or PM for our next hire")).check()
    page.get_by_text("On your path, next: ").get_by_role("link", name="lesson 02").click()
    expect(page.get_by_role("heading", name="What is different?")).to_be_visible()


def test_a_page_that_is_left_may_end_its_kernel(
    page: Page, address: str, process: subprocess.Popen[bytes]
) -> None:
    before = kernels(process.pid)
    shown(page, address, "00_start_here")
    assert len(kernels(process.pid) - before) == 1
    config = json.loads(page.locator("#jupyter-config-data").text_content() or "")
    page.goto("about:blank")
    # what a page sends as it is left, without a cookie; a browser in a hurry may not send it
    ask = urllib.request.Request(f"{address}/voila/api/shutdown/{config['kernelId']}", b"")
    with suppress(urllib.error.HTTPError):  # 404 or the like: it is gone already
        urllib.request.urlopen(ask)
    end = time.monotonic() + 30
    while (left := kernels(process.pid) - before) and time.monotonic() < end:
        time.sleep(0.2)
    assert not left


def test_a_cell_that_fails_says_what_to_do_and_shows_no_traceback(
    page: Page, address: str, course: Path
) -> None:
    notebook = nbformat.read(course / "notebooks/00_start_here.ipynb", as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import tpmlib as tpm\ntpm.lesson('77')"))
    nbformat.write(notebook, course / "notebooks/broken.ipynb")
    page.goto(f"{address}/voila/render/broken.ipynb")
    expect(page.get_by_text("Your answers are kept. Load the page again")).to_be_visible()
    assert page.get_by_text("Traceback").count() == 0


def test_a_page_that_is_not_there_leads_back(page: Page, address: str) -> None:
    assert urlopen_status(f"{address}/voila/render/99_nothing.ipynb") == 404


def urlopen_status(address: str) -> int:
    try:
        return int(urllib.request.urlopen(address).status)
    except urllib.error.HTTPError as error:
        assert "There is no such lesson" in error.read().decode()
        return error.code


def kernels(process: int) -> set[str]:
    """The processes that it has started."""
    children = Path(f"/proc/{process}/task/{process}/children")
    return set(children.read_text().split())
