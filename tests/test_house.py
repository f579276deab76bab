import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ["Makefile", "tools", "deploy", "requirements.txt", "pyproject.toml"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = {Requirement(line).name for line in PROJECT["dependencies"]}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
BINDER = {Requirement(line).name: Requirement(line) for line in CONDA[-1]["pip"]}
LOCKS = [f"requirements{kind}.txt" for kind in ("", "-ci", "-app", "-hub", "-site")]
PLAIN = {"MAKEFLAGS": "", "MAKELEVEL": "", "MFLAGS": ""}


def locked(name: str) -> dict[str, Requirement]:
    """The requirements of a lock that apply to Python 3.11 on Linux."""
    lines = re.findall(r"^\w.*", (ROOT / name).read_text(), re.MULTILINE)
    here = {"python_version": "3.11", "python_full_version": "3.11.9", "sys_platform": "linux"}
    found = [Requirement(line) for line in lines]
    return {each.name: each for each in found if not each.marker or each.marker.evaluate(here)}


@pytest.fixture
def house() -> Iterator[Path]:
    with TemporaryDirectory() as folder:  # not tmp_path, which no other user may enter
        for name in HOUSE:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder, name))
        Path(folder).chmod(0o755)
        yield Path(folder)


def python(folder: Path, script: str) -> Path:
    """A stand-in for Python in which `script` sees the arguments."""
    path = folder / "stand-in"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def complaint(folder: Path, *arguments: str, user: int | None = None) -> str:
    """The only line that a failing make prints to stderr before its own."""
    command = ["make", "env", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=os.environ | PLAIN, user=user, capture_output=True, text=True
    )
    sentence, last = done.stderr.splitlines()
    assert done.returncode and last.startswith("make: *** "), done.stderr
    return sentence


def test_an_old_python_is_refused_in_one_sentence(house: Path) -> None:
    old = python(house, "exit 1")
    assert "Python 3.11 or newer was not found: install it" in complaint(house, f"PYTHON={old}")


def test_a_python_without_venv_is_refused_in_one_sentence(house: Path) -> None:
    bare = python(house, 'case "$*" in *ensurepip*) exit 1;; esac')
    assert "lacks its venv module: install it" in complaint(house, f"PYTHON={bare}")


def test_a_failed_installation_is_told_in_one_sentence(house: Path) -> None:
    offline = python(
        house,
        'case "$*" in *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python;; '
        "*install.py*) echo the sentence >&2; exit 1;; esac",
    )
    assert complaint(house, f"PYTHON={offline}") == "the sentence"


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(house: Path) -> None:
    house.chmod(0o555)
    nobody = 65534 if os.geteuid() == 0 else None  # root may write everywhere
    assert "This folder cannot be written: copy" in complaint(house, user=nobody)


@pytest.mark.parametrize("form", ["--port={}", "--port {}", "--ServerApp.port={}"])
def test_a_taken_port_is_told_in_one_sentence(form: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = form.format(server.getsockname()[1]).split()
        command = [sys.executable, ROOT / "tools/lab.py", *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert re.fullmatch(r"Port \d+ is taken: choose another, as in: .*\n", done.stderr)


def test_make_alone_lists_every_target() -> None:
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    (phony,) = re.findall(r"^\.PHONY: (.*)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert re.findall(r"^make (\w+)", done.stdout, re.MULTILINE) == phony.split()


def test_binder_reads_the_python_version() -> None:
    assert re.fullmatch(r"python=3\.1[1-4]", CONDA[0])


def test_conda_and_binder_take_the_python_that_make_prefers() -> None:
    preferred = CONDA[0].removeprefix("python=")
    assert f"PYTHON:-python{preferred} " in (ROOT / "tools/environment.sh").read_text()
    assert f"PYTHON=python{preferred}" in (ROOT / "tools/install.py").read_text()
    assert SpecifierSet(PROJECT["requires-python"]).contains(preferred)


@pytest.mark.parametrize("name", ["binder", ".binder", "Dockerfile", "Project.toml", "start"])
def test_nothing_hides_the_environment_from_binder(name: str) -> None:
    assert not (ROOT / name).exists()


def test_binder_gets_the_runtime_jupyterlab_and_nbval() -> None:
    assert set(BINDER) == RUNTIME | {"jupyterlab", "nbval"}


@pytest.mark.parametrize("name", ["numpy", "pandas", "matplotlib"])
def test_binder_pins_what_draws_to_the_lock(name: str) -> None:
    assert BINDER[name].specifier == locked("requirements.txt")[name].specifier


@pytest.mark.parametrize("name", ["jupyterlab", "ipywidgets", "ipykernel"])
def test_binder_keeps_its_own_jupyterlab(name: str) -> None:
    assert "==" not in str(BINDER[name].specifier)


def test_every_dependency_is_locked() -> None:
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    lock = locked("requirements.txt")
    for wanted in map(Requirement, PROJECT["dependencies"] + extras):
        assert wanted.specifier.contains(str(lock[wanted.name].specifier).removeprefix("=="))


def test_the_locks_agree() -> None:
    plain = locked("requirements.txt")
    for name in LOCKS[1:4]:  # the site has an environment of its own
        other = locked(name)
        both = plain.keys() & other.keys()
        assert all(plain[each].specifier == other[each].specifier for each in both)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_no_folder(name: str) -> None:
    assert not re.search(r"://|(?<!\w)/\w|--(extra-)?index", (ROOT / name).read_text())


@pytest.mark.parametrize("name", [".ci/run", "postBuild"])
def test_scripts_are_executable(name: str) -> None:
    assert os.access(ROOT / name, os.X_OK)
