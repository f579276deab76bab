"""What Binder builds runs the course: our files are taken, it is lean, and lessons pass."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from binder import build, packages, run
from lab import ROOT, Lesson, server
from playwright.sync_api import expect

LESSONS = ["notebooks/00_start_here.ipynb", "notebooks/02_responsibilities.ipynb"]
TOOL = Path(sys.executable).with_name("jupyter-repo2docker")
NOT_FOR_LEARNERS = {"playwright", "ruff", "mypy", "frictionless", "voila", "jupyter-repo2docker"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("binder")


@pytest.fixture(scope="module")
def programs(folder: Path) -> Path:
    return build(folder)


@pytest.fixture(scope="module")
def address(folder: Path, programs: Path) -> Iterator[str]:
    (folder / "home").mkdir()
    python = str(programs / "python")
    on = {"BINDER_SERVICE_HOST": "127.0.0.1", "PATH": f"{programs}:{os.environ['PATH']}"}
    with server(folder / "course", folder / "home", python=python, **on) as found:
        yield found


def test_binder_takes_our_files() -> None:
    user = ["--user-id", "1000", "--user-name", "jovyan"]
    command = [str(TOOL), "--no-build", "--debug", *user, "."]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    steps = done.stdout + done.stderr
    (version,) = re.findall(r"- (python=.*)", (ROOT / "environment.yml").read_text())
    assert f"environment for {version}" in steps
    copied = steps.index("COPY --chown=1000:1000 src/environment.yml")
    assert copied < steps.index("COPY --chown=1000:1000 src/ ") < steps.index("RUN ./postBuild")


def test_the_environment_is_whole_and_lean(programs: Path) -> None:
    run(programs / "python", "-m", "pip", "check")
    found = packages(programs)
    assert {"tpmlib", "nbval", "jupyterlab"} <= found
    assert not NOT_FOR_LEARNERS & found


def test_the_course_can_be_checked_there(folder: Path, programs: Path) -> None:
    assert run(programs / "tpm", "check", cwd=folder / "course") == "No problems\n"


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_saved_output_comes_out_there(
    folder: Path, programs: Path, lesson: str, tmp_path: Path
) -> None:
    record = os.environ | {"TPM_RECORD": str(tmp_path)}
    command = ["-m", "pytest", "-q", "--nbval", "--nbval-current-env", lesson]
    done = run(programs / "python", *command, cwd=folder / "course", env=record)
    assert " passed" in done and "skipped" not in done


def test_the_head_of_a_lesson_saves_and_brings_back(
    address: str, lesson: Callable[..., Lesson], tmp_path: Path
) -> None:
    page = lesson(address, LESSONS[1]).run().page
    expect(page.get_by_text("This Binder machine forgets everything").first).to_be_visible()
    page.get_by_label("Strategy: vision, roadmap").first.check()
    page.get_by_label("fairly (70%)").first.check()
    page.get_by_role("button", name="Commit").first.click()
    expect(page.get_by_text("You predicted").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my work").first.click()
    download.value.save_as(tmp_path / "saved.jsonl")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "saved.jsonl")
    expect(page.get_by_text("answers brought back").first).to_be_visible()
