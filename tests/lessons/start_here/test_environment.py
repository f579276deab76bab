"""One sentence when all is here, else one line for each thing to mend."""

import sys
from importlib.metadata import PackageNotFoundError

import pytest
from front import HOSTILE, displayed, edit_rows, is_plain

from tpmlib.lessons.start_here import environment
from tpmlib.lessons.start_here.environment import Environment

FINE = "Everything that this course needs is here."


def test_all_is_well_in_one_sentence(monkeypatch):
    assert repr(Environment()) == FINE
    (bundle,) = displayed(Environment(), monkeypatch)
    assert bundle == {"text/plain": FINE, "text/html": f"<p>{FINE}</p>"}


def test_a_record_that_cannot_be_written_is_told_with_its_place(no_disk, tmp_path):
    (line,) = Environment().problems
    assert f"{tmp_path}/file/record cannot be written (Not a directory): save them" in line
    assert "head of the lesson. Or set TPM_RECORD" in line


def test_a_check_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_RECORD", str(tmp_path))
    assert Environment().problems == [] == list(tmp_path.iterdir())


def versions(monkeypatch, **found):
    """Let some packages be missing (None) or of another version."""

    def version(name):
        if name in found and found[name] is None:
            raise PackageNotFoundError(name)
        return found.get(name) or real(name)

    real = environment.version
    monkeypatch.setattr(environment, "version", version)


def test_a_missing_package_is_named_with_the_line_that_brings_it(monkeypatch):
    versions(monkeypatch, numpy=None)
    assert Environment().problems == ["numpy is missing: run pip install 'numpy>=2.0'."]


@pytest.mark.parametrize("old", ["8.0.9", "9.0.0"])
def test_a_package_of_another_version_is_named(monkeypatch, old):
    versions(monkeypatch, ipywidgets=old)
    (line,) = Environment().problems
    assert line.startswith(f"ipywidgets {old} does not fit: run pip install 'ipywidgets")


def test_a_preview_of_a_package_is_taken(monkeypatch):
    versions(monkeypatch, pandas="99.0rc1")
    assert Environment().problems == []


def test_packages_for_authors_only_are_not_asked_for(monkeypatch):
    versions(monkeypatch, pytest=None, mypy=None, nbval=None)
    assert Environment().problems == []


def test_a_course_that_is_not_installed_says_how_to(monkeypatch):
    def requires(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(environment, "requires", requires)
    (line,) = Environment().problems
    assert "tpmlib is not installed: run pip install" in line


def test_an_old_python_is_told(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 9))
    assert Environment().problems[0].startswith("Python is older than 3.11: ")


def test_spoiled_data_are_told_by_file_and_line(data, monkeypatch):
    edit_rows(data / "facts.csv", lambda rows: rows[0].update(trust=HOSTILE))
    (line,) = Environment().problems
    assert line.startswith("data/facts.csv:2 trust: ")
    (bundle,) = displayed(Environment(), monkeypatch)
    assert is_plain(bundle["text/html"])


def test_a_course_that_is_nowhere_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("TPM_COURSE", str(tmp_path))
    assert Environment().problems == [f"TPM_COURSE: {tmp_path} holds no data/course.yml"]


def test_two_problems_are_two_lines(no_disk, monkeypatch):
    versions(monkeypatch, numpy=None)
    assert len(repr(Environment()).splitlines()) == 2
