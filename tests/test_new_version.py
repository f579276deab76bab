"""A new version of the course is taken: notebooks merge by cells, and a conflict can be read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from merge_notebooks import order

from tpmlib.authoring.cells import read
from tpmlib.authoring.new import cell_of, saved_text
from tpmlib.errors import CourseError

ROOT = Path(__file__).parents[1]
PART = "## A part\n\nFirst line.\n\nSecond line.\n\nThird line."
CELLS = {"title": "# A title", "import": "import tpmlib as tpm", "part": PART, "ask": "tpm.pairs()"}


def book(cells, run_as="x"):
    """A notebook as `tpm run` saves it, each output with a word of its own for the side."""
    listed = [
        cell_of("code" if "tpm" in text else "markdown", id, text) for id, text in cells.items()
    ]
    for cell in listed:
        if cell["cell_type"] == "code":
            output = {"output_type": "stream", "name": "stdout", "text": [f"{run_as}\n"]}
            cell.update(outputs=[output], execution_count=1)
    metadata = {"tpm": {"cells": run_as}, "kernelspec": {"name": "python3", "display_name": "P"}}
    return saved_text({"cells": listed, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def git(folder, *command, fails=False):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")
    done = subprocess.run(["git", *identity, *command], cwd=folder, capture_output=True, text=True)
    assert bool(done.returncode) == fails, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def take(tmp_path):
    """Changes a notebook here and upstream, commits both, and pulls."""
    upstream, here = tmp_path / "upstream", tmp_path / "here"
    (upstream / "notebooks").mkdir(parents=True)
    git(upstream, "init", "-q", "-b", "main")
    (upstream / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    name = "notebooks/07_allocation.ipynb"

    def write(folder, cells, run_as):
        (folder / name).write_text(book(cells, run_as), encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", run_as)

    def pull(ours, theirs, fails=False):
        write(upstream, CELLS, "base")
        git(tmp_path, "clone", "-q", "upstream", "here")
        line = next(
            each
            for each in (ROOT / "tools/environment.sh").read_text().splitlines()
            if "merge.notebook.driver" in each
        )
        driver = line.split('"')[1].replace(
            ".venv/bin/python tools", f"{sys.executable} {ROOT}/tools"
        )
        git(here, "config", "merge.notebook.driver", driver)
        write(upstream, theirs, "theirs")
        write(here, ours, "ours")
        git(here, "pull", "-q", "--no-rebase", "--no-edit", fails=fails)
        return here / name

    return pull


def sources(path):
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(path.read_text())["cells"]}


def test_cells_that_either_side_changed_added_or_removed_come_together(take):
    ours = CELLS | {"part": PART.replace("First", "Our first"), "own": 'tpm.cite("F99")'}
    theirs = {
        "title": "# A title",
        "import": CELLS["import"],
        "part": f"{PART}.",
        "new": "tpm.deal()",
    }
    merged = sources(take(ours, theirs))
    assert merged["part"] == f"{PART.replace('First', 'Our first')}."
    assert list(merged) == ["title", "import", "part", "own", "new"]


def test_outputs_and_marks_are_of_neither_side(take):
    path = take(CELLS | {"title": "# Ours"}, CELLS | {"part": f"{PART} Better."})
    saved = json.loads(path.read_text())
    assert "tpm" not in saved["metadata"]
    assert [cell["outputs"] for cell in saved["cells"] if "outputs" in cell] == [[], []]
    read(path)


def test_a_cell_that_both_changed_is_a_conflict_in_its_own_source(take):
    path = take(CELLS | {"ask": "tpm.pairs(1)"}, CELLS | {"ask": "tpm.pairs(2)"}, fails=True)
    lines = sources(path)["ask"].splitlines()
    assert lines[1::2] == ["tpm.pairs(1)", "tpm.pairs(2)"]
    assert [line.split(" ", 1)[-1] for line in lines[::2]] == [
        "yours",
        "=======",
        "the new version",
    ]
    with pytest.raises(CourseError, match="cell 4: an unfinished merge .*; one version, saved"):
        read(path)


def test_a_cell_that_one_side_removed_and_the_other_changed_is_a_conflict(take):
    ours = {id: text for id, text in CELLS.items() if id != "part"}
    merged = sources(take(ours, CELLS | {"part": f"{PART} Better."}, fails=True))
    assert "Better." in merged["part"] and "<<<<<<<" in merged["part"]


def test_what_is_no_notebook_merges_line_by_line(take, monkeypatch):
    monkeypatch.setattr(
        sys.modules[__name__], "book", lambda cells, run_as: "\n".join(cells.values())
    )
    path = take(CELLS | {"title": "# Ours"}, CELLS | {"ask": "tpm.deal()"})
    assert path.read_text().startswith("# Ours") and path.read_text().endswith("tpm.deal()")


def test_a_side_that_moved_cells_gives_the_order():
    assert order(list("abc"), list("cab"), list("abxc")) == list("cabx")
    assert order(list("abc"), list("aybc"), list("axbc")) == list("ayxbc")
