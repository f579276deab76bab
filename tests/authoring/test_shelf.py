"""A second check does again only what changed, and says what a first one would."""

import functools
import os
import shutil
import sys
import time

import pytest

from tpmlib import cli
from tpmlib.authoring.recipes import copied
from tpmlib.kit import figures, patterns, registry, shelf
from tpmlib.kit.shelf import kept, opened


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("course"))


MODULES = {"tpmlib.kit.content.document": "_document", "tpmlib.kit.content.tables": "_read"}


def forget():
    """What a process remembers, as if another one began."""
    remembered = [getattr(sys.modules[name], function) for name, function in MODULES.items()]
    for function in (*remembered, figures._computed, patterns.check_pattern):
        function.cache_clear()


@pytest.fixture(scope="module")
def first(ours, tmp_path_factory):
    """The folder in which a first check left what it worked out."""
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TPM_COURSE", str(ours))
        patch.setenv("XDG_CACHE_HOME", str(cache))
        forget()
        assert cli.main(["check"]) == 0
    return cache


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "tpm-or-pm"


@pytest.fixture
def course(ours, first, cache, monkeypatch):
    """A course that was checked once, and that the test may change; it is put back."""
    before = {path: path.read_bytes() for path in (ours / "data").rglob("*") if path.is_file()}
    shutil.copytree(first, cache.parent)
    monkeypatch.setenv("TPM_COURSE", str(ours))
    yield ours
    for path, content in before.items():
        if path.read_bytes() != content:
            path.write_bytes(content)
    forget()


@pytest.fixture
def computed(monkeypatch):
    """The models that are computed, in turn."""
    names, real = [], registry.formula

    def formula(model):
        function = real(model)

        @functools.wraps(function)
        def noted(**settings):
            names.append(model)
            return function(**settings)

        return noted

    monkeypatch.setattr(registry, "formula", formula)
    return names


def check(capsys):
    """What `tpm check` prints in a process of its own."""
    forget()
    capsys.readouterr()
    cli.main(["check"])
    return capsys.readouterr().out


def test_a_second_check_computes_no_model(course, computed, capsys):
    assert check(capsys) == "No problems\n"
    assert computed == []


NUMBERS = {"adverts.csv": (",1,", ",0,"), "models.yml": ("engineers: ", "engineers: 1")}
SHAPES = {
    "responsibilities.csv": ("product vision|", "product vision(a+)+$|"),
    "schema/quiz.schema.json": ('"maxLength": ', '"maxLength": 1'),
}


@pytest.mark.parametrize("changes", [NUMBERS, SHAPES], ids=["numbers", "shapes"])
def test_it_says_what_a_first_check_says(changes, course, capsys, tmp_path, monkeypatch):
    for file, (old, new) in changes.items():
        path = course / "data" / file
        text = path.read_text("utf-8")
        assert old in text, file
        path.write_text(text.replace(old, new, 1), "utf-8")
    second = check(capsys)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert second == check(capsys) != "No problems\n"


def test_what_changed_is_computed_anew_and_nothing_else(course, computed, capsys):
    path = course / "data" / "staffing_ranges.csv"
    path.write_text(path.read_text("utf-8").replace("0.", "0.0", 1), "utf-8")
    check(capsys)
    assert {*computed} == {"staffing_sensitivity"}


def again(folder, result=1):
    """What is taken for one key, or `result` where nothing was left."""
    with opened(folder, None):
        return kept(("a key",), lambda: result)


def test_a_damaged_file_is_as_good_as_none(cache, tmp_path):
    assert again(tmp_path, 1) == again(tmp_path, 2) == 1
    [file] = cache.iterdir()
    for content in (b"", b"\x80", file.read_bytes()[:-9], b"cposix\nnothing\n."):
        file.write_bytes(content)
        assert again(tmp_path, 3) == 3


def test_another_version_of_the_code_or_the_words_begins_anew(cache, tmp_path, monkeypatch):
    again(tmp_path, 1)
    (tmp_path / "data" / "words").mkdir(parents=True)
    (tmp_path / "data" / "words" / "en.yml").write_text("another: text\n")
    assert again(tmp_path, 2) == 2
    monkeypatch.setattr(shelf, "_version", lambda words: "another")
    assert again(tmp_path, 3) == 3


def test_another_course_begins_with_what_was_left_and_has_a_file_of_its_own(cache, tmp_path):
    assert [again(tmp_path, 1), again(tmp_path / "other", 2), again(tmp_path, 3)] == [1, 1, 1]
    assert len([*cache.iterdir()]) == 2


def test_a_copy_that_was_never_checked_computes_no_model(
    course, computed, capsys, tmp_path, monkeypatch
):
    monkeypatch.setenv("TPM_COURSE", str(copied(tmp_path, course)))
    forget()
    assert check(capsys) == "No problems\n"
    assert not computed


def test_where_nothing_can_be_written_all_is_computed(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert [again(tmp_path, 1), again(tmp_path, 2)] == [1, 2]


def test_files_of_courses_that_nobody_checks_go(cache, tmp_path):
    cache.mkdir(parents=True)
    old, young = cache / "check-old.pickle", cache / "check-young.pickle"
    for file, days in ((old, shelf.DAYS + 1), (young, shelf.DAYS - 1)):
        file.write_bytes(b"")
        os.utime(file, (time.time() - days * 86_400,) * 2)
    again(tmp_path)
    assert not old.exists() and young.exists()


def test_what_is_taken_is_nobody_elses(cache, tmp_path):
    for _ in range(3):
        result = again(tmp_path, [1])
        assert result == [1]
        result.append(2)


def test_an_error_is_not_kept(cache, tmp_path):
    with pytest.raises(ZeroDivisionError), opened(tmp_path, None):
        kept(("a key",), lambda: 1 / 0)
    assert again(tmp_path, 2) == 2


def test_nothing_is_kept_outside(cache, tmp_path):
    assert [kept(("a key",), lambda: 1), kept(("a key",), lambda: 2)] == [1, 2]
    assert not cache.exists()
