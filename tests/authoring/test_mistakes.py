"""Mistakes that people make, each with the one line that `tpm check` gives for it."""

import re
from pathlib import Path

import pytest
import yaml

from tpmlib.authoring.check import check
from tpmlib.authoring.recipes import copied

MISTAKES = yaml.safe_load(Path(__file__).with_name("mistakes.yml").read_text())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("course"))


@pytest.fixture
def spoil(folder):
    """Writes a mistake into the copy; the file is as it was afterwards."""
    kept = {}

    def write(name, old, new):
        path = folder / name
        kept[path] = path.read_bytes(), path.stat()
        text = kept[path][0].decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode())

    yield write
    for path, (text, _) in kept.items():
        path.write_bytes(text)
        assert path.read_bytes() == text


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["what"])
def test_a_mistake_gives_its_line(folder, spoil, mistake):
    spoil(mistake["file"], mistake["old"], mistake["new"])
    wanted = re.escape(mistake["line"]).replace(r"\{\}", r"(\d+)")
    wanted = re.sub(r"(\\\.){3}$", ".*", wanted)
    problems = check(folder)
    (numbers,) = filter(None, (re.fullmatch(wanted, problem) for problem in problems))
    assert (len(problems) > 1) == mistake.get("several", False), problems
    if "at" in mistake:  # the line that the message points to
        lines = (folder / mistake["file"]).read_text().splitlines()
        assert lines[int(numbers[1]) - 1].strip().startswith(mistake["at"])


def test_without_a_mistake_there_is_no_line(folder):
    assert check(folder) == []


def test_each_mistake_has_a_name_of_its_own():
    assert len({mistake["what"] for mistake in MISTAKES}) == len(MISTAKES) >= 155
